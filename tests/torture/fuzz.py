"""Inputs that a fuzzer finds by what they make run (atheris) -> no reader raises, and what is read stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.torture.rows import Fault, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-torture.lock"
TARGETS = {"yaml": "los lectores de YAML", "markdown": "Markdown a LaTeX", "bib": "el lector de .bib"}


def install_atheris() -> Path | None:
    """Return the folder with the fuzzer, installed from its lock beside the environment; None where it cannot be had."""
    folder = Path(sys.prefix) / "torture"
    kept = folder / "instalado.txt"
    if not kept.is_file() or kept.read_bytes() != LOCK.read_bytes():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade"]
        command += ["--only-binary", ":all:", "--target", str(folder), "--requirement", str(LOCK)]
        if subprocess.run(command, capture_output=True, check=False, timeout=300).returncode != 0:
            return None
        kept.write_bytes(LOCK.read_bytes())
    return folder


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each reader."""
    packages = install_atheris()
    for name, words in TARGETS.items():
        if packages is None:
            yield Row(words, 0, lacking="no se puede instalar atheris aquí")
            continue
        yield look(name, words, packages, effort)


def look(name: str, words: str, packages: Path, effort: Effort) -> Row:
    """Let the fuzzer look for so many minutes; what it found is kept beside the row."""
    folder = effort.scratch(f"azar-{name}")
    found = folder / "fallos"
    found.mkdir()
    seconds = max(5, round(60 * effort.minutes))
    command = [sys.executable, "-m", "tests.torture.fuzz_target", name, f"-max_total_time={seconds}"]
    command += [
        f"-artifact_prefix={found}/",
        "-max_len=400",
        "-timeout=60",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
    ]
    environment = {**os.environ, "PYTHONPATH": f"{packages}:{ROOT}"}
    done = subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace",
        check=False, timeout=seconds + 600,
    )  # fmt: skip
    count = next((int(line.split()[-1]) for line in done.stderr.splitlines() if "number_of_executed" in line), 0)
    faults = [
        Fault(repr(path.read_bytes().decode("utf-8", "surrogateescape"))[:300], _last_words(done.stdout + done.stderr))
        for path in found.iterdir()
    ]
    if done.returncode != 0 and not faults:
        faults = [Fault(f"python -m tests.torture.fuzz_target {name}", done.stderr[-1500:])]
    return Row(words, max(count, 1), tuple(faults), f"{seconds} s")


def _last_words(said: str) -> str:
    lines = said.splitlines()
    start = next((at for at, line in enumerate(lines) if "Traceback" in line), max(0, len(lines) - 12))
    return "\n".join(lines[start : start + 30])[-1500:]

"""A small report with texts, values, figures and sources -> its states: what a build of each must give.

A state tells which of a few edits were made. What a clean build of it gives is made once and kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from same_pdf import find_differences

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/e2e/sample"
PDF = "build/informe.pdf"
COMMAND = [sys.executable, str(ROOT / "build.py")]
EDITS = {
    "palabra": ("paper/secciones/rio.yaml", "El caudal medio", "Un caudal medio"),
    "valor": ("paper/datos/aforo.yaml", "12.5", "12.6"),
    "figura": ("figures/estaciones.yaml", "titulo: Arcos", "titulo: Bornos"),
    "obra": ("references.bib", "Caudales del sur", "Caudales del norte"),
}
"""What may be edited: a file, and the words that give their place to others, and back."""
PATIENCE = 600


def run_command(folder: Path, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run an order on a report to its end."""
    command = [*COMMAND, *words, "--project", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, **options)  # type: ignore[call-overload, no-any-return]


def lay_sample(folder: Path) -> Path:
    """Write the report to a folder."""
    return Path(shutil.copytree(SAMPLE, folder, dirs_exist_ok=True))


@dataclass
class States:
    """The edits of a report that somebody may build, kill and build again, beside clean builds of the same."""

    folder: Path
    report: Path = field(init=False)
    made: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.report = lay_sample(self.folder / "informe")
        assert run_command(self.report, "build").returncode == 0

    def edit(self, name: str) -> None:
        """Make an edit, or take it back."""
        path, old, new = EDITS[name]
        if name in self.made:
            old, new = new, old
        text = (self.report / path).read_text(encoding="utf-8")
        assert old in text, name
        (self.report / path).write_text(text.replace(old, new), encoding="utf-8")
        self.made ^= {name}

    def expected(self) -> Path:
        """Return the PDF of a build from nothing of what the report says now."""
        clean = self.folder / ("limpio-" + "-".join(sorted(self.made)))
        if not (clean / PDF).exists():
            shutil.copytree(self.report, clean, ignore=shutil.ignore_patterns("build"))
            done = run_command(clean, "build")
            assert done.returncode == 0, done.stderr
        return clean / PDF

    def hold_whole(self, before: bytes) -> None:
        """Assert that the PDF is the one of before, or whole and the one of now."""
        path = self.report / PDF
        if not path.exists():
            assert not before, "el PDF desapareció"
        elif path.read_bytes() != before:
            assert find_differences(path, self.expected()) == []

    def hold_next(self, *words: str) -> None:
        """Assert that a build makes what a build from nothing makes."""
        done = run_command(self.report, "build", *words)
        assert done.returncode == 0, f"estado {done.returncode}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        assert find_differences(self.report / PDF, self.expected()) == []

    def hold_nothing_left(self) -> None:
        """Assert that soon no process works on the report any more, and that nothing half made lies in it."""
        deadline = time.monotonic() + 60
        while alive := alive_in(self.report):
            assert time.monotonic() < deadline, f"siguen vivos: {alive}"
            time.sleep(0.1)
        assert left_in(self.report) == []

    def pdf(self) -> bytes:
        """Return the bytes of the PDF, none if there is none."""
        path = self.report / PDF
        return path.read_bytes() if path.exists() else b""


def alive_in(folder: Path) -> list[str]:
    """Return the processes that work in a folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and process.name != str(os.getpid()):
            try:
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                here = (process / "cwd").readlink().is_relative_to(folder) or str(folder) in words
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if here and state != "Z":
                found.append(f"{process.name} {words}")
    return found


def left_in(folder: Path) -> list[str]:
    """Return the files in `build/` that are no product and no memory: pipes, and those half written."""
    build = folder / "build"
    return [
        str(path.relative_to(build))
        for path in build.rglob("*")
        if path.is_fifo() or path.name.startswith(".informe.pdf.") or (path.is_file() and path.suffix == ".tmp")
    ]

"""What a PDF says and how it looks, read with poppler."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
import zlib
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta import cli
from imprenta.up_to_date import tell_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def run_build(*arguments: str, project: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run build.py as its users do; `project` is given with --project."""
    words = [sys.executable, str(ROOT / "build.py"), *arguments]
    if project is not None:
        words += ["--project", str(project)]
    finished = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=900, check=False)
    _hold_laws(finished, arguments, project)
    return finished


def run_here(*arguments: str, project: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Do in this process what `run_build` does in one of its own: what is done and said is the same, and sooner."""
    words = [*arguments, *(["--project", str(project)] if project is not None else [])]
    finished = _call(words, lambda: 0 if tell_up_to_date(words) else cli.main(words))
    _hold_laws(finished, arguments, project)
    return finished


def _call(words: list[str], order: Callable[[], int]) -> subprocess.CompletedProcess[str]:
    said, told = io.StringIO(), io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        try:
            status = order()
        except SystemExit as end:  # of words that are no order
            status = int(end.code or 0)
    return subprocess.CompletedProcess(words, status, said.getvalue(), told.getvalue())


SEEN_LATE = {"linea-desbordada"}
"""What shows only when the pages are set: text that would leave the sheet."""


def _hold_laws(finished: subprocess.CompletedProcess[str], arguments: tuple[str, ...], project: Path | None) -> None:
    """Assert the two laws of a build: what `check` takes is built; no problem names a file that is not the author's.

    An author's own templates are programs: what they do shows when they run.
    """
    told_to_people = arguments[:1] in ((), ("build",)) and "--format" not in arguments
    if project is None or not told_to_people or finished.returncode not in (0, 1) or (project / "templates").exists():
        return
    told = re.findall(r"(?m)^(\S+?):\d+(?::\d+)?: (?:error|aviso): .*\[([a-z-]+)\]$", finished.stdout + finished.stderr)
    assert not [path for path, _ in told if path.startswith(("templates/", "build/"))], finished.stderr
    if finished.returncode == 1 and not SEEN_LATE & {code for _, code in told}:
        words = ["check", *(["--strict"] if "--strict" in arguments else []), "--project", str(project)]
        checked = _call(words, lambda: cli.main(words))
        assert checked.returncode == 1, finished.stdout + finished.stderr


def read_text(pdf: Path, *options: str) -> str:
    """Return the words of a PDF, line ends and hyphens at them joined."""
    words = subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n(?=\w)", "", words))


def read_info(pdf: Path) -> dict[str, str]:
    """Return what pdfinfo says, by its own names."""
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in said.splitlines())}


def read_fonts(pdf: Path) -> list[tuple[str, bool]]:
    """Return each font of a PDF and whether it is embedded."""
    said = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
    lines = said.splitlines()
    column = lines[0].index("emb")
    return [(line.split()[0], line[column : column + 3].strip() == "yes") for line in lines[2:]]


def read_objects(pdf: Path) -> bytes:
    """Return what the compressed streams of a PDF hold, one after another."""
    parts = []
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(match[1]))
    return b"\n".join(parts)


@dataclass(frozen=True)
class Box:
    """Words on a page: their box in points from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def read_words(pdf: Path) -> list[Box]:
    """Return every word with its box; pages count from 1."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    words, page = [], 0
    pattern = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    for line in said.splitlines():
        if "<page " in line:
            page += 1
        elif match := pattern.search(line):
            words.append(Box(page, *(float(match[n]) for n in range(1, 5)), unescape(match[5])))
    return words


def read_letter_sizes(pdf: Path) -> dict[float, str]:
    """Return the sizes of type that a PDF uses, in thirds of a point, each with an example of what is set in it."""
    command = ["pdftohtml", "-xml", "-i", "-hidden", "-zoom", "3", "-fontfullname", "-stdout", str(pdf)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    sizes = {match[1]: float(match[2]) / 3 for match in re.finditer(r'<fontspec id="(\d+)" size="([\d.-]+)"', said)}
    found: dict[float, str] = {}
    for match in re.finditer(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', said):
        words = re.sub(r"<[^>]+>", "", match[2]).strip()
        if words:
            found.setdefault(sizes[match[1]], words)
    return found


def find_parted_cells(pdf: Path) -> list[str]:
    """Return the lines in tables that end in a hyphen, before the list of references.

    Those of the text that do end at its right edge.
    """
    said = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = []
    for page in said.split("<page ")[1:]:
        edge = max(map(float, re.findall(r'<word [^>]*xMax="([\d.]+)"', page)), default=0.0)
        for line in re.findall(r"<line .*?</line>", page, re.DOTALL):
            words = re.findall(r'<word xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>(.*?)</word>', line)
            lines.append((words, edge))
    last = max((at for at, (words, _) in enumerate(lines) if words[0][2] == "[1]"), default=len(lines))
    return [
        " ".join(word for *_, word in words)
        for words, edge in lines[:last]
        if words[-1][2].endswith("-") and len(words[-1][2]) > 1 and float(words[-1][1]) < edge - 6
    ]

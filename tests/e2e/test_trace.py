"""From the PDF to the author's line and back, on the report of this project and on a small one."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from judging import Judge, letters
from reading import ROOT, run_build

from imprenta.trace import read_trace
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from imprenta.trace import Trace

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

SEED = 20261125
SAMPLE = 200
SHARE = 0.99

SILENT = re.compile(
    r"^\s*(?:- )?\{?(?:alternativa|descripcion|icono|grupo|de|a|clase|clases|citas|id|figura|tabla|datos|grafica|imagen"
    r"|sin_fuente|formula|disposicion|filas|orientacion|alineacion|ancho|letra|trazo|color|sentido|motivo|secciones"
    r"|estilo_citas|dispensas|codigo|para|dentro_de|apaisada|alto|decimales)\b"
)
"""Lines of data that are not printed, or whose values are names of other things."""
PRINTED_FIELD = re.compile(r"\s*(?:title|subtitle|organization|publisher|journaltitle|titleaddon)\s*=\s*\{(.*)\}")
NOT_PROSE = re.compile(r"\[@[^\]]*\]|\{[a-z]+:[^}]*\}|\{=[^}]*\}|\{fuentes[^}]*\}|`|\$[^$]*\$")


@pytest.fixture(scope="module")
def judge() -> Judge:
    finished = run_build("build", "--strict")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return Judge(ROOT)


@pytest.fixture(scope="module")
def trace(judge: Judge) -> Trace:
    return read_trace(Workspace(judge.root))


def test_words_of_the_pdf_lead_to_the_lines_that_made_them(judge: Judge, trace: Trace) -> None:
    candidates = [index for index, word in enumerate(judge.words) if letters(word.text)]
    chosen = random.Random(SEED).sample(candidates, SAMPLE)
    kinds, missed = Counter[str](), []
    for index in chosen:
        word = judge.words[index]
        spot = trace.where(word.page, (word.left + word.right) / 2, (word.top + word.bottom) / 2)
        told = judge.tell(index, spot.place.path, spot.place.line) if spot is not None else ""
        kinds[told or "fallo"] += 1
        if not told:
            missed.append(f"{word.page} {word.left:.0f},{word.top:.0f} «{word.text}» -> {spot}")
    print(dict(kinds.most_common()), *missed, sep="\n")  # noqa: T201 - the shares, for who asks with -s
    assert len(missed) <= SAMPLE * (1 - SHARE), missed


def printed_words() -> list[tuple[str, int, str]]:
    """Return path, line and word of all that the author's files print as it was typed."""
    found = []
    for pattern in ("paper/informe.yaml", "paper/secciones/*.yaml", "paper/tablas/*.yaml", "figures/*.yaml", "*.bib"):
        for path in sorted(ROOT.glob(pattern)):
            name, hidden = path.relative_to(ROOT).as_posix(), -1
            for line, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                indent = len(row) - len(row.lstrip(" -"))
                if row.strip() and 0 <= hidden < indent:
                    continue
                hidden = indent if SILENT.match(row) and name.endswith(".yaml") else -1
                found += [(name, line, word) for word in re.findall(r"[^\W\d_]{3,}", _prose(name, row))]
    return found


def _prose(name: str, row: str) -> str:
    """Return what of a line is printed as it stands."""
    if name.endswith(".bib"):
        match = PRINTED_FIELD.match(row)
        return match[1] if match else ""
    if row.lstrip().startswith("#") or SILENT.match(row):
        return ""
    match = re.match(r"^\s*(?:- )?[\w-]+:(?:\s|$)(.*)$", row)
    words = match[1] if match else row
    if words.lstrip("- ").startswith("{"):
        match = re.search(r"titulo: \"?([^,}\"]*)", words)
        words = match[1] if match else ""
    return NOT_PROSE.sub("", words)


def test_words_of_the_data_lead_to_the_pages_that_hold_them(judge: Judge, trace: Trace) -> None:
    missed = []
    for path, line, word in random.Random(SEED).sample(printed_words(), SAMPLE):
        areas = trace.show(path, line)
        if not any(letters(word) in judge.pages[area.page] for area in areas):
            missed.append(f"{path}:{line} «{word}» -> {[area.page for area in areas]}")
    print(*missed, sep="\n")  # noqa: T201
    assert len(missed) <= SAMPLE * (1 - SHARE), missed

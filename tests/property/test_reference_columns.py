r"""A list of works and the room that is left for it -> the columns of its last pages: each within its page, none lost.

What is left at the end may be a little more than a page holds, with no place to break where the column ends: it goes on
on another page, and LaTeX says nothing. All amounts are tried: the entries are set once, and stand lower each time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from builders import build_anew
from report_edits import Draft
from same_pdf import find_differences

from imprenta.pipeline import Session
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.tex, pytest.mark.timeout(1800)]

WORDS = "caudal río páramo estación cuenca regla libreta oficina valle medida nivel agua lluvia sequía registro".split()
WORKS = 34
"""Works whose list is somewhat longer than a page."""
FURTHEST = 1300
"""Points of two columns."""
DEPTH = 4.0
"""Points by which the letters of a page's last line may stand below the foot of its text."""
REPORT = """titulo: Prueba
autores:
  - {nombre: Ana, apellidos: Ruiz Peña}
fecha: 2026-11-23
estilo_citas: %s
secciones: [uno]
comprobacion:
  gravedad: {palabra-desconocida: nada}
"""
LISTS = r"""\begin{document}\pagestyle{plain}\nocite{*}
\typeout{foot \the\dimexpr\paperheight-1in-\voffset-\topmargin-\headheight-\headsep-\textheight\relax}
\newbox\entries\newcount\room\newcount\rows
\begin{multicols}{2}\global\setbox\entries\vbox{\printbibliography[heading=none]}\end{multicols}
\loop\ifnum\room<%(most)d
  \clearpage\typeout{room \the\room}
  \begin{multicols}{2}room \the\room\par
  {\loop\ifnum\rows<\room\nointerlineskip\vbox to%(step)dpt{}\allowbreak\advance\rows1 \repeat}
  \unvcopy\entries\end{multicols}
  \advance\room1
\repeat
\end{document}
"""


def write_works(count: int, seed: int) -> str:
    """Return works that fill from two to a dozen lines."""
    dice = random.Random(seed)

    def words(*most: int) -> str:
        return " ".join(dice.choices(WORDS, k=dice.choice(most)))

    def work(number: int) -> str:
        title, address = f"Obra {number:03d} {words(4, 12, 40, 80)}", words(1, 3, 6).replace(" ", "/")
        fields = f"title = {{{title}}}, url = {{https://ejemplo.org/{address}}}, date = {{20{number % 20:02d}}}"
        return f"@online{{obra{number:03d}, author = {{Autor{number:03d}, Eva}}, {fields}}}\n"

    return "".join(map(work, range(count)))


def set_lists(preamble: str, folder: Path, seed: int, step: int) -> tuple[list[str], list[str]]:
    """Set the list below any room; return what LaTeX says of columns, and the lists in which a work is not told."""
    (folder / "lists.tex").write_text(preamble + LISTS % {"most": FURTHEST // step, "step": step}, encoding="utf-8")
    (folder / "references.bib").write_text(write_works(WORKS, seed), encoding="utf-8")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "lists.tex"]
    for command in (latex, ["biber", "-q", "lists"], latex):
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "max_print_line": "1000"}, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:].decode("utf-8", "replace")
    log = (folder / "lists.log").read_text("utf-8", "replace")
    (foot,) = re.findall(r"^foot ([\d.]+)pt", log, re.MULTILINE)
    said = re.findall(r"^Overfull \\vbox.*", log, re.MULTILINE)
    return said, find_faults(folder / "lists.pdf", float(foot) / 72.27 * 72 - DEPTH)


def find_faults(pdf: Path, foot: float) -> list[str]:
    """Return the lists that do not tell each work once and in order, and the pages whose text hangs over the foot."""
    found: dict[str, list[int]] = {}
    faults, room = [], "0"
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            words = text.get_text_bounded()
            if match := re.search(r"room (\d+)", words):
                room = match[1]
            found.setdefault(room, []).extend(map(int, re.findall(r"Obra (\d{3})", words)))
            if re.search(r"\w{4}", text.get_text_bounded(top=foot)):
                faults.append(f"page {number + 1}, with room {room}, hangs over its foot")
    return faults + [f"room {room}: {works}" for room, works in found.items() if works != sorted({*range(WORKS)})]


def read_preamble(folder: Path) -> str:
    return (folder / "build/latex/informe.tex").read_text(encoding="utf-8").partition(r"\begin{document}")[0]


def lay_report(folder: Path, style: str, works: int, seed: int) -> Draft:
    draft = Draft(folder)
    draft.write("paper/informe.yaml", REPORT % style)
    cited = "; ".join(f"@obra{number:03d}" for number in range(works))
    draft.write("paper/secciones/uno.yaml", f"titulo: Uno\ncontenido:\n  - texto: |\n      Lo dicen [{cited}].\n")
    draft.write("references.bib", write_works(works, seed))
    return draft


@pytest.mark.proof
def test_what_is_a_little_more_than_a_page_goes_on_on_another(
    build_example: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "listas"
    shutil.copytree(build_example("pendulo") / "build/latex", folder)
    assert set_lists(read_preamble(build_example("pendulo")), folder, 1, 13) == ([], [])


@pytest.mark.proof
@pytest.mark.parametrize("seed", [2])
@pytest.mark.parametrize("style", ["ieee", "vancouver", "apa", "chicago"])
def test_in_no_style_and_at_no_height_is_a_column_higher_than_its_page(style: str, seed: int, tmp_path: Path) -> None:
    draft = lay_report(tmp_path / "informe", style, 3, seed)
    built, said = build_anew(draft.root)
    assert built, said
    assert set_lists(read_preamble(draft.root), draft.root / "build/latex", seed, 5) == ([], [])


@pytest.mark.proof
@pytest.mark.parametrize(("style", "seed", "works"), [("ieee", 1, range(23, 26)), ("apa", 3, range(21, 24))])
def test_one_work_more_is_set_as_from_nothing_and_in_the_plain_way(
    style: str, seed: int, works: range, tmp_path: Path
) -> None:
    draft = lay_report(tmp_path / "informe", style, works[0], seed)
    session = Session(Workspace(draft.root))
    try:
        for count in works:
            lay_report(draft.root, style, count, seed)
            outcome = session.build()
            assert (outcome.built, list(outcome.problems)) == (True, [])
            for plain in (False, True):
                copy = Draft(tmp_path / f"{count}-{plain}")
                copy.restore(draft.files())
                assert build_anew(copy.root, plain=plain) == (True, [])
                assert find_differences(draft.root / "build/informe.pdf", copy.root / "build/informe.pdf") == []
    finally:
        session.close()

"""Citations whose numbers are written out before LaTeX runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from imprenta.model.source_map import unmark_piece
from imprenta.render.citations import find_keys, number_keys, write_cited
from imprenta.render.foreign_citations import state_citations
from imprenta.words import SPANISH

CASES = [
    r"\autocite{a}",
    r"\autocite{b,c}",
    r"\autocite{d,e,f}",
    r"\autocite{a,b,c,h}",
    r"\autocite[sec. 2]{a}",
    r"\autocite{j,d}",
    r"\autocite{f,g,h,i}",
    r"\autocite{a,a}",
    r"\autocite[4]{c}",
    r"\autocite[4-5]{c}",
    r"\autocite[{[1]}]{c}",
]


def resolve_citations(tex: str) -> tuple[str, list[str]]:
    stated = state_citations(tex)
    numbers = number_keys([find_keys(stated)])
    return unmark_piece(stated, None, write_cited(numbers, SPANISH.palabras)).tex, list(numbers)


def plain(tex: str) -> str:
    return re.sub(r"\\protect\\hyperlink\{[^}]*\}\{(\d+)\}", r"\1", tex).replace("{", "").replace("}", "")


def test_numbers_follow_the_first_citation() -> None:
    tex, keys = resolve_citations(r"x \autocite{b} \textcite{c} \autocite{a,b} y")
    assert keys == ["b", "c", "a"]
    assert plain(tex) == r"x [1] \textcitec [1], [3] y"


def test_places_stay_with_their_source() -> None:
    tex, keys = resolve_citations(r"\autocites[sec. 2]{a}{b}[cap. 3]{c}\relax{} fin")
    assert keys == ["a", "b", "c"]
    assert plain(tex) == r"[1, sec. 2], [2], [3, cap. 3]\relax fin"


def test_what_is_no_citation_is_left_alone() -> None:
    tex = r"\newcommand{\autocitemio}[1]{#1} {x} [y]"
    assert resolve_citations(tex) == (tex, [])


@pytest.mark.tex
def test_the_form_is_that_of_biblatex(tmp_path: Path) -> None:
    # biblatex-ieee 1.4 sets «[2], [3]» and «[4]-[6]» where 1.3, whose form this is, sets «[2, 3]» and «[4, 5, 6]».
    style = subprocess.run(["kpsewhich", "ieee.cbx"], capture_output=True, text=True, check=True).stdout.strip()
    version = re.search(r"ProvidesFile\{ieee\.cbx\}\s*\[\S+ v?([\d.]+)", Path(style).read_text(encoding="utf-8"))
    if version is None or float(version[1]) >= 1.4:
        pytest.skip("this biblatex-ieee has another form")
    keys = "abcdefghijk"
    entries = "".join(f"@book{{{key},author={{{key.upper()}}},title={{T{key}}},date={{2020}}}}\n" for key in keys)
    (tmp_path / "r.bib").write_text(entries)
    body = "".join(f"P{number} {case}.\n\n" for number, case in enumerate(CASES))
    resolved, order = resolve_citations(body)
    assert order == list("abcdefhjgi")
    (tmp_path / "x.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}"
        r"\usepackage[english,spanish,es-noshorthands]{babel}"
        r"\usepackage[backend=biber,style=ieee,sorting=none]{biblatex}\stdpunctuation\addbibresource{r.bib}"
        r"\usepackage[hidelinks]{hyperref}\begin{document}\pagestyle{empty}"
        rf"\nocite{{{','.join(order)}}}{body}\newpage {resolved}\newpage\printbibliography\end{{document}}"
    )
    for command in (["pdflatex", "-interaction=batchmode", "x"], ["biber", "-q", "x"]) * 2:
        subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, check=False)
    subprocess.run(["pdflatex", "-interaction=batchmode", "x"], cwd=tmp_path, stdout=subprocess.DEVNULL, check=True)

    def page(number: int) -> list[str]:
        command = ["pdftotext", "-layout", "-f", str(number), "-l", str(number), "x.pdf", "-"]
        said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        return [line.strip() for line in said.splitlines() if line.strip()]

    assert page(1) == page(2)
    listed = [re.search(r"\[(\d+)\] +(\w),", line) for line in page(3)]
    assert [(int(found[1]), found[2].lower()) for found in listed if found] == list(enumerate(order, 1)), page(3)

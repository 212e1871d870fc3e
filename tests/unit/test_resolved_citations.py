"""Citations whose numbers are written out before LaTeX runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from imprenta.markup import write_block
from imprenta.model.facts import Fact, state
from imprenta.model.source_map import mark, unmark_piece
from imprenta.model.text import Text
from imprenta.problems import Span
from imprenta.render.citations import NumericForm, find_keys, leave_to_biblatex, number_keys, write_cited
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
    r"\autocite[véase][4]{c}",
    r"\autocite[véase][]{c}",
]


class Stating:
    """A scope that marks places and facts."""

    def number(self, _expression: object) -> str:
        return "7"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name.removeprefix("v.") for name in names)

    def mark(self, place: Span) -> str:
        return mark(place)

    def state(self, fact: Fact, tex: str) -> str:
        return state(fact, tex)


APART, SHARED = (NumericForm(SPANISH.palabras, share=share) for share in (False, True))


def resolve_citations(tex: str, form: NumericForm = APART) -> tuple[str, list[str]]:
    stated = state_citations(tex)
    numbers = number_keys([find_keys(stated)])
    return unmark_piece(stated, None, write_cited(numbers, form)).tex, list(numbers)


def left_to_biblatex(tex: str, form: NumericForm) -> str:
    return unmark_piece(leave_to_biblatex(state_citations(tex), form)).tex


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


def test_words_before_a_citation_stand_in_its_brackets() -> None:
    told = r"\autocites[véase][sec. 2]{a}{b}[también][]{c}\relax{}"
    assert plain(resolve_citations(told)[0]) == r"[véase~1, sec. 2], [2], [también~3]\relax"
    assert plain(resolve_citations(told, SHARED)[0]) == r"[véase~1, sec. 2; 2; también~3]\relax"
    assert plain(resolve_citations(r"\autocite[véase][]{a,b}")[0]) == "[véase~1], [2]"


def test_numbers_that_share_brackets_are_joined_like_those_of_biblatex() -> None:
    tex, _ = resolve_citations(
        r"\autocite{a} \autocite{b,a} \autocite{c,d,e} \autocite[4]{f} \autocite{a,c,d,e}", SHARED
    )
    assert plain(tex) == r"[1] [1, 2] [3\mbox-5] [6, pág.~4] [1, 3\mbox-5]"


def test_a_number_says_no_author_who_could_be_left_out() -> None:
    assert plain(resolve_citations(r"\autocite*[p. 3]{a}")[0]) == "[1, p. 3]"
    assert left_to_biblatex(r"\autocite*[p. 3]{a}", SHARED) == r"\autocite[p. 3]{a}"
    assert left_to_biblatex(r"\autocite*[véase][p. 3]{a}", APART) == r"\autocite[véase][p. 3]{a}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Dicho [@a; @c; @e].", "[1], [3],~[5]\\nobreak."),
        ("Dicho {fuentes: v.a, v.c}.", "[1],~[3]\\nobreak."),
        ("Dicho [@a; @c] y más [@e].", "[1], [3] y más~[5]."),
        ("Dicho [@a].", "Dicho~[1]."),
        ("- Dicho [@a; @c]\n- Otro", "[1],~[3]\\nobreak\n"),
    ],
)
def test_no_number_is_alone_in_the_last_line_of_a_paragraph(typed: str, said: str) -> None:
    marked = write_block(Text(typed, "paper/secciones/s.yaml"), Stating())
    numbers = number_keys([["a", "x", "c", "y", "e"]])
    assert said in plain(unmark_piece(marked, None, write_cited(numbers, APART)).tex)


def test_biblatex_parts_what_we_part() -> None:
    told = r"\autocites{a}{b}[véase][p. 3]{c}{d}"
    assert left_to_biblatex(told, APART) == r"\autocite{a,b}, \autocite[véase][p. 3]{c}, \autocite{d}"
    assert left_to_biblatex(told, SHARED) == told


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

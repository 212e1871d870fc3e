"""Whether pages after a range may get other numbers, and what of a page tells its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_latex import Block, MadeUpLatex

from imprenta.model.document import UNKNOWN, Piece
from imprenta.typeset.checkpoints.numbering import DEFINITIONS, find_movable, reads_number, style_of
from imprenta.typeset.checkpoints.paged_run import Misfit

blocks = st.builds(Block, lines=st.integers(1, 25), restarts=st.sampled_from([False] * 15 + [True]))


@given(st.lists(blocks, min_size=1, max_size=40))
def test_pages_are_movable_where_no_number_gets_another_length(document: list[Block]) -> None:
    run = MadeUpLatex("body").run(document)
    movable = find_movable(run.trace)
    for checkpoint in run.trace.checkpoints:
        moved = [run._since(checkpoint, 0, 0, numbers) for numbers in (-1, 1)]
        assert (checkpoint.line in movable) is not any(isinstance(one, Misfit) for one in moved)


def test_pages_numbered_by_letters_are_not_movable() -> None:
    run = MadeUpLatex("body", form=r"\csname @roman\endcsname \c@page ").run([Block(lines=35)])
    assert find_movable(run.trace) == frozenset()


@pytest.mark.parametrize(
    ("form", "style"),
    [
        (r"\csname @arabic\endcsname \c@page ", "arabic"),
        (r"\csname @roman\endcsname \c@page ", "roman"),
        (r"A-\csname @arabic\endcsname \c@page ", ""),
        (r"\thesection .\csname @arabic\endcsname \c@page ", ""),
    ],
)
def test_how_pages_are_numbered_is_told_by_the_tex_of_a_number(form: str, style: str) -> None:
    assert style_of(form) == style


def pieces(preamble: str, body: str) -> list[Piece]:
    definitions = f"\\makeatletter\n{DEFINITIONS}\\thepage\\the\\c@page\n\\makeatother\n"
    return [Piece(f"{preamble}\n{definitions}", UNKNOWN), Piece(f"\\begin{{document}}\n{body}\n", UNKNOWN)]


@pytest.mark.parametrize(
    ("preamble", "body", "reads"),
    [
        (r"\cfoot*{\pagemark}", "\\pagenumbering{roman}\n\\setcounter{page}{2}\nTexto", False),
        (r"\cfoot*{\thepage}", "Texto", True),
        (r"\thepagestyle", "Texto", False),
        ("", r"en la página \thepage.", True),
        ("", "Texto\n\\setcounter{page}{2}", True),
        (r"\ifodd\value{page}", "", True),
        (r"\ifnum\c@page>3 ", "", True),
        ("", r"\addtocounter{page}{1}", True),
        ("", r"\roman{page}", True),
    ],
)
def test_what_reads_or_sets_the_number_of_a_page_is_told(preamble: str, body: str, reads: bool) -> None:
    assert reads_number(*pieces(preamble, body)) is reads


def test_what_the_engine_s_templates_wrote_reads_no_number() -> None:
    assert not reads_number(Piece("\\setcounter{page}{2}"))

"""The .bbl that biber will probably write, told from the one before when only words of an entry changed."""

from __future__ import annotations

import pytest

from imprenta.model.bib_entry import WrittenEntry, join_entries
from imprenta.typeset.references.foretold_bbl import foretell_bbl

HEAD, TAIL = "  \\datalist[entry]{none/global//global/global}\n", "  \\enddatalist\n\\endrefsection\n\\endinput\n"


def written(key: str, kind: str = "online", **fields: str) -> WrittenEntry:
    rows = "".join(f"  {name} = {{{words}}},\n" for name, words in fields.items())
    return WrittenEntry(f"@{kind}{{{key},\n{rows}}}\n\n")


def block(key: str, *rows: str) -> str:
    return f"    \\entry{{{key}}}{{online}}{{}}\n{''.join(f'      {row}{chr(10)}' for row in rows)}    \\endentry\n"


BEFORE = {
    "uno": written("uno", author="Paz, Ana", title="{kOps} -- uno", note="igual"),
    "dos": written("dos", title="{kOps} -- uno"),
    "sin-citar": written("sin-citar", title="Nadie"),
}
BLOCKS = (
    block("uno", "\\name{author}{1}{}{%", r"\field{note}{igual}", r"\field{title}{{kOps} -- uno}"),
    block("dos", r"\field{title}{{kOps} -- uno}"),
)
BBL = f"{HEAD}{''.join(BLOCKS)}{TAIL}"


def foretell(bbl: str = BBL, **changed: WrittenEntry) -> str | None:
    return foretell_bbl(bbl, join_entries(BEFORE).decode(), {**BEFORE, **changed})


def test_words_take_the_place_of_those_before_in_their_entry_alone() -> None:
    now = foretell(uno=written("uno", author="Paz, Ana", title=r"Otro {\emph{título}}, dos", note="igual"))
    assert now == BBL.replace(r"\field{title}{{kOps} -- uno}", r"\field{title}{Otro {\emph{título}}, dos}", 1)


@pytest.mark.parametrize("entry", [
    written("uno", author="Paz, Eva", title="{kOps} -- uno", note="igual"),
    written("uno", author="Paz, Ana", title="{kOps} -- uno"),
    written("uno", author="Paz, Ana", title="{kOps} -- uno", note="igual", year="2020"),
    written("uno", "book", author="Paz, Ana", title="Otro", note="igual"),
])  # fmt: skip
def test_what_is_more_than_words_is_left_to_biber(entry: WrittenEntry) -> None:
    assert foretell(uno=entry) is None


def test_words_that_biber_wrote_otherwise_are_left_to_biber() -> None:
    other = BBL.replace(r"\field{note}{igual}", r"\field{note}{Igual}")
    assert foretell(other, uno=written("uno", author="Paz, Ana", title="{kOps} -- uno", note="otra")) is None


def test_there_is_nothing_to_foretell_if_nothing_printed_changed() -> None:
    assert foretell() is None
    assert foretell(**{"sin-citar": written("sin-citar", title="Otra")}) is None
    assert foretell(nueva=written("nueva", title="Otra")) is None

"""A .bbl is its head, a block for each entry and its tail; put together in another order, it is biber's."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from imprenta.typeset.references.bbl import Bbl, assemble_bbl, changed_entries, read_names, split_bbl

RECORDED = Path(__file__).resolve().parent.parent / "golden" / "references"
"""What biber 2.18 wrote (`tests/e2e/test_biber.py` holds it against the biber that is there)."""


def recorded(name: str) -> tuple[str, Bbl, dict[str, str]]:
    text = (RECORDED / f"{name}.bbl").read_text()
    names, digits = read_names((RECORDED / f"{name}.names").read_text().splitlines())
    bbl = split_bbl(text, names)
    assert bbl is not None
    return text, bbl, digits


@pytest.mark.parametrize("name", ["people", "people-other", "people-few", "linked", "linked-other"])
def test_what_was_split_is_put_together(name: str) -> None:
    text, bbl, digits = recorded(name)
    assert assemble_bbl(bbl, digits) == text


@pytest.mark.parametrize(
    ("whole", "wanted"),
    [("people", "people-other"), ("people", "people-few"), ("people-other", "people"), ("linked", "linked-other")],
)
def test_blocks_in_another_order_are_what_biber_writes_of_it(whole: str, wanted: str) -> None:
    """The how-many-th work of the same people and the first digit of the number are counted anew."""
    _, bbl, digits = recorded(whole)
    text, order, _ = recorded(wanted)
    assert assemble_bbl(replace(bbl, blocks={key: bbl.blocks[key] for key in order.blocks}), digits) == text


def test_only_works_of_the_same_people_are_numbered() -> None:
    text, bbl, digits = recorded("people-few")
    assert "extraname" not in text
    other, block = dict(bbl.blocks), bbl.blocks["nueve"]
    other["diez"] = block
    assert assemble_bbl(replace(bbl, blocks=other), digits).count("\\field{extraname}{2}") == 1
    nobody = replace(block, names="")
    assert "extraname" not in assemble_bbl(replace(bbl, blocks={"a": nobody, "b": nobody}), digits)


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("    \\entry{dos}", "    \\missing{x}\n    \\entry{dos}"),
        ("  \\enddatalist\n", "    \\keyalias{viejo}{uno}\n  \\enddatalist\n"),
        ("\\endrefsection\n", "  \\datalist[entry]{b}\n  \\enddatalist\n\\endrefsection\n"),
        ("      \\field{sortinit}{2}\n", ""),
        ("    \\entry{dos}", "    \\entry{uno}"),
        ("  \\datalist[entry]", "  \\datalist[list]"),
        ("\\field{title}{Uno}\n", "\\field{title}{Uno}\n  \\enddatalist\n\\endrefsection\n\\endinput\n"),
    ],
)
def test_a_bbl_of_another_form_is_not_split(found: str, put: str) -> None:
    text, *_ = recorded("people")
    assert found in text
    assert split_bbl(text.replace(found, put, 1)) is None


def test_entries_that_say_something_else_are_told() -> None:
    _, bbl, digits = recorded("people")
    _, other, _ = recorded("people-other")
    assert changed_entries(bbl, other) == frozenset()
    text = assemble_bbl(bbl, digits).replace("{Siete}", "{7}").replace("Sin nadie", "Sin autor")
    again = split_bbl(text)
    assert again is not None
    assert changed_entries(bbl, again) == {"siete"}
    fewer = {key: block for key, block in bbl.blocks.items() if key != "tres"}
    assert (
        changed_entries(bbl, replace(bbl, blocks=fewer)) == {"tres"} == changed_entries(replace(bbl, blocks=fewer), bbl)
    )


def test_any_order_and_choice_has_the_numbers_of_its_places() -> None:
    _, bbl, digits = recorded("people")
    for seed in range(50):
        keys = random.Random(seed).sample(list(bbl.blocks), random.Random(seed).randint(1, len(bbl.blocks)))
        made = assemble_bbl(replace(bbl, blocks={key: bbl.blocks[key] for key in keys}), digits)
        again = split_bbl(made, {key: bbl.blocks[key].names for key in keys})
        assert again is not None
        assert list(again.blocks.items()) == [(key, bbl.blocks[key]) for key in keys]

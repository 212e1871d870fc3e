"""The entries of a .bbl are kept one by one, and what is put together of them is what biber writes of the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta.model.bib_entry import WrittenEntry
from imprenta.typeset.engine.warm_biber import BiberOutput
from imprenta.typeset.references.bbl import assemble_bbl, read_names, split_bbl
from imprenta.typeset.references.entry_cache import EntryCache
from imprenta.typeset.references.linked import find_components

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RECORDED = Path(__file__).resolve().parent.parent / "golden" / "references"
PEOPLE = "uno dos tres cuatro cinco seis siete ocho nueve diez once".split()
OTHER = "diez ocho once seis cuatro cinco dos siete nueve uno tres".split()
LINK = re.compile(r"(?:crossref|xref|xdata|related|ids) = \{([^}]*)\}")


def entries_of(name: str) -> dict[str, WrittenEntry]:
    """Return the entries of a recorded .bib as `bibliography` writes them."""
    found = re.findall(r"@\w+\{([^,]+),.*?\n\n", text := (RECORDED / f"{name}.bib").read_text(), re.DOTALL)
    texts = [f"@{part}" for part in text.split("@")[1:]]
    links = [tuple(key.strip() for keys in LINK.findall(one) for key in keys.split(",")) for one in texts]
    return {key: WrittenEntry(one, link) for key, one, link in zip(found, texts, links, strict=True)}


class Biber:
    """A biber that knows the answers which were recorded."""

    def __init__(self, *recorded: str) -> None:
        self.asked: list[list[str]] = []
        self.recorded = list(recorded)

    def __call__(self, entries: Mapping[str, WrittenEntry], cited: Sequence[str]) -> BiberOutput | None:
        assert entries.keys() >= set(cited)
        self.asked.append(list(cited))
        name = self.recorded.pop(0)
        return read(name) if name else None


def read(name: str) -> BiberOutput:
    log = RECORDED / f"{name}.blg"
    return BiberOutput(
        (RECORDED / f"{name}.bbl").read_text(),
        log.read_text() if log.exists() else "",
        (RECORDED / f"{name}.names").read_text(),
    )


def write(cache: EntryCache, entries: Mapping[str, WrittenEntry], cited: Sequence[str], biber: Biber) -> str | None:
    components = find_components(entries, cited)
    assert components is not None
    made = cache.write(components, cited, biber)
    return made[0] if made is not None else None


@pytest.mark.parametrize(("first", "then"), [(PEOPLE, OTHER), (OTHER, PEOPLE), (PEOPLE, ["nueve", "dos"])])
def test_what_is_known_is_written_in_any_order(first: list[str], then: list[str]) -> None:
    names = {tuple(PEOPLE): "people", tuple(OTHER): "people-other", ("nueve", "dos"): "people-few"}
    entries, cache, biber = entries_of("people"), EntryCache("x"), Biber(names[tuple(first)])
    assert write(cache, entries, first, biber) == read(names[tuple(first)]).bbl
    kept = EntryCache.loads(cache.dumps(), "x")
    assert write(kept, entries, then, biber) == read(names[tuple(then)]).bbl
    assert biber.asked == [first]


def test_biber_is_asked_for_what_is_new_alone() -> None:
    entries, cache, biber = entries_of("people"), EntryCache("x"), Biber("people-few", "people-rest")
    assert write(cache, entries, ["nueve", "dos"], biber) == read("people-few").bbl
    assert write(cache, entries, OTHER, biber) == read("people-other").bbl
    assert biber.asked == [["nueve", "dos"], [key for key in OTHER if key not in {"nueve", "dos"}]]


def test_what_biber_said_of_an_entry_is_said_again() -> None:
    entries, cache = entries_of("people"), EntryCache("x")
    components = find_components(entries, PEOPLE)
    assert components is not None
    made = cache.write(components, PEOPLE, Biber("people"))
    assert made is not None
    assert (
        made[1] == "WARN - Entry 'once' (references.bib): Invalid format '2020-13-45' of date field 'date' - ignoring\n"
    )
    again = EntryCache.loads(cache.dumps(), "x").write(find_components(entries, OTHER) or [], OTHER, Biber())
    assert again is not None
    assert again[1] == made[1]
    few = cache.write(find_components(entries, ["nueve", "dos"]) or [], ["nueve", "dos"], Biber())
    assert few is not None
    assert few[1] == ""


@pytest.mark.parametrize("words", ["WARN - Something odd", "WARN - Entry 'nadie' is odd", "ERROR - Entry 'dos' is odd"])
def test_what_biber_said_of_nobody_is_left_to_biber(words: str) -> None:
    entries, cache = entries_of("people"), EntryCache("x")

    def biber(_: object, __: object) -> BiberOutput:
        output = read("people-few")
        return BiberOutput(output.bbl, f"[1] x> INFO - a\n[2] y> {words}\n", output.names)

    components = find_components(entries, ["nueve", "dos"])
    assert cache.write(components or [], ["nueve", "dos"], biber) is None
    assert write(cache, entries, ["nueve", "dos"], Biber()) is None


def test_another_entry_is_asked_for_anew_and_another_citation_of_it() -> None:
    entries, cache = entries_of("linked"), EntryCache("x")
    cited = ["hija", "suelto", "libro", "otra"]
    assert write(cache, entries, cited, Biber("linked")) == read("linked").bbl
    assert write(cache, entries, ["libro", "hija"], Biber()) == read("linked-other").bbl
    for key, waits in {"casa": ["libro"], "actas": ["hija"], "hija": ["hija"], "suelto": []}.items():
        changed = entries | {key: WrittenEntry(f"{entries[key].text} ", entries[key].links)}
        missing = cache.find_missing(find_components(changed, ["libro", "hija"]) or [])
        assert [one.cited for one in missing] == [(cited,) for cited in waits]
    both = find_components(entries, ["hija", "actas"])
    assert [one.cited for one in cache.find_missing(both or [])] == [("hija", "actas")]


def test_works_that_biber_adds_are_left_to_it() -> None:
    """Clones of related works and parents of two works stand at the end, in an order that depends on all of them."""
    entries, cache, biber = entries_of("uncited"), EntryCache("x"), Biber("uncited")
    assert write(cache, entries, ["a", "p1", "p2", "c"], biber) is None
    assert write(cache, entries, ["p2", "p1", "c"], Biber("uncited")) is None  # another order is another question
    assert write(cache, entries, ["a", "p1", "p2", "c"], Biber()) is None


@pytest.mark.parametrize(("cited", "added"), [(["a", "c"], 32), (["p1", "p2", "c"], 1)])
def test_works_that_biber_adds_are_held_against_those_alone_that_link_to_them(cited: list[str], added: int) -> None:
    """A clone of a related work (its key is a hash of 32 digits), or the parent of two works."""
    output = read("uncited")
    names, digits = read_names(output.names.splitlines())
    bbl = split_bbl(output.bbl.replace("{sortinit}{}", "{sortinit}{1}"), names)
    assert bbl is not None
    kept = {key for key in bbl.blocks if key in cited or (len(key) == added and key not in "abc")}
    blocks = {key: block for key, block in bbl.blocks.items() if key in kept}
    assert len(blocks) == len(cited) + 1
    text = assemble_bbl(replace(bbl, blocks=blocks), digits)
    components = find_components(entries_of("uncited"), cited)
    assert components is not None
    cache = EntryCache("x")
    assert cache.write(components, cited, lambda *_: BiberOutput(text, "", output.names)) is None
    assert cache.components == {components[0].key: None}


def test_a_bbl_in_another_order_is_not_believed() -> None:
    entries = entries_of("people")
    components = find_components(entries, PEOPLE)
    assert EntryCache("x").write(components or [], PEOPLE, lambda *_: read("people-other")) is None


def test_a_bbl_that_is_not_the_one_put_together_is_not_believed() -> None:
    entries, output = entries_of("people"), read("people")
    for bbl, names in (
        (output.bbl.replace("{extraname}{2}", "{extraname}{3}", 1), output.names),
        (output.bbl, output.names.replace("6ed4359b2c20734c6857ba7c98c2f99e", "0", 1)),
        (output.bbl, output.names.replace("name\tsiete\t\n", "")),
        (output.bbl, output.names.rpartition("digit")[0]),
        (output.bbl, output.names.replace("\t", " ", 1)),
        (output.bbl.replace("{sortinit}{4}", "{sortinit}{5}"), output.names),
        (output.bbl.replace("\\entry{siete}", "\\entry{sieta}"), output.names),
        (output.bbl.replace("\\entry{siete}{online}", "\\entry{siete}{set}"), output.names),
        (output.bbl.replace("  \\enddatalist", "    \\missing{x}\n  \\enddatalist"), output.names),
    ):
        assert (bbl, names) != (output.bbl, output.names)
        made = EntryCache("x").write(
            find_components(entries, PEOPLE) or [], PEOPLE, lambda _, __, b=bbl, n=names: BiberOutput(b, output.log, n)
        )
        assert made is None


def test_a_biber_that_does_not_answer_is_asked_again() -> None:
    entries, cache, biber = entries_of("people"), EntryCache("x"), Biber("", "people-few")
    assert write(cache, entries, ["nueve", "dos"], biber) is None
    assert not cache.changed
    assert write(cache, entries, ["nueve", "dos"], biber) == read("people-few").bbl


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '["x", "", "", {}, {"a": 1}, false]', '["y", "", "", {}, {}, false]']
)
def test_a_cache_that_cannot_be_read_is_empty(text: str) -> None:
    assert EntryCache.loads(text, "x") == EntryCache("x")


def test_what_was_asked_for_last_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imprenta.typeset.references.entry_cache.MOST_COMPONENTS", 2)
    entries, cache = entries_of("people"), EntryCache("x")
    write(cache, entries, PEOPLE, Biber("people"))
    write(cache, entries, ["nueve", "dos"], Biber())
    kept = EntryCache.loads(cache.dumps(), "x")
    assert write(kept, entries, ["nueve", "dos"], Biber()) == read("people-few").bbl
    assert len(kept.components) == 2
    assert EntryCache.loads(cache.dumps(), "another biber").components == {}


def test_two_caches_know_what_either_knew() -> None:
    entries, one, other = entries_of("people"), EntryCache("x"), EntryCache("x")
    write(one, entries, ["nueve", "dos"], Biber("people-few"))
    write(other, entries, [key for key in OTHER if key not in {"nueve", "dos"}], Biber("people-rest"))
    one.add(other, find_components(entries, OTHER) or [])
    assert write(one, entries, OTHER, Biber()) == read("people-other").bbl
    stranger = EntryCache("y", components=dict(other.components))
    empty = EntryCache("x")
    empty.add(stranger, find_components(entries, OTHER) or [])
    assert empty == EntryCache("x")
    empty.add(other, find_components(entries, ["uno"]) or [])
    assert write(empty, entries, ["uno"], Biber()) is not None
    assert len(empty.components) == 1


def test_components_are_what_is_linked() -> None:
    entries = entries_of("linked")
    found = find_components(entries, ["libro", "hija", "otra", "libro"])
    assert found is not None
    assert [(list(one.entries), one.cited) for one in found] == [
        (["casa", "libro"], ("libro",)), (["actas", "hija"], ("hija",)), (["otra", "actas2"], ("otra",)),
    ]  # fmt: skip
    alias = entries | {"nueva": WrittenEntry("@misc{nueva,}\n\n", ("viejo",))}
    joined = find_components(alias, ["nueva"])
    assert joined is not None
    assert list(joined[0].entries) == ["suelto", "nueva"]


@pytest.mark.parametrize(
    ("more", "cited"),
    [
        ({}, ["libro", "antes"]),
        ({}, ["libro", "nadie"]),
        ({"Libro": WrittenEntry("@misc{Libro,}\n\n")}, ["libro"]),
        ({"x": WrittenEntry("@misc{x,}\n\n", (), looks_at_all=True)}, ["x"]),
        ({"x": WrittenEntry("@misc{x,}\n\n", ("libro",), looks_at_all=True)}, ["libro"]),
    ],
)
def test_what_cannot_be_told_apart_is_left_to_biber(more: dict[str, WrittenEntry], cited: list[str]) -> None:
    assert find_components(entries_of("linked") | more, cited) is None


def test_an_entry_that_looks_at_all_matters_where_it_is_cited() -> None:
    entries = entries_of("linked") | {"x": WrittenEntry("@misc{x,}\n\n", (), looks_at_all=True)}
    assert find_components(entries, ["libro"]) is not None

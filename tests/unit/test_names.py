"""What parts and sources are called: what of the .bib their names, and so the texts of the report, depend on."""

from __future__ import annotations

import pytest

from imprenta.bibliography import read_bibliography
from imprenta.calculate import calculate_numbers
from imprenta.pipeline.loading import Loaded
from imprenta.pipeline.names import Names, name_parts

AUTHOR, TITLE = "@book{a, author = {Ana Ruiz}, title = {Uno}, date = {2020}}", "@book{b, title = {Dos}, date = {2020}}"


def names_of(*entries: str) -> Names:
    bibliography, _ = read_bibliography("\n".join(entries), "references.bib")
    numbers, _ = calculate_numbers({})
    return name_parts(Loaded(None, bibliography, b"", numbers, (), True, ""))


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ((AUTHOR.replace("Uno", "Otro"), TITLE), True),
        ((AUTHOR.replace("2020", "2021"), f"{TITLE}\n"), True),
        ((AUTHOR.replace("Ruiz", "Peña"), TITLE), False),
        ((AUTHOR, TITLE.replace("Dos", "Tres")), False),
        ((AUTHOR,), False),
        ((AUTHOR.replace("title", "ids = {c}, title"), TITLE), False),
    ],
)
def test_only_what_sources_are_named_by_changes_the_mark(changed: tuple[str, ...], same: bool) -> None:
    before, after = names_of(AUTHOR, TITLE), names_of(*changed)
    assert (before.mark == after.mark) == same
    if same:
        assert [before.source(key) for key in "ab"] == [after.source(key) for key in "ab"] == ["Ruiz", "Dos"]

"""The Big List of Naughty Strings in five places, as typed and escaped: printed as it is, or refused where it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from npm import install_locked

from tests.torture.pieces import Piece, codes_of, press
from tests.torture.places_of_text import code_places, entry_places, plain_blocks, table_places
from tests.torture.rows import Row, Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort

PACKAGES = Path(__file__).parent / "npm"
BAR = re.compile(r"\\[`*\[\]{}$@<]")
"""A bar before a sign takes away what it means; both are printed by code alone."""


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each place."""
    strings = read_strings()
    places = [*plain_blocks()[:1], plain_blocks()[2], *plain_blocks()[6:7], *table_places()[:1], *code_places()]
    places += [entry_places()[0], entry_places()[2]]
    for place in places:
        trials = Trials(place.name)
        pieces = [Piece(text, None if BAR.search(text) else text) for text in effort.some(strings, least=20)]
        trials.remark = codes_of(press(place, pieces, trials, effort.scratch("cadenas")))
        yield trials.row()
    raw = plain_blocks()[0]
    raw = type(raw)(f"{raw.name}, sin escapar", raw.write)
    trials = Trials(raw.name)
    pieces = [Piece(text) for text in effort.some(strings, least=20)]
    trials.remark = codes_of(press(raw, pieces, trials, effort.scratch("cadenas")))
    yield trials.row()


def read_strings() -> list[str]:
    """Return the strings of the list, without blank ones."""
    found = json.loads(
        (install_locked(PACKAGES, "las cadenas difíciles") / "blns/resources/blns.json").read_text("utf-8")
    )
    return [" ".join(text.split()) for text in found if text.strip()]

"""Every character that may be printed, in every place, those of a .bib included: read back from the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup.characters import PRINTED
from imprenta.markup.drawn import BOXES, DRAWN, draw_accents
from tests.torture.pieces import Piece, codes_of, press
from tests.torture.places_of_text import code_places, entry_places, front_places, plain_blocks, table_places
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row


def find_characters() -> list[str]:
    """Return all that the fonts can print, with the letters that are drawn of a letter and an accent."""
    accented = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if draw_accents(chr(code))]
    return sorted({*PRINTED, *DRAWN, *BOXES, *accented} - set("\n\r\x0b\x0c\x85\u2028\u2029"))


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each place."""
    characters = effort.some(find_characters(), least=40)
    for place in [*plain_blocks(), *code_places(), *table_places(), *front_places(), *entry_places()]:
        trials = Trials(place.name)
        pieces = [Piece(f"a{sign}b", f"a{sign}b") for sign in characters]
        refused = press(place, pieces, trials, effort.scratch("caracteres"))
        trials.remark = codes_of(refused)
        yield trials.row()

"""A text that is set in a line -> what of it does not fit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup.read import read_line
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.markup.parsed import Parsed
    from imprenta.model.text import Text


def find_misplaced(text: Text, *, cell: bool = False) -> tuple[Problem, ...]:
    """Return the problems of a text that is set in a line: a title, a caption, a label, a cell.

    Blocks of code, block quotes and footnotes do not fit there; lists and several paragraphs fit in a cell.
    """
    parsed = read_line(text)
    return tuple(dict.fromkeys(_misplaced(parsed, cell)))


def _misplaced(parsed: Parsed, cell: bool) -> Iterator[Problem]:
    where = "una celda" if cell else "un título, un pie o un rótulo"
    hint = "la explicación va en «nota:» de la tabla" if cell else "la explicación va en el texto"
    names = {"fence": "bloques de código", "blockquote_open": "citas en bloque"}
    if not cell:
        names |= {"bullet_list_open": "listas", "ordered_list_open": "listas", "math_block": "fórmulas aparte"}
    for token in parsed.tokens:
        if token.type in names:
            yield Problem("bloque-fuera-de-lugar", f"{where} no lleva {names[token.type]}", parsed.text.span())
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield Problem("nota-fuera-de-lugar", f"{where} no lleva notas al pie", child.meta["place"], hint)
    blocks = [token for token in parsed.tokens if token.type in names]
    if not cell and not blocks and sum(token.type == "paragraph_open" for token in parsed.tokens) > 1:
        yield Problem("bloque-fuera-de-lugar", f"{where} es un solo párrafo", parsed.text.span())

"""A text and how it is set -> what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup.code import read_code
from imprenta.markup.equations import read_equation
from imprenta.markup.read import read_line, read_text

if TYPE_CHECKING:
    from imprenta.markup.parsed import Parsed
    from imprenta.model.meaning import PlacedText


def read_placed(placed: PlacedText) -> Parsed:
    """Turn a text into what it says where it stands: blocks, a formula, code, or a line."""
    if placed.role == "block":
        return read_text(placed.text)
    if placed.role in ("formula", "row", "symbol"):
        return read_equation(placed.text, row=placed.role == "row")
    if placed.role == "code":
        return read_code(placed.text)
    return read_line(placed.text)

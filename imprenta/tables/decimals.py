"""The cells of a column of numbers -> their TeX with the decimal signs below one another.

Such a column is set to the right; a number with fewer decimals than another is followed by as much room as it lacks,
which is that of digits (all are equally wide) or what TeX measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.calculate import read_number
from imprenta.markup import called_notes, escape, mark_words, read_line, state_in, write_inline, write_plain
from imprenta.model.facts import Formula
from imprenta.tables.measure import letter_width, pad

if TYPE_CHECKING:
    from imprenta.model import Text
    from imprenta.tables.scope import TableScope

_WHOLE = re.compile(r"[+\-\u2212]?\d[\d \u00a0\u202f]*")
_CALL = re.compile(r"\[\^[^\]\s]+\]")
_DIGITS = re.compile(r"[.,\d]*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell in TeX; `tail` is what it prints from the decimal sign on, None of a cell that is no number."""

    tex: str
    tail: str | None = None

    @property
    def tail_tex(self) -> str:
        """The tail in TeX."""
        fraction, power, exponent = (self.tail or "").partition("·10")
        return escape(fraction) + (rf"${{}}\cdot10^{{{exponent}}}$" if power else "")


def set_number(cell: Text, scope: TableScope, decimals: int | None) -> Figure:
    """Set a cell of a column of numbers; one that was typed is written as computed ones are, with so many decimals."""
    calls = called_notes(cell) if "[^" in cell.value else {}
    bare = read_line(cell).plain if not calls else _CALL.sub("", cell.value).strip()
    number = read_number(bare) if bare is not None else None
    if number is None:
        tex = write_inline(cell, scope)
        words = write_plain(cell, scope)
    else:
        places = number.decimals if decimals is None else decimals
        words = scope.write_value(number.mantissa, places)
        tex = escape(words)
        if number.exponent is not None:
            power = rf"{{}}\cdot10^{{{number.exponent}}}"
            tex += f"${state_in(scope, Formula(), power)}$"
            words += f"·10{number.exponent}"
        if number.percent:
            tex, words = tex + r"\,\%", words + " %"
        tex = mark_words(cell, tex + "".join(map(scope.call_note, calls)), scope)
    return plain_figure(tex, words)


def plain_figure(tex: str, words: str) -> Figure:
    """Return a cell whose words are known."""
    match = _WHOLE.match(words)
    return Figure(tex, words[match.end() :]) if match is not None else Figure(tex)


def align_numbers(figures: list[Figure]) -> list[str]:
    """Return the TeX of the cells of a column, padded on the right."""
    tails = [figure for figure in figures if figure.tail is not None]
    widest = max(tails, key=lambda figure: _width(figure.tail or ""), default=Figure(""))
    return [figure.tex + _padding(figure, widest) if figure.tail is not None else figure.tex for figure in figures]


def _width(words: str) -> float:
    return sum(map(letter_width, words))


def _padding(figure: Figure, widest: Figure) -> str:
    tail, most = figure.tail or "", widest.tail or ""
    if tail == most:
        return ""
    if _DIGITS.fullmatch(tail) and _DIGITS.fullmatch(most) and len(tail) < len(most):
        return rf"\hphantom{{{escape(most[len(tail) :])}}}"
    return pad(widest.tail_tex, figure.tail_tex) if _width(tail) < _width(most) else ""

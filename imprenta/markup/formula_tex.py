"""A token of mathematics -> what stands between the signs of its formula, in LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import escape
from imprenta.markup.mathematics import read_formula_source
from imprenta.markup.phrases import write_number

if TYPE_CHECKING:
    from imprenta.markup.scope import Scope

LONG_FORMULA = 40
"""Characters of the TeX of a formula that may be too wide for its line without a place where it breaks."""


def write_in_line(tex: str, style: str = "", length: int | None = None) -> str:
    """Return a formula among words, in a style of TeX's: a long one may part where it can.

    Its length is that of the TeX, unless that has marks.
    """
    inline = f"${style}{tex}$"
    return rf"\formulalarga{{{inline}}}" if (len(tex) if length is None else length) > LONG_FORMULA else inline


def write_chemical(token: Any) -> str:
    """Write what is marked as chemistry; what is none, as it was typed."""
    chemistry = token.meta["value"]
    return write_in_line(chemistry.tex) if chemistry is not None else escape(token.content)


def write_mathematics(token: Any, scope: Scope, *, display: bool) -> str:
    """Write a formula, with the numbers of the data in it; nothing if TeX could not set it."""
    numbers = {start: (end, write_number(scope.number(expression))) for start, end, expression in token.meta["numbers"]}
    row = token.meta.get("row", False)
    tex = read_formula_source(token.content, display=display, numbers=numbers, row=row).tex
    tex = re.sub(r"\s+", " ", tex).lstrip()
    return tex if tex.endswith("\\ ") else tex.rstrip()

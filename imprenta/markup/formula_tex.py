"""A token of mathematics -> what stands between the signs of its formula, in LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.markup.mathematics import read_formula_source
from imprenta.markup.phrases import write_number

if TYPE_CHECKING:
    from imprenta.markup.scope import Scope


def write_mathematics(token: Any, scope: Scope, *, display: bool) -> str:
    """Write a formula, with the numbers of the data in it; nothing if TeX could not set it."""
    numbers = {start: (end, write_number(scope.number(expression))) for start, end, expression in token.meta["numbers"]}
    row = token.meta.get("row", False)
    tex = read_formula_source(token.content, display=display, numbers=numbers, row=row).tex
    tex = re.sub(r"\s+", " ", tex).lstrip()
    return tex if tex.endswith("\\ ") else tex.rstrip()

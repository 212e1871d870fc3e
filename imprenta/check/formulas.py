"""Formulas: the symbols that are explained under one stand in it, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.model.equations import Formulas
from imprenta.model.paper import walk_blocks
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.paper import Paper


def check_symbols(paper: Paper) -> list[Problem]:
    """Whatever «donde» explains is a symbol of its formula."""
    blocks = walk_blocks(section for _, section in paper.ordered_sections())
    return [problem for block in blocks if isinstance(block, Formulas) for problem in _check_symbols(block)]


def _check_symbols(block: Formulas) -> Iterator[Problem]:
    formulas = "\n".join(_bare(formula.value) for formula in block.formulas())
    seen: set[str] = set()
    for one in block.where:
        symbol = _bare(one.symbol.value)
        # A command of letters ends where they do: «\\rho» does not stand in «\\rhobar».
        ending = r"(?![A-Za-z])" if re.search(r"\\[A-Za-z]+$", symbol) else ""
        if symbol and re.search(re.escape(symbol) + ending, formulas) is None:
            what, hint = "no está en la fórmula que explica", "escríbalo como en ella, o quítelo"
        elif symbol in seen:
            what, hint = "se explica dos veces", "deje una"
        else:
            seen.add(symbol)
            continue
        message = f"el símbolo «{one.symbol.value.strip()}» {what}"
        yield Problem("simbolo-sin-formula", message, one.symbol.span(), hint, Severity.WARNING)


def _bare(formula: str) -> str:
    """Return a formula without blanks, and without braces around one sign: «v_{0}» is «v_0»."""
    return re.sub(r"\s+", "", re.sub(r"\{(\w)\}", r"\1", formula))

"""A formula that is a text of its own -> what it says, and its LaTeX without the signs around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.markup.formula_tex import write_mathematics
from imprenta.markup.marks import mark_words
from imprenta.markup.read import read_tokens
from imprenta.markup.scope import state_in
from imprenta.model.facts import Formula, Kind

if TYPE_CHECKING:
    from imprenta.markup.parsed import Parsed
    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text


@lru_cache(maxsize=1024)
def read_equation(text: Text, *, row: bool = False) -> Parsed:
    """Turn a displayed formula, or one line of several, into what it says; never raises, whatever the text."""
    from imprenta.markup.syntax import read_whole_formula

    token, problems = read_whole_formula(text)
    token.meta["row"] = row
    return read_tokens(text, [token], problems)


def write_equation(text: Text, scope: Scope, *, row: bool = False) -> str:
    """Turn a displayed formula, or one line of several, into LaTeX for mathematics, with the mark of its place."""
    (token,) = read_equation(text, row=row).tokens
    tex = write_mathematics(token, scope, display=True)
    return state_in(scope, Kind("formula"), mark_words(text, tex, scope))


def write_symbol(text: Text, scope: Scope) -> str:
    """Turn a formula that is a text of its own into LaTeX for a line of words, with the mark of its place."""
    (token,) = read_equation(text).tokens
    tex = write_mathematics(token, scope, display=False)
    return mark_words(text, f"${state_in(scope, Formula(), tex)}$", scope)

"""Backslashes -> what they are: themselves, the end of a mark's meaning, a formula in LaTeX's brackets, a line's end.

A backslash is printed as typed, unless it stands before a sign that has a meaning there, which it takes away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.markup.dollars import has_operator, is_formula
from imprenta.markup.formulas import fill_formula
from imprenta.markup.latex import find_latex
from imprenta.markup.placed import markdown_escape
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.markup.placed import PlacedInlineState

_ESCAPED = "`*[]{}$@<"
_AT_LINE_START = re.compile(r"[ \t]*(?:\\[#>+=~|-]|\d{1,9}\\[.)])")
_GLOB = re.compile(r"\*+\.?\w")
# A path of Windows, «C:\_temp\*.txt» or «\\servidor\c$»; an asterisk of a pattern is of it, one of emphasis is not.
_PATH = re.compile(r"\\(?:[^\s`\[{<>|\"«»“”*]|\*(?=\.?\w|\\)|(?<=[\\.])\*)*")
_DRIVE = re.compile(r"(?<![^\W_])[A-Za-z]:$")
_SERVER = re.compile(r"\\\\[\w.$-]+\\")
_FORMULA_CLOSING = {"(": "\\)", "[": "\\]"}
_LONE = re.compile(r"\s*(?:[^\W\d_]{2,}|\d+)\s*")
_LINE_END = re.compile(r"\\\\(?:\[[^\]\n]*\])?[ \t]*(?=\n)")


def read_backslash(state: PlacedInlineState, silent: bool) -> bool:
    """`\\*` -> the sign alone; `\\( … \\)` and `\\[ … \\]` -> formulas; other backslashes are text."""
    source, start = state.src, state.pos
    if source[start] != "\\":
        return False
    following = source[start + 1 : min(start + 2, state.posMax)]
    if following == "\n":
        return markdown_escape(state, silent)
    end = _read_literal(state, silent)
    if end:
        if not silent:
            state.append_pending(source[start:end])
        state.pos = end
        return True
    if following in _FORMULA_CLOSING and _read_formula(state, following, silent):
        return True
    if _is_escape(source, start, following):
        if not silent:
            token = state.push("text_special", "", 0)
            token.content, token.markup, token.info = following, f"\\{following}", "escape"
        state.pos += 2
        return True
    return _read_latex(state, silent)


def _read_literal(state: PlacedInlineState, silent: bool) -> int:
    """Return where what is printed as typed ends: a path of Windows or two backslashes; 0 for anything else."""
    source, start = state.src, state.pos
    if _DRIVE.search(source, max(0, start - 3), start) or (
        _SERVER.match(source, start) and not source[start - 1 : start].isalnum()
    ):
        match = _PATH.match(source, start, state.posMax)
        return match.end() if match else start + 1
    if not source.startswith("\\\\", start):
        return 0
    if _LINE_END.match(source, start) and not silent:
        hint = "para partir la línea basta una barra al final, «\\»; un párrafo nuevo va tras una línea en blanco"
        state.report(
            "latex-en-texto", "«\\\\» es LaTeX y sale tal como se escribió", start, start + 2, hint, Severity.WARNING
        )
    return min(start + 2, state.posMax)


def _is_escape(source: str, start: int, following: str) -> bool:
    line = source.rfind("\n", 0, start) + 1
    opening = _AT_LINE_START.match(source, line)
    if opening is not None and opening.end() == start + 2:
        return True
    if following == "*" and _GLOB.match(source, start + 1) and source[start - 1 : start].isalnum() and start:
        return False  # «src\\*.py»
    if following == "!":
        return source.startswith("[", start + 2)
    return following != "" and following in _ESCAPED


def _read_formula(state: PlacedInlineState, opening: str, silent: bool) -> bool:
    source, start = state.src, state.pos
    end = source.find(_FORMULA_CLOSING[opening], start + 2, state.posMax)
    inside = source[start + 2 : end] if end > 0 else ""
    displayed = opening == "["
    if source[start - 1 : start] in ("/", "\\") or source[end + 2 : end + 3] in ("/", "\\"):  # «sed s/\\(a\\)/b/»
        return False
    if not is_formula(inside) or _LONE.fullmatch(inside) or (displayed and not has_operator(inside)):
        return False
    if not silent:
        token = state.push("math_inline_double" if displayed else "math_inline", "math", 0)
        fill_formula(token, state, start + 2, end)
    state.pos = end + 2
    return True


def _read_latex(state: PlacedInlineState, silent: bool) -> bool:
    source, start = state.src, state.pos
    found = find_latex(source, start)
    end = min(found.end, state.posMax) if found is not None else start + 1
    if not silent:
        if found is None or start < state.doubted:
            state.append_pending(source[start:end])
        else:
            shown = " ".join(source[start:end].split())
            message = f"«{shown}» es LaTeX y sale tal como se escribió"
            state.report("latex-en-texto", message, start, end, found.hint, Severity.WARNING)
            if found.cites:
                state.push("citation", "", 0).meta["typed"] = source[start:end]
            else:
                state.append_pending(source[start:end])
    state.pos = end
    return True

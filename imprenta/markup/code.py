"""Code in a programming language -> LaTeX of each of its lines, with keywords, strings and comments told apart."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import break_code, escape_broken, escape_code, find_missing_glyphs, normal
from imprenta.markup.parsed import Parsed
from imprenta.markup.scope import is_placed, state_in
from imprenta.model.facts import Kind, Verbatim
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text

Run = tuple[str, str]
"""A stretch of a line: the command of its style, which may be none, and its characters."""
LONGEST = 400_000
"""Characters of code that is told apart; longer code is set plain."""


def read_code(text: Text) -> Parsed:
    """Turn code into what it says: nothing but its characters; those that no font has are printed as their numbers."""
    problems = find_missing_glyphs(text)
    warnings = tuple(
        replace(problem, severity=Severity.WARNING, hint="sale su número de Unicode en un recuadro")
        for problem in problems
    )
    return Parsed(text, problems=warnings, plain=text.value)


def write_code(text: Text, language: str, scope: Scope, *, first: int = 1, numbered: bool = False) -> str:
    """Turn code into rows of LaTeX, one for each of its lines; `first` is the number of its first line."""
    rows = []
    offset = 0
    lines = text.value.split("\n")
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    for count, (line, tex) in enumerate(zip(lines, write_lines("\n".join(lines), language), strict=True)):
        mark = scope.mark(text.span(offset)) if is_placed(scope) else ""
        command = rf"\lineanumerada{{{first + count}}}" if numbered else r"\lineacodigo"
        rows.append(state_in(scope, Kind("code"), f"{mark}{command}{{{_state_line(line, tex, scope)}}}"))
        offset += len(line) + 1
    return "\n".join(bind_lines(rows))


def bind_lines(rows: Sequence[str]) -> list[str]:
    """Return lines of code of which neither the first nor the last stands alone on a page."""
    bound = {0, len(rows) - 2} if len(rows) > 1 else set()
    return [rf"{row}\nobreak" if number in bound else row for number, row in enumerate(rows)]


def _state_line(line: str, tex: str, scope: Scope) -> str:
    """Return the LaTeX of a line of code with what it says, where that has spaces that no letter stands for."""
    shown = normal(line).expandtabs(4)
    return state_in(scope, Verbatim(shown), tex) if shown.startswith(" ") or "  " in shown else tex


def write_fence(token: Any) -> list[str]:
    """Return the LaTeX of each line of a fenced block; the first word after its mark is its language."""
    language = token.info.split()[0] if token.info.strip() else ""
    return write_lines(token.content.removesuffix("\n"), language.strip("{}."))


def write_fence_rows(token: Any, scope: Scope) -> list[str]:
    """Return the rows of LaTeX of a fenced block that stands apart."""
    typed = token.content.removesuffix("\n").split("\n")
    lines = zip(typed, write_fence(token), strict=True)
    return [rf"\lineacodigo{{{_state_line(line, tex, scope)}}}" for line, tex in lines]


def write_lines(code: str, language: str) -> list[str]:
    """Return the LaTeX of each line of some code in a language; in none that is known, plain."""
    code = normal(code)
    lines = code.split("\n")
    lexer = find_lexer(language) if language and len(code) < LONGEST else None
    if lexer is None:
        return [escape_code(line) for line in lines]
    styled = list(_styled_lines(code, lexer))
    if ["".join(words for _, words in runs) for runs in styled] != lines:  # the lexer changed a character
        return [escape_code(line) for line in lines]
    return [_write_runs(list(_expand_tabs(runs))) for runs in styled]


@cache
def find_lexer(language: str) -> Any:
    """Return what tells the words of a language apart, by its name or the name of a file; None if nobody knows it."""
    from pygments.lexers import find_lexer_class_by_name, find_lexer_class_for_filename
    from pygments.util import ClassNotFound

    try:
        found = find_lexer_class_by_name(language)
    except ClassNotFound:
        found = find_lexer_class_for_filename(language) if "." in language else None
    return found(stripnl=False, ensurenl=False) if found is not None else None


def list_languages() -> list[str]:
    """Return the names of all languages that are known."""
    from pygments.lexers import get_all_lexers

    return sorted(name for _, names, _, _ in get_all_lexers() for name in names)


def _styled_lines(code: str, lexer: Any) -> Iterator[list[Run]]:
    """Yield the runs of each line."""
    runs: list[Run] = []
    for kind, value in lexer.get_tokens(code):
        style = _style_of(kind)
        for number, words in enumerate(value.split("\n")):
            if number:
                yield runs
                runs = []
            # A mark over a letter is set with it, whatever the lexer takes it for.
            marks = "".join(takewhile(unicodedata.combining, words)) if runs else ""
            if marks:
                runs[-1] = (runs[-1][0], runs[-1][1] + marks)
                words = words[len(marks) :]
            if words and runs and runs[-1][0] == style:
                runs[-1] = (style, runs[-1][1] + words)
            elif words:
                runs.append((style, words))
    yield runs


@cache
def _style_of(kind: Any) -> str:
    from pygments.token import Comment, Keyword, Name, Operator, String

    if kind in Comment and kind not in Comment.Preproc and kind not in Comment.PreprocFile:
        return r"\codigocomentario"
    if kind in String:
        return r"\codigocadena"
    return r"\codigoclave" if any(kind in one for one in (Keyword, Operator.Word, Name.Tag, Comment)) else ""


def _expand_tabs(runs: list[Run]) -> Iterator[Run]:
    column = 0
    for style, words in runs:
        expanded = (" " * column + words).expandtabs(4)[column:]
        column += len(expanded)
        yield style, expanded


def _write_runs(runs: list[Run]) -> str:
    """Return a line's LaTeX; where it may break is told from the whole line, whatever its runs."""
    styles = [style for style, words in runs for _ in words]
    pieces: list[Run] = []
    at = 0
    for character, is_break in break_code("".join(words for _, words in runs)):
        style = pieces[-1][0] if is_break and pieces else styles[min(at, len(styles) - 1)]
        at += not is_break
        if pieces and pieces[-1][0] == style:
            pieces[-1] = (style, pieces[-1][1] + character)
        else:
            pieces.append((style, character))
    return "".join(f"{style}{{{escape_broken(words)}}}" if style else escape_broken(words) for style, words in pieces)

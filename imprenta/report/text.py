"""Problems -> text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    ReadLines = Callable[[str], Sequence[str]]

WIDEST_LINE = 120
"""Characters of an author's line that are shown; a longer one is cut around the place."""

RED, YELLOW, BLUE, BOLD, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"


def format_problems(
    problems: Sequence[Problem], read_lines: ReadLines, name: Callable[[str], str] = str, *, colour: bool = False
) -> str:
    """Turn problems into text: each with its place, the author's line, what is wrong, and a hint.

    `read_lines` gives the lines of a file of the project, or none; `name` says what the file is called where the text
    is read. With `colour`, ANSI colours for a terminal.
    """
    return "\n".join(_format_problem(problem, read_lines, name, colour) for problem in problems)


def _format_problem(problem: Problem, read_lines: ReadLines, name: Callable[[str], str], colour: bool) -> str:
    place = problem.place
    tint = RED if problem.severity is Severity.ERROR else YELLOW
    word = _paint(f"{problem.severity.value}:", BOLD + tint, colour)
    where = _paint(f"{printable(name(place.path))}:{place.line}:{place.column}:", BOLD, colour)
    lines = [f"{where} {word} {printable(problem.message)} [{problem.code}]"]
    lines += _format_excerpt(place, read_lines, tint, colour)
    for span, remark in problem.related:
        lines.append(f"  {printable(name(span.path))}:{span.line}:{span.column}: {printable(remark)}")
    if problem.hint:
        lines.append(f"  {_paint('pista:', BLUE, colour)} {printable(problem.hint)}")
    return "\n".join(lines)


def _format_excerpt(place: Span, read_lines: ReadLines, tint: str, colour: bool) -> list[str]:
    """Return the author's line and the marks under it."""
    lines = read_lines(place.path)
    if not 1 <= place.line <= len(lines):
        return []
    line = lines[place.line - 1]
    if not line.strip():
        return []
    start = min(place.column, len(line) + 1) - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    end = max(start + 1, min(end, len(line)))
    cut = 0
    if len(line) > WIDEST_LINE:
        cut = max(0, min(start - WIDEST_LINE // 3, len(line) - WIDEST_LINE))
        line = line[cut : cut + WIDEST_LINE]
    head, tail = ("…" if cut else ""), ("…" if cut + WIDEST_LINE < len(lines[place.line - 1]) else "")
    shown = printable(head + line + tail)
    offset = start - cut + len(head)
    marks = "^" * max(1, min(end - start, len(head + line) - offset))
    gutter = f"{place.line:5d} | "
    margin = " " * 6 + "| "
    return [gutter + shown, margin + " " * offset + _paint(marks, tint, colour)]


def printable(text: str) -> str:
    """Return text that cannot move the cursor or change the terminal: a control character becomes a space."""
    return "".join(
        " " if character == "\t" or not (character.isprintable() or character == " ") else character
        for character in text
    )


def _paint(text: str, tint: str, colour: bool) -> str:
    return f"{tint}{text}{PLAIN}" if colour else text


def count_problems(problems: Sequence[Problem]) -> str:
    """Return the count in words: 2 errores, 1 aviso."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    parts = []
    if errors:
        parts.append(f"{errors} {'error' if errors == 1 else 'errores'}")
    if warnings:
        parts.append(f"{warnings} {'aviso' if warnings == 1 else 'avisos'}")
    return ", ".join(parts) if parts else "sin problemas"

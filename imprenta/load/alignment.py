"""A YAML scalar's value beside its source -> where each character of the value was written.

Rules of YAML 1.1/1.2: chapter 7 (flow scalars: folding of lines, '' in single quotes, escapes in double quotes) and
chapter 8 (block scalars: header, indentation, folding).
"""

from __future__ import annotations

import re

ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
WHITE = " \t\n"

Runs = list[tuple[int, int]]
"""(offset in the value, index in the source): each opens a run of characters side by side on one line."""


def align_scalar(value: str, raw: str, style: str | None) -> Runs:
    """Return the runs that lead from the value of a scalar to its source.

    `raw` is the source from the scalar's first character (quotation mark or block header included) to its end;
    `style` is PyYAML's: None (plain), ' " | or >. White space that folding made may be placed on the line end that
    it stands for; every other character is exact.
    """
    if style is None and raw[: len(value)] == value and "\n" not in value:
        return [(0, 0)]
    if style in ("'", '"') and raw == f"{style}{value}{style}" and "\n" not in value:
        return [(0, 1)]
    if style == "|":
        return _align_literal(value, raw)
    begin = 0 if style is None else 1
    if style == ">":
        begin = raw.find("\n") + 1
    return _align_folded(value, raw, begin, style)


def _align_literal(value: str, raw: str) -> Runs:
    """Each line of the value is a line of the source without its indentation."""
    runs: Runs = []
    index = raw.find("\n") + 1
    offset = 0
    for line in value.split("\n"):
        end = raw.find("\n", index)
        source = raw[index:] if end < 0 else raw[index:end]
        indentation = len(source) - len(line) if line and source.endswith(line) else min(len(source), _indent(source))
        runs.append((offset, min(index + indentation, len(raw))))
        offset += len(line) + 1
        if end < 0:
            index = len(raw)
        else:
            index = end + 1
    return runs


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip(" "))


def _align_folded(value: str, raw: str, index: int, style: str | None) -> Runs:
    """Walk both strings: folding changes only white space, so the rest comes in the same order."""
    runs: Runs = []
    expected = -1
    for offset, character in enumerate(value):
        length = 1
        if character not in WHITE or (style == '"' and raw.startswith("\\\n", index)):
            index = _skip(raw, index, style)
        if style == '"' and raw.startswith("\\", index) and (match := ESCAPE.match(raw, index)):
            length = len(match[0])
        elif style == "'" and character == "'":
            length = 2
        elif character in WHITE and raw[index : index + 1] not in {" ", "\t", "\n"}:
            length = 0
        place = min(index, len(raw))
        if place != expected or length != 1 or raw[place - 1 : place] == "\n" or not runs:
            runs.append((offset, place))
        expected = place + 1 if length == 1 else -1
        index += length
    return runs or [(0, min(index, len(raw)))]


def _skip(raw: str, index: int, style: str | None) -> int:
    """Pass over white space, and over the escaped line ends of double quotes."""
    while index < len(raw):
        if raw[index] in WHITE:
            index += 1
        elif style == '"' and raw.startswith("\\\n", index):
            index += 2
        else:
            break
    return index

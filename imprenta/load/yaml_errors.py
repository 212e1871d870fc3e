"""What libyaml raises on a file -> the problem at the author's place, or where the unfinished thing began."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import yaml

from imprenta.load.yaml_words import CONTEXTS, SYNTAX, TAB, tell
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.load.lines import Lines
    from imprenta.problems import Span

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REFUSED = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML admits in no file (YAML 1.1, 5.1), and marks of the byte order inside of one."""
COMMENT_AFTER = re.compile(r"(?:[ \t]+#|[ \t]*\n(?:[ \t]*\n)*[ \t]*#)")
"""A comment that ends a plain value: on its line, or on lines of its own after it."""


def explain_control(lines: Lines) -> Problem:
    """Return the problem of the first character that no file of YAML may hold."""
    found = REFUSED.search(lines.text)
    index, named = (found.start(), f", U+{ord(found[0]):04X}") if found else (0, "")
    message = f"hay un carácter de control que YAML no admite{named}"
    return Problem("caracter-prohibido", message, lines.locate(index), "bórrelo")


def explain_syntax(error: yaml.MarkedYAMLError, lines: Lines) -> Problem:
    """Turn libyaml's exception into a problem at its mark, or where the unfinished thing began."""
    mark = error.problem_mark or error.context_mark
    context, words = (error.context or "").strip(), (error.problem or "").strip()
    index = mark.index if mark is not None else 0
    begin = error.context_mark.index if error.context_mark is not None else index
    if words == "found character that cannot start any token" and lines.text[index : index + 1] == "\t":
        words = TAB  # libyaml does not tell which it is
    code, message, hint = tell(context, words)
    related: tuple[tuple[Span, str], ...] = ()
    if context in CONTEXTS or code != SYNTAX:
        return Problem(code, message, lines.locate(begin), hint)
    if context == "while parsing a quoted scalar":  # an escape: the bar is meant, not what came after it
        return Problem(code, message, lines.locate(max(lines.text.rfind("\\", 0, index + 1), begin)), hint)
    if (opened := _find_open_quote(lines, index)) is not None:
        # The quotation marks closed a text where the next were meant to open one.
        message, hint = "las comillas no se cierran en esta línea", "el texto que sigue se tomó por suyo"
        index, related = opened, ((lines.locate(index), "aquí se notó"),)
    elif (comment := _find_comment(lines, index, begin)) is not None:
        message, hint = "un comentario («#») corta aquí el texto", "un texto con « #» va entre comillas, o tras «|»"
        index, related = comment, ((lines.locate(index), "aquí se notó"),)
    elif words.startswith(
        ("found unexpected end of stream", "found unexpected document", "did not find expected ',' or")
    ):
        index, related = begin, ((lines.locate(index), "aquí se notó"),)
    elif lines.text[index : index + 1] in {"", "\n"} and index > 0:
        index = max(len(lines.text[:index].rstrip()) - 1, 0)
    return Problem(code, message, lines.locate(index), hint, related=related)


def _scalars_before(lines: Lines, index: int) -> Iterator[yaml.ScalarToken]:
    """Yield the scalars that begin before a place, as far as the file can be read."""
    with suppress(yaml.YAMLError, ValueError):
        for token in yaml.scan(lines.text, Loader=LOADER):
            if token.start_mark.index >= index:
                return
            if isinstance(token, yaml.ScalarToken):
                yield token


def _find_open_quote(lines: Lines, index: int) -> int | None:
    """Return where a quoted text begins that runs over several lines and ends on the line of an error."""
    opened = None
    for token in _scalars_before(lines, index):
        if token.style in ("'", '"'):
            over_lines = token.end_mark.line > token.start_mark.line
            here = token.end_mark.line == lines.position(index)[0] - 1
            opened = token.start_mark.index if over_lines and here else None
    return opened


def _find_comment(lines: Lines, index: int, begin: int) -> int | None:
    """Return the place of the comment that cut a plain value short, and so made the error at `index`.

    Either the value was to go on after it, with more indentation than the line it stands on; or the comment took what
    closes a list or mapping that began at `begin`.
    """
    last = None
    for token in _scalars_before(lines, index):
        if token.style in (None, "") and token.value:
            last = token
    if last is None or (cut := COMMENT_AFTER.match(lines.text, last.end_mark.index)) is None or cut.end() > index:
        return None
    place = cut.end() - 1
    if lines.text[begin : begin + 1] in {"[", "{"}:
        return place if begin < place and "\n" not in cut[0] else None
    between = lines.text[place:index].split("\n")
    if any(line.strip() and not line.strip().startswith("#") for line in between):
        return None
    start = lines.line_of(last.start_mark.index)
    own = len(start) - len(start.lstrip(" -"))
    return place if lines.position(index)[1] - 1 >= max(own, 1) and between[-1].strip(" ") == "" else None

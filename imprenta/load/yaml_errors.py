"""What libyaml raises on a file -> the problem at the author's place, or where the unfinished thing began."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import yaml

from imprenta.load.lines import Lines
from imprenta.load.yaml_words import CONTEXTS, SINGLE_QUOTES, SYNTAX, TAB, tell
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REFUSED = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML admits in no file (YAML 1.1, 5.1), and marks of the byte order inside of one."""
GLUED_COLON = re.compile(r"[ ]*(?:- +)?([a-z_]+):(?=[^\s:/])")
COMMENT_AFTER = re.compile(r"(?:[ \t]+#|[ \t]*\n(?:[ \t]*\n)*[ \t]*#)")
"""A comment that ends a plain value: on its line, or on lines of its own after it."""


def explain_control(lines: Lines) -> Problem:
    """Return the problem of the first character that no file of YAML may hold."""
    found = REFUSED.search(lines.text)
    index, named = (found.start(), f", U+{ord(found[0]):04X}") if found else (0, "")
    message = f"hay un carácter de control que YAML no admite{named}"
    return Problem("caracter-prohibido", message, lines.locate(index), "bórrelo")


def explain_syntax(error: yaml.MarkedYAMLError, lines: Lines) -> Problem:
    """Turn libyaml's exception into a problem at its mark, or where what caused it stands."""
    mark = error.problem_mark or error.context_mark
    context, words = (error.context or "").strip(), (error.problem or "").strip()
    index = mark.index if mark is not None else 0
    begin = error.context_mark.index if error.context_mark is not None else index
    if words == "found character that cannot start any token" and lines.text[index : index + 1] == "\t":
        words = TAB  # libyaml does not tell which it is
    code, message, hint = tell(context, words)
    if context in CONTEXTS or code != SYNTAX:
        return Problem(code, message, lines.locate(begin), hint)
    if context == "while parsing a quoted scalar":  # an escape: the bar is meant, not what came after it
        return Problem(code, message, lines.locate(max(lines.text.rfind("\\", 0, index + 1), begin)), hint)
    fault = Fault(lines, index, begin, tuple(_scalars_before(lines, index)))
    cause = next((cause for find in CAUSES if (cause := find(fault)) is not None), None)
    if cause is not None:
        place, message, hint = cause
    elif words.startswith(BEGUN):
        place = begin
    else:
        place = index
        if lines.text[index : index + 1] in {"", "\n"} and index > 0:
            place = max(len(lines.text[:index].rstrip()) - 1, 0)
    related = ((lines.locate(index), "aquí se notó"),) if place < index and (cause or words.startswith(BEGUN)) else ()
    if lines.text[place : place + 1] == '"' and '\\"\n' in f"{lines.rest_of_line(place)}\n":
        hint = f"una comilla tras la barra no cierra: {SINGLE_QUOTES}"
    return Problem(code, message, lines.locate(place), hint, related=related)


BEGUN = (
    "found unexpected end of stream", "found unexpected document", "did not find expected ',' or",
    "could not find expected ':'",
)  # fmt: skip
"""What libyaml says where it gives up, of something that began further up."""


class Fault(NamedTuple):
    """Where libyaml noticed an error, where what it was reading began, and the scalars before."""

    lines: Lines
    noticed: int
    begin: int
    scalars: tuple[yaml.ScalarToken, ...]


Cause = tuple[int, str, str]
"""A place in the text, our message and our hint."""


def _scalars_before(lines: Lines, index: int) -> Iterator[yaml.ScalarToken]:
    """Yield the scalars that begin before a place, as far as the file can be read."""
    with suppress(yaml.YAMLError, ValueError):
        for token in yaml.scan(lines.text, Loader=LOADER):
            if token.start_mark.index >= index:
                return
            if isinstance(token, yaml.ScalarToken):
                yield token


def _find_open_quote(fault: Fault) -> Cause | None:
    """Find a quoted text that runs over several lines and ends on the line of the error.

    Its quotation marks closed it where the next were meant to open one.
    """
    quoted = [token for token in fault.scalars if token.style in ("'", '"')]
    if not quoted or quoted[-1].end_mark.line == quoted[-1].start_mark.line:
        return None
    if quoted[-1].end_mark.line != fault.lines.position(fault.noticed)[0] - 1:
        return None
    opened = quoted[-1].start_mark.index
    return opened, "las comillas no se cierran en esta línea", "el texto que sigue se tomó por suyo"


def _find_comment(fault: Fault) -> Cause | None:
    """Find the comment that cut a plain value short.

    Either the value was to go on after it, with more indentation than the line it stands on; or the comment took what
    closes a list or mapping.
    """
    lines, index = fault.lines, fault.noticed
    last = next((token for token in reversed(fault.scalars) if token.style in (None, "") and token.value), None)
    if last is None or (cut := COMMENT_AFTER.match(lines.text, last.end_mark.index)) is None or cut.end() > index:
        return None
    place = cut.end() - 1
    cause = place, "un comentario («#») corta aquí el texto", "un texto con « #» va entre comillas, o tras «|»"
    if lines.text[fault.begin : fault.begin + 1] in {"[", "{"}:
        return cause if fault.begin < place and "\n" not in cut[0] else None
    between = lines.text[place:index].split("\n")
    if between[-1].strip(" ") or any(line.strip() and not line.strip().startswith("#") for line in between):
        return None
    start = lines.line_of(last.start_mark.index)
    return cause if lines.position(index)[1] > max(len(start) - len(start.lstrip(" -")), 1) else None


def _find_early_close(fault: Fault) -> Cause | None:
    """Find quotation marks that close before the end of the text that they were meant for."""
    last = fault.scalars[-1] if fault.scalars else None
    if last is None or last.style not in ("'", '"') or fault.lines.text[last.end_mark.index : fault.noticed].strip(" "):
        return None
    if fault.lines.text[fault.noticed : fault.noticed + 1] in {"", "\n", ":", ",", "]", "}"}:
        return None
    inside = "una comilla simple se escribe dos veces: ''" if last.style == "'" else 'unas comillas se escriben \\"'
    return last.end_mark.index - 1, "las comillas cierran aquí, y sigue más texto", f"dentro de ellas, {inside}"


def _find_extra_bracket(fault: Fault) -> Cause | None:
    """Find a bracket that closes nothing."""
    sign = fault.lines.text[fault.noticed : fault.noticed + 1]
    if sign not in {"]", "}"} or fault.lines.text[fault.begin : fault.begin + 1] in {"[", "{"}:
        return None
    return fault.noticed, f"sobra «{sign}»", "un texto con corchetes o llaves va entre comillas"


def _find_glued_colon(fault: Fault) -> Cause | None:
    """Find a key whose colon has no blank after it: YAML took it, and the next line, for a text."""
    lines = fault.lines
    above = lines.text.rfind("\n", 0, lines.starts[lines.position(fault.noticed)[0] - 1] - 1) + 1
    glued = GLUED_COLON.match(lines.text, above)
    if lines.text[fault.noticed : fault.noticed + 1] != ":" or glued is None or glued.end() > fault.noticed:
        return None
    return glued.end() - 1, "falta un espacio después de los dos puntos", f"escriba «{glued[1]}: …»"


CAUSES = (_find_open_quote, _find_comment, _find_early_close, _find_extra_bracket, _find_glued_colon)
"""What commonly lies behind an error and stands elsewhere, or is not told by libyaml's words. The first one counts."""

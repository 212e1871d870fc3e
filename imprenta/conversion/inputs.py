r"""A LaTeX document and the files that it takes in (`\input`, `\include`) -> one text, with where each line comes from.

Names are those of LaTeX: from the folder of the main document, with or without `.tex`. What is outside of that folder,
or is not there, is told and left out.
"""

from __future__ import annotations

import posixpath
import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.conversion.source import Source

    Part = tuple[str, str, int]
    """Text of a file, with the file's name and the line on which it begins."""

LARGEST = 16_000_000
"""Letters of all together: what takes in files that take in files over and over again ends somewhere."""
ENDING = ".tex"
_COMMAND = re.compile(
    r"\\verb\*?(?P<sign>[^A-Za-z*\s]).*?(?P=sign)"
    r"|\\(?P<command>input|include|subfile)(?:\s*\{(?P<braced>[^{}]*)\}|[ \t]+(?P<bare>[^\s{}\\%]+))"
)
_CODE = re.compile(r"(?:[^%\\]|\\.)*")
"""A row up to its comment."""
_VERBATIM = re.compile(r"\\(begin|end)\{(?:verbatim\*?|Verbatim|lstlisting|minted|comment)\}")
_BODY = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)


def follow_inputs(source: Source) -> None:
    """Put what a document takes in where it does; from then on `source` tells of which file each line is."""
    parts = [*_read(source, source.name, source.text, 1, (source.name,), [LARGEST])]
    origins: list[tuple[str, int]] = []
    opens = True
    for text, name, line in parts:
        for number, row in enumerate(text.splitlines(keepends=True), line):
            if opens:
                origins.append((name, number))
            opens = row.endswith("\n")
    source.text, source.origins = "".join(text for text, _, _ in parts), tuple(origins)


def _read(source: Source, name: str, text: str, first: int, within: tuple[str, ...], room: list[int]) -> Iterator[Part]:
    """Yield the text of a file in parts, with those of the files that it takes in; `within` are those around it."""
    room[0] -= len(text)
    at = 0
    for found in _find_commands(text):
        line = first + text.count("\n", 0, found.start())
        yield text[at : found.start()], name, first + text.count("\n", 0, at)
        at = found.end()
        path = posixpath.normpath((found["braced"] or found["bare"] or "").strip().strip('"'))
        taken, why = _find(source, path, within, room)
        if taken is None:
            source.lose_at(f"{name}:{line}", f"no se sigue «{found[0]}»: {why}")
            continue
        path, inside, start = taken
        gap = "" if found["command"] == "input" else "\n\n"
        yield gap, name, line
        yield from _read(source, path, inside.rstrip("\n"), start, (*within, path), room)
        yield gap or "\n" * (text[at : at + 1] not in ("", "\n")), name, line
    yield text[at:], name, first + text.count("\n", 0, at)


def _find_commands(text: str) -> Iterator[re.Match[str]]:
    """Yield the commands that take a file in, but for those in comments and in what is shown as it is."""
    rows = text.splitlines(keepends=True)
    shown = False
    for row, start in zip(rows, accumulate(map(len, rows), initial=0), strict=False):
        marks = _VERBATIM.findall(row)
        code = _CODE.match(row)
        if not shown and code is not None:
            yield from (
                found for found in _COMMAND.finditer(text, start, start + code.end()) if found["command"] is not None
            )
        shown = marks[-1] == "begin" if marks else shown


def _find(
    source: Source, path: str, within: tuple[str, ...], room: list[int]
) -> tuple[tuple[str, str, int] | None, str]:
    """Return the name of a file that is taken in, its text and the line on which that begins; or why it is not."""
    if posixpath.isabs(path) or path.startswith(".."):
        return None, "está fuera de la carpeta del documento"
    names = [path if path.endswith(ENDING) else f"{path}{ENDING}", path]
    name, data = next(((name, data) for name in names if (data := source.folder.read(name)) is not None), ("", None))
    if data is None:
        return None, "el archivo no está"
    if name in within:
        return None, "el archivo ya contiene este"
    if len(data) > room[0]:
        return None, "es demasiado"
    text = data.decode("utf-8", "replace")
    body = _BODY.search(text)
    return ((name, text, 1) if body is None else (name, body[1], 1 + text.count("\n", 0, body.start(1)))), ""

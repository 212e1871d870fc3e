"""Two subsets of one Type 1 font -> a subset that has the glyphs of both (Adobe Type 1 Font Format, 1990).

A font that pdfTeX embeds is a head in clear, with the encoding, and a part that «eexec» encrypts: the dictionary
Private, the subroutines Subrs and the glyphs, CharStrings. These are encrypted once more and handed on as they are.
Where no glyph of a subset calls a subroutine, pdfTeX leaves `UNUSED` in its place (writet1.c), so that the others keep
their numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, FACTOR, ADDEND, MASK = 55665, 52845, 22719, 0xFFFF
"""How eexec encrypts (chapter 7)."""
UNUSED = b"\x10\xbf1p\xf9"
"""The subroutine `return`, encrypted behind four zeros."""

FONT_NAME = re.compile(rb"(?<=/FontName /)[A-Z]{6}\+")
ENCODED = re.compile(rb"dup (\d+) /(\S+) put\n")
SUBROUTINES = re.compile(rb"/Subrs +(\d+) +array\s")
SUBROUTINE = re.compile(rb"dup (\d+) (\d+) \S+ ")
GLYPHS = re.compile(rb"/CharStrings +(\d+) +dict dup begin\s")
GLYPH = re.compile(rb"/(\S+) (\d+) \S+ ")

Index = TypeVar("Index", int, bytes)


@dataclass(frozen=True, slots=True)
class Type1Font:
    """A font taken apart. `rest` is what stands around the tables, which is the same in every subset of the font.

    A line of a table is kept from its number or name on, with its length and its end.
    """

    rest: tuple[bytes, ...]
    encoding: dict[int, bytes]
    subroutines: dict[int, bytes]
    glyphs: dict[bytes, bytes]

    def dumps(self) -> tuple[bytes, int]:
        """Return the font file and how many bytes of it, its head, are in clear (Length1 in PDF)."""
        before, after, private, between, end = self.rest
        encoding = b"".join(b"dup %d /%s put\n" % item for item in sorted(self.encoding.items()))
        head = before + encoding + after
        tables = [
            b"%s/Subrs %d array\n" % (private, len(self.subroutines)),
            *(b"dup %d %s" % item for item in sorted(self.subroutines.items())),
            b"%s/CharStrings %d dict dup begin\n" % (between, len(self.glyphs)),
            *(b"/%s %s" % item for item in sorted(self.glyphs.items())),
            end,
        ]
        return head + _encrypt(b"".join(tables)), len(head)


def read_type1(data: bytes, clear: int, encrypted: int) -> Type1Font:
    """Take a font file apart, of which so many bytes are in clear and the next so many encrypted by eexec.

    Raises ValueError if it is not written as pdfTeX writes it.
    """
    head, body = data[:clear], _decrypt(data[clear : clear + encrypted])
    encoded = list(ENCODED.finditer(head))
    subroutines, glyphs = SUBROUTINES.search(body), GLYPHS.search(body)
    if not encoded or subroutines is None or glyphs is None or glyphs.start() < subroutines.end():
        raise ValueError("no subset of pdfTeX's")
    calls, after_calls = _read_table(body, SUBROUTINE, subroutines.end(), int)
    drawn, after_glyphs = _read_table(body, GLYPH, glyphs.end(), bytes)
    if set(calls) != set(range(int(subroutines[1]))) or len(drawn) != int(glyphs[1]) or after_calls > glyphs.start():
        raise ValueError("a table with lines that are not understood")
    rest = (
        head[: encoded[0].start()],
        head[encoded[-1].end() :],
        body[: subroutines.start()],
        body[after_calls : glyphs.start()],
        body[after_glyphs:],
    )
    return Type1Font(rest, {int(item[1]): item[2] for item in encoded}, calls, drawn)


def _read_table(
    body: bytes, line: re.Pattern[bytes], start: int, index: Callable[[bytes], Index]
) -> tuple[dict[Index, bytes], int]:
    """Return the lines of a table by their index, and where it ends. The data in a line are as long as it says."""
    found: dict[Index, bytes] = {}
    while (begun := line.match(body, start)) is not None:
        end = body.index(b"\n", begun.end() + int(begun[2])) + 1
        found[index(begun[1])] = body[begun.start(2) : end]
        start = end
    return found, start


def merge_type1(font: Type1Font, other: Type1Font) -> Type1Font | None:
    """Return the subset with the glyphs of both, under the name of the first; None if they are not of the same font."""
    if [FONT_NAME.sub(b"", part) for part in font.rest] != [FONT_NAME.sub(b"", part) for part in other.rest]:
        return None
    encoding = _unite(font.encoding, other.encoding)
    subroutines = _unite(_used(font.subroutines), _used(other.subroutines))
    glyphs = _unite(font.glyphs, other.glyphs)
    if encoding is None or subroutines is None or glyphs is None:
        return None
    return replace(
        font, encoding=encoding, subroutines=font.subroutines | other.subroutines | subroutines, glyphs=glyphs
    )


def _used(subroutines: dict[int, bytes]) -> dict[int, bytes]:
    return {number: line for number, line in subroutines.items() if not (line[:2] == b"5 " and UNUSED in line)}


def _unite(one: dict[Index, bytes], other: dict[Index, bytes]) -> dict[Index, bytes] | None:
    """Return the lines of both, or None if they contradict each other."""
    united = one | other
    return united if united.items() >= one.items() else None


def _decrypt(data: bytes) -> bytes:
    key, result = KEY, bytearray(len(data))
    for place, cipher in enumerate(data):
        result[place] = cipher ^ (key >> 8)
        key = ((cipher + key) * FACTOR + ADDEND) & MASK
    return bytes(result)


def _encrypt(data: bytes) -> bytes:
    key, result = KEY, bytearray(len(data))
    for place, byte in enumerate(data):
        result[place] = cipher = byte ^ (key >> 8)
        key = ((cipher + key) * FACTOR + ADDEND) & MASK
    return bytes(result)

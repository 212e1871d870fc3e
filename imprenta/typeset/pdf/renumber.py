r"""Finished pages that cite works by number, and other numbers for these works -> the pages with the new numbers.

A work that comes or goes moves the numbers of all that are first cited after it. On the pages that cite those nothing
else changes as long as no number gets a digit more or less: a citation is a link around a string of its own,
«[(169)]TJ», and the digits of Latin Modern and of TeX Gyre have one width and no kerns. So the digits are changed in
the page's content and LaTeX need not set the page again; the result is byte for byte what it would set.

**Invariant**: a page is changed only if its links to works and its strings of digits in the colour of links are the
same numbers in the same order, and each new digit is in the font of its string, as wide as the one that was there.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.names import corner_of, page_of, read_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORK = "cite.0@"
"""What the name of a work's place in the list begins with; its key follows."""
Place = tuple[int, float, float]
"""A page of a PDF, from 0, and a corner on it, in points from its lower left one."""
TOKEN = re.compile(
    rb"/(?P<font>\S+) [\d.]+ Tf"
    rb"|(?<=RG\n) ?\[(?P<array>(?:-?\d)?(?:\(\d+\)(?:-?\d)?)+)\]TJ\n(?=[\d. ]+ (?:g|rg) )"
)
"""A font that is chosen, or a number in a colour of its own; pdfTeX mends its own rounding in «[-1(1)1(69)]TJ»."""
STRING = re.compile(rb"\((\d+)\)")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
KNOWN_FONT = re.compile(r"/(?:[A-Z]{6}\+)?(?:LM|TeXGyre)")
"""Latin Modern and TeX Gyre; other fonts may have pairs of digits that move together."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The pages (from 0) that change, with their new content, and those that cite but only LaTeX can set."""

    contents: Mapping[int, bytes]
    refused: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a page's content: where its array of strings begins and ends, its digits and its font."""

    start: int
    end: int
    digits: bytes
    font: str


def open_pdf(pdf: bytes) -> Any:
    """Return pikepdf's document of a PDF, for who only looks into it."""
    import pikepdf

    return pikepdf.open(io.BytesIO(pdf))


def read_places(document: Any) -> dict[str, Place]:
    """Return where the entries of works stand in a pikepdf document, by their keys."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    places: dict[str, Place] = {}
    for name, place in read_names(document).items():
        if name.startswith(WORK) and (corner := corner_of(place)) is not None:
            places[name.removeprefix(WORK)] = (numbers[page_of(place)], *corner)
    return places


def renumber_pages(
    document: Any, pages: Iterable[int], before: Mapping[str, int], now: Mapping[str, int]
) -> Renumbered:
    """Return what becomes of some pages (from 0) of a pikepdf document, in which works have the numbers of `before`.

    Both give the numbers of works by key. What has no number now, or one of more or fewer digits, stays as it is: the
    page has to be set again for that in any case.
    """
    contents: dict[int, bytes] = {}
    refused: set[int] = set()
    digits_of: dict[Any, frozenset[bytes]] = {}
    for number in pages:
        page = document.pages[number]
        cited = list(_cited(page))
        if not any(_moves(key, before, now) for key in cited):
            continue
        content = read_content(page)
        found = list(_numbers(content))
        wanted = [b"%d" % before[key] if key in before else b"" for key in cited]
        if [one.digits for one in found] != wanted:
            refused.add(number)
            continue
        changes = [(one, b"%d" % now[key]) for one, key in zip(found, cited, strict=True) if _moves(key, before, now)]
        if all({*_single(new)} <= _digits(page, one.font, digits_of) for one, new in changes):
            contents[number] = _put(content, changes)
        else:
            refused.add(number)
    return Renumbered(contents, frozenset(refused))


def _cited(page: Any) -> Iterator[str]:
    """Yield the key of each link to a work, in the order in which they were set."""
    for note in page.get("/Annots", ()):
        place = str(note.A.get("/D", "")) if "/A" in note else ""
        if place.startswith(WORK):
            yield place.removeprefix(WORK)


def _moves(key: str, before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    """Tell whether a work has another number of as many digits."""
    if key not in before or key not in now or before[key] == now[key]:
        return False
    return len(str(before[key])) == len(str(now[key]))


def read_content(page: Any) -> bytes:
    """Return what draws a page, of however many streams."""
    return b"\n".join(stream.read_bytes() for stream in page.Contents.wrap_in_array())


def _numbers(content: bytes) -> Iterator[_Number]:
    font = ""
    for token in TOKEN.finditer(content):
        if token["font"] is not None:
            font = token["font"].decode("latin-1")
        else:
            digits = b"".join(STRING.findall(token["array"]))
            yield _Number(token.start("array"), token.end("array"), digits, font)


def _single(digits: bytes) -> Iterator[bytes]:
    return (digits[at : at + 1] for at in range(len(digits)))


def _digits(page: Any, font: str, known: dict[Any, frozenset[bytes]]) -> frozenset[bytes]:
    """Return the digits that a page's font holds, if they are of one width."""
    held = page.Resources.get("/Font", {}).get(f"/{font}")
    if held is None:
        return frozenset()
    if held.objgen not in known:
        known[held.objgen] = read_digits(held)
    return known[held.objgen]


def read_digits(font: Any) -> frozenset[bytes]:
    """Return the digits in the subset of a font of pdfTeX's; none if another one has another width."""
    if KNOWN_FONT.match(str(font.get("/BaseFont", ""))) is None or "/Encoding" not in font:
        return frozenset()
    names = _names(font.Encoding)
    held = set(str(font.FontDescriptor.get("/CharSet", "")).split("/"))
    first, widths = int(font.FirstChar), list(font.Widths)
    codes = [code for code in range(48, 58) if names.get(code) == DIGITS[code - 48] and DIGITS[code - 48] in held]
    codes = [code for code in codes if 0 <= code - first < len(widths)]
    if len({widths[code - first] for code in codes}) > 1:
        return frozenset()
    return frozenset(bytes([code]) for code in codes)


def _names(encoding: Any) -> dict[int, str]:
    """Return the glyphs of an encoding by their codes."""
    names: dict[int, str] = {}
    code = 0
    for item in encoding.get("/Differences", ()):
        if isinstance(item, int):
            code = item
        else:
            names[code] = str(item).removeprefix("/")
            code += 1
    return names


def _put(content: bytes, changes: Iterable[tuple[_Number, bytes]]) -> bytes:
    """Return the content with other numbers, each of as many digits as the one in its place."""
    parts: list[bytes] = []
    end = 0
    for number, new in changes:
        parts.append(content[end : number.start])
        array = content[number.start : number.end]
        at = used = 0
        for string in STRING.finditer(array):
            length = len(string[1])
            parts += [array[at : string.start(1)], new[used : used + length]]
            at, used = string.end(1), used + length
        parts.append(array[at:])
        end = number.end
    return b"".join([*parts, content[end:]])

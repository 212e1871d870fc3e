"""An SVG -> a PDF of one page, drawn by librsvg, which follows no link out of the drawing."""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from imprenta.figures.pictures.pdf import read_pdf_page
from imprenta.figures.pictures.picture import PARTIAL, UNREADABLE, Finding, Picture, wrong_page
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.figures.pictures.picture import RunSvg

GZIP = b"\x1f\x8b"
LARGEST = 50_000_000
"""Bytes of an SVG that was compressed."""
SPACE = "http://www.w3.org/2000/svg"


class _Look:
    """What an SVG holds that its drawing will lack."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.open: list[tuple[str, bool]] = []
        self.foreign = False
        self.linked = ""
        self.entity = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root = name
        word = name.rpartition(" ")[2]
        self.open.append((word, "requiredFeatures" in attributes))
        if word == "foreignObject" and not self._is_replaced():
            self.foreign = True
        if word in ("image", "use", "feImage"):
            link = next((text for key, text in attributes.items() if key.rpartition(" ")[2] == "href"), "")
            if link and not link.startswith(("data:", "#")):
                self.linked = self.linked or link

    def end(self, _name: str) -> None:
        self.open.pop()

    def declare(self, name: str, _is_parameter: bool, value: str | None, *_more: str | None) -> None:
        if value is None:
            self.entity = self.entity or name

    def _is_replaced(self) -> bool:
        """Tell whether what is open has another drawing of it for who does not know HTML."""
        words = [word for word, _ in self.open]
        if "switch" not in words:
            return False
        inner = len(words) - words[::-1].index("switch")
        return any(conditional for _, conditional in self.open[inner:])


def unpack(data: bytes) -> bytes:
    """Return the bytes of an SVG, which may be compressed; nothing if it is far too large or cut."""
    if not data.startswith(GZIP):
        return data
    reader = zlib.decompressobj(31)
    try:
        plain = reader.decompress(data, LARGEST)
    except zlib.error:
        return b""
    return plain if reader.eof else b""


def is_svg(data: bytes) -> bool:
    """Tell whether bytes are an SVG, damaged ones included: the first element says it."""
    look = _Look()
    with suppress(ExpatError):
        _parse(unpack(data)[:65536], look, whole=False)
    return look.root in (f"{SPACE} svg", "svg")


def _parse(data: bytes, look: _Look, *, whole: bool) -> None:
    """Look through an SVG; entities from elsewhere are not fetched, and expat ends those that multiply."""
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.EntityDeclHandler = look.declare
    parser.Parse(data, whole)


def read_svg(data: bytes, name: str, page: int | None, run_svg: RunSvg) -> Picture:
    """Return an SVG as a PDF; what it shows only in a browser, or takes from another file, is told."""
    if page is not None and page > 1:
        return Picture(findings=(wrong_page(name, page, 1, "páginas"),))
    look = _Look()
    plain = unpack(data)
    try:
        _parse(plain, look, whole=True)
    except ExpatError as error:
        message = f"«{name}» no es un SVG bien formado: falla en su línea {error.lineno}"
        return Picture(findings=(Finding(UNREADABLE, message, "ábralo con Inkscape y guárdelo como PDF"),))
    if look.entity:
        message = f"«{name}» toma «&{look.entity};» de otro archivo, y un SVG no puede"
        return Picture(findings=(Finding(UNREADABLE, message, "expórtelo como PDF"),))
    drawn = run_svg(plain)
    if isinstance(drawn, Finding):
        return Picture(findings=(drawn,))
    picture = read_pdf_page(drawn, name, None)
    return Picture(picture.data, picture.suffix, picture.width, picture.height, picture.findings + _missing(look, name))


def _missing(look: _Look, name: str) -> tuple[Finding, ...]:
    hint = "expórtelo como PDF, o con los textos como texto de SVG"
    found = []
    if look.foreign:
        message = f"«{name}» tiene textos que solo enseña un navegador (foreignObject), y no salen"
        found.append(Finding(PARTIAL, message, hint, Severity.WARNING))
    if look.linked:
        message = f"«{name}» toma una parte de «{look.linked[:80]}», que no sale"
        hint = "incruste en el SVG las imágenes enlazadas, o expórtelo como PDF"
        found.append(Finding(PARTIAL, message, hint, Severity.WARNING))
    return tuple(found)

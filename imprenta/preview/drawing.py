"""A PDF -> pictures of its pages, their text with its places, their links, and the contents."""

from __future__ import annotations

import ctypes
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARY = threading.RLock()
"""pdfium serves one thread at a time, whatever the document."""

FASTEST = 1
"""zlib's level: pages are mostly white, and the picture goes no further than to this machine's browser."""

LARGEST = 64_000_000
"""Pixels of one picture; the page asks for tiles long before."""

DEEPEST = 12
"""Levels of the contents; more is a PDF that goes round in circles."""

SOFT_HYPHEN, PDFIUM_HYPHEN = "\u00ad", "\x02"


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of a page that is drawn `width` pixels wide: the whole of it if no size is given."""

    width: int
    left: int = 0
    top: int = 0
    across: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels: each begins with a byte 0 (PNG's mark of a row as it is), then has `depth` bytes a pixel."""

    pixels: bytes | bytearray
    width: int
    height: int
    depth: int = 3

    @property
    def stride(self) -> int:
        """Return the bytes of a row."""
        return 1 + self.depth * self.width

    def cut(self, top: int, bottom: int) -> Picture:
        """Return the rows from one to before another, counted from 0."""
        return Picture(self.pixels[top * self.stride : bottom * self.stride], self.width, bottom - top, self.depth)

    def pack(self) -> bytes:
        """Return the picture as a PNG."""
        kind = 2 if self.depth == 3 else 0
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, kind, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(self.pixels, FASTEST)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as it is shown, in points from the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to an address, or to a page (from 0) and a distance from its top in points."""

    box: Box
    address: str = ""
    index: int = -1
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents: its level (from 0), its words, its page (from 0) and the distance from its top."""

    level: int
    title: str
    index: int
    top: float


class Document:
    """An open PDF. Every method may be called from any thread."""

    def __init__(self, pdf: bytes) -> None:
        """Open a PDF; it is read when a page is asked for."""
        self._pdf = pdf
        self.size = len(pdf)
        self._document: Any = None
        self._last: tuple[int, Any] | None = None
        self._closed = False

    def close(self) -> None:
        """Let go of it; whoever asks for something of it later gets LookupError."""
        with LIBRARY:
            self._closed = True
            self.rest()

    def rest(self) -> None:
        """Let go of what was read of it, which is more than the PDF; whoever asks for something has it read again."""
        with LIBRARY:
            self._close_page()
            if self._document is not None:
                self._document.close()
                self._document = None

    def __len__(self) -> int:
        """Return the number of its pages. Raises LookupError."""
        with LIBRARY:
            return len(self._open())

    def _open(self) -> Any:
        import pypdfium2

        if self._closed:
            raise LookupError("closed")
        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._pdf)
        return self._document

    def draw(self, index: int, tile: Tile, *, grey: bool = False) -> Picture:
        """Draw a page, or a rectangle of it, in colours or `grey`.

        Raises LookupError if there is no such page or rectangle.
        """
        import pypdfium2.raw as pdfium

        with LIBRARY:
            page = self._page(index)
            width, height = page.get_size()
            rows = max(1, round(tile.width * height / width))
            across, down = tile.across or tile.width, tile.down or rows
            across, down = min(across, tile.width - tile.left), min(down, rows - tile.top)
            if across < 1 or down < 1 or across * down > LARGEST:
                raise LookupError("no such rectangle")
            depth = 1 if grey else 3
            stride = 1 + depth * across
            pixels = bytearray(stride * down + depth)
            held = (ctypes.c_char * len(pixels)).from_buffer(pixels)
            # One byte further on: the rows leave room for PNG's mark before each of them.
            place = ctypes.c_void_p(ctypes.addressof(held) + 1)
            kind = pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGR
            bitmap = pdfium.FPDFBitmap_CreateEx(across, down, kind, place, stride)
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
            flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_GRAYSCALE if grey else pdfium.FPDF_REVERSE_BYTE_ORDER)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, -tile.left, -tile.top, tile.width, rows, 0, flags)
            pdfium.FPDFBitmap_Destroy(bitmap)
        del held
        del pixels[stride * down :]
        return Picture(pixels, across, down, depth)

    def read_size(self, index: int) -> tuple[float, float]:
        """Return width and height of a page as it is shown, in points. Raises LookupError."""
        with LIBRARY:
            width, height = self._open().get_page_size(index)
            return width, height

    def read_text(self, index: int) -> list[tuple[str, Box]]:
        """Return the stretches of text of a page in the order in which they are read. Raises LookupError."""
        with LIBRARY:
            page = self._page(index)
            text = page.get_textpage()
            try:
                turn = _Turn(page)
                found = []
                for number in range(text.count_rects()):
                    sides = text.get_rect(number)
                    words = text.get_text_bounded(*sides).replace(PDFIUM_HYPHEN, "-").replace(SOFT_HYPHEN, "-")
                    words = " ".join(words.split())
                    if words:
                        found.append((words, turn.box(*sides)))
                return found
            finally:
                text.close()

    def read_links(self, index: int) -> list[Link]:
        """Return the links of a page. Raises LookupError."""
        import pypdfium2.raw as pdfium

        with LIBRARY:
            document = self._open()
            page = self._page(index)
            turn = _Turn(page)
            found = []
            position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, position, link):
                sides = pdfium.FS_RECTF()
                if not pdfium.FPDFLink_GetAnnotRect(link, sides):
                    continue
                box = turn.box(sides.left, sides.bottom, sides.right, sides.top)
                action = pdfium.FPDFLink_GetAction(link)
                if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
                    room = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
                    words = ctypes.create_string_buffer(room)
                    pdfium.FPDFAction_GetURIPath(document, action, words, room)
                    found.append(Link(box, address=words.value.decode("utf-8", "replace")))
                    continue
                target = pdfium.FPDFLink_GetDest(document, link)
                if not target and action:
                    target = pdfium.FPDFAction_GetDest(document, action)
                if target:
                    found.append(Link(box, "", *self._place(target)))
            return found

    def read_contents(self) -> list[Heading]:
        """Return the contents (the PDF's outline), in order. Raises LookupError."""
        with LIBRARY:
            return list(self._headings())

    def read_title(self) -> str:
        """Return the title that the PDF carries, or nothing. Raises LookupError."""
        with LIBRARY:
            return str(self._open().get_metadata_value("Title")).strip()

    def _headings(self) -> Iterator[Heading]:
        for bookmark in self._open().get_toc(max_depth=DEEPEST):
            target = bookmark.get_dest()
            if target is not None:
                yield Heading(bookmark.level, bookmark.get_title(), *self._place(target.raw))

    def _page(self, index: int) -> Any:
        """Return a page, which stays open until another is asked for: reading it anew takes as long as drawing it."""
        document = self._open()
        if self._last is None or self._last[0] != index:
            if not 0 <= index < len(document):
                raise LookupError("no such page")
            self._close_page()
            self._last = (index, document[index])
        return self._last[1]

    def _close_page(self) -> None:
        if self._last is not None:
            self._last[1].close()
            self._last = None

    def _place(self, target: Any) -> tuple[int, float]:
        """Return the page and the distance from its top of a destination."""
        import pypdfium2.raw as pdfium

        document = self._open()
        index = pdfium.FPDFDest_GetDestPageIndex(document, target)
        has_x, has_y, has_zoom = (ctypes.c_int(0) for _ in range(3))
        x, y, zoom = (ctypes.c_float(0) for _ in range(3))
        pdfium.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom)
        if not 0 <= index < len(document) or not has_y.value:
            return index, 0.0
        page = document[index]
        try:
            return index, max(0.0, _Turn(page).box(x.value, y.value, x.value, y.value).top)
        finally:
            page.close()


class _Turn:
    """Turns PDF's coordinates of a page (from the bottom left, unturned) into those of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.width, self.height = page.get_size()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x1, y1 = self._point(left, top)
        x2, y2 = self._point(right, bottom)
        return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        import pypdfium2.raw as pdfium

        scale = 64  # pdfium answers in whole pixels
        column, row = ctypes.c_int(0), ctypes.c_int(0)
        size = (round(self.width * scale), round(self.height * scale))
        pdfium.FPDF_PageToDevice(self.page, 0, 0, *size, 0, x, y, column, row)
        return round(column.value / scale, 2), round(row.value / scale, 2)

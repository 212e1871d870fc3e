"""A PDF -> what tells each of its pages from a page that looks otherwise, without drawing any."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT_OUT = {
    f"/{key} ".encode(): re.compile(rf"/{re.escape(key)} \d+(?: \d+ R)?(?= )".encode())
    for key in "Parent P StructParents StructParent Length PTEX.InfoDict Contents Resources".split()
}
"""What says nothing of the look (it leads out of the page, or numbers it), or is looked at by itself, by its key."""

REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
SUBSET_FONT = re.compile(rb"/BaseFont /[A-Z]{6}\+(\S+)")
FONTS = re.compile(rb"/Font << .*? >>")
FONT = re.compile(rb"(/F\d+) (\d+ \d+ R)")
FONT_NAME = re.compile(rb"/F\d+(?=\s)")
"""TeX numbers its fonts as they come, so that the same page has other numbers for them in another run."""
DIGITS = b"0123456789.,-"


@dataclass(frozen=True, slots=True)
class PageHash:
    """A page: `content` is the same for pages that look the same, `layout` also for those that differ in numbers alone.

    Width and height in points, as the page is shown (turned, if it is to be turned).
    """

    content: str
    layout: str
    width: float
    height: float


def identify_pages(pdf: bytes, indexes: Iterable[int] | None = None) -> list[PageHash]:
    """Return the looks of the pages of a PDF, of all or of those with these indexes (from 0), in that order.

    Two pages of the same look have the same contents, resources and annotations, whatever the numbers of the objects.
    Of a Type 1 font that a page uses only its name counts: TeX embeds the letters that the whole document uses, and
    encodes no others, so that a new letter on one page changes the font and not the look of the other pages.
    Raises ValueError if this is no PDF, or one without these pages.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            reader = _Reader(document)
            pages = document.pages
            return [reader.identify(pages[index]) for index in (range(len(pages)) if indexes is None else indexes)]
    except (pikepdf.PdfError, IndexError) as error:
        raise ValueError(str(error)) from error


class _Reader:
    """Describes the objects of one PDF, each once: as qpdf writes them, each reference replaced by what it leads to."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.known: dict[tuple[int, int], bytes] = {}

    def identify(self, page: Any) -> PageHash:
        digest = hashlib.blake2b(digest_size=8)
        layout = hashlib.blake2b(digest_size=8)
        resources = page.resources.unparse(resolved=True)
        fonts = FONTS.search(resources)
        names = {name: self.follow(reference) for name, reference in FONT.findall(fonts[0] if fonts else b"")}
        contents = page.obj.get("/Contents")
        if contents is not None:
            for stream in contents.as_list() if _is_array(contents) else [contents]:
                data = stream.read_bytes()
                digest.update(FONT_NAME.sub(lambda name: names.get(name[0], name[0]), data))
                layout.update(data.translate(None, DIGITS))
        text = page.obj.unparse(resolved=True)
        annotations = page.obj.get("/Annots")
        if annotations is not None:
            # Hundreds of links: looked at together, they cost a third.
            links = [item.unparse(resolved=True) for item in annotations.as_list()]
            text = REFERENCE.sub(b"", text) + b"".join(links)
        digest.update(self.follow(text))
        digest.update(self.follow(FONTS.sub(b"", resources)) + b"".join(sorted(names.values())))
        left, bottom, right, top = (float(side) for side in page.cropbox.as_list())
        width, height = abs(right - left), abs(top - bottom)
        digest.update(f"{width} {height}".encode())
        if int(page.obj.get("/Rotate", 0)) % 180:
            width, height = height, width
        return PageHash(digest.hexdigest(), layout.hexdigest(), width, height)

    def follow(self, text: bytes) -> bytes:
        """Return the text of an object with a digest in the place of each reference."""
        for key, entry in LEFT_OUT.items():
            if key in text:
                text = entry.sub(b"", text)
        return REFERENCE.sub(self._replace, text)

    def _replace(self, reference: re.Match[bytes]) -> bytes:
        place = (int(reference[1]), int(reference[2]))
        if place not in self.known:
            self.known[place] = b"<circle>"
            self.known[place] = self._describe(self.document.get_object(place))
        return self.known[place]

    def _describe(self, value: Any) -> bytes:
        import pikepdf

        digest = hashlib.blake2b(digest_size=16)
        if isinstance(value, pikepdf.Stream):
            packed = value.get("/Filter") == pikepdf.Name.FlateDecode and "/DecodeParms" not in value
            digest.update(value.read_bytes() if packed else value.read_raw_bytes())
            text = value.stream_dict.unparse(resolved=True)
            if packed:  # the same whether it is packed or not
                text = text.replace(b"/Filter /FlateDecode ", b"")
        else:
            text = value.unparse(resolved=True) if isinstance(value, pikepdf.Object) else repr(value).encode()
        if b"/Type /Page " in text:
            return b"<page>"
        if b"/FontDescriptor " in text and b"/Subtype /Type1 " in text and (name := SUBSET_FONT.search(text)):
            text = b"/Font " + name[1]
        digest.update(self.follow(text))
        return digest.digest()


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)

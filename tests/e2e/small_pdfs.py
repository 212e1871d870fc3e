"""Small PDFs for tests, made without TeX."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 400, 500


def make_pdf(
    pages: Sequence[str],
    *,
    spare: int = 0,
    subset: str = "",
    letters: bytes = b"a",
    links: Sequence[tuple[int, int | str]] = (),
    headings: Sequence[tuple[str, int]] = (),
    turned: bool = False,
) -> bytes:
    """Return a PDF whose pages say these lines of text, the first line 60 points below the top.

    `spare` objects that nothing uses shift the numbers of the others; `subset` and `letters` are the prefix and the
    file of an embedded font. A link covers the first line of a page (from 0) and leads to another page or an address.
    """
    document = pikepdf.new()
    for number in range(spare):
        document.make_indirect(Dictionary(Spare=number))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    if subset:
        font.BaseFont = Name(f"/{subset}+Helvetica")
        file = document.make_stream(letters)
        font.FontDescriptor = document.make_indirect(
            Dictionary(Type=Name.FontDescriptor, FontName=font.BaseFont, FontFile=file)
        )
    shared = document.make_indirect(font)
    for words in pages:
        lines = "".join(f"({line}) Tj 0 -20 Td " for line in words.split("\n"))
        page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=shared))
        page.obj.Contents = document.make_stream(f"BT /F1 14 Tf 50 {HEIGHT - 60} Td {lines}ET".encode("cp1252"))
        if turned:
            page.obj.Rotate = 90
    for index, target in links:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([45, HEIGHT - 65, 200, HEIGHT - 45]))
        link.Border = Array([0, 0, 0])
        if isinstance(target, int):
            link.Dest = Array([document.pages[target].obj, Name.XYZ, 0, HEIGHT - 100, 0])
        else:
            link.A = Dictionary(S=Name.URI, URI=pikepdf.String(target))
        document.pages[index].obj.Annots = Array([document.make_indirect(link)])
    with document.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page, "XYZ", top=HEIGHT - 100) for title, page in headings)
    document.docinfo.Title = "Informe de prueba"
    target_file = io.BytesIO()
    document.save(target_file, deterministic_id=True)
    return target_file.getvalue()

"""A tagged PDF -> for each page what a screen reader would say, in its order: element by element, with its words.

PDFium reads the tree and the words, as Chrome does. A reader says what an element is, an alternative text instead of a
picture, and knows header cells from others.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.trace.pdf_page import PdfPages

INLINE = frozenset({"Span", "Link", "Reference", "Lbl", "Formula", "Code"})
"""Elements whose words stand in the sentence around them."""
UNTOLD = frozenset({"Document", "NonStruct", "THead", "TBody"})
NAMES = {
    **{f"H{level}": f"título {level}" for level in range(1, 7)},
    "P": "párrafo",
    "L": "lista",
    "LI": "elemento",
    "Code": "código",
    "BlockQuote": "cita",
    "Div": "recuadro",
    "Table": "tabla",
    "TR": "fila",
    "Figure": "figura",
    "Caption": "rótulo",
    "Note": "nota al pie",
    "TOC": "índice",
    "TOCI": "entrada",
}
"""What an element is called for people."""


@dataclass(slots=True)
class Told:
    """An element on a page: its structure type, what is told instead of it, its language, what is in it.

    `parts` are words and elements in order.
    """

    role: str
    alternative: str = ""
    language: str = ""
    parts: list[str | Told] = field(default_factory=list)

    def words(self) -> str:
        """Return its words, or what is told instead."""
        return re.sub(r"(?<=[(\[]) | (?=[,.;:)\]])", "", " ".join(self._said().split()))

    def _said(self) -> str:
        if self.alternative:
            return f" {self.alternative} "
        return "".join(part if isinstance(part, str) else part._said() for part in self.parts)


def walk(told: Told) -> Iterator[Told]:
    """Yield an element and all that are in it, as they are read."""
    yield told
    for part in told.parts:
        if isinstance(part, Told):
            yield from walk(part)


def read_page_tree(pages: PdfPages, number: int) -> list[Told]:
    """Return the elements of a page, from 0, below which all else is; none if the PDF has no tags."""
    import pypdfium2.raw as pdfium

    page = pages.document[number]
    texts = _read_sequences(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        return [_read_element(top, texts) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
        page.close()


def find_untold(pages: PdfPages, number: int) -> str:
    """Return the words of a page that are in no element and were not set aside as artifacts."""
    page = pages.document[number]
    try:
        return _read_sequences(page).get(-1, "")
    finally:
        page.close()


def tell_page(tops: list[Told]) -> Iterator[str]:
    """Yield what is said of a page, a line for each element; of a table, a line for each row."""
    for top in tops:
        yield from _tell(top, 0)


def _tell(told: Told, depth: int) -> Iterator[str]:
    if told.role in UNTOLD:
        for part in told.parts:
            if isinstance(part, Told):
                yield from _tell(part, depth)
        return
    inside = [part for part in told.parts if isinstance(part, Told)]
    blocks = [part for part in inside if part.role not in INLINE]
    name = f"{'  ' * depth}{NAMES.get(told.role, told.role)}{f' ({told.language})' if told.language else ''}"
    if told.role == "P" and inside and all(part.role == "Code" for part in inside):
        yield f"{name.replace(NAMES['P'], NAMES['Code'])}"
        yield from (f"{'  ' * (depth + 1)}{_tell_code(line)}" for line in inside)
        return
    if told.role == "TR":
        yield f"{name}: {' | '.join(_tell_cell(cell) for cell in blocks)}"
        return
    if told.role == "LI":
        label = " ".join(part.words() for part in inside if part.role == "Lbl")
        bodies = [part for body in blocks for part in body.parts if isinstance(part, Told)]
        first = bodies.pop(0).words() if bodies and bodies[0].role == "P" else ""
        yield f"{name}: {label} {first}".rstrip()
        blocks = bodies
    else:
        words = told.alternative or Told("", parts=[part for part in told.parts if part not in blocks]).words()
        yield f"{name}: {words}" if words else name
    for block in blocks:
        yield from _tell(block, depth + 1)


def _tell_code(line: Told) -> str:
    """Return a line of code with the spaces that it begins with, behind its number."""
    verbatim = next((part.alternative for part in line.parts if isinstance(part, Told) and part.alternative), None)
    if verbatim is None:
        return line.words()
    number = "".join(part for part in line.parts if isinstance(part, str)).strip()
    return f"{number} {verbatim}" if number else verbatim


def _tell_cell(cell: Told) -> str:
    return f"«{cell.words()}»" if cell.role == "TH" else cell.words()


def _read_element(element: Any, texts: dict[int, str]) -> Told:
    import pypdfium2.raw as pdfium

    alternative = _read_string(pdfium.FPDF_StructElement_GetAltText, element)
    alternative = alternative or _read_string(pdfium.FPDF_StructElement_GetActualText, element)
    language = _read_string(pdfium.FPDF_StructElement_GetLang, element)
    told = Told(_read_string(pdfium.FPDF_StructElement_GetType, element), alternative, language)
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            told.parts.append(_read_element(child, texts))
            continue
        id = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if id in texts:
            told.parts.append(texts[id])
    return told


def _read_string(read: Any, element: Any) -> str:
    size = read(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _read_sequences(page: Any) -> dict[int, str]:
    """Return the words of a page's sequences of marked content by their identifiers; -1 has the rest."""
    import pypdfium2.raw as pdfium

    own = {_address(pdfium.FPDFPage_GetObject(page.raw, at)) for at in range(pdfium.FPDFPage_CountObjects(page.raw))}
    text = page.get_textpage()
    words: dict[int, list[str]] = {}
    last = -2
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        shown = pdfium.FPDFText_GetTextObject(text.raw, index)
        if shown and not pdfium.FPDFText_IsGenerated(text.raw, index):
            last = pdfium.FPDFPageObj_GetMarkedContentID(shown)
            # The words in a drawing are told by what is told of the drawing.
            if last < 0 and (_address(shown) not in own or _is_artifact(shown)):
                last = -2
        words.setdefault(last, []).append(" " if letter in "\r\n" else letter)
    text.close()
    return {id: "".join(letters) for id, letters in words.items()}


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _is_artifact(shown: Any) -> bool:
    """Tell whether something on a page was set aside."""
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(shown)):
        mark = pdfium.FPDFPageObj_GetMark(shown, index)
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64, length)
        if buffer.raw[: max(0, length.value - 2)].decode("utf-16-le", "replace") == "Artifact":
            return True
    return False

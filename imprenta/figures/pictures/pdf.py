"""A PDF -> one page of it as LaTeX takes it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.figures.pictures.picture import UNREADABLE, Finding, Picture, first_of_many, wrong_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

LEAST, MOST = 0.5, 16000.0
"""Points that a side may have: TeX has no lengths above 16383.99 points."""
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
ELSEWHERE = frozenset({"/Parent", "/Annots", "/P", "/StructParents", "/Metadata", "/Group"})
"""What leads from a page to what is not on it, or is not painted."""


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page is painted with: fonts that are not in the file, inks of a press, compression that is not free."""

    missing: tuple[str, ...]
    has_inks: bool
    has_lzw: bool


def read_pdf_page(data: bytes, name: str, page: int | None) -> Picture:
    """Return a page of a PDF, the first if none is asked for; only a file of one sound page stays as it is."""
    from pikepdf import PasswordError, Pdf

    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            if _is_mended(pdf):
                return Picture(findings=(_damaged(name),))
            return _take_page(pdf, data, name, page)
    except PasswordError:
        message = f"«{name}» está protegido con contraseña"
        return Picture(findings=(Finding(UNREADABLE, message, "guarde una copia sin contraseña"),))
    except Exception:  # noqa: BLE001 - whatever a damaged file leads to
        return Picture(findings=(_damaged(name),))


def _damaged(name: str) -> Finding:
    hint = "ábralo con un visor y guárdelo o imprímalo de nuevo como PDF"
    return Finding(UNREADABLE, f"«{name}» está dañado o incompleto", hint)


def _is_mended(pdf: Pdf) -> bool:
    """Tell whether the list of objects had to be guessed: a file that was cut, or that lost bytes on the way."""
    return any("reconstruct" in str(warning) or "damaged" in str(warning) for warning in pdf.get_warnings())


def _take_page(pdf: Pdf, data: bytes, name: str, page: int | None) -> Picture:
    from pikepdf import Pdf

    count = len(pdf.pages)
    if count == 0:
        return Picture(findings=(_damaged(name),))
    if page is not None and page > count:
        return Picture(findings=(wrong_page(name, page, count, "páginas"),))
    wanted = pdf.pages[(page or 1) - 1]
    width, height = _measure(wanted)
    if not all(LEAST <= side <= MOST for side in (width, height)):
        message = f"la página de «{name}» mide {width:.0f} × {height:.0f} puntos, y así no se puede poner"
        return Picture(findings=(Finding(UNREADABLE, message, "dé a la página un tamaño corriente"),))
    findings = (first_of_many(name, count, "páginas"),) if count > 1 and page is None else ()
    if count == 1 and not pdf.is_encrypted and "/Annots" not in wanted.obj:
        return Picture(data, "pdf", width, height, findings)
    if "/Annots" in wanted.obj:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations()  # LaTeX leaves notes and filled-in fields out
    with Pdf.new() as single:
        single.pages.append(wanted)
        file = io.BytesIO()
        single.save(file, deterministic_id=True)
    return Picture(file.getvalue(), "pdf", width, height, findings)


def _measure(page: Any) -> tuple[float, float]:
    """Return width and height of what is seen of a page, turned as it is shown."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    node = page.obj
    while "/Rotate" not in node and "/Parent" in node:  # it may be said of many pages at once
        node = node.Parent
    return (height, width) if int(node.get("/Rotate", 0)) % 180 == 90 else (width, height)


def read_painted(data: bytes) -> Painted:
    """Return what the first page of a sound PDF is painted with."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        parts = list(_walk(pdf.pages[0].obj))
        missing = {str(part.get("/BaseFont", "")).strip("/") for part in parts if _is_font_without_letters(part)}
        has_lzw = any("LZWDecode" in str(part.get("/Filter", "")) for part in parts)
        return Painted(tuple(sorted(missing)), any(map(_has_inks, parts)), has_lzw)


def _walk(page: Any) -> Iterator[Any]:
    """Yield the dictionaries and streams that a page is painted with, each once."""
    from pikepdf import Array, Dictionary, Stream

    waiting, seen = [page], set()
    while waiting:
        item = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, Dictionary | Stream):
            yield item
            waiting += [item[key] for key in item.keys() if key not in ELSEWHERE and _leads_on(item[key])]  # noqa: SIM118
        elif isinstance(item, Array):
            waiting += [one for one in item if _leads_on(one)]


def _leads_on(item: Any) -> bool:
    from pikepdf import Array, Dictionary, Stream

    return isinstance(item, Array | Dictionary | Stream)


def _is_font_without_letters(part: Any) -> bool:
    if part.get("/Type") != "/Font" or part.get("/Subtype") in ("/Type0", "/Type3"):
        return False
    descriptor = part.get("/FontDescriptor", {})
    return not any(key in descriptor for key in FILES)


def _has_inks(part: Any) -> bool:
    """Tell whether something is given in the inks of a press: a picture, a colour space, or what a stream paints."""
    from pikepdf import Stream, parse_content_stream

    spaces = [part.get("/ColorSpace"), part.get("/CS"), *_named_spaces(part)]
    if any("/DeviceCMYK" in repr(space) for space in spaces if space is not None):
        return True
    painted = part.get("/Type") == "/Page" or (isinstance(part, Stream) and part.get("/Subtype") == "/Form")
    return painted and bool(parse_content_stream(part, "k K"))


def _named_spaces(part: Any) -> list[Any]:
    spaces = part.get("/Resources", {}).get("/ColorSpace", {})
    return [spaces[key] for key in spaces.keys()]  # noqa: SIM118

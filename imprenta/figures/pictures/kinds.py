"""A picture as a file's bytes -> bytes that LaTeX takes, its natural size, and what there is to say of it.

The bytes decide of what kind a picture is, never its name. What LaTeX takes stays as it is, byte for byte.
"""

from __future__ import annotations

from imprenta.figures.pictures.pdf import read_pdf_page
from imprenta.figures.pictures.picture import REFUSED, UNREADABLE, Finding, Picture, RunSvg
from imprenta.figures.pictures.pixels import read_pixels
from imprenta.figures.pictures.svg import is_svg, read_svg

KINDS = "PNG, JPEG, PDF, SVG, WebP, GIF, TIFF, BMP o AVIF"
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"), (b"BM", "BMP"),
    (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"II+\0", "TIFF"), (b"MM\0+", "TIFF"),
)  # fmt: skip
_OTHERS = (
    (b"%!PS", "un archivo PostScript", "conviértala a PDF, por ejemplo con epstopdf"),
    (b"\xc5\xd0\xd3\xc6", "un archivo PostScript", "conviértala a PDF, por ejemplo con epstopdf"),
    (b"8BPS", "un archivo de Photoshop", "guárdela como PNG"),
    (b"PK\x03\x04", "un archivo comprimido o de ofimática", "guarde como PNG o PDF la imagen que contiene"),
    (b"\xd7\xcd\xc6\x9a", "un metarchivo de Windows (WMF)", "guárdela como PDF o PNG"),
    (b"\x01\x00\x00\x00", "un metarchivo de Windows (EMF)", "guárdela como PDF o PNG"),
    (b"\0\0\x01\0", "un icono de Windows", "guárdela como PNG"),
    (b"version https://git-lfs", "un puntero de Git LFS, no la imagen", "tráigala con «git lfs pull»"),
)
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def read_picture(data: bytes, name: str, page: int | None, run_svg: RunSvg) -> Picture:
    """Return the picture that a file holds; `name` is what people call the file, `page` the one that is wanted of many.

    `run_svg` turns the bytes of an SVG into those of a PDF, or tells why it cannot.
    """
    kind = find_kind(data)
    if not data:
        finding = Finding(UNREADABLE, f"«{name}» está vacío", "guarde o copie otra vez la imagen")
        return Picture(findings=(finding,))
    if kind == "":
        said, hint = _describe_other(data)
        return Picture(findings=(Finding(REFUSED, f"«{name}» es {said}", hint),))
    if kind == "PDF":
        return read_pdf_page(data, name, page)
    if kind == "SVG":
        return read_svg(data, name, page, run_svg)
    return read_pixels(data, name, kind, page)


def find_kind(data: bytes) -> str:
    """Return the kind of a picture by its first bytes; nothing if it is none that can be placed."""
    for start, kind in _PICTURES:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and b"avi" in data[8:32]:
        return "AVIF"
    if b"%PDF-" in data[:1024]:
        return "PDF"
    return "SVG" if is_svg(data) else ""


def _describe_other(data: bytes) -> tuple[str, str]:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "una fotografía HEIC, que no se admite", "guárdela o expórtela como JPEG"
    for start, said, hint in _OTHERS:
        if data.startswith(start):
            return said, hint
    if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "una página web, no una imagen", "descargue la imagen misma"
    return "un archivo de un tipo que no se admite", f"se admiten {KINDS}"

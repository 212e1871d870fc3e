"""A picture as LaTeX takes it -> what is in it that PDF/UA-1 or PDF/A-2a does not admit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from imprenta.figures.pictures.pdf import read_painted
from imprenta.figures.pictures.picture import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.pictures.picture import Picture

CODE = "imagen-fuera-de-norma"


def find_breaches(picture: Picture, name: str, *, archived: bool) -> Iterator[Finding]:
    """Yield what a standard has against a picture; some holds only for a PDF that is to be archived (PDF/A-2)."""
    if picture.suffix == "pdf":
        yield from _read_pdf(picture.data, name, archived=archived)
    elif archived and picture.suffix == "jpg" and _is_for_print(picture.data):
        yield _tell_inks(name)


def _tell_inks(name: str) -> Finding:
    hint = "guárdela en RGB"
    return Finding(CODE, f"«{name}» lleva los colores en tintas de imprenta (CMYK), que PDF/A no admite aquí", hint)


def _is_for_print(data: bytes) -> bool:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.mode == "CMYK"


def _read_pdf(data: bytes, name: str, *, archived: bool) -> Iterator[Finding]:
    painted = read_painted(data)
    if painted.missing:
        message = f"«{name}» no lleva dentro las letras que usa: {', '.join(painted.missing)}"
        yield Finding(CODE, message, "guárdela de nuevo como PDF con las fuentes incrustadas")
    if archived and painted.has_inks:
        yield _tell_inks(name)
    if archived and painted.has_lzw:
        message = f"«{name}» está comprimida de un modo (LZW) que PDF/A no admite"
        yield Finding(CODE, message, "ábrala con un visor y guárdela o imprímala de nuevo como PDF")

"""A picture of pixels -> a PNG or JPEG as LaTeX takes it, upright, and the size at which it is sharp enough."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from imprenta.figures.pictures.picture import REFUSED, UNREADABLE, Finding, Picture, first_of_many, wrong_page

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

USUAL = 96.0
"""Dots per inch of a picture that names none, or none that can be meant: those of a screen."""
FEWEST, MOST = 72.0, 1200.0
LEAST, MOST_POINTS = 0.5, 16000.0
"""Points that a side may have for TeX, which reads a size of its own out of the file."""
LARGE = 2_000_000
"""Bytes from which on a picture without holes is kept as JPEG rather than PNG."""
QUALITY = 95
PNG_END = b"IEND\xaeB`\x82"


def read_pixels(data: bytes, name: str, kind: str, page: int | None) -> Picture:
    """Return a picture of pixels; a PNG or JPEG stays as it is unless it has to be turned or says an absurd size."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large pictures, odd palettes, tags that nobody knows
            with Image.open(io.BytesIO(data), formats=[kind, "MPO"] if kind == "JPEG" else [kind]) as image:
                return _take_frame(image, data, name, kind, page)
    except Image.DecompressionBombError:
        message = f"«{name}» tiene demasiados puntos para ponerla"
        return Picture(findings=(Finding(UNREADABLE, message, "redúzcala: 4000 puntos de ancho bastan"),))
    except Exception:  # noqa: BLE001 - whatever a damaged file leads to, in any of the libraries that read it
        hint = "copie o guarde otra vez la imagen desde el original"
        return Picture(findings=(Finding(UNREADABLE, f"«{name}» está dañada o incompleta", hint),))


def _take_frame(image: Pixels, data: bytes, name: str, kind: str, page: int | None) -> Picture:
    count = 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))
    what = "páginas" if kind == "TIFF" else "cuadros"
    if page is not None and page > count:
        return Picture(findings=(wrong_page(name, page, count, what),))
    findings = (first_of_many(name, count, what),) if count > 1 and page is None else ()
    if page is not None and count > 1:
        image.seek(page - 1)
    across, down = _resolution(image)
    image.load()  # here a file shows that it was cut
    upright = _turn(image)
    if upright is not image and (upright.width, upright.height) != (image.width, image.height):
        across, down = down, across
    width, height = upright.width * 72 / across, upright.height * 72 / down
    if image.mode in ("F", "I"):
        message = f"«{name}» guarda números de 32 bits por punto, y no se sabe cuál es el blanco"
        return Picture(findings=(Finding(REFUSED, message, "guárdela con 8 o 16 bits por punto"),))
    whole = kind == "JPEG" or (kind == "PNG" and PNG_END in data)
    if whole and upright is image and not (page or 1) > 1 and _is_sane(image):
        return Picture(data, kind.lower().replace("jpeg", "jpg"), width, height, findings)
    data, suffix = _write(upright, (across, down), jpeg=kind == "JPEG")
    return Picture(data, suffix, width, height, findings)


def _turn(image: Pixels) -> Pixels:
    """Return a picture as its camera says that it is seen; the same object if it is seen as it stands."""
    from PIL import ExifTags, ImageOps

    if image.getexif().get(ExifTags.Base.Orientation, 1) in (0, 1):
        return image
    turned = ImageOps.exif_transpose(image)
    return image if turned is None else turned


def _resolution(image: Pixels) -> tuple[float, float]:
    """Return dots per inch across and down: what the file says if that can be meant, and the usual ones if not.

    What is no square stays none: scans of faxes have more dots across than down.
    """
    said = image.info.get("dpi")
    try:
        across, down = (float(number) for number in said) if said else (0.0, 0.0)
    except (TypeError, ValueError, ZeroDivisionError):
        return USUAL, USUAL
    # 72 may be written as 71.98 dots for each metre that is rounded.
    sane = all(FEWEST - 0.5 <= number <= MOST for number in (across, down)) and 1 / 3 <= across / down <= 3
    return (across, down) if sane else (USUAL, USUAL)


def _is_sane(image: Pixels) -> bool:
    """Tell whether TeX, which goes by what the file says, or by 72 dots per inch, gets a size that it can hold."""
    said = image.info.get("dpi") or (72.0, 72.0)
    try:
        sides = [
            pixels * 72 / float(dots)
            for pixels, one in zip(image.size, said, strict=True)
            for dots in (one, 72.0)
        ]  # fmt: skip
        uneven = not 1 / 3 <= float(said[0]) / float(said[1]) <= 3
    except (TypeError, ValueError, ZeroDivisionError):
        return False
    return not uneven and all(LEAST <= side <= MOST_POINTS for side in sides)


def _write(image: Pixels, dots: tuple[float, float], *, jpeg: bool) -> tuple[bytes, str]:
    """Return a picture as PNG, or as JPEG where it was one or would be large, and the ending of its kind."""
    largest = max(image.width * 72 / dots[0], image.height * 72 / dots[1])
    if largest > MOST_POINTS:
        dots = (dots[0] * largest / MOST_POINTS, dots[1] * largest / MOST_POINTS)
    told = {"dpi": dots, "icc_profile": image.info.get("icc_profile")}
    file = io.BytesIO()
    if not jpeg and image.mode != "CMYK":
        if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
            image = image.convert("I").convert("I;16") if image.mode.startswith("I;") else image.convert("RGB")
        if image.mode == "P":
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image.save(file, "PNG", optimize=False, **told)
        if file.tell() <= LARGE or image.mode not in ("L", "RGB"):
            return file.getvalue(), "png"
        file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, subsampling=0, **told)
    return file.getvalue(), "jpg"

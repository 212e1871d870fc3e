"""The pages of a PDF, drawn -> what of them is dark: ink in the margins, white feet, colours against their ground.

Pages are drawn as they lie in the file, a pixel to the point, by pdfium; a landscape page stands on its side.
"""

from __future__ import annotations

from collections import Counter
from ctypes import byref, c_double, c_int, c_uint
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
from printed import FOOT, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printed import Printed

Colour = tuple[int, int, int]
INK = 200
"""Under this grey (0 to 255) a pixel shows something."""
SLACK = 4
"""Points that signs may hang out of the margins, by microtype."""
HUE = 24
"""How far the parts of a colour (0 to 255) lie apart that is not taken for a grey."""
TINT = 1.35
"""Contrast against white under which a colour is a ground, not a sign."""


@cache
def _draw(printed: Printed, number: int) -> Any:
    """Return the pixels of a page: rows of red, green and blue."""
    page = printed.drawn[number]
    page.set_rotation(0)
    return page.render(scale=1, may_draw_forms=False, rev_byteorder=True).to_numpy()[:, :, :3]


def _is_dark(printed: Printed, number: int) -> Any:
    return _draw(printed, number).min(axis=2) < INK


def find_ink_in_margins(printed: Printed) -> list[str]:
    """Return the pages that print anything outside the text block, the running head and the number."""
    faults = []
    for number in range(min(1, printed.body[0]), len(printed.drawn)):  # a cover is framed by itself
        dark = _is_dark(printed, number)
        edge = round(printed.margin) - SLACK
        rows, columns = dark.any(axis=1).nonzero()[0], dark.any(axis=0).nonzero()[0]
        if not len(rows):
            continue
        over = {
            "arriba": printed.top - HEAD - rows[0],
            "abajo": rows[-1] - printed.bottom - FOOT,
            "a la izquierda": edge - columns[0],
            "a la derecha": columns[-1] - (printed.width - edge),
        }
        faults += [f"página {number + 1}: {far:.0f} pt {side}" for side, far in over.items() if far > 0]
    return faults


def measure_white_feet(printed: Printed) -> dict[int, float]:
    """Return for each page of the body but the last, from 1, what share of its text block is white at its foot."""
    feet = {}
    for number in printed.body[:-1]:
        if printed.drawn[number].get_rotation():
            continue
        rows = _is_dark(printed, number)[: int(printed.bottom)].any(axis=1).nonzero()[0]
        feet[number + 1] = max(0.0, (printed.bottom - rows[-1] - 4) / (printed.bottom - printed.top))
    return feet


def measure_contrast(one: Colour, two: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    shares = [part / 255 for part in colour]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrasts(printed: Printed) -> dict[str, float]:
    """Return the contrast of each colour of letters and of drawn lines, with a place where it is least."""
    least: dict[tuple[str, Colour], tuple[float, int]] = {}
    for number in range(len(printed.drawn)):
        seen = [("letras", colour, ground) for colour, ground in _letters(printed, number)]
        seen += [("trazos", colour, (255, 255, 255)) for colour in _strokes(printed, number)]
        for kind, colour, ground in seen:
            found = measure_contrast(colour, ground), number
            least[kind, colour] = min(least.get((kind, colour), found), found)
    return {
        f"{kind} #{'{:02X}{:02X}{:02X}'.format(*colour)}, página {number + 1}": contrast
        for (kind, colour), (contrast, number) in least.items()
    }


def _letters(printed: Printed, number: int) -> Iterator[tuple[Colour, Colour]]:
    """Yield the colour of each run of letters and that of its ground, the commonest around it."""
    pixels, letters = _draw(printed, number), printed.drawn[number].get_textpage()
    runs: dict[tuple[Colour, int], list[float]] = {}
    for index in range(letters.count_chars()):
        parts = [c_uint() for _ in range(4)]
        if pdfium.FPDFText_IsGenerated(letters, index) == 1 or pdfium.FPDFText_GetUnicode(letters, index) <= 32:
            continue
        if not pdfium.FPDFText_GetFillColor(letters, index, *map(byref, parts)) or not parts[3].value:
            continue
        sides = [c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(letters, index, *map(byref, sides))
        left, right, low, high = (side.value for side in sides)
        colour = (parts[0].value, parts[1].value, parts[2].value)
        box = runs.setdefault((colour, round(low / 4)), [left, low, right, high])
        if left - box[2] > 12:  # another cell: its ground may be another
            yield colour, _ground(pixels, box)
            box[:] = [left, low, right, high]
        box[:] = [min(box[0], left), min(box[1], low), max(box[2], right), max(box[3], high)]
    for (colour, _), box in runs.items():
        yield colour, _ground(pixels, box)


def _ground(pixels: Any, box: list[float]) -> Colour:
    left, low, right, high = box
    height = len(pixels)
    around = pixels[max(0, int(height - high) - 2) : int(height - low) + 3, max(0, int(left) - 2) : int(right) + 3]
    return Counter(map(tuple, around.reshape(-1, 3).tolist())).most_common(1)[0][0]


def _strokes(printed: Printed, number: int) -> set[Colour]:
    """Return the colours of lines that have a hue, tints aside: what is grey is a grid or a frame."""
    found = set()
    for part in printed.drawn[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        fill, stroke, parts = c_int(), c_int(), [c_uint() for _ in range(4)]
        pdfium.FPDFPath_GetDrawMode(part, byref(fill), byref(stroke))
        if not stroke.value or not pdfium.FPDFPageObj_GetStrokeColor(part, *map(byref, parts)):
            continue
        colour = (parts[0].value, parts[1].value, parts[2].value)
        if max(colour) - min(colour) > HUE and measure_contrast(colour, (255, 255, 255)) > TINT:
            found.add(colour)
    return found

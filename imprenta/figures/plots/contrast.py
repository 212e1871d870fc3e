"""A plot as it is drawn -> the texts and curves in it that are too pale for what is behind them (WCAG 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.style import quote_words, read_colour, shown_texts
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.figures.plots.checks import Run

CODE = "contraste-bajo"
TEXT, LARGE_TEXT, DRAWN = 4.5, 3.0, 3.0
"""The least contrast of texts, of large ones, and of what is drawn (WCAG 2.2, 1.4.3 and 1.4.11)."""
LARGE = 18.0
"""Points from which on a text is large."""
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""


def check_contrast(run: Run, canvas: Any) -> None:
    """Find what can hardly be seen; of several in one colour on one ground, the first is told."""
    told = set()
    for words, colour, ground, least in (*_texts(canvas), *_curves(canvas)):
        contrast = measure_contrast(colour, ground)
        if contrast >= least or (colour, ground, least) in told:
            continue
        told.add((colour, ground, least))
        seen, wanted = (f"{int(number * 10) / 10:g}".replace(".", ",") for number in (contrast, least))
        message = f"{words} apenas se distingue del fondo: su contraste es {seen} y se esperaba al menos {wanted}"
        lighter = _luminance(colour) > _luminance(ground) and ground != WHITE
        hint = f"dele un color más {'claro' if lighter else 'oscuro'}"
        run.add(CODE, message, hint=hint, severity=Severity.WARNING)


def suit_texts(canvas: Any) -> None:
    """Make black texts white where they stand on something dark: the shares of a pie, the numbers inside bars."""
    for text in (text for axes in canvas.axes for text in axes.texts):
        ground = _ground_of(text, canvas)
        if ground is None or read_colour(text.get_color())[:3] != BLACK:
            continue
        if measure_contrast(BLACK, ground) < TEXT <= measure_contrast(WHITE, ground):
            text.set_color("white")


def measure_contrast(one: Colour, two: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


Seen = tuple[str, Colour, Colour, float]
"""What something is called, its colour, that behind it, and the contrast that it needs."""


def _texts(canvas: Any) -> Iterator[Seen]:
    for text in shown_texts(canvas):
        ground = _ground_of(text, canvas)
        colour = _mix(text.get_color(), ground, text.get_alpha()) if ground is not None else None
        if ground is not None and colour is not None:
            least = LARGE_TEXT if float(text.get_fontsize()) >= LARGE else TEXT
            yield f"«{quote_words(text)}»", colour, ground, least


def _curves(canvas: Any) -> Iterator[Seen]:
    """Yield the curves that have a name, and one that is alone; other lines may be there to be hardly seen."""
    for axes in canvas.axes:
        curves = [line for line in axes.get_lines() if line.get_transform() == axes.transData and line.get_visible()]
        for curve in curves:
            name = str(curve.get_label())
            if name.startswith("_") and len(curves) > 1:
                continue
            bare = curve.get_linestyle() in ("None", "none", " ", "")
            ground = _mix(axes.get_facecolor(), WHITE) or WHITE
            colour = _mix(curve.get_markerfacecolor() if bare else curve.get_color(), ground, curve.get_alpha())
            if colour is not None:
                yield "la curva" if name.startswith("_") else f"la curva «{name}»", colour, ground, DRAWN


def _ground_of(text: Any, canvas: Any) -> Colour | None:
    """Return the colour behind a text; None if that is not a plain colour, or nobody knows it."""
    ground: Colour | None = _mix(canvas.get_facecolor(), WHITE) or WHITE
    box = text.get_bbox_patch()
    if box is not None and box.get_visible() and box.get_fill():
        return _mix(box.get_facecolor(), ground or WHITE) or ground
    extent, axes = text.get_window_extent(), text.axes
    middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
    if axes is None or not axes.bbox.contains(*middle):
        return ground
    if axes.images or any(group.get_window_extent().contains(*middle) for group in axes.collections):
        return None
    ground = _mix(axes.get_facecolor(), ground or WHITE) or ground
    for patch in sorted(axes.patches, key=lambda patch: float(patch.get_zorder())):
        if patch.get_visible() and patch.get_fill() and patch.contains_point(middle):
            ground = None if patch.get_hatch() else _mix(patch.get_facecolor(), ground or WHITE) or ground
    return ground


def _mix(colour: Any, ground: Colour, alpha: float | None = None) -> Colour | None:
    """Return a colour as it is seen over another; None if nothing of it is seen."""
    red, green, blue, own = read_colour(colour)
    share = own if alpha is None else alpha
    if share == 0:
        return None
    pairs = zip((red, green, blue), ground, strict=True)
    one, two, three = (part * share + behind * (1 - share) for part, behind in pairs)
    return one, two, three

"""A plot as it is drawn -> the problems that a reader would see: letters, labels over each other, data that is lost."""

from __future__ import annotations

import sys
from itertools import combinations, pairwise
from math import cos, hypot, isfinite, isinf, radians, sin
from typing import TYPE_CHECKING, Any, Protocol

from imprenta.figures.plots.letters import smallest_size
from imprenta.figures.plots.localized import all_axes
from imprenta.figures.plots.style import quote_words, shown_texts, tick_labels
from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.problems import Span

    Corners = list[tuple[float, float]]

SMALLEST_TYPE = 7.0
SMALLEST_SCRIPT = 4.3
"""Of exponents of exponents, which measure half of their text; in LaTeX they do so too."""
SLACK = 1.0  # points: an italic letter may lean over its own box
AXIS_NAMES = {"radius": "radial", "theta": "angular"}
NEAR = 0.5
"""Points by which the boxes of two labels may overlap: letters do not fill theirs."""


class Run(Protocol):
    """The drawing that problems belong to."""

    def add(
        self, code: str, message: str, *, place: Span | None = None, hint: str = "", severity: Severity = ...
    ) -> None:
        """Note a problem."""


def check_plot(run: Run, canvas: Any, width: float, height: float) -> None:
    """Find what is too small, outside, one over the other, or lost; call it after drawing."""
    ticks = {id(text) for text in tick_labels(canvas)}
    for text in shown_texts(canvas):
        _check_size(run, text)
        if id(text) in ticks or text.get_clip_on():
            continue  # matplotlib makes room for labels of ticks, and keeps some that it does not draw
        box = text.get_window_extent()
        if min(box.x0, box.y0) < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK:
            run.add(
                "texto-fuera",
                f"«{quote_words(text)}» se sale de la gráfica",
                severity=Severity.WARNING,
                hint="cabe con otra posición, un texto más corto o más alto",
            )
    for axis in all_axes(canvas):
        _check_crowd(run, axis)
    _check_data(run, canvas)


def _check_size(run: Run, text: Any) -> None:
    size = float(text.get_fontsize())
    script = size if size < SMALLEST_TYPE else smallest_size(text)
    least = SMALLEST_TYPE if size < SMALLEST_TYPE else SMALLEST_SCRIPT
    if script < least - 0.01:
        run.add(
            "letra-pequena",
            f"«{quote_words(text)}» sale a {script:.1f} pt y se esperaban al menos {least:g} pt".replace(".", ","),
            hint="cada exponente o subíndice mide el 70 % de su texto" if size >= SMALLEST_TYPE else "",
        )


def _check_crowd(run: Run, axis: Any) -> None:
    """Find labels of ticks that lie over each other."""
    if not axis.get_visible() or not axis.axes.get_visible() or not axis.axes.axison:
        return
    low, high = sorted(axis.get_view_interval())
    spare = (high - low) * 1e-6
    boxes: list[tuple[str, Corners]] = []
    for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
        if low - spare <= tick.get_loc() <= high + spare:
            boxes += [
                (quote_words(label), _corners(label))
                for label in (tick.label1, tick.label2)
                if label.get_visible() and label.get_text().strip()
            ]
    if len(boxes) > 60:  # far too many to be read: those that stand together are enough
        pairs = list(pairwise(boxes))
    else:
        pairs = list(combinations(boxes, 2))
    met = next(((one, two) for (one, first), (two, second) in pairs if _overlap(first, second)), None)
    if met is not None:
        name = AXIS_NAMES.get(axis.axis_name, axis.axis_name)
        turned = "gírelos con ejes.tick_params(axis='x', rotation=45), acórtelos, ponga menos o use barras horizontales"
        run.add(
            "rotulos-encimados",
            f"los rótulos del eje {name} se montan unos sobre otros, como «{met[0]}» y «{met[1]}»",
            severity=Severity.WARNING,
            hint=turned if name == "x" else "acórtelos, ponga menos o dé más «alto» a la gráfica",
        )


def _corners(label: Any) -> Corners:
    """Return the corners of a text's own box, which may lie aslant, counted from that of the same text upright."""
    turned = label.get_window_extent()
    angle = label.get_rotation()
    if angle % 90 == 0:
        return [(turned.x0, turned.y0), (turned.x1, turned.y0), (turned.x1, turned.y1), (turned.x0, turned.y1)]
    label.set_rotation(0)
    upright = label.get_window_extent()
    label.set_rotation(angle)
    middle = (turned.x0 + turned.x1) / 2, (turned.y0 + turned.y1) / 2
    c, s = cos(radians(angle)), sin(radians(angle))
    half = upright.width / 2, upright.height / 2
    return [
        (middle[0] + x * half[0] * c - y * half[1] * s, middle[1] + x * half[0] * s + y * half[1] * c)
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def _overlap(one: Corners, two: Corners) -> bool:
    """Tell whether two boxes share more than an edge: no line along a side of either parts them."""
    for box in (one, two):
        for first, second in ((box[0], box[1]), (box[1], box[2])):
            length = hypot(second[0] - first[0], second[1] - first[1]) or 1.0
            across = (second[0] - first[0]) / length, (second[1] - first[1]) / length
            spans = [sorted(x * across[0] + y * across[1] for x, y in corners) for corners in (one, two)]
            if min(spans[0][-1], spans[1][-1]) - max(spans[0][0], spans[1][0]) <= NEAR:
                return False
    return True


def _check_data(run: Run, canvas: Any) -> None:
    """Find data of which nothing, or not all, is seen. A gap (nan) is drawn as a gap, and nothing is said."""
    from matplotlib.axes import Axes

    shown = bool(canvas.images)
    told: list[tuple[str, str]] = []
    for axes in canvas.findobj(Axes):
        shown = shown or bool(axes.images or axes.tables or any(quote_words(text) for text in axes.texts))
        for artist, points in _data(axes):
            finite = [point for point in points if all(map(isfinite, point))]
            placed = [point for point in finite if _has_place(axes, point)]
            shown = shown or bool(placed)
            name = str(artist.get_label() or "_")
            what = "una serie" if name.startswith("_") else f"«{name}»"
            if points and not finite:
                told.append((f"no se dibuja {what}: no tiene ningún valor finito", "sus valores son nan o infinitos"))
            elif len(placed) < len(finite):
                count = f"{len(finite) - len(placed)} de {len(finite)}"
                hint = "un eje logarítmico no tiene cero ni negativos: quítelos, o use la escala 'symlog'"
                told.append((f"de {what} no se dibujan {count} valores, que no son mayores que cero", hint))
            elif any(isinf(number) for point in points for number in point):
                told.append((f"de {what} no se dibujan los valores infinitos", "quítelos, o dé el mayor que se enseña"))
            elif placed and not _is_seen(artist, points):
                told.append((f"{what} no se ve: son puntos sueltos, sin marca", "dele una marca: marker='o'"))
    if not shown and not told:
        pyplot = "matplotlib.pyplot" in sys.modules
        hint = (
            "dibuje en «ejes»: lo de plt.plot() es otra gráfica" if pyplot else "revise los datos que recibe la función"
        )
        told.append(("la gráfica no enseña ningún dato", hint))
    for message, hint in told:
        run.add("datos-sin-dibujar", message, hint=hint, severity=Severity.WARNING)


def _data(axes: Any) -> Iterator[tuple[Any, list[tuple[float, float]]]]:
    """Return the artists of axes that stand for data, each with its places in units of the data."""
    import numpy as np

    for line in axes.get_lines():
        if line.get_transform() == axes.transData:
            yield line, [(float(x), float(y)) for x, y in np.ma.filled(line.get_xydata().astype(float), np.nan)]
        else:
            yield line, [(1.0, 1.0), (1.0, 1.0)]  # a level, or a mark: it is seen whatever the data are
    for group in axes.collections:
        offsets = np.ma.filled(np.ma.asarray(group.get_offsets()).astype(float), np.nan)
        placed = group.get_offset_transform() == axes.transData and len(offsets) > 0
        yield group, [(float(x), float(y)) for x, y in offsets] if placed else [(1.0, 1.0), (1.0, 1.0)]
    for bars in axes.containers:
        values = getattr(bars, "datavalues", None)
        if values is not None and bars.orientation in ("vertical", "horizontal"):
            upright = bars.orientation == "vertical"
            numbers = [float(number) for number in np.ma.filled(np.ma.asarray(values).astype(float), np.nan)]
            yield bars, [(1.0, number) if upright else (number, 1.0) for number in numbers]
    if axes.patches and not axes.containers:
        yield axes.patches[0], [(1.0, 1.0), (1.0, 1.0)]


def _has_place(axes: Any, point: tuple[float, float]) -> bool:
    return all(number > 0 for number, scale in zip(point, (axes.get_xscale(), axes.get_yscale()), strict=True)
               if scale == "log")  # fmt: skip


def _is_seen(artist: Any, points: list[tuple[float, float]]) -> bool:
    """Tell whether something of a line is seen: a mark, or a stretch between two points."""
    from matplotlib.lines import Line2D

    if not isinstance(artist, Line2D) or artist.get_marker() not in ("None", "none", " ", "", None):
        return True
    there = [all(map(isfinite, point)) for point in points]
    return any(one and two for one, two in pairwise(there))

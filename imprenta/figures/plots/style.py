"""The dress of plots: the house style of lines and axes, and the texts that are seen of a plot."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.letters import FALLBACK, FAMILY, find_face
from imprenta.figures.plots.localized import all_axes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text as Artist

STYLE: dict[str, Any] = {
    "pdf.fonttype": 42,  # outlines kept whole, as TrueType, rather than drawn again as Type 3
    "ps.fonttype": 42,  # matplotlib 3.11 numbers the letters of a PDF by this one: else «.notdef» is one of them
    "pdf.compression": 6,
    "figure.dpi": 72,  # a pixel is a point: what is measured is what is printed
    "savefig.dpi": "figure",
    "font.size": 9,
    "axes.labelsize": 9,
    "axes.titlesize": 9.5,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8.5,
    "legend.title_fontsize": 8.5,
    "figure.titlesize": 9.5,
    "legend.frameon": False,
    "legend.handlelength": 2.8,  # long enough to show a whole period of every dash
    "axes.linewidth": 0.5,
    "axes.edgecolor": "0.25",
    "axes.labelcolor": "black",
    "xtick.color": "0.25",
    "ytick.color": "0.25",
    "xtick.labelcolor": "black",
    "ytick.labelcolor": "black",
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.minor.width": 0.35,
    "ytick.minor.width": 0.35,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "0.88",
    "grid.linewidth": 0.5,
    "lines.linewidth": 1.3,
    "lines.markersize": 4,
    "patch.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-12, 15),
    "date.autoformatter.month": "%b %Y",
    "date.autoformatter.day": "%d/%m/%Y",
    "date.autoformatter.hour": "%d/%m %H:%M",
    "date.autoformatter.minute": "%d/%m %H:%M",
    "figure.constrained_layout.w_pad": 0.02,
    "figure.constrained_layout.h_pad": 0.02,
    "mathtext.fontset": "custom",
    "mathtext.fallback": "cm",
}

# Hues after Okabe and Ito, for who confuses colours; read as text on white (4.5 to 1) and told apart in grey: their L*
# are 35, 42, 27, 20, 0 and 50. Without colour, lines and markers tell them apart too.
COLOURS = ["#00558A", "#A84300", "#004A36", "#4B1D52", "#000000", "#767676"]
LIGHT = 0.16
"""How much of a colour is left in the ground of its hue."""
LINES: list[Any] = ["-", "--", "-.", ":", (0, (7, 1.5, 1, 1.5, 1, 1.5)), (0, (3, 1))]
HATCHES = ["", "////", "....", r"\\\\", "xx", "||"]
MARKERS = ["o", "s", "^", "D", "v", "x"]
MARKERS_APART = 2.0  # of the size of a marker, between two of a curve
MARKER_DISTANCE = 0.09  # of the axes' diagonal, between the markers of a curve whose points make a band


class HouseMarker(str):
    """The sign of a marker that the house gave to a line, not the author."""

    __slots__ = ()


HEEDED = ("MPLBACKEND", "MPLCONFIGDIR", "MATPLOTLIBRC", "SOURCE_DATE_EPOCH")
"""The variables by which users tell matplotlib how to draw: their plots would be others."""


def shade_of(colour: str) -> str:
    """Return the light ground of a colour's hue (#rrggbb), opaque: a transparent one asks for more of the PDF."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - LIGHT * (255 - part)):02x}" for part in parts)


@cache
def open_matplotlib(folder: Path | None) -> Path:
    """Import matplotlib with its caches inside `folder` (a temporary one if None); return the folder of the fonts.

    Nothing is read from the user's own configuration: matplotlib looks for it when it is imported.
    """
    if folder is None:
        folder = Path(_temporary_folder().name)
    (folder / "matplotlib").mkdir(parents=True, exist_ok=True)
    with own_settings(MPLCONFIGDIR=str(folder / "matplotlib")):
        import matplotlib.backends.backend_pdf
        import matplotlib.figure
        import matplotlib.font_manager  # noqa: F401 - it keeps its list of fonts in the folder given above
    return folder / "letras"


@contextmanager
def own_settings(**settings: str) -> Iterator[None]:
    """Have matplotlib find these variables alone of those that it heeds, whatever the user has set."""
    before = {name: os.environ.pop(name) for name in HEEDED if name in os.environ}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name in settings:
            del os.environ[name]
        os.environ.update(before)


@cache
def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is removed when the program ends."""
    return tempfile.TemporaryDirectory(prefix="imprenta-")


def house_style() -> dict[str, Any]:
    """Return matplotlib's settings for a plot of the house, fonts and cycle of lines included."""
    from cycler import cycler

    families = [FAMILY, FALLBACK] if find_face((False, False)) is not None else [FALLBACK]
    cycle = cycler(color=COLOURS) + cycler(linestyle=LINES) + cycler(marker=[HouseMarker(sign) for sign in MARKERS])
    sans = families[0]
    return {
        **STYLE,
        "font.family": families,
        "axes.prop_cycle": cycle,
        "mathtext.rm": sans,
        "mathtext.sf": sans,
        "mathtext.it": f"{sans}:italic",
        "mathtext.bf": f"{sans}:bold",
        "mathtext.bfit": f"{sans}:italic:bold",
        "mathtext.cal": f"{sans}:italic",
        "mathtext.tt": "DejaVu Sans Mono",
    }


def thin_markers(figure: Figure) -> None:
    """Take markers of the house's from curves whose points stand so close that the markers would make a band.

    They only tell such curves apart. No other loses any, and none that the author asked for.
    """
    from matplotlib.lines import Line2D

    for line in figure.findobj(Line2D):
        assert isinstance(line, Line2D)
        drawn = line.get_linestyle() not in ("None", "none", " ", "")
        if not drawn or not isinstance(line.get_marker(), HouseMarker) or line.get_markevery() is not None:
            continue
        places = line.get_transform().transform(line.get_xydata())
        steps = [((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 for (x0, y0), (x1, y1) in pairwise(places.tolist())]
        near = sorted(step for step in steps if step == step)
        if near and near[len(near) // 2] < MARKERS_APART * line.get_markersize():
            line.set_markevery(MARKER_DISTANCE)


def tick_dates(axis: Axis) -> None:
    """Put ticks where days, months or years begin, each label as short as its neighbours allow."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator()  # type: ignore[no-untyped-call]
    axis.set_major_locator(locator)
    axis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def place_second(second: float) -> float:
    """Return where a second since 1970 stands on an axis of dates."""
    from matplotlib.dates import date2num

    return float(date2num(datetime.fromtimestamp(second, UTC)))  # type: ignore[no-untyped-call]


def tick_whole_numbers(axis: Axis) -> None:
    """Put ticks at whole numbers alone."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 5, 10], integer=True))


def print_money(figure: Figure) -> list[str]:
    """Print as they were typed the texts whose dollars stand for money: $5, US$ 7; return those with formulas too."""
    mixed = []
    for text in shown_texts(figure):
        pieces = re.split(r"(?<!\\)\$", text.get_text())
        # matplotlib takes an odd number of dollars for dollars
        money = len(pieces) % 2 == 0 or any(_is_money(*pieces[at - 1 : at + 2]) for at in range(1, len(pieces), 2))
        if money:
            text.set_parse_math(False)
        if money and any(re.fullmatch(r"\S(.*\S)?", piece) and re.search(r"[\\_^]", piece) for piece in pieces[1:-1]):
            mixed.append(" ".join(text.get_text().split()))
    return mixed


def _is_money(before: str, inner: str, after: str) -> bool:
    """Tell whether what stands between two dollars is a text between two prices."""
    joined = before[-1:].isalpha() and inner[:1] not in ("_", "^") and "\\" not in inner
    return inner != inner.strip() or not inner or after[:1].isdigit() or joined


def shown_texts(figure: Figure) -> Iterator[Artist]:
    """Return the texts of a figure that are seen."""
    from matplotlib.text import Text as Artist

    for text in figure.findobj(Artist):
        assert isinstance(text, Artist)
        if text.get_visible() and text.get_text().strip():
            yield text


def tick_labels(figure: Figure) -> Iterator[Artist]:
    """Return the labels of all the ticks of a figure, those outside the limits of their axis included."""
    for axis in all_axes(figure):
        for tick in (*axis.majorTicks, *axis.minorTicks):
            yield tick.label1
            yield tick.label2


def quote_words(text: Any) -> str:
    """Return the words of a text as they are quoted, without what matplotlib wraps its own mathematics in."""
    own = r"\$\\mathdefault\{(.*)\}\$"
    return " ".join(re.sub(own, lambda match: re.sub(r"[{}]", "", match[1]), text.get_text()).split())


def read_colour(colour: Any) -> tuple[float, float, float, float]:
    """Return a colour as matplotlib takes it as its parts of red, green and blue and how opaque it is, from 0 to 1."""
    from matplotlib.colors import to_rgba

    return to_rgba(colour)

"""The dress of plots: the house style of lines and axes, and numbers as Spanish writes them."""

from __future__ import annotations

import os
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imprenta.figures.plot_letters import FALLBACK, FAMILY, find_face

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text as Artist

STYLE: dict[str, Any] = {
    "pdf.fonttype": 42,  # outlines kept whole, as TrueType, rather than drawn again as Type 3
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
    "figure.constrained_layout.w_pad": 0.02,
    "figure.constrained_layout.h_pad": 0.02,
    "mathtext.fontset": "custom",
    "mathtext.fallback": "cm",
}

# Told apart without colour (line, marker), and for who confuses colours (after Okabe and Ito, darkened for paper).
COLOURS = ["#0072B2", "#D55E00", "#007A5A", "#8E4585", "#000000", "#6B6B6B"]
LINES: list[Any] = ["-", "--", "-.", ":", (0, (7, 1.5, 1, 1.5, 1, 1.5)), (0, (3, 1))]
MARKERS = ["o", "s", "^", "D", "v", "x"]
MARKER_DISTANCE = 0.09  # of the axes' diagonal: a smooth curve gets a few markers, a short row all of them


@cache
def open_matplotlib(folder: Path | None) -> Path:
    """Import matplotlib with its caches inside `folder` (a temporary one if None); return the folder of the fonts.

    Nothing is read from the user's own configuration: matplotlib looks for it when it is imported.
    """
    if folder is None:
        folder = Path(_temporary_folder().name)
    (folder / "matplotlib").mkdir(parents=True, exist_ok=True)
    before = os.environ.get("MPLCONFIGDIR")
    os.environ["MPLCONFIGDIR"] = str(folder / "matplotlib")
    try:
        import matplotlib.backends.backend_pdf
        import matplotlib.figure
        import matplotlib.font_manager  # noqa: F401 - it keeps its list of fonts in the folder given above
    finally:
        if before is None:
            del os.environ["MPLCONFIGDIR"]
        else:
            os.environ["MPLCONFIGDIR"] = before
    return folder / "letras"


@cache
def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is removed when the program ends."""
    return tempfile.TemporaryDirectory(prefix="imprenta-")


def house_style() -> dict[str, Any]:
    """Return matplotlib's settings for a plot of the house, fonts and cycle of lines included."""
    from cycler import cycler

    families = [FAMILY, FALLBACK] if find_face((False, False)) is not None else [FALLBACK]
    count = len(COLOURS)
    cycle = (
        cycler(color=COLOURS)
        + cycler(linestyle=LINES)
        + cycler(marker=MARKERS)
        + cycler(markevery=[MARKER_DISTANCE] * count)
    )
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


def spell_number(word: str) -> str:
    """Write a number that a program wrote (1234567.5, -2) as Spanish does: 1 234 567,5 and −2."""
    match = re.fullmatch(r"([-−]?)(\d+)(?:\.(\d+))?", word)
    if match is None:
        return word
    sign, whole, fraction = match.groups()
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u202f", whole)
    return f"{'−' if sign else ''}{whole},{fraction}" if fraction else f"{'−' if sign else ''}{whole}"


def spell_axes(figure: Figure) -> None:
    """Give Spanish labels to every axis of a figure whose labels matplotlib would write; leave the author's."""
    for axis in _all_axes(figure):
        _spell_axis(axis)


def _all_axes(figure: Figure) -> Iterator[Axis]:
    from matplotlib.axis import Axis

    for axis in figure.findobj(Axis):
        assert isinstance(axis, Axis)
        yield axis


def _spell_axis(axis: Axis) -> None:
    from matplotlib import ticker

    linear, logarithmic = _formatter_kinds()
    for formatter, place in (
        (axis.get_major_formatter(), axis.set_major_formatter),
        (axis.get_minor_formatter(), axis.set_minor_formatter),
    ):
        if type(formatter) is ticker.ScalarFormatter:
            place(_recast(formatter, linear()))
        elif isinstance(formatter, ticker.LogFormatterMathtext):
            place(_recast(formatter, logarithmic()))
        elif isinstance(formatter, ticker.FormatStrFormatter | ticker.StrMethodFormatter | ticker.PercentFormatter):
            place(_with_comma(formatter))


def _recast(formatter: Any, spanish: Any) -> Any:
    """Return the Spanish formatter with the settings of the one that it replaces."""
    vars(spanish).update(vars(formatter))
    return spanish


def _with_comma(formatter: Any) -> Any:
    from matplotlib.ticker import FuncFormatter

    return FuncFormatter(lambda value, place: re.sub(r"(?<=\d)\.(?=\d)", ",", formatter(value, place)))


@cache
def _formatter_kinds() -> tuple[Any, Any]:
    """Return the classes of labels for linear and logarithmic axes (made late: matplotlib is dear to import)."""
    from matplotlib.ticker import LogFormatter, ScalarFormatter

    class SpanishFormatter(ScalarFormatter):
        """Labels of a linear axis, all with the same decimals."""

        def __call__(self, value: float, position: int | None = None) -> str:
            return spell_number(super().__call__(value, position))

    class SpanishLogFormatter(LogFormatter):
        """Labels of a logarithmic axis: whole numbers instead of powers where matplotlib labels at all."""

        def __call__(self, value: float, position: int | None = None) -> str:
            label = super().__call__(value, position)
            if not label or not 1e-6 <= abs(value) < 1e15:
                return label
            digits = (
                f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.6f}".rstrip("0").rstrip(".")
            )
            return spell_number(digits)

    return SpanishFormatter, SpanishLogFormatter


def shown_texts(figure: Figure) -> Iterator[Artist]:
    """Return the texts of a figure that are seen."""
    from matplotlib.text import Text as Artist

    for text in figure.findobj(Artist):
        assert isinstance(text, Artist)
        if text.get_visible() and text.get_text().strip():
            yield text


def tick_labels(figure: Figure) -> Iterator[Artist]:
    """Return the labels of all the ticks of a figure, those outside the limits of their axis included."""
    for axis in _all_axes(figure):
        for tick in (*axis.majorTicks, *axis.minorTicks):
            yield tick.label1
            yield tick.label2

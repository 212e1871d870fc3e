"""A size -> an empty plot in the house style, to be drawn on; a plot that is drawn -> its PDF."""

from __future__ import annotations

import io
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.letters import FACES, register_faces
from imprenta.figures.plots.localized import localized_texts, spell_axes
from imprenta.figures.plots.style import house_style, open_matplotlib, own_settings
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def empty_plot(width: float, height: float, letters: Path) -> Iterator[tuple[Any, Any]]:
    """Lend a figure of this size in PDF points and its axes, in the house style."""
    import matplotlib
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    with matplotlib.rc_context(), own_settings():
        matplotlib.rcdefaults()
        settings: Any = house_style()
        matplotlib.rcParams.update(settings)
        register_faces({(False, False)}, letters)
        canvas = Figure(figsize=(width / 72, height / 72), layout="constrained")
        FigureCanvasPdf(canvas)
        yield canvas, canvas.add_subplot()


def save_plot(canvas: Any, file: io.BytesIO) -> None:
    """Write a plot as a PDF.

    It is laid out first, and only that: to lay it out matplotlib would also draw all of it, for nothing.
    """
    layout = canvas.get_layout_engine()
    if layout is not None:
        layout.execute(canvas)
        canvas.set_layout_engine(None)
    canvas.savefig(file, format="pdf", metadata=dict.fromkeys(("CreationDate", "Creator", "Producer")))


@cache
def rehearse(cache_folder: Path | None = None) -> None:
    """Draw a plot for nobody, once: what is read and worked out for the first is known for all that follow."""
    letters = open_matplotlib(cache_folder)
    with empty_plot(300.0, 200.0, letters) as (canvas, axes), localized_texts(SPANISH):
        axes.plot([0.0, 1.5], [0.0, 1.5], label="línea")
        axes.set(title="título", xlabel="abscisas", ylabel="ordenadas")
        axes.legend()
        spell_axes(canvas, SPANISH)
        register_faces(set(FACES), letters)
        save_plot(canvas, io.BytesIO())

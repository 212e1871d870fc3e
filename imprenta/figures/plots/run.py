"""A plot that something composes -> a vector drawing in the dress of the house, with the document's letters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.canvas import empty_plot, save_plot
from imprenta.figures.plots.checks import check_plot
from imprenta.figures.plots.contrast import check_contrast, suit_texts
from imprenta.figures.plots.letters import FACES, find_face, has_tex, is_understood, needed_faces, register_faces
from imprenta.figures.plots.localized import localized_texts, spell_axes, writes_powers
from imprenta.figures.plots.style import shown_texts, thin_markers
from imprenta.problems import Problem, Severity, Span
from imprenta.project import tell_installer
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprenta.words import Locale

POINTS_PER_CM = 72 / 2.54


class PlotRun:
    """One drawing of one plot, and the problems that it meets; `path` is the author's program, if there is one."""

    def __init__(self, height: float, path: str, locale: Locale = SPANISH) -> None:
        """Start a drawing so many centimetres high; what matplotlib writes is in the words of `locale`."""
        self.locale = locale
        self.height = height
        self.path = path
        self.problems: list[Problem] = []

    def draw(self, compose: Callable[[Any], object], width: float, letters: Path) -> tuple[bytes, float, float] | None:
        """Return the PDF of what `compose` draws into its axes, and its width and height in PDF points.

        None if that failed.
        """
        height = self.height * POINTS_PER_CM
        with empty_plot(width, height, letters) as (canvas, axes):
            self.find_letters()
            with localized_texts(self.locale):
                if not self.call(lambda: compose(axes)):
                    return None
                spell_axes(canvas, self.locale)
                self.settle_words(canvas)
                thin_markers(canvas)
                faces = set(FACES) if writes_powers(canvas) else needed_faces(shown_texts(canvas))
                register_faces(faces, letters)
                if not self.understand(canvas):
                    return None
                suit_texts(canvas)
                file = io.BytesIO()
                # What the author hung into the figure (formatters, for one) runs only now.
                if not self.call(lambda: save_plot(canvas, file)):
                    return None
                check_plot(self, canvas, width, height)
                check_contrast(self, canvas)
        return file.getvalue(), width, height

    def call(self, action: Callable[[], object]) -> bool:
        """Run something; tell whether it went well."""
        action()
        return True

    def settle_words(self, canvas: Any) -> None:
        """Look at the texts once more before they are set."""

    def add(
        self, code: str, message: str, *, place: Span | None = None, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem."""
        raise NotImplementedError

    def line_span(self, line: int) -> Span:
        """Return the place of a line of the program."""
        return Span(self.path, line)

    def find_letters(self) -> None:
        """Warn if this machine's TeX lacks some of the document's letters, in place of which others are taken."""
        lacking = [FACES[face] for face in FACES if find_face(face) is None] if has_tex() else []
        if lacking:
            message = f"la gráfica no lleva las letras del informe: en este sistema falta «{lacking[0]}»"
            self.add("grafica-aviso", message, hint=tell_installer(), severity=Severity.WARNING)

    def understand(self, canvas: Any) -> bool:
        """Find the formulas in texts that matplotlib cannot set; tell whether there is none."""
        wrong = [" ".join(text.get_text().split()) for text in shown_texts(canvas) if not is_understood(text)]
        for words in wrong:
            hint = "solo valen las órdenes de matemáticas de matplotlib; un dólar suelto se escribe \\$"
            self.add("grafica-fallida", f"la fórmula de «{words}» no se entiende", hint=hint)
        return not wrong

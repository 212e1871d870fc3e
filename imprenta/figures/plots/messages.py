"""What matplotlib and an author's program warn of while a plot is drawn -> problems, instead of prints."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.problems import Span

MAX_QUOTED = 160
TOLD_BESIDES = ("Data has no positive values",)
"""What `plot_checks` says too, and better."""


class Run(Protocol):
    """The drawing that warnings belong to."""

    path: str

    def add(
        self, code: str, message: str, *, place: Span | None = None, hint: str = "", severity: Severity = ...
    ) -> None:
        """Note a problem."""

    def line_span(self, line: int) -> Span:
        """Return the place of a line of the program."""


class _Listener(logging.Handler):
    """Takes what matplotlib would print."""

    def __init__(self, run: Run) -> None:
        super().__init__(logging.WARNING)
        self.run = run

    def emit(self, record: logging.LogRecord) -> None:
        _tell_warning(self.run, record.getMessage(), None)


@contextmanager
def watch_messages(run: Run) -> Iterator[None]:
    """Turn the warnings of matplotlib and of the author's program into problems instead of prints."""
    logger = logging.getLogger("matplotlib")
    listener = _Listener(run)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
    for warning in caught:
        own = warning.filename == run.path
        if issubclass(warning.category, ResourceWarning):
            continue  # a file that nobody closed: the process ends, and nobody's report is the worse for it
        if own or not issubclass(warning.category, DeprecationWarning | PendingDeprecationWarning):
            _tell_warning(run, str(warning.message), run.line_span(warning.lineno) if own else None)


def _tell_warning(run: Run, said: str, place: Span | None) -> None:
    if said.startswith(TOLD_BESIDES):
        return
    glyph = re.match(r"Glyph (\d+) |Font .* does not have a glyph for .* \[U\+([0-9A-Fa-f]+)\]", said)
    if glyph:
        code = int(glyph[1]) if glyph[1] else int(glyph[2], 16)
        shown = chr(code) if chr(code).isprintable() else f"U+{code:04X}"
        hint = "" if glyph[1] else "en un texto con $…$ se escribe como orden de matemáticas: $\\geq$"
        run.add("letra-ausente", f"las letras de la gráfica no tienen el signo «{shown}»", place=place, hint=hint)
        return
    words = " ".join(said.split())[:MAX_QUOTED]
    run.add("grafica-aviso", f"matplotlib avisa: «{words}»", place=place, severity=Severity.WARNING)

"""A plot's program and the data it asks for -> a vector drawing with the document's letters, or problems."""

from __future__ import annotations

import io
import resource
import signal
import sys
import threading
import time
import traceback
import types
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.figures.plots.inputs import PlotInputs, UnfollowedInput
from imprenta.figures.plots.messages import MAX_QUOTED, watch_messages
from imprenta.figures.plots.run import PlotRun
from imprenta.figures.plots.style import open_matplotlib, print_money
from imprenta.problems import Problem, Severity, Span, guess_hint
from imprenta.words import SPANISH
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from imprenta.model.figure import Plot
    from imprenta.words import Locale
    from imprenta.workspace import Workspace

FUNCTION = "dibujar"
MAX_SECONDS = 30.0
MAX_WAIT = 50.0
AGAIN = 5.0
"""Seconds more, after which a program that does not heed that is ended."""
_MODULE = "imprenta_grafica"


@dataclass(frozen=True, slots=True)
class PlotDrawing:
    """A drawn plot: a PDF of one page, its width and height in PDF points (72 to the inch), and what it was read from.

    `inputs` are the files that the program opened, each with a mark of what it held.
    """

    pdf: bytes
    width: float
    height: float
    inputs: tuple[tuple[str, str], ...] = ()


class MissingValue(KeyError):  # noqa: N818 - a KeyError, so that the author may catch it as one
    """A name that the data handed to a plot does not have; carries the Spanish message and the hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class _Names(dict[str, Any]):
    """What `dibujar` receives: a dict that says in Spanish which name it lacks."""

    def __init__(self, content: Mapping[str, Any], owner: str) -> None:
        super().__init__(content)
        self.owner = owner

    def __missing__(self, name: object) -> Any:
        known = "tiene" if self.owner else "se pidieron"
        message = f"«{self.owner}» no tiene un valor «{name}»" if self.owner else f"no se pidió el archivo «{name}»"
        raise MissingValue(message, guess_hint(str(name), self, what=known))


class _TooLong(BaseException):
    """The author's function used up its time; no `except Exception` of the author's holds it."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def draw_plot(
    figure: Plot,
    program: str,
    program_path: str,
    data: Mapping[str, Mapping[str, float | list[float]]],
    *,
    width_pt: float,
    workspace: Workspace,
    cache_folder: Path | None = None,
    locale: Locale = SPANISH,
) -> tuple[PlotDrawing | None, list[Problem]]:
    """Draw a plot by the author's program, `width_pt` PDF points wide, or say at which of its lines it fails.

    `program` is the text of the file `program_path` of the project `workspace`, which has to define
    `dibujar(ejes, datos)`; `data` are numbers by file of data and name. matplotlib's caches and the converted
    fonts are kept in `cache_folder`, or thrown away at the end of the run without one. The same input gives
    the same bytes. Nothing of what the program sets or prints outlives the call.
    """
    letters = open_matplotlib(cache_folder)
    run = _ProgramRun(figure, program, program_path, PlotInputs(workspace, (str(letters.parent),)), locale)
    with watch_messages(run), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        drawing = run.draw_by(data, width_pt, letters)
    return drawing, list(dict.fromkeys(run.problems))


class _ProgramRun(PlotRun):
    """One drawing of one plot by a program of the author's, and the problems that it meets."""

    def __init__(self, figure: Plot, program: str, program_path: str, inputs: PlotInputs, locale: Locale) -> None:
        super().__init__(float(figure.height), program_path, locale)
        self.inputs = inputs
        self.figure = figure
        self.program = program
        self.lines = program.splitlines()
        self.line = 1
        self.failed = False

    def draw_by(
        self, data: Mapping[str, Mapping[str, float | list[float]]], width: float, letters: Path
    ) -> PlotDrawing | None:
        """Draw from these data; None if the program failed."""
        names = _Names({file: _Names(values, file) for file, values in data.items()}, "")
        with _own_module() as module:
            drawn = self.draw(lambda axes: self.run_program(module, axes, names), width, letters)
        return None if drawn is None else PlotDrawing(*drawn, self.inputs.marks())

    def settle_words(self, canvas: Any) -> None:
        """Print money as it was typed, and tell what has both money and formulas."""
        for words in print_money(canvas):
            message = f"en «{words}» hay dinero y fórmulas, y sale todo como se escribió"
            hint = "el dólar que es dinero se escribe \\$ junto a una fórmula"
            self.add("grafica-aviso", message, hint=hint, severity=Severity.WARNING)

    def run_program(self, module: types.ModuleType, axes: Any, names: Mapping[str, Any]) -> None:
        module.__file__ = f"{self.inputs.root}/{self.path}"
        exec(compile(self.program, self.path, "exec", dont_inherit=True), module.__dict__)
        function = getattr(module, FUNCTION, None)
        if not callable(function):
            functions = [name for name, value in vars(module).items() if isinstance(value, types.FunctionType)]
            near = guess_hint(FUNCTION, functions) if functions else ""
            self.add(
                "grafica-sin-funcion",
                f"«{self.path}» no define la función «{FUNCTION}(ejes, datos)»",
                hint=near if near.startswith("¿") else "se esperaba: def dibujar(ejes, datos):",
            )
            self.failed = True
            return
        self.line = getattr(getattr(function, "__code__", None), "co_firstlineno", 1)
        function(axes, names)

    def add(
        self, code: str, message: str, *, place: Span | None = None, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem, at the author's function unless its place is known better."""
        asked = ((self.figure.origin.span(), "la figura que la pide"),)
        self.problems.append(
            Problem(code, message, place or Span(self.path, self.line), hint=hint, severity=severity, related=asked)
        )

    def call(self, action: Callable[[], object]) -> bool:
        """Run something of the author's; whatever it raises becomes a problem. Tell whether it went well."""
        try:
            with _limit_time(), self.inputs.follow():
                action()
        except _TooLong as error:
            self.add("grafica-fallida", f"la gráfica tarda más de {error.seconds:.0f} s", place=self.find_place(error))
        except (MissingValue, UnfollowedInput) as error:
            self.add("grafica-fallida", error.message, place=self.find_place(error), hint=error.hint)
        except SyntaxError as error:
            place = self.find_place(error)
            if error.filename == self.path:
                line, column = error.lineno or 1, max(1, error.offset or 1)
                end = (error.end_lineno or line), max(column, error.end_offset or 0)
                place = Span(self.path, line, column, *end)
            self.add("grafica-fallida", f"el programa no se entiende: «{error.msg}»", place=place)
        except (KeyboardInterrupt, Cancelled):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever the author's function raises is told to them
            said = " ".join(str(error).split())[:MAX_QUOTED]
            words = f"{type(error).__name__}: {said}" if said else type(error).__name__
            hint = self.inputs.guess_path(error.filename) if isinstance(error, FileNotFoundError) else ""
            message = f"la función de la gráfica falló: «{words}»"
            self.add("grafica-fallida", message, place=self.find_place(error), hint=hint)
        else:
            return not self.failed
        self.failed = True
        return False

    def find_place(self, error: BaseException) -> Span:
        """Return the last place of the author's file in an error's traceback."""
        found = Span(self.path, self.line)
        frames = traceback.walk_tb(error.__traceback__)
        for frame, line in frames:
            if frame.f_code.co_filename == self.path:
                found = self.line_span(line)
        return found

    def line_span(self, line: int) -> Span:
        """Return the place of a whole line of the program, without its indentation."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Span(self.path, line, len(text) - len(text.lstrip()) + 1, line, len(text.rstrip()) + 1)


@contextmanager
def _own_module() -> Iterator[types.ModuleType]:
    """Lend the author's program a module, under a name that dataclasses and pickles can look up."""
    module = types.ModuleType(_MODULE)
    sys.modules[_MODULE] = module
    try:
        yield module
    finally:
        sys.modules.pop(_MODULE, None)


@contextmanager
def _limit_time() -> Iterator[None]:
    """Raise _TooLong where the program stands after MAX_SECONDS of processor time, or MAX_WAIT of waiting.

    A program that goes on all the same is ended with its process. Only in the main thread, which is the one that a
    drawing has in its process.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    started = time.process_time()

    processor = resource.getrlimit(resource.RLIMIT_CPU)
    raised = False

    def stop(number: int, _frame: object) -> None:
        nonlocal raised
        if number == signal.SIGALRM and time.process_time() - started > MAX_WAIT / 2:
            return  # it works, on a machine that has much else to do: the other clock counts
        if raised:  # it holds up all that is raised
            signal.raise_signal(signal.SIGXCPU)
        raised = True
        raise _TooLong(MAX_SECONDS if number == signal.SIGVTALRM else MAX_WAIT)

    before = {number: signal.signal(number, stop) for number in (signal.SIGVTALRM, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS, AGAIN)
    signal.setitimer(signal.ITIMER_REAL, MAX_WAIT, AGAIN)
    # Code that gives Python no turn is ended by the system.
    known = (bound for bound in processor if bound != resource.RLIM_INFINITY)
    bounds = [int(started + MAX_SECONDS + AGAIN) + 1, *known]
    resource.setrlimit(resource.RLIMIT_CPU, (min(bounds), processor[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, processor)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)

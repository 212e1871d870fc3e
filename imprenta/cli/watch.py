"""The order «watch»: saves -> builds, told on the terminal and on a page in the browser, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from imprenta.cli.screen import TEXT, count, format_seconds, print_bug, print_problems, print_stop
from imprenta.cli.tags import read_choice
from imprenta.problems import CannotContinue
from imprenta.project import name_from_here
from imprenta.resident.memory import keep_memory_small
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from imprenta.pipeline import PagesReady
    from imprenta.preview.loop import Ended
    from imprenta.preview.session import Session
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

EDITOR_VARIABLE = "IMPRENTA_EDITOR"
TURN = 0.0005
"""Seconds after which a thread of Python's lets another run: a build does not keep the page waiting."""
FIRST_PORT, PORTS = 20_000, 10_000
PDF = "build/informe.pdf"
CLAIM = "build/watch"
"""The file that a running watch keeps, so that no two of them build one report at once."""
DOOR = "build/preview.html"
"""The page that leads to the preview."""
NAMED_FILES = 3
"""Saved files that are named; of more, only their number is told."""


def run_watch(workspace: Workspace, options: argparse.Namespace) -> int:
    """Build at each save and serve the preview until the user ends it. Returns 0; raises CannotContinue."""
    from imprenta.preview.editor import Editor
    from imprenta.preview.loop import BuildLoop, ResidentBuilder
    from imprenta.preview.server import PreviewServer
    from imprenta.preview.session import Session
    from imprenta.preview.tracing import PlaceFinder
    from imprenta.preview.watching import watch_project

    keep_memory_small()
    editor = Editor(workspace, options.editor or os.environ.get(EDITOR_VARIABLE, ""))
    session = Session(workspace)
    server = PreviewServer(session, editor, PlaceFinder(workspace).find)
    # The same port each time, so that a page that stayed open finds the next run.
    wished = FIRST_PORT + int(content_hash(str(workspace.root))[:8], 16) % PORTS
    address = server.open(options.port, wished)
    other = workspace.claim(CLAIM, address)
    if other is not None:
        server.close()
        words = f"este informe ya se vigila: {other}" if other else "este informe ya se vigila"
        raise CannotContinue(words, hint="abra esa dirección, o termine la otra orden con Ctrl-C", status=1)
    builder = ResidentBuilder(workspace, strict=options.strict, choice=read_choice(options))
    loop = BuildLoop(workspace, builder, _Audience(workspace, session))
    stop = threading.Event()
    sys.setswitchinterval(TURN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: the programs that run are ended too
    try:
        print(f"vista previa: {address}  (Ctrl-C termina)", flush=True)
        if options.open:
            _open_browser(workspace, address)
        saves = watch_project(workspace, stop, lambda: builder.session.included)
        loop.start()
        for paths in saves:
            loop.request(paths)
    except KeyboardInterrupt:
        print(
            f"\nse dejó de vigilar; {name_from_here(str(workspace.root), PDF)} es el último que salió bien", flush=True
        )
    finally:
        stop.set()
        loop.stop()
        builder.close()
        server.close()
    return 0


def _open_browser(workspace: Workspace, address: str) -> None:
    """Open the page in the browser of a desktop; a browser of the terminal would take the terminal away.

    What a program is started with is seen by all users of a machine: the browser gets the address from a file.
    """
    import webbrowser

    desktop = sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    workspace.write(DOOR, f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}">', mode=0o600)
    if not desktop or not webbrowser.open(workspace.path(DOOR).as_uri()):
        print("  no se pudo abrir el navegador: abra esa dirección a mano", flush=True)


class _Audience:
    """Tells the terminal of builds, after the open pages."""

    def __init__(self, workspace: Workspace, session: Session) -> None:
        self.workspace = workspace
        self.session = session
        self.live = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.known: tuple[Problem, ...] = ()

    def begun(self, paths: tuple[str, ...]) -> None:
        self.session.begun(paths)
        self._show_live(_name_files(paths))

    def step(self, words: str) -> None:
        self.session.step(words)
        self._show_live(words)

    def pages_ready(self, pages: PagesReady) -> None:
        self.session.pages_ready(pages)

    def seen_pages(self) -> frozenset[int]:
        return self.session.seen_pages()

    def called_off(self) -> None:
        self.session.called_off()

    def ended(self, ended: Ended) -> None:
        self.session.ended(ended)
        outcome = ended.outcome
        if ended.bug is not None:
            self._say(ended.paths, "falló")
            try:
                raise ended.bug
            except Exception:  # noqa: BLE001 - raised for its traceback
                print_bug()
        elif ended.stop is not None:
            self._say(ended.paths, "no se puede construir")
            print_stop(ended.stop, TEXT)
        elif outcome is not None:
            said = f"{outcome.pages} páginas" if outcome.pages != 1 else "1 página"
            result = f"{said} en {format_seconds(ended.seconds)}" if outcome.built else "no se hizo un PDF nuevo"
            told = f"{count(outcome.problems)}; {result}" if outcome.problems or self.known else result
            self._say(ended.paths, told)
            print_problems(self.workspace, [one for one in outcome.problems if one not in self.known], TEXT)
            self._say_mended(outcome.problems)
            self.known = outcome.problems

    def _say_mended(self, problems: Iterable[Problem]) -> None:
        """Tell which problems went away; one that only moved to another line is not gone."""
        left = {(one.code, one.place.path, one.message) for one in problems}
        gone = [one for one in self.known if (one.code, one.place.path, one.message) not in left]
        for problem in gone:
            print(f"  resuelto: {problem.place.path}: {problem.message}", flush=True)

    def _say(self, paths: tuple[str, ...], words: str) -> None:
        begin = "\r\x1b[K" if self.live else ""
        print(f"{begin}{time.strftime('%H:%M:%S')}  {_name_files(paths)}: {words}", flush=True)

    def _show_live(self, words: str) -> None:
        if self.live:
            print(f"\r\x1b[K  … {words}", end="", flush=True)


def _name_files(paths: tuple[str, ...]) -> str:
    """Return the saved files as people read them."""
    if not paths:
        return "primera construcción"
    named = ", ".join(paths[:NAMED_FILES])
    return f"{named} y {len(paths) - NAMED_FILES} más" if len(paths) > NAMED_FILES else named

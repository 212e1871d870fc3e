"""Builds -> what every open page is told: the pages, what is going on, and the problems."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from imprenta.preview.drawing import Tile
from imprenta.preview.feed import Feed
from imprenta.preview.pages import PageStore
from imprenta.workspace import PDF_PATH, content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.pipeline import Outcome, PagesReady
    from imprenta.preview.loop import Ended
    from imprenta.preview.pages import Shown
    from imprenta.problems import CannotContinue, Problem, Span
    from imprenta.workspace import Workspace

QUIET_SECONDS = 0.3
"""For how long a build goes on before it is told that one does."""
SHOWING_SECONDS = 0.25
"""For how long a build waits at most until pages are seen: it would take the time of those who draw them."""
TURN = 0.005
"""Seconds after which a build that waits looks whether it was called off."""

BUG = "Imprenta falló por un error propio, no del informe; la terminal dice dónde están los detalles"


class Session:
    """Tells the open pages of builds. An Audience of the loop; what it keeps may be asked for from any thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Show the last good PDF, if there is one."""
        self.workspace = workspace
        self.store = PageStore()
        self.feed = Feed()
        self._views: dict[str, list[tuple[int, Tile]]] = {}
        self._revisions: dict[str, int] = {}
        self._seen = threading.Condition()
        self._late = threading.Timer(QUIET_SECONDS, self._tell)
        self._drawers = ThreadPoolExecutor(2, thread_name_prefix="dibujo")
        self._pdf = b""
        self._state: dict[str, Any] = {
            "building": True, "step": "", "files": [], "ever": False, "built": False, "seconds": 0.0,
            "problems": [], "stop": None,
        }  # fmt: skip
        self._show_last_pdf()
        self._tell_pages(self.store.shown)
        self._tell()

    def close(self) -> None:
        """Send the listeners away."""
        self._late.cancel()
        self.feed.close()
        self._drawers.shutdown(wait=False, cancel_futures=True)

    def look_at(self, tab: str, tiles: Sequence[tuple[int, Tile]]) -> None:
        """Note what a tab of the browser shows: page numbers (from 1) and the tiles of them; nothing if it is gone.

        When such a page changes, it is drawn while the tab is told.
        """
        if tiles:
            self._views[tab] = list(tiles)
        else:
            self._views.pop(tab, None)
            self._revisions.pop(tab, None)

    def note_shown(self, tab: str, revision: int) -> None:
        """Note that a tab has on its screen what was told with a revision of the pages."""
        with self._seen:
            self._revisions[tab] = revision
            self._seen.notify_all()

    def begun(self, paths: tuple[str, ...]) -> None:
        """A build began. It is told if it takes its time: a short one would only make the page work twice."""
        self._state.update(building=True, step="", files=list(paths))
        self._late.cancel()
        self._late = threading.Timer(QUIET_SECONDS, self._tell)
        self._late.daemon = True
        self._late.start()

    def step(self, words: str) -> None:
        """A step of it began."""
        self._state["step"] = words
        if not self._late.is_alive():
            self._tell()

    def pages_ready(self, pages: PagesReady) -> None:
        """Pages of it are typeset."""
        before = self.store.shown
        seen = self._seen_tiles()
        if pages.band is not None:
            found = self.store.show_band(pages.pdf, pages.pages, pages.band, seen)
            if found is None:
                return
            shown, strips = found
        else:
            shown = self.store.show_pages(pages.pdf, pages.pages, seen)
            strips = self._find_strips(before, shown)
        self._tell_pages(shown, strips)
        self._wait_until_shown(shown.revision, set(pages.pages))

    def _wait_until_shown(self, revision: int, numbers: set[int]) -> None:
        """Wait until the tabs that look at these pages show them, but not for long; raise Cancelled if called off."""
        tabs = {tab for tab, tiles in list(self._views.items()) if any(number in numbers for number, _ in tiles)}
        end = time.monotonic() + SHOWING_SECONDS
        with self._seen:
            while tabs & set(self._views) - {tab for tab, shown in self._revisions.items() if shown >= revision}:
                self.workspace.check_cancelled()
                if time.monotonic() > end:
                    return
                self._seen.wait(TURN)

    def seen_pages(self) -> frozenset[int]:
        """Return the pages (from 1) that any tab shows."""
        return frozenset(number for number, _ in self._seen_tiles())

    def called_off(self) -> None:
        """Nothing to tell: another one begins."""

    def ended(self, ended: Ended) -> None:
        """It came to its end."""
        self._late.cancel()
        outcome = ended.outcome
        built = outcome is not None and outcome.built
        if built or any(page.provisional for page in self.store.shown.pages):
            self._show_last_pdf(outcome if built else None)
            self._tell_pages(self.store.shown)
        stop = None
        if ended.stop is not None:
            stop = _describe_stop(ended.stop)
        elif ended.bug is not None:
            stop = {"message": BUG, "hint": ""}
        problems = [self._describe(problem) for problem in outcome.problems] if outcome is not None else []
        self._tell(
            building=False,
            step="",
            ever=True,
            built=built,
            seconds=round(ended.seconds, 3),
            problems=problems,
            stop=stop,
        )

    def _show_last_pdf(self, outcome: Outcome | None = None) -> None:
        """Show the PDF that is there, which came of a build; its other pages are known if they are of the one shown."""
        pdf = self.workspace.read(PDF_PATH)
        if not pdf or (pdf == self._pdf and not any(page.provisional for page in self.store.shown.pages)):
            return
        try:
            known = outcome is not None and outcome.former == content_hash(self._pdf)
            self.store.show_document(pdf, outcome.changed if outcome is not None and known else None)
            self._pdf = pdf
        except ValueError:  # something else wrote there; the next build mends it
            return

    def _seen_tiles(self) -> set[tuple[int, Tile]]:
        """Return what any tab shows: page numbers (from 1) and tiles of them."""
        return {view for tiles in list(self._views.values()) for view in tiles}

    def _find_strips(self, before: Shown, after: Shown) -> dict[int, tuple[str, Tile]]:
        """Return for pages (from 1) that are seen what they were, and the rows that differ from it, if few do."""
        found = {}
        for number, tile in self._seen_tiles():
            if number > min(len(before.pages), len(after.pages)):
                continue
            old, new = before.pages[number - 1].content, after.pages[number - 1].content
            strip = self._find_strip(old, new, tile) if old != new else None
            if strip is not None:
                found[number] = (old, strip)
        return found

    def _find_strip(self, before: str, after: str, tile: Tile) -> Tile | None:
        try:
            return self.store.find_strip(before, after, tile)
        except LookupError:  # it changed again
            return None

    def _tell_pages(self, shown: Shown, strips: Mapping[int, tuple[str, Tile]] | None = None) -> None:
        """Tell of the pages, and begin to draw those that somebody has before his eyes."""
        for number, tile in self._seen_tiles():
            if number <= len(shown.pages) and number not in (strips or {}):
                self._drawers.submit(self._draw_ahead, shown.pages[number - 1].content, tile)
        pages: list[dict[str, Any]] = [
            {
                "content": page.content,
                "layout": page.layout,
                "width": page.width,
                "height": page.height,
                "provisional": page.provisional,
                "firstPaint": page.first_paint,
                "patch": None,
            }
            for page in shown.pages
        ]
        for number, (before, strip) in (strips or {}).items():
            patch = {"before": before, "pixels": strip.width, "top": strip.top, "down": strip.down}
            pages[number - 1]["patch"] = patch
        self.feed.say("pages", json.dumps({"revision": shown.revision, "pages": pages}).encode())

    def _draw_ahead(self, content: str, tile: Tile) -> None:
        try:
            self.store.draw_png(content, tile)
        except LookupError:  # it changed again
            return

    def _tell(self, **news: Any) -> None:
        self._state.update(news)
        self.feed.say("state", json.dumps(self._state).encode())

    def _describe(self, problem: Problem) -> dict[str, Any]:
        """Return a problem with the line that it stands on."""
        place = problem.place
        lines = (self.workspace.read(place.path) or b"").decode("utf-8-sig", "replace").splitlines()
        line = lines[place.line - 1] if 1 <= place.line <= len(lines) else ""
        end = place.end_column if place.end_line == place.line else len(line) + 1
        return {
            "code": problem.code,
            "severity": problem.severity.value,
            "message": problem.message,
            "hint": problem.hint,
            "place": describe_place(place),
            "line": line,
            "end": end,
            "related": [{"place": describe_place(span), "remark": remark} for span, remark in problem.related],
        }


def describe_place(place: Span) -> dict[str, Any]:
    """Return a place as the page gets it."""
    known = asdict(place)
    return {name: known[name] for name in ("path", "line", "column")}


def _describe_stop(stop: CannotContinue) -> dict[str, str]:
    return {"message": stop.message, "hint": stop.hint}

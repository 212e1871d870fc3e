"""A running `build.py watch` and headless Chromium -> seconds from a save to what is on the screen."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imprenta.client import stop_resident
from tests.bench.contest import ENVIRONMENT, PYTHON
from tests.bench.measure import FailedError, Sampler
from tests.bench.subjects import ROOT, Edit, apply_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Page

    Announce = Callable[[str], None]

FIRST_PAGE_SECONDS = 300
ONE_SAVE_SECONDS = 180
PAUSE_SECONDS = 2.0
"""Between the page on the screen and the next save: somebody types a few words, and the last build comes to its end."""
SETTLED_SECONDS = 0.5
"""For so long after a build has come to its end nothing changes on the screen any more."""

WORDS = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta"
    " cincuenta sesenta setenta ochenta noventa cien mil"
).split()
"""What is typed in one save after another, so that no picture was drawn before."""

# `data-shown` says what a page shows on the screen. `window.medidas` gets a row for each page that shows something else
# than before, with the hour (ms since 1970) at which the frame that shows it has been painted (the message comes after
# the frame that was asked for).
NOTE_WHAT_IS_SHOWN = """
() => {
  window.medidas = [];
  const known = new Map();
  const look = () => {
    const changed = [];
    for (const page of document.querySelectorAll('section.page[data-shown]')) {
      if (known.get(page.id) === page.dataset.shown) continue;
      known.set(page.id, page.dataset.shown);
      const provisional = page.classList.contains('provisional');
      changed.push({ pagina: page.id, contenido: page.dataset.shown, provisional });
    }
    if (!changed.length) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.medidas.push(...changed.map((one) => ({ ...one, hora: Date.now() })));
      port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  look();
}
"""


@dataclass(frozen=True, slots=True)
class Look:
    """One save: seconds until the page that was edited looked otherwise, and until it was as it stayed."""

    first: float
    exact: float
    provisional: bool


@dataclass(slots=True)
class Screen:
    """What was measured on the screen: seconds from the start to the first page and to the whole, saves by kind."""

    cold: tuple[float, float] | None = None
    looks: dict[str, list[Look]] = field(default_factory=dict)
    memory: int = 0


def has_watch() -> bool:
    """Tell whether the command knows `watch`."""
    said = subprocess.run([PYTHON, str(ROOT / "build.py"), "watch", "--help"], capture_output=True, check=False)
    return said.returncode == 0


class Watch:
    """A running `build.py watch`: the address of its page, and what it said."""

    def __init__(self, project: Path) -> None:
        """Start it and wait for the address."""
        self.started = time.time()
        self.lines: list[str] = []
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [PYTHON, "-u", str(ROOT / "build.py"), "watch", "--project", str(project)],
            cwd=ROOT,
            env={**os.environ, **ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.address = re.findall(r"http://127\.0\.0\.1:\d+\S*", self.wait_for("http://127.0.0.1:"))[0]

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            with self._news:
                self.lines.append(line)
                self._news.notify_all()

    def wait_for(self, words: str, *, after: int = 0) -> str:
        """Wait until a line has these words, but the first `after`, and return it. Raises FailedError."""
        with self._news:
            found = self._news.wait_for(
                lambda: [line for line in self.lines[after:] if words in line], FIRST_PAGE_SECONDS
            )
        if not found:
            raise FailedError(f"watch no dijo «{words}»:\n{''.join(self.lines)}")
        return found[0]

    def close(self) -> None:
        """End it as its user does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


BUILT = " páginas en "
"""What `watch` says of a build that came to its end."""


@contextmanager
def watching(project: Path) -> Iterator[tuple[Watch, Page]]:
    """Run `build.py watch` on a project and open its page, as soon as there is one."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        watch = Watch(project)
        try:
            page.goto(watch.address)
            page.evaluate(NOTE_WHAT_IS_SHOWN)
            page.wait_for_selector("section.page[data-shown]", timeout=1000 * FIRST_PAGE_SECONDS)
            yield watch, page
        finally:
            watch.close()
            browser.close()


def measure_cold(project: Path) -> tuple[float, float]:
    """Return the seconds from the start of `watch`, with nothing from before, to its first page and to all pages."""
    stop_resident(str(project))
    shutil.rmtree(project / "build", ignore_errors=True)
    with watching(project) as (watch, page):
        first = page.evaluate("() => window.medidas[0]?.hora") or 1000 * time.time()
        watch.wait_for(BUILT)
        return first / 1000 - watch.started, time.time() - watch.started


def measure_screen(project: Path, edits: Sequence[Edit], repeats: Mapping[str, int], announce: Announce) -> Screen:
    """Measure saves of each kind as often as told: a word is typed on and on, the others are made and undone.

    The memory is the most bytes that `watch` and its programs had together, the browser not counted.
    """
    screen = Screen()
    stop_resident(str(project))
    with watching(project) as (watch, page):
        word = edits[0]
        author = _Author(project, watch, page, word.path)
        author.go_to(word)
        author.save(word)  # from here on programs wait for what comes next
        typed = word
        for number in range(repeats[word.name]):
            announce(f"en pantalla, {word.words}, {number + 1} de {repeats[word.name]}")
            typed = replace(word, old=typed.new, new=f"{word.new} {WORDS[number % len(WORDS)]}")
            screen.looks.setdefault(word.name, []).append(author.save(typed))
        author.save(replace(word, old=typed.new, new=word.old))
        for edit in edits[1:]:
            author.go_to(edit)
            for number in range(repeats[edit.name]):
                announce(f"en pantalla, {edit.words}, {number + 1} de {repeats[edit.name]}")
                screen.looks.setdefault(edit.name, []).append(author.save(edit, undo=bool(number % 2)))
            if repeats[edit.name] % 2:
                author.save(edit, undo=True)
        author.go_to(word)
        # To look at the memory holds up whoever uses it, so no save is timed meanwhile.
        with Sampler(watch.process.pid) as sampler:
            author.save(word)
            author.save(word, undo=True)
        screen.memory = sampler.peak
    return screen


class _Author:
    """Saves, and looks at the page that comes of it."""

    def __init__(self, project: Path, watch: Watch, page: Page, section: str) -> None:
        self.project = project
        self.section = section
        self.watch = watch
        self.page = page
        self.looked_at = ""
        watch.wait_for(BUILT)

    def go_to(self, edit: Edit) -> None:
        """Bring the page that an edit changes before the eyes; of a template of sections, the beginning of one."""
        path, line = (edit.path, 1) if edit.old else (self.section, 1)
        if edit.old:
            text = (self.project / path).read_text(encoding="utf-8")
            line = text[: text.index(edit.old) + len(edit.old)].count("\n") + 1
        said = subprocess.run(
            [PYTHON, str(ROOT / "build.py"), "show", f"{path}:{line}", "--project", str(self.project)],
            env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        found = re.search(r"página (\d+)", said)
        self.looked_at = f"pagina-{found[1]}" if found is not None else ""
        if self.looked_at:
            self.page.locator(f"#{self.looked_at}").scroll_into_view_if_needed()
            self.page.wait_for_selector(f"#{self.looked_at}[data-shown]")

    def save(self, edit: Edit, *, undo: bool = False) -> Look:
        """Save the edit and wait until its build has come to its end. Raises FailedError if no page changed."""
        time.sleep(PAUSE_SECONDS)
        before, said = self.page.evaluate("() => window.medidas.length"), len(self.watch.lines)
        start = time.time()
        apply_edit(self.project, edit, undo=undo)
        self.watch.wait_for(BUILT, after=said)
        self.page.wait_for_timeout(1000 * SETTLED_SECONDS)
        rows = self.page.evaluate("(before) => window.medidas.slice(before)", before)
        while not rows and time.time() < start + ONE_SAVE_SECONDS:
            self.page.wait_for_timeout(100)
            rows = self.page.evaluate("(before) => window.medidas.slice(before)", before)
        rows = [row for row in rows if row["pagina"] == self.looked_at] or rows[:1]
        if not rows:
            raise FailedError(f"tras guardar {edit.path} no cambió ninguna página")
        last = next(row for row in rows if row["contenido"] == rows[-1]["contenido"])
        return Look(rows[0]["hora"] / 1000 - start, last["hora"] / 1000 - start, rows[0]["provisional"])

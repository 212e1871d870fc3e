"""A running `build.py watch` and headless Chromium -> seconds from a save to the changed page on the screen."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.bench.contest import ENVIRONMENT, PYTHON
from tests.bench.measure import FailedError, Sampler
from tests.bench.subjects import ROOT, Edit, apply_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FIRST_PAGE_SECONDS = 300
ONE_SAVE_SECONDS = 120
PAUSE_SECONDS = 2.0
"""Between the page on the screen and the next save: somebody types a few words, and the last build comes to its end."""

WORDS = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta"
    " cincuenta sesenta setenta ochenta noventa cien mil"
).split()
"""What is typed in one save after another, so that no picture was drawn before."""

# `data-content` says how a page should look, `data-shown` how it looks on screen. `window.medida` is fulfilled when one
# of them is another than before on some page: with the hour (ms since 1970) at which the frame that shows it has been
# painted (the message comes after the frame that was asked for).
WAIT_FOR_CHANGE = """
([what, limit]) => {
  const pages = () => [...document.querySelectorAll('section.page')].filter((page) => page.dataset[what]);
  const before = new Map(pages().map((page) => [page.id, page.dataset[what]]));
  window.medida = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('ninguna página cambió')), limit);
    const look = () => {
      const page = pages().find((one) => before.has(one.id) && before.get(one.id) !== one.dataset[what]);
      if (!page) return;
      observer.disconnect();
      const found = { pagina: page.id, provisional: page.classList.contains('provisional') };
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ ...found, hora: Date.now() });
        port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}
"""


def has_watch() -> bool:
    """Tell whether the command knows `watch`."""
    said = subprocess.run([PYTHON, str(ROOT / "build.py"), "watch", "--help"], capture_output=True, check=False)
    return said.returncode == 0


@contextmanager
def watching(project: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `build.py watch` on a project; give the address of its page and the process."""
    command = [PYTHON, "-u", str(ROOT / "build.py"), "watch", "--proyecto", str(project)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    found = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            said.append(line)
            if re.search(r"http://127\.0\.0\.1:\d+", line):
                found.set()
        found.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        found.wait(FIRST_PAGE_SECONDS)
        address = re.search(r"http://127\.0\.0\.1:\d+\S*", "".join(said))
        if address is None:
            raise FailedError(f"watch no dijo la dirección de su página:\n{''.join(said)}")
        yield address[0], process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def measure_screen(
    project: Path, edit: Edit, repeats: int, announce: Callable[[str], None]
) -> tuple[list[float], list[bool], int]:
    """Return for each save the seconds until a changed page was painted, whether it was provisional, and the memory.

    The memory is the most bytes that `watch` and its programs had together, the browser not counted.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    seconds, provisional = [], []
    with watching(project) as (address, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector("section.page[data-shown]", timeout=1000 * FIRST_PAGE_SECONDS)
        # The first save tells the page that changes, which is then brought before the eyes.
        first = _save(page, project, edit, "content")
        page.locator(f"#{first['pagina']}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{first['pagina']}[data-shown]")
        typed = edit
        for number in range(repeats):
            time.sleep(PAUSE_SECONDS)
            announce(f"en pantalla, {number + 1} de {repeats}")
            typed = replace(edit, old=typed.new, new=f"{edit.new} {WORDS[number % len(WORDS)]}")
            done = _save(page, project, typed, "shown")
            seconds.append(done["seconds"])
            provisional.append(done["provisional"])
        # To look at the memory holds up whoever uses it, so no save is timed meanwhile.
        with Sampler(process.pid) as sampler:
            _save(page, project, replace(edit, old=typed.new, new=edit.old), "shown")
            time.sleep(PAUSE_SECONDS)
        browser.close()
    return seconds, provisional, sampler.peak


def _save(page: Any, project: Path, edit: Edit, what: str) -> dict[str, Any]:
    """Save the edit and wait until a page changes: how it should look, or how it looks on the screen."""
    page.evaluate(WAIT_FOR_CHANGE, [what, 1000 * ONE_SAVE_SECONDS])
    start = time.time()
    apply_edit(project, edit)
    done = page.evaluate("() => window.medida")
    return {**done, "seconds": done["hora"] / 1000 - start}

"""`build.py watch` as its users run it, and Chromium as they look at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds until a test that hangs fails; nothing is timed
MILLISECONDS = PATIENCE * 1000

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


class WatchProcess:
    """A running `build.py watch`."""

    def __init__(self, project: Path, *arguments: str) -> None:
        """Start it; `address` is where the page is."""
        command = [sys.executable, "-u", str(ROOT / "build.py"), "watch", "--project", str(project), *arguments]
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            command,
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
            env={**os.environ, "IMPRENTA_EDITOR": ""},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.address = re.findall(r"http://\S+", self.wait_for("vista previa: "))[0]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()

    def wait_for(self, words: str, *, after: int = 0) -> str:
        """Wait until a line has these words, and return it; the first `after` lines do not count."""
        with self._news:
            found = self._news.wait_for(lambda: [line for line in self.lines[after:] if words in line], PATIENCE)
        assert found, f"«{words}» was not said:\n" + "\n".join(self.lines)
        return found[0]

    def stop(self) -> int:
        """End it as Ctrl-C does, and return its exit status."""
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGINT)
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        self._reader.join(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return status


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, without a window. Where it is not there, the test is skipped; not in CI."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("falta chromium, y en CI la prueba de la vista previa no se omite")
        pytest.skip("falta chromium: no se prueba la vista previa")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield browser
        browser.close()


def open_page(browser: Browser, address: str, **context: object) -> Page:
    """Open the preview in a tab of its own, and wait until a page of the report is seen."""
    settings = {"viewport": {"width": 1200, "height": 800}, "locale": "es-ES", "reduced_motion": "reduce", **context}
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(MILLISECONDS)
    page.goto(address)
    page.wait_for_selector(".page[data-shown]")
    return page


def looks(page: Page) -> list[str]:
    """Return the looks of all pages of the report."""
    found: list[str] = page.eval_on_selector_all(".page", "all => all.map(one => one.dataset.content)")
    return found

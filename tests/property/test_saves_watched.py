"""Whatever is saved while a report is watched, what is shown in the end is what a build from nothing gives."""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from saves import (
    FILES,
    FORMS,
    PDF,
    Moments,
    Save,
    build,
    copy_files,
    let_settle,
    typeset_nothing,
    watch_moments,
    write_report,
)

from imprenta.preview.loop import BuildLoop, ResidentBuilder
from imprenta.preview.watching import watch_project
from imprenta.report.json_format import format_json
from imprenta.report.run import Run
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imprenta.pipeline import PagesReady
    from imprenta.preview.loop import Ended

SAVES = 25
END = "templates/fin.txt"
"""A file that means nothing: the build that its news begins is the last."""
PATIENCE = 60.0


class Listener:
    """Hears of builds."""

    def __init__(self) -> None:
        self.news: queue.Queue[Ended] = queue.Queue()

    def begun(self, paths: tuple[str, ...]) -> None: ...

    def step(self, words: str) -> None: ...

    def pages_ready(self, pages: PagesReady) -> None: ...

    def seen_pages(self) -> frozenset[int]:
        return frozenset()

    def called_off(self) -> None: ...

    def ended(self, ended: Ended) -> None:
        self.news.put(ended)

    def wait_for_the_last(self, root: Path) -> Ended:
        """Return how the last build ended."""
        (root / END).write_text("fin")
        while True:
            ended = self.news.get(timeout=PATIENCE)
            if END in ended.paths:
                return ended


@contextmanager
def watch(root: Path) -> Iterator[Listener]:
    workspace, listener, stop = Workspace(root), Listener(), threading.Event()
    builder = ResidentBuilder(workspace)
    loop = BuildLoop(workspace, builder, listener)
    saves = watch_project(workspace, stop)

    def pass_on() -> None:
        for paths in saves:
            loop.request(paths)

    watcher = threading.Thread(target=pass_on)
    watcher.start()
    loop.start()
    try:
        yield listener
    finally:
        stop.set()
        loop.stop()
        watcher.join(PATIENCE)
        builder.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("batch", [0, *(pytest.param(batch, marks=pytest.mark.proof) for batch in range(1, 5))])
def test_what_is_shown_in_the_end_is_what_a_build_from_nothing_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], batch: int
) -> None:
    chance = random.Random(batch)
    root, clean = tmp_path / "informe", tmp_path / "limpio"
    typeset_nothing(monkeypatch)
    moments = Moments(tmp_path / "momentos")
    watch_moments(moments, monkeypatch)
    write_report(root)
    moments.begin([])
    with watch(root) as listener:
        for _ in range(SAVES):
            save = Save(
                chance.choice(sorted(FILES)), chance.randrange(11, 100), chance.choice(FORMS),
                chance.randrange(300), chance.randrange(100),
            )  # fmt: skip
            if chance.random() < 0.5:  # while something is built or looked at
                moments.begin(save.steps(root))
                time.sleep(chance.uniform(0, 0.4))
                moments.end()
            else:
                for _, action in save.steps(root):
                    action()
                    time.sleep(chance.uniform(0, 0.1))
        ended = listener.wait_for_the_last(root)
        assert ended.outcome is not None, ended
        said = json.loads(format_json(Run(ended.outcome.problems)))["problemas"]
        shown = (root / PDF).read_bytes() if ended.outcome.built else None
    copy_files(root, clean)
    status, problems, pdf = build(clean, capsys)
    assert (ended.outcome.built, said, shown) == (status == 0, problems, pdf)
    let_settle()
    assert build(root, capsys) == (status, problems, pdf)

"""What a build does while its drawings are made."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from imprenta.cache import Cache
from imprenta.pipeline import drawings
from imprenta.pipeline.drawers import Drawing, Order
from imprenta.pipeline.drawings import DrawnFigures, draw_figures
from imprenta.pipeline.kept_drawings import MARK, keep_drawing, recall_former
from imprenta.problems import Span
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

FIGURE: Any = None
ORDER = Order("curva", FIGURE, "build/figures/curva.pdf", b"", {})


class Drawers:
    """Notes what is asked of it, and draws at once."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def have_drawn(self) -> bool:
        return False

    def begin(self, *_: Any, **__: Any) -> Drawers:
        self.told.append("begin")
        return self

    def wait(self) -> dict[str, Drawing]:
        self.told.append("wait")
        return {"curva": Drawing(b"pdf", 1.0, 1.0)}

    def end(self) -> None:
        self.told.append("end")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(drawings, "Drawers", Drawers(told).begin)
    monkeypatch.setattr(drawings, "order_drawings", lambda *_: {"curva": ORDER})
    monkeypatch.setattr(drawings, "recall_drawing", lambda *_: None)
    monkeypatch.setattr(drawings, "_place", lambda *_: DrawnFigures())
    for name in ("keep_drawing", "remove_others", "note_plots"):
        monkeypatch.setattr(drawings, name, lambda *_: None)
    return told


def run(told: list[str], *, wrong: bool = False) -> DrawnFigures:
    def confirm() -> None:
        told.append("confirm")
        if wrong:
            raise ZeroDivisionError

    loaded: Any = SimpleNamespace(paper=SimpleNamespace())
    some: Any = None
    return draw_figures(
        some, loaded, some, confirm=confirm, meanwhile=lambda *_: told.append("meanwhile"), cache=Cache()
    )


def test_all_else_goes_on_while_figures_are_drawn(told: list[str]) -> None:
    assert run(told).drawn == ["curva"]
    assert told == ["begin", "meanwhile", "confirm", "wait"]


def test_who_watches_does_not_wait_for_the_checks_when_all_is_drawn(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Drawers, "have_drawn", lambda _: True)
    run(told)
    assert told == ["begin", "meanwhile", "wait"]


def test_nothing_is_drawn_on_when_the_checks_refuse_the_paper(told: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        run(told, wrong=True)
    assert told == ["begin", "meanwhile", "confirm", "end"]


def test_a_figure_that_is_drawn_anew_is_as_it_was_until_then(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    now = replace(ORDER, path=f"build/figures/curva-{'b' * MARK}.pdf", figure=SimpleNamespace(place=Span("a.yaml")))
    assert recall_former(workspace, now, Cache()) is None
    before, other = (replace(now, path=f"build/figures/{id}-{'a' * MARK}.pdf") for id in ("curva", "curva-dos"))
    keep_drawing(workspace, before, Drawing(b"%PDF", 3.0, 4.0))
    keep_drawing(workspace, other, Drawing(b"%PDF other", 5.0, 6.0))
    found = recall_former(workspace, now, Cache())
    assert found is not None
    assert found[0] == before
    assert (found[1].pdf, found[1].width, found[1].height) == (b"%PDF", 3.0, 4.0)
    keep_drawing(workspace, replace(now, path=f"build/figures/curva-{'c' * MARK}.pdf"), Drawing(b"%PDF third"))
    assert recall_former(workspace, now, Cache()) is None, "it is not known which was the last"

"""What a build does while its drawings are made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from imprenta.cache import Cache
from imprenta.pipeline import drawings
from imprenta.pipeline.drawers import Drawing, Order
from imprenta.pipeline.drawings import DrawnFigures, draw_figures

FIGURE: Any = None
ORDER = Order("curva", FIGURE, "build/figures/curva.pdf", b"", {})


class Drawers:
    """Notes what is asked of it, and draws at once."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

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


def run(told: list[str], *, aside: bool, wrong: bool = False) -> DrawnFigures:
    def confirm() -> None:
        told.append("confirm")
        if wrong:
            raise ZeroDivisionError

    loaded: Any = SimpleNamespace(paper=SimpleNamespace())
    some: Any = None
    return draw_figures(
        some, loaded, some, confirm=confirm, meanwhile=lambda *_: told.append("meanwhile"), aside=aside, cache=Cache()
    )


def test_all_else_goes_on_while_figures_are_drawn(told: list[str]) -> None:
    assert run(told, aside=True).drawn == ["curva"]
    assert told == ["begin", "meanwhile", "confirm", "wait"]
    told.clear()
    run(told, aside=False)
    assert told == ["begin", "confirm", "meanwhile", "wait"], "nothing is worth anything if checks fail"


@pytest.mark.parametrize(("aside", "before"), [(True, ["meanwhile"]), (False, [])])
def test_nothing_is_drawn_on_when_the_checks_refuse_the_paper(
    told: list[str], *, aside: bool, before: list[str]
) -> None:
    with pytest.raises(ZeroDivisionError):
        run(told, aside=aside, wrong=True)
    assert told == ["begin", *before, "confirm", "end"]

"""Who draws what: plots together, graphs shared among some."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from imprenta.model import GraphFigure, PlotFigure
from imprenta.pipeline import drawers as drawers_module
from imprenta.pipeline.drawers import Drawers, Drawing, Order
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class MadeUpDrawer:
    """A process that draws, in this one: it notes what it was given."""

    given: list[list[str]]

    def give(self, orders: list[Order]) -> None:
        self.orders = orders
        self.given.append([order.id for order in orders])

    def wait(self, check: Callable[[], None]) -> dict[str, Drawing]:
        check()
        return {order.id: Drawing(order.id.encode()) for order in self.orders}


def order(id: str) -> Order:
    kind = PlotFigure if id.startswith("plot") else GraphFigure
    return Order(id, kind.model_construct(), f"build/figures/{id}.pdf", b"", {})


@pytest.mark.parametrize(
    ("ids", "shares"),
    [
        ("a b c plot1 d plot2", [["plot1", "plot2"], ["a", "c"], ["b", "d"]]),
        ("a", [["a"]]),
        ("plot1", [["plot1"]]),
    ],
)
def test_the_graphs_are_shared_among_some_processes(
    ids: str, shares: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []

    def hold(_workspace: Workspace, _kind: type[Any]) -> MadeUpDrawer:
        drawer = MadeUpDrawer()
        drawer.given = given
        return drawer

    monkeypatch.setattr(drawers_module, "hold_drawer", hold)
    drawn = Drawers(Workspace(tmp_path), [order(id) for id in ids.split()], aside=True).wait()
    assert given == shares
    assert {id: drawing.pdf for id, drawing in drawn.items()} == {id: id.encode() for id in ids.split()}


@pytest.mark.skipif(sys.platform == "darwin", reason="there no copies of the process are made")
def test_it_is_told_when_all_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawers_module, "_load_drawers", lambda *_, **__: None)
    monkeypatch.setattr(drawers_module, "_draw_all", lambda _, orders: {order.id: Drawing(b"pdf") for order in orders})
    drawers = Drawers(Workspace(tmp_path), [order("a"), order("b")], aside=True)
    until = time.monotonic() + 60
    while not drawers.have_drawn():
        assert time.monotonic() < until
        time.sleep(0.01)
    assert {*drawers.wait()} == {"a", "b"}

"""Plots are got ready for when one of them will be drawn, as far as one can tell without reading the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprenta.load.paper_files import FIGURE_KINDS
from imprenta.model import PlotFigure
from imprenta.pipeline.early_plots import PLOT, expects_plots, hold_plotter
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "figures/costos.yaml": "pie: Costos\ngrafica: costos.py\ndatos: [precios]\n",
    "figures/red.yaml": "pie: Red\nnodos: {a: {titulo: A}}\ndescripcion: la gráfica de tarifas\n",
    "figures/costos.py": "def dibujar(ejes, datos): ...\n",
    "paper/datos/precios.yaml": "valores: {}\n",
    "paper/datos/tarifas.yaml": "valores: {}\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Workspace(tmp_path)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (["figures/costos.yaml"], True),
        (["figures/costos.py"], True),
        (["figures/ayuda.py"], True),
        (["figures/red.yaml"], False),
        (["figures/foto.png"], False),
        (["paper/datos/precios.yaml"], True),
        (["paper/datos/tarifas.yaml"], False),
        (["paper/secciones/uno.yaml", "references.bib", "figures", "paper"], False),
        ([], False),
    ],
)
def test_plots_are_expected_when_what_they_are_made_of_changed(
    workspace: Workspace, changed: list[str], expected: bool
) -> None:
    assert expects_plots(workspace, changed) is expected


def test_without_a_build_before_plots_are_expected_if_none_is_drawn(workspace: Workspace) -> None:
    assert expects_plots(workspace, None)
    workspace.write("build/figures/a.pdf", b"")
    assert not expects_plots(workspace, None)


def test_a_report_without_plots_expects_none(workspace: Workspace) -> None:
    workspace.write("figures/costos.yaml", FILES["figures/red.yaml"])
    assert not expects_plots(workspace.fresh(), None)
    assert hold_plotter(workspace, None) is None


def test_the_key_of_a_plot_is_the_loaders() -> None:
    keys = [key for key, kind in FIGURE_KINDS.items() if kind is PlotFigure]
    assert [key for key in FIGURE_KINDS if PLOT.search(f"pie: a\n{key} : b".encode())] == keys
    assert PLOT.search(b'"grafica": a.py')


def test_a_plotter_that_is_held_draws_what_it_is_told(workspace: Workspace) -> None:
    plotter = hold_plotter(workspace, ["figures/costos.py"])
    assert plotter is not None
    plotter.give([])
    assert plotter.wait() == {}

"""Plots are got ready for when one of them will be drawn, as far as one can tell without reading the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprenta.load.validation import validate_tree
from imprenta.load.yaml_source import read_yaml
from imprenta.model import PlotFigure
from imprenta.pipeline.drawers import Drawing, Order
from imprenta.pipeline.early_plots import expects_plots, hold_plotter, note_plots
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

PLOT = "pie: Costos\ngrafica: costos.py\nalternativa: Costos\ndatos: [precios]\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path)
    figure, problems = validate_tree(PlotFigure, read_yaml(PLOT, "figures/costos.yaml"))
    assert problems == []
    assert figure is not None
    drawing = Drawing(b"", inputs=(("paper/medidas.csv", "1"),))
    note_plots(workspace, [(Order("costos", figure, "", b"", {}), drawing)])
    return workspace


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (["figures/costos.yaml"], True),
        (["figures/costos.py"], True),
        (["figures/ayuda.py"], True),
        (["figures/red.yaml"], False),
        (["figures/foto.png"], False),
        (["paper/datos/precios.yaml"], True),
        (["paper/datos/tarifas.yaml"], True),  # of which prices may be worked out
        (["paper/medidas.csv"], True),
        (["paper/secciones/uno.yaml", "references.bib", "figures", "paper"], False),
        ([], False),
    ],
)
def test_plots_are_expected_when_what_they_are_made_of_changed(
    workspace: Workspace, changed: list[str], expected: bool
) -> None:
    assert expects_plots(workspace, changed) is expected


def test_data_concern_only_plots_that_ask_for_some(workspace: Workspace) -> None:
    text = PLOT.replace("datos: [precios]\n", "")
    figure, _ = validate_tree(PlotFigure, read_yaml(text, "figures/costos.yaml"))
    assert figure is not None
    note_plots(workspace, [(Order("costos", figure, "", b"", {}), Drawing(b""))])
    assert not expects_plots(workspace, ["paper/datos/precios.yaml"])
    assert expects_plots(workspace, ["figures/costos.yaml"])


def test_without_a_build_before_plots_are_expected_where_there_is_a_program(tmp_path: Path) -> None:
    files = ["paper/informe.yaml", "figures/red.yaml"]
    assert not expects_plots(Workspace(tmp_path), files)
    assert hold_plotter(Workspace(tmp_path), files) is None
    assert expects_plots(Workspace(tmp_path), [*files, "figures/costos.py"])


def test_a_plotter_that_is_held_draws_what_it_is_told(workspace: Workspace) -> None:
    plotter = hold_plotter(workspace, ["figures/costos.py"])
    assert plotter is not None
    plotter.give([])
    assert plotter.wait() == {}

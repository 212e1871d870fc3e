"""Every table that the report places -> its view for the templates; set anew only when what it is made of changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imprenta.model import ORIGIN_FOLDERS, Graph, Table
from imprenta.model.csv_file import CSV_FOLDER
from imprenta.model.facts import Caption, Carried, Kind, Stated
from imprenta.model.paper import walk_targets
from imprenta.pipeline.dependence import depend_on_values
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.cache import Cache
    from imprenta.model import AnyFigure, Origin
    from imprenta.model.paper import Paper
    from imprenta.pipeline.scope import ReportScope
    from imprenta.render import TableView
    from imprenta.workspace import Workspace


def view_tables(workspace: Workspace, paper: Paper, scope: ReportScope, cache: Cache) -> dict[str, TableView]:
    """Return the tables by the id of their label, in the order of the report."""
    data, hidden = workspace.hash_files("paper/datos/*.yaml"), "".join(sorted(paper.hidden))
    views = {}
    for target in walk_targets(paper):
        if target.kind != "tabla" or target.origin is None:
            continue
        paths = [f"{ORIGIN_FOLDERS[target.origin.kind]}/{target.origin.name.value}.yaml"]
        file = _find_file(target.origin, paper)
        if isinstance(file, Graph):
            paths = [file.place.path]  # it may stand in a section
        values = data
        if isinstance(file, Table) and file.csv is not None:
            paths.append(f"{CSV_FOLDER}/{file.csv.value.strip()}")
        elif file is not None:
            values = depend_on_values(workspace, cache, paths[:1], file, data, hidden)
        key = content_hash(target.id, values, hidden, scope.names.mark, *map(workspace.hash_files, paths))
        view = cache.on_disk("tables", key, partial(_view_table, target.origin, paper, scope), target.id)
        if view is not None:
            views[view.id] = view
    return views


def _find_file(origin: Origin, paper: Paper) -> Table | AnyFigure | None:
    """Return the table or figure that a table is made of; None if that is values, which come from any other."""
    if origin.kind == "datos":
        return None
    return (paper.tables if origin.kind == "tabla" else paper.every_figure)[origin.name.value]


def _view_table(origin: Origin, paper: Paper, scope: ReportScope) -> TableView | None:
    """Set a table and hand it over to the templates under their names."""
    from imprenta.render import TableView
    from imprenta.tables import grid_of_communications, grid_of_table, grid_of_values, write_grid

    id = origin.name.value
    if origin.kind == "tabla":
        grid = grid_of_table(id, paper.tables[id], scope)
    elif origin.kind == "datos":
        grid = grid_of_values(id, paper.data[id], scope)
    else:
        figure = paper.every_figure[id]
        if not isinstance(figure, Graph):
            return None
        grid = grid_of_communications(id, figure, scope)
    set_table = write_grid(grid, scope.locale.palabras)
    return TableView(
        id=set_table.id,
        titulo=Stated(set_table.title, Caption("table", f"tabla:{set_table.id}")),
        titulo_corto=Stated(set_table.short_title, Carried()),
        cuerpo=Stated(set_table.body, Kind("cells")),
        nota=Stated(set_table.note, Kind("note")),
        ancho_nota=set_table.note_width,
        letra=set_table.type_command,
        separacion=set_table.gap,
        larga=set_table.long,
        apaisada=set_table.landscape,
        ancha=set_table.wide,
        partida=set_table.long and scope.sheet.columns > 1 and not set_table.landscape,
    )

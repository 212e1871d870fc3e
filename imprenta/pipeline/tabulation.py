"""Every table that the report places -> its view for the templates; set anew only when what it is made of changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imprenta.model import FigureBlock, GeneratedTable, GraphFigure
from imprenta.model.paper import walk_placed
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.memory import Memory
    from imprenta.model import TableBlock
    from imprenta.model.paper import Paper
    from imprenta.pipeline.scope import ReportScope
    from imprenta.render import TableView
    from imprenta.workspace import Workspace


def view_tables(workspace: Workspace, paper: Paper, scope: ReportScope, memory: Memory) -> dict[str, TableView]:
    """Return the tables by the id of their label, in the order of the report."""
    data = workspace.hash_files("paper/datos/*.yaml")
    views = {}
    for block in walk_placed(paper):
        if isinstance(block, FigureBlock):
            continue
        path = _path_of(block)
        key = content_hash(block.id, data, scope.names.mark, workspace.hash_files(path))
        view = memory.recall("tables", key, partial(_view_table, block, paper, scope), block.id)
        if view is not None:
            views[view.id] = view
    return views


def _path_of(block: TableBlock) -> str:
    """Return the file that a table is made of, besides the numbers."""
    table = block.table
    if not isinstance(table, GeneratedTable):
        return f"paper/tablas/{table.value}.yaml"
    if table.communications is not None:
        return f"figures/{table.communications.value}.yaml"
    return f"paper/datos/{table.values.value}.yaml" if table.values is not None else ""


def _view_table(block: TableBlock, paper: Paper, scope: ReportScope) -> TableView | None:
    """Set a table and hand it over to the templates under their names."""
    from imprenta.render import TableView
    from imprenta.tables import grid_of_communications, grid_of_table, grid_of_values, write_grid

    table = block.table
    grid = None
    if not isinstance(table, GeneratedTable):
        grid = grid_of_table(table.value, paper.tables[table.value], scope)
    elif table.communications is not None:
        figure = paper.figures[table.communications.value]
        if isinstance(figure, GraphFigure):
            grid = grid_of_communications(table.communications.value, figure, scope)
    elif table.values is not None:
        grid = grid_of_values(table.values.value, paper.data[table.values.value], scope)
    if grid is None:
        return None
    set_table = write_grid(grid)
    return TableView(
        id=set_table.id,
        titulo=set_table.title,
        titulo_corto=set_table.short_title,
        cuerpo=set_table.body,
        nota=set_table.note,
        letra=set_table.type_command,
        separacion=set_table.gap,
        larga=set_table.long,
        apaisada=set_table.landscape,
    )

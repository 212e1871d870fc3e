"""Tables written by hand, communications of graphs, values of data files -> grids -> LaTeX built with PyLaTeX."""

from imprenta.tables.grid import Grid, GridColumn, GridRow
from imprenta.tables.latex import TableTex, write_grid
from imprenta.tables.tabulate import grid_of_communications, grid_of_table, grid_of_values

__all__ = [
    "Grid",
    "GridColumn",
    "GridRow",
    "TableTex",
    "grid_of_communications",
    "grid_of_table",
    "grid_of_values",
    "write_grid",
]

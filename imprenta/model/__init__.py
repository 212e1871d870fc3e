"""The report as data: frozen models that validate it, tell what they hold, and describe it to editors."""

from imprenta.model.blocks import (
    BLOCKS,
    ORIGIN_FOLDERS,
    AnyBlock,
    Block,
    FigureBlock,
    GeneratedTable,
    Origin,
    Owing,
    SubsectionBlock,
    TableBlock,
    Target,
    TextBlock,
)
from imprenta.model.data import DataFile, Numeric, Quantity
from imprenta.model.figure import (
    AnyFigure,
    Figure,
    GraphEdge,
    GraphFigure,
    GraphNode,
    Group,
    ImageFigure,
    PlotFigure,
    TrafficClass,
)
from imprenta.model.meaning import Holder, PlacedText
from imprenta.model.part import ID_PATTERN, Part, PlacedDict
from imprenta.model.report import Author, Report, Section
from imprenta.model.table import ROWS, AnyRow, CellRow, Column, GroupRow, RepeatedRow, Table
from imprenta.model.text import Text

__all__ = [
    "BLOCKS",
    "ID_PATTERN",
    "ORIGIN_FOLDERS",
    "ROWS",
    "AnyBlock",
    "AnyFigure",
    "AnyRow",
    "Author",
    "Block",
    "CellRow",
    "Column",
    "DataFile",
    "Figure",
    "FigureBlock",
    "GeneratedTable",
    "GraphEdge",
    "GraphFigure",
    "GraphNode",
    "Group",
    "GroupRow",
    "Holder",
    "ImageFigure",
    "Numeric",
    "Origin",
    "Owing",
    "Part",
    "PlacedDict",
    "PlacedText",
    "PlotFigure",
    "Quantity",
    "RepeatedRow",
    "Report",
    "Section",
    "SubsectionBlock",
    "Table",
    "TableBlock",
    "Target",
    "Text",
    "TextBlock",
    "TrafficClass",
]

"""The report as data: frozen models that validate it, tell what they hold, and describe it to editors."""

from imprenta.model.block import ORIGIN_FOLDERS, Block, Origin, Owing, Placing, Target
from imprenta.model.blocks import BLOCKS, AnyBlock, FigureBlock, GeneratedTable, SubsectionBlock, TableBlock, TextBlock
from imprenta.model.cover import Author
from imprenta.model.data import DataFile, Numeric, Quantity
from imprenta.model.figure import (
    AnyFigure,
    Figure,
    Gallery,
    GalleryFigure,
    Graph,
    GraphEdge,
    GraphFigure,
    GraphNode,
    Group,
    Image,
    ImageFigure,
    Plot,
    PlotFigure,
    TrafficClass,
)
from imprenta.model.listings import CodeBlock, CodeFileBlock, Listing
from imprenta.model.meaning import Holder, PlacedText
from imprenta.model.own_figures import OwnFigure
from imprenta.model.part import ID_PATTERN, Part, PlacedDict
from imprenta.model.report import Report, Section
from imprenta.model.table import Table
from imprenta.model.table_parts import (
    COLUMNS,
    ROWS,
    AnyRow,
    CellRow,
    Column,
    ColumnGroup,
    GroupRow,
    MergedCell,
    RepeatedRow,
)
from imprenta.model.text import Text

__all__ = [
    "BLOCKS",
    "COLUMNS",
    "ID_PATTERN",
    "ORIGIN_FOLDERS",
    "ROWS",
    "AnyBlock",
    "AnyFigure",
    "AnyRow",
    "Author",
    "Block",
    "CellRow",
    "CodeBlock",
    "CodeFileBlock",
    "Column",
    "ColumnGroup",
    "DataFile",
    "Figure",
    "FigureBlock",
    "Gallery",
    "GalleryFigure",
    "GeneratedTable",
    "Graph",
    "GraphEdge",
    "GraphFigure",
    "GraphNode",
    "Group",
    "GroupRow",
    "Holder",
    "Image",
    "ImageFigure",
    "Listing",
    "MergedCell",
    "Numeric",
    "Origin",
    "Owing",
    "OwnFigure",
    "Part",
    "PlacedDict",
    "PlacedText",
    "Placing",
    "Plot",
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

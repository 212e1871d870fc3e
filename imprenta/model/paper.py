"""Paper: everything that the author wrote, loaded; and a walk over all its texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from imprenta.model.figure import AnyFigure, GraphFigure, ImageFigure, PlotFigure
from imprenta.model.report import (
    Block,
    FigureBlock,
    GroupRow,
    RepeatedRow,
    Report,
    Section,
    SubsectionBlock,
    Table,
    TableBlock,
    TextBlock,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from imprenta.model.data import DataFile
    from imprenta.model.rubric import Rubric
    from imprenta.model.text import Text

BIBLIOGRAPHY_PATH = "references.bib"


@dataclass(frozen=True, slots=True)
class Paper:
    """The loaded report: its parts by id, which is the name of their file without its ending."""

    report: Report
    sections: Mapping[str, Section] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, AnyFigure] = field(default_factory=dict)
    data: Mapping[str, DataFile] = field(default_factory=dict)
    rubric: Rubric | None = None

    def ordered_sections(self) -> list[tuple[str, Section]]:
        """Return the sections that are there, in the order of the report."""
        return [(i.value, self.sections[i.value]) for i in self.report.sections if i.value in self.sections]


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text of the author's with the role it plays.

    `variables` are the names that its expressions may use besides the quantities, each with its values.
    """

    text: Text
    role: Literal["block", "cell", "line", "plain"]
    answer: bool = False
    variables: Mapping[str, list[Decimal]] = field(default_factory=dict)


def walk_blocks(blocks: list[Block]) -> Iterator[Block]:
    """Yield every block, those inside subsections too, in the order of the page."""
    for block in blocks:
        yield block
        if isinstance(block, SubsectionBlock):
            yield from walk_blocks(block.content)


def walk_texts(paper: Paper) -> Iterator[PlacedText]:
    """Yield every text that is set as Markdown, in the order of files: cover, sections, tables, figures, data."""
    report = paper.report
    for text in (report.title, report.subtitle, report.kind, report.course, report.topic, report.institution):
        if text is not None:
            yield PlacedText(text, "line")
    for text in (report.abstract_spanish, report.abstract_english):
        if text is not None:
            yield PlacedText(text, "block")
    for _, section in paper.ordered_sections():
        yield PlacedText(section.title, "line")
        if section.statement is not None:
            yield PlacedText(section.statement, "block")
        for block in walk_blocks(section.blocks):
            if isinstance(block, TextBlock):
                yield PlacedText(block.text, "block", answer=section.answer is not None)
            elif isinstance(block, SubsectionBlock):
                yield PlacedText(block.title, "line")
    for table in paper.tables.values():
        yield from _walk_table(table)
    for figure in paper.figures.values():
        yield from _walk_figure(figure)
    for file in paper.data.values():
        yield PlacedText(file.title, "line")
        if file.note is not None:
            yield PlacedText(file.note, "line")
        for quantity in file.quantities.values():
            for text in (quantity.concept, quantity.unit, quantity.assumption, quantity.note):
                if text is not None:
                    yield PlacedText(text, "line")


def _walk_table(table: Table) -> Iterator[PlacedText]:
    yield PlacedText(table.title, "line")
    for column in table.columns:
        yield PlacedText(column.title, "line")
    for row in table.rows:
        if isinstance(row, GroupRow):
            yield PlacedText(row.group, "line")
        elif isinstance(row, RepeatedRow):
            for cell in row.cells:
                yield PlacedText(cell, "cell", variables=row.variables)
        else:
            for cell in row:
                yield PlacedText(cell, "cell")
    if table.note is not None:
        yield PlacedText(table.note, "line")


def _walk_figure(figure: AnyFigure) -> Iterator[PlacedText]:
    yield PlacedText(figure.caption, "line")
    if isinstance(figure, PlotFigure | ImageFigure):
        yield PlacedText(figure.alternative, "plain")
        return
    if figure.description is not None:
        yield PlacedText(figure.description, "plain")
    titles = [part.title for part in figure.classes.values()] + [part.title for part in figure.groups.values()]
    for title in titles + [part.title for part in figure.nodes.values()]:
        yield PlacedText(title, "plain")
    for edge in figure.edges:
        for text in (edge.protocol, edge.port, edge.encryption, edge.description):
            if text is not None:
                yield PlacedText(text, "line")


def walk_citation_lists(paper: Paper) -> Iterator[Text]:
    """Yield every key in a list `citas`."""
    for table in paper.tables.values():
        yield from table.citations
    for figure in paper.figures.values():
        yield from figure.citations
        if isinstance(figure, GraphFigure):
            for edge in figure.edges:
                yield from edge.citations
    for file in paper.data.values():
        for quantity in file.quantities.values():
            yield from quantity.citations


def walk_placed(paper: Paper) -> Iterator[FigureBlock | TableBlock]:
    """Yield the blocks that place a figure or a table, in the order of the page."""
    for _, section in paper.ordered_sections():
        for block in walk_blocks(section.blocks):
            if isinstance(block, FigureBlock | TableBlock):
                yield block

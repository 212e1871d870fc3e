"""Paper: everything that the author wrote, loaded; and walks over all that its models hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from imprenta.model.block import Block, Placing
from imprenta.model.blocks import FigureBlock, GeneratedTable, TableBlock
from imprenta.model.figure import AnyFigure, Gallery
from imprenta.model.meaning import Names, Unprinted
from imprenta.model.once import once
from imprenta.model.own_figures import AnyOwnFigure, gallery_targets
from imprenta.model.report import names_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from imprenta.model.block import Target
    from imprenta.model.csv_file import CsvFile
    from imprenta.model.data import DataFile
    from imprenta.model.meaning import Holder, PlacedText
    from imprenta.model.measurements import Measurements
    from imprenta.model.report import Report, Section
    from imprenta.model.rubric import Rubric
    from imprenta.model.table import Table
    from imprenta.model.text import Text
    from imprenta.problems import Span

BIBLIOGRAPHY_PATH = "references.bib"


@dataclass(frozen=True)
class Paper:
    """The loaded report: its parts by id, which is the name of their file without its ending."""

    report: Report
    sections: Mapping[str, Section] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, AnyFigure] = field(default_factory=dict)
    data: Mapping[str, DataFile] = field(default_factory=dict)
    rubric: Rubric | None = None
    csv_files: Mapping[str, CsvFile] = field(default_factory=dict)
    """The files of measurements that the others name, by their names."""
    sources: Mapping[str, Text] = field(default_factory=dict)
    """The files that listings show, by their paths below the root."""
    included: Mapping[str, Span] = field(default_factory=dict)
    """The files of elsewhere, by their paths from the root, each with where it is named first."""
    parts_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The files that sections include blocks of, by the names of those that do."""
    measurements: Measurements | None = None
    """The author's own measurements, which are sources that texts cite."""
    hidden: frozenset[str] = frozenset()
    """The tags whose parts are left out."""
    complete: Paper | None = field(default=None, repr=False)
    """The same with all of its parts, if some are left out."""

    def ordered_sections(self) -> list[tuple[str, Section]]:
        """Return the sections that are there, appendices too, in the order of the report."""
        return [(id.value, self.sections[id.value]) for id in self.report.order if id.value in self.sections]

    def ordered_parts(self) -> list[tuple[Literal["seccion", "anexo"], str, Section]]:
        """Return the sections and appendices that are there, in order, each with what it is and its name."""
        sections, appendices = (names_among(ids) for ids in (self.report.sections, self.report.appendices))
        lettered = {id.value for id in appendices} - {id.value for id in sections}
        return [("anexo" if id in lettered else "seccion", id, part) for id, part in self.ordered_sections()]

    @property
    def has_unnumbered(self) -> bool:
        """Tell whether some section has no number."""
        return not all(section.numbered for _, section in self.ordered_sections())

    def printed_files(self) -> Iterator[Holder]:
        """Yield the models of the files that are printed: cover, sections, tables, figures, data, measurements."""
        yield self.report
        yield from (section for _, section in self.ordered_sections())
        yield from self.tables.values()
        yield from self.figures.values()
        yield from self.data.values()
        if self.measurements is not None:
            yield self.measurements

    @cached_property
    def every_figure(self) -> Mapping[str, AnyFigure]:
        """Return the figures of files and those that are written in sections, by what their drawings are called."""
        return {**self.figures, **{block.name: block for block in self.blocks if isinstance(block, AnyOwnFigure)}}

    @cached_property
    def placed_figures(self) -> Mapping[str, AnyFigure]:
        """Return the figures that sections place and that are there, in the order of the page."""
        placed: dict[str, AnyFigure] = {}
        for block in self.blocks:
            if isinstance(block, AnyOwnFigure):
                placed[block.name] = block
            elif isinstance(block, FigureBlock) and block.figure.value in self.figures:
                placed[block.figure.value] = self.figures[block.figure.value]
        return placed

    @cached_property
    def tabulated_graphs(self) -> frozenset[str]:
        """Return the graphs that have a table of communications, whose numbers their drawings show."""
        tables = (block.table for block in self.blocks if isinstance(block, TableBlock))
        named = (table.communications for table in tables if isinstance(table, GeneratedTable))
        return frozenset(name.value for name in named if name is not None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return every block of the sections, in the order of the page."""
        return tuple(walk_blocks(section for _, section in self.ordered_sections()))

    @cached_property
    def texts(self) -> tuple[PlacedText, ...]:
        """Return every text that is printed: on paper, in a drawing, or as what is heard instead of one."""
        return tuple(placed for file in self.printed_files() for placed in texts_of(file))


@once
def texts_of(file: Holder) -> tuple[PlacedText, ...]:
    """Return every text that the model of a file prints, those of what is inside it too."""
    return tuple(placed for holder in walk_holders([file]) for placed in holder.texts())


@once
def words_of(file: Holder) -> tuple[PlacedText, ...]:
    """Return every text in words that the model of a file prints: all but formulas."""
    return tuple(placed for placed in texts_of(file) if placed.printed.is_words)


@once
def reasons_of(file: Holder) -> tuple[Text, ...]:
    """Return the author's reasons for a missing source that a file gives, which are printed nowhere."""
    meant = (found for holder in walk_holders([file]) for found in holder.meant())
    return tuple(text for meaning, text in meant if meaning == Unprinted("reason"))


@once
def names_in(file: Holder) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Return the names that a file gives in keys of their own: a kind, with those that one model gives of it."""
    found: list[tuple[str, tuple[Text, ...]]] = []
    for holder in walk_holders([file]):
        named: dict[str, list[Text]] = {}
        for meaning, text in holder.meant():
            if isinstance(meaning, Names):
                named.setdefault(meaning.kind, []).append(text)
        found += [(kind, tuple(texts)) for kind, texts in named.items()]
    return tuple(found)


def walk_holders(holders: Iterable[Holder]) -> Iterator[Holder]:
    """Yield these models and all that they hold, each before what is inside it."""
    for holder in holders:
        yield holder
        yield from walk_holders(holder.children())


def walk_blocks(holders: Iterable[Holder]) -> Iterator[Block]:
    """Yield every block among these models, those inside others too, in the order of the page."""
    return (holder for holder in walk_holders(holders) if isinstance(holder, Block))


def walk_texts(paper: Paper) -> Iterator[PlacedText]:
    """Yield every text that is printed: on paper, in a drawing, or as what is heard instead of one."""
    return iter(paper.texts)


def names_of(holder: Holder, kind: str) -> list[Text]:
    """Return the names of one kind that a model gives in keys of its own."""
    return [text for meaning, text in holder.meant() if isinstance(meaning, Names) and meaning.kind == kind]


def walk_names(holders: Iterable[Holder], kind: str) -> Iterator[Text]:
    """Yield the names of one kind that these models give in keys of their own."""
    for holder in holders:
        yield from names_of(holder, kind)


def walk_numbered(paper: Paper) -> Iterator[Target]:
    """Yield all that the report places and numbers, with the named subsections, in the order of the page."""
    for holder in walk_holders(section for _, section in paper.ordered_sections()):
        if isinstance(holder, Placing):
            for target in holder.targets():
                yield target
                if isinstance(figure := _figure_of(target, paper), Gallery):
                    yield from gallery_targets(figure)


def _figure_of(target: Target, paper: Paper) -> AnyFigure | None:
    """Return the figure in a file of its own that a target places."""
    return paper.figures.get(target.id) if target.origin is not None and target.origin.kind == "figura" else None


def walk_targets(paper: Paper) -> Iterator[Target]:
    """Yield what the report places and texts may refer to, but for whole sections, in the order of the page."""
    return (target for target in walk_numbered(paper) if target.id)

"""A Demand's place -> the part of the report where it holds, with all that stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.check.wording import bold_passages, fold, names_term, plain_words
from imprenta.markup import read_text
from imprenta.model import (
    FigureBlock,
    GeneratedTable,
    GraphFigure,
    GroupRow,
    RepeatedRow,
    SubsectionBlock,
    TableBlock,
    Text,
    TextBlock,
)
from imprenta.model.paper import walk_blocks
from imprenta.problems import Span, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import AnyFigure, Block, Table
    from imprenta.model.paper import Paper
    from imprenta.model.rubric import Demand


@dataclass(slots=True)
class Scope:
    """A part of the report: its headings, texts, tables and figures; `name` and `place` tell where it is.

    `whole` is False when something that it places could not be loaded: what is missing there is not the author's
    last word. `absent` says in Spanish why there is no such part.
    """

    name: str
    place: Span
    headings: list[Text] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    subsections: list[SubsectionBlock] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    table_count: int = 0
    figures: list[AnyFigure] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    whole: bool = True
    absent: str = ""

    def add(self, blocks: list[Block], paper: Paper) -> Scope:
        """Take in blocks, with those of their subsections."""
        for block in walk_blocks(blocks):
            if isinstance(block, TextBlock):
                self.texts.append(block.text)
            elif isinstance(block, SubsectionBlock):
                self.headings.append(block.title)
                self.subsections.append(block)
            elif isinstance(block, FigureBlock):
                self._add_figure(block.figure.value, paper)
            elif isinstance(block, TableBlock):
                self._add_table(block, paper)
        return self

    def _add_figure(self, id: str, paper: Paper) -> None:
        if id in paper.figures:
            self.figures.append(paper.figures[id])
        else:
            self.whole = False

    def _add_table(self, block: TableBlock, paper: Paper) -> None:
        self.table_count += 1
        table = block.table
        if not isinstance(table, GeneratedTable):
            if table.value in paper.tables:
                self.tables.append(paper.tables[table.value])
            else:
                self.whole = False
        elif table.values is not None:
            self.values.append(table.values.value)

    def treats(self, term: str) -> bool:
        """Tell whether a heading, a passage in bold, or the criterion of a table's row names the term."""
        if any(names_term(plain_words(heading), term) for heading in self.headings):
            return True
        if any(names_term(passage, term) for text in self.texts for passage in bold_passages(text)):
            return True
        return any(table_treats(table, term) for table in self.tables)

    def mentions(self, term: str) -> bool:
        """Tell whether anything that is printed here names the term."""
        return any(names_term(plain_words(text), term) for text in self._printed())

    def _printed(self) -> Iterator[Text]:
        yield from self.headings
        yield from self.texts
        for table in self.tables:
            yield table.title
            yield from (column.title for column in table.columns)
            for row in table.rows:
                yield from cells_of(row)
        for figure in self.figures:
            yield figure.caption
            if isinstance(figure, GraphFigure):
                yield from (node.title for node in figure.nodes.values())

    def cited_keys(self, paper: Paper) -> set[str]:
        """Return the keys that are cited here, in texts, tables, figures and tables of values."""
        keys = {text.value for table in self.tables for text in table.citations}
        notes = [table.note for table in self.tables if table.note is not None]
        for text in [*self._printed(), *notes]:
            parsed = read_text(text)
            keys.update(citation.key for citation in parsed.citations)
            for mention in parsed.source_mentions:
                for name in mention.names:
                    keys.update(_keys_of_value(name.strip(), paper))
        for figure in self.figures:
            keys.update(text.value for text in figure.citations)
            for edge in figure.edges if isinstance(figure, GraphFigure) else []:
                keys.update(text.value for text in edge.citations)
        for id in self.values:
            for quantity in paper.data[id].quantities.values() if id in paper.data else []:
                keys.update(text.value for text in quantity.citations)
        return keys


def _keys_of_value(name: str, paper: Paper) -> set[str]:
    file, _, last = name.rpartition(".")
    quantity = paper.data[file].quantities.get(last) if file in paper.data else None
    return {text.value for text in quantity.citations} if quantity is not None else set()


def cells_of(row: GroupRow | RepeatedRow | list[Text]) -> list[Text]:
    """Return the cells of a row; the label of a group is one."""
    if isinstance(row, GroupRow):
        return [row.group]
    return row.cells if isinstance(row, RepeatedRow) else row


def says_something(cell: Text) -> bool:
    """Tell whether a cell has any word or number: a dash has none."""
    return fold(plain_words(cell)) not in {(), ("no", "aplica"), ("no", "procede"), ("n", "a")}


def table_treats(table: Table, term: str) -> bool:
    """Tell whether a row that says something has the term in its first cell or in the label of its group."""
    in_group = False
    for row in table.rows:
        cells = cells_of(row)
        if isinstance(row, GroupRow):
            in_group = names_term(plain_words(row.group), term)
        elif (in_group or (cells and names_term(plain_words(cells[0]), term))) and any(map(says_something, cells[1:])):
            return True
    return False


def find_scope(demand: Demand, paper: Paper) -> Scope:
    """Return the part of the report where a demand holds."""
    order = paper.report.sections
    report_place = order[0].span() if order else paper.report.title.span()
    loaded = len(paper.ordered_sections()) == len(order)
    if demand.part is not None:
        text = paper.report.abstract_spanish if demand.part == "resumen" else paper.report.abstract_english
        scope = Scope(demand.part, text.span() if text is not None else paper.report.title.span())
        if text is None:
            scope.absent = f"el informe no tiene {demand.part}"
        else:
            scope.texts.append(text)
        return scope
    if demand.activity is not None:
        return _find_activity(demand.activity, paper, Scope(f"actividad {demand.activity}", report_place, whole=loaded))
    if demand.section is not None:
        return _find_section(demand.section, paper, Scope(f"«{demand.section.value}»", report_place, whole=loaded))
    scope = Scope("todo el informe", paper.report.title.span(), whole=loaded)
    scope.texts += [text for text in (paper.report.abstract_spanish, paper.report.abstract_english) if text is not None]
    for _, section in paper.ordered_sections():
        scope.headings.append(section.title)
        scope.add(section.blocks, paper)
    return scope


def _find_activity(number: int, paper: Paper, scope: Scope) -> Scope:
    answers = [section for _, section in paper.ordered_sections() if section.answer is not None]
    if number > len(answers):
        count = len(answers)
        scope.absent = f"el informe responde a {count} {'actividad' if count == 1 else 'actividades'}"
        return scope
    section = answers[number - 1]
    scope.place = section.title.span()
    return scope.add(section.blocks, paper)


def _find_section(id: Text, paper: Paper, scope: Scope) -> Scope:
    known: dict[str, tuple[Text, list[Block]]] = {}
    for name, section in paper.ordered_sections():
        known[name] = (section.title, section.blocks)
        for block in walk_blocks(section.blocks):
            if isinstance(block, SubsectionBlock) and block.id is not None:
                known.setdefault(block.id.value, (block.title, block.content))
    if id.value not in known:
        near = nearest(id.value, known)
        scope.absent = f"no hay ninguna sección «{id.value}»" + (f" (¿«{near}»?)" if near else "")
        return scope
    title, blocks = known[id.value]
    scope.name, scope.place, scope.whole = f"«{plain_words(title)}»", title.span(), True
    return scope.add(blocks, paper)

"""A Demand's place -> the part of the report where it holds, with all that stands there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.calculate import FormulaError, Numbers, sources_of
from imprenta.check.wording import bold_passages, names_term, plain_words, says_something
from imprenta.markup import read_text
from imprenta.model import Block, SubsectionBlock
from imprenta.model.own_figures import AnyOwnFigure
from imprenta.model.paper import walk_blocks, walk_holders, walk_names
from imprenta.problems import Span, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.model import AnyBlock, AnyFigure, DataFile, Holder, Origin, Table, Text
    from imprenta.model.paper import Paper
    from imprenta.model.rubric import Demand


@dataclass(slots=True)
class Extent:
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
    values: list[DataFile] = field(default_factory=list)
    whole: bool = True
    absent: str = ""

    def add(self, blocks: Iterable[AnyBlock], paper: Paper) -> Extent:
        """Take in blocks, with those of their subsections."""
        for holder in walk_holders(blocks):
            for placed in (placed for placed in holder.texts() if placed.printed.is_words):
                (self.headings if placed.role == "heading" else self.texts).append(placed.text)
            if isinstance(holder, SubsectionBlock):
                self.subsections.append(holder)
            if isinstance(holder, AnyOwnFigure):
                self.figures.append(holder)
            for target in holder.targets() if isinstance(holder, Block) else ():
                self.table_count += target.kind == "tabla"
                if target.origin is not None:
                    self._add_placed(target.origin, paper)
        return self

    def _add_placed(self, origin: Origin, paper: Paper) -> None:
        """Take in what a block places; a graph that is only tabulated is no figure here."""
        id = origin.name.value
        if origin.kind == "figura" and id in paper.figures:
            self.figures.append(paper.figures[id])
        elif origin.kind == "tabla" and id in paper.tables:
            self.tables.append(paper.tables[id])
        elif origin.kind == "datos" and id in paper.data:
            self.values.append(paper.data[id])
        elif origin.kind in ("figura", "tabla"):
            self.whole = False

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
        """Yield what is read here: of a figure, its caption and what is drawn, not its table of communications."""
        yield from self.headings
        yield from self.texts
        for holder in walk_holders(self.tables):
            yield from (placed.text for placed in holder.texts())
        for holder in walk_holders(self.figures):
            yield from (placed.text for placed in holder.texts() if placed.role in ("line", "bare"))

    def cited_keys(self, paper: Paper) -> set[str]:
        """Return the keys that are cited here, in texts, tables, figures and tables of values."""
        placed: list[Holder] = [*self.tables, *self.figures, *self.values]
        keys = {text.value for text in walk_names(walk_holders(placed), "cita")}
        numbers = Numbers({id: file.quantities for id, file in paper.data.items()})
        for text in self._printed():
            parsed = read_text(text)
            keys.update(citation.key for citation in parsed.citations)
            for mention in parsed.source_mentions:
                with suppress(FormulaError):  # a name that means no value is told where it stands
                    keys.update(sources_of(mention.names, numbers))
        return keys


def table_treats(table: Table, term: str) -> bool:
    """Tell whether a row that says something has the term in its first cell or in the label of its group."""
    in_group = False
    for row in table.rows:
        cells = row.cells
        if row.label is not None:
            in_group = names_term(plain_words(row.label), term)
        elif (in_group or (cells and names_term(plain_words(cells[0]), term))) and any(map(says_something, cells[1:])):
            return True
    return False


def find_scope(demand: Demand, paper: Paper) -> Extent:
    """Return the part of the report where a demand holds."""
    order = paper.report.order
    report_place = order[0].span() if order else paper.report.title.span()
    loaded = len(paper.ordered_sections()) == len(order)
    if demand.part is not None:
        text = paper.report.abstract_spanish if demand.part == "resumen" else paper.report.abstract_english
        scope = Extent(demand.part, text.span() if text is not None else paper.report.title.span())
        if text is None:
            scope.absent = f"el informe no tiene {demand.part}"
        else:
            scope.texts.append(text)
        return scope
    if demand.activity is not None:
        return _find_activity(
            demand.activity, paper, Extent(f"actividad {demand.activity}", report_place, whole=loaded)
        )
    if demand.section is not None:
        return _find_section(demand.section, paper, Extent(f"«{demand.section.value}»", report_place, whole=loaded))
    scope = Extent("todo el informe", paper.report.title.span(), whole=loaded)
    scope.texts += [text for text in (paper.report.abstract_spanish, paper.report.abstract_english) if text is not None]
    for _, section in paper.ordered_sections():
        scope.headings.append(section.title)
        scope.add(section.blocks, paper)
    return scope


def _find_activity(number: int, paper: Paper, scope: Extent) -> Extent:
    answers = [section for _, section in paper.ordered_sections() if section.answer is not None]
    if number > len(answers):
        count = len(answers)
        scope.absent = f"el informe responde a {count} {'actividad' if count == 1 else 'actividades'}"
        return scope
    section = answers[number - 1]
    scope.place = section.title.span()
    return scope.add(section.blocks, paper)


def _find_section(id: Text, paper: Paper, scope: Extent) -> Extent:
    known: dict[str, tuple[Text, list[AnyBlock]]] = {}
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

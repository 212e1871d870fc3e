"""A paper, and what is asked for -> the paper that is printed: without the parts whose tags are not shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model import TableBlock, Text
from imprenta.model.paper import names_in
from imprenta.model.report import SECTION_LISTS, names_among
from imprenta.model.tags import has_tag_of, leave_out
from imprenta.problems import CannotContinue, guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imprenta.cache import Cache
    from imprenta.model import Report, Section, Table
    from imprenta.model.paper import Paper
    from imprenta.model.table_parts import AnyRow
    from imprenta.model.tags import Tagged
    from imprenta.tag_choice import TagChoice

USAGE = 2


def show_parts(paper: Paper, choice: TagChoice, cache: Cache) -> Paper:
    """Return the paper that is printed; models of files without such parts are the same objects.

    Raises CannotContinue if a tag is asked for that the report does not have, or if nothing is left.
    """
    tags = paper.report.tags
    for tag in (*choice.shown, *choice.hidden):
        if tag not in tags:
            hint = guess_hint(tag, tags, what="hay") or "las etiquetas están en «etiquetas» de paper/informe.yaml"
            raise CannotContinue(f"el informe no tiene ninguna etiqueta «{tag}»", hint=hint, status=USAGE)
    hidden = choice.hidden_of(tags)
    if not hidden:
        return paper
    tables = _show_tables(paper.tables, hidden, cache)
    no_tables = frozenset(paper.tables.keys() - tables.keys())
    sections: dict[str, Section] = {}
    for name, section in paper.sections.items():
        left: Section | None = section
        if any(kind == "etiqueta" or _is_one_of(no_tables, texts) for kind, texts in names_in(section)):
            make = partial(leave_out, section, partial(_is_left_out, hidden, no_tables))
            left = cache.in_process("shown sections", (section, hidden, no_tables), make, name)
        if left is not None:
            sections[name] = left
    gone = frozenset(paper.sections.keys() - sections.keys())
    report = paper.report
    if gone:
        report = cache.in_process("shown report", (report, gone), partial(_without, report, gone))
    if not report.sections:
        hint = f"no se muestra: {', '.join(sorted(hidden))}"
        raise CannotContinue("no queda ninguna sección que imprimir", hint=hint, status=1)
    return replace(paper, report=report, sections=sections, tables=tables, hidden=hidden, complete=paper)


def _show_tables(tables: Mapping[str, Table], hidden: frozenset[str], cache: Cache) -> dict[str, Table]:
    """Return the tables of which something is left, without the rows that are not shown."""
    shown: dict[str, Table] = {}
    for name, table in tables.items():
        left: Table | None = table
        if any(row.tags for row in table.rows):
            left = cache.in_process("shown tables", (table, hidden), partial(_leave_out_rows, table, hidden), name)
        if left is not None:
            shown[name] = left
    return shown


def _leave_out_rows(table: Table, hidden: frozenset[str]) -> Table | None:
    """Return a table without what is not shown: a row, or a group with all of its rows; None if no row is left."""
    groups: list[list[AnyRow]] = [[]]
    for row in table.rows:
        if row.label is not None:
            groups.append([])
        groups[-1].append(row)
    rows: list[AnyRow] = []
    for group in groups:
        if group and group[0].label is not None and has_tag_of(group[0].tags, hidden):
            continue
        left = [row for row in group if not has_tag_of(row.tags, hidden)]
        rows += left if len(left) == len(group) or any(row.label is None for row in left) else []
    return table.model_copy(update={"rows": rows}) if any(row.label is None for row in rows) else None


def _is_left_out(hidden: frozenset[str], no_tables: frozenset[str], part: Tagged) -> bool:
    """Tell whether a part has a tag that is not shown, or places a table of which nothing is left."""
    placed = part.table if isinstance(part, TableBlock) else None
    return has_tag_of(part.tags, hidden) or (isinstance(placed, Text) and placed.value in no_tables)


def _is_one_of(names: frozenset[str], texts: Iterable[Text]) -> bool:
    return any(text.value in names for text in texts)


def _without(report: Report, gone: frozenset[str]) -> Report:
    """Return a report that does not name some sections."""
    left = {
        name: [text for text in names_among(getattr(report, name)) if text.value not in gone] for name in SECTION_LISTS
    }
    return report.model_copy(update=left)

"""A Paper -> what an answer states without a source, and the waivers that are void.

The rules stand in docs/guia/comprobaciones.md, «Lo que lleva fuente».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.check.wording import SAYS_NOTHING, fold, plain_words
from imprenta.markup import read_line, read_text
from imprenta.model.own_figures import AnyOwnFigure
from imprenta.model.paper import walk_blocks
from imprenta.problems import Problem, Severity, guess_hint, has_errors

if TYPE_CHECKING:
    from imprenta.markup import Paragraph
    from imprenta.model import AnyFigure, Block, Owing, Table, Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Span

UNIT_WORDS = 3
"""A computed number, or a mention of another part, may go with this many words without being a statement."""

REASON_WORDS, REASON_LETTERS = 2, 8
"""The least that a written reason has."""

OUTSIDE = "lo que no está en una respuesta no debe fuentes: la dispensa sobra"

_MARKS = re.compile(r"\{[^{}]*\}")


def check_obligations(paper: Paper) -> list[Problem]:
    """Return the paragraphs, cells and edges of answers that have no source, and the void waivers."""
    tables: dict[str, bool] = {}
    figures: dict[str, bool] = {}
    problems: list[Problem] = []
    for _, section in paper.ordered_sections():
        answer = section.answer is not None
        blocks = list(walk_blocks(section.blocks))
        for number, block in enumerate(blocks):
            for target in block.targets():
                if target.origin is not None:
                    placed = tables if target.origin.kind == "tabla" else figures
                    id = target.origin.name.value
                    placed[id] = placed.get(id, False) or answer
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if isinstance(block, AnyOwnFigure):
                problems += _check_statements(block, answer=answer)
            for owing in block.owing():
                problems += _check_text(owing, following, answer=answer)
    for id, answer in tables.items():
        if id in paper.tables:
            problems += _check_table(paper.tables[id], answer=answer)
    for id, answer in figures.items():
        if id in paper.figures:
            problems += _check_statements(paper.figures[id], answer=answer)
    return problems


def check_assumptions(paper: Paper) -> list[Problem]:
    """An assumption, the waiver of a value, gives its reason and waives something."""
    problems = []
    for file in paper.data.values():
        for name, quantity in file.quantities.items():
            if quantity.assumption is None:
                continue
            if not _is_reason(quantity.assumption):
                problems.append(_without_reason(quantity.assumption))
            elif quantity.formula is not None:
                message = f"«{name}» sale de una fórmula, así que no necesita supuesto"
                problems.append(_idle(quantity.assumption, message, "la salvedad va en «nota»"))
    return problems


def _is_reason(text: Text) -> bool:
    words = fold(text.value)
    return len(words) >= REASON_WORDS and sum(map(len, words)) >= REASON_LETTERS


def _without_reason(text: Text) -> Problem:
    message = f"«{text.value.strip()}» no es una razón" if text.value.strip() else "la dispensa no da ninguna razón"
    return Problem("dispensa-sin-motivo", message, text.span(), "diga en una frase por qué no hay fuente")


def _idle(text: Text, message: str, hint: str = "quite la dispensa") -> Problem:
    return Problem("dispensa-sin-objeto", message, text.span(), hint, severity=Severity.WARNING)


def _judge_waiver(waiver: Text | None, missing: list[Problem], *, what: str, answer: bool) -> list[Problem]:
    """Return what is missing, or what is wrong with the waiver that excuses it."""
    if waiver is None:
        return missing
    if not _is_reason(waiver):
        return [_without_reason(waiver)]
    if missing:
        return []
    return [_idle(waiver, f"{what} no le falta ninguna fuente: la dispensa sobra" if answer else OUTSIDE)]


def _check_text(owing: Owing, following: Block | None, *, answer: bool) -> list[Problem]:
    parsed = read_text(owing.text)
    if has_errors(parsed.problems):  # a citation may be among what could not be read: first things first
        return []
    paragraphs = [paragraph for paragraph in parsed.paragraphs if paragraph.kind != "nota"]
    missing = []
    for number, paragraph in enumerate(paragraphs if answer else []):
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if paragraph.has_citation or _introduces(owing.text, paragraph, after, following):
            continue
        what = "el elemento de la lista" if paragraph.kind == "elemento" else "el párrafo"
        missing.append(
            Problem(
                "parrafo-sin-cita",
                f"{what} está en una respuesta y no cita nada",
                paragraph.place,
                "cite con [@clave] o con {fuentes: archivo.valor}; si no hay fuente, «sin_fuente:» con la razón",
            )
        )
    return _judge_waiver(owing.waiver, missing, what="al texto", answer=answer)


def _introduces(text: Text, paragraph: Paragraph, after: Paragraph | None, following: Block | None) -> bool:
    """Tell whether a paragraph ends in a colon and opens a list, a quotation, a figure or a table."""
    if not _ends_in_colon(text, paragraph.place):
        return False
    if after is None:
        return following is not None and following.shows
    if after.kind == "bloque":
        return paragraph.kind != "bloque"
    if after.kind != "elemento":
        return False
    # Inside a list, only what stands deeper is introduced; the next element is not.
    return paragraph.kind != "elemento" or after.place.column > paragraph.place.column


def _ends_in_colon(text: Text, place: Span) -> bool:
    end = 0
    for begin, line, column in text.pieces:
        if line == place.end_line and column < place.end_column:
            end = begin + place.end_column - column
    return text.value[:end].rstrip(" \t\n*_").endswith(":")


def _check_table(table: Table, *, answer: bool) -> list[Problem]:
    waivers = table.waivers
    missing = {} if table.citations or not answer else _unsourced_cells(table)
    if isinstance(waivers, dict):
        return _check_row_waivers(table, waivers, missing, answer=answer)
    problems = [_unsourced_cell(cell) for cells in missing.values() for cell in cells]
    if len(problems) > 1 and not _cites(table):
        message = f"ninguna de las {len(problems)} celdas que afirman algo tiene fuente"
        hint = "dé «citas: [clave]» a la tabla, o «sin_fuente:» con la razón"
        problems = [Problem("celda-sin-fuente", message, table.title.span(), hint, Severity.WARNING)]
    return _judge_waiver(waivers, problems, what="a la tabla", answer=answer)


def _check_row_waivers(
    table: Table, waivers: dict[str, Text], missing: dict[int, list[Text]], *, answer: bool
) -> list[Problem]:
    names = _row_names(table)
    excused: set[int] = set()
    problems: list[Problem] = []
    for name, reason in waivers.items():
        rows = [number for number, row in names.items() if fold(name) in map(fold, row)]
        excused.update(rows)
        if not _is_reason(reason):
            problems.append(_without_reason(reason))
        elif not rows:
            known = [row[0] for row in names.values()]
            message = f"ninguna fila se llama «{name}»: la dispensa sobra"
            problems.append(_idle(reason, message, guess_hint(name, known, what="hay")))
        elif not any(number in missing for number in rows):
            message = f"a la fila «{name}» no le falta ninguna fuente: la dispensa sobra"
            problems.append(_idle(reason, message if answer else OUTSIDE))
    return problems + [
        _unsourced_cell(cell) for number, cells in missing.items() if number not in excused for cell in cells
    ]


def _row_names(table: Table) -> dict[int, tuple[str, ...]]:
    """Return how a waiver may call each row: by its first cell, or by its group and its first cell."""
    names: dict[int, tuple[str, ...]] = {}
    group = ""
    for number, row in enumerate(table.rows):
        if row.label is not None:
            group = plain_words(row.label)
        elif row.cells:
            heading = plain_words(row.cells[0])
            names[number] = (heading, f"{group} / {heading}") if group else (heading,)
    return names


def _unsourced_cells(table: Table) -> dict[int, list[Text]]:
    """Return the cells that owe a source, by the number of their row."""
    found: dict[int, list[Text]] = {}
    for number, row in enumerate(table.rows):
        if any(_is_source(cell) for cell in row.cells[1:]):
            continue
        owing = [cell for cell in row.cells[1:] if _owes_source(cell)]
        if owing:
            found[number] = owing
    return found


def _has_citation(cell: Text) -> bool:
    parsed = read_line(cell)
    return bool(parsed.citations or parsed.source_mentions)


def _is_source(cell: Text) -> bool:
    """Tell whether a cell holds citations and nothing else: it is the source of its row."""
    return _has_citation(cell) and not fold(plain_words(cell))


def _owes_source(cell: Text) -> bool:
    if _has_citation(cell):
        return False
    words = fold(_MARKS.sub(" ", cell.value))
    parsed = read_line(cell)
    if has_errors(parsed.problems):
        return False
    if parsed.expressions or parsed.references:
        return len(words) > UNIT_WORDS
    return words not in SAYS_NOTHING


def _cites(table: Table) -> bool:
    return any(_has_citation(cell) for row in table.rows for cell in row.cells)


def _unsourced_cell(cell: Text) -> Problem:
    return Problem(
        "celda-sin-fuente",
        "la celda afirma algo y no cita nada",
        cell.span(),
        "cite en la celda, dé «citas» a la tabla, o «sin_fuente:» con la razón; un número propio va en {= …}",
        severity=Severity.WARNING,
    )


def _check_statements(figure: AnyFigure, *, answer: bool) -> list[Problem]:
    problems = []
    for statement in figure.statements():
        missing = []
        if answer and not statement.citations:
            hint = "dé «citas: [clave]» a la arista, o «sin_fuente:» con la razón"
            message = f"{statement.words} no tiene fuente"
            missing.append(Problem("arista-sin-fuente", message, statement.place, hint, severity=Severity.WARNING))
        problems += _judge_waiver(statement.waiver, missing, what="a la arista", answer=answer)
    return problems

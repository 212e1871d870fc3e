"""A Paper -> what stands idle, unfinished or out of date in its data: values, nodes, decimal marks, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.check.wording import fold, plain_words
from imprenta.markup import read_placed
from imprenta.model import Graph
from imprenta.model.dates import count_months
from imprenta.model.once import once
from imprenta.model.paper import names_in, reasons_of, texts_of, walk_texts, words_of
from imprenta.problems import Problem, Severity
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import DataFile, GraphEdge, Holder, Table, Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Span

_NAMES = re.compile(r"(?:([a-z0-9]+(?:-[a-z0-9]+)*)\s*\.\s*)?\b([a-z_][a-z0-9_]*)")
_CODE = re.compile(r"<!--.*?-->|(`+)(?:(?!\1).)+\1|\{[^{}]*\}|https?://\S+", re.DOTALL)
_PROVISIONAL = re.compile(
    r"\b(?:TODO|FIXME|XXX+|TBD|POR HACER|PENDIENTE)\b|(?i:\blorem\s+ipsum\b)|\?\?\?+"
    r"|(?i:\[(?:completar|pendiente|falta|citar|cita requerida|por hacer)\b[^\[\]]*\](?!\())"
)
UsedName = tuple[str | None, str]
"""A file of data and a name in it; the file is None for a bare name in a text."""
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")

_COMMA = r"\d{1,3}(?:\.\d{3})+,\d+"
_POINT = r"\d{1,3}(?:,\d{3})+\.\d+"
_MIXED = re.compile(rf"(?<![\w.,])(?:({_COMMA})|({_POINT}))(?![\w])(?![.,]\d)")
# In a column of numbers three digits after a mark may be thousands: they tell nothing.
_CELL = re.compile(
    rf"[^\w{{}}]*(?:(\d+,(?:\d{{1,2}}|\d{{4,}})|{_COMMA})|(\d+\.(?:\d{{1,2}}|\d{{4,}})|{_POINT}))\W*[^\W\d]{{0,12}}\W*"
)

_AS_OF = re.compile(
    r"\ba\s+fecha\s+de\s+(?:(\d{4})-(\d\d)(?:-\d\d)?|(?:(?:\d{1,2}\s+de\s+)?([a-zé]+)\s+de\s+)?(\d{4}))\b",
    re.IGNORECASE,
)


def check_unused_values(paper: Paper) -> list[Problem]:
    """Every value is used: in a text, in a formula, in a plot, or in a table of values."""
    named = (found for file in paper.printed_files() for found in names_in(file))
    whole = {text.value for kind, texts in named if kind == "datos" for text in texts}
    formulas = (_used_in_formulas(data, id) for id, data in paper.data.items())
    used: set[UsedName] = set().union(*map(_used_in_texts, paper.printed_files()), *formulas)
    problems = []
    for file, data in paper.data.items():
        for name, quantity in data.quantities.items():
            if file in whole or (file, name) in used or (None, name) in used:
                continue
            message = f"nada usa el valor «{name}»"
            hint = f"úselo con {{= {file}.{name}}}, muestre el archivo con «tabla: {{valores: {file}}}», o bórrelo"
            problems.append(Problem("valor-sin-usar", message, quantity.concept.span(), hint, Severity.WARNING))
    return problems


@once
def _used_in_texts(file: Holder) -> frozenset[UsedName]:
    """Return what the texts of a file name."""
    used: set[UsedName] = set()
    for kind, texts in names_in(file):
        for text in texts if kind == "columna" else ():  # a column may be a formula of values
            used.update(_named(text.value, None))
    for placed in texts_of(file):
        parsed = read_placed(placed)
        for expression in parsed.expressions:
            used.update(_named(expression.source, None))
        for mention in parsed.source_mentions:
            for name in mention.names:
                named, point, last = name.strip().rpartition(".")
                used.add((named if point else None, last))
    return frozenset(used)


@once
def _used_in_formulas(data: DataFile, id: str) -> frozenset[UsedName]:
    """Return what the formulas of a file of data name."""
    formulas = (quantity.formula for quantity in data.quantities.values())
    return frozenset(name for formula in formulas if formula is not None for name in _named(formula.value, id))


def _named(source: str, own: str | None) -> Iterator[UsedName]:
    """Yield what a formula names; a bare name is of the file `own`."""
    for match in _NAMES.finditer(source):
        yield match[1] or own, match[2]
        if match[1] is not None:  # «a-b.c» may be a minus b.c
            yield match[1].rpartition("-")[2], match[2]


def check_isolated_nodes(paper: Paper) -> list[Problem]:
    """In a graph with edges, every node is at the end of one."""
    problems = []
    for figure in paper.every_figure.values():
        if not isinstance(figure, Graph) or not figure.edges:
            continue
        joined = {text.value.strip() for edge in figure.edges for text in _ends(edge)}
        if joined - set(figure.nodes):  # an end that is misspelt may mean any of them
            continue
        for name, node in figure.nodes.items():
            if name in joined:
                continue
            message = f"ninguna arista llega al nodo «{name}» ni sale de él"
            problems.append(
                Problem("nodo-aislado", message, node.title.span(), "únalo con una arista o quítelo", Severity.WARNING)
            )
    return problems


def _ends(edge: GraphEdge) -> list[Text]:
    return [*edge.tails, *edge.heads]


def check_decimal_marks(paper: Paper) -> list[Problem]:
    """In a text and in a column of numbers of Spanish, decimals are marked in one way."""
    if paper.report.language != "es":
        return []  # 1,234.5
    problems = [problem for file in paper.printed_files() for problem in _mixed_in_texts(file)]
    return problems + [problem for table in paper.tables.values() for problem in _mixed_in_columns(table)]


@once
def _mixed_in_texts(file: Holder) -> tuple[Problem, ...]:
    problems = []
    for placed in words_of(file):
        text = placed.text
        commas = points = None
        for match in _MIXED.finditer(_mask_code(text.value)):
            commas, points = (commas or match[1]), (points or match[2])
            if commas and points:
                problems.append(_mixed_marks(text, match.start(), match.end(), commas, points))
                break
    return tuple(problems)


@once
def _mixed_in_columns(table: Table) -> tuple[Problem, ...]:
    # Where numbers are aligned by their decimal signs they are printed as computed ones, whatever was typed.
    numbers = [at for at, column in enumerate(table.columns) if at and column.alignment != "decimal"]
    return tuple(problem for number in numbers for problem in _check_column(table, number))


def _check_column(table: Table, number: int) -> list[Problem]:
    commas = points = None
    for row in table.rows:
        cell = row.cells[number] if number < len(row.cells) else None
        match = _CELL.fullmatch(plain_words(cell)) if cell is not None and "{" not in cell.value else None
        if cell is None or match is None:
            continue
        commas, points = (commas or match[1]), (points or match[2])
        if commas and points:
            return [_mixed_marks(cell, 0, len(cell.value), commas, points)]
    return []


def _mixed_marks(text: Text, start: int, end: int, commas: str, points: str) -> Problem:
    return Problem(
        "marca-decimal-mezclada",
        f"«{commas}» lleva coma decimal y «{points}», punto",
        text.span(start, end),
        "en español se escribe la misma marca en todo el informe: la coma, como en los números calculados",
        severity=Severity.WARNING,
    )


def _mask_code(value: str) -> str:
    """Return the text with its code, marks and addresses blanked, character by character."""
    return _CODE.sub(lambda match: " " * len(match[0]), value)


def check_provisional_texts(paper: Paper) -> list[Problem]:
    """No text says that it is not written yet."""
    return [problem for file in paper.printed_files() for problem in _provisional_in(file)]


@once
def _provisional_in(file: Holder) -> tuple[Problem, ...]:
    problems = []
    for text in [*(placed.text for placed in words_of(file)), *reasons_of(file)]:
        if _ELLIPSIS.fullmatch(text.value):
            problems.append(_provisional(text, 0, len(text.value)))
            continue
        masked = _mask_code(text.value)
        for match in _PROVISIONAL.finditer(masked):
            problems.append(_provisional(text, match.start(), match.end()))
    return tuple(dict.fromkeys(problems))


def _provisional(text: Text, start: int, end: int) -> Problem:
    message = f"«{text.value[start:end].strip()}» parece un texto provisional"
    hint = "escriba lo que falta o quítelo; si es lo que quiere decir, póngalo entre acentos graves"
    return Problem("texto-provisional", message, text.span(start, end), hint, severity=Severity.WARNING)


def check_freshness(paper: Paper) -> list[Problem]:
    """What is given as current is not older than `vigencia_meses`, counted back from the report's date."""
    checking = paper.report.checking
    if checking is None or checking.fresh_months is None:
        return []
    if paper.report.date is None:
        message = "«vigencia_meses» se cuenta hasta la fecha del informe, y falta la clave «fecha»"
        return [Problem("falta-clave", message, checking.place)]
    limit = checking.fresh_months
    today = count_months(paper.report.date.value)
    problems = []
    for data in paper.data.values():
        for name, quantity in data.quantities.items():
            if not quantity.current:
                continue
            if quantity.date is None:
                problems.append(_outdated(f"«{name}» se da por actual y no lleva fecha", quantity.concept.span()))
            elif (age := today - count_months(quantity.date.value)) > limit:
                problems.append(_outdated(f"«{name}» se da por actual y {_tell_age(age, limit)}", quantity.date.span()))
    for placed in walk_texts(paper):
        for match in _AS_OF.finditer(placed.text.value):
            month = _month_of(match)
            if month is not None and (age := today - month) > limit:
                message = f"«{' '.join(match[0].split())}» se da por actual y {_tell_age(age, limit)}"
                problems.append(_outdated(message, placed.text.span(match.start(), match.end())))
    return problems


def _month_of(match: re.Match[str]) -> int | None:
    if match[1]:
        return int(match[1]) * 12 + int(match[2])
    if match[3] is None:
        return int(match[4]) * 12 + 12
    word = "".join(fold(match[3]))
    word = "septiembre" if word == "setiembre" else word
    months = SPANISH.palabras.meses
    return int(match[4]) * 12 + months.index(word) + 1 if word in months else None


def _tell_age(age: int, limit: int) -> str:
    return f"tiene {age} meses, más de los {limit} que se admiten"


def _outdated(message: str, place: Span) -> Problem:
    hint = (
        "actualice el dato y su fecha, o deje de darlo por actual; el límite es «vigencia_meses» de paper/informe.yaml"
    )
    return Problem("dato-anticuado", message, place, hint, severity=Severity.WARNING)

"""A condition of a demand and a part of the report -> whether it is met there, and what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from imprenta.check.cited_keys import cited_keys
from imprenta.check.scope import Extent, table_treats
from imprenta.check.wording import count_words, fold, names_term, plain_words, says_something
from imprenta.model import Author, Report
from imprenta.model.paper import walk_blocks
from imprenta.model.rubric import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imprenta.model import AnyRow, SubsectionBlock, Table, Text
    from imprenta.model.paper import Paper
    from imprenta.model.rubric import SubsectionsDemand, TableDemand
    from imprenta.problems import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a condition is met, what was found, and where, if that is not the whole part."""

    met: bool
    detail: str
    place: Span | None = None


def _tell_count(found: int, wanted: int | Range, one: str, many: str) -> Finding:
    """Compare a number with a minimum or a range."""
    least = wanted.least if isinstance(wanted, Range) else wanted
    most = wanted.most if isinstance(wanted, Range) else None
    have = f"{found} {one if found == 1 else many}"
    if least is not None and found < least:
        return Finding(False, f"hay {have} y se {'pide' if least == 1 else 'piden'} al menos {least}")
    if most is not None and found > most:
        return Finding(False, f"hay {have} y se {'admite' if most == 1 else 'admiten'} a lo sumo {most}")
    return Finding(True, have)


def _tell_terms(missing: list[str], terms: list[Text], done: str, lacking: str) -> Finding:
    if not missing:
        return Finding(True, f"{done} {_list(terms)}")
    return Finding(False, f"{lacking} {', '.join(f'«{term}»' for term in missing)}")


def _list(terms: list[Text]) -> str:
    return ", ".join(f"«{_first(term)}»" for term in terms)


def _first(term: Text) -> str:
    """Return the first alternative of a term, which stands for all in messages."""
    return term.value.split("|")[0].strip()


def _test_answers(wanted: int | Range, _scope: Extent, paper: Paper) -> Finding:
    count = sum(section.answer is not None for _, section in paper.ordered_sections())
    return _tell_count(count, wanted, "sección con respuesta", "secciones con respuesta")


def _test_figures(wanted: int | Range, scope: Extent, _paper: Paper) -> Finding:
    return _tell_count(len(scope.figures), wanted, "figura", "figuras")


def _test_figures_of(terms: list[Text], scope: Extent, _paper: Paper) -> Finding:
    captions = [plain_words(figure.caption) for figure in scope.figures]
    missing = [_first(term) for term in terms if not any(names_term(words, term.value) for words in captions)]
    return _tell_terms(missing, terms, "hay figuras de", "ningún pie de figura nombra")


def _test_tables(wanted: int | Range, scope: Extent, _paper: Paper) -> Finding:
    return _tell_count(scope.table_count, wanted, "tabla", "tablas")


def _test_table(demand: TableDemand, scope: Extent, _paper: Paper) -> Finding:
    """Find one table that meets all; otherwise tell what the nearest one lacks."""
    judged = [(table, [*_table_outcomes(demand, table)]) for table in scope.tables]
    if not judged:
        return Finding(False, "no hay ninguna tabla escrita a mano")
    table, outcomes = min(judged, key=lambda pair: sum(not outcome.met for outcome in pair[1]))
    missed = [outcome for outcome in outcomes if not outcome.met]
    told = "; ".join(outcome.detail for outcome in missed or outcomes)
    return Finding(not missed, f"tabla «{plain_words(table.title)}»: {told}", table.title.span())


def _table_outcomes(demand: TableDemand, table: Table) -> list[Finding]:
    outcomes = []
    if demand.compares is not None:
        outcomes.append(_test_compares(demand.compares, table))
    if demand.rows is not None:
        rows = sum(len(row.bindings()) for row in table.rows)
        outcomes.append(_tell_count(rows, demand.rows, "fila", "filas"))
    if demand.columns is not None:
        outcomes.append(_tell_count(len(table.columns), demand.columns, "columna", "columnas"))
    if demand.differences is not None:
        count = sum(len(row.bindings()) for row in table.rows if _differs(row))
        outcomes.append(_tell_count(count, demand.differences, "diferencia", "diferencias"))
    if demand.aspects is not None:
        missing = [_first(term) for term in demand.aspects if not table_treats(table, term.value)]
        outcomes.append(_tell_terms(missing, demand.aspects, "trata", "ninguna fila trata"))
    return outcomes


def _test_compares(terms: list[Text], table: Table) -> Finding:
    """The headings after the first are as many as the things compared, and each names one of them."""
    headings = [plain_words(column.title) for column in table.columns[1:]]
    matched = len(headings) == len(terms) and any(
        all(names_term(heading, term.value) for heading, term in zip(order, terms, strict=True))
        for order in permutations(headings)
    )
    if matched:
        return Finding(True, f"compara {_list(terms)}")
    found = ", ".join(f"«{heading}»" for heading in headings) or "nada"
    return Finding(False, f"se pide comparar {_list(terms)} y los encabezados son {found}")


def _differs(row: AnyRow) -> bool:
    """Tell whether all cells after the first say something, and not all the same."""
    cells = row.cells[1:]
    if len(cells) < 2 or not all(map(says_something, cells)):
        return False
    # Two computed cells print a digit here, so what they compute tells them apart.
    return len({cell.value if "{=" in cell.value else fold(plain_words(cell)) for cell in cells}) > 1


def _test_subsections(demand: SubsectionsDemand, scope: Extent, paper: Paper) -> Finding:
    """Count the subsections that treat every aspect; one that holds such a subsection is not counted again."""
    lacking: list[tuple[Text, list[str]]] = []
    counted: list[SubsectionBlock] = []
    for block in scope.subsections:
        inner = Extent("", block.title.span()).add(block.content, paper)
        missing = [_first(term) for term in demand.each if not inner.treats(term.value)]
        if not missing:
            counted.append(block)
        elif len(missing) < len(demand.each):
            lacking.append((block.title, missing))
    holders = {
        id(block) for block in counted for inside in walk_blocks(block.content) if any(inside is one for one in counted)
    }
    found = [block for block in counted if id(block) not in holders]
    each = f"que {'tratan' if len(found) != 1 else 'trata'} {_list(demand.each)}"
    outcome = _tell_count(len(found), demand.count, f"apartado {each}", f"apartados {each}")
    if outcome.met or not lacking:
        return outcome
    title, missing = lacking[0]
    told = ", ".join(f"«{term}»" for term in missing)
    return Finding(False, f"{outcome.detail}; en «{plain_words(title)}» falta {told}", title.span())


def _test_aspects(terms: list[Text], scope: Extent, _paper: Paper) -> Finding:
    missing = [_first(term) for term in terms if not scope.treats(term.value)]
    return _tell_terms(missing, terms, "se tratan", "ningún título, criterio de tabla o negrita trata")


def _test_mentions(terms: list[Text], scope: Extent, _paper: Paper) -> Finding:
    missing = [_first(term) for term in terms if not scope.mentions(term.value)]
    return _tell_terms(missing, terms, "se nombra", "no se nombra")


def _test_opening(wanted: int | Range, scope: Extent, _paper: Paper) -> Finding:
    first = next((part for text in scope.texts for part in _paragraphs(text)), None)
    if first is None:
        return Finding(False, "no empieza por ningún párrafo")
    outcome = _tell_count(count_words(plain_words(first)), wanted, "palabra", "palabras")
    return Finding(outcome.met, f"en su primer párrafo {outcome.detail}", first.span())


def _paragraphs(text: Text) -> Iterator[Text]:
    """Yield the paragraphs of a text that say something."""
    for match in re.finditer(r".+(?:\n.+)*", text.value):
        part = text.keep([match.span()])
        if plain_words(part):
            yield part


def _test_words(wanted: int | Range, scope: Extent, _paper: Paper) -> Finding:
    return _tell_count(sum(count_words(plain_words(text)) for text in scope.texts), wanted, "palabra", "palabras")


def _test_references(wanted: int | Range, scope: Extent, paper: Paper) -> Finding:
    whole = scope.name == "todo el informe"
    keys = {key for key, _ in cited_keys(paper)} if whole else scope.cited_keys(paper)
    return _tell_count(len(keys), wanted, "fuente citada", "fuentes citadas")


def _test_parts(terms: list[Text], scope: Extent, paper: Paper) -> Finding:
    missing = [_first(term) for term in terms if not _has_part(term.value, scope, paper)]
    return _tell_terms(missing, terms, "hay", "falta")


def _has_part(term: str, scope: Extent, paper: Paper) -> bool:
    report = paper.report
    fronts: dict[str, Text | list[Text] | None] = {
        "resumen": report.abstract_spanish,
        "abstract": report.abstract_english,
        "palabras clave": report.keywords_spanish,
        "keywords": report.keywords_english,
    }
    for alternative in term.split("|"):
        front = fronts.get(" ".join(fold(alternative)))
        if front if isinstance(front, list) else front is not None and fold(front.value):
            return True
    return any(names_term(plain_words(heading), term) for heading in scope.headings)


def _test_cover(words: list[str], _scope: Extent, paper: Paper) -> Finding:
    """A word is a key of the report's own, or one that every author has to give."""
    report, own, each = paper.report, Report.keys(), Author.keys()

    def is_given(word: str) -> bool:
        if word in own:
            return bool(getattr(report, own[word]))
        return all(getattr(author, each[word]) for author in report.authors)

    missing = [word for word in words if not is_given(word)]
    if missing:
        return Finding(False, f"falta en la portada: {', '.join(missing)}", report.title.span())
    return Finding(True, f"en la portada: {', '.join(words)}")


CONDITION_TESTS: dict[str, Callable[[Any, Extent, Paper], Finding]] = {
    "answers": _test_answers,
    "figures": _test_figures,
    "figures_of": _test_figures_of,
    "tables": _test_tables,
    "table": _test_table,
    "subsections": _test_subsections,
    "aspects": _test_aspects,
    "mentions": _test_mentions,
    "opening": _test_opening,
    "words": _test_words,
    "references": _test_references,
    "parts": _test_parts,
    "cover": _test_cover,
}
"""The test of each of the model's `CONDITIONS`. A new condition is a field there, and a function and a line here."""

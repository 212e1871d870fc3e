"""Figures, tables and sections: what is placed exists, once; what is mentioned is placed, and the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import read_placed
from imprenta.model import FigureBlock, GeneratedTable, GraphFigure, SubsectionBlock, TableBlock
from imprenta.model.paper import walk_blocks, walk_placed, walk_texts
from imprenta.problems import Problem, Severity, Span, guess_hint

if TYPE_CHECKING:
    from imprenta.markup import Reference
    from imprenta.model.paper import Paper

FOLDERS = {"figura": "figures", "tabla": "paper/tablas"}


def placed_ids(paper: Paper) -> dict[tuple[str, str], Span]:
    """Return what can be referred to: (kind, id) -> where it is placed. Kinds: figura, tabla, seccion."""
    found: dict[tuple[str, str], Span] = {}
    for name, section in paper.ordered_sections():
        found.setdefault(("seccion", name), section.title.span())
        for block in walk_blocks(section.blocks):
            if isinstance(block, SubsectionBlock) and block.id is not None:
                found.setdefault(("seccion", block.id.value), block.id.span())
    for placed in walk_placed(paper):
        kind, id, place = _identify(placed)
        found.setdefault((kind, id), place)
    return found


def _identify(block: FigureBlock | TableBlock) -> tuple[str, str, Span]:
    if isinstance(block, FigureBlock):
        return "figura", block.figure.value, block.figure.span()
    table = block.table
    if isinstance(table, GeneratedTable):
        source = table.communications or table.values
        return "tabla", block.id, source.span() if source is not None else table.place
    return "tabla", table.value, table.span()


def check_placement(paper: Paper) -> list[Problem]:
    """What a block places exists and is placed once; ids of sections are not repeated; every file is used."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Span] = {}
    for block in walk_placed(paper):
        problems += _check_existence(block, paper)
        kind, id, place = _identify(block)
        problems += _check_once(seen, kind, id, place)
    for name, section in paper.ordered_sections():
        problems += _check_once(seen, "seccion", name, section.title.span())
        for inner in walk_blocks(section.blocks):
            if isinstance(inner, SubsectionBlock) and inner.id is not None:
                problems += _check_once(seen, "seccion", inner.id.value, inner.id.span())
    for kind, parts in (("figura", paper.figures), ("tabla", paper.tables)):
        for id in parts:
            if (kind, id) not in seen:
                path = f"{FOLDERS[kind]}/{id}.yaml"
                message = f"la {kind} «{id}» no se coloca en ninguna sección: no se imprime"
                problems.append(Problem("archivo-sin-usar", message, Span(path), severity=Severity.WARNING))
    return problems


def _check_once(seen: dict[tuple[str, str], Span], kind: str, id: str, place: Span) -> list[Problem]:
    first = seen.setdefault((kind, id), place)
    if first == place:
        return []
    message = f"la {kind.replace('seccion', 'sección')} «{id}» está repetida"
    return [Problem("etiqueta-repetida", message, place, related=((first, "aquí está por primera vez"),))]


def _check_existence(block: FigureBlock | TableBlock, paper: Paper) -> list[Problem]:
    if isinstance(block, FigureBlock):
        return _missing("figura", block.figure.value, block.figure.span(), paper.figures, "figures")
    table = block.table
    if not isinstance(table, GeneratedTable):
        return _missing("tabla", table.value, table.span(), paper.tables, "paper/tablas")
    if (table.communications is None) == (table.values is None):
        message = "una tabla que sale de otros datos lleva «comunicaciones» o «valores», uno de los dos"
        return [Problem("falta-clave", message, table.place)]
    if table.values is not None:
        return _missing("tabla de valores", table.values.value, table.values.span(), paper.data, "paper/datos")
    if table.communications is None:
        return []
    graphs = {name: figure for name, figure in paper.figures.items() if isinstance(figure, GraphFigure)}
    return _missing("figura", table.communications.value, table.communications.span(), graphs, "figures")


def _missing(what: str, id: str, place: Span, known: object, folder: str) -> list[Problem]:
    names = list(known) if isinstance(known, dict) else []
    if id in names:
        return []
    code = "figura-desconocida" if what == "figura" else "tabla-desconocida"
    message = f"no hay {what} «{id}»: falta «{folder}/{id}.yaml» o tiene errores"
    return [Problem(code, message, place, guess_hint(id, names))]


def _references(paper: Paper) -> list[Reference]:
    return [reference for placed in walk_texts(paper) for reference in read_placed(placed).references]


def _loaded(kind: str, paper: Paper) -> set[str]:
    """Return the ids of the figures or tables that have a file, placed or not."""
    return set(paper.figures if kind == "figura" else paper.tables if kind == "tabla" else ())


def check_references(paper: Paper) -> list[Problem]:
    """Every {figura:…}, {tabla:…} and {seccion:…} leads to something that the report places."""
    known = placed_ids(paper)
    problems = []
    for reference in _references(paper):
        if (reference.kind, reference.id) in known:
            continue
        names = [id for kind, id in known if kind == reference.kind]
        what = reference.kind.replace("seccion", "sección")
        message = f"la referencia a la {what} «{reference.id}» no lleva a ninguna parte"
        hint = guess_hint(reference.id, names, what="hay")
        if reference.id in _loaded(reference.kind, paper):
            message += f": ninguna sección coloca esa {what}"
            hint = f"colóquela con «{what}: {reference.id}»"
        problems.append(Problem("referencia-desconocida", message, reference.place, hint))
    return problems


def _exists(block: FigureBlock | TableBlock, paper: Paper) -> bool:
    if isinstance(block, FigureBlock):
        return block.figure.value in paper.figures
    return isinstance(block.table, GeneratedTable) or block.table.value in paper.tables


def check_mentions(paper: Paper) -> list[Problem]:
    """Every figure and table that is placed, and exists, is mentioned in some text."""
    mentioned = {(reference.kind, reference.id) for reference in _references(paper)}
    problems = []
    missing = {_identify(block)[:2] for block in walk_placed(paper) if not _exists(block, paper)}
    for (kind, id), place in placed_ids(paper).items():
        if kind == "seccion" or (kind, id) in mentioned or (kind, id) in missing:
            continue
        message = f"ningún texto menciona la {kind} «{id}»"
        hint = f"menciónela con {{{kind}:{id}}}"
        problems.append(Problem("sin-mencionar", message, place, hint, severity=Severity.WARNING))
    return problems

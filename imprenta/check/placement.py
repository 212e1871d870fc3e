"""Figures, tables and sections: what is placed exists, once; what is mentioned is placed, and the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from imprenta.markup import read_placed
from imprenta.model import ORIGIN_FOLDERS, GeneratedTable, Graph
from imprenta.model.algorithms import Step
from imprenta.model.once import once
from imprenta.model.paper import texts_of, walk_holders, walk_numbered, walk_targets
from imprenta.model.referable import REFERABLE, TargetKind, called
from imprenta.problems import Problem, Severity, Span, guess_hint

if TYPE_CHECKING:
    from collections.abc import Collection

    from imprenta.markup import Reference
    from imprenta.model import Holder, Origin, Target
    from imprenta.model.block import OriginKind
    from imprenta.model.paper import Paper

UNKNOWN: dict[OriginKind, tuple[str, str]] = {
    "figura": ("figura-desconocida", "figura"),
    "grafo": ("figura-desconocida", "figura"),
    "tabla": ("tabla-desconocida", "tabla"),
    "datos": ("tabla-desconocida", "tabla de valores"),
}
"""What to say of a file that something is to be made of and that is not there: the code, and what it is."""


def placed_ids(paper: Paper) -> dict[tuple[TargetKind, str], Span]:
    """Return what can be referred to: (kind, id) -> where it is placed."""
    found: dict[tuple[TargetKind, str], Span] = {}
    for kind, name, section in paper.ordered_parts():
        found.setdefault((kind, name), section.title.span())
    for target in walk_targets(paper):
        found.setdefault((target.kind, target.id), target.place)
    return found


def check_placement(paper: Paper) -> list[Problem]:
    """What a block places exists and is placed once; ids of sections are not repeated; every file is used."""
    problems = _check_generated_tables(paper)
    seen: dict[tuple[TargetKind, str], Span] = {}
    for kind, name, section in paper.ordered_parts():
        problems += _check_once(seen, kind, name, section.title.span())
    for target in walk_targets(paper):
        if target.origin is not None:
            problems += _check_existence(target.origin, paper)
        problems += _check_once(seen, target.kind, target.id, target.place)
    origins: tuple[Literal["figura", "tabla"], ...] = ("figura", "tabla")
    for origin in origins:
        for id in known_origins(origin, paper):
            if (origin, id) not in seen:
                path = f"{ORIGIN_FOLDERS[origin]}/{id}.yaml"
                message = f"la {origin} «{id}» no se coloca en ninguna sección: no se imprime"
                problems.append(Problem("archivo-sin-usar", message, Span(path), severity=Severity.WARNING))
    return problems


def _check_once(seen: dict[tuple[TargetKind, str], Span], kind: TargetKind, id: str, place: Span) -> list[Problem]:
    first = seen.setdefault((kind, id), place)
    if first == place:
        return []
    message = f"{called(kind)} «{id}» está {'repetida' if REFERABLE[kind].article == 'la' else 'repetido'}"
    return [Problem("etiqueta-repetida", message, place, related=((first, "aquí está por primera vez"),))]


def check_steps(paper: Paper) -> list[Problem]:
    """A step of an algorithm that is no sentence is one thing: a condition, a loop or what is returned."""
    message = "un paso lleva «si», «mientras», «para», «repetir» o «devolver», uno de ellos"
    return [
        Problem("falta-clave", message, holder.place)
        for holder in walk_holders(section for _, section in paper.ordered_sections())
        if isinstance(holder, Step) and len(holder.kinds()) != 1
    ]


def _check_generated_tables(paper: Paper) -> list[Problem]:
    message = "una tabla que sale de otros datos lleva «comunicaciones» o «valores», uno de los dos"
    return [
        Problem("falta-clave", message, holder.place)
        for holder in walk_holders(section for _, section in paper.ordered_sections())
        if isinstance(holder, GeneratedTable) and len(holder.origins()) != 1
    ]


def known_origins(kind: OriginKind, paper: Paper) -> Collection[str]:
    """Return the ids of what is there to make something of."""
    graphs = [name for name, figure in paper.every_figure.items() if isinstance(figure, Graph)]
    known: dict[OriginKind, Collection[str]] = {
        "figura": paper.figures,
        "grafo": graphs,
        "tabla": paper.tables,
        "datos": paper.data,
    }
    return known[kind]


def _check_existence(origin: Origin, paper: Paper) -> list[Problem]:
    names = list(known_origins(origin.kind, paper))
    id = origin.name.value
    if id in names:
        return []
    code, what = UNKNOWN[origin.kind]
    path = f"{ORIGIN_FOLDERS[origin.kind]}/{id}.yaml"
    message = f"no hay {what} «{id}»: falta «{path}»"
    if origin.kind == "grafo" and id in paper.every_figure:
        message = f"la figura «{id}» no es un grafo, y no tiene comunicaciones"
    return [Problem(code, message, origin.name.span(), guess_hint(id, names), lacks=path)]


def _references(paper: Paper) -> list[Reference]:
    return [reference for file in paper.printed_files() for reference in _references_in(file)]


@once
def _references_in(file: Holder) -> tuple[Reference, ...]:
    return tuple(reference for placed in texts_of(file) for reference in read_placed(placed).references)


def _loaded(kind: str, paper: Paper) -> set[str]:
    """Return the ids of the figures or tables that have a file, placed or not."""
    return set(paper.figures if kind == "figura" else paper.tables if kind == "tabla" else ())


def check_references(paper: Paper) -> list[Problem]:
    """Every {figura:…}, {tabla:…}, {seccion:…}… leads to something that the report places."""
    known = placed_ids(paper)
    left_out = placed_ids(paper.complete) if paper.complete is not None else {}
    problems = []
    for reference in _references(paper):
        if (reference.kind, reference.id) in known:
            continue
        names = [id for kind, id in known if kind == reference.kind]
        what = REFERABLE[reference.kind].word
        message = f"la referencia a {called(reference.kind)} «{reference.id}» no lleva a ninguna parte"
        hint = guess_hint(reference.id, names, what="hay")
        if (reference.kind, reference.id) in left_out:
            message += ": está en una parte que no se muestra"
            hint = "ponga a lo que la menciona la misma etiqueta"
        elsewhere = next((kind for kind, id in known if id == reference.id), None)
        if elsewhere is not None:
            hint = f"¿«{{{elsewhere}:{reference.id}}}»?"
        if reference.id in _loaded(reference.kind, paper) and (reference.kind, reference.id) not in left_out:
            message += f": ninguna sección coloca esa {what}"
            hint = f"colóquela con «{what}: {reference.id}»"
        problems.append(Problem("referencia-desconocida", message, reference.place, hint))
    return problems


def _is_missing(target: Target, paper: Paper) -> bool:
    return target.origin is not None and target.origin.name.value not in known_origins(target.origin.kind, paper)


def check_mentions(paper: Paper) -> list[Problem]:
    """Everything that has a name to be mentioned by, and exists, is mentioned in some text; a section need not be.

    Who mentions a part, with its letter, mentions the whole, and a part need not be mentioned.
    """
    mentioned = {(reference.kind, reference.id) for reference in _references(paper)}
    whole: Target | None = None
    for target in walk_numbered(paper):
        if not target.letter:
            whole = target
        elif whole is not None:
            if (target.kind, target.id) in mentioned:
                mentioned.add((whole.kind, whole.id))
            mentioned.add((target.kind, target.id))
    problems = []
    missing = {(target.kind, target.id) for target in walk_targets(paper) if _is_missing(target, paper)}
    for (kind, id), place in placed_ids(paper).items():
        if not REFERABLE[kind].mentioned or (kind, id) in mentioned or (kind, id) in missing:
            continue
        message = f"ningún texto menciona {called(kind)} «{id}»"
        hint = f"menciónela con {{{kind}:{id}}}"
        problems.append(Problem("sin-mencionar", message, place, hint, severity=Severity.WARNING))
    return problems

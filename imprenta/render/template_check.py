"""Templates -> the names that they use and nobody gives them, found without rendering anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from imprenta.model import BLOCKS, Part
from imprenta.model.algorithms import AlgorithmBlock
from imprenta.model.blocks import NumberedTheorem
from imprenta.model.lists import Item
from imprenta.model.notices import Notice
from imprenta.problems import Problem, Span, guess_hint, sort_problems
from imprenta.render.environment import FOLDER, SUFFIX, TemplateFailure, Templates
from imprenta.render.view import (
    ContentsView,
    CoverView,
    FigureView,
    PageView,
    SectionView,
    TableView,
    TermView,
    TitlesView,
)
from imprenta.words import Locale, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jinja2 import nodes

    from imprenta.workspace import Workspace

Kind = Any
"""What kind of value a name of a template has: a view, a model (a mapping of its keys is given), `tuple[kind, ...]`,
`list[model]`, or None where that is not known."""
GROUPING = ("batch", "slice")
"""Filters of Jinja that make groups of items of the items; those in ORDERING give the same items."""
ORDERING = ("list", "reverse", "sort", "unique")
OF_MAPPINGS = ("copy", "get", "items", "keys", "values")
"""What Jinja lets a template ask of any mapping."""
MORE: Mapping[type[Part], tuple[str, ...]] = {Item: ("marca", "numero")}
"""What the models in a block get besides their keys."""


def _kinds_of_keys(model: type[Part]) -> dict[str, Kind]:
    """Return what a template gets of a model, as `BlockWriter` gives it: of models in a list, the keys of each."""
    kinds: dict[str, Kind] = {}
    for key, name in model.keys().items():
        hint = model.model_fields[name].annotation
        items = (get_args(item)[0] if get_origin(item) is Annotated else item for item in get_args(hint))
        models = [item for item in items if isinstance(item, type) and issubclass(item, Part)]
        kinds[key] = GenericAlias(list, tuple(models)) if models and get_origin(hint) is list else None
    return kinds


CONTEXTS: Mapping[str, Mapping[str, Kind]] = {
    "documento": {
        "informe": CoverView,
        "secciones": None,
        "hay": ContentsView,
        "pagina": PageView,
        "titulos": TitlesView,
        "abreviaturas": None,
        "glosario": tuple[TermView, ...],
    },
    "seccion": {"seccion": SectionView},
    **{kind.template: _kinds_of_keys(kind) for kind in BLOCKS.values() if kind.template},
    "apartado": dict.fromkeys(("orden", "titulo", "titulo_corto", "id", "cuerpo")),
    "algoritmo": {**_kinds_of_keys(AlgorithmBlock), "titulo_corto": None},
    "aviso": dict.fromkeys((*Notice.keys(), "clase", "rotulo", "texto", "contador", "id")),
    "teorema": dict.fromkeys((*NumberedTheorem.keys(), "clase", "rotulo", "texto", "contador")),
    "codigo": dict.fromkeys(("titulo", "titulo_corto", "id", "con_numero", "numeros", "renglones")),
    "figura": {"figura": FigureView},
    "tabla": {"tabla": TableView},
}
"""What each template that is rendered receives; that of a block gets its keys, but for three that get more."""
EVERYWHERE: Mapping[str, Kind] = {"idioma": Locale, "palabras": Words}
"""What every template has besides."""


def check_templates(workspace: Workspace) -> list[Problem]:
    """Read every template that a build would use and report what is misspelt in it, at its line and column."""
    templates = Templates(workspace)
    problems: list[Problem] = []
    for name, context in CONTEXTS.items():
        _check(templates, name, context, Span(f"{FOLDER}/{name}{SUFFIX}"), set(), problems)
    if templates.foreign and not problems:  # one that is mended may define more
        from imprenta.render.template_commands import warn_of_missing

        problems += warn_of_missing(templates)
    return sort_problems(problems)


def _check(
    templates: Templates,
    name: str,
    context: Mapping[str, Kind],
    asked_at: Span,
    seen: set[str],
    problems: list[Problem],
) -> None:
    """Check a template and those that it includes, which share what it receives."""
    from jinja2 import nodes

    if name in seen:
        return
    seen.add(name)
    try:
        tree, source, path = templates.parse(name, asked_at)
    except TemplateFailure as failure:
        problems.append(failure.problem)
        return
    lines = source.split("\n")
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    given = {*context, *own}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in given and node.name not in templates.global_names:
            problems.append(_unknown(node.name, node.name, given, path, node.lineno, lines))
    kinds = _kinds_of_names(tree, {name: kind for name, kind in {**EVERYWHERE, **context}.items() if name not in own})
    for reached in tree.find_all(nodes.Getattr):
        value = reached.node
        known = _names_in(kinds.get(value.name)) if isinstance(value, nodes.Name) else None
        if known is not None and isinstance(value, nodes.Name) and reached.attr not in known:
            words = f"{value.name}.{reached.attr}"
            problems.append(_unknown(reached.attr, words, known, path, reached.lineno, lines))
    for include in tree.find_all(nodes.Include):
        if isinstance(include.template, nodes.Const):
            place = Span(path, include.lineno)
            _check(templates, str(include.template.value), context, place, seen, problems)


def _kinds_of_names(tree: nodes.Template, given: Mapping[str, Kind]) -> dict[str, Kind]:
    """Return what kind of value each name has: those that are given, and those of loops, where that is sure."""
    from jinja2 import nodes

    kinds = dict(given)
    told = Counter(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
    loops: dict[str, list[nodes.Node]] = {}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name):
            loops.setdefault(loop.target.name, []).append(loop.iter)
    for name, gone_through in loops.items():  # the outer ones first
        same = all(value == gone_through[0] for value in gone_through)
        if same and told[name] == len(gone_through):  # else it may be something else elsewhere
            kinds[name] = _item_of(_kind_of(gone_through[0], kinds))
    return kinds


def _names_in(kind: Kind) -> Mapping[str, Kind] | None:
    """Return the names that a value has, each with its kind; None where that is not known."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return {field.name: hints[field.name] for field in fields(kind)}
    if isinstance(kind, type) and issubclass(kind, Part):
        return _kinds_of_keys(kind) | dict.fromkeys((*MORE.get(kind, ()), *OF_MAPPINGS))
    return None


def _kind_of(value: nodes.Node, kinds: Mapping[str, Kind]) -> Kind:
    """Return what kind of value an expression gives, or None."""
    from jinja2 import nodes

    if isinstance(value, nodes.Name):
        return kinds.get(value.name)
    if isinstance(value, nodes.Getattr):
        return (_names_in(_kind_of(value.node, kinds)) or {}).get(value.attr)
    if isinstance(value, nodes.Filter) and value.node is not None:
        inner = _kind_of(value.node, kinds)
        if value.name in GROUPING and inner is not None:
            return GenericAlias(tuple, (inner, ...))
        return inner if value.name in ORDERING else None
    return None


def _item_of(kind: Kind) -> Kind:
    """Return what kind the items of a value have, or None."""
    origin: Any = get_origin(kind)
    return get_args(kind)[0] if origin in (tuple, list) else None


def _unknown(name: str, words: str, known: Collection[str], path: str, line: int, lines: list[str]) -> Problem:
    row = lines[line - 1] if line <= len(lines) else ""
    column = row.find(words) + 1
    if column:
        column += len(words) - len(name)
    place = Span(path, line, max(column, 1), line, max(column, 1) + len(name) if column else 0)
    guess = guess_hint(name, known)
    return Problem("variable-desconocida", f"la plantilla usa «{words}», que nadie le da", place, guess)

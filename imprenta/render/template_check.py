"""Templates -> the names that they use and nobody gives them, found without rendering anything."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from imprenta.model import BLOCKS
from imprenta.problems import Problem, Span, guess_hint, sort_problems
from imprenta.render.environment import FOLDER, SUFFIX, TemplateFailure, Templates
from imprenta.render.view import ContentsView, CoverView, FigureView, PageView, SectionView, TableView, TitlesView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.workspace import Workspace

Names = frozenset[str] | None
"""What a value of a template has after its point; None where that is not known."""


def _names_of(view: type[Any]) -> Names:
    return frozenset(field.name for field in fields(view))


CONTEXTS: Mapping[str, Mapping[str, Names]] = {
    "documento": {
        "informe": _names_of(CoverView),
        "secciones": None,
        "hay": _names_of(ContentsView),
        "pagina": _names_of(PageView),
        "titulos": _names_of(TitlesView),
    },
    "seccion": {"seccion": _names_of(SectionView)},
    **{kind.template: dict.fromkeys(kind.keys()) for kind in BLOCKS.values() if kind.template},
    "apartado": dict.fromkeys(("orden", "titulo", "titulo_corto", "id", "cuerpo")),
    "figura": {"figura": _names_of(FigureView)},
    "tabla": {"tabla": _names_of(TableView)},
}
"""What each template that is rendered receives; that of a block gets its keys, but for three that get more."""


def check_templates(workspace: Workspace) -> list[Problem]:
    """Read every template that a build would use and report what is misspelt in it, at its line and column."""
    templates = Templates(workspace)
    problems: list[Problem] = []
    for name, context in CONTEXTS.items():
        _check(templates, name, context, Span(f"{FOLDER}/{name}{SUFFIX}"), set(), problems)
    return sort_problems(problems)


def _check(
    templates: Templates,
    name: str,
    context: Mapping[str, Names],
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
    for reached in tree.find_all(nodes.Getattr):
        value = reached.node
        known = context.get(value.name) if isinstance(value, nodes.Name) and value.name not in own else None
        if known is not None and isinstance(value, nodes.Name) and reached.attr not in known:
            words = f"{value.name}.{reached.attr}"
            problems.append(_unknown(reached.attr, words, known, path, reached.lineno, lines))
    for include in tree.find_all(nodes.Include):
        if isinstance(include.template, nodes.Const):
            place = Span(path, include.lineno)
            _check(templates, str(include.template.value), context, place, seen, problems)


def _unknown(
    name: str, words: str, known: set[str] | frozenset[str], path: str, line: int, lines: list[str]
) -> Problem:
    row = lines[line - 1] if line <= len(lines) else ""
    column = row.find(words) + 1
    if column:
        column += len(words) - len(name)
    place = Span(path, line, max(column, 1), line, max(column, 1) + len(name) if column else 0)
    guess = guess_hint(name, known)
    return Problem("variable-desconocida", f"la plantilla usa «{words}», que nadie le da", place, guess)

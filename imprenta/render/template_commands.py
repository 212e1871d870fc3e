"""Templates in effect -> what an author's copies of older versions do not define and the others use.

What a template of the engine's defines, the others use, and so does the TeX that Python writes. An author's template in
its place must define it too, or include another that does; else LaTeX would stop at a line that is not to blame.
`check` warns of what may be missed; a build refuses what this document uses, before LaTeX does.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, Span
from imprenta.render.checkpoints import read_definitions
from imprenta.render.environment import FOLDER, SUFFIX, TemplateFailure
from imprenta.workspace import engine_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprenta.model.document import Document
    from imprenta.render.environment import Templates

MADE = re.compile(
    r"(?:\\(?:new(?:command|environment|counter|dimen|length|savebox)|DeclareRobustCommand|NewDocumentCommand|definecolor)"
    r"|^(?:\\long)?\\def)\*?[ ]?\{?\\?([A-Za-z]+)(?![A-Za-z@_:])",
    re.MULTILINE,
)
"""What makes a command, an environment, a counter or a colour for others to use; names with @ are a file's own."""
MADE_SOMEHOW = re.compile(
    r"\\(?:(?:re)?new|provide|[egx]?def|let|Declare|New|Renew|Provide)[A-Za-z]*\*?\s*\{?\\?([A-Za-z]+)(?![A-Za-z@_:])"
)
"""The same in any template: an author may do it in other ways."""
INCLUDED = re.compile(r"""include\s+["']([\w-]+)["']""")
SHOWN = 4
"""So many names are told."""


def find_missing(templates: Templates) -> dict[str, str]:
    """Return the commands that no template in effect defines, each with the path of the one that should."""
    if not templates.foreign:
        return {}
    engine = _engine_sources()
    sources = _sources_in_effect(templates, engine)
    texts = (*sources.values(), read_definitions())
    defined = {name for text in texts for name in MADE_SOMEHOW.findall(text)}
    missing: dict[str, str] = {}
    for template, source in engine.items():
        lost = [name for name in MADE.findall(source) if name not in defined]
        blamed = _to_blame(template, engine, sources, templates.foreign) if lost else None
        if blamed is not None:
            missing |= dict.fromkeys(lost, blamed)
    return missing


def warn_of_missing(templates: Templates) -> list[Problem]:
    """Return a warning for each template that does not define what the others, or Python, may use."""
    missing = find_missing(templates)
    if not missing:
        return []
    users = "\n".join([*_sources_in_effect(templates, _engine_sources()).values(), _python()])
    return list(_tell(_used_in(users, missing), Severity.WARNING))


def refuse_missing(templates: Templates, document: Document) -> None:
    """Raise TemplateFailure if a document uses what no template defines, by itself or by what it uses."""
    missing = find_missing(templates)
    if not missing:
        return
    sources = _sources_in_effect(templates, _engine_sources())
    bodies = {name: body for source in sources.values() for name, body in _bodies(source)}
    text = document.source.removeprefix(document.preamble)
    found: dict[str, str] = {}
    while text:
        found |= _used_in(text, missing)
        used = [name for name in bodies if _uses(name, text)]
        text = "\n".join(bodies.pop(name) for name in used)
    for problem in _tell(found, Severity.ERROR):
        raise TemplateFailure(problem)


def _uses(name: str, text: str) -> bool:
    return re.search(rf"\\{name}(?![A-Za-z@])|\{{{name}\}}", text) is not None


def _used_in(text: str, missing: Mapping[str, str]) -> dict[str, str]:
    return {name: path for name, path in missing.items() if _uses(name, text)}


def _bodies(source: str) -> Iterator[tuple[str, str]]:
    """Yield what a template defines, each with the text up to the next definition."""
    found = [*MADE_SOMEHOW.finditer(source)]
    for one, after in zip_longest(found, found[1:]):
        yield one[1], source[one.end() : after.start() if after is not None else len(source)]


def _tell(missing: Mapping[str, str], severity: Severity) -> Iterator[Problem]:
    for path in dict.fromkeys(missing.values()):
        names = [name for name, blamed in missing.items() if blamed == path]
        more = f" y {len(names) - SHOWN} más" if len(names) > SHOWN else ""
        told = ", ".join(f"«{name}»" for name in names[:SHOWN])
        message = f"la plantilla no define {told}{more}, que Imprenta usa"
        hint = "si es una copia de la de otra versión, copie la de ahora y repita en ella sus cambios"
        yield Problem("plantilla-incompleta", message, Span(path), hint, severity)


def _sources_in_effect(templates: Templates, engine: Mapping[str, str]) -> dict[str, str]:
    """Return the templates that a build uses, by name: those that none includes, and all that these include."""
    waiting = sorted(engine.keys() - {name for source in engine.values() for name in INCLUDED.findall(source)})
    sources: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if name not in sources:
            sources[name] = templates.source(name) or ""
            waiting += INCLUDED.findall(sources[name])
    return sources


def _to_blame(
    template: str, engine: Mapping[str, str], sources: Mapping[str, str], foreign: frozenset[str]
) -> str | None:
    """Return the path of the author's template that stands for one of the engine's, or should include it."""
    while template not in sources or _path_of(template) not in foreign:
        includer = next((name for name, source in engine.items() if template in INCLUDED.findall(source)), None)
        if includer is None:
            return None
        template = includer
    return _path_of(template)


def _path_of(name: str) -> str:
    return f"{FOLDER}/{name}{SUFFIX}"


@cache
def _engine_sources() -> dict[str, str]:
    """Return the engine's own templates, by name."""
    ours = engine_workspace()
    paths = ours.list_files(FOLDER, SUFFIX)
    return {path[len(FOLDER) + 1 : -len(SUFFIX)]: (ours.read(path) or b"").decode() for path in paths}


@cache
def _python() -> str:
    """Return the source of the engine's modules, some of which write TeX."""
    ours = engine_workspace()
    paths = (path for folder in ours.list_folders("imprenta") for path in ours.list_files(folder, ".py"))
    return "\n".join((ours.read(path) or b"").decode() for path in paths)

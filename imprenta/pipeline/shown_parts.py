"""A paper, and what is asked for -> the paper that is printed: without the parts whose tags are not shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.paper import names_in
from imprenta.model.report import SECTION_LISTS, names_among
from imprenta.model.tags import leave_out
from imprenta.problems import CannotContinue, guess_hint

if TYPE_CHECKING:
    from imprenta.cache import Cache
    from imprenta.model import Report, Section
    from imprenta.model.paper import Paper
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
    sections: dict[str, Section] = {}
    for name, section in paper.sections.items():
        left: Section | None = section
        if any(kind == "etiqueta" for kind, _ in names_in(section)):
            make = partial(leave_out, section, hidden)
            left = cache.in_process("shown sections", (section, hidden), make, name)
        if left is not None:
            sections[name] = left
    gone = frozenset(paper.sections.keys() - sections.keys())
    report = paper.report
    if gone:
        report = cache.in_process("shown report", (report, gone), partial(_without, report, gone))
    if not report.sections:
        hint = f"no se muestra: {', '.join(sorted(hidden))}"
        raise CannotContinue("no queda ninguna sección que imprimir", hint=hint, status=1)
    return replace(paper, report=report, sections=sections, hidden=hidden, complete=paper)


def _without(report: Report, gone: frozenset[str]) -> Report:
    """Return a report that does not name some sections."""
    left = {
        name: [text for text in names_among(getattr(report, name)) if text.value not in gone] for name in SECTION_LISTS
    }
    return report.model_copy(update=left)

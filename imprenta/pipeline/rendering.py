"""A loaded report with its figures and tables -> its .tex, written anew only where what it is made of changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.load import REPORT_PATH
from imprenta.workspace import ENGINE_ROOT, content_hash, engine_workspace

if TYPE_CHECKING:
    from imprenta.markup import Scope
    from imprenta.memory import Memory
    from imprenta.model.paper import Paper
    from imprenta.model.source_map import SourceMap
    from imprenta.pipeline.drawings import DrawnFigures
    from imprenta.pipeline.loading import Loaded
    from imprenta.render import TableView
    from imprenta.workspace import Workspace


def render_report(
    workspace: Workspace,
    loaded: Loaded,
    scope: Scope,
    figures: DrawnFigures,
    tables: dict[str, TableView],
    memory: Memory,
) -> tuple[str, SourceMap]:
    """Return the .tex of a report whose main file could be used, and the map of where each line of it comes from.

    Raises TemplateFailure if a template cannot be used.
    """
    from imprenta.render import Templates, cover_view, render_document

    paper = loaded.paper
    assert paper is not None
    marks = _hash_templates(workspace)
    date = _access_date(loaded)
    given = content_hash(workspace.hash_files(REPORT_PATH, "paper/datos/*.yaml"), date)
    return render_document(
        paper,
        memory.hold("templates", marks, lambda: Templates(workspace, memory)),
        scope,
        figures.views,
        tables,
        memory.hold("cover", given, lambda: cover_view(paper, scope, date)),
        memory=memory,
        given=_given_to_sections(workspace, paper, marks),
    )


def _hash_templates(workspace: Workspace) -> str:
    """Return a hash of every template that a report may use: a template may include any other."""
    own = workspace.hash_tree("templates", ".j2")
    return own if workspace.root == ENGINE_ROOT else own + engine_workspace().hash_tree("templates", ".j2")


def _given_to_sections(workspace: Workspace, paper: Paper, templates: str) -> dict[str, str]:
    """Return for each section a hash of what its text is made from, besides the figures and tables it places."""
    common = templates + workspace.hash_files("paper/datos/*.yaml") + paper.report.citation_style
    return {name: workspace.hash_files(f"paper/secciones/{name}.yaml") + common for name in paper.sections}


def _access_date(loaded: Loaded) -> str:
    """Return the day on which every cited page was read, or nothing if there are several days or an unusual one."""
    entries = list(loaded.bibliography.entries.values())
    dates = {entry.fields["urldate"].value for entry in entries if "urldate" in entry.fields}
    if len(dates) > 1 and loaded.paper is not None:
        from imprenta.check.citations import cited_keys

        cited = {key for key, _ in cited_keys(loaded.paper)}
        entries = [loaded.bibliography.entries[key] for key in cited if key in loaded.bibliography.entries]
        dates = {entry.fields["urldate"].value for entry in entries if "urldate" in entry.fields}
    only = dates.pop() if len(dates) == 1 else ""
    return only if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", only) else ""

"""A loaded report with its figures and tables -> its .tex, written anew only where what it is made of changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.load import REPORT_PATH
from imprenta.model.citation_key import encode_key
from imprenta.pipeline.dependence import depend_on_values
from imprenta.pipeline.loading import find_access_date, listed_keys
from imprenta.pipeline.logos import place_logos
from imprenta.workspace import ENGINE_ROOT, content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.cache import Cache
    from imprenta.model.document import Document
    from imprenta.model.explained import FirstUses
    from imprenta.model.source_map import SourceMap
    from imprenta.pipeline.drawings import DrawnFigures
    from imprenta.pipeline.loading import Loaded
    from imprenta.pipeline.scope import ReportScope
    from imprenta.render import CoverView, FigureView, TableView, Templates
    from imprenta.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RenderedAhead:
    """A .tex that was written with figures as they were expected; `asking` asks the cache for what it is made of."""

    views: Mapping[str, FigureView]
    document: Document
    places: SourceMap
    asking: list[Callable[[], object]]


def render_ahead(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    expected: DrawnFigures,
    tables: dict[str, TableView],
    cache: Cache,
) -> RenderedAhead:
    """Return the .tex with figures as they are expected to be. Raises TemplateFailure as `render_report` does."""
    with cache.trying() as asking:
        return RenderedAhead(expected.views, *render_report(workspace, loaded, scope, expected, tables, cache), asking)


def render_report(
    workspace: Workspace,
    loaded: Loaded,
    scope: ReportScope,
    figures: DrawnFigures,
    tables: dict[str, TableView],
    cache: Cache,
    ahead: RenderedAhead | None = None,
) -> tuple[Document, SourceMap]:
    """Return the .tex of a report whose main file could be used, and the map of where each line of it comes from.

    If the figures are as they were expected, it is what was written `ahead`. Raises TemplateFailure if a template
    cannot be used.
    """
    if ahead is not None and ahead.views == figures.views:
        for ask in ahead.asking:
            ask()
        return ahead.document, ahead.places
    from imprenta.render import render_document

    paper = loaded.paper
    assert paper is not None
    marks = _hash_templates(workspace)
    templates, cover = _prepare(workspace, loaded, scope, cache, marks)
    given = _given_to_sections(workspace, loaded, cache, marks + scope.names.mark, scope.first_uses)
    names = loaded.bibliography.aliases().items()
    aliases = {encode_key(name): encode_key(key) for name, key in names if name != key}
    return render_document(
        paper, templates, scope, figures.views, tables, cover, cache=cache, given=given, aliases=aliases
    )


def render_opening(workspace: Workspace, loaded: Loaded, scope: ReportScope, cache: Cache) -> str:
    """Return the preamble of a report, as it will be unless a template asks for the sections.

    Raises TemplateFailure if a template cannot be used.
    """
    from imprenta.render import render_preamble

    assert loaded.paper is not None
    prepared = _prepare(workspace, loaded, scope, cache, _hash_templates(workspace))
    return render_preamble(*prepared, loaded.paper.report.stamp)


def _prepare(
    workspace: Workspace, loaded: Loaded, scope: ReportScope, cache: Cache, marks: str
) -> tuple[Templates, CoverView]:
    """Return the templates, of which `marks` is a hash, and what they are told of the report as a whole."""
    from imprenta.render import Templates, cover_view

    paper = loaded.paper
    assert paper is not None
    date = find_access_date(loaded)
    listed = tuple(map(encode_key, listed_keys(loaded)))
    logos = tuple(view for view, _ in place_logos(workspace, paper))
    parts = f"{sorted(paper.hidden)} {paper.has_unnumbered}"
    told = [loaded.values, scope.names.mark, repr(date), parts, repr(logos), *listed]
    given = content_hash(workspace.hash_files(REPORT_PATH), *told)
    locale = scope.locale
    templates = cache.in_process("templates", marks + locale.codigo, lambda: Templates(workspace, cache, locale))
    return templates, cache.in_process("cover", given, lambda: cover_view(paper, scope, date, logos, listed))


def _hash_templates(workspace: Workspace) -> str:
    """Return a hash of every template that a report may use: a template may include any other."""
    own = workspace.hash_tree("templates", ".j2")
    return own if workspace.root == ENGINE_ROOT else own + engine_workspace().hash_tree("templates", ".j2")


def _given_to_sections(
    workspace: Workspace, loaded: Loaded, cache: Cache, given: str, uses: FirstUses
) -> dict[str, str]:
    """Return for each section a hash of what its text is made from, besides the figures and tables it places.

    `given` is a hash of what all of them are made from; few of them mention values, or use a word first.
    """
    paper = loaded.paper
    assert paper is not None
    hidden = str(sorted(paper.hidden))
    common = f"{given}{paper.report.citation_style} {paper.report.wanted_lists} {hidden}"
    made_from = {name: (part.place.path, *paper.parts_of.get(name, ())) for name, part in paper.sections.items()}
    return {
        name: workspace.hash_files(*paths)
        + common
        + depend_on_values(workspace, cache, paths, paper.sections[name], loaded.values, hidden)
        + content_hash(*map(uses.tell, paths))
        for name, paths in made_from.items()
    }

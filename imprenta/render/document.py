"""A checked Paper with its drawn figures and set tables -> the .tex of the whole report."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.model import Listing
from imprenta.model.algorithms import AlgorithmBlock
from imprenta.model.cover import LISTS
from imprenta.model.document import BEGIN
from imprenta.model.facts import Heading, Stated
from imprenta.model.source_map import unmark
from imprenta.render.assembly import assemble, cites_any
from imprenta.render.blocks import BlockWriter
from imprenta.render.checkpoints import end_preamble, write_opening
from imprenta.render.citations import NumericForm, leave_to_biblatex
from imprenta.render.explained import NO_LISTS, ExplainedLists, write_explained_words
from imprenta.render.tagging import write_tag_commands
from imprenta.render.view import (
    ContentsView,
    CoverView,
    FigureView,
    TableView,
    TitlesView,
)
from imprenta.words import ENGLISH, SPANISH
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.markup import Scope
    from imprenta.model import Text
    from imprenta.model.document import Document
    from imprenta.model.paper import Paper
    from imprenta.model.source_map import SourceMap
    from imprenta.render.environment import Templates
    from imprenta.words import Locale


def render_document(
    paper: Paper,
    templates: Templates,
    scope: Scope,
    figures: Mapping[str, FigureView],
    tables: Mapping[str, TableView],
    cover: CoverView,
    *,
    cache: Cache | None = None,
    given: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Document, SourceMap]:
    """Turn the report into LaTeX and the map of where each line of it comes from.

    Each section goes through its template, then all of it through `documento`.
    `figures` and `tables` are what the templates `figura` and `tabla` place, by the id of their label. A section is not
    written anew if `cache` knows it for what `given` has for it (a hash of all else) and the figures and tables in it.
    `aliases` gives the keys of entries for the other names by which they may be cited.
    Raises TemplateFailure if a template cannot be used.
    """
    cache = cache or Cache()
    writer = BlockWriter(templates, scope, figures, tables, paper, cache)
    sections = []
    opens = True
    for kind, name, section in paper.ordered_parts():
        opening = kind == "anexo" and opens
        opens = opens and not opening
        write = partial(writer.write_section, kind, name, section, opens=opening)
        if given is None:
            sections.append(write())
            continue
        made_of = (f"{given[name]} {kind} {opening}", list(writer.views_of(section)))
        key = cache.in_process("section keys", made_of, partial(_hash, *made_of), name)
        written = cache.on_disk("sections", key, write, name)
        sections.append(written)
    lists = write_explained_words(paper, scope)
    fronts = (cover.resumen, cover.resumen_ingles, cover.titulo, *lists.texts())
    cites = any(cites_any(tex) for tex in (*fronts, *sections))
    there = {
        "contenido": bool(sections),
        "figuras": bool(figures),
        "tablas": bool(tables),
        "codigos": any(isinstance(block, Listing) and block.title is not None for block in paper.blocks),
        "algoritmos": any(isinstance(block, AlgorithmBlock) for block in paper.blocks),
    }
    wanted = {name: there[name] and name in paper.report.wanted_lists for name in there}
    contents = ContentsView(**wanted, referencias=cites or bool(cover.sin_citar))
    tex = _render_whole(templates, cover, sections, contents, lists)
    style, numeric = paper.report.citation_style, None
    if paper.report.numeric:
        numeric = NumericForm(templates.locale.palabras, share=style == "vancouver")
    if numeric is not None and templates.exported:
        tex, *sections = (leave_to_biblatex(part, numeric) for part in (tex, *sections))
        numeric = None
    if tagged := is_tagged(cover, templates):
        words = templates.locale.palabras
        tex, *sections = (write_tag_commands(part, words) for part in (tex, *sections))
    ending = end_preamble(paper.report.stamp, foreign=bool(templates.foreign), tagged=tagged)
    begin = write_opening(ending, cover.metadatos)
    document, places = assemble(tex, sections, templates.foreign, cache, aliases, numeric=numeric, opening=begin)
    if templates.foreign:
        from imprenta.render.template_commands import refuse_missing

        refuse_missing(templates, document)
    return document, places


def render_preamble(templates: Templates, cover: CoverView, stamp: str) -> str:
    """Return what the .tex says before the document begins, as it will be unless a template asks for the sections.

    `stamp` is the date of the report.
    """
    every = ContentsView(**dict.fromkeys((*LISTS, "referencias"), True))
    preamble, _, _ = _render_whole(templates, cover, [], every).partition(BEGIN)
    ending = end_preamble(stamp, foreign=bool(templates.foreign), tagged=is_tagged(cover, templates))
    return unmark(f"{preamble}{ending}")[0]


def is_tagged(cover: CoverView, templates: Templates) -> bool:
    """Tell whether the pages get marks: the sources that are exported have none."""
    return cover.pagina.etiquetada and not templates.exported


def _render_whole(
    templates: Templates,
    cover: CoverView,
    sections: Sequence[str],
    contents: ContentsView,
    lists: ExplainedLists = NO_LISTS,
) -> str:
    return templates.render(
        "documento",
        informe=cover,
        secciones=sections,
        hay=contents,
        pagina=cover.pagina,
        titulos=_titles(templates.locale),
        abreviaturas=lists.abbreviations,
        glosario=lists.terms,
    )


def _titles(locale: Locale) -> TitlesView:
    heading = Heading(1, numbered=False)
    spanish, english = SPANISH.palabras, ENGLISH.palabras
    return TitlesView(
        resumen=Stated(spanish.resumen, heading),
        resumen_ingles=Stated(english.resumen, heading),
        referencias=Stated(locale.palabras.referencias, heading),
        abreviaturas=Stated(locale.palabras.abreviaturas, heading),
        glosario=Stated(locale.palabras.glosario, heading),
        palabras_clave=spanish.palabras_clave,
        palabras_clave_ingles=english.palabras_clave,
    )


def _hash(given: str, views: Sequence[FigureView | TableView | Text]) -> str:
    """Return a hash of what a section is made of, the same in every process."""
    return content_hash(given, repr(views))

"""A checked Paper with its drawn figures and set tables -> the .tex of the whole report."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.markup import (
    carry,
    escape,
    locale_of,
    mark_words,
    write_block,
    write_inline,
    write_plain,
    write_short,
)
from imprenta.model import Text
from imprenta.model.document import BEGIN
from imprenta.model.facts import Heading, Kind, Language, Stated
from imprenta.model.page import PAGE
from imprenta.model.source_map import unmark
from imprenta.render.assembly import assemble, cites_any
from imprenta.render.blocks import BlockWriter
from imprenta.render.checkpoints import read_definitions
from imprenta.render.view import (
    AuthorView,
    ContentsView,
    CoverView,
    FigureView,
    PageView,
    TableView,
    TitlesView,
)
from imprenta.words import ENGLISH, SPANISH
from imprenta.words.locale import format_date
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.markup import Scope
    from imprenta.model import Author
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
    writer = BlockWriter(templates, scope, figures, tables, cache)
    sections = []
    for name, section in paper.ordered_sections():
        if given is None:
            sections.append(writer.write_section(name, section))
            continue
        made_of = (given[name], list(writer.views_of(section)))
        key = cache.in_process("section keys", made_of, partial(_hash, *made_of), name)
        written = cache.on_disk("sections", key, partial(writer.write_section, name, section), name)
        sections.append(written)
    cites = any(cites_any(tex) for tex in (cover.resumen, cover.resumen_ingles, cover.titulo, *sections))
    tex = _render_whole(templates, cover, sections, ContentsView(bool(figures), bool(tables), cites))
    numeric = templates.locale.palabras if paper.report.citation_style == "ieee" else None
    return assemble(tex, sections, templates.foreign, cache, aliases, numeric=numeric)


def render_preamble(templates: Templates, cover: CoverView) -> str:
    """Return what the .tex says before the document begins, as it will be unless a template asks for the sections."""
    every = ContentsView(figuras=True, tablas=True, referencias=True)
    preamble, _, _ = _render_whole(templates, cover, [], every).partition(BEGIN)
    return unmark(f"{preamble}{read_definitions()}")[0]


def _render_whole(templates: Templates, cover: CoverView, sections: Sequence[str], contents: ContentsView) -> str:
    page = PageView(PAGE.margin_inner, PAGE.margin_outer, PAGE.margin_top, PAGE.margin_bottom)
    return templates.render(
        "documento",
        informe=cover,
        secciones=sections,
        hay=contents,
        pagina=page,
        titulos=_titles(templates.locale),
    )


def _titles(locale: Locale) -> TitlesView:
    heading = Heading(1, numbered=False)
    spanish, english = SPANISH.palabras, ENGLISH.palabras
    return TitlesView(
        resumen=Stated(spanish.resumen, heading),
        resumen_ingles=Stated(english.resumen, heading),
        referencias=Stated(locale.palabras.referencias, heading),
        palabras_clave=spanish.palabras_clave,
        palabras_clave_ingles=english.palabras_clave,
    )


def _hash(given: str, views: Sequence[FigureView | TableView]) -> str:
    """Return a hash of what a section is made of, the same in every process."""
    return content_hash(given, repr(views))


def cover_view(paper: Paper, scope: Scope, access_date: str) -> CoverView:
    """Turn the report's own data into what the cover and the preamble place.

    `access_date` (AAAA-MM-DD) is the day on which all cited pages were read, if it was one.
    """
    report = paper.report
    locale = locale_of(scope)
    words = locale.palabras

    def line(text: Text | None) -> str:
        return _stated("cover", write_inline(text, scope)) if text is not None else ""

    def listed(texts: Sequence[Text]) -> str:
        return ", ".join(line(text) for text in texts)

    authors = tuple(
        AuthorView(
            _stated("cover", mark_words(author.given, _full_name(author), scope)),
            line(author.email),
            line(author.affiliation),
            line(author.orcid),
        )
        for author in report.authors
    )
    metadata = {
        "titulo": write_short(report.title, scope),
        "autor": ", ".join(author.nombre for author in authors),
        "asunto": write_short(report.topic, scope) if report.topic is not None else "",
        "palabras_clave": ", ".join(write_short(text, scope) for text in report.keywords_spanish),
    }
    read_on = format_date(access_date, locale) if access_date else ""
    return CoverView(
        line(report.title),
        line(report.subtitle),
        line(report.kind),
        authors,
        line(report.course),
        line(report.period),
        line(report.topic),
        line(report.teacher),
        line(report.program),
        line(report.institution),
        line(report.city),
        _stated("cover", mark_words(report.date, format_date(report.date.value, locale), scope)),
        write_block(report.abstract_spanish, scope) if report.abstract_spanish is not None else "",
        _english(write_block(report.abstract_english, scope) if report.abstract_english is not None else ""),
        listed(report.keywords_spanish),
        _english(listed(report.keywords_english)),
        report.citation_style,
        read_on,
        (words.consultadas_el if access_date.count("-") == 2 else words.consultadas_en).format(read_on),
        metadata,
    )


def _stated(kind: str, tex: str) -> str:
    """Return TeX that is of a kind for its reader where the engine's own template places it."""
    return Stated(tex, Kind(kind))


def _english(tex: str) -> str:
    return Stated(tex, Language("en"))


def _full_name(author: Author) -> str:
    parts = [write_plain(part) for part in (author.given, author.family) if part is not None]
    name = " ".join(parts)
    return carry(escape(name), name)

"""A checked Paper with its drawn figures and set tables -> the .tex of the whole report."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imprenta.cache import Cache
from imprenta.markup import (
    carry,
    escape,
    locale_of,
    mark_words,
    write_block,
    write_equation,
    write_inline,
    write_plain,
    write_short,
)
from imprenta.model import Block, FigureBlock, Part, Placing, SubsectionBlock, TableBlock, Text, TextBlock
from imprenta.model.document import BEGIN
from imprenta.model.facts import Carried, Float, Heading, Kind, Language, LongTable, Numbered, Stated, state
from imprenta.model.meaning import Printed, holders_in, read_meanings, texts_in
from imprenta.model.page import PAGE
from imprenta.model.paper import walk_blocks
from imprenta.model.referable import REFERABLE
from imprenta.model.source_map import unmark
from imprenta.render.assembly import assemble, cites_any
from imprenta.render.checkpoints import CHECKPOINT, read_definitions
from imprenta.render.view import (
    AuthorView,
    ContentsView,
    CoverView,
    FigureView,
    PageView,
    SectionView,
    TableView,
    TitlesView,
)
from imprenta.words import ENGLISH, SPANISH
from imprenta.words.locale import format_date
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from imprenta.markup import Scope
    from imprenta.model import Author, Holder, Section, Target
    from imprenta.model.document import Document
    from imprenta.model.paper import Paper
    from imprenta.model.source_map import SourceMap
    from imprenta.render.environment import Templates
    from imprenta.words import Locale

HEADINGS = ("subsection", "subsubsection", "paragraph")
"""The LaTeX command of a subsection by how deep it stands."""
NUMBERED = 3
"""The last level of headings that LaTeX numbers: `preambulo` sets secnumdepth."""


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
    writer = _BlockWriter(templates, scope, figures, tables, cache)
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


class _BlockWriter:
    """Writes blocks one after another."""

    def __init__(
        self,
        templates: Templates,
        scope: Scope,
        figures: Mapping[str, FigureView],
        tables: Mapping[str, TableView],
        cache: Cache,
    ) -> None:
        self.templates = templates
        self.cache = cache
        self.place = ""
        self.count = 0
        self.scope = scope
        self.figures = figures
        self.tables = tables

    def views_of(self, section: Section) -> Iterator[FigureView | TableView]:
        """Yield the figures and tables that a section places."""
        for block in walk_blocks(section.blocks):
            for target in block.targets():
                if target.origin is not None:
                    yield self.view_of(target)

    def view_of(self, target: Target) -> FigureView | TableView:
        """Return a placed figure or table as its template sees it."""
        return self.figures[target.id] if target.kind == "figura" else self.tables[target.id]

    def write_section(self, name: str, section: Section) -> str:
        self.place, self.count = name, 0
        view = SectionView(
            name,
            Stated(write_inline(section.title, self.scope), Heading(1, f"seccion:{name}")),
            Stated(write_short(section.title, self.scope), Carried()),
            _stated("statement", write_block(section.statement, self.scope) if section.statement is not None else ""),
            self.write(section.blocks, 0),
        )
        return self.templates.render("seccion", seccion=view)

    def write(self, blocks: Sequence[Block], depth: int) -> str:
        return CHECKPOINT.join(self.write_one(block, depth) for block in blocks)

    def write_one(self, block: Block, depth: int) -> str:
        if isinstance(block, TextBlock):
            self.count += 1
            write = partial(write_block, block.text, self.scope, between=CHECKPOINT)
            name = f"{self.place} {self.count}"
            return self.cache.in_process("blocks", (block.text, self.scope), write, name).strip("\n")
        if isinstance(block, FigureBlock | TableBlock):
            (target,) = block.targets()
            view = self.view_of(target)
            tex = self.templates.render(block.template, **{block.template: view}).strip("\n")
            return state(LongTable() if isinstance(view, TableView) and view.larga else Float(), tex)
        if isinstance(block, SubsectionBlock):
            values = self.values_of_subsection(block, depth)
            return self.templates.render(block.template, **values).strip("\n")
        tex = self.templates.render(block.template, **self.values_of(block, depth)).strip("\n")
        return _numbered(block, tex)

    def values_of_subsection(self, block: SubsectionBlock, depth: int) -> dict[str, Any]:
        level = min(depth, len(HEADINGS) - 1) + 2
        id = block.id.value if block.id is not None else ""
        heading = Heading(level, f"seccion:{id}" if id else "", numbered=level <= NUMBERED)
        return {
            "orden": HEADINGS[level - 2],
            "titulo": Stated(write_inline(block.title, self.scope), heading),
            "titulo_corto": Stated(write_short(block.title, self.scope), Carried()),
            "id": id,
            "cuerpo": self.write(block.content, depth + 1),
        }

    def values_of(self, block: Part, depth: int) -> dict[str, Any]:
        """Return what a block's own template gets, by the names of its keys.

        Its texts are set as they say, its blocks one after another; other models that it holds are mappings of their
        keys in turn. What is no text is given as it is, and what the author left out is empty.
        """
        meanings = read_meanings(type(block))
        values: dict[str, Any] = {}
        for key, name in block.keys().items():
            value, meaning = getattr(block, name), meanings.get(name)
            if isinstance(meaning, Printed):
                written = [self.write_text(text, meaning) for text in texts_in(value)]
                value = written if isinstance(value, list) else "".join(written)
            elif name in meanings and meaning is None:
                value = self.write_held(list(holders_in(value)), depth)
            elif isinstance(value, Text):
                value = value.value
            values[key] = "" if value is None else value
        if isinstance(block, Placing) and not isinstance(block, Block):
            first = next(key for key, name in block.keys().items() if isinstance(meanings.get(name), Printed))
            values[first] = _numbered(block, values[first])
        return values

    def write_held(self, held: Sequence[Holder], depth: int) -> str | list[dict[str, Any]]:
        """Set blocks one after another; turn other models into what a template gets of them."""
        blocks = [block for block in held if isinstance(block, Block)]
        parts = [part for part in held if isinstance(part, Part) and not isinstance(part, Block)]
        if blocks or not parts:
            return self.write(blocks, depth + 1)
        return [self.values_of(part, depth) for part in parts]

    def write_text(self, text: Text, printed: Printed) -> str:
        """Set a text as its role says."""
        if printed.role in ("formula", "row"):
            return write_equation(text, self.scope, row=printed.role == "row")
        if printed.role == "block":
            return write_block(text, self.scope, between=CHECKPOINT)
        if printed.role in ("bare", "spoken"):
            return mark_words(text, escape(write_plain(text, self.scope)), self.scope)
        return write_inline(text, self.scope)


def _numbered(placing: Placing, tex: str) -> str:
    """Return the TeX of what LaTeX numbers, with the facts of its number."""
    for target in placing.targets():
        label = f"{target.kind}:{target.id}" if target.id else ""
        tex = state(Numbered(REFERABLE[target.kind].counter, label), tex)
    return tex


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

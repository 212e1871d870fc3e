"""A report's own data -> what the cover, the summary and the preamble place of it, TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import carry, escape, locale_of, mark_words, write_block, write_inline, write_plain, write_short
from imprenta.model.cover import Cover
from imprenta.model.design import COLOURS, USUAL_LETTER
from imprenta.model.facts import Citation, Cited, Continued, Defines, Heading, Kind, Language, Sheet, Stated
from imprenta.model.page import PAGE
from imprenta.render.view import AbstractView, AuthorView, CoverFormView, CoverView, PageView
from imprenta.words import LOCALES, SPANISH
from imprenta.words.locale import format_date, link_of

PAPER_OPTIONS = {"carta": "letterpaper", "a4": "a4paper"}


if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.markup import Scope
    from imprenta.model import Author, Report, Text
    from imprenta.model.cover import LabelledTexts
    from imprenta.model.dates import AccessDate
    from imprenta.model.paper import Paper
    from imprenta.render.view import LogoView
    from imprenta.words import Words


def cover_view(
    paper: Paper, scope: Scope, access: AccessDate, logos: tuple[LogoView, ...] = (), listed: tuple[str, ...] = ()
) -> CoverView:
    """Turn the report's own data into what the cover and the preamble place.

    `access` is the day on which most cited pages were read, if it was one; `listed` are the keys, as TeX has them, of
    works that are listed without being cited.
    """
    report = paper.report
    locale = locale_of(scope)
    words = locale.palabras
    signed = _Signed(report, scope)
    authors = signed.authors()
    keywords = report.keywords_spanish if locale is SPANISH else report.keywords_english
    metadata = {
        "titulo": write_short(report.title, scope),
        "autor": ", ".join(author.nombre for author in authors),
        "asunto": write_short(report.topic, scope) if report.topic is not None else "",
        "palabras_clave": ", ".join(write_short(text, scope) for text in keywords),
    }
    read_on = format_date(access.day, locale) if access.day else ""
    date = report.date
    abstracts = _abstracts(report, scope)
    return CoverView(
        titulo=_line(report.title, scope),
        subtitulo=_line(report.subtitle, scope),
        tipo=_line(report.kind, scope),
        autores=authors,
        afiliaciones=signed.affiliations(),
        curso=_line(report.course, scope),
        periodo=_line(report.period, scope),
        tema=_line(report.topic, scope),
        docente=_line(report.teacher, scope),
        programa=_line(report.program, scope),
        institucion=_line(report.institution, scope),
        ciudad=_line(report.city, scope),
        fecha=_stated("cover", mark_words(date, format_date(date.value, locale), scope) if date is not None else ""),
        anio=_stated("cover", mark_words(date, date.value[:4], scope) if date is not None else ""),
        portada=CoverFormView(
            report.cover_form,
            report.has_cover_page,
            logos,
            _pairs(report.cover.data, scope) if isinstance(report.cover, Cover) else (),
        ),
        resumenes=tuple(abstract for abstract in abstracts.values() if abstract.texto),
        resumen=abstracts["es"].texto,
        resumen_ingles=abstracts["en"].texto,
        palabras_clave=abstracts["es"].palabras_clave,
        palabras_clave_ingles=abstracts["en"].palabras_clave,
        anexos=bool(report.appendices),
        sin_numero=paper.has_unnumbered,
        indices=report.wanted_lists,
        estilo_citas=report.citation_style,
        fecha_consulta=read_on if access.always else "",
        dia_consulta=access.parts,
        consulta=_consulted(access, read_on, words) if read_on else "",
        sin_citar=_nocite(listed, numeric=report.numeric),
        pagina=_page(report),
        metadatos=metadata,
    )


def _page(report: Report) -> PageView:
    """Tell how the pages look.

    What has two columns, or lines that are numbered through the whole, is always set as one: no checkpoint notes the
    column that it is in, nor a number. The references of a short report, which has neither a cover page nor contents,
    follow the text.
    """
    sheet, setup, aspect = report.sheet, report.page, report.aspect
    stated = Sheet(sheet.margin_top, sheet.margin_bottom)
    is_short = not (report.has_cover_page or report.wanted_lists)
    return PageView(
        sheet.margin_inner,
        sheet.margin_outer,
        sheet.margin_top,
        sheet.margin_bottom,
        sheet.columns,
        sheet.column_gap,
        papel=PAPER_OPTIONS[setup.paper] if setup is not None else "letterpaper",
        letra=setup.letter if setup is not None else USUAL_LETTER,
        interlineado=f"{setup.spacing:f}" if setup is not None and setup.spacing > 1 else "",
        tipo=aspect.face if aspect is not None else "romana",
        color=COLOURS[aspect.colour if aspect is not None else "azul"],
        saliente=report.overhang,
        borrador=report.draft,
        etiquetada=report.conformity != "ninguna",
        hoja="" if (stated.top, stated.bottom) == (PAGE.margin_top, PAGE.margin_bottom) else Stated("%", stated),
        entera=Stated("%", Defines()) if report.draft or sheet.columns > 1 else "",
        seguidas=Stated("%", Continued()) if is_short and sheet.columns == 1 else "",
    )


class _Signed:
    """The authors of a report as the cover names them, each affiliation with a number if there are several."""

    def __init__(self, report: Report, scope: Scope) -> None:
        self.report = report
        self.scope = scope
        named = [text.value.strip() for author in report.authors for text in author.affiliations]
        self.used = [key for key in dict.fromkeys(named) if key in report.affiliations]
        shared = all({text.value.strip() for text in author.affiliations} >= {*self.used} for author in report.authors)
        self.numbered = not shared

    def affiliations(self) -> tuple[tuple[str, str], ...]:
        """Return each affiliation that authors share or name by its key, after its number if it needs one."""
        return tuple(
            (str(number) if self.numbered else "", _line(self.report.affiliations[key], self.scope))
            for number, key in enumerate(self.used, 1)
        )

    def authors(self) -> tuple[AuthorView, ...]:
        """Return the authors in their order."""
        return tuple(self._view(at, author) for at, author in enumerate(self.report.authors))

    def _view(self, at: int, author: Author) -> AuthorView:
        keys = [text.value.strip() for text in author.affiliations]
        numbers = [str(self.used.index(key) + 1) for key in dict.fromkeys(keys) if key in self.used]
        name = _full_name(author)
        return AuthorView(
            nombre=_stated("cover", mark_words(author.given, name, self.scope)),
            correo=_line(author.email, self.scope),
            afiliacion=_line(author.affiliation, self.scope),
            orcid=_line(author.orcid, self.scope),
            identificacion=_pairs(author.numbers, self.scope),
            llamadas=",".join(numbers) if self.numbered else "",
            enlace=self._link(self.report.authors[at + 1 :]),
        )

    def _link(self, following: Sequence[Author]) -> str:
        if len(following) == 1:
            return f" {link_of(_full_name(following[0]), locale_of(self.scope).palabras)} "
        return ", " if following else ""


def _line(text: Text | None, scope: Scope) -> str:
    return _stated("cover", write_inline(text, scope)) if text is not None else ""


def _listed(texts: Sequence[Text], scope: Scope) -> str:
    return ", ".join(_line(text, scope) for text in texts)


def _pairs(labelled: LabelledTexts, scope: Scope) -> tuple[tuple[str, str], ...]:
    return tuple((_line(label, scope), _line(text, scope)) for label, text in labelled.pairs)


def _nocite(keys: tuple[str, ...], *, numeric: bool) -> str:
    """Return the command of biblatex that lists works: where numbers are written out, it is resolved as they are."""
    fact = Cited(keys) if numeric else Citation((("", "", keys),), textual=True)
    return Stated(rf"\nocite{{{','.join(keys)}}}", fact) if keys else ""


def _consulted(access: AccessDate, read_on: str, words: Words) -> str:
    said = words.consultadas_el if access.day.count("-") == 2 else words.consultadas_en
    return (said if access.always else f"{said.removesuffix('.')}{words.salvo_otra_fecha}").format(read_on)


def _stated(kind: str, tex: str) -> str:
    """Return TeX that is of a kind for its reader where the engine's own template places it."""
    return Stated(tex, Kind(kind))


def _abstracts(report: Report, scope: Scope) -> dict[str, AbstractView]:
    """Return the summaries by their languages, that of the report first."""
    given = {
        "es": (report.abstract_spanish, report.keywords_spanish),
        "en": (report.abstract_english, report.keywords_english),
    }
    own = locale_of(scope).codigo
    views = {}
    for code in sorted(given, key=lambda code: code != own):
        text, keywords = given[code]
        written = write_block(text, scope) if text is not None else "", _listed(keywords, scope)
        body, listed = (tex if code == own else Stated(tex, Language(code)) for tex in written)
        locale = LOCALES[code]
        words = locale.palabras
        title = Stated(words.resumen, Heading(1, numbered=False))
        views[code] = AbstractView("" if code == own else locale.babel, title, body, words.palabras_clave, listed)
    return views


def _full_name(author: Author) -> str:
    parts = [write_plain(part) for part in (author.given, author.family) if part is not None]
    name = " ".join(parts)
    return carry(escape(name), name)

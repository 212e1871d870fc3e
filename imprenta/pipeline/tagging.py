"""The PDF of a report with marks in its pages -> the tagged PDF, as `conformidad` asks for it."""

from __future__ import annotations

import functools
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.words import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.cache import Cache
    from imprenta.model.report import Report
    from imprenta.pipeline.loading import Loaded
    from imprenta.typeset.tags.page_marks import MarkedPage
    from imprenta.words import Words
    from imprenta.workspace import Workspace

PROFILE = "sRGB.icc"


def tag_report(workspace: Workspace, loaded: Loaded, pdf: bytes, cache: Cache) -> bytes:
    """Return the PDF with its tags, or as it is if the report asks for none."""
    if not asks_for_tags(loaded):
        return pdf
    from imprenta.typeset.tags.page_marks import mark_page
    from imprenta.typeset.tags.tagging import Tagging, tag_pdf

    assert loaded.paper is not None
    report = loaded.paper.report
    tagging = Tagging(
        report.conformity,
        _foreign_languages(report),
        LOCALES[report.language].palabras,
        _naming_sources(loaded, LOCALES[report.language].palabras, cache),
        cache.on_disk("colours", PROFILE, partial(_read_profile, workspace)),
    )
    numbers = count()

    def mark(stream: bytes) -> MarkedPage:
        return cache.in_process("marked pages", stream, partial(mark_page, stream), str(next(numbers)))

    return tag_pdf(pdf, tagging, mark)


def _naming_sources(loaded: Loaded, words: Words, cache: Cache) -> Callable[[str], str]:
    """Return what names the authors of a source by its key as TeX has it: links lead to the same ones many times."""
    entries = loaded.bibliography.known()

    @functools.cache
    def name(key: str) -> str:
        from imprenta.bibliography.authors import name_authors, naming_fields

        entry = entries.get(decode_key(key))
        if entry is None:
            return ""
        given = repr((words.y, words.y_otros, naming_fields(entry)))
        return cache.on_disk("authors of sources", given, partial(name_authors, entry, words), key)

    return name


def asks_for_tags(loaded: Loaded) -> bool:
    """Tell whether the PDF of a report is to have tags."""
    return loaded.paper is not None and loaded.paper.report.conformity != "ninguna"


def _foreign_languages(report: Report) -> dict[str, str]:
    """Return the tags of the languages that are not the report's own, by babel's names."""
    return {locale.babel: code for code, locale in LOCALES.items() if code != report.language}


def _read_profile(workspace: Workspace) -> bytes:
    """Return the colour profile of TeX's own tree; empty if there is none."""
    found = workspace.run(["kpsewhich", PROFILE])
    path = found.output.decode().strip()
    return workspace.read_installed(path) or b""

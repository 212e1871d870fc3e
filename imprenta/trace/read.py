"""What a build left -> its Trace."""

from __future__ import annotations

import re
from functools import partial
from operator import add
from typing import TYPE_CHECKING

from imprenta.model.document import FACTS, load_document
from imprenta.model.entry_places import read_entry_lines
from imprenta.model.page_table import read_page_table
from imprenta.model.paper import BIBLIOGRAPHY_PATH
from imprenta.model.source_map import SourceMap
from imprenta.problems import CannotContinue
from imprenta.project import name_program
from imprenta.trace.columns import AuthorRows
from imprenta.trace.drawings import load_drawings
from imprenta.trace.pdf_page import PdfPages
from imprenta.trace.references import ReferenceList
from imprenta.trace.synctex import PageRecords, read_synctex
from imprenta.trace.trace import Trace
from imprenta.workspace import PDF_PATH

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

JOB = "build/latex/informe"
DRAWINGS = f"{JOB}.drawings"
_LABEL = re.compile(r"\\newlabel\{([^{}]*)\}\{\{([^{}]*)\}")


def read_trace(workspace: Workspace, made: bytes | None = None) -> Trace:
    """Return the trace of the PDF that was built last, or of one that was `made` just now and is not in its place yet.

    Raises CannotContinue (status 1) if there is none, or if what was kept of it cannot be read.
    """
    names = (PDF_PATH, f"{JOB}.tex", f"{JOB}{FACTS}", f"{JOB}.map", f"{JOB}.pages")
    pdf, source, facts, places, table = (workspace.read(name) for name in names)
    pdf = made or pdf
    if pdf is None or source is None or facts is None or places is None or table is None:
        raise CannotContinue("no hay un informe hecho", hint=f"hágalo con «{name_program()}»", status=1)
    pages = PdfPages(pdf)
    try:
        return Trace(
            pages=_read_pages(workspace, table.decode()),
            pdf=pages,
            document=load_document(source.decode("utf-8", "replace"), facts.decode("utf-8", "replace")),
            places=SourceMap.loads(places.decode("utf-8", "replace")),
            references=_read_references(workspace, pages),
            authors=AuthorRows(workspace.read),
            numbers=dict(_LABEL.findall(_text(workspace, f"{JOB}.aux"))),
            drawings=load_drawings(workspace.read(DRAWINGS)),
        )
    except ValueError as error:
        raise CannotContinue(
            f"lo que dejó el último informe hecho no se entiende: «{error}»",
            hint=f"bórrelo con «{name_program()} clean» y hágalo de nuevo",
            status=1,
        ) from error


def _read_pages(workspace: Workspace, table: str) -> list[PageRecords]:
    """Return what TeX set on each page of the PDF, from the SyncTeX file of the run that set it."""
    runs: dict[str, list[PageRecords]] = {}
    pages = []
    for page in read_page_table(table):
        if page.job not in runs:
            path = f"build/latex/{page.job}.synctex"
            data = workspace.read(path) or workspace.read(f"{path}.gz")  # version 0.1 had it packed
            if data is None:
                raise ValueError(f"falta «{page.job}.synctex»")
            runs[page.job] = read_synctex(data)
        records = runs[page.job][page.page]
        pages.append(records.shifted(partial(add, page.shift)) if page.shift else records)
    return pages


def _read_references(workspace: Workspace, pages: PdfPages) -> ReferenceList:
    entries = read_entry_lines(_text(workspace, "build/latex/fuentes.entries"))
    kept = {BIBLIOGRAPHY_PATH: "build/latex/fuentes.bib"}
    files = {path: _text(workspace, kept.get(path, path)) for path in dict.fromkeys(entry.path for entry in entries)}
    return ReferenceList(pages, files, entries)


def _text(workspace: Workspace, name: str) -> str:
    return (workspace.read(name) or b"").decode("utf-8", "replace")

"""A loaded report that is sound -> a .zip of LaTeX that anybody can go on with, on Overleaf or with latexmk alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.markup import escape
from imprenta.model.bib_entry import join_entries
from imprenta.model.citation_key import encode_key
from imprenta.model.facts import Picture, Stated
from imprenta.model.paper import BIBLIOGRAPHY_PATH
from imprenta.pipeline.cell_pictures import name_pictures
from imprenta.pipeline.drawings import draw_figures
from imprenta.pipeline.explaining import find_explained
from imprenta.pipeline.loading import find_access_date, listed_keys
from imprenta.pipeline.logos import place_logos
from imprenta.pipeline.names import name_parts
from imprenta.pipeline.scope import ReportScope
from imprenta.pipeline.tabulation import view_tables
from imprenta.problems import has_errors
from imprenta.render import Templates, cover_view, render_document, write_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.model.document import Document
    from imprenta.model.source_map import SourceMap
    from imprenta.pipeline.drawings import DrawnFigures
    from imprenta.pipeline.loading import Loaded
    from imprenta.problems import Problem
    from imprenta.render import FigureView, LogoView
    from imprenta.workspace import Workspace

FIGURES = "figuras"
SPEAKER = "templates/preambulo.tex.j2"
"""The template that says how a figure is told to who does not see it."""
OURS = b"Imprenta"
"""The comment of a .zip that was exported: another export may take its place."""
_TIME = (1980, 1, 1, 0, 0, 0)
_LATEXMK = "$pdf_mode = 1;\n"
_NO_WORKS = b"% El informe no cita ninguna obra.\n"
_README = """\
# {title}

Este es el informe en LaTeX, tal como lo compuso Imprenta. No hace falta Imprenta, ni Python, para seguir con él:

- en Overleaf: «New Project» → «Upload Project», y este .zip (con pdfLaTeX, que es lo que Overleaf usa si no se le dice
  otra cosa);
- en una máquina con TeX Live: `latexmk informe.tex`, que llama a pdfLaTeX y a biber cuantas veces haga falta.

| archivo | qué es |
|---|---|
| `informe.tex` | el texto; los comentarios dicen de qué línea de los datos sale cada parte |
| `preambulo.tex` | el aspecto y las órdenes que usa el texto |
| `references.bib` | las fuentes: se citan con `\\autocite{{clave}}` y se numeran solas |
| `figuras/` | las figuras que salen en el informe |
| `.latexmkrc` | lo que latexmk tiene que saber |

Lo que se cambie aquí no vuelve a los datos: quien siga con Imprenta tiene que llevarlo allí.
"""


@dataclass(frozen=True, slots=True)
class ExportScope(ReportScope):
    """A scope for LaTeX that people read: what is told to who does not see a figure stands in it as text."""

    def speak(self, words: str) -> str:
        """Return the words as TeX."""
        return escape(words)


@dataclass(frozen=True, slots=True)
class Exported:
    """The .zip, with what is in it by name; nothing where `problems` say why a figure could not be drawn."""

    data: bytes
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def export_report(
    workspace: Workspace, loaded: Loaded, announce: Callable[[str], None] = lambda step: None
) -> Exported:
    """Draw, tabulate and render a report that the checks found sound; the same data give the same bytes.

    Raises TemplateFailure if a template cannot be used.
    """
    paper = loaded.paper
    assert paper is not None
    names = name_pictures(name_parts(loaded), workspace, paper)
    cells = {name: _call_picture(name) for name, _ in names.pictures.values()}
    names = replace(names, pictures={file: (cells[name], width) for file, (name, width) in names.pictures.items()})
    templates = Templates(workspace, Cache(), names.locale, exported=True)
    kind = ReportScope if SPEAKER in templates.foreign else ExportScope  # an author's own takes what it always took
    uses = find_explained(paper)
    scope = kind(loaded.numbers, names=names, locale=names.locale, sheet=names.sheet, first_uses=uses)
    announce("Figuras")
    figures = draw_figures(workspace, loaded, scope, announce)
    if has_errors(figures.problems):
        return Exported(b"", {}, tuple(figures.problems))
    announce("Tablas y plantillas")
    document, places = _render(workspace, loaded, scope, figures, templates)
    files = {name: text.encode() for name, text in write_sources(document, places).items()}
    renamed = _name_files(figures) | cells
    files |= {renamed[name]: data for name, data in figures.files.items()}
    written = loaded.bibliography.written
    files[BIBLIOGRAPHY_PATH] = join_entries(written) if written else _NO_WORKS  # latexmk does not go on without it
    files[".latexmkrc"] = _LATEXMK.encode()
    files["LEAME.md"] = _README.format(title=" ".join(paper.report.title.value.split())).encode()
    return Exported(_pack(files), files, tuple(figures.problems))


def _name_files(figures: DrawnFigures) -> dict[str, str]:
    """Return for each file beside our .tex, which is named after what is in it, the name that people call it by."""
    drawn = {drawing.file: f"{id}.{drawing.file.rpartition('.')[2]}" for id, drawing in figures.parts.items()}
    named = {name: f"{FIGURES}/{called}" for name, called in drawn.items()}
    return {name: named.get(name) or _call_picture(name) for name in figures.files}


def _call_picture(name: str) -> str:
    """Return what people call the picture of a cell: its name without what tells its contents."""
    called, _, rest = name.rpartition("/")[2].rpartition("-")
    return f"{FIGURES}/{called}.{rest.rpartition('.')[2]}"


def _render(
    workspace: Workspace, loaded: Loaded, scope: ReportScope, figures: DrawnFigures, templates: Templates
) -> tuple[Document, SourceMap]:
    paper, cache, renamed = loaded.paper, Cache(), _name_files(figures)
    assert paper is not None
    tables = view_tables(workspace, paper, scope, cache)
    logos = tuple(_rename_logo(view, renamed) for view, _ in place_logos(workspace, paper))
    listed = tuple(map(encode_key, listed_keys(loaded)))
    cover = cover_view(paper, scope, find_access_date(loaded), logos, listed)
    names = loaded.bibliography.aliases().items()
    aliases = {encode_key(name): encode_key(key) for name, key in names if name != key}
    views = {id: _rename(view, renamed) for id, view in figures.views.items()}
    return render_document(paper, templates, scope, views, tables, cover, cache=cache, aliases=aliases)


def _rename(view: FigureView, renamed: Mapping[str, str]) -> FigureView:
    """Return a figure whose pictures have other names."""
    rows = tuple(
        tuple(replace(picture, archivo=_rename_file(picture.archivo, renamed)) for picture in row)
        for row in view.filas
    )  # fmt: skip
    return replace(view, archivo=_rename_file(view.archivo, renamed), filas=rows)


def _rename_logo(view: LogoView, renamed: Mapping[str, str]) -> LogoView:
    return replace(view, archivo=_rename_file(view.archivo, renamed))


def _rename_file(file: str, renamed: Mapping[str, str]) -> str:
    """Return the name of a file, which may have the mark of its place before it, as it is called now."""
    assert isinstance(file, Stated)
    assert isinstance(file.fact, Picture)
    name = file.fact.file
    return Stated(file.replace(name, renamed[name]), Picture(renamed[name]))


def _pack(files: Mapping[str, bytes]) -> bytes:
    """Return the .zip of files, which depends on nothing else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = OURS
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return packed.getvalue()


def is_ours(data: bytes) -> bool:
    """Tell whether bytes are a .zip that was exported."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.comment == OURS
    except zipfile.BadZipFile:
        return False

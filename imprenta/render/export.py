r"""A document whose citations are commands -> LaTeX sources that people go on with: nothing in them is for programs.

Checkpoints and what they need stay behind: between two pieces there is a blank line, as a checkpoint ends a paragraph,
and a comment that names the author's line that the piece comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.document import BEGIN, CHECKPOINT, DATA
from imprenta.model.source_map import TEMPLATES
from imprenta.render.checkpoints import FIRST_CHECKPOINT, read_definitions

if TYPE_CHECKING:
    from imprenta.model.document import Document
    from imprenta.model.source_map import SourceMap

MAIN, PREAMBLE = "informe.tex", "preambulo.tex"
HEAD = "% Escrito por Imprenta. Cada comentario con un archivo y una línea dice de qué dato sale lo que le sigue.\n"
_CLASS = r"\documentclass"


def write_sources(document: Document, places: SourceMap) -> dict[str, str]:
    """Return the files of LaTeX by their names: the document, and what its preamble says after the class.

    Editors look for the class in the file that is to be run. A preamble that does not name it on a row of its own
    stays whole.
    """
    preamble = document.preamble.removesuffix(read_definitions())
    if document.foreign:  # an author's template may say it in the middle of a row
        preamble += f"\\newcommand{{{CHECKPOINT}}}{{\\par}}\n\\providecommand{{{DATA}}}[4]{{}}\n"
    rows = preamble.splitlines(keepends=True)
    at = next((number for number, row in enumerate(rows) if row.startswith(_CLASS) and row.rstrip()[-1] == "}"), -1)
    body = "\n\n".join(filter(None, _write_pieces(document, places))) + "\n"
    if at < 0:
        return {MAIN: f"{HEAD}{preamble}\n{body}"}
    opening = "".join(rows[: at + 1])
    return {MAIN: f"{HEAD}{opening}\\input{{preambulo}}\n\n{body}", PREAMBLE: "".join(rows[at + 1 :])}


def _write_pieces(document: Document, places: SourceMap) -> list[str]:
    """Return the pieces of the body, each after the comment that tells its place."""
    written = []
    for start, piece in zip(document.starts[1:], document.pieces[1:], strict=True):
        tex = piece.tex.removeprefix(f"{CHECKPOINT}\n")
        if tex.startswith(BEGIN):
            tex = tex.replace(FIRST_CHECKPOINT.removesuffix(f"{CHECKPOINT}\n"), "", 1)
        rows = range(start, start + piece.tex.count("\n") + 1)
        if piece.tex.startswith(CHECKPOINT):
            rows = rows[1:]
        tex = tex.strip("\n")
        written.append(f"{_tell_place(rows, places)}{tex}" if tex else "")
    return written


def _tell_place(rows: range, places: SourceMap) -> str:
    """Return the comment with the first of the author's lines that some rows of the .tex come from, if they do."""
    found = (places.place_of(row) for row in rows)
    place = next((one for one in found if one is not None and not one.path.startswith(TEMPLATES)), None)
    return f"% {place.path}:{place.line}\n" if place is not None else ""

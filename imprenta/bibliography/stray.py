"""Text between the entries of a .bib file -> problems, where it looks like a mistake and not like a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import ALIAS_TYPES, ENTRY_TYPES
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.bibliography.masking import Outline
    from imprenta.bibliography.syntax import Notes

_BARE_ENTRY = re.compile(r"^[ \t]*([A-Za-z]+)[ \t]*[{(][ \t]*([^\s,{}()=]+)[ \t]*,", re.MULTILINE)
_FIELD = re.compile(r"^[\s,]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\w]", re.MULTILINE)
_CLOSING = re.compile(r"[\s,]*}")
# How files of other kinds begin: what they are, for the hint.
_OTHER_FILES = (
    (re.compile(r"\s*<(!doctype|html|\?xml|[a-z]+[ >])", re.IGNORECASE), "parece HTML o XML"),
    (re.compile(r"\s*[\[{]\s*[\"{\[]"), "parece JSON"),
    (re.compile(r"%PDF"), "es un PDF"),
    (re.compile(r"PK\x03\x04"), "es un archivo comprimido (ZIP, DOCX, ODT…)"),
    (re.compile(r"\s*TY  - "), "parece RIS: el gestor de referencias puede exportar BibLaTeX"),
    (re.compile(r"\s*(---|- id:|references:)"), "parece YAML: la bibliografía va en BibLaTeX"),
    (re.compile(r"\s*\\(documentclass|begin|bibitem)"), "parece LaTeX"),
)


def find_stray_text(notes: Notes, outline: Outline) -> None:
    """Add a problem for each stretch outside of entries that was hardly meant as a comment."""
    text = notes.text
    words_outside = any(text[start:end].strip("\ufeff \t\r\n") for start, end in outline.stray)
    if not outline.blocks and (words_outside or _is_other_file(text)):
        _say_no_bib(notes)
        return
    for at in outline.lone:
        message = "hay una arroba fuera de las entradas, y biber se detiene en ella"
        notes.add("bib-texto-suelto", message, (at, at + 1), "ponga «%» al principio de la línea")
    ends = {block.end: block for block in outline.blocks}
    for start, end in outline.stray:
        bare = next((found for found in _BARE_ENTRY.finditer(text, start, end) if found[1].lower() in _TYPES), None)
        if bare:
            message = f"la entrada «{bare[2]}» no se lee: le falta la arroba"
            notes.add("bib-texto-suelto", message, bare.span(1), f"@{bare[1]}{{{bare[2]}, …", severity=Severity.WARNING)
            continue
        field = _FIELD.search(text, start, end)
        before = ends.get(start)
        if field:
            message = f"el campo «{field[1]}» está fuera de las entradas y no se lee"
            if before is not None and before.type != "comment":
                hint = f"¿sobra una llave de cierre? la entrada acaba en la línea {notes.line(before.end - 1)}"
            elif any(at < start and notes.line(at) == notes.line(start) for at in outline.commented):
                hint = "«%» solo comenta su línea; para una entrada entera se usa @comment{…}"
            else:
                hint = "¿falta el principio de la entrada?"
            notes.add("bib-texto-suelto", message, field.span(1), hint, severity=Severity.WARNING)
        elif before is not None and _CLOSING.match(text, start, end):
            at = text.index("}", start)
            message = "sobra una llave de cierre tras la entrada"
            notes.add("bib-texto-suelto", message, (at, at + 1), "borre la llave", severity=Severity.WARNING)


_TYPES = ENTRY_TYPES | set(ALIAS_TYPES) | {"string", "comment", "preamble"}


def _is_other_file(text: str) -> bool:
    return "\0" in text or any(pattern.match(text.lstrip("\ufeff")) for pattern, _ in _OTHER_FILES)


def _say_no_bib(notes: Notes) -> None:
    text = notes.text.lstrip("\ufeff")
    hint = next((words for pattern, words in _OTHER_FILES if pattern.match(text)), "")
    if not hint and "\0" in text:
        hint = "es un archivo binario"
    notes.add("bib-no-es-bib", "el archivo no contiene ninguna entrada de BibLaTeX", (0, 1), hint or "@tipo{clave, …}")

"""Text between the entries of a .bib file -> problems, where it looks like a mistake and not like a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import ALIAS_TYPES, ENTRY_TYPES
from imprenta.bibliography.syntax import shorten
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.bibliography.masking import Block, Outline
    from imprenta.bibliography.syntax import Notes

_ENTRY_HEAD = re.compile(r"@[A-Za-z]+\s*[{(]")
_BARE_ENTRY = re.compile(
    r"^[ \t]*([A-Za-z]+)[ \t]*[{(][ \t]*([^\s,{}()=]+)[ \t]*,(?P<field>\s*[A-Za-z][\w-]*\s*=)?", re.MULTILINE
)
_FIELD = re.compile(r"^[\s,]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\w]", re.MULTILINE)
_NEXT_FIELD = re.compile(r"[\s,]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\w]")
_REST_OF_LINE = re.compile(r"[ \t,;]*([^\s,;][^\n]*)")
_COMMENT_WORD = re.compile(r"@comment\b", re.IGNORECASE)
_CLOSING = re.compile(r"[\s,]*}")
# How files of other kinds begin: what they are, for the hint, and whether an entry inside could still be meant.
_OTHER_FILES = (
    (re.compile(r"<(!doctype|html|\?xml)", re.IGNORECASE), "parece HTML o XML", False),
    (re.compile(r"%PDF-"), "es un PDF", False),
    (re.compile(r"PK\x03\x04"), "es un archivo comprimido (ZIP, DOCX, ODT…)", False),
    (re.compile(r"[\[{]\s*[\"{\[]"), "parece JSON: la bibliografía va en BibLaTeX", True),
    (re.compile(r"TY  - "), "parece RIS: el gestor de referencias puede exportar BibLaTeX", True),
    (re.compile(r"(---|- id:|references:)"), "parece YAML: la bibliografía va en BibLaTeX", True),
    (re.compile(r"\\(documentclass|begin|bibitem)"), "parece LaTeX: la bibliografía va en BibLaTeX", True),
)
_TYPES = ENTRY_TYPES | set(ALIAS_TYPES)
_NO_START = "¿falta el principio de la entrada?"
_NO_WORDS = "\ufeff \t\r\n"


def refuse_other_file(notes: Notes) -> bool:
    """Tell whether the file is certainly no .bib, and say so."""
    text = notes.text.lstrip(_NO_WORDS)
    known = next((words for pattern, words, mixed in _OTHER_FILES if not mixed and pattern.match(text)), "")
    if not known and "\0" in text and not _ENTRY_HEAD.search(text):
        known = "es un archivo binario"
    if known:
        _say_no_bibliography(notes, known)
    return bool(known)


def find_stray_text(notes: Notes, outline: Outline) -> set[int]:
    """Add a problem for each stretch outside of entries that was hardly meant as a comment.

    Returns where the entries begin that end too early, at a brace too many.
    """
    text = notes.text
    if not outline.blocks and any(text[start:end].strip(_NO_WORDS) for start, end in outline.stray):
        start_of_file = text.lstrip(_NO_WORDS)
        words = next((words for pattern, words, _ in _OTHER_FILES if pattern.match(start_of_file)), "")
        bare = _BARE_ENTRY.search(text)
        if bare is None or not (bare["field"] or bare[1].lower() in _TYPES):
            _say_no_bibliography(notes, words or "una entrada se escribe @tipo{clave, campo = {valor}}")
            return set()
    null = text.find("\0")
    if null >= 0:
        notes.add("bib-sintaxis", "hay un carácter nulo, que biber no puede leer", (null, null + 1), "bórrelo")
    for at in outline.lone:
        _say_lone_sign(notes, at)
    cut_short: set[int] = set()
    ends = {block.end: block for block in outline.blocks if block.type != "comment"}
    for start, end in outline.stray:
        before = ends.get(start)
        if _find_bare_entry(notes, start, end):
            continue
        field = _FIELD.search(text, start, end)
        rest = None
        if before is not None:
            field = _NEXT_FIELD.match(text, start, end) or field
            rest = _REST_OF_LINE.match(text, start, end)
        if before is not None and (field or _CLOSING.match(text, start, end)):
            _say_extra_brace(notes, before, field, text.find("}", start, end))
            if field:
                cut_short.add(before.start)
        elif field:
            message = f"el campo «{field[1]}» está fuera de las entradas y no se lee"
            commented = any(at < start and notes.line(at) == notes.line(start) for at in outline.commented)
            hint = "«%» solo comenta su línea; para una entrada entera se usa @comment{…}" if commented else ""
            place = field.span(1)
            notes.add("bib-texto-suelto", message, place, hint or _NO_START, severity=Severity.WARNING)
        elif rest is not None:
            message = f"«{shorten(rest[1])}» está tras el final de una entrada y no se lee"
            hint = "si es un comentario, va en una línea aparte que empiece por «%»"
            notes.add("bib-texto-suelto", message, rest.span(1), hint, severity=Severity.WARNING)
    return cut_short


def _say_lone_sign(notes: Notes, at: int) -> None:
    """Say that an at sign outside of the entries opens none, which stops biber."""
    word = _COMMENT_WORD.match(notes.text, at)
    if word:
        message, hint = "tras «@comment» se esperaba una llave", "para comentar una línea basta «%» en su principio"
        notes.add("bib-texto-suelto", message, word.span(), hint)
    else:
        message = "hay una arroba fuera de las entradas, y biber se detiene en ella"
        notes.add("bib-texto-suelto", message, (at, at + 1), "ponga «%» al principio de la línea")


def _find_bare_entry(notes: Notes, start: int, end: int) -> bool:
    """Warn of an entry that lacks its at sign; tell whether there is one."""
    for found in _BARE_ENTRY.finditer(notes.text, start, end):
        if found["field"] or found[1].lower() in _TYPES:
            message = f"la entrada «{found[2]}» no se lee: le falta la arroba"
            hint = f"@{found[1]}{{{found[2]}, …"
            notes.add("bib-texto-suelto", message, found.span(1), hint, severity=Severity.WARNING)
            return True
    return False


def _say_extra_brace(notes: Notes, block: Block, field: re.Match[str] | None, brace: int) -> None:
    """Say that an entry has a closing brace too many: before a field that is lost, or harmless at its end."""
    key = re.compile(r"\s*([^\s,={}\"#]+)").match(notes.text, block.inside)
    name = key[1] if key else f"@{block.type}"
    place = key.span(1) if key else (block.start, block.inside)
    related = ((notes.places.span(*place), f"la entrada «{name}»"),)
    if field is None:
        message, at = f"sobra una llave de cierre tras la entrada «{name}»", (brace, brace + 1)
        notes.add("bib-llaves", message, at, "borre la llave", severity=Severity.WARNING, related=related)
        return
    message = f"el campo «{field[1]}» queda fuera de la entrada «{name}»: sobra una llave de cierre"
    hint = f"la entrada acaba en la línea {notes.line(block.end - 1)}"
    notes.add("bib-llaves", message, field.span(1), hint, related=related)


def _say_no_bibliography(notes: Notes, hint: str) -> None:
    notes.add("bib-no-es-bib", "el archivo no contiene ninguna entrada de BibLaTeX", (0, 1), hint)

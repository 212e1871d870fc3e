"""Troubles in the syntax of a .bib file -> problems in the author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import ALIAS_FIELDS, FIELDS
from imprenta.bibliography.values import MONTHS
from imprenta.model.citation_key import CITABLE
from imprenta.problems import Problem, Severity, Span, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.bibliography.masking import Block
    from imprenta.bibliography.model import Entry, Field, Places
    from imprenta.bibliography.values import Definition, Expression

_KEY = re.compile(r"[^\s,={}\"#]+")
_FIELD = re.compile(r"([^\s#={}\",]+)\s*=")
_SWALLOWED = re.compile(r",\s*([A-Za-z][\w-]*)\s*=\s*[{\"\d]|\n[ \t]*([A-Za-z][\w-]*)\s*=\s*[{\"\d]")
_SWALLOWED_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*\{[ \t]*([^\s,{}]+)[ \t]*,", re.MULTILINE)

# Fields for the author's own use, like all that biblatex does not know; programs that export write some twice.
_NOT_PRINTED = ("abstract", "annotation", "annote", "file", "keywords", "library")

Place = tuple[int, int]


class Notes:
    """The problems found so far, with the text that they speak of."""

    def __init__(self, text: str, places: Places) -> None:
        """Begin without problems."""
        self.text = text
        self.places = places
        self.problems: list[Problem] = []
        # Names of abbreviations without a definition: one is missing however often it is used.
        self.undefined: set[str] = set()

    def line(self, offset: int) -> int:
        """Return the line of an offset."""
        return self.places.position(offset)[0]

    def add(
        self,
        code: str,
        message: str,
        place: Place | Span,
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
        related: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Add one problem."""
        span = place if isinstance(place, Span) else self.places.span(*place)
        self.problems.append(Problem(code, message, span, hint, severity, related))

    def unclosed_comment(self, block: Block) -> None:
        """Say that a `@comment` never ends."""
        self.add("bib-llaves", "el «@comment» no se cierra", (block.start, block.inside), "falta la llave de cierre")

    def repeated_key(self, first: Entry, second: Entry) -> None:
        """Say where both entries stand."""
        self.add(
            "bib-clave-repetida",
            f"la clave «{second.key}» ya es de la entrada de la línea {first.place.line}",
            second.place,
            "dé otra clave a una de las dos o borre la que sobra; biber solo lee la primera",
            related=((first.place, "primera entrada con esta clave"),),
        )

    def repeated_field(self, key: str, first: Field, second: Field) -> None:
        """Say that only the last of two equal names counts; a mere warning if nothing is lost by that."""
        same = first.value == second.value
        harmless = same or second.name in _NOT_PRINTED or second.name not in FIELDS | set(ALIAS_FIELDS)
        self.add(
            "bib-campo-repetido",
            f"el campo «{second.name}» está dos veces en la entrada «{key}»",
            second.place,
            "sobra uno de los dos" if same else "deje uno de los dos; biber se queda con el último sin avisar",
            severity=Severity.WARNING if harmless else Severity.ERROR,
            related=((first.place, "primera vez"),),
        )

    def explain_expression(
        self, label: str, place: Place, expression: Expression, strings: Mapping[str, Definition]
    ) -> bool:
        """Say what is wrong on the right side of `label = …`; tell whether that breaks the entry."""
        text = self.text
        if len(label.split()) != 1 or label[0].isdecimal():
            hint = "es una sola palabra, que no empieza por cifra"
            self.add("bib-sintaxis", f"«{shorten(label)}» no es un nombre de campo", place, hint)
            return True
        for start, end in expression.unknown:
            word = text[start:end]
            if word.lower() in self.undefined:
                continue
            self.undefined.add(word.lower())
            months = [month for month in MONTHS if month[0] == word[0].lower()]
            near = nearest(word.lower(), [*strings, *months])
            hint = (
                f"¿«{near}»?" if near else "si es texto, va entre llaves; si es una abreviatura, se define con @string"
            )
            self.add("bib-cadena-desconocida", f"la abreviatura «{word}» no está definida", (start, end), hint)
        for start, end in expression.bare:
            message = f"el valor «{text[start:end]}» del campo «{label}» no va entre llaves ni comillas"
            self.add("bib-sintaxis", message, (start, end), f"{label} = {{{text[start:end]}}}")
        if expression.empty:
            self.add("bib-sintaxis", f"el campo «{label}» no tiene valor", place, "escriba el valor o borre el campo")
        if expression.next_field >= 0:
            found = _KEY.match(text, expression.next_field)
            end = found.end() if found else expression.next_field + 1
            name = text[expression.next_field : end]
            message = f"falta una coma entre el campo «{label}» y el campo «{name}»"
            related = ((self.places.span(*place), f"el campo «{label}»"),)
            self.add(
                "bib-falta-coma", message, (expression.next_field, end), "cada campo acaba en coma", related=related
            )
        elif expression.extra[0] >= 0:
            message = f"sobra «{shorten(text[slice(*expression.extra)])}» tras el valor del campo «{label}»"
            self.add("bib-sintaxis", message, expression.extra, "el valor entero va entre llaves")
        return bool(
            expression.unknown
            or expression.bare
            or expression.empty
            or expression.next_field >= 0
            or expression.extra[0] >= 0
        )


def explain_key(notes: Notes, block: Block, place: Place) -> bool:
    """Tell whether the entry has a key, and say what is wrong in it."""
    key = notes.text[slice(*place)]
    if not key:
        notes.add(
            "bib-sin-clave",
            f"la entrada «@{block.type}» no tiene clave",
            (block.start, block.inside),
            f"@{block.type}{{clave, …",
        )
        return False
    words = key.split()
    bad = re.search(rf"(?!{CITABLE}).", key)
    if len(words) > 1:
        joined = "-".join(words)
        notes.add("bib-clave-mala", f"la clave «{shorten(key)}» contiene espacios", place, f"por ejemplo «{joined}»")
    elif bad:
        shown = bad[0] if bad[0].isprintable() else f"U+{ord(bad[0]):04X}"
        message = f"la clave «{key}» contiene «{shown}», y así no se puede citar"
        notes.add("bib-clave-mala", message, place, "use letras, cifras, «-», «_», «:», «.», «/», «+» y «&»")
    return True


def explain_broken_block(notes: Notes, block: Block, pieces: list[Place], syntax: str) -> Place | None:
    """Say why a block cannot be read whole; return the place of its key if it has one."""
    if block.type in ("string", "preamble"):
        hint = '@string{nombre = "valor"}' if block.type == "string" else '@preamble{"…"}'
        code, what = ("bib-llaves", "no se cierra") if block.trouble else ("bib-sintaxis", "está mal escrito")
        notes.add(code, f"el «@{block.type}» {what}", (block.start, block.inside), hint)
        return None
    key, glued = _find_key(notes, block, pieces, syntax)
    if block.trouble:
        _explain_unclosed(notes, block, key)
    elif not glued:
        _explain_pieces(notes, pieces, syntax)
    return key


def _find_key(notes: Notes, block: Block, pieces: list[Place], syntax: str) -> tuple[Place | None, bool]:
    """Return the place of the key, and whether the comma after it is missing."""
    if not pieces:
        return None, False
    start, end = pieces[0]
    first = _KEY.match(syntax, start, end)
    if first is None or first.end() == end:
        return (start, end), False
    if _FIELD.match(syntax, start, end):
        explain_key(notes, block, (start, start))
        return None, True
    after = _skip(syntax, first.end())
    field = _FIELD.match(syntax, after, end)
    if field is None:
        return (start, end), False
    key = notes.text[start : first.end()]
    message = f"falta una coma entre la clave «{key}» y el campo «{field[1]}»"
    notes.add("bib-falta-coma", message, (start, first.end()), f"@{block.type}{{{key},")
    pieces[0] = (after, end)
    return (start, first.end()), True


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _explain_pieces(notes: Notes, pieces: list[Place], syntax: str) -> None:
    """Say which of the pieces between commas is no `name = value`."""
    for index, (start, end) in enumerate(pieces[1:], start=1):
        if start == end:
            if index < len(pieces) - 1:
                notes.add("bib-sintaxis", "hay dos comas seguidas", (start, start + 1), "sobra una")
        elif not _FIELD.match(syntax, start, end):
            words = shorten(notes.text[start:end])
            if "=" in syntax[start:end]:
                message, hint = (
                    f"«{words}» no empieza por un nombre de campo",
                    "los nombres de campo no llevan espacios",
                )
            else:
                message, hint = f"«{words}» no es un campo: falta «= {{valor}}»", "escriba «nombre = {valor}»"
            notes.add("bib-sintaxis", message, (start, end), hint)


def _explain_unclosed(notes: Notes, block: Block, key: Place | None) -> None:
    """Say which delimiter of the entry never closes: the last one open, or one that closes too late."""
    text = notes.text
    name = f"«{text[slice(*key)]}»" if key else f"«@{block.type}»"
    entry = key or (block.start, block.inside)
    place, related = entry, ((notes.places.span(*entry), f"la entrada {name}"),)
    hint = "falta la llave de cierre"
    message = f"la entrada {name} no se cierra"
    if block.trouble == "body" and text[block.trouble_at : block.trouble_at + 1] == "@":
        if block.trouble_at < block.end:
            place = (block.trouble_at, block.trouble_at + 1)
            message = f"en la entrada {name} hay una arroba fuera de un valor"
            hint = "los valores van entre llaves, y la entrada acaba en llave"
    elif block.trouble != "body":
        place = (block.trouble_at, block.trouble_at + 1)
        what = "la llave que abre" if block.trouble == "value" else "las comillas que abren"
        field = _name_before(text, block.trouble_at)
        verb = "no se cierra" if block.trouble == "value" else "no se cierran"
        hint = "falta la llave de cierre" if block.trouble == "value" else "faltan las comillas de cierre"
        message = f"en la entrada {name} {what} el valor {field}{verb}"
    for start, end in block.values:
        swallowed = _SWALLOWED.search(text, start, end)
        if swallowed:
            place = (start - 1, start)
            field = _name_before(text, start - 1)
            message = f"en la entrada {name} falta una llave: el valor {field}no se cierra donde debe"
            group = swallowed.lastindex or 0
            hint = f"se traga el campo «{swallowed[group]}» de la línea {notes.line(swallowed.start(group))}"
            break
    notes.add("bib-llaves", message, place, hint, related=related if place != entry else ())


def find_swallowed_entries(notes: Notes, block: Block) -> None:
    """Warn of an entry that begins at the start of a line inside a value of another one."""
    for start, end in block.values:
        found = _SWALLOWED_ENTRY.search(notes.text, start, end)
        if found:
            message = (
                f"la entrada «{found[1]}» queda dentro de un valor de la entrada de la línea {notes.line(block.start)}"
            )
            hint = f"¿falta una llave de cierre antes de la línea {notes.line(found.start(1))}?"
            related = ((notes.places.span(start - 1, start), "aquí se abre el valor"),)
            notes.add("bib-llaves", message, found.span(1), hint, severity=Severity.WARNING, related=related)


def _name_before(text: str, offset: int) -> str:
    found = re.search(r"([A-Za-z][\w-]*)\s*=\s*\Z", text[max(0, offset - 80) : offset])
    return f"de «{found[1]}» " if found else ""


def shorten(text: str) -> str:
    """Return the words of a text, cut at forty characters."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"

"""A list of names (`author`, `editor`…) -> the names that biber cannot read, reads as one person, or takes apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.bibliography.model import Entry, Field

NAME_FIELDS = (
    "author",
    "editor",
    "bookauthor",
    "translator",
    "editora",
    "editorb",
    "editorc",
    "commentator",
    "annotator",
    "introduction",
    "foreword",
    "afterword",
    "holder",
    "shortauthor",
    "shorteditor",
    "sortname",
    "execdirector",
    "execproducer",
    "narrator",
    "with",
)
_SEPARATOR = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_GROUP = re.compile(r"\{[^{}]*\}")
_EMPTY_PART = re.compile(r",\s*,")
_CONJUNCTION = re.compile(r"(?<=\s)(?:y|e|i|und|et|\\?&)(?=\s)")
_AND_AT_AN_END = re.compile(r"(?i)\A(?:and|others)(?:\s|\Z)|\sand\Z")
_AND_OTHERS = re.compile(r"(?i)[\s,](?:et\.?\s+al\b|y\s+(?:otr[oa]s|col\b|cols\b)|and\s+co-?workers)")
# «José Ortega y Gasset» is one person: only a pair of full names counts as two.
_TWO_NAMES = re.compile(r"[^\s,]+\s+[^,]*[^\s,]\s+(?:y|e|\\?&)\s+[^\s,]+\s+[^\s,][^,]*")
# What stands between family and given name in «de la Cruz, Jr., Juan».
_SUFFIX = re.compile(r"[^\s]{1,6}|[\w.]+\.")
# biber's own form, family=…, given=…, and what it knows of it (2.18); where it sees one of these and cannot read the
# name so, it never ends.
_EXTENDED = re.compile(r"(?:family|given|prefix|suffix)(?:-i)?\s*=")
_PART = re.compile(r"\s*([A-Za-z-]+)\s*=\s*(.*?)\s*", re.DOTALL)
_PARTS = ("prefix", "family", "suffix", "given")
_OTHER_PARTS = set(
    "family-i given-i prefix-i suffix-i useprefix sortingnamekeytemplatename uniquenametemplatename nosort".split()
)
# How the names of bodies begin or end that nobody bears: without braces biber makes a given and a family name of them.
_BODY = re.compile(
    r"(?:Agencia|Alcaldía|Asamblea|Asociación|Autoridad|Ayuntamiento|Centro|Comisión|Comité|Congreso|Consejo|Corporación"
    r"|Corte|Defensoría|Departamento|Dirección|Escuela|Facultad|Federación|Fundación|Gobernación|Gobierno|Grupo"
    r"|Institución|Instituto|Ministerio|Organización|Presidencia|Procuraduría|Programa|República|Secretaría|Sociedad"
    r"|Superintendencia|Tribunal|Unidad|Unión|Universidad|University|Institute|Ministry|Department)\s.*"
    r"|.*\s(?:Association|Authority|Commission|Committee|Consortium|Corporation|Foundation|Inc\.?|Institute|Ltda?\.?"
    r"|Organi[sz]ation|S\.\s?A\.(?:\s?S\.)?|S\.A\.S\.?|Society|University)"
)
_HINT = "los nombres se separan con « and »; cada uno es «Apellidos, Nombre»"


def check_names(entry: Entry) -> Iterator[Problem]:
    """Yield an error for each name at which biber drops the entry or stops, a warning where one is read otherwise."""
    for field_name in NAME_FIELDS:
        field = entry.fields.get(field_name)
        if field is None:
            continue
        names = list(_split(field.value))
        if len(names) > 1 and names[-1][1].strip().casefold() == "others":
            del names[-1]
        for shown, bare in names:
            problem = _explain_name(field, shown, bare)
            if problem is not None:
                yield problem


def mend_names(value: str) -> str:
    """Return a list of names as biber reads it without a word: no commas at the ends, its own form only if need be."""
    names = list(_split(value))
    mended = [_mend_name(shown, bare.strip()) for shown, bare in names]
    return value if mended == [shown for shown, _ in names] else " and ".join(mended)


def _mend_name(shown: str, bare: str) -> str:
    parts = _read_extended(shown, bare)
    if parts is None:
        return shown.rstrip(", ")
    known = {name: part for name, part in parts.items() if part and (name in _PARTS or name in _OTHER_PARTS)}
    if _OTHER_PARTS.isdisjoint(known) and known.get("prefix", "a")[0].islower():
        family = known.get("family", "")
        if family[:1].islower() or "," in family or _SEPARATOR.search(family):
            family = f"{{{family}}}"
        last = " ".join(part for part in (known.get("prefix", ""), family) if part)
        return ", ".join(part for part in (last, known.get("suffix", ""), known.get("given", "")) if part)
    return ", ".join(f"{name}={part}" for name, part in known.items())


def _read_extended(shown: str, bare: str) -> dict[str, str] | None:
    """Return the parts of a name of biber's own form; None if it is not one."""
    if not _EXTENDED.search(shown):
        return None
    parts: dict[str, str] = {}
    position = 0
    for piece in bare.split(","):
        found = _PART.fullmatch(shown[position : position + len(piece)])
        if found is None or re.search(r'[="]', found[2]):
            return None
        parts[found[1].lower()] = found[2]
        position += len(piece) + 1
    return parts


def _explain_name(field: Field, shown: str, bare: str) -> Problem | None:
    """Return what is wrong with one name: as it is written, and with what braces hold masked."""
    where = f"del campo «{field.name}»"
    bare = bare.strip()
    if not bare:
        return Problem("bib-nombre", f"falta un nombre en el campo «{field.name}»: hay un «and» de más", field.place)
    if _EXTENDED.search(shown):
        return _explain_extended(field, shown, bare)
    parts = [part.strip() for part in bare.split(",")]
    if _EMPTY_PART.search(bare):
        return Problem("bib-nombre", f"el nombre «{shown}» {where} lleva dos comas seguidas", field.place, _HINT)
    if len(parts) > 3:
        return Problem("bib-nombre", f"el nombre «{shown}» {where} lleva demasiadas comas", field.place, _HINT)
    if not parts[0] or not shown.split(",")[0].strip("{} "):
        return Problem("bib-nombre", f"al nombre «{shown}» {where} le faltan los apellidos", field.place, _HINT)
    message, hint = _explain_reading(shown, bare, parts, f"en el campo «{field.name}»")
    return Problem("bib-nombre", message, field.place, hint, Severity.WARNING) if message else None


def _explain_reading(shown: str, bare: str, parts: list[str], where: str) -> tuple[str, str]:
    """Return what biber reads otherwise than it was meant, and a hint; or nothing."""
    one = f"«{shown}», {where}, se lee como una sola persona"
    if len(parts) > 1 and not parts[-1]:
        return f"el nombre «{shown}», {where}, acaba en coma", "borre la coma o escriba el nombre tras ella"
    if _AND_AT_AN_END.search(bare):
        return f"en «{shown}», {where}, sobra «and» u «others»", "así: «Ruiz, Ana and Soto, Luis and others»"
    if _AND_OTHERS.search(bare):
        return one, "«y otros» se escribe « and others»"
    if ";" in bare or any(_CONJUNCTION.search(f" {part} ") for part in parts[1:]) or _TWO_NAMES.fullmatch(bare):
        return one, _HINT
    if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
        return one, _HINT
    if len(parts) == 1 and _BODY.fullmatch(bare):
        hint = f"el nombre de una entidad va entre llaves: «{{{shown}}}»"
        return f"«{shown}», {where}, se lee como nombre y apellidos de una persona", hint
    split = _CONJUNCTION.search(bare) if len(parts) == 1 else None
    if split:
        hint = "una persona es «Ortega y Gasset, José»; dos se separan con « and »; una entidad va entre llaves"
        return f"de «{shown}», {where}, se toma por apellido «{shown[split.start() :]}»", hint
    return "", ""


def _explain_extended(field: Field, shown: str, bare: str) -> Problem | None:
    """Return what is wrong with a name of biber's own form."""
    parts = _read_extended(shown, bare)
    severity = Severity.WARNING
    unknown = next((name for name in parts or () if name not in _OTHER_PARTS and name not in _PARTS), "")
    if parts is None or not (parts.get("family") or parts.get("given")):
        message, severity = f"no se entiende el nombre «{shown}» del campo «{field.name}»", Severity.ERROR
        hint = "family=Apellidos, given=Nombre; o bien «Apellidos, Nombre»"
    elif unknown:
        message = f"«{unknown}» no es una parte de un nombre («{shown}», campo «{field.name}»)"
        hint = "las partes son family, given, prefix y suffix"
    elif not parts.get("family"):
        message = f"al nombre «{shown}» del campo «{field.name}» le falta «family=»"
        hint = "family=Apellidos, given=Nombre"
    else:
        return None
    return Problem("bib-nombre", message, field.place, hint, severity)


def _split(value: str) -> Iterator[tuple[str, str]]:
    """Yield each name as written, and with what stands between braces replaced, so that its commas do not count."""
    bare = value
    while True:
        masked = _GROUP.sub(lambda found: "x" * len(found[0]), bare)
        if masked == bare:
            break
        bare = masked
    position = 0
    for found in _SEPARATOR.finditer(bare):
        yield value[position : found.start()].strip(), bare[position : found.start()]
        position = found.end()
    if bare.strip():
        yield value[position:].strip(), bare[position:]

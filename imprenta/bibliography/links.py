"""The fields that name other entries (`crossref`, `xdata`…) -> what is inherited; links that lead nowhere, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.bibliography.datamodel import ALIAS_FIELDS
from imprenta.problems import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from imprenta.bibliography.model import Entry

_INHERITED = ("crossref", "xdata")


def check_links(entries: Iterable[Entry], known: Mapping[str, Entry]) -> Iterator[Problem]:
    """Yield the problems of the links of some entries; `known` are all of the file by keys and `ids`."""
    told: set[str] = set()
    for entry in entries:
        yield from _check_targets(entry, known)
        for name in _INHERITED:
            yield from _check_circle(entry, name, known, told)


def inherited_fields(entry: Entry, entries: Mapping[str, Entry]) -> set[str]:
    """Return the names of the fields, without aliases, that an entry has or gets from crossref and xdata."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting = [(entry, False)]
    while waiting:
        current, is_parent = waiting.pop()
        own = {ALIAS_FIELDS.get(name, name) for name, field in current.fields.items() if field.value}
        if is_parent and "title" in own:
            # biblatex's inheritance: the parent's title is the child's booktitle, maintitle or journaltitle.
            own = (own - {"title"}) | {"booktitle", "maintitle", "journaltitle"}
        names |= own
        for link in ("crossref", "xdata"):
            for key in current.keys_in(link):
                if key in entries and key not in seen:
                    seen.add(key)
                    waiting.append((entries[key], link == "crossref"))
    return names


def _check_targets(entry: Entry, known: Mapping[str, Entry]) -> Iterator[Problem]:
    for name in ("crossref", "xdata", "xref", "entryset", "related"):
        for key in entry.keys_in(name):
            target = known.get(key)
            if target is None:
                near = nearest(key, known)
                # BibTeX took `crossref` in any case and biber does not: only what is inherited gets lost.
                same = near is not None and near.casefold() == key.casefold()
                message = f"la entrada «{key}», que nombra el campo «{name}», no está en el archivo"
                hint = f"¿«{near}»?" if near else ""
                severity = Severity.WARNING if same or name in ("xref", "related") else Severity.ERROR
                yield Problem("bib-padre-ausente", message, entry.fields[name].place, hint, severity)
            elif name == "xdata" and target.type != "xdata":
                message = f"de la entrada «{key}», que nombra el campo «xdata», no se hereda nada: no es «@xdata»"
                hint = "se hereda de cualquier entrada con «crossref»"
                yield Problem("bib-padre-ausente", message, entry.fields[name].place, hint, Severity.WARNING)


def _check_circle(entry: Entry, name: str, known: Mapping[str, Entry], told: set[str]) -> Iterator[Problem]:
    """Yield an error if an entry inherits from itself, once for all the entries of the circle (`told`)."""
    heirs: dict[str, Entry] = {}
    waiting = [entry]
    while waiting:
        current = waiting.pop()
        for key in current.keys_in(name):
            target = known.get(key)
            if target is None or target.key in heirs:
                continue
            heirs[target.key] = current
            waiting.append(target)
    if entry.key not in heirs or entry.key in told:
        return
    way = [heirs[entry.key].key]
    while way[-1] != entry.key:
        way.append(heirs[way[-1]].key)
    told.update(way)
    around = "" if len(way) == 1 else ": " + " → ".join(f"«{key}»" for key in [*reversed(way), entry.key])
    hint = f"borre el campo «{name}»" if len(way) == 1 else f"borre el campo «{name}» de una de ellas"
    message = f"la entrada «{entry.key}» hereda de sí misma{around}"
    yield Problem("bib-herencia-circular", message, entry.fields[name].place, hint)

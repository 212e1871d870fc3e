"""The citations of a report and its bibliography -> citations without an entry, entries without a citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.bibliography.model import LINK_FIELDS
from imprenta.model.citation_key import CITABLE, MENTIONED
from imprenta.model.measurements import KEY_PREFIX, MEASUREMENTS_PATH
from imprenta.problems import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imprenta.bibliography.model import Bibliography
    from imprenta.problems import Span

# What pandoc's filters take for a reference: «@fig:caudal».
_KINDS = {
    "fig": "figura", "figura": "figura", "tbl": "tabla", "tab": "tabla", "tabla": "tabla", "sec": "seccion",
    "seccion": "seccion", "eq": "ecuacion", "ecuacion": "ecuacion", "lst": "codigo", "thm": "teorema", "lem": "lema",
    "def": "definicion", "cor": "corolario", "alg": "algoritmo",
}  # fmt: skip
_REFERENCE = re.compile(rf"({'|'.join(_KINDS)})[:-]([\w-]+)", re.IGNORECASE)


MOST_HINTS = 100
"""Unknown keys that are compared with those that are there: of more, it is the file that is another."""


def find_unknown_citations(citations: Iterable[tuple[str, Span]], bibliography: Bibliography) -> list[Problem]:
    """Return an error for each cited key that is neither an entry nor one of its `ids`."""
    aliases = bibliography.aliases()
    problems: list[Problem] = []
    hints: dict[str, str] = {}
    for key, place in citations:
        if key in aliases:
            entry = bibliography.entries[aliases[key]]
            if entry.type == "xdata":
                message = f"«{key}» es de «@xdata»: presta sus campos a otras entradas y no se imprime"
                related = ((entry.place, "la entrada"),)
                problems.append(
                    Problem("cita-desconocida", message, place, "cite una entrada que herede de ella", related=related)
                )
            continue
        if key not in hints:
            hints[key] = _hint(key, aliases, bibliography) if len(hints) < MOST_HINTS else ""
        home = MEASUREMENTS_PATH if key.startswith(KEY_PREFIX) else bibliography.path
        message = f"la cita «{key}» no está en {home}" if key else "la cita está vacía"
        problems.append(Problem("cita-desconocida" if key else "cita-vacia", message, place, hints[key]))
    return problems


def find_set_citations(
    citations: Iterable[tuple[str, Span]], bibliography: Bibliography, *, numeric: bool
) -> list[Problem]:
    """Return an error for each citation of a `@set` that the style cannot name, and of a part of a cited one.

    A set has one number, no author and no year; its parts have no number of their own where it is cited.
    """
    aliases = bibliography.aliases()
    cited = [(bibliography.entries[aliases[key]], place) for key, place in citations if key in aliases]
    sets = {entry.key: entry for entry, _ in cited if entry.type == "set"}
    parts = {aliases.get(key, key): entry for entry in sets.values() for key in entry.keys_in("entryset")}
    problems = []
    for entry, place in cited:
        if entry.type == "set" and not numeric:
            message = f"«{entry.key}» es un conjunto de obras, y en este estilo se citan por su autor y su año"
            hint = f"cite sus partes: {', '.join(entry.keys_in('entryset'))}"
        elif entry.key in parts:
            message = f"«{entry.key}» es una parte de «{parts[entry.key].key}», que también se cita"
            hint = "cite el conjunto o sus partes; los dos no tendrían números distintos"
        else:
            continue
        problems.append(Problem("cita-de-conjunto", message, place, hint, related=((entry.place, "la entrada"),)))
    return problems


def _hint(key: str, aliases: Mapping[str, str], bibliography: Bibliography) -> str:
    if not key:
        return ""
    reference = _REFERENCE.fullmatch(key)
    if reference is not None:
        return (
            f"una referencia se escribe «{{{_KINDS[reference[1].lower()]}:{reference[2].lower().replace('_', '-')}}}»"
        )
    cut = next((name for name in aliases if name.startswith(key) and not re.fullmatch(MENTIONED, name)), None)
    near = cut or nearest(key, aliases)
    if near is None:
        not_a_citation = "si «@» no abre una cita, se escribe «\\@»"
        return not_a_citation if aliases else f"{bibliography.path} no tiene ninguna entrada"
    place = bibliography.entries[aliases[near]].place
    where = f"{place.path}:{place.line}"
    if cut is not None:
        return f"entre corchetes: «[@{near}]» ({where})"
    if near.casefold() == key.casefold():
        return f"«{near}» solo se distingue en mayúsculas y minúsculas ({where})"
    return f"¿«{near}»? ({where})"


def find_uncited_entries(cited: Iterable[str], bibliography: Bibliography) -> list[Problem]:
    """Return a warning for each entry that is not cited and that no cited entry needs."""
    used = _find_used(cited, bibliography)
    hint = "cítela o bórrela"
    return [
        Problem("entrada-sin-citar", f"la entrada «{entry.key}» no se cita", entry.place, hint, Severity.WARNING)
        for key, entry in bibliography.entries.items()
        if key not in used and re.fullmatch(f"{CITABLE}+", key)  # else the key itself is told to be wrong
    ]


def find_unprintable_fields(cited: Iterable[str], bibliography: Bibliography) -> list[Problem]:
    """Return what cannot be printed of the entries that are cited or that a cited entry needs."""
    used = _find_used(cited, bibliography)
    return [problem for key in bibliography.entries if key in used for problem in bibliography.flaws.get(key, ())]


def _find_used(cited: Iterable[str], bibliography: Bibliography) -> set[str]:
    """Return the keys of the entries that are cited, and of those from which they inherit or to which they point."""
    aliases = bibliography.aliases()
    waiting = [aliases[key] for key in cited if key in aliases]
    used: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            links = bibliography.entries[key].keys_in(*LINK_FIELDS)
            waiting += [aliases[link] for link in links if link in aliases]
    return used

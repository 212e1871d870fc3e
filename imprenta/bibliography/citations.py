"""The citations of a report and its bibliography -> citations without an entry, entries without a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.bibliography.model import LINK_FIELDS
from imprenta.problems import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.bibliography.model import Bibliography
    from imprenta.problems import Span


def find_unknown_citations(citations: Iterable[tuple[str, Span]], bibliography: Bibliography) -> list[Problem]:
    """Return an error for each cited key that is neither an entry nor one of its `ids`."""
    aliases = bibliography.aliases()
    problems: list[Problem] = []
    hints: dict[str, str] = {}
    for key, place in citations:
        if key in aliases:
            continue
        if key not in hints:
            hints[key] = _hint(key, aliases, bibliography)
        message = f"la cita «{key}» no está en {bibliography.path}" if key else "la cita está vacía"
        problems.append(Problem("cita-desconocida" if key else "cita-vacia", message, place, hints[key]))
    return problems


def _hint(key: str, aliases: dict[str, str], bibliography: Bibliography) -> str:
    if not key:
        return ""
    near = nearest(key, aliases)
    if near is None:
        return "" if aliases else f"{bibliography.path} no tiene ninguna entrada"
    where = f"{bibliography.path}:{bibliography.entries[aliases[near]].place.line}"
    if near.casefold() == key.casefold():
        return f"«{near}» solo se distingue en mayúsculas y minúsculas ({where})"
    return f"¿«{near}»? ({where})"


def find_uncited_entries(cited: Iterable[str], bibliography: Bibliography) -> list[Problem]:
    """Return a warning for each entry that is not cited and that no cited entry needs."""
    aliases = bibliography.aliases()
    waiting = [aliases[key] for key in cited if key in aliases]
    used: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            links = bibliography.entries[key].keys_in(*LINK_FIELDS)
            waiting += [aliases[link] for link in links if link in aliases]
    hint = "cítela o bórrela"
    return [
        Problem("entrada-sin-citar", f"la entrada «{entry.key}» no se cita", entry.place, hint, Severity.WARNING)
        for key, entry in bibliography.entries.items()
        if key not in used
    ]

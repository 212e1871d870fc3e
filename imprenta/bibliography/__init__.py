"""Text of a .bib file -> its entries with their places, and everything that biber would stop at or lose in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.bibliography.decoding import decode_bibliography
from imprenta.bibliography.fields import check_entry
from imprenta.bibliography.links import check_links
from imprenta.bibliography.matching import (
    MOST_HINTS,
    find_set_citations,
    find_uncited_entries,
    find_unknown_citations,
    find_unprintable_fields,
)
from imprenta.bibliography.measurements import add_measurements
from imprenta.bibliography.model import Bibliography, Entry, Field
from imprenta.bibliography.reading import read_syntax
from imprenta.bibliography.styles import find_style_gaps
from imprenta.bibliography.works import check_works
from imprenta.bibliography.writing import write_bibliography
from imprenta.problems import sort_problems

if TYPE_CHECKING:
    from datetime import date

    from imprenta.problems import Problem

__all__ = [
    "MOST_HINTS",
    "Bibliography",
    "Entry",
    "Field",
    "add_measurements",
    "decode_bibliography",
    "find_set_citations",
    "find_style_gaps",
    "find_uncited_entries",
    "find_unknown_citations",
    "find_unprintable_fields",
    "read_bibliography",
]


def read_bibliography(text: str, path: str, *, today: date | None = None) -> tuple[Bibliography, list[Problem]]:
    """Read a .bib text and check it: syntax, data model, dates, addresses, works given twice.

    Whatever the text, the result is a bibliography and problems; those of what cannot be printed stay with it, since
    they matter where an entry is cited. With `today`, a `urldate` after it is reported.
    """
    bibliography, problems = read_syntax(text, path)
    sound = [entry for entry in bibliography.entries.values() if not entry.broken]
    known = bibliography.known()
    for entry in sound:
        problems.extend(check_entry(entry, known, today))
    problems.extend(check_links(sound, known))
    problems.extend(check_works(sound))
    written, flaws = write_bibliography(bibliography)
    return replace(bibliography, written=written, flaws=flaws), sort_problems(problems)

"""All entries of a .bib file -> keys that differ only in case, and the same work twice."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from imprenta.bibliography.model import Entry

_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s*|.)")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NO_LETTER = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"(?i)^https?://(www\.)?")
# A part of a book or of a site shares the address of the whole.
_PARTS = {"inbook", "incollection", "inproceedings", "bookinbook", "suppbook", "inreference", "conference"}


def check_works(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a warning for each entry that repeats an earlier one under another key."""
    listed = [entry for entry in entries if entry.type not in ("set", "xdata")]
    yield from _check_case(listed)
    known: set[tuple[str, str]] = set()
    for mark, what in ((_doi, "el mismo DOI"), (_address, "la misma dirección"), (_title, "el mismo título y año")):
        yield from _check_same(listed, mark, what, known)


def _check_case(entries: list[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.key.casefold(), entry)
        if other is not entry:
            message = (
                f"la clave «{entry.key}» solo se distingue de «{other.key}» (línea {other.place.line}) en mayúsculas"
            )
            related = ((other.place, "la otra clave"),)
            yield Problem("bib-clave-parecida", message, entry.place, "dé otra clave a una", Severity.WARNING, related)


def _check_same(
    entries: list[Entry], mark: Callable[[Entry], str], what: str, known: set[tuple[str, str]]
) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        text = mark(entry)
        if not text:
            continue
        other = first.setdefault(text, entry)
        if other is not entry and (other.key, entry.key) not in known:
            known.add((other.key, entry.key))
            message = f"«{entry.key}» parece la misma obra que «{other.key}» (línea {other.place.line}): {what}"
            related = ((other.place, "la otra entrada"),)
            hint = "cite una sola clave y borre la otra entrada"
            yield Problem("bib-obra-repetida", message, entry.place, hint, Severity.WARNING, related)


def _doi(entry: Entry) -> str:
    return "" if entry.type in _PARTS else entry.text("doi").casefold()


def _address(entry: Entry) -> str:
    if entry.type in _PARTS or "crossref" in entry.fields:
        return ""
    url = _SCHEME.sub("", entry.text("url")).rstrip("/")
    # A whole site may stand for many things; one page may be cited as it was at several times.
    parts = (url, _fold(entry.text("title")), entry.text("date", "year"), _fold(entry.text("titleaddon", "version")))
    return "|".join(parts) if "/" in url else ""


def _title(entry: Entry) -> str:
    title = _fold(entry.text("title"))
    if len(title) < 20:
        return ""
    parts = (title, entry.text("date", "year")[:4], _fold(entry.text("author", "editor")), entry.type)
    rest = (entry.text(name) for name in ("subtitle", "volume", "number", "edition", "pages", "maintitle", "part"))
    return "|".join((*parts, *rest))


def _fold(text: str) -> str:
    """Return the letters and figures of a text without accents, commands or case."""
    plain = _COMMAND.sub("", text)
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return _NO_LETTER.sub("", plain).casefold()

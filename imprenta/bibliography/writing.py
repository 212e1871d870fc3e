"""The entries of a .bib -> the .bib that biber reads, made of what is printed, and what in it cannot be printed.

biber copies what it reads to LaTeX. So it reads nothing of the author's: each field is read for what it holds and
written anew. A field that is not printed is not written, nor is what biber would only refuse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.bibliography.datatypes import ENTRY_OPTIONS, OPTIONS, TYPES, kind_of
from imprenta.bibliography.dating import PREFIXES, read_dating
from imprenta.bibliography.model import LINK_FIELDS, Places
from imprenta.bibliography.names import mend_names
from imprenta.bibliography.values import place_value
from imprenta.markup import clean_address, explain_address, write_bibtex
from imprenta.model.bib_entry import WrittenEntry
from imprenta.model.citation_key import encode_key
from imprenta.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.bibliography.model import Bibliography, Entry, Field
    from imprenta.markup import Flaw
    from imprenta.problems import Span

_DATE_PARTS = frozenset(f"{prefix}{part}" for prefix in PREFIXES for part in ("date", "year", "month", "day"))
_DOI_LINK = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .:/-]*")
_ARCHIVE_FIELDS = frozenset({"eprinttype", "archiveprefix"})
_OPTION = re.compile(r"\s*([a-z]+)\s*(?:=\s*([a-z0-9]+)\s*)?")
_FROM_XDATA = re.compile(r"xdata=[\w:./+-]+")
_COMPARED = "unique"
"""What is in the name of each option of an entry that has it compared with others."""
# How people export what Crossref and Zotero have as HTML.
_HTML = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|sc|scp|span|br|p|jats:\w+|mml:\w+)(?:\s+[\w:-]+=[^<>\s]+)*\s*/?>"
    r"|[&\uff06](?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|[lr][sd]quo|[\uff03#]x?[0-9a-fA-F]+);",
    re.IGNORECASE,
)
# Where these have an eprint, the style makes an address of it; elsewhere it is the address.
_ARCHIVES = frozenset({"arxiv", "jstor", "pubmed", "hdl", "googlebooks"})


def write_bibliography(bibliography: Bibliography) -> tuple[dict[str, WrittenEntry], dict[str, tuple[Problem, ...]]]:
    """Return the entries of the .bib that biber reads, by their keys there, and what of entries cannot be printed."""
    writer = _Writer(bibliography)
    sound = [entry for entry in bibliography.entries.values() if not entry.broken]
    return {encode_key(entry.key): writer.write(entry) for entry in sound}, writer.flaws


class _Writer:
    """Writes entries, and gathers what is wrong in their fields."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.text = bibliography.text
        self.known = bibliography.aliases()
        self.places = Places(bibliography.text, bibliography.path)
        self.flaws: dict[str, tuple[Problem, ...]] = {}

    def write(self, entry: Entry) -> WrittenEntry:
        problems: list[Problem] = []
        fields = dict(self._dates(entry, problems))
        for name, field in entry.fields.items():
            if name == "execute":
                problems.append(_refuse(field, "el campo «execute» no se ejecuta", "bórrelo"))
            if name in _DATE_PARTS or not field.value:
                continue
            if _FROM_XDATA.fullmatch(field.value) and kind_of(name):
                fields[name] = field.value
            elif written := self._field(entry, field, problems):
                fields[name] = written
        if problems:
            self.flaws[entry.key] = tuple(problems)
        kind = entry.type if entry.type in TYPES else "misc"
        rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        links = tuple(dict.fromkeys(map(encode_key, entry.keys_in(*LINK_FIELDS, "ids"))))
        # An option may have biber compare names and titles; «xdata=key-field» names an entry in a way of its own.
        others = any(_COMPARED in fields.get(name, "") for name in OPTIONS)
        others = others or any("xdata=" in value for value in fields.values())
        return WrittenEntry(f"@{kind}{{{encode_key(entry.key)},\n{rows}}}\n\n", links, others)

    def _field(self, entry: Entry, field: Field, problems: list[Problem]) -> str:
        kind = kind_of(field.name)
        if kind == "names":
            return self._text(field, mend_names(field.value), problems, name=True)
        if kind == "text":
            return self._text(field, field.value, problems)
        if kind == "term":
            return self._text(field, field.value, problems, name=True).replace("~", " ")
        if kind == "keys":
            keys = (key for key in entry.keys_in(field.name) if field.name == "ids" or key in self.known)
            return ",".join(map(encode_key, keys))
        if kind == "word":
            return self._word(field, problems)
        if kind == "options":
            return self._options(field, problems)
        return self._address(entry, field, problems) if kind else ""

    def _word(self, field: Field, problems: list[Problem]) -> str:
        """Return a word that biblatex looks up; of these, readers see the name of an archive alone."""
        if _WORD.fullmatch(field.value):
            return field.value
        if field.name in _ARCHIVE_FIELDS:
            message = f"«{field.value}» no puede ser el nombre de un archivo de textos (campo «{field.name}»)"
            problems.append(Problem("bib-orden", message, self._span(field), "lleva letras sin tilde, cifras y «-»"))
        return ""

    def _text(self, field: Field, value: str, problems: list[Problem], *, name: bool = False) -> str:
        written = write_bibtex(value, name=name)
        problems += [self._tell(field, flaw) for flaw in written.flaws]
        found = _HTML.search(written.tex)
        if found:
            message = f"en el campo «{field.name}», «{found[0].translate(_AS_TYPED)}» se lee tal cual en el informe"
            hint = "la cursiva se escribe «\\emph{…}», un índice «\\textsuperscript{…}», y «&», sin más"
            problems.append(Problem("bib-html", message, self._span(field), hint, Severity.WARNING))
        return written.tex

    def _dates(self, entry: Entry, problems: list[Problem]) -> Iterator[tuple[str, str]]:
        """Yield the dates as biber takes them, or the words that stand for one."""
        for prefix in PREFIXES:
            dating = read_dating(entry.fields, prefix)
            if dating.iso:
                yield f"{prefix}date", dating.iso
            elif dating.state and not prefix and "pubstate" not in entry.fields:
                yield "pubstate", dating.state
            elif dating.words and not any(fault.grave for fault in dating.faults):
                # As a year biblatex takes words for a number, and LaTeX stops at some and never ends at others.
                field = entry.fields.get("date") or entry.fields["year"]
                written = [dating.words[part] for part in ("month", "year") if part in dating.words]
                yield "pubstate", self._text(field, " de ".join(written), problems, name=True)

    def _options(self, field: Field, problems: list[Problem]) -> str:
        parts = [part for part in field.value.split(",") if part.strip()]
        found = [_OPTION.fullmatch(part) for part in parts]
        sound = [match for match in found if match is not None and match[1] in ENTRY_OPTIONS]
        if len(sound) < len(parts):
            refused = next(part.strip() for part, match in zip(parts, found, strict=True) if match not in sound)
            message = f"la opción «{refused}» de la entrada no se admite"
            problems.append(_refuse(field, message, f"se admiten: {', '.join(sorted(ENTRY_OPTIONS)[:6])}…"))
        return ",".join(match[1] + (f"={match[2]}" if match[2] else "") for match in sound)

    def _address(self, entry: Entry, field: Field, problems: list[Problem]) -> str:
        address = clean_address(field.value, identifier=field.name != "url")
        if field.name == "doi":
            return _DOI_LINK.sub("", address, count=1)
        archive = entry.text("eprinttype", "archiveprefix").casefold()
        refusal = "" if field.name == "eprint" and archive in _ARCHIVES else explain_address(address)
        if refusal:
            hint = "si es de arXiv, añada «eprinttype = {arxiv}»" if field.name == "eprint" else ""
            problems.append(Problem("enlace-no-admitido", refusal, self._span(field), hint))
        return "" if refusal else address

    def _tell(self, field: Field, flaw: Flaw) -> Problem:
        message = f"{flaw.message} (campo «{field.name}»)" if flaw.code.startswith("bib-") else flaw.message
        return Problem(flaw.code, message, self._span(field, flaw.start, flaw.end), flaw.hint)

    def _span(self, field: Field, start: int = 0, end: int | None = None) -> Span:
        return place_value(self.text, field.pieces, self.places).span(start, end)


_AS_TYPED = {0xFF06: "&", 0xFF03: "#"}


def _refuse(field: Field, message: str, hint: str) -> Problem:
    return Problem("bib-sin-ejecutar", message, field.place, hint)

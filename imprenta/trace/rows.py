"""The facts of a document -> what each row of its .tex is: a paragraph, a cell, a heading, a caption, a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.model.document import DATA
from imprenta.model.facts import Caption, Carried, CitedNumber, Heading, Kind, Picture
from imprenta.model.source_map import TEMPLATES

if TYPE_CHECKING:
    from imprenta.model.document import Document, Found
    from imprenta.problems import Span

_HEADS = tuple(rf"\{side}head{star}{{" for side in ("i", "c", "o", "") for star in ("", "*"))
"""What says in the preamble what stands at the head of every page."""
_TITLE = r"\tituloinforme"
"""What there is the report's title, of which `DATA` tells the words."""
_FOOT = r"\pagemark"
_NAMES = {
    "cover": "portada",
    "statement": "enunciado",
    "cells": "celda",
    "note": "nota",
    "item": "elemento de lista",
    "code": "código",
    "formula": "fórmula",
}


@dataclass(frozen=True)
class RowKinds:
    """The rows of a document, counted from 1."""

    document: Document

    @property
    def rows(self) -> list[str]:
        """Return the rows of the .tex."""
        return self.document.rows

    def row(self, number: int) -> str:
        """Return a row, or nothing if there is none."""
        return self.rows[number - 1] if 1 <= number <= len(self.rows) else ""

    def is_title(self, number: int) -> bool:
        """Tell whether a row is of a heading or of a caption."""
        return number in self._titles

    def title_start(self, number: int) -> int:
        """Return the first row of the heading or caption that a row is of; the row itself if it is of none."""
        return self._titles[number][0] if number in self._titles else number

    def is_head(self, number: int) -> bool:
        """Tell whether a row may be printed at the head of pages."""
        return self._titles[number][1] if number in self._titles else self.row(number).startswith((*_HEADS, DATA))

    def margin(self, *, top: bool) -> int | None:
        """Return the row that says what stands above the text of every page, or below it."""
        sought = _HEADS if top else (_FOOT,)
        rows = enumerate(self.rows, start=1)
        found = next((number for number, row in rows if any(words in row for words in sought)), None)
        if found is not None and _TITLE in self.row(found) and self.document.data:
            return self.document.row_of(1) + 1  # the data follow \begin{document}
        return found

    def is_reference_list(self, number: int) -> bool:
        """Tell whether a row sets the list of references."""
        return number == self.document.printed

    def cited_key(self, number: int, column: int) -> str:
        """Return the key of the citation whose number is printed at a column of a row, or nothing."""
        for found in self._numbers.get(number, ()):
            if found.start <= (number, column) < found.end and isinstance(found.fact, CitedNumber):
                return decode_key(found.fact.key)
        return ""

    def picture(self, number: int) -> str:
        """Return the file that a row places, or nothing."""
        return self._pictures.get(number, "")

    def kind(self, number: int, place: Span) -> str:
        """Return in Spanish what a row is, of which a place of the author's is the source."""
        if place.path.startswith(TEMPLATES):
            return "plantilla"
        if number in self._titles:
            return "título" if self._titles[number][1] else "pie o título"
        if number in self._pictures:
            return "figura"
        return _NAMES.get(self._kinds.get(number, ""), "párrafo")

    @cached_property
    def _titles(self) -> dict[int, tuple[int, bool]]:
        """Return the rows of headings and captions: the first row of the same one, and whether it is a heading."""
        titles: dict[int, tuple[int, bool]] = {}
        carried: Found | None = None
        for found in self.document.facts(Carried, Heading, Caption):
            if isinstance(found.fact, Carried):
                carried = found
                continue
            first = (carried or found).start[0]
            titles |= dict.fromkeys(range(first, found.end[0] + 1), (first, isinstance(found.fact, Heading)))
            carried = None
        return titles

    @cached_property
    def _pictures(self) -> dict[int, str]:
        found = self.document.facts(Picture)
        return {one.start[0]: one.fact.file for one in found if isinstance(one.fact, Picture)}

    @cached_property
    def _numbers(self) -> dict[int, list[Found]]:
        numbers: dict[int, list[Found]] = {}
        for found in self.document.facts(CitedNumber):
            numbers.setdefault(found.start[0], []).append(found)
        return numbers

    @cached_property
    def _kinds(self) -> dict[int, str]:
        """Return what rows are for their reader: what stands inside something counts, but on the cover."""
        kinds: dict[int, str] = {}
        for found in self.document.facts(Kind):
            if isinstance(found.fact, Kind):
                for row in range(found.start[0], found.end[0] + 1):
                    kinds[row] = kinds[row] if kinds.get(row) == "cover" else found.fact.name
        return kinds

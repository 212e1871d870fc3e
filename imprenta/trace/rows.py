"""The rows of the .tex -> what each of them is: a paragraph, a cell, a heading, a caption, a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.model.source_map import TEMPLATES

if TYPE_CHECKING:
    from imprenta.problems import Span

_HEADING = re.compile(r"\\(?:(?:sub)*section|(?:sub)?paragraph|chapter|part|addsec|addchap)\*?[\[{]")
_PICTURE = re.compile(r"\\includegraphics(?:\[[^\]]*\])?\{([^{}]*)\}")
_CITED = re.compile(r"\\hyperlink\{cite\.\d+@([^{}]*)\}\{\d*$")
_STARTS = (
    (re.compile(r"\\nota\{"), "nota"),
    (re.compile(r"\\item\b"), "elemento de lista"),
    (re.compile(r"\\lineacodigo\b"), "código"),
    (re.compile(r"\\\[|\\begin\{(?:equation|align|gather|multline)"), "fórmula"),
)
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(longtable|tabular|titlepage|enunciado)\}")
_WITHIN = {"longtable": "celda", "tabular": "celda", "titlepage": "portada", "enunciado": "enunciado"}


@dataclass(frozen=True)
class RowKinds:
    """The rows of the .tex, counted from 1."""

    rows: list[str]

    def row(self, number: int) -> str:
        """Return a row, or nothing if there is none."""
        return self.rows[number - 1] if 1 <= number <= len(self.rows) else ""

    def is_title(self, number: int) -> bool:
        """Tell whether a row is of a heading or of a caption."""
        return self._titles.get(number, "") != ""

    def title_start(self, number: int) -> int:
        """Return the first row of the heading or caption that a row is of; the row itself if it is of none."""
        while self.is_title(number - 1) and self.is_title(number) and not self._begins_title(number):
            number -= 1
        return number

    def _begins_title(self, number: int) -> bool:
        row = self.row(number)
        return bool(_HEADING.match(row)) or row.startswith("\\caption")

    def is_head(self, number: int) -> bool:
        """Tell whether a row may be printed at the head of pages."""
        return self._titles.get(number) == "título" or bool(re.match(r"\\[ico]head\*?\{", self.row(number)))

    def margin(self, *, top: bool) -> int | None:
        """Return the row that says what stands above the text of every page, or below it."""
        sought = re.compile(r"\\[ico]?head\*?\{" if top else r"\\pagemark")
        return next((number for number, row in enumerate(self.rows, start=1) if sought.search(row)), None)

    def is_reference_list(self, number: int) -> bool:
        """Tell whether a row sets the list of references."""
        return "\\printbibliography" in self.row(number)

    def cited_key(self, number: int, column: int) -> str:
        """Return the key of the citation whose number is printed at a column of a row, or nothing."""
        match = _CITED.search(self.row(number)[: column - 1])
        return decode_key(match[1]) if match else ""

    def picture(self, number: int) -> str:
        """Return the file that a row places, or nothing."""
        match = _PICTURE.search(self.row(number))
        return match[1] if match else ""

    def kind(self, number: int, place: Span) -> str:
        """Return in Spanish what a row is, of which a place of the author's is the source."""
        if place.path.startswith(TEMPLATES):
            return "plantilla"
        row = self.row(number)
        if title := self._titles.get(number):
            return title
        for start, kind in _STARTS:
            if start.match(row):
                return kind
        if _PICTURE.search(row):
            return "figura"
        return self._within[number - 1] if 1 <= number <= len(self._within) else "párrafo"

    @cached_property
    def _titles(self) -> dict[int, str]:
        """Return the rows of headings and captions, which may run over several."""
        titles, kind, depth = {}, "", 0
        for number, row in enumerate(self.rows, start=1):
            if not depth:
                kind = "título" if _HEADING.match(row) else "pie o título" if row.startswith("\\caption") else ""
            if kind:
                titles[number] = kind
                depth = max(0, depth + len(re.findall(r"(?<!\\)\{", row)) - len(re.findall(r"(?<!\\)\}", row)))
        return titles

    @cached_property
    def _within(self) -> list[str]:
        kinds, open_environments = [], ["párrafo"]
        for row in self.rows:
            for step, name in _ENVIRONMENT.findall(row):
                if step == "begin":
                    open_environments.append(_WITHIN[name])
                elif len(open_environments) > 1:
                    open_environments.pop()
            kinds.append("portada" if "portada" in open_environments else open_environments[-1])
        return kinds

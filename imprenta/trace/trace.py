"""A built PDF -> for any of its spots the author's line that made it, and for any line where it is printed.

SyncTeX knows the lines of the .tex around a point, but a word's own line only from the blank after it, and knows
nothing of columns. So it gives the neighbourhood, and the letters of the page around the point choose the place in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.document import LIST_SUFFIXES
from imprenta.model.facts import Sheet
from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE
from imprenta.trace.letters import letters_of_tex
from imprenta.trace.lines import AreaFinder
from imprenta.trace.match import Match, find_word
from imprenta.trace.rows import RowKinds
from imprenta.trace.spots import Area, Spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.model.document import Document
    from imprenta.model.source_map import SourceMap
    from imprenta.problems import Span
    from imprenta.trace.columns import AuthorRows
    from imprenta.trace.drawings import Drawing
    from imprenta.trace.letters import Letters
    from imprenta.trace.pdf_page import Box, PdfPages
    from imprenta.trace.references import ReferenceList
    from imprenta.trace.synctex import PageRecords, Record

FARTHEST = 60.0
"""Points from the nearest character beyond which a spot is blank paper."""
ROWS_AROUND = 40
"""Rows of the .tex about those that SyncTeX names in which a word is sought first."""
SURE = 12
"""Letters that must agree about a word before its place is believed although SyncTeX names others."""
NEARNESS, NEVER = 30.0, -1000.0


@dataclass(frozen=True)
class Trace:
    """All that is known of a built PDF.

    `pages` are its records of SyncTeX, one for each page; `document` and `places` the .tex and its map; `authors` the
    author's files; `numbers` what the labels print; `drawings` the figures by id.
    """

    pages: Sequence[PageRecords]
    pdf: PdfPages
    document: Document
    places: SourceMap
    references: ReferenceList
    authors: AuthorRows
    numbers: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, Drawing] = field(default_factory=dict)

    @cached_property
    def sheet(self) -> Sheet:
        """Return the margins of the pages."""
        usual = Sheet(PAGE.margin_top, PAGE.margin_bottom)
        stated = (found.fact for found in self.document.facts(Sheet))
        return next((fact for fact in stated if isinstance(fact, Sheet)), usual)

    @cached_property
    def rows(self) -> RowKinds:
        """Return the lines of the .tex."""
        return RowKinds(self.document)

    @cached_property
    def tex(self) -> Letters:
        """Return the letters that the .tex prints."""
        return letters_of_tex(self.document, self.numbers)

    def where(self, page: int, x: float, y: float) -> Spot | None:
        """Return what made a spot: points (1/72 inch) from the left top corner of a page, counted from 1.

        None for blank paper and for pages that there are not.
        """
        if not 1 <= page <= min(len(self.pdf), len(self.pages)):
            return None
        return self._in_picture(page, x, y) or self._in_references(page, x, y) or self._in_text(page, x, y)

    def show(self, path: str, line: int) -> list[Area]:
        """Return where a line of the author's is printed, in the order of the pages; nothing if it is nowhere."""
        if path in self.references.files:
            return self.references.areas_of(path, line)
        return [*self._areas_in_drawings(path, line), *self._finder.areas_of(path, line)]

    @cached_property
    def _finder(self) -> AreaFinder:
        return AreaFinder(self.pages, self.pdf, self.rows, self.tex, self.places)

    def _records(self, page: int, x: float, y: float) -> list[Record]:
        """Return what SyncTeX knows about a point; nothing on a turned page, whose places it cannot know."""
        return [] if self.pdf.page(page).rotation else self.pages[page - 1].around(x, y)

    def _in_picture(self, page: int, x: float, y: float) -> Spot | None:
        for picture, drawing in self._pictures(page):
            left, top, right, bottom = picture
            if left <= x <= right and top <= y <= bottom:
                across = (x - left) / (right - left) * drawing.width
                return drawing.spot(across, (y - top) / (bottom - top) * drawing.height)
        return None

    def _pictures(self, page: int) -> list[tuple[Box, Drawing]]:
        """Return the drawings on a page with their boxes there."""
        rows = sorted(line for line in self.pages[page - 1].lines if self.rows.picture(line))
        waiting = [drawing for line in rows if (drawing := self._drawing_of(self.rows.picture(line))) is not None]
        found = []
        for picture in sorted(self.pdf.page(page).pictures, key=lambda picture: picture.box[1]):
            width, height = picture.box[2] - picture.box[0], picture.box[3] - picture.box[1]
            fitting = [one for one in waiting if one.fits(width, height)] or waiting[:1]
            if fitting:
                waiting.remove(fitting[0])
                found.append((picture.box, fitting[0]))
        return found

    def _drawing_of(self, file: str) -> Drawing | None:
        return next((drawing for drawing in self.drawings.values() if drawing.file == file), None)

    def drawn_on(self, page: int) -> list[tuple[Span, Box]]:
        """Return the places of what is drawn on a page and the boxes where it is, in points of the page."""
        return [
            (part.place, drawing.bring(box, frame))
            for frame, drawing in self._pictures(page)
            for part in drawing.parts
            for box in part.boxes()
        ]

    def _areas_in_drawings(self, path: str, line: int) -> list[Area]:
        found = []
        wanted = {id: boxes for id, drawing in self.drawings.items() if (boxes := drawing.boxes_of(path, line))}
        for number in range(1, min(len(self.pages), len(self.pdf)) + 1 if wanted else 0):
            for frame, drawing in self._pictures(number):
                for box in next((wanted[id] for id in wanted if self.drawings[id] is drawing), []):
                    left, top, right, bottom = drawing.bring(box, frame)
                    found.append(Area(number, left, top, right - left, bottom - top))
        return found

    def _in_references(self, page: int, x: float, y: float) -> Spot | None:
        key = self.references.key_at(page, x, y)
        if key is None or self._margin(page, x, y):
            return None
        letters = self.pdf.page(page).letters
        at, end = self._word(page, x, y) or (0, 0)
        place = self.references.place_of(key, letters.text, at, end)
        return Spot(place, "referencia") if place is not None else None

    def _margin(self, page: int, x: float, y: float) -> str:
        """Return top or bottom for a spot of the running head or of the page number, else nothing."""
        sheet = self.pdf.page(page)
        height = sheet.bounds[3] - sheet.from_top_left(x, y)[1]
        if height < self.sheet.top * POINTS_PER_CENTIMETRE - 4:
            return "top"
        left, bottom, right, top = sheet.bounds
        long_side = max(right - left, top - bottom)
        return "bottom" if height > long_side - self.sheet.bottom * POINTS_PER_CENTIMETRE + 8 else ""

    def _word(self, page: int, x: float, y: float) -> tuple[int, int] | None:
        """Return the stretch of the page's letters of the word under a point; an empty one for a sign alone."""
        nearest = self.pdf.page(page).nearest_character(x, y)
        if nearest is None or nearest[1] > FARTHEST:
            return None
        letters = self.pdf.page(page).letters
        return letters.word_around(nearest[0])

    def _in_text(self, page: int, x: float, y: float) -> Spot | None:
        word = self._word(page, x, y)
        if word is None:
            return None
        records = self._records(page, x, y)
        if records and records[0].file.endswith(LIST_SUFFIXES):
            return self._in_contents(page, x, y, word)
        if margin := self._margin(page, x, y):
            return self._in_margin(page, word, top=margin == "top")
        return self._in_body(page, word, records)

    def in_body(self, page: int, character: int) -> Spot | None:
        """Return what printed a character of a page of the body, wherever on the sheet or off it it came to stand."""
        letters = self.pdf.page(page).letters
        box = letters.boxes[character]
        word = letters.word_around(character)
        if box is None or word[0] == word[1]:
            return None
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        key = self.references.key_at(page, x, y)
        place = self.references.place_of(key, letters.text, *word) if key is not None else None
        return Spot(place, "referencia") if place is not None else self._in_body(page, word, self._records(page, x, y))

    def _in_body(self, page: int, word: tuple[int, int], records: Sequence[Record]) -> Spot | None:
        lines = list(dict.fromkeys(record.line for record in records if record.file == self.pages[page - 1].main))
        if self.pdf.page(page).rotation:
            lines = sorted(self.pages[page - 1].lines)
        found = self._find(page, word, lines)
        if found is None or (found.agreeing + word[1] - word[0] < SURE and self.tex.rows[found.at] not in lines[:2]):
            found = self._beside(page, word, lines, found)
        if found is not None:
            return self._spot_of_word(found, self.pdf.page(page).letters.text[slice(*word)])
        return self._spot(lines[0]) if lines else None

    def _beside(self, page: int, word: tuple[int, int], lines: Sequence[int], found: Match | None) -> Match | None:
        """Return the place of a neighbour for a word that is not told surely: TeX may have made it, as numbers."""
        letters = self.pdf.page(page).letters
        for at in (word[1], word[0] - 1):
            if 0 <= at < len(letters.text) and letters.on_one_line(word[0], at):
                near = letters.word_around(letters.marks[at])
                beside = self._find(page, near, lines)
                if beside is not None and beside.agreeing + near[1] - near[0] >= SURE:
                    same = found is not None and abs(self.tex.rows[found.at] - self.tex.rows[beside.at]) <= 1
                    return found if same else beside
        rows = range(min(lines, default=0) - 2, max(lines, default=0) + 3)
        return found if found is not None and self.tex.rows[found.at] in rows else None

    def _spot(self, row: int, column: int | None = None) -> Spot | None:
        place = self.places.place_of(row, column)
        return Spot(place, self.rows.kind(row, place)) if place is not None else None

    def _spot_of_word(self, found: Match, word: str) -> Spot | None:
        """Return the place of a word that was found in the .tex, to the column where the author's line has it too."""
        row, column = self.tex.rows[found.at], self.tex.columns[found.at]
        spot = self._spot(row, column)
        start = self.places.start_of(row, column)
        if spot is None or start is None:
            return spot
        key = self.rows.cited_key(row, column)
        if key and (cited := self.authors.find_citation(spot.place, key)) is not None:
            return replace(spot, place=cited)
        before = found.at - self.tex.position(*start)
        return replace(spot, place=self.authors.narrow(spot.place, word, before))

    def _find(self, page: int, word: tuple[int, int], lines: Sequence[int]) -> Match | None:
        """Return where the .tex has a word of a page: near lines that SyncTeX names, else where most letters agree."""
        text, rows = self.pdf.page(page).letters.text, self.tex.rows
        if word[0] == word[1]:
            return None

        def nearness(at: int) -> float:
            distance = min((abs(rows[at] - line) + order / 8 for order, line in enumerate(lines[:24])), default=99.0)
            return max(0.0, NEARNESS - 3 * distance) if not self.tex.cuts_number(at, size) else NEVER

        size = word[1] - word[0]
        found = None
        if lines:
            zone = self.tex.between(min(lines[:24]) - ROWS_AROUND, max(lines[:24]) + ROWS_AROUND)
            found = find_word(text, *word, self.tex.text, zone, nearness)
        if found is None or found.worth < 0 or (found.agreeing < SURE and found.worth < NEARNESS / 2):
            wide = find_word(text, *word, self.tex.text, (0, len(self.tex.text)), nearness)
            if wide is not None and wide.agreeing >= SURE and wide.worth >= 0:
                return wide
        return found if found is not None and found.worth >= 0 else None

    def _in_contents(self, page: int, x: float, y: float, word: tuple[int, int]) -> Spot | None:
        """Return the heading or caption that an entry of the table of contents or of a list leads to."""
        width = int(self.pdf.page(page).size[0])
        candidates = (x, *range(int(x), 0, -12), *range(int(x), width, 12))
        targets = (self.pdf.target_of_link(page, place, y + up) for up in (0, -4, 4) for place in candidates)
        target = next((target for target in targets if target is not None), None)
        if target is None:
            return None
        number, _, top = target
        records, main = self.pages[number - 1].records, self.pages[number - 1].main
        turned = self.pdf.page(number).rotation
        around = [record for record in records if turned or top - 20 <= record.y <= top + 80]
        lines = list(dict.fromkeys(record.line for record in around if record.file == main))
        titles = [line for line in lines if self.rows.is_title(line)] or self._titles_near(lines)
        found = self._find(page, word, titles or lines)
        if found is not None and self.rows.is_title(self.tex.rows[found.at]):
            return self._spot_of_word(found, self.pdf.page(page).letters.text[slice(*word)])
        return self._spot(self.rows.title_start((titles or lines)[0])) if titles or lines else None

    def _titles_near(self, lines: Sequence[int]) -> list[int]:
        if not lines:
            return []
        return [line for line in range(min(lines) - ROWS_AROUND, max(lines) + ROWS_AROUND) if self.rows.is_title(line)]

    def _in_margin(self, page: int, word: tuple[int, int], *, top: bool) -> Spot | None:
        """Return what a running head says: the last heading before the end of the page that has these words."""
        letters = self.pdf.page(page).letters
        spot = self._in_head(page, word) if top else None
        if spot is None and top and word[1] < len(letters.text) and letters.on_one_line(word[0], word[1]):
            # The engine's word before a title, as «Anexo».
            spot = self._in_head(page, letters.word_around(letters.marks[word[1]]))
        line = self.rows.margin(top=top) if spot is None else None
        return self._spot(line) if line else spot

    def _in_head(self, page: int, word: tuple[int, int]) -> Spot | None:
        """Return the last heading before the end of a page that has a word of its running head."""
        last = max(self.pages[page - 1].lines, default=0)
        text, rows = self.pdf.page(page).letters.text, self.tex.rows

        def nearness(at: int) -> float:
            if not self.rows.is_head(rows[at]) or rows[at] > last:
                return -100.0
            return 10.0 + rows[at] / (last + 1)

        found = find_word(text, *word, self.tex.text, (0, len(self.tex.text)), nearness) if word[0] < word[1] else None
        if found is None or found.worth < 0 or found.agreeing + word[1] - word[0] < SURE // 2:
            return None
        spot = self._spot_of_word(found, text[slice(*word)])
        return replace(spot, kind="encabezado") if spot is not None else None

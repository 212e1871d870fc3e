"""A line of a log of LaTeX or biber -> the author's place that it speaks of, where the map or the keys tell it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.model.document import CHECKPOINT, LIST_SUFFIXES, Document, bare_document
from imprenta.model.facts import Caption, Float, Heading
from imprenta.model.source_map import TEMPLATES, SourceMap
from imprenta.problems import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.model.entry_places import PlacedBibliography, PlacedEntry

BIBLIOGRAPHY = "references.bib"
PARAGRAPH = re.compile(r"(?:at|in) lines? (\d+)(?:--(\d+))?|detected at line (\d+)|on input line (\d+)")
KEY_IN_MESSAGE = re.compile(r"(?:[Ee]ntry|key|for) '([^']+)'")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
WORD = re.compile(r"\w{4,}")
NO_LETTER = re.compile(r"[\W_]+")
TEX_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{0pt\})?")
ENOUGH = 16
"""Letters by which the beginning of a heading is told."""
CARRIED = (".aux", *LIST_SUFFIXES)
"""The files in which LaTeX carries headings and captions elsewhere."""
REPORT = "paper/informe.yaml"
"""Where a problem stands of which nothing is known but that it is in the report."""


@dataclass(frozen=True)
class Locator:
    """Finds places: `document` is the .tex, `places` its map, `bibliography` the author's .bib."""

    document: Document = field(default_factory=partial(bare_document, ""))
    places: SourceMap = field(default_factory=SourceMap)
    bibliography: PlacedBibliography | None = None
    entries_of_bbl: str = ""
    own_templates: frozenset[str] | None = None
    """The paths of the templates that are the author's; None if all are. No place of another one is ever told."""
    reached: int = 0
    """The line of the .tex up to which LaTeX surely came before it failed."""

    def at(self, line: int, column: int | None = None) -> Span | None:
        """Return the place that made a line of the .tex, or the author's nearest one if a template of ours made it."""
        place = self.places.place_of(line, column)
        return place if place is None or self._is_author_s(place) else self._nearest(line, column)

    def put(self, problem: Problem, place: Span | None, program: str) -> Problem:
        """Return a problem at the author's place; without one, at what LaTeX was setting, or at the report as such."""
        if place is None and self.reached:
            place = self.first(range(self.reached, self.reached + 1))
        return put_at(problem, place or Span(REPORT), program)

    def _is_author_s(self, place: Span) -> bool:
        return self.own_templates is None or not place.path.startswith(TEMPLATES) or place.path in self.own_templates

    @cached_property
    def _own(self) -> list[int]:
        """Return which places of the map are the author's."""
        return [number for number, place in enumerate(self.places.places) if self._is_author_s(place)]

    def _nearest(self, line: int, column: int | None) -> Span | None:
        """Return the author's place before a line in the same block, else after it in it, else before it at all."""
        starts = self.places.starts
        at = bisect_right(self._own, (line, 1 << 30 if column is None else column), key=starts.__getitem__)
        before, after = self._own[:at][-1:], self._own[at : at + 1]
        marks = [number for number, row in enumerate(self.rows, 1) if row == CHECKPOINT]
        block = bisect_right(marks, line)
        inside = [number for number in (*before, *after) if bisect_right(marks, starts[number][0]) == block]
        found = next(iter((*inside, *before, *after)), None)
        return self.places.places[found] if found is not None else None

    @property
    def rows(self) -> list[str]:
        """Return the lines of the .tex."""
        return self.document.rows

    @property
    def source(self) -> str:
        """Return the .tex."""
        return self.document.source

    def _entry(self, key: str) -> PlacedEntry | None:
        return self.bibliography.entries.get(decode_key(key)) if self.bibliography is not None else None

    def entry(self, key: str) -> Span | None:
        """Return where an entry of the bibliography is, by its key as TeX has it."""
        entry = self._entry(key)
        return entry.place if entry is not None else None

    def entry_in(self, words: str) -> Span | None:
        """Return where the entry is that a message of biber's names, or the field of it."""
        entry = next((entry for key in KEY_IN_MESSAGE.findall(words) if (entry := self._entry(key))), None)
        if entry is None:
            return None
        named = (
            placed.place
            for name, placed in entry.fields.items()
            if re.search(rf"\b{re.escape(name)} field\b|field '{re.escape(name)}'", words, re.IGNORECASE)
        )
        return next(named, entry.place)

    def error(self, file: str, line: int, before: str) -> Span | None:
        """Return the place of an error of a file's line; `before` is what TeX had read of it."""
        if file.endswith(".bbl"):
            rows = self.entries_of_bbl.split("\n")[:line]
            keys = [match[1] for row in rows if (match := re.match(r"\s*\\entry\{([^}]*)\}", row))]
            return self.entry(keys[-1]) if keys else Span(BIBLIOGRAPHY)
        if file.endswith(CARRIED):
            return self.heading(before)
        if not file.endswith("informe.tex") or line > len(self.rows):
            return None
        row = self.rows[line - 1]
        shown = before.removeprefix("...")
        at = row.find(shown) if shown else -1
        # What TeX complains of is the last thing that it read.
        return self.at(line, at + len(shown)) if at >= 0 else self.at(line)

    def float_ending(self, line: int) -> Span | None:
        """Return the data of the figure or table whose end stands on a line of the .tex."""
        end = line
        for found in self.document.facts(Float, Caption):
            if isinstance(found.fact, Float):
                end = found.end[0]
            elif found.start[0] <= line <= end:
                return self.at(found.start[0])
        return self.at(line)

    def runaway(self, begun: str, line: int) -> Span | None:
        """Return where something began that never ended: `begun` is its start as TeX shows it, `line` where it says so.

        TeX shows it without its line; what opened it stands just before, and is mostly a template's.
        """
        start = begun.partition("\\")[0].strip()
        last = sum(len(row) + 1 for row in self.rows[:line])
        at = self.source.rfind(start, 0, last) if len(start) > 2 else -1
        if at < 0:
            return None
        row = self.source.count("\n", 0, at) + 1
        return self.at(row, at - self.source.rfind("\n", 0, at))

    def message(self, said: str, words: str = "") -> Span | None:
        """Return the place of a message that gives lines of the .tex; `words` are printed at the place."""
        match = PARAGRAPH.search(said)
        if match is None:
            return None
        first = int(next(group for group in (match[1], match[3], match[4]) if group))
        last = min(int(match[2] or first), len(self.rows))
        wanted = set(WORD.findall(words))
        if first == self.document.printed:
            made = self.places.place_of(first)
            of_ours = Span(BIBLIOGRAPHY) if made is not None and not self._is_author_s(made) else made
            return self._printed_entry(wanted) or of_ours
        lines = range(first, max(first, last) + 1)
        return self._most_alike(lines, wanted) or self.first(lines)

    def heading(self, words: str) -> Span | None:
        """Return the place of the heading or caption that prints these words in a list of contents."""
        wanted = set(WORD.findall(words))
        named = self.document.facts(Heading, Caption)
        lines = [line for found in named for line in range(found.start[0], found.end[0] + 1)]
        return self._most_alike(lines, wanted) or self._begins_alike(lines, words)

    def _begins_alike(self, lines: Sequence[int], words: str) -> Span | None:
        """Return the place of the line with the first letters of words that LaTeX joined or cut otherwise."""
        begun = NO_LETTER.sub("", words)[:ENOUGH]
        alike = (
            line for line in lines if begun and begun in NO_LETTER.sub("", TEX_COMMAND.sub("", self.rows[line - 1]))
        )
        return next((place for line in alike if (place := self.at(line)) is not None), None)

    def _printed_entry(self, wanted: set[str]) -> Span | None:
        """Return the entry that holds most of the words that the list of references prints, if it is one alone."""
        if self.bibliography is None:
            return None
        rows = self.bibliography.text.split("\n")
        own = self.bibliography.path
        places = [entry.place for entry in self.bibliography.entries.values() if entry.place.path == own]
        ends = [*(place.line - 1 for place in places[1:]), len(rows)]
        shares = [
            _share("\n".join(rows[place.line - 1 : end]), wanted) for place, end in zip(places, ends, strict=True)
        ]
        best = max(shares, default=0)
        return places[shares.index(best)] if best and shares.count(best) == 1 else None

    def _most_alike(self, lines: Iterable[int], wanted: set[str]) -> Span | None:
        """Return the place of the line that holds most of the words, the first of several; None if none holds any."""
        shares = [(_share(self.rows[line - 1], wanted), -line) for line in lines if line <= len(self.rows)]
        share, line = max(shares, default=(0, 0))
        return self.at(-line) if share else None

    def first(self, lines: range) -> Span | None:
        """Return the first place of the data that made one of these lines, or else the first place of a template."""
        made = [place for line in lines if (place := self.places.place_of(line)) is not None]
        data = next((place for place in made if not place.path.startswith(TEMPLATES)), None)
        return data or next(filter(self._is_author_s, made), None) or (self.at(lines[0]) if lines else None)

    def text(self, words: str, *, last: bool = False) -> Span | None:
        """Return the place of the first (or the last) spot of the .tex that holds these characters."""
        spots = [match.start() for match in re.finditer(re.escape(words), self.source)] if words else []
        found = [self._spot(at) for at in (reversed(spots) if last else spots)]
        made = [self.places.place_of(*spot) for spot in found]
        known = next((place for place in made if place is not None and self._is_author_s(place)), None)
        return known or (self.at(*found[0]) if found else None)

    def quoted(self, words: str) -> Span | None:
        """Return the place in a template of the author's of what a message quotes."""
        places = (self.text(match[1]) for match in QUOTED.finditer(words))
        return next((place for place in places if place is not None and place.path.startswith(TEMPLATES)), None)

    def _spot(self, at: int) -> tuple[int, int]:
        """Return the line and the column of a spot of the .tex."""
        return self.source.count("\n", 0, at) + 1, at - self.source.rfind("\n", 0, at)


def _share(text: str, wanted: set[str]) -> int:
    """Return how many letters the words have together that a text holds."""
    return sum(len(word) for word in wanted if word in text)


def put_at(problem: Problem, place: Span, program: str) -> Problem:
    """Return a problem at the author's place, with the log as a related one."""
    return replace(problem, place=place, related=(*problem.related, (problem.place, f"lo que dijo {program}")))

"""A line of a log of LaTeX or biber -> the author's place that it speaks of, where the map or the keys tell it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.citation_key import encode_key
from imprenta.model.source_map import TEMPLATES, SourceMap
from imprenta.problems import Problem, Span
from imprenta.typeset.checkpoints.trace import CHECKPOINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BIBLIOGRAPHY = "references.bib"
PARAGRAPH = re.compile(r"(?:at|in) lines? (\d+)(?:--(\d+))?|detected at line (\d+)|on input line (\d+)")
ENTRY = re.compile(r"^[ \t]*@\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.MULTILINE)
KEY_IN_MESSAGE = re.compile(r"(?:[Ee]ntry|key|for) '([^']+)'")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
WORD = re.compile(r"\w{4,}")
HEADING = re.compile(r"\\(?:caption|captionof|part|chapter|(?:sub){0,2}section|addsec|addchap)\b")
NO_LETTER = re.compile(r"[\W_]+")
TEX_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{0pt\})?")
ENOUGH = 16
"""Letters by which the beginning of a heading is told."""
CARRIED = (".aux", ".toc", ".lof", ".lot")
"""The files in which LaTeX carries headings and captions elsewhere."""
REPORT = "paper/informe.yaml"
"""Where a problem stands of which nothing is known but that it is in the report."""
PRINT = r"\printbibliography"
"""What prints the list of references, which is set on one line of the .tex."""
ENDS = (PRINT, r"\end{document}")


def last_row(rows: Sequence[str]) -> int:
    """Return the index of the row that prints the list of references or, without one, ends the document; or -1."""
    starts = (number for end in ENDS for number, row in enumerate(rows) if row.startswith(end))
    return next(starts, -1)


@dataclass(frozen=True)
class Locator:
    """Finds places: `source` is the .tex, `places` its map, `bibliography` the text of the author's .bib."""

    source: str
    places: SourceMap = field(default_factory=SourceMap)
    bibliography: str = ""
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

    @cached_property
    def rows(self) -> list[str]:
        """Return the lines of the .tex."""
        return self.source.split("\n")

    @cached_property
    def _entries(self) -> dict[str, Span]:
        found: dict[str, Span] = {}
        for match in ENTRY.finditer(self.bibliography):
            line = self.bibliography.count("\n", 0, match.start(1)) + 1
            column = match.start(1) - self.bibliography.rfind("\n", 0, match.start(1))
            found.setdefault(encode_key(match[1]), Span(BIBLIOGRAPHY, line, column, line, column + len(match[1])))
        return found

    def entry(self, key: str) -> Span | None:
        """Return where an entry of the bibliography is."""
        return self._entries.get(key)

    def entry_in(self, words: str) -> Span | None:
        """Return where the entry is that a message of biber's names, or the field of it."""
        entry = next((place for key in KEY_IN_MESSAGE.findall(words) if (place := self.entry(key))), None)
        return self._field(entry, words) if entry is not None else None

    def _field(self, entry: Span, words: str) -> Span:
        """Return where the field of an entry is that a message names; the entry's own place if it names none."""
        rows = self.bibliography.split("\n")[entry.line :]
        for row, text in enumerate(rows, start=entry.line + 1):
            if text.lstrip().startswith("@"):
                break
            match = re.match(r"\s*(\w+)\s*=", text)
            if match and re.search(rf"\b{match[1]} field\b|field '{match[1]}'", words, re.IGNORECASE):
                return Span(BIBLIOGRAPHY, row, match.start(1) + 1, row, match.end(1) + 1)
        return entry

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
        for row in range(line, 0, -1):
            if re.match(r"\\caption\b", self.rows[row - 1] if row <= len(self.rows) else ""):
                return self.at(row)
            if row < line and re.match(r"\\(?:begin|end)\{(?:figure|table)\}", self.rows[row - 1]):
                break
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
        if first <= len(self.rows) and self.rows[first - 1].startswith(PRINT):
            made = self.places.place_of(first)
            of_ours = Span(BIBLIOGRAPHY) if made is not None and not self._is_author_s(made) else made
            return self._printed_entry(wanted) or of_ours
        lines = range(first, max(first, last) + 1)
        return self._most_alike(lines, wanted) or self.first(lines)

    def heading(self, words: str) -> Span | None:
        """Return the place of the heading or caption that prints these words in a list of contents."""
        wanted = set(WORD.findall(words))
        lines = [number for number, row in enumerate(self.rows, start=1) if HEADING.search(row)]
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
        entries = list(ENTRY.finditer(self.bibliography))
        ends = [*(match.start() for match in entries[1:]), len(self.bibliography)]
        shares: dict[str, int] = {}
        for match, end in zip(entries, ends, strict=True):
            shares[encode_key(match[1])] = _share(self.bibliography[match.start() : end], wanted)
        best = max(shares.values(), default=0)
        found = [key for key, share in shares.items() if share == best]
        return self.entry(found[0]) if best and len(found) == 1 else None

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

"""A line of a log of LaTeX or biber -> the author's place that it speaks of, where the map or the keys tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprenta.model.source_map import SourceMap
from imprenta.problems import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BIBLIOGRAPHY = "references.bib"
PARAGRAPH = re.compile(r"(?:at|in) lines? (\d+)(?:--(\d+))?|detected at line (\d+)|on input line (\d+)")
ENTRY = re.compile(r"^[ \t]*@\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.MULTILINE)
KEY_IN_MESSAGE = re.compile(r"(?:[Ee]ntry|key|for) '([^']+)'")
WORD = re.compile(r"\w{4,}")
HEADING = re.compile(r"\\(?:caption|captionof|part|chapter|(?:sub){0,2}section|addsec|addchap)\b")
NO_LETTER = re.compile(r"[\W_]+")
TEX_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{0pt\})?")
ENOUGH = 16
"""Letters by which the beginning of a heading is told."""
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
            found.setdefault(match[1], Span(BIBLIOGRAPHY, line, column, line, column + len(match[1])))
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
            return self.entry(keys[-1]) if keys else None
        if not file.endswith("informe.tex") or line > len(self.rows):
            return None
        row = self.rows[line - 1]
        shown = before.removeprefix("...")
        at = row.find(shown) if shown else -1
        # What TeX complains of is the last thing that it read.
        return self.places.place_of(line, at + len(shown)) if at >= 0 else self.places.place_of(line)

    def float_ending(self, line: int) -> Span | None:
        """Return the data of the figure or table whose end stands on a line of the .tex."""
        for row in range(line, 0, -1):
            if re.match(r"\\caption\b", self.rows[row - 1] if row <= len(self.rows) else ""):
                return self.places.place_of(row)
            if row < line and re.match(r"\\(?:begin|end)\{(?:figure|table)\}", self.rows[row - 1]):
                break
        return self.places.place_of(line)

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
        return self.places.place_of(row, at - self.source.rfind("\n", 0, at))

    def message(self, said: str, words: str = "") -> Span | None:
        """Return the place of a message that gives lines of the .tex; `words` are printed at the place."""
        match = PARAGRAPH.search(said)
        if match is None:
            return None
        first = int(next(group for group in (match[1], match[3], match[4]) if group))
        last = min(int(match[2] or first), len(self.rows))
        wanted = set(WORD.findall(words))
        if first <= len(self.rows) and self.rows[first - 1].startswith(PRINT):
            return self._printed_entry(wanted) or self.places.place_of(first)
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
        return next((place for line in alike if (place := self.places.place_of(line)) is not None), None)

    def _printed_entry(self, wanted: set[str]) -> Span | None:
        """Return the entry that holds most of the words that the list of references prints, if it is one alone."""
        entries = list(ENTRY.finditer(self.bibliography))
        ends = [*(match.start() for match in entries[1:]), len(self.bibliography)]
        shares: dict[str, int] = {}
        for match, end in zip(entries, ends, strict=True):
            shares[match[1]] = _share(self.bibliography[match.start() : end], wanted)
        best = max(shares.values(), default=0)
        found = [key for key, share in shares.items() if share == best]
        return self.entry(found[0]) if best and len(found) == 1 else None

    def _most_alike(self, lines: Iterable[int], wanted: set[str]) -> Span | None:
        """Return the place of the line that holds most of the words, the first of several; None if none holds any."""
        shares = [(_share(self.rows[line - 1], wanted), -line) for line in lines if line <= len(self.rows)]
        share, line = max(shares, default=(0, 0))
        return self.places.place_of(-line) if share else None

    def first(self, lines: range) -> Span | None:
        """Return the first place of the data that made one of these lines, or else the first place of a template."""
        of_template = None
        for line in lines:
            place = self.places.place_of(line)
            if place is not None and not place.path.startswith("templates/"):
                return place
            of_template = of_template or place
        return of_template

    def text(self, words: str, *, last: bool = False) -> Span | None:
        """Return the place of the first (or the last) spot of the .tex that holds these characters."""
        at = self.source.rfind(words) if last else self.source.find(words)
        if not words or at < 0:
            return None
        line = self.source.count("\n", 0, at) + 1
        return self.places.place_of(line, at - self.source.rfind("\n", 0, at))


def _share(text: str, wanted: set[str]) -> int:
    """Return how many letters the words have together that a text holds."""
    return sum(len(word) for word in wanted if word in text)


def put_at(problem: Problem, place: Span | None, program: str) -> Problem:
    """Return a problem at the author's place, with the log as a related one; as it was if no place is known."""
    if place is None:
        return problem
    return replace(problem, place=place, related=(*problem.related, (problem.place, f"lo que dijo {program}")))

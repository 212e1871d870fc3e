r"""Marks that travel inside TeX -> the map from the lines of the .tex to the author's lines.

Whoever writes TeX from an author's text puts a `mark` before it; `unmark` takes the marks out of the finished .tex and
notes where each stood. Marks are characters of Unicode's private area, which `markup.escape` never lets through, so
no text of an author's can be taken for one. `hold` keeps the marks of a piece inside it: after the piece, the place of
what surrounds it is the place again. The marks of facts (`facts.py`) come out with them.

The map is kept beside the .tex as `informe.map`, in lines of plain text: «R path» names a file, numbered from 0 in the
order of these lines; every other line is five numbers, «line column file line column»: from that line and column of
the .tex on (columns count from 1), TeX comes from that line and column of that file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imprenta.model.facts import FACT_CLOSE, FACT_OPEN, FACT_TOLD, encode_payload, told_by
from imprenta.problems import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OPEN, _CLOSE, _PUSH, _POP = "\ue000", "\ue001", "\ue002", "\ue003"
_TOLD = "([\ue100-\ue1ff]+)"
_MARK = re.compile(f"{_OPEN}{_TOLD}{_CLOSE}|{FACT_OPEN}{_TOLD}{FACT_TOLD}|[{_PUSH}{_POP}{FACT_CLOSE}]")
PLACE, FACT = 1, 2
"""The groups of a mark that say something."""
_PRIVATE = re.compile("[\ue000-\ue1ff]+")
_PLACE = re.compile(f"{_OPEN}{_TOLD}{_CLOSE}")
_FACT = re.compile(f"{FACT_OPEN}[\ue100-\ue1ff]+{FACT_TOLD}|{FACT_CLOSE}")
TEMPLATES = "templates/"


def mark(place: Span) -> str:
    """Return the mark that says: what follows comes from this place."""
    return _mark(place.path, place.line, place.column)


@lru_cache(maxsize=16384)
def _mark(path: str, line: int, column: int) -> str:
    return f"{_OPEN}{encode_payload(f'{line}:{column}:{path}')}{_CLOSE}"


def hold(tex: str) -> str:
    """Return TeX whose marks say nothing about what comes after it."""
    return f"{_PUSH}{tex}{_POP}" if _OPEN in tex else tex


def strip_marks(tex: str) -> str:
    """Return TeX without its marks."""
    return tex if tex.isascii() else _PRIVATE.sub("", tex)


def strip_facts(tex: str) -> str:
    """Return TeX without the marks of facts; those of places stay."""
    return _FACT.sub("", tex) if FACT_CLOSE in tex else tex


def named_paths(tex: str) -> set[str]:
    """Return the files that the marks of places in TeX name."""
    return {_read(payload).path for payload in set(_PLACE.findall(tex))}


def split_leading_marks(tex: str) -> tuple[str, str]:
    """Return the marks at the start of TeX, and the rest."""
    match = _PRIVATE.match(tex)
    end = match.end() if match else 0
    return tex[:end], tex[end:]


def first_mark(tex: str) -> str:
    """Return the first mark of TeX, or nothing."""
    match = _PLACE.search(tex)
    return match[0] if match else ""


@dataclass(frozen=True)
class SourceMap:
    """Where the .tex comes from: (line, column) of the .tex and the place, in rising order."""

    starts: tuple[tuple[int, int], ...] = ()
    places: tuple[Span, ...] = ()

    def place_of(self, line: int, column: int | None = None) -> Span | None:
        """Return where a line of the .tex comes from; without a column, data rather than a template."""
        if column is not None:
            index = bisect_right(self.starts, (line, column)) - 1
            return self.places[index] if index >= 0 else None
        here = self._on_line(line)
        data = [place for place in here if not place.path.startswith(TEMPLATES)]
        if data or here:
            return (data or here)[0]
        return self.place_of(line, 0)

    def start_of(self, line: int, column: int) -> tuple[int, int] | None:
        """Return the line and column of the .tex where the stretch begins that a place of it belongs to."""
        index = bisect_right(self.starts, (line, column)) - 1
        return self.starts[index] if index >= 0 else None

    def _on_line(self, line: int) -> tuple[Span, ...]:
        first, last = bisect_right(self.starts, (line, 0)), bisect_right(self.starts, (line, 1 << 30))
        carried = self.places[first - 1 : first] if first and (first == last or self.starts[first] > (line, 1)) else ()
        return (*self.places[first:last], *carried)

    def dumps(self) -> str:
        """Return the map in the form in which it is kept."""
        paths = {path: number for number, path in enumerate(dict.fromkeys(place.path for place in self.places))}
        rows = [f"R {path}" for path in paths]
        for (line, column), place in zip(self.starts, self.places, strict=True):
            rows.append(f"{line} {column} {paths[place.path]} {place.line} {place.column}")
        return "\n".join(rows) + "\n"

    @classmethod
    def loads(cls, kept: str) -> SourceMap:
        """Return the map that was kept; raise ValueError if it is not one."""
        paths: list[str] = []
        starts: list[tuple[int, int]] = []
        places: list[Span] = []
        for row in kept.splitlines():
            if row.startswith("R "):
                paths.append(row[2:])
                continue
            line, column, path, source_line, source_column = map(int, row.split())
            if not 0 <= path < len(paths):
                raise ValueError(row)
            starts.append((line, column))
            places.append(Span(paths[path], source_line, source_column))
        return cls(tuple(starts), tuple(places))


class PlacedFact(NamedTuple):
    """A fact as it is told (`load_fact`), where its TeX begins and where it has ended: rows and columns from 1."""

    row: int
    column: int
    end_row: int
    end_column: int
    told: str


@dataclass(frozen=True, slots=True)
class Unmarked:
    """TeX without its marks: where each stood, counted from 1 in it, the place it said, and the one at the end.

    `facts` are in the order of their beginnings. `whole` tells that every mark that holds has its end in the TeX, so
    that it can be joined with what stands around it.
    """

    tex: str
    starts: tuple[tuple[int, int], ...]
    places: tuple[Span, ...]
    facts: tuple[PlacedFact, ...]
    last: Span | None
    whole: bool
    _moved: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict, compare=False, repr=False)

    def move_starts(self, lines: int, columns: int) -> list[tuple[int, int]]:
        """Return where its marks stand if it begins so many lines and columns further on; it mostly does so again."""
        if (lines, columns) not in self._moved:
            self._moved.clear()
            self._moved[lines, columns] = [
                (line + lines, column + columns if line == 1 else column) for line, column in self.starts
            ]
        return self._moved[lines, columns]


def unmark(marked: str) -> tuple[str, SourceMap]:
    """Turn TeX with marks into TeX without them and the map of where it comes from."""
    unmarked = unmark_piece(marked)
    return unmarked.tex, SourceMap(unmarked.starts, unmarked.places)


def unmark_piece(
    marked: str, current: Span | None = None, write: Callable[[str], Unmarked | None] = lambda told: None
) -> Unmarked:
    """Take the marks out of a piece of TeX; `current` is the place that what comes before it said last.

    What `write` makes of a fact, without the end of a row, stands in the place of the fact and of its TeX, in which
    there are no other marks.
    """
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    places: list[Span] = []
    facts: list[PlacedFact | None] = []
    held: list[Span | None] = []
    opened: list[tuple[int, int, int, int, str]] = []
    line, column, end = 1, 1, 0
    whole = True

    def note(place: Span) -> None:
        if starts and starts[-1] == (line, column):
            places[-1] = place
        else:
            starts.append((line, column))
            places.append(place)

    for match in _MARK.finditer(marked):
        begin = match.start()
        if begin > end:
            piece = marked[end:begin]
            parts.append(piece)
            newlines = piece.count("\n")
            line += newlines
            column = len(piece) - piece.rfind("\n") if newlines else column + len(piece)
        end = match.end()
        if match.lastindex == PLACE:
            current = _read(match[PLACE])
            note(current)
        elif match.lastindex == FACT:
            opened.append((len(facts), len(parts), line, column, told_by(match[FACT])))
            facts.append(None)
        elif marked[begin] == FACT_CLOSE:
            if opened:
                number, part, row, start, told = opened.pop()
                written = write(told)
                if written is None:
                    facts[number] = PlacedFact(row, start, line, column, told)
                else:
                    parts[part:] = [written.tex]
                    column = start + len(written.tex)
                    facts[number:] = [
                        PlacedFact(line, start + one.column - 1, line, start + one.end_column - 1, one.told)
                        for one in written.facts
                    ]
        elif marked[begin] == _PUSH:
            held.append(current)
        elif not held:
            whole = False
        elif (restored := held.pop()) is not None:
            current = restored
            note(restored)
    parts.append(marked[end:])
    closed = tuple(fact for fact in facts if fact is not None)
    return Unmarked("".join(parts), tuple(starts), tuple(places), closed, current, whole and not held)


def join_maps(pieces: Iterable[Unmarked]) -> SourceMap:
    """Return the map of pieces one after another."""
    starts: list[tuple[int, int]] = []
    places: list[Span] = []
    lines = columns = 0
    for piece in pieces:
        moved = piece.move_starts(lines, columns)
        again = bool(starts and moved and starts[-1] == moved[0])
        if again:  # two marks at one spot: the last one counts
            places[-1] = piece.places[0]
        starts += moved[1:] if again else moved
        places += piece.places[1:] if again else piece.places
        newlines = piece.tex.count("\n")
        lines += newlines
        columns = len(piece.tex) - piece.tex.rfind("\n") - 1 if newlines else columns + len(piece.tex)
    return SourceMap(tuple(starts), tuple(places))


@lru_cache(maxsize=16384)
def _read(payload: str) -> Span:
    line, column, path = told_by(payload).split(":", 2)
    return Span(path, int(line), int(column))

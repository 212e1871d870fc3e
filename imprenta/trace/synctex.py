"""A SyncTeX file -> for each page of a PDF, what TeX set there and from which line of which file.

The format is that of `synctex(5)`, version 1: after a preamble with the names of the files, each page stands between
«{number» and «}number»; inside it each row is a kind, «file,line:x,y» and, for boxes and rules, «:width,height,depth»,
in scaled points from the left top corner of the sheet; «=» stands for the last `y`. `y` is a baseline.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

POINT = 65781.76
"""Scaled points in 1/72 inch."""

_PAGE = re.compile(r"^\{(\d+)\n(.*?)^\}\1$", re.MULTILINE | re.DOTALL)
_INPUT = re.compile(r"^Input:(\d+):(.*)$", re.MULTILINE)
_ROW = re.compile(
    r"^([\[(vhxkgr$])(\d+),(\d+)(?:,-?\d+)?:(-?\d+),(=|-?\d+)(?::(-?\d+)(?:,(=|-?\d+),(=|-?\d+))?)?", re.MULTILINE
)
_LINE = re.compile(r"^[\[(vhxkgr$](\d+),(\d+)", re.MULTILINE)

BOX, NODE = "box", "node"
_KINDS = {"(": BOX, "h": BOX, "[": "column", "v": "column", "r": "rule"}


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that TeX set: points (1/72 inch) from the left top corner; `y` is its baseline.

    `kind` is `box` (a row of things), `column` (a stack of them), `rule` or `node` (glue, a kern, a formula's border
    or the current place: they have no size). `file` is the name of the file, without its folder; `line` its line.
    """

    kind: str
    file: str
    line: int
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Tell whether a point lies inside."""
        across = self.x - margin <= x <= self.x + self.width + margin
        return across and self.y - self.height - margin <= y <= self.y + self.depth + margin


@dataclass(frozen=True)
class PageRecords:
    """What TeX set on one page, read when it is asked for.

    `main` is the file whose lines are those of the .tex; `moved` turns a line as TeX counted it into one of the .tex
    as it is now, for pages that an earlier run set.
    """

    rows: str
    files: Mapping[str, str]
    main: str
    moved: Callable[[int], int] | None = None

    def shifted(self, moved: Callable[[int], int]) -> PageRecords:
        """Return the same page with its lines of the .tex counted anew."""
        return replace(self, moved=moved)

    @cached_property
    def lines(self) -> frozenset[int]:
        """Return the lines of the .tex that gave anything to this page."""
        found = {int(line) for file, line in set(_LINE.findall(self.rows)) if self.files.get(file) == self.main}
        return frozenset(map(self.moved, found) if self.moved else found)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Return what TeX set, in its order."""
        return tuple(self._read())

    def _read(self) -> Iterator[Record]:
        baseline = "0"
        for kind, file, line, x, y, width, height, depth in _ROW.findall(self.rows):
            if y != "=":
                baseline = y
            name = self.files.get(file, "")
            number = self.moved(int(line)) if self.moved and name == self.main else int(line)
            place = (name, number, int(x) / POINT, int(baseline) / POINT)
            if kind in _KINDS:
                size = (int(part) / POINT if part not in ("", "=") else 0.0 for part in (width, height, depth))
                yield Record(_KINDS[kind], *place, *size)
            else:
                yield Record(NODE, *place)

    def around(self, x: float, y: float) -> list[Record]:
        """Return what TeX set around a point, nearest first: what stands in the smallest box, then in larger ones."""
        boxes = [record for record in self.records if record.kind == BOX and record.width > 0]
        holding = [box for box in boxes if box.holds(x, y, 0.5)]
        if not holding and boxes:
            holding = [min(boxes, key=lambda box: _distance(box, x, y))]
        found: dict[Record, None] = {}
        for box in sorted(holding, key=lambda box: box.width * (box.height + box.depth)):
            inside = [
                record
                for record in self.records
                if record.kind == NODE and abs(record.y - box.y) < 0.01 and box.holds(record.x, box.y, 0.01)
            ]
            for record in (*sorted(inside, key=lambda record: abs(record.x - x)), box):
                found.setdefault(record)
        return list(found)


def _distance(box: Record, x: float, y: float) -> float:
    across = max(box.x - x, x - box.x - box.width, 0.0)
    along = max(box.y - box.height - y, y - box.y - box.depth, 0.0)
    return across + 4 * along


def read_synctex(data: bytes) -> list[PageRecords]:
    """Turn a SyncTeX file, packed or not, into its pages in order. The first file that TeX read is the .tex.

    Raises ValueError if it cannot be unpacked.
    """
    try:
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "replace")
    except (OSError, EOFError) as error:
        raise ValueError(str(error)) from error
    files = {tag: path.rpartition("/")[2] for tag, path in _INPUT.findall(text)}
    main = files.get("1", "")
    return [PageRecords(rows, files, main) for _, rows in _PAGE.findall(text)]

"""A Trace -> a SyncTeX file whose sources are the author's files, so that a click in any viewer opens them.

Viewers know nothing of the map of the .tex. So each record of TeX's own file is given the author's file and line, and
what TeX does not know (the nodes and edges of drawings, the entries of the reference list) is added as boxes of its
own. The form is told in `trace/synctex.py`.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.model.source_map import TEMPLATES
from imprenta.trace.synctex import POINT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imprenta.problems import Span
    from imprenta.trace.synctex import PageRecords
    from imprenta.trace.trace import Trace

_PLACE = re.compile(r"^([\[(vhxkgr$])(\d+),(\d+)(?:,-?\d+)?:(-?\d+),(=|-?\d+)(.*)$")
_HEAD = "SyncTeX Version:1\n{inputs}\nOutput:pdf\nMagnification:1000\nUnit:1\nX Offset:0\nY Offset:0\nContent:\n"
_END = "Postamble:\nCount:{count}\nPost scriptum:\n"


@dataclass
class _Sources:
    """The author's files, numbered as they are met."""

    locate: Callable[[str], str]
    tags: dict[str, int] = field(default_factory=dict)
    templates: set[int] = field(default_factory=set)

    def tag(self, path: str) -> int:
        """Return the number of a file."""
        tag = self.tags.setdefault(path, len(self.tags) + 1)
        if path.startswith(TEMPLATES):
            self.templates.add(tag)
        return tag

    def is_template(self, source: str) -> bool:
        """Tell whether «tag,line» is of a template."""
        return int(source.partition(",")[0]) in self.templates

    def inputs(self) -> str:
        """Return the rows that name the files."""
        return "\n".join(f"Input:{tag}:{self.locate(path)}" for path, tag in self.tags.items())


def write_synctex(trace: Trace, locate: Callable[[str], str]) -> bytes:
    """Return the SyncTeX file, packed; `locate` turns a path of the project into an absolute one."""
    sources = _Sources(locate)
    pages, count = [], 0
    for number, page in enumerate(trace.pages, start=1):
        rows = [*_page_rows(trace, number, page, sources)]
        count += len(rows)
        pages.append(f"{{{number}\n" + "\n".join(rows) + f"\n}}{number}\n")
    text = _HEAD.format(inputs=sources.inputs()) + "".join(pages) + _END.format(count=count)
    return gzip.compress(text.encode(), compresslevel=4, mtime=0)


def _page_rows(trace: Trace, number: int, page: PageRecords, sources: _Sources) -> Iterator[str]:
    reader = _PageReader(trace, number, page, sources)
    written: list[tuple[str, str, str]] = []
    boxes: list[list[int]] = []
    for row in page.rows.splitlines():
        match = _PLACE.match(row)
        if match is not None:
            kind, file, line, x, y, size = match.groups()
            if boxes:
                boxes[-1].append(len(written))
            if kind in "[(":
                boxes.append([len(written)])
            before, source = reader.last, reader.source(file, int(line), int(x), y)
            if kind == "(" and size.startswith(":0,") and size != ":0,0,0":
                # A strut, made once and copied ever since, comes from where it was made: in a page range, from nowhere.
                source = reader.last = before
            written.append((kind, source, f":{x},{y}{size}"))
        elif row in ("]", ")"):
            if boxes:
                _prefer_data(written, boxes.pop(), sources)
            written.append((row, "", ""))
    if written:
        yield from map("".join, written[:-1])
        yield from _drawn_boxes(trace, number, sources)  # inside the outermost box, after all that TeX set
        yield "".join(written[-1])


def _prefer_data(written: list[tuple[str, str, str]], box: list[int], sources: _Sources) -> None:
    """Give a box and what stands in it, where only a template made it, the place of the data that stand in it too."""
    data = [written[index][1] for index in box if not sources.is_template(written[index][1])]
    if data and written[box[0]][0] == "(":
        for index in box:
            kind, source, rest = written[index]
            written[index] = kind, data[0] if sources.is_template(source) else source, rest


class _PageReader:
    """Finds the author's place of each record of a page."""

    def __init__(self, trace: Trace, number: int, page: PageRecords, sources: _Sources) -> None:
        self.trace = trace
        self.number = number
        self.page = page
        self.sources = sources
        self.known: dict[int, str] = {}
        self.baseline = 0
        self.last = "1,1"

    def source(self, file: str, line: int, x: int, y: str) -> str:
        """Return «file,line»; what no line of the .tex made, as lists and packages, is where the record before it is.

        So a heading is found in its place and not in the table of contents when a viewer is asked for its line.
        """
        self.baseline = int(y) if y != "=" else self.baseline
        name = self.page.files.get(file, "")
        row = self.page.moved(line) if self.page.moved and name == self.page.main else line
        if name == self.page.main and self.trace.rows.is_reference_list(row):
            key = self.trace.references.key_at(self.number, x / POINT + 12, self.baseline / POINT - 2)
            place = self.trace.references.place_of(key, "", 0, 0) if key else self.trace.places.place_of(row)
            self.last = self._write(place)
        elif name == self.page.main:
            if row not in self.known:
                self.known[row] = self._write(self.trace.places.place_of(row))
            self.last = self.known[row]
        return self.last

    def _write(self, place: Span | None) -> str:
        return f"{self.sources.tag(place.path)},{place.line}" if place is not None else self.last


def _drawn_boxes(trace: Trace, number: int, sources: _Sources) -> Iterator[str]:
    """Yield boxes for the parts of the drawings of a page."""
    for place, (left, top, right, bottom) in trace.drawn_on(number):
        x, y, width, height = (round(part * POINT) for part in (left, bottom, right - left, bottom - top))
        source = f"{sources.tag(place.path)},{place.line}"
        yield f"({source}:{x},{y}:{width},{height},0"
        yield f"x{source}:{x + width // 2},{y}"
        yield ")"

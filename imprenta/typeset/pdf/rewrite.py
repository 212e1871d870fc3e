"""An open PDF of which few objects changed -> the PDF with these written anew, all others byte for byte as they were.

qpdf writes all objects of a document anew. Here the file is cut at its objects instead (PDF 32000-1, 7.5.7 and 7.5.8):
what changed or came is written behind what stays, and then a new table of where each object stands. What is gone is no
longer in the file, unlike in PDF's own incremental updates: nobody shall find in a PDF what its author took out of it.
Only object streams stay as long as one object of theirs is in use; `ObjectTable.replaced` tells how that adds up.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Stream = tuple[bytes, bytes]
"""How a stream is described, and its data."""

LAST_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
TABLE = re.compile(rb"(\d+) 0 obj\b")
REFERENCE = re.compile(rb"(\d+) 0 R\b")
FREE, PLACED, PACKED = range(3)
"""The kinds of entries: no object; one at an offset of the file; one in an object stream, by its number and place."""
NOTHING = (FREE, 0, 0)
TOLD = ("/Root", "/Info")
REPLACED = "/ImprentaReplaced"
"""The key of the table's dictionary that tells how many pages were replaced since qpdf wrote all objects."""
ENTRY = struct.Struct(">BIH")
MOST_PACKED = 4096
"""Objects in one object stream: who wants one of them reads all, and an entry of the table counts to 65535."""


@dataclass(frozen=True, slots=True)
class ObjectTable:
    """Where the objects of a PDF stand: for each number its kind and two numbers more.

    The table is itself the object `number`, the last of the file. `replaced` is how many pages were replaced since qpdf
    wrote all objects: what they used is left in object streams.
    """

    entries: tuple[tuple[int, int, int], ...]
    number: int
    replaced: int


def read_table(pdf: bytes, document: Any) -> ObjectTable | None:
    """Return the table of a PDF that is open as `document`, or None if neither qpdf nor `rewrite` wrote it."""
    last = LAST_TABLE.search(pdf, max(len(pdf) - 64, 0))
    begun = TABLE.match(pdf, int(last[1])) if last is not None else None
    if last is None or begun is None:
        return None
    table = document.get_object(int(begun[1]), 0)
    if table.get("/Type") != "/XRef" or "/ID" not in table or {"/Prev", "/Index", "/Encrypt"} & table.keys():
        return None
    kind, first, second = (int(width) for width in table.W)
    data, width = table.read_bytes(), kind + first + second
    if not kind or len(data) != width * int(table.Size):
        return None
    rows = (data[at : at + width] for at in range(0, len(data), width))
    entries = tuple(
        (row[0], int.from_bytes(row[kind : kind + first]), int.from_bytes(row[kind + first :])) for row in rows
    )
    return ObjectTable(entries, int(begun[1]), int(table.get(REPLACED, 0)))


def rewrite(
    pdf: bytes, document: Any, table: ObjectTable, changed: Iterable[int], gone: Iterable[int], replaced: int
) -> bytes:
    """Return a PDF, which is open as `document`, with the objects that changed or came since it was read.

    All are told by their numbers: `changed` were in the file and are others now; what came is what they lead to. To
    what is `gone` nothing leads any more. `replaced` is what the new table tells.
    """
    packed, streams = _sort_written(document, changed, len(table.entries))
    return write_objects(pdf, document.trailer, table, {**packed, **streams}, gone, replaced)


def write_objects(
    pdf: bytes,
    trailer: Any,
    table: ObjectTable,
    objects: Mapping[int, bytes | Stream],
    gone: Iterable[int] = (),
    replaced: int = 0,
) -> bytes:
    """Return a PDF with these objects, by their numbers, in the place of those that it has, or besides them.

    They are as PDF writes them, or streams; `gone` and `replaced` are as `rewrite` takes them.
    """
    entries = [*table.entries]
    entries += [NOTHING] * (max(objects, default=0) + 1 - len(entries))
    for number in (*objects, *(number for number in gone if number < len(entries)), table.number):
        entries[number] = NOTHING
    used = {stream for kind, stream, _ in entries if kind == PACKED}
    for kind, stream, _ in table.entries:
        if kind == PACKED and stream not in used:
            entries[stream] = NOTHING
    file = _File(entries, [])
    file.keep(pdf, table)
    packed: dict[int, bytes] = {}
    for number, item in objects.items():
        if isinstance(item, bytes):
            packed[number] = item
        else:
            file.add_stream(number, *item)
    numbers = list(packed)
    for start in range(0, len(numbers), MOST_PACKED):
        file.add_packed({number: packed[number] for number in numbers[start : start + MOST_PACKED]})
    return file.end(table.number, trailer, replaced)


@dataclass(slots=True)
class _File:
    """A PDF that is being written: for each number where its object stands, and the bytes up to here."""

    entries: list[tuple[int, int, int]]
    chunks: list[bytes]
    size: int = 0
    kept: int = 0
    """How many of the chunks are of the PDF that was there."""

    def keep(self, pdf: bytes, table: ObjectTable) -> None:
        """Begin with the objects of a PDF that have an entry, in their order."""
        placed = sorted((place, number) for number, (kind, place, _) in enumerate(table.entries) if kind == PLACED)
        self._add(pdf[: placed[0][0]])
        for (start, number), (end, _) in pairwise(placed):  # the last is the table
            if self.entries[number][0] == PLACED:
                self.entries[number] = (PLACED, self.size, 0)
                self._add(pdf[start:end])
        self.kept = len(self.chunks)

    def add_stream(self, number: int, described: bytes, data: bytes) -> None:
        """Write a stream."""
        self.entries[number] = (PLACED, self.size, 0)
        self._add(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, described, data))

    def add_packed(self, objects: Mapping[int, bytes]) -> None:
        """Write objects into an object stream."""
        places, size = [], 0
        for place, (number, text) in enumerate(objects.items()):
            self.entries[number] = (PACKED, len(self.entries), place)
            places.append(b"%d %d" % (number, size))
            size += len(text) + 1
        first = b" ".join(places) + b"\n"
        data = zlib.compress(first + b"\n".join(objects.values()))
        described = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>"
        self.entries.append(NOTHING)
        self.add_stream(len(self.entries) - 1, described % (len(objects), len(first), len(data)), data)

    def end(self, number: int, trailer: Any, replaced: int) -> bytes:
        """Write the table as an object of this number and return the file; its trailer is told as another's."""
        from pikepdf import Array, Dictionary, Name

        start = self.size
        self.entries[number] = (PLACED, start, 0)
        rows = b"".join(ENTRY.pack(*entry) for entry in self.entries)
        data = zlib.compress(rows)
        described = Dictionary({key: trailer[key] for key in TOLD if key in trailer})
        described.Type, described.Filter, described[REPLACED] = Name.XRef, Name.FlateDecode, replaced
        described.Size, described.W, described.Length = len(self.entries), Array([1, 4, 2]), len(data)
        # Another content has another identifier (14.4): of all that stays the last one tells.
        came = b"".join([bytes(trailer.ID[1]), rows, *self.chunks[self.kept :]])
        described.ID = Array([trailer.ID[0], hashlib.md5(came, usedforsecurity=False).digest()])
        self.add_stream(number, described.unparse(resolved=True), data)
        return b"".join(self.chunks) + b"startxref\n%d\n%%%%EOF\n" % start

    def _add(self, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)


def _sort_written(document: Any, changed: Iterable[int], size: int) -> tuple[dict[int, bytes], dict[int, Stream]]:
    """Return by number what has to be written: objects as PDF writes them, and streams.

    An object is new if its number is none of the file's, whose numbers are below `size`.
    """
    from pikepdf import Array
    from pikepdf import Stream as PdfStream

    packed: dict[int, bytes] = {}
    streams: dict[int, Stream] = {}
    waiting = [*changed]
    while waiting:
        number = waiting.pop()
        if number in packed or number in streams:
            continue
        item = document.get_object(number, 0)
        if isinstance(item, PdfStream):
            streams[number] = _pack(item)
            text = streams[number][0]
        else:
            # Of numbers and the like pikepdf makes values of Python.
            text = packed[number] = (
                Array([item]).unparse()[1:-1] if not hasattr(item, "unparse") else item.unparse(resolved=True)
            )
        # A string that looks like a reference brings at most an object in vain.
        waiting += (int(one) for one in REFERENCE.findall(text) if int(one) >= size)
    return packed, streams


def _pack(stream: Any) -> Stream:
    """Return how a stream is described, and its data, compressed if they were not."""
    from pikepdf import Dictionary, Name

    described = Dictionary(dict(stream.items()))
    data = stream.read_raw_bytes()
    if "/Filter" not in stream:
        data = zlib.compress(data)
        described.Filter = Name.FlateDecode
    described.Length = len(data)
    return described.unparse(resolved=True), data

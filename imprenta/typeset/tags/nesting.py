"""The paragraphs of a document in order -> its tree: lists, tables, figures, notes, contents.

A float is held back until the list, the table or the paragraph is over that it interrupts. An environment of the
templates' tells what a list is: a quotation, or steps; other lists have labels.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from imprenta.typeset.tags.elements import Content, Element
from imprenta.typeset.tags.reading import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

QUOTED = frozenset({"quote", "quotation", "verse", "enunciado"})
BOXED = frozenset({"aviso"})
CODE = "bloquecodigo"
STEPS = "pasos"


def build_tree(blocks: Sequence[Element]) -> Element:
    """Return the element of the whole document."""
    nester = _Nester()
    for block in blocks:
        if block.cell is not None or not block.is_empty():
            nester.place(block)
    nester.end()
    document = Element("Document", [*nester.top])
    _place_notes(document, nester.notes)
    return document


class _Nester:
    """Takes one paragraph after another."""

    def __init__(self) -> None:
        self.top: list[Element] = []
        self.notes: list[Element] = []
        self._floats: dict[int, list[Element]] = {}
        self._lists: list[tuple[int, Element, Element]] = []
        """The lists that are open: depth, list, and where the next paragraph goes."""
        self._run: list[Element] = []
        """Cells, lines of code or of contents, one after another, with the caption above them."""

    def place(self, block: Element) -> None:
        """Put a paragraph behind those before it."""
        if block.within in ("N", "M"):
            self._place_note(block)
        elif block.float:
            self._floats.setdefault(block.float, []).append(block)
        elif block.cell is not None or block.role == "Caption":
            if block.role == "Caption" and self._run:
                self._end_run()
            self._run.append(block)
        elif block.depth and block.role == "P":
            self._end_run()
            self._place_in_list(block)
        else:
            if not self._run or _kind(self._run[-1]) != _kind(block) or not _kind(block):
                self.end()
            if _kind(block):
                self._run.append(block)
            else:
                self.top.append(block)

    def end(self) -> None:
        """Close what is open, and put the floats behind it that interrupted it."""
        self._end_run()
        self._lists.clear()
        for blocks in self._floats.values():
            self._out(_build_float(blocks))
        self._floats.clear()

    def _out(self, elements: Iterable[Element]) -> None:
        self.top += elements

    def _end_run(self) -> None:
        run, self._run = self._run, []
        if not run:
            return
        kind = _kind(run[-1])
        if kind == CODE:
            self._out([Element("P", [Element("Code", line.kids) for line in run])])
        elif kind == STEPS:
            self._out([Element("L", [Element("LI", [Element("LBody", [line])]) for line in run], numbering="Decimal")])
        elif kind == "T":
            self._out([Element("TOC", [_list_entry(line) for line in run])])
        else:
            self._out(_build_tables(run))

    def _place_note(self, block: Element) -> None:
        if block.within == "N" or not self.notes:
            labels = _take_labels(block)
            self.notes.append(Element("Note", [*labels, block], id=f"nota-{len(self.notes) + 1}"))
        else:
            self.notes[-1].add(block)

    def _place_in_list(self, block: Element) -> None:
        lists = self._lists
        while lists and lists[-1][0] > block.depth:
            lists.pop()
        if lists and lists[-1][0] == block.depth and block.opens_list:
            lists.pop()
        if not lists or lists[-1][0] < block.depth:
            opened = _open_list(block)
            if lists:
                lists[-1][2].add(opened)
            else:
                self.top.append(opened)
            lists.append((block.depth, opened, opened))
        depth, opened, body = lists[-1]
        if opened.role == "L" and (block.has_label or body is opened):
            item = opened.add(Element("LI", [*_take_labels(block)]))
            body = item.add(Element("LBody"))
            lists[-1] = (depth, opened, body)
        if not block.is_empty():
            body.add(block)


def _take_labels(block: Element) -> list[Element]:
    """Take the labels out of a paragraph, and return those that something is painted for."""
    labels = [kid for kid in block.elements() if kid.role == "Lbl"]
    block.kids = [kid for kid in block.kids if kid not in labels]
    return [label for label in labels if not label.is_empty()]


def _kind(block: Element) -> str:
    """Tell what a paragraph makes together with its neighbours: code, steps, contents; nothing if it stands alone."""
    if block.role == "P" and block.within == "T":
        return "T"
    return block.environment if block.role == "P" and block.environment in (CODE, STEPS) else ""


def _open_list(block: Element) -> Element:
    if block.environment in QUOTED:
        return Element("BlockQuote")
    if block.environment in BOXED:
        return Element("Div")
    labels = [kid for kid in block.elements() if kid.role == "Lbl" and not kid.is_empty()]
    if not labels:
        return Element("L", numbering="None")
    bullets = any(label.actual == BULLET for label in labels)
    return Element("L", numbering="Disc" if bullets else "Decimal")


def _list_entry(line: Element) -> Element:
    line.role = "Reference"
    return Element("TOCI", [line])


def _build_float(blocks: Sequence[Element]) -> Iterator[Element]:
    """Yield what a float is: tables with their captions and notes, or figures."""
    if any(block.cell is not None for block in blocks):
        yield from _build_tables(blocks)
        return
    parts = [part for block in blocks for part in _take_pictures(block)]
    figures = [part for part in parts if part.role == "Figure"]
    if len(figures) == 1 and all(part.role in ("Figure", "Caption") for part in parts):
        figures[0].kids += [part for part in parts if part.role == "Caption"]
        yield figures[0]
    elif figures:
        yield Element("Div", [*parts])
    else:
        yield from parts


def _take_pictures(block: Element) -> Iterator[Element]:
    """Yield the pictures of a paragraph that has nothing else; any other paragraph as it is."""
    kids = [kid for kid in block.kids if not (isinstance(kid, Element) and kid.is_empty())]
    if block.role == "P" and kids and all(isinstance(kid, Element) and kid.role == "Figure" for kid in kids):
        yield from (kid for kid in kids if isinstance(kid, Element))
    else:
        yield block


def _build_tables(blocks: Sequence[Element]) -> Iterator[Element]:
    """Yield tables and what stands between them: a caption goes into the table below it."""
    caption: list[Element] = []
    for is_cell, group in groupby(blocks, key=lambda block: block.cell is not None):
        if not is_cell:
            yield from caption
            caption = []
            for block in group:
                if block.role == "Caption":
                    yield from caption
                    caption = [block]
                else:
                    yield block
            continue
        yield Element("Table", [*caption, *_build_rows(group)])
        caption = []
    yield from caption


def _build_rows(cells: Iterable[Element]) -> list[Element]:
    """Return the rows that cells make: those of headings of columns are the table's head, the others its body."""
    rows: list[Element] = []
    heads = 0
    for block in cells:
        assert block.cell is not None
        if block.cell.opens or not rows:
            rows.append(Element("TR"))
        if block.cell.heads == "H" and heads == len(rows) - 1:
            heads = len(rows)
        block.role = "TD" if block.cell.heads == "D" else "TH"
        rows[-1].add(block)
    if heads in (0, len(rows)):
        return rows
    return [Element("THead", [*rows[:heads]]), Element("TBody", [*rows[heads:]])]


def _place_notes(document: Element, notes: Sequence[Element]) -> None:
    """Put each note behind its call: the calls come in the order of the notes."""
    waiting = list(reversed(notes))
    for element in list(document.walk()):
        if element.role in ("TOCI", "TOC"):
            continue
        for kid in list(element.elements()):
            if kid.role == "Reference" and not kid.environment and waiting:
                element.kids.insert(element.kids.index(kid) + 1, waiting.pop())
    document.kids += reversed(waiting)


def contents_of(element: Element) -> Iterator[Content]:
    """Yield what is painted for an element and all below."""
    for kid in element.kids:
        if isinstance(kid, Content):
            yield kid
        else:
            yield from contents_of(kid)

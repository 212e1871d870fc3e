"""The marks of all pages -> the paragraphs of the document in order, with what is in each.

A paragraph that breaks is what is open at the end of a page: it goes on after the head and the floats of the next one,
which open and close paragraphs of their own. What is set beside the text has a stack of its own: the notes of a page,
and the cells of a tall row, whose lines come in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.tags.elements import Cell, Content, Element
from imprenta.typeset.tags.page_marks import LINE, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imprenta.typeset.tags.page_marks import Event, Sequence

HEADINGS = {"section": "H1", "subsection": "H2", "subsubsection": "H3", "paragraph": "H4", "subparagraph": "H5"}
INLINE = {"l": "Lbl", "a": "Link", "f": "Reference", "e": "Formula", "G": "Figure", "s": "Span", "r": "Span"}
"""Marks that begin something within a paragraph."""
ENDS = {"m": "Lbl", "b": "Link", "g": "Reference", "o": "Formula", "H": "Figure", "t": "Span"}
BULLET = "•"
TEXT, NOTES = "", "notes"
"""The names of the stacks, besides those of the columns of a tall row."""


class Reader:
    """Reads the marks of one page after another."""

    def __init__(self, languages: Mapping[str, str]) -> None:
        """Begin before the first page; `languages` gives the tag of each of babel's names but the document's own."""
        self.languages = languages
        self.blocks: list[Element] = []
        """The paragraphs of the document, in order."""
        self.links: list[tuple[int, Element]] = []
        """Page and link, once for each line that the link's text touches, as they are painted."""
        self._stacks: dict[str, list[Element]] = {TEXT: [], NOTES: []}
        self._cells: dict[str, Element] = {}
        self._name = TEXT
        self._floats = self._float = 0
        self._bare: Element | None = None
        self._page = 0
        self._heights: dict[Element, float] = {}

    def read_page(self, page: int, events: Iterable[Event]) -> None:
        """Read the marks and the sequences of a page, from 0."""
        self._page, self._bare, self._float = page, None, 0
        self._heights.clear()
        for event in events:
            if isinstance(event, Mark):
                self._read_mark(event)
            else:
                self._read_sequence(event)
        self._name = TEXT

    @property
    def _stack(self) -> list[Element]:
        return self._stacks.setdefault(self._name, [])

    def _read_mark(self, mark: Mark) -> None:
        kind = mark.kind
        if kind in INLINE:
            self._begin(mark)
        elif kind in ENDS:
            self._end(ENDS[kind])
        elif kind == "p":
            self._begin_paragraph(*mark.fields)
        elif kind == "k":
            self._open(Element("Caption", float=self._float))
        elif kind in "qK":
            self._close_block()
        elif kind == "F":
            self._floats += 1
            self._float = self._floats
        elif kind == "E":
            self._float = 0
        elif kind in "nuvw":
            self._name = {"n": NOTES, "v": f"column {'.'.join(mark.fields)}"}.get(kind, TEXT)
        elif self._stack and kind == "h":
            self._block().role = HEADINGS.get(mark.fields[0], "H5")
        elif self._stack and kind == "c":
            self._begin_cell(self._block(), mark.fields)

    def _begin_paragraph(
        self, within: str, depth: str, flags: str, babel: str, environment: str = "document", *_: str
    ) -> None:
        block = Element(
            "P", within=within, depth=int(depth), opens_list=flags[0] == "1", has_label=flags[1] == "1",
            language=self.languages.get(babel, ""), environment=environment, float=self._float,
        )  # fmt: skip
        if within == "C" and self._name in self._cells:
            self._cells[self._name].add(block)
            self._stack.append(block)
        else:
            self._open(block)

    def _begin_cell(self, block: Element, fields: tuple[str, ...]) -> None:
        heads, opens, columns, rows = fields
        block.cell = Cell(heads, opens == "1", int(columns), int(rows))
        self._cells[self._name] = block

    def _open(self, block: Element) -> None:
        self.blocks.append(block)
        self._stack.append(block)
        self._bare = None

    def _begin(self, mark: Mark) -> None:
        element = Element(INLINE[mark.kind], alternative=mark.alternative)
        if mark.kind == "r":
            element.alternative, element.actual = b"", bytes.fromhex(mark.alternative[1:-1].decode()).decode("utf-16")
        if mark.kind == "s":
            element.language = self.languages.get(mark.fields[0], "")
        self._top().add(element)
        self._stack.append(element)

    def _end(self, role: str) -> None:
        """Close what has this role within the paragraph that is open, if it is there."""
        stack = self._stack
        for place in range(len(stack) - 1, -1, -1):
            if stack[place].role == role:
                del stack[place:]
                return
            if stack[place].environment or stack[place].role == "Caption":
                return

    def _close_block(self) -> None:
        stack, self._bare = self._stack, None
        while stack:
            if (block := stack.pop()).environment or block.role == "Caption":
                return

    def _block(self) -> Element:
        return next((one for one in reversed(self._stack) if one.environment), self._stack[-1])

    def _top(self) -> Element:
        """Return what is painted for: what was opened last; words outside all paragraphs make one of their own."""
        if self._stack:
            return self._stack[-1]
        if self._bare is None:
            self._bare = Element("P", environment="bare", float=self._float)
            self.blocks.append(self._bare)
        return self._bare

    def _read_sequence(self, sequence: Sequence) -> None:
        owner = self._top()
        owner.kids.append(Content(self._page, sequence.id))
        if owner.role == "Figure" and sequence.box is not None:
            owner.box = sequence.box
        if owner.role == "Lbl" and sequence.drawn and sequence.first is None:
            owner.actual = BULLET  # babel draws the bullets of Spanish lists as rules
        if sequence.first is not None:
            link = next((one for one in reversed(self._stack) if one.role == "Link"), None)
            if link is not None:
                self._count_lines(link, sequence, sequence.first)

    def _count_lines(self, link: Element, sequence: Sequence, first: float) -> None:
        before = self._heights.get(link)
        lines = sequence.lines + (before is None or abs(before - first) > LINE)
        self._heights[link] = sequence.last
        self.links += [(self._page, link)] * lines

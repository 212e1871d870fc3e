"""Elements: what the tree of a tagged PDF is made of (PDF 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Content:
    """A sequence of marked content: its page, from 0, and its identifier there."""

    page: int
    id: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it heads (`H` its column, `R` its row, `G` the rows below, `D` nothing), and how far it reaches."""

    heads: str
    opens: bool
    columns: int = 1
    rows: int = 1


@dataclass(eq=False, slots=True)
class Element:
    """An element: its structure type, what is in it, what is told of it.

    `kids` are elements and contents in order. `alternative` is a string as PDF writes it; `box` is where a picture
    stands, left, bottom, right and top in points. Of a paragraph that was read
    is known what it is in (`within`: P, T contents, N and M a note, C a cell), how deep in lists, whether it
    begins a list and has a label, its environment, its float (0 for none), its cell.
    """

    role: str
    kids: list[Element | Content] = field(default_factory=list)
    alternative: bytes = b""
    actual: str = ""
    language: str = ""
    id: str = ""
    numbering: str = ""
    cell: Cell | None = None
    box: tuple[float, float, float, float] | None = None
    within: str = "P"
    depth: int = 0
    opens_list: bool = False
    has_label: bool = False
    environment: str = ""
    float: int = 0
    row: int = 0
    """The number of its object in the PDF."""

    def add(self, kid: Element) -> Element:
        """Put an element at the end of what is in it, and return it."""
        self.kids.append(kid)
        return kid

    def is_empty(self) -> bool:
        """Tell whether nothing is painted for it."""
        return all(isinstance(kid, Element) and kid.is_empty() for kid in self.kids)

    def elements(self) -> Iterator[Element]:
        """Yield the elements that are in it itself."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def walk(self) -> Iterator[Element]:
        """Yield it and all elements below, as they are read."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

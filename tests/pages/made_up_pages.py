"""Pages made without TeX -> a PDF: lines, rules, named places, links and bookmarks where a test wants them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name
from printed import MARGIN

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 612, 792
SIZE, PITCH = 10.95, 13.6
LETTERS = 71
"""Characters of 0.6 em that fill a line between the margins."""


def fill_line(letters: int = LETTERS, end: str = "") -> str:
    """Return a line of so many characters that ends like this."""
    words = ("renglón " * letters)[: letters - len(end)]
    return (words[:-1] + "x" if words.endswith(" ") else words) + end


@dataclass
class Sheet:
    """A page: what is drawn on it, and what leads to and from it."""

    drawn: list[str] = field(default_factory=list)
    places: dict[str, float] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    def write(self, text: str, top: float, left: float = MARGIN, *, size: float = SIZE, ink: str = "0 0 0") -> Sheet:
        """Write a line."""
        low = HEIGHT - top - 0.8 * size
        self.drawn.append(f"{ink} rg BT /F1 {size} Tf {left} {low} Td ({text}) Tj ET")
        return self

    def write_paragraph(self, lines: list[str], top: float, *, size: float = SIZE) -> Sheet:
        """Write lines one below the other."""
        for number, line in enumerate(lines):
            self.write(line, top + number * PITCH, size=size)
        return self

    def draw_rule(self, top: float, weight: float = 0.8, ink: str = "0 0 0") -> Sheet:
        """Draw a line from margin to margin."""
        level = HEIGHT - top
        self.drawn.append(f"{ink} RG {weight} w {MARGIN} {level} m {WIDTH - MARGIN} {level} l S")
        return self

    def place(self, name: str, top: float) -> Sheet:
        """Give a height of the page a name."""
        self.places[name] = top
        return self

    def link(self, name: str) -> Sheet:
        """Mention what has a name."""
        self.links.append(name)
        return self


def write_pdf(path: Path, sheets: list[Sheet], bookmarks: list[str], form_font: str = "Courier") -> None:
    """Write a PDF; every page carries a form with letters of another font, as drawings are."""
    document = pikepdf.new()
    font = _font(document, "Courier")
    places = []
    for sheet in sheets:
        page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
        form = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(Font=Dictionary(F1=_font(document, form_font)))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(X1=form))
        page.obj.Contents = document.make_stream("\n".join(sheet.drawn).encode("cp1252"))
        rect = Array([0, 0, 1, 1])
        page.obj.Annots = Array(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=_go_to(name)) for name in sheet.links
        )
        places += [(name, Array([page.obj, Name.XYZ, 0, HEIGHT - top, 0])) for name, top in sheet.places.items()]
    tree = Array(part for name, spot in sorted(places) for part in (pikepdf.String(name), spot))
    document.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
    above = document.make_indirect(Dictionary(Type=Name.Outlines))
    for name in reversed(bookmarks):
        item = Dictionary(Title=pikepdf.String(name), A=_go_to(name))
        if "/First" in above:
            item.Next = above.First
        above.First = document.make_indirect(item)
    document.Root.Outlines = above
    document.save(path)


def _font(document: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding)
    )


def _go_to(name: str) -> Dictionary:
    return Dictionary(S=Name.GoTo, D=pikepdf.String(name))

"""A printed report -> the figures by which a publisher would judge its pages, each with the bound that it must keep.

The bounds are those of issue 14; `docs/paginas.md` tells the figures of our report and of the examples.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
from inking import contrasts, find_ink_in_margins, measure_white_feet
from paragraphs import RunningText
from printed import APPENDIX, FLOAT, HEADING, NEAR_TOP, SECTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from printed import Place, Printed


@dataclass(frozen=True)
class Found:
    """A figure of a report, and what there is of it to look at."""

    figure: float
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Measure:
    """What is measured: its name in Spanish, how to take it, the least and the greatest figure it may have."""

    name: str
    take: Callable[[Printed], Found]
    least: float = 0
    greatest: float = 0
    form: str = "{:.0f}"

    def keeps(self, found: Found) -> bool:
        """Tell whether a figure is within the bounds."""
        return self.least <= found.figure <= self.greatest

    @property
    def bound(self) -> str:
        """Return the bound as people read it."""
        least, greatest = self.format(self.least), self.format(self.greatest)
        if self.greatest == float("inf"):
            return f"al menos {least}"
        if self.least == self.greatest:
            return least
        return f"hasta {greatest}" if self.least <= 0 else f"de {least} a {greatest}"

    def format(self, figure: float) -> str:
        """Return a figure in Spanish."""
        return self.form.format(figure).replace(".", ",").replace("%", " %")


def _count(find: Callable[[Printed], list[str]]) -> Callable[[Printed], Found]:
    def take(printed: Printed) -> Found:
        places = find(printed)
        return Found(len(places), places)

    return take


def take_letters_to_the_line(printed: Printed) -> Found:
    """Take the median of the characters in full lines of running text."""
    return Found(RunningText(printed).letters_to_the_line())


def find_hyphens_in_tables(printed: Printed) -> list[str]:
    """Return the lines of tables that end in a hyphen."""
    return [
        f"página {line.page + 1}: «{line.text}»"
        for line in printed.lines
        if line.text.endswith("-") and len(line.text) > 1 and any(table.holds(line) for table in printed.tables)
    ]


def find_headings_at_the_foot(printed: Printed) -> list[str]:
    """Return the headings below which there is nothing on their page."""
    floats = printed.named(FLOAT)
    faults = []
    for place in printed.named(HEADING):
        below = [line for line in printed.within(place.page) if line.top > place.top + 22]
        floating = any(other.page == place.page and other.top > place.top for other in floats)
        if place.page in printed.body and not below and not floating:
            faults.append(f"página {place.page + 1}: {place.name}")
    return faults


def take_largest_white_foot(printed: Printed) -> Found:
    """Take the greatest share of a text block that is white at its foot."""
    feet = measure_white_feet(printed)
    places = [f"página {page}: {foot:.0%}" for page, foot in feet.items() if foot > GREATEST_FOOT]
    return Found(max(feet.values(), default=0), places)


def find_far_floats(printed: Printed) -> list[str]:
    """Return the floats that stand neither on the page of their first mention nor on the next.

    Those of appendices stand where their author puts them, away from the text.
    """
    appended = next((place.page for place in printed.named(APPENDIX)), len(printed.document.pages))
    pages = {place.name: place.page for place in reversed(printed.named(FLOAT)) if place.page < appended}
    away = {name: pages[name] - first for name, first in printed.mentions.items() if name in pages}
    return [f"{name}: {far:+d} páginas" for name, far in away.items() if far not in (0, 1)]


def take_crossings(printed: Printed) -> Found:
    """Take the number of places where lines of the report's graphs cross, as their drawing noted it."""
    folder = printed.pdf.parent / "figures"
    noted = {path.name: json.loads(path.read_text("utf-8").partition("\n")[2]) for path in folder.glob("*.pdf.json")}
    crossings = {name: said["quality"].get("crossings", 0) for name, said in sorted(noted.items())}
    return Found(sum(crossings.values()), [f"{name}: {count}" for name, count in crossings.items() if count])


def take_least_contrast(printed: Printed) -> Found:
    """Take the least contrast of letters with their ground, and of coloured lines with white."""
    found = contrasts(printed)
    return Found(min(found.values()), [f"{what}: {much:.2f}" for what, much in found.items() if much < LEAST_CONTRAST])


def find_wrong_heads(printed: Printed) -> list[str]:
    """Return the pages whose head does not name the section, or the appendix, with which they begin."""
    sections = printed.named(SECTION)
    faults = []
    for page in printed.body:
        lines = [line for line in printed.lines if line.page == page and line.bottom < printed.top]
        head = " ".join(line.text for line in sorted(lines, key=lambda line: line.left))
        opens = [place for place in sections if place.page == page and printed.begins_with_section(page)][:1]
        there = (opens or [place for place in sections if place.page < page])[-1:]
        number = there[0].name.rpartition(".")[2] if there else ""
        if there and ".anexo." in there[0].name:
            number = f"Anexo {chr(ord('@') + int(number))}"
        if head and there and "*" not in there[0].name and not f"{head} ".startswith(f"{number} "):
            faults.append(f"página {page + 1}: «{head}», y empieza en {there[0].name}")
    return faults


SAME_SPOT = 4
"""Points between two names of one heading, at the most."""


def find_unlisted(printed: Printed) -> list[str]:
    """Return the headings, down to the third level, and the captions of a listed kind, to which no bookmark leads."""
    leads = set(_bookmarks(printed.document.Root.get("/Outlines")))
    listed = {_kind(name) for name in leads}
    spots: list[list[Place]] = []  # hyperref names a heading without a number twice
    for place in printed.places:
        wanted = HEADING.match(place.name) or (FLOAT.match(place.name) and _kind(place.name) in listed)
        if place.page in printed.body and wanted:
            last = spots[-1][0] if spots else None
            if last is None or last.page != place.page or place.top - last.top > SAME_SPOT:
                spots.append([])
            spots[-1].append(place)
    named = [[place.name for place in spot] for spot in spots]
    return [" = ".join(names) for names in named if leads.isdisjoint(names)]


def _kind(name: str) -> str:
    return name.partition(".")[0]


def _bookmarks(above: pikepdf.Object | None) -> Iterator[str]:
    item = above.get("/First") if above is not None else None
    while item is not None:
        yield str(item.get("/A", {}).get("/D", item.get("/Dest", "")))
        yield from _bookmarks(item)
        item = item.get("/Next")


def find_misleading_breaks(printed: Printed) -> list[str]:
    """Return the addresses in the list of references that break after a dot or a digit, or before a sign of theirs."""
    cited = [line for line in printed.lines if line.page >= printed.body.stop and line.top > printed.top - NEAR_TOP]
    return [
        f"página {line.page + 1}: «{line.text.split()[-1]} | {then.text.split()[0]}»"
        for line, then in pairwise(cited)
        if "/" in line.text.split()[-1] and then.page == line.page and 0 < then.top - line.top < 2 * ADDRESS_LINE
        if re.search(r"[.\d]$", line.text) and re.match(r"[a-z0-9_/-]+", then.text)
    ]


def find_strange_fonts(printed: Printed) -> list[str]:
    """Return the families of letters in drawings and plots that the text has not, and letters that are drawings."""
    text, drawings = set(), set()
    for page in printed.document.pages:
        text |= set(_families(page.obj))
        for form in page.get("/Resources", {}).get("/XObject", {}).values():
            drawings |= set(_families(form))
    return sorted(drawings - text) + sorted(text & {"Type3"})


def _families(holder: pikepdf.Object) -> Iterator[str]:
    resources = holder.get("/Resources", {})
    for font in resources.get("/Font", {}).values():
        name = str(font.get("/BaseFont", "/Type3")).removeprefix("/").rpartition("+")[2]
        yield re.sub(r"[-\d].*", "", name)
    for form in resources.get("/XObject", {}).values() if "/Group" in holder or "/BBox" in holder else ():
        yield from _families(form)


ADDRESS_LINE = 12
"""Points from one line of an entry to the next, at most."""
GREATEST_FOOT = 0.1
LEAST_CONTRAST = 4.5
MEASURES = {
    "letters": Measure("caracteres por renglón (mediana)", take_letters_to_the_line, 66, 75),
    "hyphens": Measure("renglones de tabla que acaban en guion", _count(find_hyphens_in_tables), 0, 20),
    "widows": Measure("viudas y huérfanas", _count(lambda printed: RunningText(printed).widows_and_orphans())),
    "last lines": Measure(
        "últimas líneas de una palabra corta", _count(lambda printed: RunningText(printed).short_last_lines())
    ),
    "headings": Measure("títulos al pie de una página", _count(find_headings_at_the_foot)),
    "feet": Measure("pie en blanco, el mayor", take_largest_white_foot, 0, GREATEST_FOOT, "{:.0%}"),
    "floats": Measure("figuras y tablas lejos de su primera mención", _count(find_far_floats)),
    "crossings": Measure("cruces de líneas en los grafos", take_crossings, 0, 13),
    "contrast": Measure("contraste, el menor", take_least_contrast, LEAST_CONTRAST, float("inf"), "{:.1f}"),
    "ink": Measure("páginas con tinta en los márgenes", _count(find_ink_in_margins)),
    "heads": Measure("cabeceras que nombran otra sección", _count(find_wrong_heads)),
    "outline": Measure("títulos y pies sin marcador", _count(find_unlisted)),
    "addresses": Measure("direcciones partidas donde confunden", _count(find_misleading_breaks)),
    "fonts": Measure("letras de los dibujos que no son las del texto", _count(find_strange_fonts)),
}

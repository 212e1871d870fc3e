r"""Facts: what something in the TeX is, as whoever wrote it knows <-> marks around it that travel inside the TeX.

Nobody who reads the TeX later has to find headings, captions or citations in it again: who writes one states it, and
`render` hands the facts on beside the .tex (`model/document.py`). A fact's mark is made of characters of Unicode's
private area, as the marks of places are (`model/source_map.py`), and `markup.escape` lets none of them through from an
author's text. A new kind of fact is a subclass of `Fact` of plain fields; whoever does not ask for it does not see it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACT_OPEN, FACT_TOLD, FACT_CLOSE = "\ue004", "\ue005", "\ue006"
HIGH = b"\xe1"
"""The higher byte of the private characters that stand for the bytes of a mark, which are the lower ones."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a stretch of TeX is."""


@dataclass(frozen=True, slots=True)
class Heading(Fact):
    """The words of a heading: its level (1 for a section) and its label, which may be none."""

    level: int
    label: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Caption(Fact):
    """The words of a caption: its counter and its label; one that is not `numbered` repeats that of a table."""

    counter: str
    label: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Numbered(Fact):
    """What LaTeX numbers without a caption: its counter, its label, how its number is printed, if not as a count."""

    counter: str
    label: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Appendices(Fact):
    """What begins the appendices: headings after it are counted anew, the first level by letters."""


@dataclass(frozen=True, slots=True)
class Carried(Fact):
    """The words that a heading or a caption has elsewhere: in contents, lists, running heads, the outline."""


@dataclass(frozen=True, slots=True)
class Float(Fact):
    """A whole figure or table that LaTeX may move to another place."""


@dataclass(frozen=True, slots=True)
class LongTable(Fact):
    """A whole table that runs over pages where it stands."""


@dataclass(frozen=True, slots=True)
class Label(Fact):
    """A label of something else; its number is that of what it stands in, with a letter if it is a part of it."""

    label: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Footnote(Fact):
    """A footnote where it is called; its label is empty unless it is called again."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Fact):
    """A citation of biblatex's: for each item the words before it and its place in the source, TeX, and its keys.

    The keys are as TeX has them. A `textual` one names the authors in the sentence; a `yearly` one leaves them out,
    since the sentence names them. What `ends` a paragraph leaves no number alone in the last line. Written out
    already, it is a `Cited`.
    """

    items: tuple[tuple[str, str, tuple[str, ...]], ...]
    textual: bool = False
    yearly: bool = False
    ends: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in their order."""
        return tuple(key for _, _, keys in self.items for key in keys)


@dataclass(frozen=True, slots=True)
class Cited(Fact):
    """Citations of these keys whose numbers are written out."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedNumber(Fact):
    """The number of one source, a link to its entry."""

    key: str


@dataclass(frozen=True, slots=True)
class Picture(Fact):
    """The name of a picture's file, beside the .tex."""

    file: str


@dataclass(frozen=True, slots=True)
class Alternative(Fact):
    """What is said of a picture to who does not see it: the hexadecimal digits of a PDF string."""


@dataclass(frozen=True, slots=True)
class CellPicture(Fact):
    """A whole picture in a cell: its width in points, unless the cell is narrower."""

    width: float


@dataclass(frozen=True, slots=True)
class Kind(Fact):
    """What a stretch is for its reader: `cover`, `statement`, `cells`, `note`, `item`, `code` or `formula`."""

    name: str


@dataclass(frozen=True, slots=True)
class Formula(Fact):
    """A formula among words, or apart between them: its LaTeX without the signs around it."""


@dataclass(frozen=True, slots=True)
class Verbatim(Fact):
    """A line of code whose spaces tell something: its characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell(Fact):
    """A cell of a table: what it heads, its `column`, its `row`, the `group` of rows below it, or nothing.

    It may be the first of its row, and take more columns and rows than one. One that is `again` repeats a heading on
    the table's next page.
    """

    heads: str = ""
    first: bool = False
    columns: int = 1
    rows: int = 1
    again: bool = False


@dataclass(frozen=True, slots=True)
class Language(Fact):
    """A stretch in another language than the document's, by its tag (BCP 47)."""

    tag: str


@dataclass(frozen=True, slots=True)
class Sheet(Fact):
    """The margins of the pages at their top and their foot, in centimetres, where they are not the usual ones."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Continued(Fact):
    """The list of references follows the text on its page, so that both are set as one."""


@dataclass(frozen=True, slots=True)
class Defines(Fact):
    """What may leave something behind for all that follows: what templates of the author's write, a draft's numbers."""


@dataclass(frozen=True, slots=True)
class ReadsMore(Fact):
    """What may read more than the numbers and links of labels: only templates of the author's write it."""


@dataclass(frozen=True, slots=True)
class ReadsNumber(Fact):
    """What may depend on the number of a page, or set it: only templates of the author's write it."""


class Stated(str):
    """TeX of which something is known: a template that places it puts the fact's marks around it.

    It equals the bare TeX, so that templates can compare values.
    """

    __slots__ = ("fact",)
    fact: Fact

    def __new__(cls, tex: str, fact: Fact) -> Stated:
        """Keep the fact with the TeX."""
        stated = super().__new__(cls, tex)
        stated.fact = fact
        return stated

    def __reduce__(self) -> tuple[type[Stated], tuple[str, Fact]]:
        """Tell `pickle` how to make another."""
        return Stated, (str(self), self.fact)


def state(fact: Fact, tex: str) -> str:
    """Return TeX between the marks of what it is."""
    return f"{_mark(fact)}{tex}{FACT_CLOSE}"


Wanted = TypeVar("Wanted", bound="Fact")


def find_stated(tex: str, kind: type[Wanted]) -> Iterator[Wanted]:
    """Yield the facts of a kind that marks in TeX tell."""
    for match in _pattern(kind.__name__).finditer(tex):
        fact = load_fact(told_by(match[1]))
        assert isinstance(fact, kind)
        yield fact


def rewrite(tex: str, kind: type[Wanted], write: Callable[[Wanted, str], str]) -> str:
    """Return TeX with something else in the place of each fact of a kind that holds no other fact.

    `write` gets the fact and its TeX; what it returns takes the place of the marks too.
    """

    def rewritten(match: re.Match[str]) -> str:
        fact = load_fact(told_by(match[1]))
        assert isinstance(fact, kind)
        return write(fact, match[2])

    return _pattern(kind.__name__).sub(rewritten, tex)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    begun = encode_payload(f'["{name}"')
    return re.compile(f"{FACT_OPEN}({begun}[\ue100-\ue1ff]*){FACT_TOLD}([^{FACT_OPEN}{FACT_CLOSE}]*){FACT_CLOSE}")


def encode_payload(told: str) -> str:
    """Return words as characters of the private area, one for each byte: `told_by` reads them."""
    payload = told.encode("utf-8", "surrogatepass")
    pairs = bytearray(2 * len(payload))  # two bytes a character, the lower one first
    pairs[::2], pairs[1::2] = payload, HIGH * len(payload)
    return pairs.decode("utf-16-le")


@lru_cache(maxsize=16384)
def _mark(fact: Fact) -> str:
    return f"{FACT_OPEN}{encode_payload(dump_fact(fact))}{FACT_TOLD}"


@lru_cache(maxsize=16384)
def told_by(payload: str) -> str:
    """Return what the characters between the ends of a mark tell: a fact as `load_fact` reads it."""
    return payload.encode("utf-16-le")[::2].decode("utf-8", "surrogatepass")  # the low byte of each is the byte


def dump_fact(fact: Fact) -> str:
    """Return a fact as a line of JSON: its class and its fields."""
    return json.dumps([type(fact).__name__, *(getattr(fact, field.name) for field in fields(fact))], ensure_ascii=False)


@lru_cache(maxsize=16384)
def load_fact(told: str) -> Fact:
    """Return the fact that a line of JSON tells; raise ValueError if it tells none."""
    try:
        name, *values = json.loads(told)
        return _kinds()[name](*map(_frozen, values))
    except (KeyError, TypeError) as error:
        raise ValueError(told) from error


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _kinds() -> dict[str, type[Fact]]:
    return {kind.__name__: kind for kind in Fact.__subclasses__()}

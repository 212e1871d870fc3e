"""What is printed -> its letters and digits alone, so that the same words are found in the PDF and in the .tex."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from imprenta.model.facts import Caption, Carried, Heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from imprenta.model.document import Document, Found
    from imprenta.model.facts import Fact

_SILENT = "begin|label|hypertarget|setlength|addtolength|color|rule|includegraphics|textoalternativo"
_STARRED = "vspace|hspace|pageref"
_GROUP = r"(?:\[[^\]\n]*\]|\{[^{}\n]*\})"
_TEX = re.compile(
    r"(?P<comment>(?<!\\)%.*)"
    r"|(?P<table>\\begin\{(?:longtable|tabular)\}.*)"
    r"|\\ref\*?\{(?P<label>[^{}]*)\}"
    r"|\\menciones\*?\{(?P<joint>[^{}]*)\}\{(?P<reach>[^{}]*)\}\{(?P<labels>[^{}]*)\}"
    r"|\\glifo(?:ausente)?\{(?P<code>[0-9A-F]+)\}\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
    rf"|\\(?:{_SILENT}|(?:{_STARRED})\*?){_GROUP}+"
    rf"|\\(?:hyperlink|hyperref|href|textcolor|end|caption){_GROUP}"
    r"|\\(?!item)[A-Za-z@]+\*?(?:=-?[\d.]+)?(?:\[[^\]{}\n]*\])?"
    r"|\\(?:item|.)(?:(?<=\\\\)\[[^\]{}\n]*\])?"
    r"|(?P<word>[^\W_]+)"
)


@lru_cache(maxsize=8192)
def fold(character: str) -> str:
    """Return the letters and digits of a character as they are compared: «ﬁ» is «fi», «É» is «é», «—» is nothing."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", character).casefold())
    return "".join(part for part in plain if part.isalnum())


@dataclass(frozen=True)
class Letters:
    """Letters of many rows, one after the other: `text[i]` stands at row `rows[i]`, column `columns[i]`, from 1."""

    text: str
    rows: array[int]
    columns: array[int]

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Return the stretch of letters of some rows, both included."""
        return bisect_left(self.rows, first), bisect_right(self.rows, last)

    def position(self, row: int, column: int) -> int:
        """Return the first letter at a place or after it on its row, or the first of the rows that follow."""
        return bisect_left(self.columns, column, *self.between(row, row))

    def cuts_number(self, at: int, size: int) -> bool:
        """Tell whether a stretch of letters is digits that are only a part of a longer number."""
        if not self.text[at : at + size].isdecimal():
            return False
        return any(
            0 < edge < len(self.text)
            and self.text[edge - 1].isdecimal()
            and self.text[edge].isdecimal()
            and (self.rows[edge], self.columns[edge]) == (self.rows[edge - 1], self.columns[edge - 1] + 1)
            for edge in (at, at + size)
        )


def letters_of_tex(document: Document, numbers: Mapping[str, str]) -> Letters:
    """Return what the rows of a .tex print, as nearly as can be told; `numbers` are those of the labels."""
    rows = [*document.rows]
    made: dict[int, list[tuple[int, str]]] = {}
    carried: Found | None = None
    for found in document.facts(Carried, Heading, Caption):
        if isinstance(found.fact, Carried):
            carried = found
            _blank(rows, found)  # it is printed elsewhere
            continue
        # A number stands before the words: where they are carried, its letters do not count as theirs.
        row, column = (carried or found).start
        made.setdefault(row, []).extend((column, character) for character in _number(found.fact, numbers))
        carried = None
    return _collect(chain(made.get(number, ()), _printed(row, numbers)) for number, row in enumerate(rows, 1))


def _blank(rows: list[str], found: Found) -> None:
    """Take what a fact is of out of the rows; every other character stays where it is."""
    (first, begin), (last, end) = found.start, found.end
    for number in range(first, last + 1):
        row = rows[number - 1]
        start, stop = begin - 1 if number == first else 0, end - 1 if number == last else len(row)
        rows[number - 1] = row[:start] + " " * (stop - start) + row[stop:]


def letters_of_text(rows: Sequence[str]) -> Letters:
    """Return the letters of plain rows."""
    return _collect(enumerate(row, start=1) for row in rows)


def _number(fact: Fact, numbers: Mapping[str, str]) -> str:
    """Return what LaTeX puts before a heading or a caption: its number, by its label."""
    if not isinstance(fact, Heading | Caption) or fact.label not in numbers:
        return ""
    return (fact.label.partition(":")[0] if isinstance(fact, Caption) else "") + numbers[fact.label]


def _printed(row: str, numbers: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for match in _TEX.finditer(row):
        if word := match["word"]:
            yield from enumerate(word, start=match.start() + 1)
        elif label := match["label"]:
            for character in numbers.get(label, ""):
                yield match.start() + 1, character
        elif labels := match["labels"]:
            from imprenta.markup import say_numbers

            said = say_numbers((numbers.get(label, "") for label in labels.split(",")), match["joint"], match["reach"])
            for character in said:
                yield match.start() + 1, character
        elif code := match["code"]:
            for character in bytes.fromhex(code).decode("utf_16_be", "replace"):
                yield match.start() + 1, character


def _collect(printed: Iterator[Iterable[tuple[int, str]]]) -> Letters:
    text: list[str] = []
    rows, columns = array("l"), array("l")
    for number, row in enumerate(printed, start=1):
        for column, character in row:
            for letter in fold(character):
                text.append(letter)
                rows.append(number)
                columns.append(column)
    return Letters("".join(text), rows, columns)


MOST_CONTEXT = 60


def context(one: str, at: int, end: int, other: str, there: int) -> int:
    """Return how many letters on both sides of `one[at:end]` are also around the same word at `other[there:]`."""
    left = 0
    while left < MOST_CONTEXT and at > left and there > left and one[at - left - 1] == other[there - left - 1]:
        left += 1
    right, after = 0, there + end - at
    room = min(MOST_CONTEXT, len(one) - end, len(other) - after)
    while right < room and one[end + right] == other[after + right]:
        right += 1
    return left + right


def occurrences(text: str, word: str, start: int, end: int) -> Iterator[int]:
    """Yield where a word stands in a stretch of letters."""
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, end)

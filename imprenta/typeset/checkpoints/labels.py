"""The facts of a document -> the labels that LaTeX will write, told beforehand; and whether a run knew the right ones.

A run over the body reads labels that an earlier one wrote: the number that a reference prints and the name that its
link leads to. Both can be told by counting headings and captions, so that not
even the first run of all need go without. A guess that proves wrong costs one more run, nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_uppercase
from typing import TYPE_CHECKING

from imprenta.model.facts import Appendices, Caption, Float, Footnote, Heading, Label, LongTable, Numbered
from imprenta.typeset.checkpoints.auxiliary import read_labels, read_widths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.document import Document

HEADINGS = ("section", "subsection", "subsubsection")
WIDTH = re.compile(r"\\LT@entry\s*\{(\d+)\}\{([^}]*)\}")
"""What longtable notes of a column: the part of the table that is the widest there, and how wide it is."""
FIRST = "1"


def foresee_labels(document: Document) -> str:
    """Return the labels as an .aux holds them, with neither page nor title."""
    return "".join(
        rf"\newlabel{{{label}}}{{{{{number}}}{{}}{{}}{{{name}}}{{}}}}" + "\n"
        for label, number, name in _count(document)
    )


def _count(document: Document) -> Iterator[tuple[str, str, str]]:
    """Tell each label, its number and the name that a link to it leads to."""
    heading = [0] * len(HEADINGS)
    counts: Counter[str] = Counter()
    lettered = False
    section = here = ("", "Doc-Start")
    float_end = table_end = (0, 0)
    for found in document.facts(Appendices, Heading, Float, LongTable, Caption, Footnote, Label, Numbered):
        fact = found.fact
        if found.start >= max(float_end, table_end):
            here = section
        if isinstance(fact, Heading) and fact.numbered and 1 <= fact.level <= len(HEADINGS):
            heading = [*heading[: fact.level - 1], heading[fact.level - 1] + 1, *[0] * (len(HEADINGS) - fact.level)]
            number = name = ".".join(map(str, heading[: fact.level]))
            if lettered:
                letter = ascii_uppercase[(heading[0] - 1) % len(ascii_uppercase)]
                number, name = ".".join([letter, *map(str, heading[1 : fact.level])]), f"anexo.{name}"
            section = here = (number, f"{HEADINGS[fact.level - 1]}.{name}")
        elif isinstance(fact, Appendices):
            heading, lettered = [0] * len(HEADINGS), True
        elif isinstance(fact, LongTable):  # it is counted where it begins, however many captions it has
            table_end = found.end
            counts["table"] += 1
            here = (str(counts["table"]), f"table.{counts['table']}")
        elif isinstance(fact, Float):
            float_end = found.end
        elif isinstance(fact, Caption) and fact.numbered and found.start >= table_end:
            counts[fact.counter] += 1
            here = (str(counts[fact.counter]), f"{fact.counter}.{counts[fact.counter]}")
        elif isinstance(fact, Footnote):
            counts["footnote"] += 1
        elif isinstance(fact, Numbered):
            counts[fact.counter] += 1
            if fact.label:
                yield fact.label, fact.number or str(counts[fact.counter]), f"{fact.counter}.{counts[fact.counter]}"
        if isinstance(fact, Footnote) and fact.label:
            yield fact.label, str(counts["footnote"]), f"Hfootnote.{counts['footnote']}"
        elif isinstance(fact, Heading | Caption | Label) and fact.label:
            letter = fact.letter if isinstance(fact, Label) else ""
            yield fact.label, here[0] + letter, here[1]


def labels_held(read: str, written: str, *, whole: bool = True) -> bool:
    """Tell whether the labels that a run read, as an .aux holds them, were those that it wrote, but for the pages.

    So must have been the widths of long tables, as far as they matter. Unless `written` is that of the whole, labels
    may still follow.
    """
    before, now = read_labels(read), read_labels(written)
    if any(before.get(label) != told for label, told in now.items()) or (whole and len(now) != len(before)):
        return False
    known = read_widths(read)
    return all(_widths_held(known.get(table, ""), widths) for table, widths in read_widths(written).items())


def _widths_held(read: str, written: str) -> bool:
    r"""Tell whether a long table that read some widths is as if it had read those that it wrote.

    What is noted of a column is put upon all parts of the table but the one that it is noted of (\LT@entry). So the
    first part has a width of its own where that is the first one's, whatever it was before; and if it is the widest
    again, the others have had it. If there are not as many columns as were noted, longtable has read nothing.
    """
    before, now = WIDTH.findall(read), WIDTH.findall(written)
    if len(before) != len(now):
        before = [(FIRST, "")] * len(now)
    return all(old == new or old[0] == new[0] == FIRST for old, new in zip(before, now, strict=True))

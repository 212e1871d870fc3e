r"""The rows of the .tex -> the labels that LaTeX will write, counted beforehand; and whether a run knew the right ones.

A run over the body reads labels that an earlier one wrote: the number that a reference prints and the name that its
link leads to. Both can be told by counting headings and captions as the engine's templates write them, so that not
even the first run of all need go without. A guess that proves wrong costs one more run, nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.typeset.checkpoints.auxiliary import read_labels, read_widths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADINGS = ("section", "subsection", "subsubsection")
FLOATS = ("figure", "table")
COUNTED = re.compile(
    r"\\(?:(?P<heading>(?:sub){0,2}section)(?=[{\[])"
    r"|begin\{(?P<begun>figure|table|longtable)\}|end\{(?P<ended>figure|table|longtable)\}"
    r"|(?P<caption>caption)(?=[{\[])|footnote\{(?:\\label\{(?P<footnote>[^}]*)\})?|label\{(?P<label>[^}]*)\})"
)
PART_OF_TABLE = re.compile(r"\\LT@entry\s*\{(\d+)\}\{[^}]*\}")
READS_MORE = re.compile(
    r"\\(?:(?:auto|v|full|c|C|labelc|z)?pagerefs?|(?:[nN]ame|title|full|v|V|c|C|z|label|labelc)refs?"
    r"|(?:v|c|C|z)?(?:page)?refrange|getpagerefnumber|getref\w*|@@input|openin)(?![a-zA-Z@])|lastpage"
    r"|(?<![a-zA-Z@])r@(?!\{|#1\\endcsname\{#2\})"
)
"""What may read more of a label than its number and its link's name, or the contents where no hook tells."""


def foresee_labels(rows: Sequence[str]) -> str:
    """Return the labels as an .aux holds them, with neither page nor title."""
    return "".join(
        rf"\newlabel{{{label}}}{{{{{number}}}{{}}{{}}{{{name}}}{{}}}}" + "\n" for label, number, name in _count(rows)
    )


def _count(rows: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Tell each label, its number and the name that a link to it leads to."""
    heading = [0] * len(HEADINGS)
    counts = dict.fromkeys((*FLOATS, "footnote"), 0)
    section = here = ("", "Doc-Start")
    kind = ""
    for found in COUNTED.finditer("\n".join(rows)):
        if found["heading"]:
            level = HEADINGS.index(found["heading"])
            heading = [*heading[:level], heading[level] + 1, *[0] * (len(HEADINGS) - level - 1)]
            number = ".".join(map(str, heading[: level + 1]))
            section = here = (number, f"{found['heading']}.{number}")
        elif found["begun"]:
            kind = found["begun"]
            if kind == "longtable":  # it is counted where it begins, however many captions it has
                counts["table"] += 1
                here = (str(counts["table"]), f"table.{counts['table']}")
        elif found["caption"] and kind in FLOATS:
            counts[kind] += 1
            here = (str(counts[kind]), f"{kind}.{counts[kind]}")
        elif found["ended"]:
            kind, here = "", section
        elif found[0].startswith(r"\footnote"):
            counts["footnote"] += 1
            if found["footnote"]:
                yield found["footnote"], str(counts["footnote"]), f"Hfootnote.{counts['footnote']}"
        elif found["label"]:
            yield found["label"], *here


def labels_held(read: str, written: str, *, whole: bool = True) -> bool:
    """Tell whether the labels that a run read, as an .aux holds them, were those that it wrote, but for the pages.

    So must have been the widths of long tables; where none was read, those of a table's first part must be the whole's.
    Unless `written` is that of the whole, labels may still follow.
    """
    before, now = read_labels(read), read_labels(written)
    if any(before.get(label) != told for label, told in now.items()) or (whole and len(now) != len(before)):
        return False
    known = read_widths(read)
    return all(
        known[table] == parts if table in known else all(part == "1" for part in PART_OF_TABLE.findall(parts))
        for table, parts in read_widths(written).items()
    )

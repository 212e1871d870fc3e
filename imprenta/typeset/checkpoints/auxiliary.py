r"""What pages wrote into an .aux -> the labels, the lists of contents, the outline and the widths of tables in it.

The .aux is parted by \checkpointpage, one before the first page and one after each.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.model.document import LIST_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_MARK = "\\checkpointpage"
TRANSLATED = LIST_SUFFIXES[:3]
"""Those that babel tells of another language."""
GOES_ON = r".*\n(?:(?!\\)[^\n]*\n|    \\LT@[^\n]*\n)*"
"""The rest of an entry, which may take several lines."""
KNOWN = re.compile(rf"^(?:\\newlabel\{{|\\gdef ?\\LT@){GOES_ON}", re.MULTILINE)
"""Labels and widths of tables: what a job has to know before it begins."""
WRITTEN = re.compile(rf"^\\(?:newlabel|@writefile|BKM@entry|gdef){GOES_ON}", re.MULTILINE)
"""What pages write that others read: labels, lines of contents, outline, widths of tables."""
SERIAL = re.compile(r"(?<=\\BKM@entry\{)id=\d+|srcline=\{\d+\}")
"""What the outline's entries say of the run, not of the document."""
OUTLINE = re.compile(r"^\\BKM@entry\{.*(?:\n(?!\\).*)*", re.MULTILINE)
ENTRY = re.compile(r"\\BKM@entry\{[^{}]*,?dest=\{([0-9A-F]+)\}[^{}]*\}\{([0-9A-F]*)\}")
ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
LABEL = re.compile(r"\\newlabel\{([^}]*)\}\{")
WIDTHS = re.compile(r"\\gdef ?\\(LT@\w+) ?\{")
CONTENTS_LINE = re.compile(r"^\\(?:@writefile\{(\w+)\}\{(.*)\}|babel@aux\{(\w+)\}\{\w*\})$", re.MULTILINE)
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
NUMBERED = re.compile(r"^\\newlabel\{[^}]*\}\{|^\\@writefile\{\w+\}\{\\contentsline ", re.MULTILINE)
"""What begins an entry that tells the number of its page, before the groups of which one is the number."""


@lru_cache(maxsize=2)
def read_known(auxiliary: str) -> str:
    """Return what a job has to know of an .aux."""
    return "".join(match[0] for match in KNOWN.finditer(auxiliary))


def read_written(auxiliary: str) -> list[str]:
    """Return what each page wrote into an .aux that others read; first what was written before the first page."""
    parts = SERIAL.sub("", auxiliary).split(PAGE_MARK)
    return ["".join(WRITTEN.findall(part)) for part in parts]


def read_told(auxiliary: str) -> list[str]:
    """Return what each page wrote into an .aux that a later run reads: all but the outline, which lists add to."""
    return [
        "".join(entry for entry in WRITTEN.findall(part) if not entry.startswith(r"\BKM@entry"))
        for part in auxiliary.split(PAGE_MARK)
    ]


def read_labels(auxiliary: str) -> dict[str, tuple[str, str]]:
    """Return for each label its number and its link's name, which references print and follow."""
    labels = {}
    for entry in KNOWN.finditer(auxiliary):
        if found := LABEL.match(entry[0]):
            fields = [*read_groups(entry[0][found.end() :]), "", "", "", ""]
            labels[found[1]] = (fields[0], fields[3])
    return labels


def write_known(auxiliary: str) -> str:
    """Return what a job has to know of an .aux if nothing reads more of a label than its number and its link."""
    labels = read_labels(auxiliary).items()
    told = "".join(
        rf"\newlabel{{{label}}}{{{{{number}}}{{}}{{}}{{{name}}}{{}}}}" + "\n" for label, (number, name) in labels
    )
    return told + "".join(entry[0] for entry in KNOWN.finditer(auxiliary) if WIDTHS.match(entry[0]))


def read_widths(auxiliary: str) -> dict[str, str]:
    """Return for each long table what is noted of the widths of its columns."""
    entries = (entry[0] for entry in KNOWN.finditer(auxiliary))
    return {found[1]: entry[found.end() :] for entry in entries if (found := WIDTHS.match(entry))}


def read_outline(auxiliary: str) -> list[tuple[str, str]]:
    """Return the entries of the PDF's outline in their order: the name that each leads to, and its title."""
    found = (ENTRY.fullmatch(SERIAL.sub("", entry).strip()) for entry in OUTLINE.findall(auxiliary))
    return [(bytes.fromhex(entry[1]).decode("latin-1"), _decode_title(entry[2])) for entry in found if entry]


def _decode_title(told: str) -> str:
    """Return a title that bookmark wrote: in hexadecimal digits the signs of a string of the PDF's."""

    def decode(escape: re.Match[bytes]) -> bytes:
        return bytes([int(escape[1], 8)]) if escape[1].isdigit() else escape[1]

    data = ESCAPE.sub(decode, bytes.fromhex(told))
    return data[2:].decode("utf-16-be") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def write_contents(auxiliary: str) -> dict[str, str]:
    """Return the lists of contents that an .aux writes, by their ending."""
    lists = dict.fromkeys(LIST_SUFFIXES, "")
    for ending, line, language in CONTENTS_LINE.findall(auxiliary):
        if language:
            for suffix in TRANSLATED:
                lists[suffix] += rf"\babel@toc{{{language}}}{{}}\relax" + "\n"
        elif f".{ending}" in lists:
            lists[f".{ending}"] += line.removesuffix(r"\protected@file@percent ") + "%\n"
    return lists


def renumber(written: str, old: str, new: str) -> str | None:
    """Return what a page wrote as it would with another page number, or None if it tells of yet another one.

    The number is the second group of a label, the third of a line of contents.
    """
    parts = []
    done = 0
    for entry in NUMBERED.finditer(written):
        which = 1 if entry[0].startswith(r"\newlabel") else 2
        spans = list(_group_spans(written, entry.end()))
        if len(spans) <= which:
            return None
        begin, end = spans[which]
        if written[begin:end] != old:
            return None
        parts += [written[done:begin], new]
        done = end
    return "".join([*parts, written[done:]])


def read_groups(text: str) -> Iterator[str]:
    r"""Return what each group of TeX's at the start of a text holds; «\{» is no brace of a group's."""
    return (text[begin:end] for begin, end in _group_spans(text, 0))


def _group_spans(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Return where what each group holds begins and ends, until a brace closes more than was opened."""
    depth = start = 0
    for brace in BRACE.finditer(text, at):
        if brace[0] == "{":
            if depth == 0:
                start = brace.end()
            depth += 1
        elif brace[0] == "}":
            depth -= 1
            if depth == 0:
                yield start, brace.start()
            if depth < 0:
                return

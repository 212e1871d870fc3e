r"""The control file that LaTeX writes for biber (.bcf) <-> what the preamble says in it, and the works that are cited.

All that a document adds to what its preamble says are rows of keys, one for each citation in their order. So LaTeX
writes a control file once for a preamble, and the one of a document is that with its keys put in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_CITATION = re.compile(r"^    <bcf:citekey [^\n]*</bcf:citekey>\n", re.MULTILINE)
_ROW = re.compile(
    r' *<bcf:citekey order="(?P<order>\d+)" intorder="(?P<inner>\d+)"(?P<nocite> nocite="1")?>'
    r"(?P<key>[^<&]+)</bcf:citekey>\n"
)
_SECTION_ENDS = "  </bcf:section>\n"
_NO = ("0", "false", "")
_LOOKS_AT_OTHERS = frozenset(
    """labelalpha labeltitle labeltitleyear labeldateparts singletitle uniquelist uniquename uniqueprimaryauthor
    uniquetitle uniquebaretitle uniquework""".split()
)
"""Options by which what is said of an entry depends on all the others."""
_CITED_FIRST = frozenset({"citeorder", "intciteorder"})


@dataclass(frozen=True, slots=True)
class Citation:
    """One row of a control file: a key, the how-many-th citation it is, and the place of the key within that."""

    key: str
    order: int
    inner: int = 1
    nocite: bool = True


def cite_all(keys: Iterable[str]) -> list[Citation]:
    r"""Return the citations that a \nocite of these keys makes."""
    return [Citation(key, number, number) for number, key in enumerate(keys, 1)]


def write_control(template: str, citations: Iterable[Citation]) -> str:
    """Return the control file of these citations, made of one without any (which keeps none, if it had some)."""
    rows = "".join(
        f'    <bcf:citekey order="{cited.order}" intorder="{cited.inner}"{_NOCITE if cited.nocite else ""}>'
        f"{cited.key}</bcf:citekey>\n"
        for cited in citations
    )
    before, ends, after = _CITATION.sub("", template).partition(_SECTION_ENDS)
    return f"{before}{rows}{ends}{after}"


_NOCITE = ' nocite="1"'


def read_citations(control: str) -> list[Citation] | None:
    r"""Return the citations of a control file; None if it cites in other ways too: all works, sets, one in both ways.

    biber takes a work that is cited both by \cite and by \nocite for one that is cited, wherever the rows stand.
    """
    rows = [found[0] for found in _CITATION.finditer(control)]
    found = [_ROW.fullmatch(row) for row in rows]
    citations = [
        Citation(row["key"], int(row["order"]), int(row["inner"]), row["nocite"] is not None) for row in found if row
    ]
    ways: dict[str, set[bool]] = {}
    for cited in citations:
        ways.setdefault(cited.key, set()).add(cited.nocite)
    if len(citations) < len(rows) or "*" in ways or any(len(told) > 1 for told in ways.values()):
        return None
    return citations


def has_separate_entries(template: str) -> bool:
    """Tell whether what biber says of an entry depends on no other but those that it names (`bbl.py`).

    So it is if the list is sorted by citation alone (a template may call anything «none»), there is one section with
    one list at most, and no option has biber compare an entry with the others.
    """
    try:
        root = ElementTree.fromstring(template)
    except ElementTree.ParseError:
        return False
    if sum(1 for _ in _find(root, "section")) != 1 or sum(1 for _ in _find(root, "datalist")) > 1:
        return False
    sortings = []
    for option in _find(root, "option"):
        key = "".join(found.text or "" for found in _find(option, "key"))
        values = [found.text or "" for found in _find(option, "value")]
        if key == "sortingtemplatename":
            sortings += values
        if key in _LOOKS_AT_OTHERS and any(value not in _NO for value in values):
            return False
    by = [item for found in _find(root, "sortingtemplate") for item in found.iter()]
    items = {item.text for item in by if item.tag.rpartition("}")[2] == "sortitem"}
    backwards = any("descending" in item.attrib.values() for item in by)
    return sortings == ["none"] and bool(items) and items <= _CITED_FIRST and not backwards


def _find(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name, whatever its namespace."""
    return (found for found in element.iter() if found.tag.rpartition("}")[2] == name)

"""Two built projects -> where their pages lead to other lines of the author's, record by record of SyncTeX."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

from imprenta.trace import read_trace, write_synctex
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

INPUT = re.compile(r"(?m)^Input:(\d+):(.*)$")
PAGE = re.compile(r"(?ms)^\{(\d+)\n(.*?)^\}\1$")
SOURCE = re.compile(r"(?m)^([\[(vhxkgr$])(\d+),")
EMPTY = re.compile(r"(?m)^[vh][^:\n]*:[^:\n]*:0,0,0\n")
"""A box without size: TeX notes one where a range of pages begins, and nobody can click on it."""


def find_trace_differences(first: Path, second: Path) -> list[str]:
    """Return the pages whose records of SyncTeX, told in the author's files and lines, are not the same."""
    pages, others = read_records(first), read_records(second)
    if len(pages) != len(others):
        return [f"SyncTeX of {len(pages)} pages and of {len(others)}"]
    return [difference for number in pages for difference in _compare(number, pages[number], others.get(number, []))]


def read_records(root: Path) -> dict[int, list[str]]:
    """Return the records of each page of a built project, with the paths of the author's files in them."""
    text = gzip.decompress(write_synctex(read_trace(Workspace(root)), lambda path: path)).decode()
    names = dict(INPUT.findall(text))
    return {
        int(number): SOURCE.sub(lambda match: f"{match[1]}{names[match[2]]},", EMPTY.sub("", rows)).splitlines()
        for number, rows in PAGE.findall(text)
    }


def _compare(number: int, rows: list[str], others: list[str]) -> list[str]:
    if rows == others:
        return []
    lacking, added = [row for row in rows if row not in others], [row for row in others if row not in rows]
    return [f"SyncTeX of page {number}: {lacking[:3]} / {added[:3]}, {len(rows)} records and {len(others)}"]

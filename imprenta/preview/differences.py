"""Two drawings of a page -> the areas where they differ."""

from __future__ import annotations

from dataclasses import dataclass

ROWS_BETWEEN = 9
"""Rows that are the same and still belong to one change: the white between two lines of text."""

MOST = 12
"""Areas that are told one by one; more than these are one."""


@dataclass(frozen=True, slots=True)
class Area:
    """A changed rectangle, in parts of the page's width and height (from 0 to 1), from the top left."""

    left: float
    top: float
    width: float
    height: float


def find_differences(before: tuple[bytearray, int, int], after: tuple[bytearray, int, int]) -> list[Area]:
    """Return where two grey drawings differ, from the top down: one area for each group of rows.

    A drawing is given as `Document.draw` returns it: rows with one byte before each, their width, their number.
    Of drawings of different sizes the whole is different.
    """
    (old, width, height), (new, *size) = before, after
    if [width, height] != size:
        return [Area(0.0, 0.0, 1.0, 1.0)]
    stride = width + 1
    groups: list[list[int]] = []
    for row in range(height):
        start, end = row * stride + 1, (row + 1) * stride
        one, two = old[start:end], new[start:end]
        if one == two:
            continue
        # As one number, so that the first and the last byte that differ are found at once.
        bits = int.from_bytes(one, "big") ^ int.from_bytes(two, "big")
        left = width - (bits.bit_length() + 7) // 8
        right = width - ((bits & -bits).bit_length() - 1) // 8
        if groups and row - groups[-1][3] <= ROWS_BETWEEN:
            last = groups[-1]
            groups[-1] = [min(last[0], left), last[1], max(last[2], right), row + 1]
        else:
            groups.append([left, row, right, row + 1])
    if len(groups) > MOST:
        sides = list(zip(*groups, strict=True))
        groups = [[min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])]]
    return [
        Area(left / width, top / height, (right - left) / width, (bottom - top) / height)
        for left, top, right, bottom in groups
    ]

"""Two states of a page -> the areas where the new one says or shows something else."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.preview.drawing import Box, Picture

    Words = Sequence[tuple[str, Box]]

ROWS_BETWEEN = 9
"""Rows that are the same and still belong to one change: the white between two lines of text."""

ROWS_AT_ONCE = 32
"""Rows that are compared together: mostly they are the same."""

MOVED = 1.0
"""Points by which a line must be lower or higher to have moved."""

BELOW = 14.0
"""Points between two lines that are marked as one."""

MOST = 12
"""Areas that are told one by one; more than these are one."""


@dataclass(frozen=True, slots=True)
class ChangedArea:
    """A changed rectangle, in parts of the page's width and height (from 0 to 1), from the top left."""

    left: float
    top: float
    width: float
    height: float


def find_changed_rows(before: Picture, after: Picture) -> tuple[int, int] | None:
    """Return the first row in which two pictures of one size differ and the one after the last; None if in none."""
    old, new, stride = before.pixels, after.pixels, after.stride
    size = ROWS_AT_ONCE * stride
    rows = [
        edge // stride
        for start in range(0, len(new), size)
        if old[start : start + size] != new[start : start + size]
        for edge in range(start, min(start + size, len(new)), stride)
        if old[edge : edge + stride] != new[edge : edge + stride]
    ]
    return (rows[0], rows[-1] + 1) if rows else None


def find_differences(before: Picture, after: Picture) -> list[ChangedArea]:
    """Return where two grey pictures differ, from the top down: one area for each group of rows.

    Of pictures of different sizes the whole is different.
    """
    width, height = after.width, after.height
    if (before.width, before.height) != (width, height):
        return [ChangedArea(0.0, 0.0, 1.0, 1.0)]
    old, new, stride = before.pixels, after.pixels, after.stride
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
    return _areas(groups, (width, height))


def find_changed_lines(before: Words, after: Words, size: tuple[float, float]) -> list[ChangedArea] | None:
    """Return where the text of a page is new, if lines moved; None if all that stayed is where it was.

    When lines move, what is drawn differs nearly everywhere, and only the text tells what changed. Where text went
    away without any in its place, the line after it is marked. `size` is the page's width and height in points.
    """
    keys = [[(words, round(box.left)) for words, box in text] for text in (before, after)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    pairs = [(one, other) for kind, a, b, c, d in steps if kind == "equal"
             for one, other in zip(before[a:b], after[c:d], strict=True)]  # fmt: skip
    if not any(abs(one.top - other.top) > MOVED for (_, one), (_, other) in pairs):
        return None
    boxes: list[list[float]] = []
    for kind, _, _, start, end in steps:
        if kind == "equal":
            continue
        for _, box in after[start : max(end, start + 1)]:
            last = boxes[-1] if boxes else None
            right, bottom = box.left + box.width, box.top + box.height
            if last is not None and -BELOW < box.top - last[3] < BELOW:
                boxes[-1] = [min(last[0], box.left), min(last[1], box.top), max(last[2], right), max(last[3], bottom)]
            else:
                boxes.append([box.left, box.top, right, bottom])
    return _areas(boxes, size)


def _areas(boxes: Iterable[Sequence[float]], size: tuple[float, float]) -> list[ChangedArea]:
    """Return boxes (left, top, right, bottom) as areas; too many as one that holds them."""
    found = list(boxes)
    if len(found) > MOST:
        sides = list(zip(*found, strict=True))
        found = [[min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])]]
    width, height = size
    return [
        ChangedArea(left / width, top / height, (right - left) / width, (bottom - top) / height)
        for left, top, right, bottom in found
    ]

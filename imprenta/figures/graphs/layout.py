"""A tree of frames and cards -> where each stands, on a grid; rows stay rows and frames fill their row.

Lengths are whole cells of the grid and `y` grows downwards. A frame's slot has whole cells too; its border is
drawn half a cell inside the slot, so that no line on the grid ever runs along a border.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


LOOSE = 2
"""What part of its size a frame may grow by to fill its line: one that is larger looks empty."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the rectangle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def holds(self, other: Box) -> bool:
        """Tell whether another rectangle lies in this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.w <= self.x + self.w
            and other.y + other.h <= self.y + self.h
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A node as it is drawn: a box with its icon and its label; one of a `fixed` size is not made as wide as others."""

    id: str
    w: int
    h: int
    fixed: bool = False


@dataclass(slots=True)
class Frame:
    """A group as it is drawn: rows (columns, when the drawing runs to the right) of cards and frames."""

    id: str
    title_w: int = 0
    lines: list[list[Card | Frame]] = field(default_factory=list)
    room: int = 0
    aside: int = 0
    """Free cells above and below, and on both sides, besides those of the spacing: for lines that find no way in it."""

    def frames(self) -> Iterator[Frame]:
        """Yield this frame and those inside it, outer ones first."""
        yield self
        for line in self.lines:
            for child in line:
                if isinstance(child, Frame):
                    yield from child.frames()


@dataclass(frozen=True, slots=True)
class Spacing:
    """Free cells: between neighbours of a row, between rows, and from a frame's slot to what it holds."""

    across: int = 3
    along: int = 4
    frame_across: int = 1
    frame_along: int = 2
    side: int = 2
    top: int = 3
    columns: bool = True
    """Whether rows of as many cards stand in columns."""


@dataclass(slots=True)
class Placement:
    """Where everything stands."""

    cards: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)
    width: int = 0
    height: int = 0

    def with_margin(self, above: int) -> Placement:
        """Return the same with free cells above and below, where lines can go around a drawing of one row."""

        def lower(boxes: dict[str, Box]) -> dict[str, Box]:
            return {key: Box(box.x, box.y + above, box.w, box.h) for key, box in boxes.items()}

        return Placement(lower(self.cards), lower(self.frames), self.width, self.height + 2 * above)


def place_cards(root: Frame, spacing: Spacing, *, to_the_right: bool, width: int, height: int = 0) -> Placement:
    """Place the tree; it is stretched to `width` and `height` where it is smaller, never squeezed."""
    layout = _Layout(spacing, to_the_right)
    needed_w, needed_h = layout.measure(root, outermost=True)
    full_w, full_h = max(needed_w, width), max(needed_h, height)
    layout.place(root, 0, 0, full_w, full_h, outermost=True)
    layout.placement.width, layout.placement.height = full_w, full_h
    return layout.placement


class _Layout:
    """One run of the two passes: sizes from the inside out, then places from the outside in."""

    def __init__(self, spacing: Spacing, to_the_right: bool) -> None:
        self.spacing = spacing
        self.turned = to_the_right
        self.sizes: dict[str, tuple[int, int]] = {}
        self.columns: dict[str, list[list[int]]] = {}
        self.measured: dict[str, list[tuple[int, int]]] = {}
        self.placement = Placement()

    def measure(self, frame: Frame, *, outermost: bool = False) -> tuple[int, int]:
        """Return the least width and height of a frame's slot."""
        across = along = 0
        columns = self.columns[frame.id] = [self._columns(frame, line) for line in frame.lines]
        measured = self.measured[frame.id] = [
            self._measure_line(line, widths) for line, widths in zip(frame.lines, columns, strict=True)
        ]
        for index, line in enumerate(frame.lines):
            line_across, line_along = measured[index]
            across = max(across, line_across)
            along += line_along
            if index:
                along += self._gap_along(frame.lines[index - 1], line)
        w, h = (along, across) if self.turned else (across, along)
        if not outermost:
            w = max(w + 2 * (self.spacing.side + frame.aside), frame.title_w + 2)
            h += self.spacing.top + self.spacing.side + 2 * frame.room
        self.sizes[frame.id] = (w, h)
        return w, h

    def _columns(self, frame: Frame, line: list[Card | Frame]) -> list[int]:
        """Return the width that each card of a line is given: that of its column, where there are columns."""
        if self.turned or not self.spacing.columns or any(isinstance(child, Frame) for child in line):
            return [self._turn(self._size(child))[0] for child in line]
        rows = [
            [child.w for child in other if isinstance(child, Card)] for other in frame.lines if len(other) == len(line)
        ]
        return [max(widths) for widths in zip(*(row for row in rows if len(row) == len(line)), strict=True)]

    def _measure_line(self, line: list[Card | Frame], columns: list[int]) -> tuple[int, int]:
        gaps = sum(self._gap_across(one, two) for one, two in pairwise(line))
        return sum(columns) + gaps, max(self._turn(self._size(child))[1] for child in line)

    def _size(self, child: Card | Frame) -> tuple[int, int]:
        if isinstance(child, Card):
            return child.w, child.h
        return self.sizes[child.id] if child.id in self.sizes else self.measure(child)

    def _turn(self, size: tuple[int, int]) -> tuple[int, int]:
        return (size[1], size[0]) if self.turned else size

    def _gap_across(self, before: Card | Frame, after: Card | Frame) -> int:
        if isinstance(before, Frame) and isinstance(after, Frame):
            return self.spacing.frame_across
        return self.spacing.across

    def _gap_along(self, before: list[Card | Frame], after: list[Card | Frame]) -> int:
        framed = [all(isinstance(child, Frame) for child in line) for line in (before, after)]
        if all(framed):
            return self.spacing.frame_along
        return max(self.spacing.frame_along, self.spacing.along - 1) if any(framed) else self.spacing.along

    def place(self, frame: Frame, x: int, y: int, w: int, h: int, *, outermost: bool = False) -> None:
        """Give a frame its slot, and its cards and frames their places inside."""
        if not outermost:
            self.placement.frames[frame.id] = Box(x, y, w, h)
            side, top = self.spacing.side + frame.aside, self.spacing.top + frame.room
            x, w = x + side, w - 2 * side
            y, h = y + top, h - top - self.spacing.side - frame.room
        across, along = self._turn((w, h))
        columns, measured = self.columns[frame.id], self.measured[frame.id]
        gaps = [self._gap_along(one, two) for one, two in pairwise(frame.lines)]
        spare = max(0, along - sum(size for _, size in measured) - sum(gaps))
        depths = [size for _, size in measured]
        flexible = [i for i, line in enumerate(frame.lines) if any(isinstance(child, Frame) for child in line)]
        if flexible:
            for order, index in enumerate(flexible):
                depths[index] += _share(spare, len(flexible), order)
            margin, extra_gaps = 0, [0] * len(gaps)
        else:
            parts = len(depths) + 1
            extra_gaps = [_share(spare, parts, order + 1) for order in range(len(gaps))]
            margin = (spare - sum(extra_gaps)) // 2
        position = margin
        for index, line in enumerate(frame.lines):
            self._place_line(line, columns[index], (x, y), (position, depths[index]), across - measured[index][0])
            if index < len(gaps):
                position += depths[index] + gaps[index] + extra_gaps[index]

    def _place_line(
        self, line: list[Card | Frame], columns: list[int], origin: tuple[int, int], band: tuple[int, int], spare: int
    ) -> None:
        """Place a line in its band (start and depth); spare cells widen frames somewhat, and part all that is there."""
        start, depth = band
        roomy = [size * isinstance(child, Frame) // LOOSE for child, size in zip(line, columns, strict=True)]
        given = min(spare, sum(roomy))
        spare -= given
        position, seen = _share(spare, 2 * len(line), 0), 0
        for index, child in enumerate(line):
            child_across, child_along = columns[index], self._turn(self._size(child))[1]
            if isinstance(child, Frame):
                wider = given * (seen + roomy[index]) // sum(roomy) - given * seen // sum(roomy)
                child_across, seen = child_across + wider, seen + roomy[index]
                child_along = min(depth, child_along + child_along // LOOSE)
            elif self.turned and not child.fixed:
                child_along = depth
            aside = 0 if isinstance(child, Frame) else (depth - child_along) // 2
            slot = (position, start + aside, child_across, child_along)
            self._put(child, origin, slot)
            position += child_across
            if index + 1 < len(line):
                position += self._gap_across(child, line[index + 1]) + _share(spare, len(line), index)

    def _put(self, child: Card | Frame, origin: tuple[int, int], slot: tuple[int, int, int, int]) -> None:
        a, f, size_a, size_f = slot
        dx, dy = (f, a) if self.turned else (a, f)
        w, h = (size_f, size_a) if self.turned else (size_a, size_f)
        if isinstance(child, Frame):
            self.place(child, origin[0] + dx, origin[1] + dy, w, h)
        else:
            self.placement.cards[child.id] = Box(origin[0] + dx, origin[1] + dy, w, h)


def _share(total: int, parts: int, order: int) -> int:
    """Return the part number `order` of a total dealt out in whole cells."""
    return total * (order + 1) // parts - total * order // parts if parts else 0

"""What Graphviz says of a drawing (`-Tjson`) -> the overlaps in it and the sizes of its letters.

It looks at the finished drawing and not at the plan of the layout, so that it can prove the layout right or wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import hypot
from typing import Any

from imprenta.figures.graphs.dot_source import SCALE

Rectangle = tuple[float, float, float, float]
TOUCH = 0.3
"""Points by which two boxes may touch, for rounding."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two things of a drawing that lie on each other."""

    kind: str
    one: str
    two: str


@dataclass(frozen=True, slots=True)
class _Seen:
    cards: dict[str, Rectangle]
    discs: dict[str, Rectangle]
    words: dict[str, Rectangle]
    lines: list[tuple[str, str, str, list[tuple[float, float]]]]


def find_overlaps(described: bytes) -> list[Overlap]:
    """Return cards, numbers, titles and words that overlap, and lines that run over what is not theirs."""
    seen = _read(json.loads(described))
    boxes = [("nodo", seen.cards), ("número", seen.discs), ("texto", seen.words)]
    flat = [(kind, name, box) for kind, family in boxes for name, box in family.items()]
    found = []
    for index, (kind, name, box) in enumerate(flat):
        for other_kind, other, other_box in flat[index + 1 :]:
            if _meet(box, other_box, round_both=kind == other_kind == "número"):
                found.append(Overlap(f"{kind} sobre {other_kind}", name, other))
    for owner, tail, head, points in seen.lines:
        for kind, name, box in flat:
            if name in (tail, head) and kind == "nodo":
                continue
            if name.startswith(("/numero-", "/rotulo-")) and name.split("-")[1:2] == [owner]:
                continue
            if any(_inside(point, box) for point in points):
                found.append(Overlap(f"línea sobre {kind}", f"{tail} → {head}", name))
    return found


def list_letter_sizes(described: bytes) -> list[float]:
    """Return the sizes in points of all text of a drawing, smallest first."""
    sizes: set[float] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("op") == "F":
                sizes.add(value["size"] / SCALE)
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(json.loads(described))
    return sorted(sizes)


def _read(drawing: dict[str, Any]) -> _Seen:
    seen = _Seen({}, {}, {}, [])
    names = {}
    for thing in drawing.get("objects", []):
        names[thing["_gvid"]] = thing["name"]
        name = thing["name"]
        if "nodes" in thing or "bb" in thing:
            if name.startswith("cluster_") and "lp" in thing:
                seen.words[name] = _box(thing["lp"], float(thing["lwidth"]), float(thing["lheight"]) * 0.7)
        elif name.startswith(("/numero-", "/leyenda-numero")):
            seen.discs[name] = _box(thing["pos"], float(thing["width"]), float(thing["height"]))
        elif name.startswith(("/leyenda-rotulo", "/rotulo-")):
            seen.words[name] = _box(thing["pos"], float(thing["width"]), float(thing["height"]))
        elif not name.startswith("/"):
            seen.cards[name] = _box(thing["pos"], float(thing["width"]), float(thing["height"]))
    for edge in drawing.get("edges", []):
        points = [point for run in edge.get("_draw_", []) if run["op"] in "bB" for point in _sample(run["points"])]
        seen.lines.append((edge.get("id", ""), names[edge["tail"]], names[edge["head"]], points))
    return seen


def _box(centre: str, width: float, height: float) -> Rectangle:
    """Return left, bottom, right, top in points; Graphviz gives places in points and sizes in inches."""
    x, y = (float(part) / SCALE for part in centre.split(","))
    half_w, half_h = width * 36 / SCALE, height * 36 / SCALE
    return x - half_w, y - half_h, x + half_w, y + half_h


def _sample(controls: list[list[float]]) -> list[tuple[float, float]]:
    points = []
    for index in range(0, len(controls) - 3, 3):
        one, two, three, four = controls[index : index + 4]
        steps = max(2, int(hypot(four[0] - one[0], four[1] - one[1]) / SCALE / 2))
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            points.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (one, two, three, four), strict=True)) / SCALE,
                    sum(w * p[1] for w, p in zip(weights, (one, two, three, four), strict=True)) / SCALE,
                )
            )
    return points


def _meet(one: Rectangle, two: Rectangle, *, round_both: bool) -> bool:
    if round_both:
        radius = (one[2] - one[0] + two[2] - two[0]) / 2
        away = hypot((one[0] + one[2] - two[0] - two[2]) / 2, (one[1] + one[3] - two[1] - two[3]) / 2)
        return away < radius - TOUCH
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    return wide > TOUCH and high > TOUCH


def _inside(point: tuple[float, float], box: Rectangle) -> bool:
    return box[0] + TOUCH < point[0] < box[2] - TOUCH and box[1] + TOUCH < point[1] < box[3] - TOUCH

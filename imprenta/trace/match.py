"""A word among others -> the place in a second text that has the same word with the same letters around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.trace.letters import context, occurrences

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Match:
    """Where a word was found, how many letters around it agree, and what the place is worth with its nearness."""

    at: int
    agreeing: int
    worth: float


def find_word(
    one: str,
    at: int,
    end: int,
    other: str,
    stretch: tuple[int, int],
    nearness: Callable[[int], float],
) -> Match | None:
    """Return the best place of `one[at:end]` in a stretch of the other text, or None if it is not there.

    `nearness` says of a place in the other text how well it suits besides: as many letters as it is worth.
    """
    best: Match | None = None
    for there in occurrences(other, one[at:end], *stretch):
        agreeing = context(one, at, end, other, there)
        worth = agreeing + nearness(there)
        if best is None or worth > best.worth:
            best = Match(there, agreeing, worth)
    return best

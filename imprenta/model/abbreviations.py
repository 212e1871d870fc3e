"""The abbreviations of a report and its texts -> those that are used, in the order of the alphabet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.model.paper import Paper
    from imprenta.model.text import Text


def used_abbreviations(paper: Paper) -> list[tuple[str, Text]]:
    """Return each abbreviation that a text has as a word of its own, or with a plural's ending, and what it means."""
    told = paper.report.abbreviations
    if not told:
        return []
    words = "|".join(re.escape(word) for word in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({words})(?:e?s)?(?!\w)")
    own = {id(text) for text in told.values()}
    texts = (placed.text for placed in paper.texts if placed.printed.is_words and id(placed.text) not in own)
    used = {word for text in texts for word in pattern.findall(text.value)}
    return [(word, told[word]) for word in sorted(used, key=lambda word: (word.casefold(), word))]

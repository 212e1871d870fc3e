"""TagChoice: what an order asks for, besides what the report says of its tags -> which tags are not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TagChoice:
    """What is asked for: tags whose parts are shown, and tags whose parts are not, whatever the report says."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def hidden_of(self, tags: Mapping[str, bool]) -> frozenset[str]:
        """Return which of a report's tags are not shown; `tags` tells what the report says of each."""
        own = {tag for tag, shown in tags.items() if not shown}
        return frozenset((own - {*self.shown}) | {*self.hidden})


AS_WRITTEN = TagChoice()
"""What the report says of its tags."""

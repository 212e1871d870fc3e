"""The newest message of each kind -> everybody who listens, each in its own thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET_SECONDS = 10.0
"""How long nothing is said before a listener gets an empty message, which shows whether it is still there."""


class Feed:
    """Keeps the newest message of each kind. A message says all of its kind, so that a late listener misses nothing."""

    def __init__(self) -> None:
        """Start with nothing to say."""
        self._condition = threading.Condition()
        self._messages: dict[str, tuple[int, bytes]] = {}
        self._count = 0
        self._closed = False

    def say(self, kind: str, message: bytes) -> None:
        """Put a message in the place of the last of its kind, and have it told."""
        with self._condition:
            if self._messages.get(kind, (0, b""))[1] == message:
                return
            self._count += 1
            self._messages[kind] = (self._count, message)
            self._condition.notify_all()

    def close(self) -> None:
        """Have all listeners leave."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def listen(self) -> Iterator[tuple[str, bytes]]:
        """Yield the newest message of each kind and each newer one, in the order in which they were said.

        When there is nothing to tell for a while, yields an empty message of no kind.
        """
        told = 0
        while True:
            with self._condition:
                if not self._closed and self._count == told:
                    self._condition.wait(QUIET_SECONDS)
                if self._closed:
                    return
                news = sorted((at, kind, words) for kind, (at, words) in self._messages.items() if at > told)
                told = self._count
            yield from [(kind, words) for _, kind, words in news] or [("", b"")]

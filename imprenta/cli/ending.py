"""Signals by which others end a process -> an interruption, as Ctrl-C: what was begun is ended, what is made stays."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""From `timeout`, a runner of tests that is called off, a terminal that is closed."""


class Ended(KeyboardInterrupt):
    """The process was told to end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        """Keep the number."""
        super().__init__()
        self.number = number


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise Ended where the process stands when it is told to end; a signal that is ignored stays so."""
    held = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in held:
        signal.signal(number, _raise)
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, signal.SIG_DFL)


def _raise(number: int, _frame: object) -> NoReturn:
    raise Ended(number)

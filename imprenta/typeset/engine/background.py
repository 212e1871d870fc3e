"""A function -> its result, worked out in a thread of its own while the caller does something else."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class Background(Generic[Value]):
    """Work that goes on; it mostly waits for programs, so a thread is enough."""

    def __init__(self, work: Callable[[], Value]) -> None:
        """Begin."""
        self._work = work
        self._result: list[Value] = []
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def wait(self) -> Value:
        """Return the result, or raise what the work raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._result[0]

    def _run(self) -> None:
        try:
            self._result.append(self._work())
        except BaseException as failure:  # noqa: BLE001 - it is raised where the result is asked for
            self._failure = failure

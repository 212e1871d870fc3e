"""A job of pdfLaTeX that is begun before all of it is known -> its end, as soon as the rest is told.

It reads what is known and waits at one of its files, which is a named pipe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.typeset.engine.engine import FOLDER, RUN_LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.typeset.engine.engine import Engine
    from imprenta.workspace import Finished


class WaitingJob:
    """A program that sets a job and waits for the rest of it. Whoever began it lets it go on, or ends it."""

    def __init__(self, engine: Engine, arguments: Sequence[str], pipe: str, key: str = "") -> None:
        """Begin; `pipe` is the path of the file at which it will wait, `key` a hash of what it was given."""
        self.key = key
        self._engine = engine
        self._arguments = arguments
        command = engine.command(arguments)
        self._program = engine.workspace.begin(command, pipe, folder=FOLDER, environment=engine.environment)

    def go_on(self, rest: str) -> Finished | None:
        """Tell the rest and wait for the end; None if the program is not there any more. Raises Endless."""
        if not self._program.is_there():
            return None
        self._program.feed(rest.encode())
        return self._engine.came_to_an_end(self._program.finish(RUN_LIMITS), self._arguments)

    def end(self) -> None:
        """End it: nobody wants it."""
        self._program.end()

"""A command line -> a run, after which its process may stay: it runs the next commands of the same report at once."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from imprenta.cli.ending import ended_by_signals
from imprenta.cli.kept import Kept
from imprenta.cli.orders import BUG, GOOD, PAPER, main
from imprenta.client import find_served, is_wanted
from imprenta.resident.leaving import leave_behind
from imprenta.resident.memory import give_back_memory, memory_in_use
from imprenta.up_to_date import stamp_engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.pipeline import Session

LARGEST = 320 << 20
"""Bytes of memory with which a process stays, which ten times our own report needs; its engines take 70 MiB more."""


def run(arguments: Sequence[str]) -> int:
    """Run a command as `main` does; after a build, leave a process behind for the next ones, if that is wanted."""
    environment = dict(os.environb)
    kept = Kept()
    with ended_by_signals():
        status = main(arguments, kept)
    stays = status in (GOOD, PAPER) and is_wanted() and find_served(arguments) is not None
    if kept.session is not None and stays and leave_behind():
        try:
            _stay(kept, kept.session, environment)
        finally:
            os._exit(BUG)
    if kept.session is not None:
        kept.session.settle()  # the user has been told already
    return status


def _stay(kept: Kept, session: Session, environment: dict[bytes, bytes]) -> None:
    """Run the commands of a report until there is a reason to end, and end this process."""
    from imprenta.resident.process import Resident  # the command is over: this waits for nobody, and nobody for this

    kept.is_resident = True
    engine = kept.engine

    def is_of_use() -> bool:
        kept.engine = stamp_engine()
        return kept.engine == engine and memory_in_use() < LARGEST

    def serve(arguments: Sequence[str]) -> int:
        return main(arguments, kept)

    gc.disable()
    gc.freeze()  # what is loaded stays, and is not looked at again
    resident = Resident(str(session.workspace.root), environment, serve, is_of_use)
    resident.open()
    session.move_in()
    try:
        if resident.run([session.get_ready, session.settle, session.warm_up, session.load_drawers, give_back_memory]):
            session.close()
    finally:
        session.end()
        os._exit(GOOD)

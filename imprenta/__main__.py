"""The command `imprenta` of an installed package: its words -> the exit status."""

from __future__ import annotations

import os
import sys

from imprenta import client, streams, up_to_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn


def answer(begin: Callable[[], int]) -> NoReturn:
    """End this process with the status of its command.

    If there is nothing to do it says so at once; else the resident process of the report is asked; and if there is
    none, `begin` becomes the command line.
    """
    streams.guard_streams()
    status = _answer(begin)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # nothing is left to do, and taking all that was loaded apart would take a tenth of a build


def _answer(begin: Callable[[], int]) -> int:
    try:
        if up_to_date.tell_up_to_date(sys.argv[1:]):
            return 0
        status = client.ask_resident(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrumpido\n")
        return 130
    return begin() if status is None else status


def main() -> NoReturn:
    """Run the command in the Python environment that Imprenta is installed in."""

    def begin() -> int:
        from imprenta import cli  # what answers at once does without it

        return cli.run(sys.argv[1:])

    answer(begin)


if __name__ == "__main__":
    main()

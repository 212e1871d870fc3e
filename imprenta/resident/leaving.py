"""A process whose command is over -> a copy of it that outlives it, of which nobody waits for anything.

Little is imported here: the command waits for this, and for no more of a resident process.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def leave_behind() -> bool:
    """Make a copy of this process which outlives it; return True in the copy.

    The copy holds nothing that anybody waits for: no terminal, no stream, no file, no folder. Whatever this process
    waits for itself, it must have ended before.
    """
    if not sys.platform.startswith("linux"):
        return False  # how to let go of what is open, and who may ask, is told by Linux alone
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if os.fork() != 0:
            return False
    except OSError:
        return False
    os.setsid()
    let_go_of_streams()
    gc.collect()  # what nobody refers to closes its files now: later, the number would be another file's
    for number in os.listdir("/proc/self/fd"):
        if int(number) > 2:
            with suppress(OSError):  # the one that listed them
                os.close(int(number))
    os.chdir("/")
    return True


def let_go_of_streams() -> None:
    """Have no standard input, output and error stream: whatever is written to them is lost."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    if nothing > 2:
        os.close(nothing)

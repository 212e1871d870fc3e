"""What a process that stays has taken of the machine's memory -> how much it is, and what it need not keep."""

from __future__ import annotations

import gc
import os
from contextlib import suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""The numbers by which the GNU library's mallopt(3) knows what has a place of its own, and how many heaps there are."""
LARGE = 256 << 10
"""Bytes from which a piece of memory has a place of its own, which the system has back at once."""


def give_back_memory() -> None:
    """Let the system have what this process does not use: a build leaves a tenth of its memory in pieces."""
    import ctypes

    gc.collect()
    with suppress(AttributeError, OSError):  # only the GNU library has it
        ctypes.CDLL(None).malloc_trim(0)


def keep_memory_small() -> None:
    """Let the threads that begin from now on take memory of one heap, where no large piece leaves a hole.

    Else each has a heap of its own, and keeps its peak; and the library learns to keep the place of large pieces.
    """
    import ctypes

    with suppress(AttributeError, OSError):  # only the GNU library has it
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 1)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)


def memory_in_use() -> int:
    """Return the bytes of memory that this process has to itself or shares with its copies."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

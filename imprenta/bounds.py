"""The name and the size of a file of the author's -> how much of it is read: all, or nothing."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

MOST, MOST_OF_PICTURE = 8_000_000, 64_000_000
"""Bytes of a file of the author's, and of a picture: the texts of a thousand pages have less, all together."""
PICTURES = (".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".svgz")


def find_bound(name: str) -> int:
    """Return how many bytes a file may have; one that has more is not read."""
    return MOST_OF_PICTURE if name.lower().endswith(PICTURES) else MOST


def read_bounded(file: BinaryIO, size: int, most: int | None) -> bytes:
    """Return what is in a file that had this size when it was opened, also if it grows meanwhile.

    Raises OSError if that is more than `most` bytes.
    """
    if most is None:
        return file.read()
    data = file.read(size + 1) if size <= most else b""
    if len(data) > size:
        data += file.read(most)
    if size > most or len(data) > most:
        raise OSError(errno.EFBIG, "too large")
    return data

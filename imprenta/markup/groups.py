"""TeX, and the brace that opens a group of it -> where the group ends."""

from __future__ import annotations

import re

_SIGN = re.compile(r"\\.|[{}]", re.DOTALL)


def find_closing(tex: str, start: int) -> int:
    """Return where the brace stands that closes the one at `start`, or the end of the TeX if none does."""
    depth = 0
    for sign in _SIGN.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.start()
    return len(tex)

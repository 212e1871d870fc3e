"""Asterisks -> whether they may open or close emphasis.

Stricter than CommonMark: arithmetic («2*3*4»), patterns of a shell («*.py, src/*.c») and notes («0,05*») keep their
asterisks. An underscore is never emphasis: names have it.
"""

from __future__ import annotations

import unicodedata

_OPENING = ("Ps", "Pi")
_CLOSING = ("Pe", "Pf")
_BEFORE_OPENING = "¿¡\"'—–"
_BEFORE_OPENING_WORD = "-,:;…"
_NOT_AFTER_OPENING = ".,;:/!?|=>*_"
_NOT_BEFORE_CLOSING = "/=\\|<-"


def may_open(source: str, start: int, end: int) -> bool:
    """Tell whether the asterisks between two positions may open emphasis."""
    before, after = source[start - 1 : start], source[end : end + 1]
    if not after or after.isspace() or unicodedata.category(after) in _CLOSING:
        return False
    if after in _NOT_AFTER_OPENING and not (after == "." and end - start > 1 and source[end + 1 : end + 2].isalnum()):
        return False
    if not before or before.isspace() or before in _BEFORE_OPENING or unicodedata.category(before) in _OPENING:
        return True
    if before == "/":  # «*uno*/*otro*»
        return source[start - 2 : start - 1] == "*" and after.isalnum()
    return before in _BEFORE_OPENING_WORD and after.isalnum()


def may_close(source: str, start: int, end: int) -> bool:
    """Tell whether the asterisks between two positions may close emphasis."""
    before, after = source[start - 1 : start], source[end : end + 1]
    if not before or before.isspace() or before in _NOT_BEFORE_CLOSING or unicodedata.category(before) in _OPENING:
        return False
    if after in ("_", "=") or (after == "." and source[end + 1 : end + 2].isalnum()):
        return False
    # «**S**anta **C**ruz» shows the letters of an acronym.
    return not after.isalnum() or (end - start > 1 and before.isalnum())

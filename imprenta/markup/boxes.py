"""An item that begins with `[ ]` or `[x]` -> the box that it has for its mark, and its words after it."""

from __future__ import annotations

import re
from typing import Any

from imprenta.markup.escape import escape

_BOX = re.compile(r"\[([ xX])\] +(?=\S)")


def take_box(inline: Any) -> tuple[str, Any]:
    """Return the option of an item's command, and the token of its first paragraph without what told it."""
    children: list[Any] = list(inline.children or ())
    match = _BOX.match(children[0].content) if children and children[0].type == "text" else None
    if match is None:
        return "", inline
    words = children[0].copy(content=children[0].content[match.end() :])
    return f"[{escape('☐' if match[1] == ' ' else '☑')}]", inline.copy(children=[words, *children[1:]])

r"""What LaTeX had to say of a document's parts -> the same, kept by its place, and moved when its place moves.

A part's log notes each \checkpoint that LaTeX passed, so that of every message it is known after which one it came:
when pages are set anew, the messages of all others stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.typeset.engine.locate import PARAGRAPH
from imprenta.typeset.engine.log import MESSAGES, OVERFULL, SHRUNK, is_of_contents

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSED = re.compile(r"^checkpoint (\d+)$")
HEADING = "Los avisos de body.log, contents.log y references.log, donde está lo demás:"
CONTENTS = ("(./informe.toc", ")")
"""What stands in a log around what is said while a list of contents is read."""


@dataclass(frozen=True, slots=True)
class Message:
    r"""Rows of a log that `read_latex_log` reads, and the line of the .tex with the checkpoint passed before (or 0)."""

    after: int
    rows: tuple[str, ...]

    def move(self, lines: int) -> Message:
        """Return the message of a place that stands some lines further on."""
        if self.rows[0] == CONTENTS[0]:  # its lines are those of a list of contents
            return replace(self, after=self.after + lines)

        def moved(found: re.Match[str]) -> str:
            return re.sub(r"\d+", lambda number: str(int(number[0]) + lines), found[0])

        return Message(self.after + lines, (PARAGRAPH.sub(moved, self.rows[0]), *self.rows[1:]))


def read_messages(log: str, after: int = 0) -> list[Message]:
    r"""Return what LaTeX said: in the log of a part that begins with the checkpoint on line `after`, or a kept one."""
    messages: list[Message] = []
    lines = log.split("\n")
    for index, line in enumerate(lines):
        if passed := PASSED.match(line):
            after = int(passed[1])
        elif any(pattern.search(line) for pattern in MESSAGES):
            if SHRUNK.match(line) and is_of_contents(lines, index):
                continue  # it is told where the formula stands
            rows = lines[index : index + 2] if OVERFULL.match(line) else [line]
            if OVERFULL.match(line) and is_of_contents(lines, index):
                rows = [CONTENTS[0], *rows, CONTENTS[1]]
            messages.append(Message(after, tuple(rows)))
    return messages


def write_messages(messages: Sequence[Message]) -> str:
    """Return a log that `read_latex_log` reads as it would the logs of the parts, however these were set."""
    rows = [row for message in messages for row in (f"checkpoint {message.after}", *message.rows)]
    return "\n".join([HEADING, *rows, ""])

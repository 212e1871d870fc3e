"""Code: what the author is told about one kind of problem, besides the message of each case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    `title` is a Spanish clause without full stop; `explanation` says in sentences why it matters and how to mend it.
    `bad` and `good` are the smallest example of it and the same mended, in `language` (of a Markdown code block).
    `severity` is the usual one; a message may weigh otherwise.
    """

    title: str
    explanation: str
    bad: str
    good: str
    severity: Severity = Severity.ERROR
    language: str = "yaml"


@dataclass(frozen=True, slots=True)
class Family:
    """The codes that one part of the author's files can have, in the order of the guide."""

    title: str
    codes: Mapping[str, Code]

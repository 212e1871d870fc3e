"""A document -> where its parts are: the body, and the list of references after it."""

from __future__ import annotations

from dataclasses import dataclass

from imprenta.model.document import PRINT, Document
from imprenta.model.facts import Citation, Continued, Defines, ReadsMore


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the parts are in the rows of the .tex: lines from 1, the body from `first`, the list from `middle`."""

    document: Document
    first: int
    middle: int
    reads_more: bool
    """Whether something may read more of what a run wrote than labels and contents: then all of it must be right."""
    continued: bool = False
    """Whether the list follows the body on its page: then they are one part."""

    @property
    def rows(self) -> list[str]:
        """Return the rows of the .tex."""
        return self.document.rows

    @property
    def body(self) -> list[str]:
        """Return the rows up to the end of the body, and of what is one part with it."""
        return [*self.rows[: self.document.ended - 1], r"\clearpage"] if self.continued else self.rows[: self.middle]

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the keys that are cited; without any there is no list, and no need of biber."""
        return self.document.cited

    @classmethod
    def of(cls, document: Document) -> Plan | None:
        """Find the parts; None if the document has another form than that of the engine's templates."""
        cites = bool(document.cited)
        lists = document.source.count(PRINT, len(document.preamble))
        if document.has(Citation, Defines) or (lists, document.printed > 0) != (cites, cites):
            return None
        begin, *checkpoints = document.starts[1:] or [0]
        middle = max((number for number in checkpoints if number < document.closed), default=0)
        if not checkpoints or middle <= checkpoints[0] or document.ended < document.closed:
            return None
        if checkpoints[0] != begin + 3:
            return None
        reads_more = any(piece.has(ReadsMore) for piece in document.pieces)
        return cls(document, checkpoints[0], middle, reads_more, document.has(Continued))

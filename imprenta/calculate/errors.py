"""FormulaError: why a formula gives no number, with the stretch of the formula that is to blame."""

from __future__ import annotations


class FormulaError(Exception):
    """A formula that cannot be read or worked out: `start` and `end` are offsets in its source.

    `message`, `hint` and `code` are those of the problem that it becomes. `follows` tells that the cause is a
    quantity which already has a problem of its own, so that whoever reports one mistake once may pass over this.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        *,
        hint: str = "",
        code: str = "formula-mal-escrita",
        follows: bool = False,
        lacks: str = "",
    ) -> None:
        """Keep the Spanish clause, the stretch, the hint, the code and the file of data that is missed."""
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint
        self.code = code
        self.follows = follows
        self.lacks = lacks

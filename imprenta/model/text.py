"""Text: an author's string that knows where each of its characters was written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from imprenta.problems import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


@dataclass(frozen=True, slots=True)
class Text:
    """A string of the author's with its place.

    `pieces` maps offsets of `value` to the file: each (offset, line, column) opens a run of characters that
    stand side by side on one line, in rising order of offset; the first has offset 0. `quoted` tells that the
    YAML scalar was written between quotation marks, as a block, or otherwise than plain.
    """

    value: str
    path: str
    pieces: tuple[tuple[int, int, int], ...] = ((0, 1, 1),)
    quoted: bool = False

    def __str__(self) -> str:
        """Return the string itself."""
        return self.value

    def __reduce__(self) -> tuple[type[Text], tuple[Any, ...]]:
        """Be read back in one call, as there are thousands."""
        return Text, (self.value, self.path, self.pieces, self.quoted)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place in the file of `value[start:end]`; the whole string without arguments.

        Offsets outside the string are brought to its ends, so every span lies inside the file.
        """
        size = len(self.value)
        last = size if end is None else max(0, min(end, size))
        first = max(0, min(start, size))
        line, column = self._position(first)
        if last <= first:
            return Span(self.path, line, column)
        end_line, end_column = self._position(last - 1)
        return Span(self.path, line, column, end_line, end_column + 1)

    def keep(self, stretches: Iterable[tuple[int, int]]) -> Text:
        """Return the text made of some stretches (start, end) of this one, each character still with its place."""
        value, pieces = "", []
        for start, end in stretches:
            if start >= end:
                continue
            pieces.append((len(value), *self._position(start)))
            inner = [piece for piece in self.pieces if start < piece[0] < end]
            pieces += [(len(value) + offset - start, line, column) for offset, line, column in inner]
            value += self.value[start:end]
        return Text(value, self.path, tuple(pieces) or self.pieces[:1], self.quoted)

    def _position(self, offset: int) -> tuple[int, int]:
        index = max(0, bisect_right(self.pieces, (offset, 1 << 40, 0)) - 1)
        begin, line, column = self.pieces[index]
        return line, column + offset - begin

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Take a Text as it is and refuse anything else."""

        def accept(value: Any) -> Text:
            if isinstance(value, Text):
                return value
            raise PydanticCustomError("text_expected", "a text was expected")

        return core_schema.no_info_plain_validator_function(accept)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe a text to an editor: any scalar, since the schema and not its look decides its type."""
        return {"type": ["string", "number", "boolean"]}

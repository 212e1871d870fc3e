"""A file's text -> the place of each of its characters: line and column from 1."""

from __future__ import annotations

from bisect import bisect_right

from imprenta.problems import Span


class Lines:
    """A file's text with the starts of its lines."""

    def __init__(self, text: str, path: str) -> None:
        """Find where the lines start."""
        self.text = text
        self.path = path
        self.starts = [0]
        index = text.find("\n")
        while index >= 0:
            self.starts.append(index + 1)
            index = text.find("\n", index + 1)

    def position(self, index: int) -> tuple[int, int]:
        """Turn an index of the text into line and column from 1."""
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def locate(self, start: int, end: int | None = None) -> Span:
        """Return the span of `text[start:end]`, cut at the end of its first line."""
        start = max(0, min(start, len(self.text)))
        line, column = self.position(start)
        stop = start + 1 if end is None else max(end, start + 1)
        line_end = self.text.find("\n", start)
        stop = min(stop, len(self.text) if line_end < 0 else line_end)
        return Span(self.path, line, column, line, max(column + stop - start, column + 1))

    def rest_of_line(self, index: int) -> str:
        """Return what stands from a place on to the end of its line."""
        end = self.text.find("\n", index)
        return self.text[index:] if end < 0 else self.text[index:end]

    def line_of(self, index: int) -> str:
        """Return the whole line that a place stands on."""
        return self.rest_of_line(self.starts[self.position(index)[0] - 1])

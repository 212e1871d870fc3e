"""Text of a .bib file -> its blocks, and a text of the same length in which a simple parser cannot go astray.

The rules are those of biber's parser (btparse), which differ from bibtexparser's: `%` opens a comment, a brace
after a backslash counts, an `@` inside a value is an ordinary character, types may have hyphens. Tried on biber 2.18.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

_OUTSIDE = re.compile(r"[@%]")
_HEAD = re.compile(r"@\s*([^\s@{}()\"#%,=\\]*)\s*([{(])?")
_INSIDE = re.compile(r"[{}()\"%@\\]")
_QUOTED = re.compile(r"[{}\"]")
_BARE_QUOTED = re.compile(r"(?<!\\)[{}\"]")
_FIELD_INSIDE = re.compile(r",\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]|\n[ \t]*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
_AFTER_VALUE = re.compile(r"\s*(?:[#})]|,\s*(?:[A-Za-z][\w-]*\s*=|[})]))")
_ROUND = re.compile(r"[()]")
_NOT_A_NEWLINE = re.compile(r"[^\n]")
# A block that opens at the start of a line: where reading goes on after a block that never closes.
_NEXT_BLOCK = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
_SPECIAL = ("comment", "string", "preamble")


@dataclass(slots=True)
class Block:
    """`@type{…}` in the text: offsets of its `@`, of the first character inside, and of what follows it.

    `trouble` is empty, or why the block does not end: "value" (an open brace), "quotes", "body".
    `values` holds the start and end of the contents of each value between braces or quotes.
    """

    type: str
    start: int
    inside: int
    end: int = 0
    trouble: str = ""
    trouble_at: int = 0
    values: list[tuple[int, int]] = field(default_factory=list)

    @property
    def close(self) -> int:
        """Offset of the end of what stands inside."""
        return self.end if self.trouble else self.end - 1


@dataclass(slots=True)
class Outline:
    """The blocks of a file; offsets of the stretches of text outside of them, of `@` that open nothing, of `%`.

    `syntax` is as long as the text: comments and text outside of blocks are blanks there, the contents of values
    are `x`; what is left are keys, names, `=`, `#`, commas and the delimiters of values. `masked` is the same with
    the broken blocks blank too.
    """

    blocks: list[Block] = field(default_factory=list)
    stray: list[tuple[int, int]] = field(default_factory=list)
    lone: list[int] = field(default_factory=list)
    commented: list[int] = field(default_factory=list)
    syntax: str = ""
    masked: str = ""


def outline_bibliography(text: str) -> Outline:
    """Find the blocks of a .bib text and mask what is not syntax."""
    outline = Outline()
    pieces: list[str] = []
    sound: list[str] = []

    def blanks(start: int, end: int) -> None:
        pieces.append(_blank(text[start:end]))
        sound.append(pieces[-1])

    ends = _Ends(text)
    position = 0
    while position < len(text):
        found = _OUTSIDE.search(text, position)
        begin = found.start() if found else len(text)
        if begin > position:
            _add_stray(outline, position, begin)
            blanks(position, begin)
        if found is None:
            break
        if text[begin] == "%":
            position = _skip_percent(text, begin, outline)
            blanks(begin, position)
            continue
        head = _HEAD.match(text, begin)
        if head is None or not head[1] or not head[2]:
            outline.lone.append(begin)
            position = begin + 1
            blanks(begin, position)
            continue
        block = Block(head[1].lower(), begin, head.end())
        syntax = _read_block(text, block, head[2], ends)
        pieces.append(syntax)
        sound.append(_blank(syntax) if block.trouble else syntax)
        outline.blocks.append(block)
        position = block.end
    outline.masked, outline.syntax = "".join(sound), "".join(pieces)
    return outline


def _add_stray(outline: Outline, start: int, end: int) -> None:
    if outline.stray and outline.stray[-1][1] == start:
        start = outline.stray.pop()[0]
    outline.stray.append((start, end))


def _skip_percent(text: str, begin: int, outline: Outline) -> int:
    """Return where reading goes on after a `%`: it comments the line unless it stands in the middle of a word."""
    if begin and not text[begin - 1].isspace() and not (outline.blocks and outline.blocks[-1].end == begin):
        _add_stray(outline, begin, begin + 1)
        return begin + 1
    outline.commented.append(begin)
    return _line_end(text, begin)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _blank(text: str) -> str:
    return _NOT_A_NEWLINE.sub(" ", text)


NOWHERE = (-1, -1)


class _Levels:
    """Where the group ends that a place of the text stands in: worked out for all places at once, from the end."""

    def __init__(self, text: str, marks: re.Pattern[str], opener: str = "{", closer: str = "}") -> None:
        """Find the marks: what opens a group, what closes one, and quotes, which also end values."""
        self._starts = [mark.start() for mark in marks.finditer(text)]
        self._ends: list[tuple[int, int]] = []
        outer: list[tuple[int, int]] = []
        now = NOWHERE
        for start in reversed(self._starts):
            mark = text[start]
            if mark == closer:
                outer.append(now)
                now = (start + 1, -1)
            elif mark == opener:  # one without a partner keeps all before it from ending
                now = outer.pop() if outer else NOWHERE
            else:
                now = (now[0], start + 1)
            self._ends.append(now)

    def find_close(self, position: int) -> int:
        """Return the offset after what closes the group that is open at a place; -1 if it does not close."""
        return self._find(position)[0]

    def find_quote(self, position: int) -> int:
        """Return the offset after the next quote of the same group; -1 if there is none."""
        return self._find(position)[1]

    def _find(self, position: int) -> tuple[int, int]:
        index = bisect_left(self._starts, position)
        return self._ends[-1 - index] if index < len(self._starts) else NOWHERE


class _Ends:
    """Where values and comments of a text end, by what counts; each of these is worked out when it is first asked for.

    Whatever is asked takes the same time, so that many values that never close are read as fast as others.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._field = -1, (-1, -1)  # whence the next field was looked for, and where it is

    @cached_property
    def all(self) -> _Levels:
        """Return the levels if every brace and quote counts."""
        return _Levels(self.text, _QUOTED)

    @cached_property
    def bare(self) -> _Levels:
        """Return the levels if those after a backslash do not count."""
        return _Levels(self.text, _BARE_QUOTED)

    @cached_property
    def round(self) -> _Levels:
        """Return the levels of parentheses."""
        return _Levels(self.text, _ROUND, "(", ")")

    def has_field(self, begin: int, end: int) -> bool:
        """Tell whether a field seems to begin in a stretch of the text: what was searched is not searched again."""
        searched, (start, stop) = self._field
        if not searched <= begin <= start:
            found = _FIELD_INSIDE.search(self.text, begin)
            start, stop = found.span() if found else (len(self.text), len(self.text) + 1)
            self._field = begin, (start, stop)
        return stop <= end


def _read_block(text: str, block: Block, opener: str, ends: _Ends) -> str:
    """Find the end of a block and return its syntax: the text with its values and comments masked."""
    if block.type == "comment":
        _close_comment(text, block, opener, ends)
        return _blank(text[block.start : block.end])
    word = block.type if block.type in _SPECIAL else ""
    syntax = ["@" + word + "e" * (block.inside - block.start - 2 - len(word)) + opener]
    position = block.inside
    closing = "}" if opener == "{" else ")"
    while not block.end:
        found = _INSIDE.search(text, position)
        begin = found.start() if found else len(text)
        mark = found[0] if found else ""
        syntax.append(text[position:begin])
        if mark in {closing, "}"}:
            block.end = begin + 1
            syntax.append(closing)
        elif mark in {"{", '"'}:
            position = _value_end(begin, ends)
            if position < 0:
                _break(text, block, "value" if mark == "{" else "quotes", begin)
            else:
                block.values.append((begin + 1, position - 1))
                syntax += (mark, _NOT_A_NEWLINE.sub("x", text[begin + 1 : position - 1]), text[position - 1])
        elif mark == "%":
            position = _line_end(text, begin)
            syntax.append(_blank(text[begin:position]))
        elif mark in {"@", ""}:
            _break(text, block, "body", begin)
        else:
            syntax.append("x")
            position = begin + 1
    known = "".join(syntax)[: block.end - block.start]
    return known + _blank(text[block.start + len(known) : block.end])


def _close_comment(text: str, block: Block, opener: str, ends: _Ends) -> None:
    """Find the end of a `@comment`: its own delimiters are counted, nothing else is read."""
    block.end = (ends.all if opener == "{" else ends.round).find_close(block.inside)
    if block.end < 0:
        _break(text, block, "body", block.start)


def _value_end(begin: int, ends: _Ends) -> int:
    """Return the offset after the value that opens at `begin`, or -1 if it does not close.

    A brace after a backslash counts, as for BibTeX, unless the value would then swallow the fields after it: programs
    that export the text of an abstract write each brace in it so, whether it has a partner or not.
    """
    text = ends.text
    find = _Levels.find_close if text[begin] == "{" else _Levels.find_quote
    end = find(ends.all, begin + 1)
    if end >= 0 and text.find("\\", begin, end) < 0:
        return end
    if end >= 0 and _AFTER_VALUE.match(text, end) and not ends.has_field(begin, end):
        return end
    other = find(ends.bare, begin + 1)
    return other if other >= 0 and _AFTER_VALUE.match(text, other) else end


def _break(text: str, block: Block, trouble: str, trouble_at: int) -> None:
    """End a block that never closes where the next one seems to begin."""
    following = _NEXT_BLOCK.search(text, block.inside)
    block.end = following.start() if following else len(text)
    block.trouble, block.trouble_at = trouble, min(trouble_at, block.end)

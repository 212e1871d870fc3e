"""Text -> LaTeX: blocks for the body of the report, one line for titles and cells, and bare words."""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING, Any

from imprenta.markup.boxes import take_box
from imprenta.markup.code import bind_lines, write_fence, write_fence_rows
from imprenta.markup.escape import escape, escape_code
from imprenta.markup.first_uses import explain_words, write_explained
from imprenta.markup.formula_tex import write_chemical, write_in_line, write_mathematics
from imprenta.markup.marks import mark_words
from imprenta.markup.mentions import write_referring
from imprenta.markup.passages import MARKS
from imprenta.markup.phrases import (
    Words,
    find_closing_citation,
    guard,
    is_admitted_address,
    write_address,
    write_citation,
    write_citations,
    write_mention,
    write_picture,
    write_plain_paragraph,
)
from imprenta.markup.read import is_line, read_as
from imprenta.markup.scope import call_note, is_placed, state_in
from imprenta.markup.unfold import unfold
from imprenta.markup.units import write_marked
from imprenta.model.facts import Footnote, Formula, Kind
from imprenta.model.source_map import hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.markup.parsed import Parsed
    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text


_CLOSERS = {"citation": "]", "sources": "}", "expression": "}", "code_inline": "`", "math_inline": "$"}
_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")


def write_block(text: Text, scope: Scope, *, between: str = "\n\n") -> str:
    """Turn a text into LaTeX paragraphs, lists, quotes, formulas and code, with `between` where one ends."""
    typed, text = text, _as_placed(text, scope)
    parsed = explain_words(typed, read_as(text, inline=False), scope)
    if parsed.plain is not None:
        return mark_words(text, guard(write_plain_paragraph(parsed.plain)), scope)
    return _Writer(parsed, scope, block=True, between=between).write(parsed.tokens)


def write_inline(text: Text, scope: Scope) -> str:
    """Turn a text into LaTeX for a title, a caption, a label or a cell: no paragraph break in it."""
    inline = is_line(text)
    text = _as_placed(text, scope, inline=inline)
    parsed = read_as(text, inline=inline)
    if parsed.plain is not None:
        return mark_words(text, guard(escape(parsed.plain)), scope)
    return hold(guard(_Writer(parsed, scope, block=False).write(parsed.tokens)))


def write_parsed(parsed: Parsed, scope: Scope) -> str:
    """Turn a text that was read into LaTeX for a line, without the marks of its places."""
    if parsed.plain is not None:
        return escape(parsed.plain)
    writer = _Writer(parsed, scope, block=False)
    writer.placed = None
    return writer.write(parsed.tokens)


def _as_placed(text: Text, scope: Scope, *, inline: bool = False) -> Text:
    return unfold(text, inline=inline) if len(text.pieces) > 1 and is_placed(scope) else text


class _Writer:
    """Writes the tokens of one text."""

    def __init__(self, parsed: Parsed, scope: Scope, *, block: bool, between: str = "\n\n") -> None:
        self.parsed = parsed
        self.scope = scope
        self.block = block
        self.between = between
        self.placed = scope if is_placed(scope) else None
        self.inside_note = False
        self.numbered_lists = 0
        self.calls: dict[str, int] = {}

    def mark(self, offset: int) -> str:
        """Return the mark of a character of the text, or nothing if nobody asks for places."""
        return self.placed.mark(self.parsed.text.span(offset)) if self.placed is not None else ""

    def mark_line(self, number: int) -> str:
        """Return the mark of a line of the text, counted from 0."""
        if self.placed is None:
            return ""
        lines = self.parsed.text.value.split("\n")
        return self.mark(sum(len(line) + 1 for line in lines[:number]))

    def state(self, kind: str, tex: str) -> str:
        """Return TeX with the mark of what it is for its reader, if somebody asks for that."""
        return state_in(self.scope, Kind(kind), tex) if self.block else tex

    def write(self, tokens: Sequence[Any]) -> str:
        return self.write_blocks(iter(tokens), "")

    def write_blocks(self, tokens: Iterator[Any], closing: str) -> str:
        """Write blocks up to the token that closes them; the text of the blocks, with what parts them."""
        joined, previous = "", ""
        for token in tokens:
            if token.type == closing:
                break
            kind, tex = self.write_one(token, tokens)
            if not kind:
                continue
            if joined:
                parting = self.separator(previous, kind)
                joined += self.between if parting == "\n\n" and not closing else parting
            joined += tex
            previous = kind
        return joined

    def separator(self, previous: str, kind: str) -> str:
        if self.block:
            # A formula belongs to the paragraph before it; a blank line would part them on the page.
            return "\n" if kind in ("formula", "list") and previous == "paragraph" else "\n\n"
        return r"\newline{}" if {previous, kind} <= {"paragraph", "code"} else "\n"

    def write_one(self, token: Any, tokens: Iterator[Any]) -> tuple[str, str]:
        """Return the kind and the LaTeX of the block that a token opens; no kind for a token without blocks."""
        if token.type == "inline":
            words = guard(self.write_words(token.children or ()))
            return "paragraph", self.mark(token.meta["start"]) + words if words else words
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return "list", self.write_list(token, tokens)
        if token.type == "blockquote_open":
            inside = self.write_blocks(tokens, "blockquote_close")
            return "quote", f"\\begin{{quote}}\n{inside}\n\\end{{quote}}" if self.block else inside
        if token.type == "fence" and not self.block:
            # A space at the beginning of a line is lost unless something stands before it.
            return "code", r"\newline{}".join(rf"\texttt{{\mbox{{}}{line}}}" for line in write_fence(token))
        if token.type == "fence":
            rows = enumerate(write_fence_rows(token, self.scope), token.map[0] + 1)
            lines = bind_lines([self.state("code", self.mark_line(number) + row) for number, row in rows])
            return "code", "\n".join((r"\begin{bloquecodigo}", *lines, r"\end{bloquecodigo}"))
        if token.type == "math_block":
            return "formula", self.state(
                "formula", self.mark_line(token.map[0]) + self.write_formula(token, display=True)
            )
        if token.type == "hr":
            return "rule", r"\noindent\hrulefill" if self.block else escape(token.markup)
        return "", ""

    def write_list(self, opening: Any, tokens: Iterator[Any]) -> str:
        numbered = opening.type == "ordered_list_open"
        name = "enumerate" if numbered else "itemize"
        closing = opening.type.replace("_open", "_close")
        self.numbered_lists += numbered
        lines: list[str] = []
        is_tight = False
        for token in tokens:
            if token.type == closing:
                break
            if token.type == "list_item_open":
                first = next(tokens)
                is_tight = is_tight or first.hidden
                lines.append(self.write_item(first, tokens))
        head = rf"\begin{{{name}}}"
        if numbered and (start := int(opening.attrs.get("start", 1))) != 1:
            counter = _COUNTERS[min(self.numbered_lists, len(_COUNTERS)) - 1]
            head += rf"\setcounter{{{counter}}}{{{start - 1}}}"
        if numbered and opening.markup == ")" and self.numbered_lists == 1:
            head += r"\renewcommand*{\labelenumi}{\theenumi)}"
        self.numbered_lists -= numbered
        if is_tight:
            head += r"\listaapretada"
        return "\n".join((head, *lines, rf"\end{{{name}}}"))

    def write_item(self, first: Any, tokens: Iterator[Any]) -> str:
        if first.type == "list_item_close":
            return self.state("item", r"\item\leavevmode")
        box = ""
        if first.type == "paragraph_open":
            inline = next(tokens)
            box, inline = take_box(inline)
            tokens = chain((inline,), tokens)
        inside = self.write_blocks(chain((first,), tokens), "list_item_close")
        # A formula or code at once after the mark needs a line to stand on.
        tex = rf"\item{box} {inside}" if first.type == "paragraph_open" else f"\\item\\leavevmode\n{inside}"
        return self.state("item", tex)

    def write_words(self, tokens: Sequence[Any]) -> str:
        words = Words()
        link_is_open: list[bool] = []
        ending = find_closing_citation(tokens) if self.block else -1
        for number, token in enumerate(tokens):
            if token.type in ("text", "text_special"):
                words.add(token.content)
            elif token.type == "explained":
                words.put(write_explained(token, lambda meaning: write_inline(meaning, self.scope)))
            elif token.type == "softbreak":
                self.write_line_end(token, words)
            elif token.type == "hardbreak":
                words.break_line(r"\\{}" if self.block else r"\newline{}")
                words.put(self.mark(self.next_line(token)))
            elif token.type in MARKS:
                words.put(MARKS[token.type])
            elif token.type in ("code_inline", "address"):
                code = escape_code(token.content)
                words.put(rf"\texttt{{{code}}}" if token.type == "code_inline" else code)
            elif token.type == "picture":
                words.put(write_picture(token.meta["value"], self.scope))
            elif token.type == "expression":
                words.add(self.scope.number(token.meta["value"]))
            elif token.type in ("reference", "references"):
                words.put(write_referring(token, self.scope))
            elif token.type in ("citation", "sources"):
                self.write_citation(token, words, ends=number == ending)
            elif token.type in ("math_inline", "math_inline_double"):
                words.put(self.write_formula(token, display=token.type == "math_inline_double"))
            elif token.type == "footnote_ref":
                words.put(self.write_note(token.meta["label"]))
            elif token.type == "quantity":
                words.put(write_marked(token, self.scope))
            elif token.type == "chemistry":
                words.put(write_chemical(token))
            elif token.type == "link_open":
                link_is_open.append(is_admitted_address(address := str(token.attrs["href"])))
                if link_is_open[-1]:
                    words.put(rf"\href{{{write_address(address)}}}{{")
                if tokens[number + 1].type == "link_close":
                    words.put(escape_code(address))
            elif token.type == "link_close" and link_is_open.pop():
                words.put("}")
            if token.type in _CLOSERS:
                words.put(self.mark_after(token))
        if self.block:
            words.tie_short_end()
        return words.tex()

    def mark_after(self, token: Any) -> str:
        """Return the mark of what follows a construct that began on a line before it, else nothing."""
        value, start = self.parsed.text.value, token.meta.get("at", 0)
        end = value.find(_CLOSERS[token.type], start + 1)
        return self.mark(end) if "\n" in value[start : max(start, end)] else ""

    def next_line(self, token: Any) -> int:
        """Return where the words of the line after a break begin."""
        value = self.parsed.text.value
        start = value.find("\n", token.meta["at"]) + 1
        return start + len(value[start:]) - len(value[start:].lstrip(" \t>"))

    def write_line_end(self, token: Any, words: Words) -> None:
        """Write the end of an author's line as the end of a line of TeX's, which then tells where it was."""
        if self.placed is None:
            words.add(" ")
        else:
            words.end_line(self.mark(self.next_line(token)))

    def write_citation(self, token: Any, words: Words, *, ends: bool) -> None:
        if token.type == "sources":
            words.put_after_space(write_citations(self.scope.sources(token.meta["value"].names), self.scope, ends=ends))
        elif not token.meta.get("value"):
            words.add(token.meta["typed"])
        elif token.meta.get("bare"):
            words.put(write_mention(token.meta["value"][0], self.scope))
        else:
            words.put_after_space(write_citation(token.meta["value"], self.scope, ends=ends))

    def write_formula(self, token: Any, *, display: bool) -> str:
        tex = write_mathematics(token, self.scope, display=display)
        if not tex:
            return escape(token.content)
        stated = state_in(self.scope, Formula(), tex) if self.block or self.placed is not None else tex
        if display and self.block:
            return f"\\[ {stated} \\]"
        length = len(stated if self.block else tex)
        return write_in_line(stated, r"\displaystyle " if display else "", length)

    def write_note(self, label: str) -> str:
        """Write a footnote where it is called first, and a reference to it where it is called again."""
        if not self.block:
            return call_note(label, self.scope)
        content = self.parsed.notes.get(label)
        if not content or self.inside_note:
            return ""
        place = self.parsed.text.span()
        name = f"nota:{zlib.crc32(f'{place.path}:{place.line}:{place.column}:{label}'.encode()):08x}"
        self.calls[label] = self.calls.get(label, 0) + 1
        if self.calls[label] > 1:
            return rf"\textsuperscript{{\ref{{{name}}}}}"
        self.inside_note = True
        inside = self.write(content)
        self.inside_note = False
        inside = hold(inside)
        if self.is_called_again(label):
            return state_in(self.scope, Footnote(name), rf"\footnote{{\label{{{name}}}{inside}}}")
        return state_in(self.scope, Footnote(), rf"\footnote{{{inside}}}")

    def is_called_again(self, label: str) -> bool:
        children = (child for block in self.parsed.tokens for child in block.children or ())
        calls = [child for child in children if child.type == "footnote_ref" and child.meta["label"] == label]
        return len(calls) > 1

"""The grammar of the author's text: CommonMark without HTML, images and tables, plus notes and our marks.

Each token of a construct of ours carries `meta["value"]` (a value of `parsed`); each inline token that is not
plain text carries `meta["at"]`, the offset of its construct in the author's text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from imprenta.markup.comments import read_comment_block
from imprenta.markup.displayed import formula_pieces, line_start, read_brackets
from imprenta.markup.formulas import fill_formula
from imprenta.markup.inline import RULES, part_uneven
from imprenta.markup.placed import PlacedBlockState, PlacedInlineState

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

    from imprenta.markup.placed import Token
    from imprenta.model.text import Text
    from imprenta.problems import Problem

# Deeper than any text that TeX can set; `read` reports what is deeper than TeX allows.
_MAXIMUM_NESTING = 60


def parse(text: Text, *, inline: bool = False) -> tuple[list[Token], list[Problem]]:
    """Return the tokens of a text and the problems of its grammar; offsets of `text.value` are kept.

    An `inline` text is one paragraph, whatever its line begins with.
    """
    source = text.value.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    environment: dict[str, Any] = {"text": text, "problems": []}
    tokens = _parser().parseInline(source, environment) if inline else _parser().parse(source, environment)
    return tokens, environment["problems"]


def read_whole_formula(text: Text) -> tuple[Token, list[Problem]]:
    """Return the token of a text that is a displayed formula as a whole, and the problems of its numbers."""
    environment: dict[str, Any] = {"text": text, "problems": []}
    value = text.value
    inlines = PlacedInlineState(value, _parser(), environment, [])
    token = inlines.push("math_block", "math", 0)
    first = len(value) - len(value.lstrip()) if value.strip() else 0
    fill_formula(token, inlines, first, max(first, len(value.rstrip())))
    token.map = [0, value.count("\n") + 1]
    return token, environment["problems"]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAXIMUM_NESTING})
    footnote_plugin(parser, inline=False, move_to_end=False)
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    # «reference» would swallow lines such as «[nota]: …»; indented code would turn a stray blank into code;
    # entities and HTML are printed as typed.
    parser.disable(["normalize", "text_join", "fragments_join", "reference", "code", "image", "entity"])
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # `read` says what is wrong with it
    for name, (place, neighbour, rule) in RULES.items():
        ruler = parser.inline.ruler
        if place == "at":
            ruler.at(neighbour, rule)
        else:
            ruler.before(neighbour, name, rule)
    parser.block.ruler.before(
        "math_block", "math_brackets", read_brackets, {"alt": ["paragraph", "blockquote", "list"]}
    )
    parser.block.ruler.before(
        "fence", "comment", read_comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler2.before("emphasis", "part_uneven", part_uneven)
    parser.core.ruler.at("block", _read_blocks)
    parser.core.ruler.at("inline", _read_inlines)
    return parser


def _read_blocks(state: StateCore) -> None:
    if state.inlineMode:
        _read_line(state)
        return
    if not state.src:
        return
    blocks = PlacedBlockState(state.src, state.md, state.env, state.tokens)
    state.md.block.tokenize(blocks, blocks.line, blocks.lineMax)


def _read_line(state: StateCore) -> None:
    """Make one paragraph of the whole text."""
    content = state.src.strip()
    if not content:
        return
    paragraph = PlacedBlockState("", state.md, state.env, state.tokens)
    paragraph.cut = (content, [(0, state.src.index(content))])
    paragraph.push("paragraph_open", "p", 1)
    inline = paragraph.push("inline", "", 0)
    inline.content = content
    inline.map = [0, 1]
    inline.children = []
    paragraph.push("paragraph_close", "p", -1)


def _read_inlines(state: StateCore) -> None:
    previous = None
    for token in state.tokens:
        if token.type == "inline":
            value, pieces = token.meta.pop("cut")
            if previous is not None and previous.markup.startswith("#"):
                start = line_start(state.src, (token.map or [0])[0])
                value, pieces = token.content, [(0, max(start, state.src.find(token.content, start)))]
            lead = max(0, value.find(token.content))
            inlines = PlacedInlineState(token.content, state.md, state.env, [])
            inlines.pieces = tuple((offset - lead, source) for offset, source in pieces)
            token.meta["start"] = inlines.where(0)
            token.meta["end"] = inlines.where(max(0, len(token.content) - 1)) + 1
            state.md.inline.tokenize(inlines)
            for rule in state.md.inline.ruler2.getRules(""):
                rule(inlines)
            token.children = inlines.tokens
        elif token.type == "math_block":
            inlines = PlacedInlineState(token.content, state.md, state.env, [])
            inlines.pieces = formula_pieces(state.src, token)
            fill_formula(token, inlines, 0, len(token.content))
        previous = token

r"""Text -> the form of it that LaTeX carries elsewhere: contents, lists, running heads, the outline.

There a link would stand inside the link of the entry, a citation would be counted before its place, a line cannot be
broken, and a fragile command stops LaTeX. So none of them is written: of a link remains its text, of a citation in the
thread of the sentence its author's name, of other citations and of footnotes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import bookmark, escape
from imprenta.markup.marks import mark_words
from imprenta.markup.phrases import guard
from imprenta.markup.plain import plain_of
from imprenta.markup.read import read_line
from imprenta.markup.scope import name_source
from imprenta.markup.sentences import cut_first_sentence, first_sentence
from imprenta.markup.write import write_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.markup.parsed import Parsed
    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text


def write_short(text: Text, scope: Scope, *, sentence: bool = False) -> str:
    r"""Turn a text into LaTeX for contents, lists and running heads; `sentence` leaves all but the first one out.

    What the outline says goes with it, by \texorpdfstring, wherever it is not the letters themselves.
    """
    parsed = _shorten(read_line(text), scope, sentence=sentence)
    words = plain_of(parsed, scope)
    tex = guard(write_parsed(parsed, scope))
    if not words:  # a title of citations alone
        words = ", ".join(name for cited in parsed.citations if (name := name_source(cited.key, scope)))
        words = words or text.value.strip()
        tex = escape(words)
    return mark_words(text, carry(tex, words), scope)


def carry(tex: str, words: str) -> str:
    r"""Return LaTeX with what it says in plain characters, for where there is no LaTeX: outline and metadata."""
    return tex if tex == words else rf"\texorpdfstring{{{tex}}}{{{bookmark(words)}}}"


def write_sentence(text: Text, scope: Scope) -> str:
    """Return the first sentence of a text, for a list of figures or tables."""
    return write_short(text, scope, sentence=True)


def _shorten(parsed: Parsed, scope: Scope, *, sentence: bool) -> Parsed:
    """Return a text as it may be carried elsewhere."""
    if parsed.plain is not None:
        return replace(parsed, plain=first_sentence(parsed.plain)) if sentence else parsed
    tokens = []
    for token in parsed.tokens:
        children = list(_movable(token.children or (), scope))
        if token.type == "inline" and sentence:
            children = cut_first_sentence(children)
        tokens.append(token.copy(children=children) if token.children else token)
    return replace(parsed, tokens=tuple(tokens))


def _movable(tokens: Sequence[Any], scope: Scope) -> Iterator[Any]:
    """Yield the tokens of a line, with words for what cannot be carried."""
    waiting = None  # a text, the blank at whose end falls with what is left out after it
    for number, token in enumerate(tokens):
        left_out = token.type in ("sources", "footnote_ref")
        if token.type == "citation" and token.meta.get("value"):
            name = name_source(token.meta["value"][0].key, scope) if token.meta.get("bare") else ""
            left_out = not name
            token = token.copy(type="text", content=name)
        elif token.type in ("softbreak", "hardbreak"):
            token = token.copy(type="text", content=" ")
        elif token.type in ("reference", "references"):
            token = token.copy(meta={**token.meta, "linked": False})
        elif token.type == "link_open":
            if tokens[number + 1].type == "link_close":
                yield from filter(
                    None, (waiting, token.copy(type="address", content=str(token.attrs["href"]), nesting=0))
                )
                waiting = None
            continue
        elif token.type == "link_close":
            continue
        if left_out:
            waiting = waiting.copy(content=waiting.content.rstrip()) if waiting is not None else None
            continue
        if waiting is not None:
            yield waiting
        waiting = token if token.type == "text" else None
        if waiting is None:
            yield token
    if waiting is not None:
        yield waiting

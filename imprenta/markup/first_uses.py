"""The texts of a report in the order of reading -> where each word that it explains is used first, and what is there.

An abbreviation is written out there, a term of the glossary leads to its definition.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import escape
from imprenta.markup.read import read_text
from imprenta.markup.scope import first_uses_of
from imprenta.markup.unfold import unfold
from imprenta.model.explained import Explanation, Finder, FirstUses
from imprenta.model.text import Text
from imprenta.words import LOCALES

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from imprenta.markup.parsed import Parsed
    from imprenta.markup.scope import Scope

_FOREIGN = {f"{code}_{end}": step for code in LOCALES for end, step in (("open", 1), ("close", -1))}
"""The ends of passages in another language, in which nothing is written out."""


_NOTHING: Mapping[str, Explanation] = {}


def anchor_of(term: str) -> str:
    """Return the name of the place where a term of the glossary is defined."""
    return f"glosario:{zlib.crc32(term.encode()):08x}"


def find_first_uses(texts: Iterable[Text], finder: Finder, explanations: Mapping[str, Explanation]) -> FirstUses:
    """Go over texts in the order of reading and note where each word is used first."""
    seen: set[str] = set()
    words: dict[Text, dict[str, Explanation]] = {}
    for text in texts:
        if len(seen) == len(explanations):
            break
        if not any(word not in seen for word, _ in finder.find(text.value)):
            continue
        for word, match in _find_words(read_text(unfold(text)), finder):
            if word not in seen and not _is_explained(match, explanations[word]):
                words.setdefault(text, {})[word] = explanations[word]
            seen.add(word)
    return FirstUses(finder, words)


def _is_explained(match: re.Match[str], explanation: Explanation) -> bool:
    """Tell whether the author wrote an abbreviation out: «Red Privada Virtual (VPN)», «VPN (red privada virtual)»."""
    if explanation.meaning is None:
        return False
    before, after = match.string[: match.start()], match.string[match.end() :].lstrip()
    meaning = explanation.meaning.value.strip().casefold()
    if before.endswith("(") and after.startswith(")"):
        return True
    return after.startswith("(") and after[1:].casefold().startswith(meaning)


def _find_words(parsed: Parsed, finder: Finder) -> Iterator[tuple[str, re.Match[str]]]:
    if parsed.plain is not None:
        yield from finder.find(parsed.plain)
        return
    for token in (*parsed.tokens, *(token for note in parsed.notes.values() for token in note)):
        for child in _own_words(token.children or ()):
            yield from finder.find(child.content)


def _own_words(tokens: Sequence[Any]) -> Iterator[Any]:
    """Yield the tokens with words in the language of the text."""
    foreign = 0
    for token in tokens:
        foreign += _FOREIGN.get(token.type, 0)
        if token.type == "text" and not foreign:
            yield token


def explained_in(text: Text, scope: Scope) -> Mapping[str, Explanation]:
    """Return the words that a text is the first to use, with what explains them."""
    uses = first_uses_of(scope)
    return uses.words.get(text, _NOTHING) if uses is not None and uses.words else _NOTHING


def explain_words(text: Text, parsed: Parsed, scope: Scope) -> Parsed:
    """Return a text that was read with tokens `explained` for the words that it is the first to use, each once.

    Such a token carries `meta["explained"]`, its word and what explains it. `text` is as its author typed it.
    """
    uses, explained = first_uses_of(scope), explained_in(text, scope)
    if uses is None or not explained:
        return parsed
    if parsed.plain is not None:
        from imprenta.markup.syntax import parse

        parsed = replace(parsed, plain=None, tokens=tuple(parse(parsed.text, inline=parsed.inline)[0]))
    waiting = dict(explained)
    body = tuple(_explain_block(token, uses.finder, waiting) for token in parsed.tokens)
    notes = {
        label: tuple(_explain_block(token, uses.finder, waiting) for token in note)
        for label, note in parsed.notes.items()
    }
    return replace(parsed, tokens=body, notes=notes)


def _explain_block(token: Any, finder: Finder, waiting: dict[str, Explanation]) -> Any:
    if not token.children or not waiting:
        return token
    own = {id(child) for child in _own_words(token.children)}
    children: list[Any] = []
    for child in token.children:
        children += _split(child, finder, waiting) if id(child) in own else [child]
    return token.copy(children=children)


def _split(token: Any, finder: Finder, waiting: dict[str, Explanation]) -> list[Any]:
    """Return a token of words in pieces, those that are explained here by themselves."""
    pieces: list[Any] = []
    at = 0
    for word, match in finder.find(token.content):
        explanation = waiting.pop(word, None)
        if explanation is not None:
            pieces.append(token.copy(content=token.content[at : match.start()]))
            meta = {**token.meta, "explained": (word, explanation)}
            pieces.append(token.copy(type="explained", content=match[0], meta=meta))
            at = match.end()
    return [*pieces, token.copy(content=token.content[at:])]


def write_explained(token: Any, write: Callable[[Text], str]) -> str:
    """Turn a word that is explained here into LaTeX; `write` sets what an abbreviation means.

    One in the plural stays before what it means, which is in the singular.
    """
    word, explanation = token.meta["explained"]
    shown = escape(token.content)
    if explanation.anchor:
        return rf"\hyperlink{{{explanation.anchor}}}{{{shown}}}"
    assert explanation.meaning is not None
    meaning = write(explanation.meaning)
    return f"{meaning} ({shown})" if token.content == word else f"{shown} ({meaning})"

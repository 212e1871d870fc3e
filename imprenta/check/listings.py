"""Listings: their language is known, the lines that are asked for are there, and what of them no font has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import find_lexer, list_languages, read_code
from imprenta.model import CodeFileBlock, Listing
from imprenta.model.paper import walk_blocks
from imprenta.problems import Problem, Severity, guess_hint, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.paper import Paper


def check_listings(paper: Paper) -> list[Problem]:
    """A listing shows lines that are there, in a language that is known."""
    blocks = walk_blocks(section for _, section in paper.ordered_sections())
    return [problem for block in blocks if isinstance(block, Listing) for problem in _check_listing(block, paper)]


def _check_listing(block: Listing, paper: Paper) -> Iterator[Problem]:
    if block.language is not None and find_lexer(block.language.value.strip()) is None:
        word = block.language.value.strip()
        known = list_languages()
        hint = guess_hint(word.lower(), known) if nearest(word.lower(), known) else "se admiten los nombres de Pygments"
        message = f"el lenguaje «{word}» no se conoce: el código sale sin resaltar"
        yield Problem("lenguaje-desconocido", message, block.language.span(), hint, severity=Severity.WARNING)
    if isinstance(block, CodeFileBlock) and block.path in paper.sources:
        source = paper.sources[block.path]
        count = len(source.value.removesuffix("\n").split("\n"))
        first, shown = block.shown(source)
        last = first + shown.value.count("\n")
        asked = int(block.lines.value.replace("–", "-").rpartition("-")[2]) if block.lines is not None else last
        if block.lines is not None and asked > count:
            message = f"«lineas» llega a la {asked} y «{block.path}» tiene {count}"
            yield Problem("valor-no-admitido", message, block.lines.span())
        yield from read_code(shown).problems

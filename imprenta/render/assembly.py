"""The marked TeX of a whole report -> the document: numbers of citations, facts, and where each line comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.document import BEGIN, CHECKPOINT, Document, Piece, join_two, split_body, split_pieces, tell_pieces
from imprenta.model.facts import Citation, find_stated
from imprenta.model.source_map import SourceMap, Unmarked, hold, join_maps, named_paths, strip_facts, unmark_piece
from imprenta.render.checkpoints import FIRST_CHECKPOINT
from imprenta.render.citations import find_keys, name_entries, number_keys, write_cited
from imprenta.render.foreign import read_facts
from imprenta.render.foreign_citations import state_citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from imprenta.cache import Cache
    from imprenta.problems import Span
    from imprenta.render.citations import NumericForm


@dataclass(frozen=True, slots=True)
class _Part:
    """Marked TeX that is worked on alone: a section, or what stands between two.

    It is `known` if no template of the author's wrote any of it. Otherwise its TeX is read for what stands in it, and
    only its citations are marked.
    """

    marked: str
    known: bool


@dataclass(frozen=True, slots=True)
class _Finished:
    """A part without its marks, and its pieces."""

    unmarked: Unmarked
    pieces: tuple[Piece, ...]


def cites_any(marked: str) -> bool:
    """Tell whether marked TeX cites anything, whoever wrote it."""
    return any(next(find_stated(tex, Citation), None) is not None for tex in (marked, state_citations(marked)))


def assemble(
    tex: str,
    sections: Sequence[str],
    foreign: frozenset[str],
    cache: Cache,
    aliases: Mapping[str, str],
    numeric: NumericForm | None,
    opening: str,
) -> tuple[Document, SourceMap]:
    """Number the citations, take the marks out, and say how the document begins, which is `opening`, marked TeX.

    Numbers are written out if `numeric` gives the form for that; `foreign` are the paths of the templates that may
    write anything, `aliases` the keys of entries for their other names. What `cache` holds of a part is not worked out
    anew.
    """
    for texts in (_split(tex, sections), [tex]):
        parts = []
        for number, text in enumerate(texts):
            make = partial(_prepare, text, foreign, aliases)
            parts.append(cache.in_process("parts", (text, foreign, aliases), make, str(number)))
        finished = _finish_all(parts, cache, numeric, opening)
        document = Document(tuple(_join_pieces(part.pieces for part in finished)), foreign)
        whole = all(part.unmarked.whole for part in finished)
        # What templates of the author's do to values may make a checkpoint of rows of two parts, or take a mark away.
        if all(part.known for part in parts) or (whole and _is_split(document)):
            break
    return document, join_maps(part.unmarked for part in finished)


def _is_split(document: Document) -> bool:
    return [piece.tex for piece in document.pieces] == split_pieces(document.source)


def _split(tex: str, sections: Sequence[str]) -> list[str]:
    """Return a document in parts, its sections and what is between them; whole if a template did something to them."""
    parts = []
    end = 0
    for section in map(hold, sections):
        start = tex.find(section, end)
        if start < 0:
            return [tex]
        parts += [tex[end:start], section]
        end = start + len(section)
    return [*parts, tex[end:]]


def _prepare(marked: str, foreign: frozenset[str], aliases: Mapping[str, str]) -> _Part:
    """Tell who wrote a part, and name the entries that it cites by their own keys."""
    known = foreign.isdisjoint(named_paths(marked)) if foreign else True
    return _Part(name_entries(marked if known else state_citations(strip_facts(marked)), aliases), known)


def _finish_all(parts: Sequence[_Part], cache: Cache, numeric: NumericForm | None, opening: str) -> list[_Finished]:
    names = [str(number) for number in range(len(parts))]
    cited: list[list[str]] = [[] for _ in parts]
    if numeric is not None:
        cited = [cache.in_process("keys", part, partial(find_keys, part.marked), name)
                 for part, name in zip(parts, names, strict=True)]  # fmt: skip
    numbers = number_keys(cited)
    told = f"\\nocite{{{','.join(numbers)}}}" if numbers else ""
    opening = f"{opening}{told}{FIRST_CHECKPOINT}"
    opens = next((number for number, part in enumerate(parts) if BEGIN in part.marked), -1)
    finished: list[_Finished] = []
    last: Span | None = None
    for number, (part, keys) in enumerate(zip(parts, cited, strict=True)):
        opened = _Part(part.marked.replace(BEGIN, opening, 1), part.known) if number == opens else part
        made_of = (opened, {key: numbers[key] for key in keys}, numeric, last)
        made = cache.in_process("pieces", made_of, partial(_finish, *made_of), names[number])
        finished.append(made)
        last = made.unmarked.last
    return finished


def _finish(part: _Part, numbers: dict[str, int], numeric: NumericForm | None, last: Span | None) -> _Finished:
    written = (write_cited(numbers, numeric),) if numbers and numeric is not None else ()
    unmarked = unmark_piece(part.marked, last, *written)
    tex, facts = unmarked.tex, unmarked.facts
    texts = split_pieces(tex) if BEGIN in tex else split_body(tex)
    if not part.known:
        facts = tuple(sorted((*facts, *read_facts(tex)), key=lambda fact: (fact.row, fact.column)))
    return _Finished(unmarked, tuple(tell_pieces(texts, facts, known=part.known)))


def _join_pieces(parts: Iterable[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of parts one after another: the first of a part goes on where the part before it ends."""
    joined: list[Piece] = []
    for pieces in parts:
        first, *others = pieces
        if not joined or (joined[-1].tex.endswith("\n") and first.tex.startswith(f"{CHECKPOINT}\n")):
            joined.append(first)
        else:
            joined[-1] = join_two(joined[-1], first)
        joined += others
    return joined

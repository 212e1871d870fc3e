r"""Document: the .tex of a report in pieces, each with the facts of what stands in it.

`render` makes it; whoever asks where headings, captions, citations or footnotes are asks it instead of the TeX. The
first piece is the preamble; the next ones begin at \begin{document} and at every checkpoint, so that a block of the
author's is a piece. What a template of the author's wrote is in a piece that is not `known`: `render` has read its TeX
for the facts in it (`render/foreign.py`), as well as that goes.

The facts are kept beside the .tex as `informe.facts`: first a line with the form's version and the hash of the kinds of
facts and of the .tex, then one line a piece: `!` if it is known, else `?`, and for each fact, parted by tabs,
«row column row column fact», from where to where, with rows counted from 1 in the piece.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from imprenta.model.facts import Citation, Cited, Fact, Heading, load_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.model.source_map import PlacedFact

BEGIN = r"\begin{document}"
END = r"\end{document}"
CHECKPOINT = r"\checkpoint"
"""The row at which a piece begins: LaTeX notes its state there."""
DATA = r"\datosdelinforme"
"""What begins the row after \\begin{document}, which tells the report's own data: title, authors, subject, keywords."""
PRINT = r"\printbibliography"
"""What begins the row that prints the list of references."""
LIST_SUFFIXES = (".toc", ".lof", ".lot", ".loc", ".loa")
"""How the files end in which LaTeX keeps the contents, and the lists of figures, tables, listings and algorithms."""
FACTS = ".facts"
"""The ending of the file with the facts."""
VERSION = "facts 1"
KNOWN, UNKNOWN = "!", "?"


@dataclass(frozen=True, slots=True)
class Found:
    """A fact with the rows and columns where its TeX begins and has ended, counted from 1; the end is exclusive."""

    fact: Fact
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Rows of a .tex; `told` is the line that is kept of the facts in it."""

    tex: str
    told: str = KNOWN

    @property
    def known(self) -> bool:
        """Tell whether all of it was written by who states what it is, nothing by a template of the author's."""
        return self.told.startswith(KNOWN)

    @cached_property
    def facts(self) -> tuple[Found, ...]:
        """Return the facts in the order of their beginnings; rows count from 1 in the piece."""
        return tuple(map(_load, self.told.split("\t")[1:]))

    def has(self, *kinds: type[Fact]) -> bool:
        """Tell whether a fact of one of these kinds stands in it."""
        return any(f'["{kind.__name__}"' in self.told for kind in kinds)


@dataclass(frozen=True)
class Document:
    """A .tex: its pieces, the first of which is the preamble.

    `foreign` are the paths of the templates that the author wrote or changed, used or not: it is not kept beside the
    .tex.
    """

    pieces: tuple[Piece, ...]
    foreign: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def source(self) -> str:
        """Return the .tex."""
        return "".join(piece.tex for piece in self.pieces)

    @cached_property
    def rows(self) -> list[str]:
        """Return the rows of the .tex."""
        return self.source.split("\n")

    @property
    def preamble(self) -> str:
        r"""Return what stands before \begin{document}."""
        return self.pieces[0].tex

    @cached_property
    def data(self) -> str:
        r"""Return the row that tells the report's own data, which every job of LaTeX needs, or nothing.

        They are no part of the preamble: reports of the same make-up have the same one.
        """
        _, _, rest = self.pieces[1].tex.partition("\n") if len(self.pieces) > 1 else ("", "", "")
        row = rest.partition("\n")[0]
        return row if row.startswith(DATA) else ""

    @cached_property
    def starts(self) -> list[int]:
        """Return the row at which each piece begins, counted from 1."""
        return [*accumulate((piece.tex.count("\n") for piece in self.pieces[:-1]), initial=1)]

    def row_of(self, piece: int) -> int:
        """Return the row at which a piece begins, counted from 1; after the last piece, that of what could follow."""
        if piece < len(self.pieces):
            return self.starts[piece]
        last = self.pieces[-1].tex
        return self.starts[-1] + last.count("\n") + (not last.endswith("\n"))

    def facts(self, *kinds: type[Fact], first: int = 1, end: int | None = None) -> Iterator[Found]:
        """Yield the facts of some pieces of the body, of some kinds or of all, with the rows of the .tex."""
        for start, piece in zip(self.starts[first:end], self.pieces[first:end], strict=True):
            for found in piece.facts if not kinds or piece.has(*kinds) else ():
                if not kinds or isinstance(found.fact, kinds):
                    (row, column), (last, end_column) = found.start, found.end
                    yield Found(found.fact, (row + start - 1, column), (last + start - 1, end_column))

    def has(self, *kinds: type[Fact]) -> bool:
        """Tell whether a fact of one of these kinds stands in the body."""
        return any(piece.has(*kinds) for piece in self.pieces[1:])

    def text(self, found: Found) -> str:
        """Return the TeX that a fact is of."""
        (row, column), (end, end_column) = found.start, found.end
        rows = self.rows[row - 1 : end]
        rows[-1] = rows[-1][: end_column - 1]
        rows[0] = rows[0][column - 1 :]
        return "\n".join(rows)

    def plain_title(self, row: int) -> str:
        """Return the words of the first heading from a row on, if it has no number and no command in it; or nothing."""
        found = next((found for found in self.facts(Heading) if found.start[0] >= row), None)
        words = self.text(found) if found is not None and found.fact == Heading(1, numbered=False) else ""
        return "" if set(words) & set("{}\\") else words

    @cached_property
    def printed(self) -> int:
        """Return the row that prints the list of references, counted from 1, or 0."""
        return self._row_beginning(PRINT)

    @cached_property
    def ended(self) -> int:
        """Return the row that ends the document, counted from 1, or 0."""
        return self._row_beginning(END)

    @property
    def closed(self) -> int:
        """Return the row that prints the list of references or, without one, ends the document; or 0."""
        return self.printed or self.ended

    def _row_beginning(self, words: str) -> int:
        """Return the first row of the body that begins with some words, or 0: only the template of all writes those."""
        at = self.source.find(f"\n{words}", len(self.preamble))
        return self.source.count("\n", 0, at) + 2 if at >= 0 else 0

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """Return the keys whose numbers are written out, in the order of the numbers."""
        cited = (found.fact for found in self.facts(Cited, Citation))
        return tuple(dict.fromkeys(key for fact in cited if isinstance(fact, Cited | Citation) for key in fact.keys))

    def dumps(self) -> str:
        """Return the lines that `load_document` reads beside the .tex."""
        kept = "\n".join([_version(self.source), *(piece.told for piece in self.pieces), ""])
        _last[:] = [(kept, self)]
        return kept


_last: list[tuple[str, Document]] = []
"""What was kept last, and of which document: a process that stays reads back what it wrote."""


def load_document(source: str, kept: str) -> Document:
    """Return the document of a .tex and what was kept beside it; raise ValueError if they do not go together."""
    for text, document in _last:
        if text == kept and document.source == source:
            return document
    version, *told = kept.split("\n")
    texts = split_pieces(source)
    if version != _version(source) or len(told) != len(texts) + 1 or told[-1]:
        raise ValueError(version)
    return Document(tuple(map(Piece, texts, told[:-1])))


def _version(source: str) -> str:
    return f"{VERSION} {sha256(f'{_tell_kinds()}{source}'.encode()).hexdigest()}"


def _tell_kinds() -> list[tuple[str, ...]]:
    """Return the kinds of facts that there are, with their fields: another version of Imprenta may have others."""
    return sorted((kind.__name__, *(field.name for field in fields(kind))) for kind in Fact.__subclasses__())


def bare_document(source: str) -> Document:
    """Return the document of a .tex of which nobody states anything."""
    return Document(tuple(map(Piece, split_pieces(source))))


def split_pieces(source: str) -> list[str]:
    r"""Return the texts of the pieces of a .tex; without a \begin{document} all of it is the preamble."""
    preamble, begin, body = source.partition(BEGIN)
    return [preamble, *split_body(begin + body)] if begin else [source]


def split_body(tex: str) -> list[str]:
    r"""Return what stands in some TeX up to each checkpoint."""
    mark = f"\n{CHECKPOINT}\n"
    ends = []
    at = tex.find(mark)
    while at >= 0:
        ends.append(at + 1)
        at = tex.find(mark, at + len(mark) - 1)
    return [tex[start:end] for start, end in zip([0, *ends], [*ends, len(tex)], strict=True)]


def tell_pieces(texts: Iterable[str], facts: Iterable[PlacedFact], *, known: bool) -> list[Piece]:
    """Give the facts of some TeX to the pieces of it, which are one after another."""
    waiting = iter(facts)
    fact = next(waiting, None)
    pieces = []
    first = 1
    for text in texts:
        told = [KNOWN if known else UNKNOWN]
        last = first + text.count("\n")
        while fact is not None and fact.row < last:
            told.append(_tell(fact, first - 1))
            fact = next(waiting, None)
        pieces.append((text, told))
        first = last
    while fact is not None and pieces:
        pieces[-1][1].append(_tell(fact, first - 1 - pieces[-1][0].count("\n")))
        fact = next(waiting, None)
    return [Piece(text, "\t".join(told)) for text, told in pieces]


def join_two(one: Piece, other: Piece) -> Piece:
    """Return the piece that two are, of which the second goes on where the first ends, maybe in the midst of a row."""
    rows, columns = one.tex.count("\n"), len(one.tex) - one.tex.rfind("\n") - 1
    facts = other.told.split("\t")[1:]
    moved = [_move(told, rows, columns) for told in facts] if rows or columns else facts
    flag = KNOWN if one.known and other.known else UNKNOWN
    return Piece(one.tex + other.tex, "\t".join([flag, *one.told.split("\t")[1:], *moved]))


def _tell(fact: PlacedFact, rows: int) -> str:
    return f"{fact.row - rows} {fact.column} {fact.end_row - rows} {fact.end_column} {fact.told}"


def _move(told: str, rows: int, columns: int) -> str:
    row, column, end_row, end_column, fact = told.split(" ", 4)
    column = str(int(column) + columns) if row == "1" else column
    end_column = str(int(end_column) + columns) if end_row == "1" else end_column
    return f"{int(row) + rows} {column} {int(end_row) + rows} {end_column} {fact}"


def _load(told: str) -> Found:
    row, column, end_row, end_column, fact = told.split(" ", 4)
    return Found(load_fact(fact), (int(row), int(column)), (int(end_row), int(end_column)))

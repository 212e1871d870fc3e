"""A loaded report -> what its parts and its sources are called where LaTeX cannot say it: outline, metadata, lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import TYPE_CHECKING

from imprenta.model import SubsectionBlock
from imprenta.model.page import PAGE, Page
from imprenta.model.paper import walk_blocks, walk_numbered
from imprenta.model.referable import REFERABLE
from imprenta.words import LOCALES, SPANISH, Locale
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from imprenta.bibliography import Bibliography
    from imprenta.model import Block, Text
    from imprenta.model.paper import Paper
    from imprenta.pipeline.loading import Loaded

NUMBERED = 3
"""How deep headings have numbers; one further down is told by that of the heading it stands under."""


@dataclass(frozen=True, slots=True)
class Names:
    """The numbers of figures, tables and sections by (kind, id), and the sources; `mark` is a hash of all of it.

    `locale` is in whose words they are named, `sheet` on what pages it is printed. `titles` has
    what is mentioned by its title, since it has no number.
    """

    parts: Mapping[tuple[str, str], str] = field(default_factory=dict, compare=False)
    bibliography: Bibliography | None = field(default=None, compare=False)
    mark: str = ""
    """Names with the same mark are equal: the hash is compared, not what it is of."""
    locale: Locale = field(default=SPANISH, compare=False)
    sheet: Page = field(default=PAGE, compare=False)
    pictures: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], Text] = field(default_factory=dict, compare=False)

    def source(self, key: str) -> str:
        """Return how a sentence names a source, or nothing if it cannot be told."""
        if self.bibliography is None:
            return ""
        from imprenta.bibliography.authors import name_authors

        entry = self.bibliography.entries.get(self.bibliography.aliases().get(key, key))
        return name_authors(entry, self.locale.palabras) if entry is not None else ""


NOBODY = Names()


def name_parts(loaded: Loaded) -> Names:
    """Return the names of a report's parts and sources."""
    parts = dict(_number(loaded.paper)) if loaded.paper is not None else {}
    titles = dict(_name_unnumbered(loaded.paper)) if loaded.paper is not None else {}
    locale = LOCALES[loaded.paper.report.language] if loaded.paper is not None else SPANISH
    sheet = loaded.paper.report.sheet if loaded.paper is not None else PAGE
    told = [repr(parts), repr([(key, text.value) for key, text in titles.items()])]
    mark = content_hash(*told, repr(list(_name_by(loaded.bibliography))), locale.codigo, repr(sheet))
    return Names(parts, loaded.bibliography, mark, locale, sheet, titles=titles)


def _name_by(bibliography: Bibliography) -> Iterator[tuple[str, str, str]]:
    """Yield for each key that may be cited what its name is made of: other fields change no text of the report."""
    from imprenta.bibliography.authors import naming_fields

    for key, entry in bibliography.known().items():
        yield (key, *naming_fields(entry))


def _number(paper: Paper) -> Iterator[tuple[tuple[str, str], str]]:
    counts: Counter[str] = Counter()
    for target in walk_numbered(paper):
        if counter := REFERABLE[target.kind].counter:
            counts[counter] += not target.letter
            yield (target.kind, target.id), target.number or f"{counts[counter]}{target.letter}"
    for kind, name, section in paper.ordered_parts():
        counts[kind] += section.numbered
        number = str(counts[kind]) if kind == "seccion" else ascii_uppercase[(counts[kind] - 1) % 26]
        number = number if section.numbered else ""
        yield (kind, name), number
        yield from _number_headings(section.blocks, number, 2)


def _number_headings(blocks: Sequence[Block], above: str, depth: int) -> Iterator[tuple[tuple[str, str], str]]:
    headings = [block for block in blocks if isinstance(block, SubsectionBlock)]
    for count, heading in enumerate(headings, 1):
        number = f"{above}.{count}" if above and depth <= NUMBERED else above
        if heading.id is not None:
            yield ("seccion", heading.id.value), number
        yield from _number_headings(heading.content, number, depth + 1)


def _name_unnumbered(paper: Paper) -> Iterator[tuple[tuple[str, str], Text]]:
    """Yield the titles of the sections that have no number, and of the subsections in them."""
    for kind, name, section in paper.ordered_parts():
        if not section.numbered:
            yield (kind, name), section.title
            for block in walk_blocks(section.blocks):
                if isinstance(block, SubsectionBlock) and block.id is not None:
                    yield ("seccion", block.id.value), block.title

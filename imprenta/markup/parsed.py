"""What a text of the author's says: citations, references, numbers, paragraphs, problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imprenta.model.referable import TargetKind
    from imprenta.model.text import Text
    from imprenta.problems import Problem, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that is cited: its key (`place` is the key alone), where in it and the words before it, "" if not said.

    One that is `yearly` leaves out the author, whom the sentence names.
    """

    key: str
    place: Span
    locator: str = ""
    before: str = ""
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a part of the report by its kind and its name; `place` is the whole mention.

    One of its `page` says on which page it stands.
    """

    kind: TargetKind
    id: str
    capital: bool
    place: Span
    page: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A number to be computed: `{= source | decimals}`; `place` is the source alone."""

    source: str
    decimals: int | None
    place: Span


@dataclass(frozen=True, slots=True)
class SourceMention:
    """`{fuentes: a.b, c.d}`: a citation of whatever those values cite; `place` is the list of names."""

    names: tuple[str, ...]
    place: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and whether it cites anything, a mention of sources and its notes included.

    `kind` is parrafo, elemento (of a list), bloque (in a block quote) or nota; a displayed formula or a
    block of code is not a paragraph.
    """

    place: Span
    has_citation: bool
    kind: str


NO_PICTURE = "una imagen en medio del texto solo cabe en una celda"
PICTURE_HINT = "entre los bloques de la sección se escribe «- imagen: archivo.png», con su «pie:»"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a cell: the name of its file in figures/, what is heard instead of it, where the file is named."""

    file: str
    alternative: str
    place: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text read: everything that it mentions, in the order of the text, with exact places.

    `tokens` and `notes` (the tokens of each footnote) are for the writers of this package alone.
    """

    text: Text
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    expressions: tuple[Expression, ...] = ()
    source_mentions: tuple[SourceMention, ...] = ()
    pictures: tuple[Shown, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    tokens: tuple[Any, ...] = field(default=(), repr=False, compare=False)
    notes: dict[str, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)
    plain: str | None = None  # the words, where the text has no markup at all
    inline: bool = False  # read as one line, in which no block begins

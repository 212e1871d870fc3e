"""The annotations of a model's fields -> what each text of the author's is: printed, a name of other data, or neither.

A field that holds a `Text` says in its type what becomes of it, or its model cannot be used. Whoever goes through a
report (`model/paper.py`) learns from that which words are printed, which name a source, which are only reasons; no
list of fields is kept anywhere else.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from imprenta.model.text import Text

Role = Literal["block", "heading", "line", "cell", "bare", "spoken", "formula", "row", "symbol", "code"]
"""How a text is set: paragraphs; one line that heads what follows; one line; a cell; bare words without marks, as in a
drawing; bare words that are heard instead of a drawing; a displayed formula; one line of several; a formula in
a line; code, as it is."""

Wording = Literal["own", "foreign", "quoted", "name"]
"""Whose words they are: the author's Spanish, another language, somebody else's Spanish, a name or an address."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Set as Markdown where the report is read: on paper, in a drawing, or aloud."""

    role: Role
    wording: Wording = "own"

    @property
    def is_words(self) -> bool:
        """Tell whether it is written in words, as Markdown, and is neither a formula nor code."""
        return self.role not in ("formula", "row", "symbol", "code")


@dataclass(frozen=True, slots=True)
class Names:
    """The name of something else: a key of references.bib, a file of the report, a node of the graph."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Read by a program or a reviewer and printed nowhere.

    A reason is a sentence of the author's; a term, a word of the assignment's; a form is a word whose spelling its
    model settles (a date, an id), whatever it is printed as.
    """

    kind: Literal["reason", "term", "form", "formula"]


Meaning = Printed | Names | Unprinted

Paragraphs = Annotated[Text, Printed("block")]
Heading = Annotated[Text, Printed("heading")]
Line = Annotated[Text, Printed("line")]
Cell = Annotated[Text, Printed("cell")]
Label = Annotated[Text, Printed("bare")]
Spoken = Annotated[Text, Printed("spoken")]
Equation = Annotated[Text, Printed("formula")]
Code = Annotated[Text, Printed("code", "quoted")]
EquationRow = Annotated[Text, Printed("row")]
Symbol = Annotated[Text, Printed("symbol")]
Source = Annotated[Text, Names("cita")]
Reason = Annotated[Text, Unprinted("reason")]
Term = Annotated[Text, Unprinted("term")]


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text that is printed, and how.

    `variables` are the names that its expressions may use besides the quantities, each with its values.
    """

    text: Text
    printed: Printed
    variables: Mapping[str, list[Decimal]] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        """Return how the text is set."""
        return self.printed.role


class Holder:
    """What holds texts: a model, or a row of cells."""

    __slots__ = ()

    @abstractmethod
    def meant(self) -> Iterator[tuple[Meaning, Text]]:
        """Yield the texts that are its own, each with what it is, in the order of its fields."""

    @abstractmethod
    def children(self) -> Iterator[Holder]:
        """Yield what it holds that holds texts of its own, in the order of its fields."""

    @abstractmethod
    def texts(self) -> Iterator[PlacedText]:
        """Yield the texts that it prints itself."""


class UndeclaredTextError(TypeError):
    """A field of a model holds texts and does not say what becomes of them."""


@cache
def read_meanings(model: type[BaseModel]) -> Mapping[str, Meaning | None]:
    """Return the fields of a model that can hold texts or other models, each with what its texts are (None: no texts).

    Raises UndeclaredTextError for a field with texts of no meaning, or of two.
    """
    if not model.__pydantic_fields_complete__:
        model.model_rebuild()  # a name in a type was not known yet when the class was made
    found: dict[str, Meaning | None] = {}
    for name, info in model.model_fields.items():
        meanings, texts, holders = _read_type(info.annotation)
        meanings = _meanings_in(info.metadata) or meanings
        if texts and len(meanings) != 1:
            raise UndeclaredTextError(f"{model.__name__}.{name}: {len(meanings)} meanings of its texts; one is needed")
        if texts or holders:
            found[name] = next(iter(meanings), None)
    return found


def _read_type(hint: Any) -> tuple[set[Meaning], bool, bool]:
    """Return the meanings that a type tells, and whether it can hold texts, and models."""
    if isinstance(hint, type):
        return set(), hint is Text, issubclass(hint, Holder)
    marked = get_origin(hint) is Annotated
    own = _meanings_in(hint.__metadata__) if marked else set()
    inner = [_read_type(argument) for argument in get_args(hint)[: 1 if marked else None]]
    texts, holders = any(part[1] for part in inner), any(part[2] for part in inner)
    return own or set().union(*(part[0] for part in inner)), texts, holders


def _meanings_in(marks: Iterable[Any]) -> set[Meaning]:
    return {mark for mark in marks if isinstance(mark, Printed | Names | Unprinted)}


def texts_in(value: Any) -> Iterator[Text]:
    """Yield the texts of a field's value: it may be one, a list or a mapping of them, in any depth."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def holders_in(value: Any) -> Iterator[Holder]:
    """Yield the models of a field's value: it may be one, a list or a mapping of them, in any depth."""
    if isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from holders_in(item)
    elif not isinstance(value, Text) and isinstance(value, Holder):
        yield value

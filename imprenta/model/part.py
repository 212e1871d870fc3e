"""Part: the base of every model; it knows its place and tells its texts, and its types decide what a scalar is."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from imprenta.model.meaning import (
    Holder,
    Meaning,
    Names,
    PlacedText,
    Printed,
    Unprinted,
    holders_in,
    read_meanings,
    texts_in,
)
from imprenta.model.text import Text
from imprenta.problems import Span

PLACE_KEY = "<place>"
"""The key under which the loader hands a mapping's own place to its model; no author can mean it."""

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""Ids name files and LaTeX labels: lower-case letters without accents, digits and single hyphens."""


def propose_id(name: str) -> str:
    """Return the id nearest to a name, or nothing if no letter or figure of it may stay."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


class PlacedDict(dict[str, Any]):
    """A mapping of the data, still untyped, that knows where it stands."""

    def __init__(self, span: Span) -> None:
        """Start empty at a place."""
        super().__init__()
        self.span = span
        self.key_spans: dict[str, Span] = {}


class Part(Holder, BaseModel):
    """A piece of the report's data: frozen, without unknown keys, with its place in the author's file."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, validate_default=False, defer_build=True
    )

    place: SkipJsonSchema[Span] = Field(alias="<place>", repr=False)

    @model_validator(mode="before")
    @classmethod
    def _take_place(cls, data: Any, info: ValidationInfo) -> Any:
        """Turn the loader's mapping into pydantic's input: its place becomes a field.

        Keys that the model does not know are taken out and noted in the validation context, a list of
        (mapping, key, model), so that whoever reports them can name the nearest.
        """
        if not isinstance(data, PlacedDict):
            return data
        fields = dict(data)
        known = list(cls.keys())
        if isinstance(info.context, list):
            for key in [key for key in data if key not in known]:
                info.context.append((data, key, cls))
                del fields[key]
        fields[PLACE_KEY] = data.span
        return fields

    @classmethod
    def keys(cls) -> dict[str, str]:
        """Return the keys that an author may give here, each with the name of its field."""
        return {field.alias or name: name for name, field in cls.model_fields.items() if field.alias != PLACE_KEY}

    def meant(self) -> Iterator[tuple[Meaning, Text]]:
        """Yield the texts that are its own, each with what it is, in the order of its fields."""
        for name, meaning in read_meanings(type(self)).items():
            if meaning is not None:
                yield from ((meaning, text) for text in texts_in(getattr(self, name)))

    def children(self) -> Iterator[Holder]:
        """Yield what it holds that holds texts of its own, in the order of its fields."""
        for name in read_meanings(type(self)):
            yield from holders_in(getattr(self, name))

    def texts(self) -> Iterator[PlacedText]:
        """Yield the texts that it prints itself."""
        for meaning, text in self.meant():
            if isinstance(meaning, Printed):
                yield PlacedText(text, meaning)


def _read_word(value: Any) -> Any:
    return value.value.strip() if isinstance(value, Text) else value


def _read_boolean(value: Any) -> Any:
    """Turn sí/no and true/false into a bool."""
    if isinstance(value, Text):
        word = value.value.strip().casefold()
        if word in {"sí", "si", "true", "verdadero"}:
            return True
        if word in {"no", "false", "falso"}:
            return False
        raise PydanticCustomError("boolean_expected", "sí or no was expected")
    return value


def _read_decimal(value: Any) -> Any:
    """Turn a number as it was typed, with a point or a comma before the decimals, into a Decimal."""
    if isinstance(value, Text):
        word = value.value.strip()
        if not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?", word):
            raise PydanticCustomError("number_expected", "a number was expected")
        try:
            return Decimal(word.replace(",", "."))
        except InvalidOperation:  # pragma: no cover - the pattern admits nothing that Decimal refuses
            raise PydanticCustomError("number_expected", "a number was expected") from None
    return value


def _read_integer(value: Any) -> Any:
    if isinstance(value, Text):
        word = value.value.strip()
        if not re.fullmatch(r"[+-]?\d{1,9}", word):
            raise PydanticCustomError("integer_expected", "a whole number was expected")
        return int(word)
    return value


def as_list(value: Any) -> Any:
    """Let one word stand for a list of one."""
    return [value] if isinstance(value, Text) else value


def text_as(key: str) -> BeforeValidator:
    """Return what lets a text stand for a mapping that has only this key."""

    def _as_mapping(value: Any) -> Any:
        if not isinstance(value, Text):
            return value
        made = PlacedDict(value.span())
        made[key], made.key_spans[key] = value, value.span()
        return made

    return BeforeValidator(_as_mapping)


def _check_id(value: Any) -> Any:
    if isinstance(value, Text) and not re.fullmatch(ID_PATTERN, value.value):
        raise PydanticCustomError("id_expected", "an id was expected")
    return value


def _check_date(value: Any) -> Any:
    """Admit YYYY, YYYY-MM or YYYY-MM-DD that exist in the calendar."""
    if isinstance(value, Text):
        word = value.value.strip()
        match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", word)
        try:
            if match is None:
                raise ValueError(word)
            datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            raise PydanticCustomError("date_expected", "a date was expected") from None
    return value


Boolean = Annotated[bool, BeforeValidator(_read_boolean)]
Number = Annotated[Decimal, BeforeValidator(_read_decimal)]
Integer = Annotated[int, BeforeValidator(_read_integer)]
Id = Annotated[Text, BeforeValidator(_check_id)]
OwnId = Annotated[Id, Unprinted("form")]
"""The name that something gets here."""
FigureId = Annotated[Id, Names("figura")]
GraphId = Annotated[Id, Names("grafo")]
TableId = Annotated[Id, Names("tabla")]
DataId = Annotated[Id, Names("datos")]
SectionId = Annotated[Id, Names("seccion")]
Date = Annotated[Text, BeforeValidator(_check_date), Unprinted("form")]


def _tell_shape(data: Any) -> str:
    if isinstance(data, dict | Part):
        return "<mapa>"
    return "<lista>" if isinstance(data, list) else "<texto>"


SHAPE = Discriminator(_tell_shape)
"""Tells the members of a union apart by shape: tags <texto>, <lista>, <mapa>.

Tags stand between < > so that an error's path can be told from the author's own keys.
"""

LanguageCode = Literal["es", "en"]
"""The languages of reports and passages (ISO 639-1)."""

WORD = BeforeValidator(_read_word)
"""Before a Literal: compares the author's word, not the Text that carries it."""

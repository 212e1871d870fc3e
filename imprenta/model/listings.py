"""Listings: code that is written in the section, or that comes from a file of the report's."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable
from typing import Annotated, Any, final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from imprenta.model.block import Displayed, Target, number
from imprenta.model.meaning import Code, Line, Names, Unprinted
from imprenta.model.part import Boolean, OwnId
from imprenta.model.text import Text

SOURCE_FOLDER = "paper/codigo"
"""Where the files stand that listings show."""
_LINES = re.compile(r"([1-9]\d{0,6})(?:\s*[-–]\s*([1-9]\d{0,6}))?")


def _check_lines(value: Any) -> Any:
    if isinstance(value, Text):
        match = _LINES.fullmatch(value.value.strip())
        if match is None or (match[2] is not None and int(match[2]) < int(match[1])):
            raise PydanticCustomError("lines_expected", "a range of lines was expected")
    return value


LineRange = Annotated[Text, BeforeValidator(_check_lines), Unprinted("form")]
Language = Annotated[Text, Unprinted("form")]


class Listing(Displayed):
    """Code that is set line by line; with a title or a name it is numbered."""

    template = "codigo"

    language: Language | None = Field(None, alias="lenguaje", description="Lenguaje, para resaltar: c, python, bash…")
    title: Line | None = Field(None, alias="titulo", description="Título; con él, o con «id», el código lleva número")
    id: OwnId | None = Field(None, description="Identificador, para {codigo:…}")
    numbers: Boolean = Field(False, alias="numeros", description="Si cada renglón lleva su número")

    @property
    @abstractmethod
    def named(self) -> Text:
        """Return the text by which the listing is found if it has neither name nor title."""

    def targets(self) -> Iterable[Target]:
        """Return its number, if it has one."""
        if self.title is None and self.id is None:
            return ()
        return (number("codigo", self.id, self.title or self.named),)


@final
class CodeBlock(Listing):
    """Code that is written in the section."""

    code: Code = Field(alias="codigo", description="El código, tal cual, tras «|»")

    @property
    def named(self) -> Text:
        """Return the code."""
        return self.code


@final
class CodeFileBlock(Listing):
    """Code that comes from a file, whole or some lines of it."""

    file: Annotated[Text, Names("archivo")] = Field(alias="archivo", description="Archivo de paper/codigo")
    lines: LineRange | None = Field(None, alias="lineas", description="Renglones que se muestran: 10-25")

    @property
    def named(self) -> Text:
        """Return the name of the file."""
        return self.file

    @property
    def path(self) -> str:
        """Return the path of the file below the root."""
        return f"{SOURCE_FOLDER}/{self.file.value.strip()}"

    def shown(self, source: Text) -> tuple[int, Text]:
        """Return which lines of the file's text are shown: the number of the first, and the text of all."""
        if self.lines is None:
            return 1, source
        match = _LINES.fullmatch(self.lines.value.strip())
        assert match is not None  # the model was checked
        first, last = int(match[1]), int(match[2] or match[1])
        rows = source.value.split("\n")
        start = sum(len(row) + 1 for row in rows[: first - 1])
        return first, source.keep([(start, start + len("\n".join(rows[first - 1 : last])))])

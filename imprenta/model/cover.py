"""The cover: who signs, with their numbers and affiliations; its form; which lists follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, Tag
from pydantic_core import core_schema

from imprenta.model.meaning import Holder, Meaning, Names, PlacedText, Printed
from imprenta.model.part import SHAPE, WORD, Part, PlacedDict
from imprenta.model.text import Text

Name = Annotated[Text, Printed("line", "name")]
BareName = Annotated[Text, Printed("bare", "name")]
AffiliationName = Annotated[Text, Names("afiliacion")]
LogoName = Annotated[Text, Names("imagen")]

CoverForm = Literal["no", "breve", "completa", "icontec", "apa"]
ListName = Literal["contenido", "figuras", "tablas", "codigos", "algoritmos"]
LISTS: tuple[ListName, ...] = ("contenido", "figuras", "tablas", "codigos", "algoritmos")
"""The lists of what is in the report, in the order in which they are printed."""
USUAL_LISTS = LISTS[:3]
"""Those of a report whose author chooses none."""


@dataclass(frozen=True, slots=True)
class LabelledTexts(Holder):
    """A mapping whose keys are printed too, as labels of its texts: (label, text), in the author's order."""

    pairs: tuple[tuple[Text, Text], ...] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Be validated from a mapping of texts that knows where its keys stand."""

        def read(data: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> LabelledTexts:
            values = validate(data)
            places = data.key_spans if isinstance(data, PlacedDict) else {}
            labels = (Text(key, at.path, ((0, at.line, at.column),)) for key, at in places.items() if key in values)
            return cls(tuple((label, values[label.value]) for label in labels))

        return core_schema.no_info_wrap_validator_function(read, handler.generate_schema(dict[str, Text]))

    def meant(self) -> Iterator[tuple[Meaning, Text]]:
        """Yield each label and its text."""
        return ((Printed("line", "name"), text) for pair in self.pairs for text in pair)

    def children(self) -> Iterator[Holder]:
        """Yield nothing."""
        return iter(())

    def texts(self) -> Iterator[PlacedText]:
        """Yield each label and its text."""
        return (PlacedText(text, Printed("line", "name")) for pair in self.pairs for text in pair)


class Author(Part):
    """Somebody who signs the report."""

    given: BareName = Field(alias="nombre", description="Nombre de pila")
    family: BareName | None = Field(None, alias="apellidos", description="Apellidos")
    email: Name | None = Field(None, alias="correo", description="Correo electrónico")
    orcid: Name | None = Field(None, description="Identificador ORCID")
    numbers: LabelledTexts = Field(
        LabelledTexts(), alias="identificacion", description="Números con su rótulo: {Código: 2190123}"
    )
    affiliation: Name | None = Field(None, alias="afiliacion", description="Institución")
    affiliations: list[AffiliationName] = Field(
        default_factory=list, alias="afiliaciones", description="Instituciones, por su clave en «afiliaciones»"
    )


class Cover(Part):
    """`portada:` of the report, where its form alone does not say all."""

    form: Annotated[CoverForm, WORD] = Field("completa", alias="forma", description="Forma de la portada")
    logos: list[LogoName] = Field(default_factory=list, description="Imágenes de figures/ que la encabezan")
    data: LabelledTexts = Field(
        LabelledTexts(), alias="datos", description="Renglones con su rótulo: {Semestre: segundo de 2026}"
    )


CoverChoice = Annotated[
    Annotated[CoverForm, WORD, Tag("<texto>")] | Annotated[Cover, Tag("<mapa>")],
    SHAPE,
]
ListChoice = Annotated[
    Annotated[Literal["no"], WORD, Tag("<texto>")] | Annotated[list[Annotated[ListName, WORD]], Tag("<lista>")],
    SHAPE,
]

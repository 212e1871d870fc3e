"""Measurements of the author's own: what was measured, how, with what and how often, as a source that texts cite."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from imprenta.model.meaning import Label, Names
from imprenta.model.part import Date, Integer, OwnId, Part, as_list
from imprenta.model.text import Text

MEASUREMENTS_PATH = "paper/mediciones.yaml"
EXPERIMENT_FOLDER = "experimentos"
"""Where the data and the scripts of measurements are."""
KEY_PREFIX = "medicion:"
"""What the key of a measurement begins with where it is cited; the rest is its `id`."""

ExperimentFile = Annotated[Text, Names("experimento")]
"""A file below `experimentos/`, named from there."""


class Measurement(Part):
    """One measurement, or several of the same kind that were made together."""

    id: OwnId = Field(description="Nombre con que se cita: [@medicion:nombre]")
    title: Label = Field(alias="titulo", description="Qué se midió, como se lee en las referencias")
    method: Label = Field(alias="metodo", description="Cómo se midió")
    equipment: Label | None = Field(None, alias="equipo", description="Con qué se midió: la máquina o el instrumento")
    date: Date | None = Field(None, alias="fecha", description="Cuándo se midió: AAAA, AAAA-MM o AAAA-MM-DD")
    repetitions: Integer = Field(alias="repeticiones", ge=1, description="Cuántas veces se midió")
    spread: Label | None = Field(
        None, alias="dispersion", description="Cuánto se apartan unas medidas de otras: cuartiles, extremos, desviación"
    )
    data: Annotated[list[ExperimentFile], BeforeValidator(as_list)] = Field(
        alias="datos", min_length=1, description="Los archivos con lo medido, dentro de experimentos/"
    )
    script: ExperimentFile | None = Field(None, alias="guion", description="El programa que midió, en experimentos/")

    @property
    def key(self) -> str:
        """Return the key under which texts cite it."""
        return f"{KEY_PREFIX}{self.id.value}"

    @property
    def files(self) -> list[Text]:
        """Return the names of its files."""
        return [*self.data, *([self.script] if self.script is not None else [])]


class Measurements(Part):
    """`paper/mediciones.yaml`: the measurements of a report, and what most of them have in common."""

    equipment: Label | None = Field(None, alias="equipo", description="El equipo de las mediciones que no dan otro")
    date: Date | None = Field(None, alias="fecha", description="La fecha de las mediciones que no dan otra")
    measurements: list[Measurement] = Field(alias="mediciones", min_length=1, description="Las mediciones, una por una")

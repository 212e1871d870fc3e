"""The names that a report knows -> enumerations of a JSON Schema, and the places of the models where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from imprenta.model.meaning import Names as NamesOf
from imprenta.model.meaning import read_meanings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model import Part

JsonSchema = dict[str, Any]

TEXT: JsonSchema = {"type": ["string", "number", "boolean"]}
"""Any scalar: the model, and not the look of what was typed, decides its type."""


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named in the data of a report.

    `citations` gives with each key what is said of it, or nothing. `subsections` is None if not all could be read.
    """

    citations: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    subsections: tuple[str, ...] | None = ()
    data: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    csv_files: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    experiments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


KINDS: Mapping[str, str] = {
    "cita": "esta clave no está en references.bib",
    "figura": "no hay una figura con este nombre en figures/",
    "grafo": "no hay un grafo con este nombre en figures/",
    "tabla": "no hay una tabla con este nombre en paper/tablas/",
    "seccion": "no hay una sección con este nombre en paper/secciones/",
    "lugar": "no hay una sección ni un apartado con este nombre",
    "datos": "no hay un archivo de datos con este nombre en paper/datos/",
    "programa": "no hay un programa con este nombre en figures/",
    "archivo": "no hay un archivo con este nombre en paper/codigo/",
    "imagen": "no hay una imagen con este nombre en figures/",
    "csv": "no hay un archivo CSV con este nombre en paper/datos/",
    "experimento": "no hay un archivo con este nombre en experimentos/",
    "etiqueta": "esta etiqueta no está en «etiquetas» de paper/informe.yaml",
    "icono": "la biblioteca diagrams no tiene este icono",
}
"""The kinds of name, and what an editor says of one that does not exist."""


def kind_at(model: type[Part], key: str) -> str | None:
    """Return the kind of name that a key of a model takes; None if it takes none that an editor could know."""
    meaning = read_meanings(model).get(model.keys()[key])
    return meaning.kind if isinstance(meaning, NamesOf) and meaning.kind in KINDS else None


def enumerate_names(names: Names) -> dict[str, JsonSchema]:
    """Return a definition for each kind of name but icons, which have a file of their own."""
    lists: dict[str, Mapping[str, str] | Iterable[str]] = {
        "cita": names.citations,
        "figura": names.figures,
        "grafo": names.graphs,
        "tabla": names.tables,
        "seccion": names.sections,
        "lugar": (*names.sections, *names.subsections) if names.subsections is not None else (),
        "datos": names.data,
        "programa": names.programs,
        "imagen": names.images,
        "csv": names.csv_files,
        "archivo": names.sources,
        "experimento": names.experiments,
        "etiqueta": names.tags,
    }
    return {kind: enumeration(kind, words) for kind, words in lists.items()}


def enumeration(kind: str, words: Mapping[str, str] | Iterable[str]) -> JsonSchema:
    """Return the schema of one of these words; any text where there is none, for then an editor can know nothing.

    `enumDescriptions` and `errorMessage` are words that yaml-language-server understands and others pass over.
    """
    described = dict(words) if isinstance(words, Mapping) else dict.fromkeys(words, "")
    values = [(value, described[word]) for word in sorted(described) for value in _readings(word)]
    if not values:
        return dict(TEXT)
    schema: JsonSchema = {"enum": [value for value, _ in values], "errorMessage": KINDS[kind]}
    if any(words for _, words in values):
        schema["enumDescriptions"] = [words for _, words in values]
    return schema


def _readings(word: str) -> list[str | int | float | bool | None]:
    """Return a word with what YAML takes it for when it stands without quotation marks: a key may be `2019`."""
    if re.fullmatch(r"[-+]?[0-9]+", word):
        return [word, int(word)]
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", word):
        return [word, int(word, 0)]
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", word):
        return [word, float(word)]
    if word.casefold() in {"true", "false", "null"}:
        constants = {"true": True, "false": False, "null": None}
        return [word, constants[word.casefold()]]
    return [word]

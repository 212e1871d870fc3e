"""The kinds of data files and the names that a report knows -> the text of each schema file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from imprenta.model.data import DataFile
from imprenta.model.figure import GalleryFigure, GraphFigure, ImageFigure, PlotFigure
from imprenta.model.measurements import Measurements
from imprenta.model.report import Report, Section
from imprenta.model.rubric import Rubric
from imprenta.model.table import Table
from imprenta.schema.generate import generate_schema, tell_by_key
from imprenta.schema.names import enumerate_names, enumeration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model import Part
    from imprenta.schema.names import JsonSchema, Names

DRAFT = "http://json-schema.org/draft-07/schema#"
ICONS_FILE = "iconos.schema.json"

MODELS: Mapping[str, type[Part]] = {
    "informe": Report,
    "seccion": Section,
    "tabla": Table,
    "datos": DataFile,
    "mediciones": Measurements,
    "rubrica": Rubric,
}
"""The schemas of one model, by the name of their file."""

FIGURES: Mapping[str, type[Part]] = {
    "nodos": GraphFigure,
    "grafica": PlotFigure,
    "imagen": ImageFigure,
    "imagenes": GalleryFigure,
}
"""The kinds of figure by the key that tells them, as the loader tells them."""

SCHEMA_FILES = tuple(f"{name}.schema.json" for name in (*MODELS, "figura"))
"""The files that `write_schemas` makes."""


def write_schemas(names: Names) -> dict[str, str]:
    """Return the text of each schema by the name of its file; that of figures refers to ICONS_FILE."""
    kinds = enumerate_names(names) | {"icono": {"$ref": ICONS_FILE}}
    schemas = {name: generate_schema(model) for name, model in MODELS.items()}
    schemas["figura"] = _figure_schema()
    return {f"{name}.schema.json": _format(schema, kinds) for name, schema in schemas.items()}


def write_icons_schema(icons: Iterable[str]) -> str:
    """Return the text of ICONS_FILE. It stands apart because it is long and changes with `diagrams` alone."""
    return _dump({"$schema": DRAFT, "title": "Icono", **enumeration("icono", icons)})


def _figure_schema() -> JsonSchema:
    """Return the schema of a figure: the kind whose key is there."""
    definitions: JsonSchema = {}
    for model in FIGURES.values():
        made = generate_schema(model)
        definitions |= made.pop("definitions")
        definitions[model.__name__] = made
    kinds = [(key, {"$ref": f"#/definitions/{model.__name__}"}) for key, model in FIGURES.items()]
    return {
        "title": "Figura",
        "description": "Un grafo, una gráfica o imágenes: las distingue la clave nodos, grafica, imagen o imagenes",
        **tell_by_key(kinds),
        "definitions": definitions,
    }


def _format(schema: JsonSchema, kinds: Mapping[str, JsonSchema]) -> str:
    """Return a schema as text, with the kinds of names that it uses among its definitions."""
    text = json.dumps(schema)
    used = {kind: made for kind, made in kinds.items() if f'"#/definitions/{kind}"' in text}
    return _dump({"$schema": DRAFT, **schema, "definitions": {**schema["definitions"], **used}})


def _dump(schema: JsonSchema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"

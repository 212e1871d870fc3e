"""A model -> the JSON Schema of what an author types for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from imprenta.codes import CODES
from imprenta.model import BLOCKS, COLUMNS, ROWS, GeneratedTable, Section, Table
from imprenta.model.data import Quantity
from imprenta.model.measurements import Measurements
from imprenta.model.part import SHAPE
from imprenta.model.settings import Checking
from imprenta.schema.names import TEXT, kind_at
from imprenta.schema.words import MODEL_WORDS

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from imprenta.model import Part
    from imprenta.schema.names import JsonSchema


def _any_case(*words: str) -> str:
    """Return a pattern of these words in capitals or not; JSON Schema has no flag for it."""
    return rf"^\s*({'|'.join(''.join(f'[{letter}{letter.upper()}]' for letter in word) for word in words)})\s*$"


BOOLEAN: JsonSchema = {
    "anyOf": [
        {"enum": ["sí", "no"], "errorMessage": "se espera sí o no"},
        {"type": "string", "pattern": _any_case("sí", "si", "no", "true", "false", "verdadero", "falso")},
        {"not": {"type": ["string", "number", "array", "object", "null"]}},
    ],
}
"""The last is a way to say boolean that makes no editor offer `true` and `false` beside `sí` and `no`."""
NUMBER_PATTERN = r"^\s*[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,3})?\s*$"
DATE_MESSAGE = "se espera una fecha: AAAA, AAAA-MM o AAAA-MM-DD"
DATE: JsonSchema = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*\d{4}(-\d\d){0,2}\s*$", "errorMessage": DATE_MESSAGE},
        {"type": "integer", "minimum": 1, "maximum": 9999, "errorMessage": DATE_MESSAGE},
    ],
}


def _either(one: str, other: str) -> JsonSchema:
    """Return a schema that asks for exactly one of two keys, and says so."""
    message = f"hace falta «{one}» o «{other}»"
    return {
        "anyOf": [{"required": [key], "errorMessage": message} for key in (one, other)],
        "if": {"required": [one, other]},
        "then": {"properties": {other: False}, "errorMessage": f"«{one}» y «{other}» no se admiten a la vez"},
    }


def _common(keys: tuple[str, ...], of: str) -> JsonSchema:
    """Return a schema that asks for keys in the mapping, or in each one of its list."""
    return {
        "allOf": [
            {
                "anyOf": [{"required": [key]}, {"properties": {of: {"items": {"required": [key]}}}}],
                "errorMessage": f"hace falta «{key}» aquí, o en cada una de «{of}»",
            }
            for key in keys
        ]
    }


RULES: Mapping[type[Part], JsonSchema] = {
    Measurements: _common(("fecha", "equipo"), "mediciones"),
    Section: _either("respuesta", "contenido"),
    Quantity: _either("valor", "formula"),
    GeneratedTable: _either("comunicaciones", "valores"),
    Table: {
        **_either("filas", "csv"),
        "allOf": [{"if": {"required": ["filas"]}, "then": {"required": ["columnas"]}}],
    },
}
"""What the loader and the checks ask of a whole mapping and its model cannot say."""
KEYED: tuple[Mapping[str, type[Part]], ...] = (BLOCKS, ROWS, COLUMNS)
"""The unions whose kinds a key tells apart: the key, and the kind."""
NAME = "<nombre>"
"""Marks where a kind of name stands while pydantic, which knows its own references only, is at work."""
BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def generate_schema(model: type[Part]) -> JsonSchema:
    """Return the schema of a model: its own properties at the top, the models that it holds under `definitions`.

    References to kinds of names (`#/definitions/cita`) are left for the caller to define. Draft 07 is what all
    versions of yaml-language-server read; nothing of later drafts is needed.
    """
    schema: JsonSchema = model.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_Generator
    )
    definitions = schema.pop("$defs", {})
    made: JsonSchema = _tidy({**schema, "definitions": definitions})
    return made


class _Generator(GenerateJsonSchema):
    """pydantic's generator, taught what our scalars and unions look like to those who type them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe a model in Spanish, and put the kinds of names where they stand."""
        model: type[Part] = schema["cls"]
        made = super().model_schema(schema)
        made["title"], made["description"] = MODEL_WORDS.get(model, (model.__name__, ""))
        for key, value in made["properties"].items():
            value.pop("title", None)
            kind = kind_at(model, key)
            described = _describe(value, model.model_fields[model.keys()[key]].description or "")
            made["properties"][key] = described if kind is None else _point(described, kind)
        if model is Checking:
            made["properties"]["gravedad"] = _name_codes(made["properties"]["gravedad"])
        return made | RULES.get(model, {})

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Admit what the readers of scalars admit."""
        inner = self.generate_inner(schema["schema"])
        bounds = {BOUNDS[key]: schema["schema"][key] for key in BOUNDS if key in schema["schema"]}
        match getattr(schema["function"]["function"], "__name__", ""):
            case "_read_boolean":
                return dict(BOOLEAN)
            case "_read_decimal":
                return _number("number", NUMBER_PATTERN, "se espera un número", bounds)
            case "_read_integer":
                return _number("integer", r"^\s*[+-]?\d{1,9}\s*$", "se espera un número entero", bounds)
            case "_check_date":
                return dict(DATE)
            case "as_list":
                return {"anyOf": [inner["items"], inner]}
            case "_as_mapping":
                return {"anyOf": [TEXT, inner]}
        return inner

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: a key without a value is a mistake, one that is not needed is not written."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Keep the defaults that an author could type."""
        made = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if isinstance(default, bool):
            return {**made, "default": "sí" if default else "no"}
        return {**made, "default": default} if isinstance(default, str | int) else made

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Turn kinds that a key tells apart into as many branches, and the rest into alternatives.

        An editor then speaks of the one kind that was meant instead of all that were not.
        """
        by_shape = schema["discriminator"] is SHAPE.discriminator
        tags = {str(tag).strip("<>") for tag in schema["choices"]}
        kinds_of = max(KEYED, key=lambda kinds: len(tags & kinds.keys()))
        keyed: list[tuple[str, JsonSchema]] = []
        others: list[JsonSchema] = []
        for tag, choice in schema["choices"].items():
            made, key = self.generate_inner(choice), str(tag).strip("<>")
            if not by_shape and key in kinds_of:
                keyed.append((key, made))
            else:
                others.append(made)
        if not keyed:
            return {"anyOf": others}
        # A kind that has another's key among its own is asked for before that other one, as the loader does.
        telling = {key for key, _ in keyed}
        keyed.sort(key=lambda kind: -len(kinds_of[kind[0]].keys().keys() & telling))
        kinds = tell_by_key(keyed)
        return {"if": {"type": "object"}, "then": kinds, "else": {"anyOf": others}} if others else kinds


def _describe(value: JsonSchema, description: str) -> JsonSchema:
    """Put what a key is beside what it holds: beside a reference to a model, readers would take the model's words."""
    if "$ref" in value:
        value = {"allOf": [{"$ref": value["$ref"]}], **{name: kept for name, kept in value.items() if name != "$ref"}}
    return {**value, "description": description} if description else value


def tell_by_key(kinds: list[tuple[str, JsonSchema]]) -> JsonSchema:
    """Return a schema that takes the first kind whose key is there; without any of the keys, all are offered."""
    made: JsonSchema = {"anyOf": [schema for _, schema in kinds]}
    for key, schema in reversed(kinds):
        made = {"if": {"type": "object", "required": [key]}, "then": schema, "else": made}
    return made


def _name_codes(value: JsonSchema) -> JsonSchema:
    """Offer the codes of problems as the keys of a mapping, each with what it says."""
    weight = value["additionalProperties"]
    known = {name: {**weight, "description": code.title} for name, code in CODES.items()}
    return {**value, "properties": known, "additionalProperties": False}


def _number(kind: str, pattern: str, message: str, bounds: Mapping[str, Any]) -> JsonSchema:
    limits = {key: float(value) for key, value in bounds.items()}
    choices: list[JsonSchema] = [{"type": kind, **limits}, {"type": "string", "pattern": pattern}]
    return {"anyOf": [{**choice, "errorMessage": message} for choice in choices]}


def _point(value: JsonSchema, kind: str) -> JsonSchema:
    """Put the reference to a kind of name in the place of the text, of the texts of a list, or of one of a choice."""
    reference = {NAME: kind}
    if value.get("type") == TEXT["type"]:
        return {**{key: kept for key, kept in value.items() if key != "type"}, **reference}
    if "items" in value:
        return {**value, "items": _point(value["items"], kind)}
    lists = ({**choice, "items": reference} if choice.get("items") == TEXT else choice for choice in value["anyOf"])
    return {**value, "anyOf": [reference if choice == TEXT else choice for choice in lists]}


def _tidy(value: Any) -> Any:
    """Turn the marks of kinds of names into references, and bounds that pydantic left under its own names."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {BOUNDS.get(key, key) if isinstance(item, int) else key: _tidy(item) for key, item in value.items()}
    if isinstance(made.get("enum"), list) and "errorMessage" not in made:
        made["errorMessage"] = f"se admite: {', '.join(map(str, made['enum']))}"
    if NAME in made:
        made["$ref"] = f"#/definitions/{made.pop(NAME)}"
    return made

"""The models of the data, and reports that use their keys -> a page of the guide for each kind of file: the reference.

Of every key: what it is, what may stand there, whether it must, what holds without it, and an example. All of it is
read from the models and from reports that are there; nothing is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import yaml
from pymdownx.slugs import slugify

from imprenta.model import BLOCKS, CellRow, Part, Text
from imprenta.model.cover import LabelledTexts
from imprenta.model.data import DataFile
from imprenta.model.meaning import Meaning, Names, Printed, Unprinted, read_meanings
from imprenta.model.measurements import Measurements
from imprenta.model.paper import Paper
from imprenta.model.report import Fragment, Report, Section
from imprenta.model.rubric import Rubric
from imprenta.model.table import Table
from imprenta.schema.files import FIGURES
from imprenta.schema.generate import BOOLEAN, DATE, generate_schema
from imprenta.schema.words import MODEL_WORDS

JsonSchema = dict[str, Any]
Examples = Mapping[tuple[type[Part] | str, str], str]
"""What was typed for a key of a model, or for a key of this type, as YAML in one line."""

FOLDER = "guia/referencia"
FILES: Mapping[str, tuple[str, str, tuple[type[Part], ...]]] = {
    "informe": ("Claves del informe", "`paper/informe.yaml`", (Report,)),
    "seccion": ("Claves de una sección", "`paper/secciones/<id>.yaml`", (Section, Fragment)),
    "tabla": ("Claves de una tabla", "`paper/tablas/<id>.yaml`", (Table,)),
    "datos": ("Claves de los valores", "`paper/datos/<id>.yaml`", (DataFile,)),
    "figura": ("Claves de una figura", "`figures/<id>.yaml`", tuple(FIGURES.values())),
    "mediciones": ("Claves de las mediciones propias", "`paper/mediciones.yaml`", (Measurements,)),
    "rubrica": ("Claves de la rúbrica", "`paper/rubrica.yaml`", (Rubric,)),
}
"""The pages: their titles, the files that they tell of, and the models of those files."""

ROLES: Mapping[str, str] = {
    "block": "párrafos en Markdown",
    "heading": "texto de una línea",
    "line": "texto de una línea",
    "cell": "texto de una celda",
    "bare": "rótulo",
    "spoken": "texto que se oye en lugar del dibujo",
    "formula": "fórmula",
    "row": "renglón de una fórmula",
    "symbol": "símbolo de una fórmula",
    "code": "código",
}
NAMES: Mapping[str, str] = {
    "cita": "clave de `references.bib`",
    "figura": "nombre de una figura de `figures/`",
    "grafo": "nombre de un grafo",
    "tabla": "nombre de una tabla de `paper/tablas/`",
    "seccion": "nombre de una sección de `paper/secciones/`",
    "lugar": "nombre de una sección o de un apartado",
    "datos": "nombre de un archivo de `paper/datos/`",
    "programa": "programa de `figures/`",
    "archivo": "archivo de `paper/codigo/`",
    "imagen": "imagen de `figures/`",
    "csv": "CSV de `paper/datos/`",
    "experimento": "archivo de `experimentos/`",
    "icono": "icono de la biblioteca diagrams",
    "etiqueta": "etiqueta del informe",
    "incluido": "archivo `.yaml`, nombrado desde este",
}
UNPRINTED: Mapping[str, str] = {
    "reason": "una razón, en una frase",
    "term": "término",
    "form": "nombre: minúsculas, cifras y guiones",
    "formula": "fórmula de valores",
}
LONGEST_EXAMPLE = 90
BLOCKS_ANCHOR = "bloques"


def write_reference(examples: Examples) -> dict[str, str]:
    """Return the text of each page by its path, and an index of them."""
    pages = {f"{FOLDER}/{name}.md": "\n".join(_write_page(name, examples)) for name in FILES}
    rows = [f"| [{title}]({name}.md) | {path} |" for name, (title, path, _) in FILES.items()]
    index = ["# Todas las claves", "", "Salen de los mismos modelos con que se comprueban los datos.", ""]
    return {f"{FOLDER}/index.md": "\n".join([*index, "| página | archivo |", "|---|---|", *rows, ""]), **pages}


def _write_page(name: str, examples: Examples) -> Iterator[str]:
    title, path, tops = FILES[name]
    models = list(dict.fromkeys(model for top in tops for model in _models_of(top)))
    anchors = _name_anchors(models)
    yield f"# {title}\n\nLo que admite {path}. Una clave que no está aquí se rechaza.\n"
    for model in models:
        words, told = MODEL_WORDS[model]
        yield f"## {words} {{ #{anchors[model]} }}\n"
        keys = [key for key, kind in BLOCKS.items() if kind is model]
        yield told + (f". Es el bloque `- {keys[0]}: …`." if keys else ".") + "\n"
        yield "| clave | qué es |\n|---|---|"
        yield "\n".join(_write_keys(model, anchors, examples)) + "\n"
        if model is Section:
            yield f"## Bloques {{ #{BLOCKS_ANCHOR} }}\n\nLo que una sección lleva, por la clave que lo distingue.\n"
            yield "| bloque | qué es |\n|---|---|"
            yield "\n".join(_write_blocks(anchors)) + "\n"


def _write_blocks(anchors: Mapping[type[Part], str]) -> Iterator[str]:
    for key, kind in BLOCKS.items():
        title, told = MODEL_WORDS[kind]
        yield f"| `- {key}: …` | [{title}](#{anchors[kind]}). {_in_cell(told)} |"


def _models_of(top: type[Part]) -> list[type[Part]]:
    """Return the model of a file and all models that it holds, those that are named first before the others."""
    known = {model.__name__: model for model in MODEL_WORDS}
    schema = generate_schema(top)
    definitions = schema.pop("definitions")
    found = [top]
    waiting = [schema]
    while waiting:
        names = [name for name in _references(waiting.pop(0)) if name in definitions and known[name] not in found]
        found += [known[name] for name in names]
        waiting += [definitions[name] for name in names]
    return found


def _references(schema: Any) -> list[str]:
    """Return the names that a schema refers to, each once, in their order."""
    names = re.findall(r"'#/definitions/([^']+)'", repr(schema))
    return list(dict.fromkeys(names))


def _name_anchors(models: Iterable[type[Part]]) -> dict[type[Part], str]:
    """Return an anchor for each model of a page: its title, with a number from the second of the same title on."""
    slug = slugify(case="lower")
    anchors: dict[type[Part], str] = {}
    for model in models:
        plain = slug(MODEL_WORDS[model][0], "-")
        same = sum(re.fullmatch(rf"{re.escape(plain)}(-\d+)?", anchor) is not None for anchor in anchors.values())
        anchors[model] = f"{plain}-{same + 1}" if same else plain
    return anchors


def _write_keys(model: type[Part], anchors: Mapping[type[Part], str], examples: Examples) -> Iterator[str]:
    schema = generate_schema(model)
    schema = schema["definitions"][model.__name__] if "properties" not in schema else schema
    for key, name in model.keys().items():
        made = schema["properties"][key]
        kind = _Words(anchors, read_meanings(model).get(name)).describe(made)
        told = [f"{model.model_fields[name].description}.".replace("..", "."), f"*{kind}*"]
        if key in schema.get("required", []):
            told.append("**obligatoria**")
        if "default" in made:
            told.append(f"sin ella, `{made['default']}`")
        words = "; ".join(told).replace(".;", ".")
        example = examples.get((model, key)) or examples.get(_alike(model, key), "")
        words += f"<br>`` {example} ``" if example else ""
        yield f"| `{key}` | {_in_cell(words)} |"


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


class _Words:
    """What may stand for a key, told in Spanish."""

    def __init__(self, anchors: Mapping[type[Part], str], meaning: Meaning | None) -> None:
        self._anchors = {model.__name__: (model, anchor) for model, anchor in anchors.items()}
        self._meaning = meaning

    def describe(self, schema: JsonSchema) -> str:
        """Return the words for a schema."""
        choices = schema.get("anyOf", [])
        if choices == BOOLEAN["anyOf"]:
            return "`sí` o `no`"
        if choices == DATE["anyOf"]:
            return "fecha: `AAAA`, `AAAA-MM` o `AAAA-MM-DD`"
        if choices and choices[0].get("type") in ("number", "integer"):
            return self._number(schema, choices[0])
        if "$ref" in schema:
            return self._name(schema["$ref"].rpartition("/")[2])
        if "if" in schema:
            names = _references(schema)
            if {kind.__name__ for kind in BLOCKS.values()} <= set(names):
                return f"[bloque](#{BLOCKS_ANCHOR})"
            return self._join([self._name(name) for name in names])
        if choices:
            return self._join([self.describe(choice) for choice in choices])
        if "enum" in schema or "const" in schema:
            return self._join([f"`{word}`" for word in schema.get("enum", [schema.get("const")])])
        if schema.get("type") == "array":
            exactly = f"{schema['maxItems']} veces " if schema.get("minItems") == schema.get("maxItems", -1) else ""
            return f"lista: {exactly}{self.describe(schema['items'])}"
        if schema.get("type") == "object":
            values = schema["additionalProperties"] or next(iter(schema["properties"].values()))
            return f"mapa: de cada nombre, {self.describe(values)}"
        return self._text()

    def _name(self, name: str) -> str:
        if name in self._anchors:
            model, anchor = self._anchors[name]
            return f"[{MODEL_WORDS[model][0].lower()}](#{anchor})"
        return NAMES[name]

    def _number(self, schema: JsonSchema, typed: JsonSchema) -> str:
        kind = "número" if typed["type"] == "number" else "número entero"
        bounds = schema | typed
        least, most = (
            bounds.get("minimum", bounds.get("exclusiveMinimum")),
            bounds.get("maximum", bounds.get("exclusiveMaximum")),
        )
        told = [f"{word} {limit:g}" for word, limit in (("de", least), ("hasta", most)) if limit is not None]
        return " ".join([kind, *told])

    def _text(self) -> str:
        match self._meaning:
            case Printed(role):
                return ROLES[role]
            case Names(kind):
                return NAMES.get(kind, f"nombre de {kind}")
            case Unprinted(kind):
                return UNPRINTED[kind]
        return "texto"

    @staticmethod
    def _join(words: Iterable[str]) -> str:
        *first, last = dict.fromkeys(words)
        return f"{', '.join(first)} o {last}" if first else last


def gather_examples(papers: Iterable[Paper]) -> Examples:
    """Return the shortest that was typed for each key of each model, from the first report that has the key.

    What nobody typed for a model's key may have been typed for another's that is the same: see `_alike`.
    """
    found: dict[tuple[type[Part] | str, str], str] = {}
    for paper in papers:
        own: dict[tuple[type[Part] | str, str], str] = {}
        for part in _walk([*paper.printed_files(), paper.rubric]):
            for key, name in _given(part):
                text = _dump({key: _plain(getattr(part, name))})
                for place in ((type(part), key), _alike(type(part), key)):
                    own[place] = min(own.get(place, text), text, key=len)
        found = own | found
    return found


def _alike(model: type[Part], key: str) -> tuple[str, str]:
    """Return what tells keys of several models that are one: the key, and the type of what may stand there."""
    return key, str(model.model_fields[model.keys()[key]].annotation)


def _walk(value: Any) -> Iterator[Part]:
    """Yield every model in a value, each before what is inside it."""
    if isinstance(value, Part):
        yield value
        for name in value.model_fields_set:
            yield from _walk(getattr(value, name))
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _walk(item)
    elif isinstance(value, CellRow):
        yield from _walk(value.merged)


def _plain(value: Any) -> Any:
    """Return what an author types for a value: texts, lists and mappings of them."""
    match value:
        case Text():
            return value.value.strip()
        case bool():
            return "sí" if value else "no"
        case Part():
            return {key: _plain(getattr(value, name)) for key, name in _given(value)}
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case CellRow():
            merged = {id(cell.text): cell for cell in value.merged}
            return [_plain(merged.get(id(cell), cell)) for cell in value.cells]
        case LabelledTexts():
            return {label.value: _plain(text) for label, text in value.pairs}
        case Decimal():
            return f"{value:f}"
    return str(value)


def _given(part: Part) -> list[tuple[str, str]]:
    return [(key, name) for key, name in part.keys().items() if name in part.model_fields_set]


class _Dumper(yaml.BaseDumper):
    """Writes every scalar without quotation marks where YAML's signs allow it: the schema decides its type."""


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text))
_Dumper.add_representer(list, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items))
_Dumper.add_representer(dict, lambda dumper, pairs: dumper.represent_mapping("tag:yaml.org,2002:map", pairs.items()))


def _dump(value: Any) -> str:
    """Return a mapping of one key as YAML in one line, with «…» for what is too long to be an example."""
    for letters, items in ((LONGEST_EXAMPLE, 4), (40, 2), (24, 1)):
        cut = _cut(value, letters, items)
        text = str(yaml.dump(cut, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10_000)).strip()
        if len(text) <= LONGEST_EXAMPLE:
            break
    return text[1:-1]


def _cut(value: Any, letters: int, items: int) -> Any:
    if isinstance(value, str):
        line = " ".join(value.split())
        return line if len(line) <= letters else f"{line[:letters].rpartition(' ')[0] or line[:letters]} …"
    if isinstance(value, list):
        return [_cut(item, letters, items) for item in value[:items]] + (["…"] if len(value) > items else [])
    kept = {key: _cut(item, letters, items) for key, item in [*value.items()][: items + 1]}
    return kept

"""The schemas admit what the loader admits, refuse what it refuses, and know the names of the report."""

from __future__ import annotations

import json
import re
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
import yaml

from imprenta import cli
from imprenta.load.validation import validate_tree
from imprenta.load.yaml_source import read_yaml
from imprenta.model.data import DataFile
from imprenta.model.figure import GraphFigure
from imprenta.model.meaning import Names as NamesOf
from imprenta.model.meaning import read_meanings
from imprenta.model.measurements import Measurements
from imprenta.model.part import Part
from imprenta.model.report import Report, Section
from imprenta.model.rubric import Rubric
from imprenta.model.table import Table
from imprenta.pipeline import build_report, examine_report, load_report, refresh_schemas, schemas
from imprenta.schema import ICONS_FILE, SCHEMA_FILES, Names, write_icons_schema, write_schemas
from imprenta.schema.files import MODELS
from imprenta.schema.names import KINDS, enumeration, kind_at
from imprenta.schema.words import MODEL_WORDS
from imprenta.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = ROOT / "tests" / "problems"
CASES = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir() and not path.name.startswith("_"))
KIND_OF_FOLDER = {
    "paper/secciones": "seccion",
    "paper/tablas": "tabla",
    "paper/datos": "datos",
    "figures": "figura",
}
NAMES = Names(
    citations={"raft": "In Search of an Understandable Consensus Algorithm (2014)", "2019": ""},
    figures=("swarm", "costo"),
    graphs=("swarm",),
    tables=("comparacion",),
    sections=("introduccion",),
    subsections=("fallo",),
    data=("costos",),
    programs=("costo.py",),
    images=("montaje.png",),
    sources=("despacho.c",),
    experiments=("ríos.csv",),
)


class Yaml12Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does, and so as yaml-language-server does."""


Yaml12Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


@lru_cache(maxsize=1)
def all_icons() -> str:
    from imprenta.figures.graphs.icons import known_icons

    return write_icons_schema(known_icons())


def make_validators(schemas: dict[str, str]) -> dict[str, jsonschema.Draft7Validator]:
    """Return a validator for each kind of file; the registry stands for the folder where the schemas lie."""
    loaded = {name: json.loads(text) for name, text in schemas.items()}
    registry: Any = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(schema)) for name, schema in loaded.items()
    )
    return {
        name.partition(".")[0]: jsonschema.Draft7Validator(schema, registry=registry) for name, schema in loaded.items()
    }


@pytest.fixture(scope="module")
def validators() -> dict[str, jsonschema.Draft7Validator]:
    return make_validators({**write_schemas(NAMES), ICONS_FILE: all_icons()})


MADE: dict[str, dict[str, jsonschema.Draft7Validator]] = {}
"""The validators of projects, by the names that these have: most of those that are tried have the same."""


def project_validators(root: Path) -> dict[str, jsonschema.Draft7Validator]:
    workspace = Workspace(root)
    loaded = load_report(workspace)
    names = schemas.gather_names(workspace, loaded.paper, loaded.bibliography)
    if repr(names) not in MADE:
        MADE[repr(names)] = make_validators({**write_schemas(names), ICONS_FILE: all_icons()})
    return MADE[repr(names)]


def data_files(root: Path) -> list[tuple[str, Path]]:
    """Return the data files of a project, each with the kind of its schema."""
    files = [(kind, path) for folder, kind in KIND_OF_FOLDER.items() for path in sorted((root / folder).glob("*.yaml"))]
    files += [(kind, root / "paper" / f"{kind}.yaml") for kind in ("informe", "rubrica", "mediciones")]
    return [(kind, path) for kind, path in files if path.is_file()]


def complaints(validator: jsonschema.Draft7Validator, text: str) -> list[str]:
    data = yaml.load(text, Loader=Yaml12Loader)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]


def project_complaints(root: Path) -> list[str]:
    """Return what the schemas find wrong with a project; what cannot be read as YAML is left to the editor."""
    validators = project_validators(root)
    found = []
    for kind, path in data_files(root):
        try:
            found += [f"{path.name}: {words}" for words in complaints(validators[kind], path.read_text("utf-8"))]
        except (UnicodeDecodeError, yaml.YAMLError):
            continue
    return found


def walk(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [inner for item in schema for inner in walk(item)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(inner for item in schema.values() for inner in walk(item))]


def all_models(base: type[Part] = Part) -> list[type[Part]]:
    """Return the models of the engine; the tests make some of their own."""
    found = [model for child in base.__subclasses__() for model in (child, *all_models(child))]
    return [model for model in found if model.__module__.startswith("imprenta.")]


def test_the_data_of_the_report_are_right() -> None:
    files = data_files(ROOT)
    assert {kind for kind, _ in files} >= {"informe", "seccion", "tabla", "datos", "figura"}
    assert project_complaints(ROOT) == []


@pytest.mark.parametrize("name", SCHEMA_FILES)
def test_a_schema_is_a_schema(name: str) -> None:
    text = write_schemas(NAMES)[name]
    schema = json.loads(text)
    jsonschema.Draft7Validator.check_schema(schema)
    assert "<" not in re.sub(r'"(description|pattern)": .*', "", text)
    references = {part["$ref"] for part in walk(schema) if isinstance(part.get("$ref"), str)}
    known = {f"#/definitions/{name}" for name in schema["definitions"]} | {ICONS_FILE}
    assert references <= known


def test_editors_are_told_what_each_thing_is_in_spanish() -> None:
    models = {model for model in all_models() if not (model.__subclasses__() and model not in MODEL_WORDS)}
    used = {name for text in write_schemas(NAMES).values() for name in json.loads(text)["definitions"]}
    roots = {"Report", "Section", "Table", "DataFile", "Rubric", "Measurements", "Fragment"}
    assert {model.__name__ for model in models} - used == roots
    for model in models:
        assert model.__subclasses__() or all(MODEL_WORDS[model]), model
        for field in model.model_fields.values():
            assert field.description or field.alias == "<place>", (model, field.alias)


@pytest.mark.parametrize("name", [*MODELS, "figura"])
def test_an_editor_shows_of_each_key_what_it_is_and_not_what_its_model_is(name: str) -> None:
    schema = json.loads(write_schemas(NAMES)[f"{name}.schema.json"])
    models = {model.__name__: model for model in MODEL_WORDS}
    seen = 0
    for title, made in [(MODELS[name].__name__ if name in MODELS else "", schema), *schema["definitions"].items()]:
        for key, value in made.get("properties", {}).items() if title in models else ():
            field = models[title].model_fields[models[title].keys()[key]]
            assert value["description"] == field.description, f"{title}.{key}"
            referred = schema["definitions"].get(value.get("$ref", "").rpartition("/")[2], {})
            assert "description" not in referred, f"{title}.{key}: editors show what «$ref» leads to"
            seen += 1
    assert seen > 3


def test_an_editor_knows_every_kind_of_name_or_it_is_a_name_inside_its_own_file() -> None:
    named = {
        meaning.kind
        for model in all_models()
        for meaning in read_meanings(model).values()
        if isinstance(meaning, NamesOf)
    }
    # A file that is included is named from the one that does it, which a schema does not know.
    assert named - set(KINDS) == {"afiliacion", "clase", "columna", "grupo", "incluido", "nodo"}
    assert set(KINDS) <= named


def test_every_list_of_citations_knows_the_keys() -> None:
    lists = [
        (model, "citas") for model in all_models() for field in model.model_fields.values() if field.alias == "citas"
    ]
    assert len(lists) >= 4
    assert {kind_at(model, key) for model, key in lists} == {"cita"}


RIGHT = {
    "informe": [
        "{titulo: 2019, autores: [{nombre: Ana}], fecha: 2019, secciones: [introduccion]}",
        "{titulo: A, autores: [{nombre: Ana, orcid: 0000-0001}], fecha: 2019-01-31, estilo_citas: apa, secciones: "
        "[introduccion], comprobacion: {gravedad: {cita-desconocida: aviso}, vigencia_meses: 12}}",
    ],
    "seccion": [
        "{titulo: A, respuesta: [{texto: 'Sí'}, {figura: costo}, {tabla: comparacion}]}",
        "{titulo: A, respuesta: [{tabla: {comunicaciones: swarm}}]}",
        "{titulo: no, contenido: [{apartado: 1.10, id: x, contenido: [{tabla: {valores: costos}}]}]}",
        "{titulo: A, respuesta: [{texto: a, sin_fuente: porque sí}]}",
    ],
    "tabla": [
        "{titulo: A, columnas: [{titulo: a, ancho: '2,5'}], filas: [[a, 1, true, 2019-06], {grupo: g}], apaisada: sí}",
        "{titulo: A, columnas: [{titulo: a, ancho: 0.5}], filas: [{para: {n: [1, '2,5']}, celdas: [a]}], apaisada: No}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], apaisada: false, letra: minima, citas: [raft, 2019]}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], apaisada: 'VERDADERO', citas: ['2019']}",
    ],
    "datos": [
        "{titulo: A, valores: {a: {concepto: a, valor: 2, citas: [raft], fecha: 2019-06, decimales: 2}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: [1, '2,5', 1e3], supuesto: b}, b: {concepto: c, formula: a}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: -0.5, citas: [raft], actual: Sí, decimales: '0'}}}",
    ],
    "figura": [
        "{pie: A, nodos: {a: {titulo: A, icono: onprem.container.Docker}, 2: {titulo: 2}}, "
        "aristas: [{de: a, a: [2], sentido: doble, puerto: 443, citas: [raft]}], disposicion: {filas: [[a], [2]]}}",
        "{pie: A, alternativa: b, grafica: costo.py, datos: [costos], alto: '7,5', citas: [raft]}",
        "{pie: A, alternativa: b, imagen: montaje.png, ancho: 10}",
    ],
    "rubrica": ["{exigencias: [{encargo: a, figuras: 2, seccion: fallo, palabras: {minimo: 1, maximo: 9}}]}"],
    "mediciones": [
        "{equipo: a, fecha: 2026, mediciones: [{id: a, titulo: a, metodo: b, repeticiones: 2, datos: ríos.csv}]}",
        "{mediciones: [{id: a, titulo: a, metodo: b, equipo: c, fecha: 2026-11, repeticiones: 1, datos: [ríos.csv]}]}",
    ],
}

WRONG = {
    "informe": [
        "{autores: [{nombre: Ana}], fecha: 2019, secciones: [introduccion]}",
        "{titulo: A, autores: [], fecha: 2019, secciones: [introduccion]}",
        "{titulo: A, autores: [{nombre: Ana}], fecha: mayo, secciones: [introduccion]}",
        "{titulo: A, autores: [{nombre: Ana}], fecha: 2019, estilo_citas: harvard, secciones: [introduccion]}",
    ],
    "seccion": [
        "{titulo: A, respuesta: [{figur: costo}]}",
        "{titulo: A, respuesta: [{figura: costo, pie: x}]}",
        "{titulo: A, respuesta: [texto]}",
        "{titulo: A, respuesta: []}",
        "{titulo: A, respuesta: [{apartado: a}]}",
        "{titulo: [A], respuesta: [{texto: a}]}",
    ],
    "tabla": [
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], cita: [raft]}",
        "{titulo: A, columnas: [{titulo: a}], filas: [a]}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[[a]]]}",
        "{titulo: A, columnas: [{titulo: a}], filas: [{para: {n: [uno]}, celdas: [a]}]}",
        "{titulo: A, columnas: [{titulo: a, ancho: 0}], filas: [[a]]}",
        "{titulo: A, columnas: [{titulo: a, alineacion: medio}], filas: [[a]]}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], apaisada: tal vez}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], apaisada: 1}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], letra: grande}",
        "{titulo: A, columnas: [{titulo: a}], filas: [[a]], citas: raft}",
    ],
    "datos": [
        "{titulo: A, valores: {}}",
        "{titulo: A, valores: {a: {concepto: a, valor: dos, citas: [raft]}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: 2, fecha: 2019-6, citas: [raft]}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: 2, decimales: 13, citas: [raft]}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: 2, decimales: 1.5, citas: [raft]}}}",
        "{titulo: A, valores: {a: 3}}",
    ],
    "figura": [
        "{pie: A, nodos: {a: {titulo: A}}, aristas: [{de: a}]}",
        "{pie: A, nodos: {a: {titulo: A}}, aristas: [{de: a, a: [a], sentido: vuelta}]}",
        "{pie: A, nodos: {a: {titulo: A}}, alternativa: b}",
        "{pie: A, nodos: {}}",
    ],
    "rubrica": ["{exigencias: [{figuras: 2}]}", "{exigencias: [{encargo: a, figuras: 0}]}"],
    "mediciones": [
        "{equipo: a, fecha: 2026, mediciones: []}",
        "{equipo: a, fecha: 2026, mediciones: [{id: a, titulo: a, metodo: b, datos: ríos.csv}]}",
        "{equipo: a, fecha: 2026, mediciones: [{id: a, titulo: a, metodo: b, repeticiones: 0, datos: ríos.csv}]}",
    ],
}

UNKNOWN = {
    "informe": [
        "{titulo: A, autores: [{nombre: Ana}], fecha: 2019, secciones: [introducion]}",
        "{titulo: A, autores: [{nombre: Ana}], fecha: 2019, secciones: [introduccion], "
        "comprobacion: {gravedad: {cita-conocida: nada}}}",
    ],
    "seccion": [
        "{titulo: A, respuesta: [{figura: swam}]}",
        "{titulo: A, respuesta: [{tabla: swarm}]}",
        "{titulo: A, respuesta: [{tabla: {comunicaciones: costo}}]}",
        "{titulo: A, respuesta: [{tabla: {valores: costes}}]}",
        "{titulo: A, respuesta: [{tabla: {comunicaciones: swarm, valores: costos}}]}",
        "{titulo: A, respuesta: [{tabla: {}}]}",
        "{titulo: A, respuesta: [{texto: a}], contenido: [{texto: a}]}",
        "{titulo: A}",
        "{titulo: A, contenido: [{apartado: a, contenido: [{apartado: b, contenido: [{figura: zzz}]}]}]}",
    ],
    "tabla": ["{titulo: A, columnas: [{titulo: a}], filas: [[a]], citas: [raft, Raft]}"],
    "datos": [
        "{titulo: A, valores: {a: {concepto: a, valor: 2, citas: [paxos]}}}",
        "{titulo: A, valores: {a: {concepto: a, valor: 2, formula: 3}}}",
        "{titulo: A, valores: {a: {concepto: a}}}",
    ],
    "figura": [
        "{pie: A, nodos: {a: {titulo: A, icono: onprem.container.Doker}}}",
        "{pie: A, nodos: {a: {titulo: A}}, aristas: [{de: a, a: [a], citas: [paxos]}]}",
        "{pie: A, nodos: {a: {titulo: A}}, citas: [paxos]}",
        "{pie: A, alternativa: b, grafica: coste.py}",
        "{pie: A, alternativa: b, grafica: costo.py, datos: [costo]}",
        "{pie: A, alternativa: b, imagen: montaje.jpg}",
        "{pie: A, alternativa: b}",
    ],
    "rubrica": ["{exigencias: [{encargo: a, seccion: falo}]}"],
    "mediciones": [
        "{equipo: a, fecha: 2026, mediciones: [{id: a, titulo: a, metodo: b, repeticiones: 1, datos: rios.csv}]}",
        "{fecha: 2026, mediciones: [{id: a, titulo: a, metodo: b, repeticiones: 1, datos: ríos.csv}]}",
    ],
}


def pairs(samples: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, texts in samples.items() for text in texts]


def loads(kind: str, text: str) -> bool:
    """Tell whether the loader's models take a text."""
    models = {"informe": Report, "seccion": Section, "tabla": Table, "datos": DataFile, "rubrica": Rubric}
    models["mediciones"] = Measurements
    tree = read_yaml(text, "x.yaml")
    model = models.get(kind, GraphFigure)
    if kind == "figura":
        from imprenta.load.paper_files import FIGURE_KINDS

        model = next((FIGURE_KINDS[key] for key in FIGURE_KINDS if key in tree.data), GraphFigure)
    _, problems = validate_tree(model, tree)
    return not tree.problems and not problems


@pytest.mark.parametrize(("kind", "text"), pairs(RIGHT))
def test_what_the_loader_takes_is_right(
    validators: dict[str, jsonschema.Draft7Validator], kind: str, text: str
) -> None:
    assert loads(kind, text)
    assert complaints(validators[kind], text) == []


@pytest.mark.parametrize(("kind", "text"), pairs(WRONG))
def test_what_the_loader_refuses_is_wrong(
    validators: dict[str, jsonschema.Draft7Validator], kind: str, text: str
) -> None:
    assert not loads(kind, text)
    assert len(complaints(validators[kind], text)) >= 1


@pytest.mark.parametrize(("kind", "text"), pairs(UNKNOWN))
def test_names_that_the_report_does_not_know_are_wrong(
    validators: dict[str, jsonschema.Draft7Validator], kind: str, text: str
) -> None:
    assert len(complaints(validators[kind], text)) >= 1


@pytest.mark.parametrize("case", CASES)
def test_schemas_complain_only_where_check_does(case: str, tmp_path: Path) -> None:
    """Each of these projects has a problem; the schemas may not know it, but they may not invent another."""
    shutil.copytree(PROBLEMS / "_base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(PROBLEMS / case, tmp_path, dirs_exist_ok=True)
    found = project_complaints(tmp_path)
    if not found:
        return
    codes = {problem.code for problem in examine_report(Workspace(tmp_path)).problems}
    assert codes & KNOWN_TO_SCHEMAS, found


KNOWN_TO_SCHEMAS = {
    "archivo-ilegible", "archivo-vacio", "cita-desconocida", "cita-vacia", "clave-desconocida", "clave-sobrante",
    "datos-desconocidos", "etiqueta-desconocida", "falta-clave", "figura-desconocida", "codigo-desconocido",
    "icono-desconocido",
    "imagen-no-admitida", "seccion-desconocida", "tabla-desconocida", "tipo-equivocado", "valor-ausente",
    "valor-no-admitido", "valor-vacio", "valor-y-formula",
}  # fmt: skip


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.partition("+")[0] in {
        "clave-desconocida", "clave-sobrante", "datos-desconocidos", "falta-clave", "figura-desconocida",
        "icono-desconocido", "seccion-desconocida", "tabla-desconocida", "tipo-equivocado", "valor-ausente",
        "valor-no-admitido", "valor-y-formula"} and case != "falta-clave+fecha"]  # a setting that needs another's key
)  # fmt: skip
def test_schemas_see_what_they_can_know(case: str, tmp_path: Path) -> None:
    shutil.copytree(PROBLEMS / "_base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(PROBLEMS / case, tmp_path, dirs_exist_ok=True)
    assert len(project_complaints(tmp_path)) >= 1


def test_a_name_is_admitted_as_yaml_reads_it() -> None:
    assert enumeration("cita", ["2019", "1e3", "0x1f", "true", "null", "raft"])["enum"] == [
        "0x1f", 31, "1e3", 1000.0, "2019", 2019, "null", None, "raft", "true", True,
    ]  # fmt: skip


def test_without_names_any_text_will_do() -> None:
    assert "enum" not in enumeration("cita", [])


def test_keys_are_described_by_their_works() -> None:
    schema = json.loads(write_schemas(NAMES)["tabla.schema.json"])["definitions"]["cita"]
    described = dict(zip(map(str, schema["enum"]), schema["enumDescriptions"], strict=True))
    assert described["raft"] == "In Search of an Understandable Consensus Algorithm (2014)"


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    shutil.copytree(PROBLEMS / "_base", tmp_path, dirs_exist_ok=True)
    return Workspace(tmp_path)


def refresh(workspace: Workspace) -> list[str]:
    now = workspace.fresh()
    return refresh_schemas(now, load_report(now))


def test_schemas_are_written_once(project: Workspace) -> None:
    assert refresh(project) == sorted(f"build/esquemas/{file}" for file in (*SCHEMA_FILES, ICONS_FILE))
    assert refresh(project) == []


def test_a_new_entry_is_known_at_once_without_looking_for_icons(project: Workspace) -> None:
    refresh(project)
    path = project.root / "references.bib"
    path.write_text(
        path.read_text("utf-8") + "\n@misc{nueva-clave, title = {{Nueva} obra}, date = {2020-05}}\n", "utf-8"
    )
    written = refresh(project)
    assert written == sorted(f"build/esquemas/{file}" for file in SCHEMA_FILES)
    schema = json.loads(project.read("build/esquemas/tabla.schema.json") or b"")
    index = schema["definitions"]["cita"]["enum"].index("nueva-clave")
    assert schema["definitions"]["cita"]["enumDescriptions"][index] == "Nueva obra (2020)"


@pytest.mark.parametrize("lost", ["tabla.schema.json", ICONS_FILE, "huellas.json"])
def test_a_lost_file_comes_back(project: Workspace, lost: str) -> None:
    refresh(project)
    path = project.root / "build/esquemas" / lost
    path.unlink()
    assert len(refresh(project)) >= 1
    assert path.is_file()


def test_a_broken_record_is_made_anew(project: Workspace) -> None:
    refresh(project)
    project.write("build/esquemas/huellas.json", "[")
    assert len(refresh(project)) == len(SCHEMA_FILES) + 1


def test_a_file_with_mistakes_is_known_by_its_name(project: Workspace) -> None:
    project.write("figures/rota.yaml", "pie: [\n")
    refresh(project)
    schema = json.loads(project.read("build/esquemas/seccion.schema.json") or b"")
    assert "rota" in schema["definitions"]["figura"]["enum"]
    assert "rota" in schema["definitions"]["grafo"]["enum"]


def test_a_section_with_mistakes_hides_no_subsection(project: Workspace) -> None:
    """The rubric names subsections; while not all can be read, none is called wrong."""
    section = "titulo: A\ncontenido:\n  - apartado: B\n    id: unico\n    contenido:\n      - texto: C\n"
    project.write("paper/secciones/otra.yaml", section)
    refresh(project)
    place = json.loads(project.read("build/esquemas/rubrica.schema.json") or b"")["definitions"]["lugar"]
    assert {"unico", "otra"} <= set(place["enum"])
    project.write("paper/secciones/otra.yaml", section + "sobra: x\ntitulo: [\n")
    refresh(project)
    place = json.loads(project.read("build/esquemas/rubrica.schema.json") or b"")["definitions"]["lugar"]
    assert "enum" not in place


def test_the_order_says_what_it_wrote(project: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "--project", str(project.root)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == sorted(f"se escribió «build/esquemas/{file}»" for file in (*SCHEMA_FILES, ICONS_FILE))
    assert cli.main(["schema", "--project", str(project.root)]) == 0
    assert capsys.readouterr().out == "los esquemas estaban al día\n"


def test_a_build_that_fails_brings_the_schemas_up_to_date_and_check_leaves_them(project: Workspace) -> None:
    """Who adds an entry before citing it right needs its key offered."""
    project.write("references.bib", "@book{otra, author = {Ruiz, Ana}, title = {Ríos}, date = {2020}}\n")
    assert cli.main(["check", "--project", str(project.root)]) == 1
    assert not project.path("build/esquemas").exists()
    assert not build_report(project).built
    schema = json.loads(project.read("build/esquemas/tabla.schema.json") or b"")
    assert schema["definitions"]["cita"]["enum"] == ["otra"]

"""An editor, played by a small client, asks the real yaml-language-server: it completes and corrects the data.

The server is installed with npm in the Python environment's folder, from the lock file beside this test, the first
time that the test runs. Where there is no npm (a bare Debian) the tests are skipped; not in CI, whose proof must be
whole.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from npm import install_locked

from imprenta.pipeline import load_report, refresh_schemas
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
EDITOR = Path(__file__).parent / "editor"
PROJECT = ROOT / "tests" / "problems" / "_base"
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))

specification = importlib.util.spec_from_file_location("editor_client", EDITOR / "client.py")
assert specification is not None
assert specification.loader is not None
client = importlib.util.module_from_spec(specification)
specification.loader.exec_module(client)

TABLE = "titulo: Caudales\ncolumnas: [{titulo: Año}]\nfilas: [[2019]]\n"
GRAPH = "pie: El río\nnodos:\n  a: {titulo: Presa, icono: ICONO}\n  b: {titulo: Mar}\naristas:\n  - {de: a, a: b}\n"


@pytest.fixture(scope="session")
def server() -> list[str]:
    """Return the command of the language server, which is installed if its lock file changed."""
    modules = install_locked(EDITOR, "el servidor de lenguaje de YAML")
    return ["node", str(modules / "yaml-language-server/bin/yaml-language-server"), "--stdio"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound report with a figure, a table and data, and its schemas."""
    return make_project(tmp_path_factory.mktemp("informe"))


def make_project(folder: Path) -> Path:
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    write(folder, "paper/tablas/caudales.yaml", TABLE)
    write(folder, "paper/datos/aforos.yaml", "titulo: A\nvalores:\n  a: {concepto: a, valor: 1, supuesto: b}\n")
    write(folder, "figures/rio.yaml", GRAPH.replace("ICONO", "onprem.container.Docker"))
    refresh(folder)
    return folder


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def refresh(root: Path) -> list[str]:
    workspace = Workspace(root)
    return refresh_schemas(workspace, load_report(workspace))


def modeline(path: str, kind: str) -> str:
    return f"# yaml-language-server: $schema={'../' * path.count('/')}build/esquemas/{kind}.schema.json\n"


def sections(settings: dict[str, Any]) -> dict[str, Any]:
    """Turn the dotted names of VS Code's settings into the tree that it hands to the server; no schema of the net."""
    tree: dict[str, Any] = {}
    for name, value in {**settings, "yaml.schemaStore.enable": False}.items():
        *folders, last = name.split(".")
        inner = tree
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[last] = value
    return tree


MODELINES_ONLY: dict[str, Any] = {"yaml.validate": True, "yaml.completion": True, "yaml.hover": True}


@pytest.fixture(scope="module")
def editor(server: list[str], project: Path) -> Iterator[Any]:
    """An editor that knows nothing but what the files' modelines say."""
    with client.LanguageServer(server, project, sections(MODELINES_ONLY)) as running:
        yield running


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A file name of the test's own, so that the server never confuses what it says of two texts."""
    return f"prueba-{abs(hash(request.node.name))}.yaml"


def labels(items: list[dict[str, Any]]) -> set[str]:
    return {item["label"] for item in items}


def messages(diagnostics: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(item["range"]["start"]["line"], item["message"]) for item in diagnostics]


def test_a_right_file_has_no_diagnostics(editor: Any, name: str) -> None:
    path = f"paper/tablas/{name}"
    assert editor.open(path, modeline(path, "tabla") + TABLE + "citas: [ruiz2020]\napaisada: sí\n") == []
    path = f"figures/{name}"
    assert editor.open(path, modeline(path, "figura") + GRAPH.replace("ICONO", "onprem.container.Docker")) == []


@pytest.mark.parametrize("citas", ["citas: [‸]", "citas: [ruiz2020, ‸]", "citas:\n  - ‸", "citas:\n  - r‸"])
def test_keys_are_offered_inside_citas(editor: Any, name: str, citas: str) -> None:
    path = f"paper/tablas/{name}"
    items = editor.complete(path, modeline(path, "tabla") + TABLE + citas + "\n")
    assert "ruiz2020" in labels(items)
    (item,) = [item for item in items if item["label"] == "ruiz2020"]
    assert "2020" in item["documentation"]


def test_a_wrong_key_is_told_at_its_place(editor: Any, name: str) -> None:
    path = f"paper/tablas/{name}"
    found = editor.open(path, modeline(path, "tabla") + TABLE + "citas: [ruiz2020, ruis2020]\n")
    assert messages(found) == [(4, "esta clave no está en references.bib")]
    assert found[0]["range"]["start"]["character"] == len("citas: [ruiz2020, ")
    assert found[0]["range"]["end"]["character"] == len("citas: [ruiz2020, ruis2020")


def test_a_wrong_name_of_a_key_is_told_at_its_place(editor: Any, name: str) -> None:
    path = f"paper/tablas/{name}"
    found = editor.open(path, modeline(path, "tabla") + TABLE + "cita: [ruiz2020]\n")
    ((line, words),) = messages(found)
    assert line == 4
    assert "cita" in words


def test_the_keys_that_are_lacking_are_offered(editor: Any, name: str) -> None:
    path = f"paper/tablas/{name}"
    offered = labels(editor.complete(path, modeline(path, "tabla") + TABLE + "‸\n"))
    assert {"citas", "nota", "letra", "apaisada"} <= offered
    assert not offered & {"titulo", "columnas", "filas", "<place>"}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("- figura: ‸", {"rio"}),
        ("- tabla: ‸", {"caudales"}),
        ("- tabla: {comunicaciones: ‸}", {"rio"}),
        ("- tabla: {valores: ‸}", {"aforos"}),
        ("- ‸", {"texto", "figura", "tabla", "apartado"}),
        ("- apartado: A\n    contenido:\n      - figura: ‸", {"rio"}),
    ],
)
def test_blocks_and_what_they_name_are_offered(editor: Any, name: str, block: str, expected: set[str]) -> None:
    path = f"paper/secciones/{name}"
    items = editor.complete(path, f"{modeline(path, 'seccion')}titulo: A\nrespuesta:\n  {block}\n")
    assert expected <= labels(items)


def test_icons_are_offered_and_corrected(editor: Any, name: str) -> None:
    path = f"figures/{name}"
    items = editor.complete(path, modeline(path, "figura") + GRAPH.replace("ICONO", "‸"))
    assert "onprem.container.Docker" in labels(items)
    found = editor.open(path, modeline(path, "figura") + GRAPH.replace("ICONO", "onprem.container.Doker"))
    assert messages(found) == [(3, "la biblioteca diagrams no tiene este icono")]


def test_an_edge_takes_its_citations_from_the_bibliography(editor: Any, name: str) -> None:
    path = f"figures/{name}"
    text = modeline(path, "figura") + GRAPH.replace("{de: a, a: b}", "{de: a, a: b, citas: [‸]}")
    assert "ruiz2020" in labels(editor.complete(path, text))


def test_sections_are_offered_in_their_order(editor: Any) -> None:
    path = "paper/informe.yaml"
    assert "caudal" in labels(editor.complete(path, f"{modeline(path, 'informe')}titulo: A\nsecciones: [‸]\n"))


def test_a_new_entry_is_known_after_the_next_build(server: list[str], tmp_path: Path) -> None:
    project = make_project(tmp_path)
    path = "paper/tablas/caudales.yaml"
    text = modeline(path, "tabla") + TABLE + "citas: [diaz2021]\n"
    bibliography = project / "references.bib"
    entry = "@book{diaz2021, author = {Díaz, Eva}, title = {Ríos}, date = {2021}, publisher = {Agua}}\n"
    with client.LanguageServer(server, project, sections(MODELINES_ONLY)) as running:
        assert messages(running.open(path, text)) == [(4, "esta clave no está en references.bib")]
        bibliography.write_text(bibliography.read_text("utf-8") + "\n" + entry, encoding="utf-8")
        assert "build/esquemas/tabla.schema.json" in refresh(project)
        running.tell_changed("build/esquemas/tabla.schema.json")
        found = running.open(path, text + "\n")
        while found:  # what it said of the old schema may still be on its way; no answer fails
            found = running.diagnostics(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("paper/informe.yaml", "titulos: A\n"),
        ("paper/rubrica.yaml", "exigencia: A\n"),
        ("paper/secciones/nueva.yaml", "titulo: A\nrespuesta:\n  - figura: ninguna\n"),
        ("paper/tablas/nueva.yaml", TABLE + "citas: [ninguna]\n"),
        ("paper/datos/nuevo.yaml", "titulo: A\nvalores:\n  a: {concepto: a, valor: 1, citas: [ninguna]}\n"),
        ("figures/nueva.yaml", "pie: A\nimagen: ninguna.png\nalternativas: B\n"),
    ],
)
def test_the_settings_of_the_repository_are_enough(server: list[str], project: Path, path: str, text: str) -> None:
    """A new file has no modeline yet."""
    with client.LanguageServer(server, project, sections(SETTINGS)) as running:
        found = running.open(path, text)
        while not found:  # the server looks at the file once before it has asked for the settings; no answer fails
            found = running.diagnostics(path)


def test_the_data_of_the_report_name_their_schemas_and_are_right(server: list[str], tmp_path: Path) -> None:
    for folder in ("paper", "figures", "experimentos"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "references.bib", tmp_path)
    refresh(tmp_path)
    kinds = {"secciones": "seccion", "tablas": "tabla", "datos": "datos", "figures": "figura"}
    files = [path for folder in ("paper", "figures") for path in sorted((tmp_path / folder).rglob("*.yaml"))]
    assert len(files) > 30
    with client.LanguageServer(server, tmp_path, sections({"yaml.validate": True})) as running:
        for file in files:
            path = file.relative_to(tmp_path).as_posix()
            text = file.read_text("utf-8")
            if file.parent.name != "codigo":  # what stands there is the author's code, in whatever language
                assert text.startswith(modeline(path, kinds.get(file.parent.name, file.stem))), path
            assert running.open(path, text) == [], path


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((EDITOR / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) >= 10
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    wanted = json.loads((EDITOR / "package.json").read_text("utf-8"))["dependencies"]
    assert packages["node_modules/yaml-language-server"]["version"] == wanted["yaml-language-server"]

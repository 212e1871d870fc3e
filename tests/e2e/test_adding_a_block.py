"""«To add a block» of ARCHITECTURE.md, followed to the letter in a copy of the engine: nothing of the block is missed.

The block is a boxed note, `recuadro`, with a title, paragraphs and blocks of its own. No check, no stage and no list
knows it; its texts are checked, counted and printed all the same.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from laws import lay_case, write_files
from reading import ROOT, read_text

CLASS = '''@final
class BoxedBlock(Block):
    """A boxed note."""

    template = "recuadro"

    title: Heading = Field(alias="recuadro", description="Título del recuadro")
    text: Paragraphs = Field(alias="texto", description="Lo que se lee en él")
    content: list[AnyBlock] = Field(default_factory=list, alias="contenido", description="Los bloques de dentro")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué no cita nada")

    def targets(self) -> Iterable[Target]:
        """Return nothing: texts do not refer to it."""
        return ()

    def owing(self) -> Iterable[Owing]:
        """Return its paragraphs."""
        return (Owing(self.text, self.waiver),)


def _tell_block'''
LAST_KIND = "],\n    Discriminator(_tell_block),\n"
KIND = ']\n    | Annotated[BoxedBlock, Tag("<recuadro>")],\n    Discriminator(_tell_block),\n'
TEMPLATE = "\\begin{quote}\\textbf{\\VALOR{ recuadro }}\n\n\\VALOR{ texto }\n\n\\VALOR{ contenido }\n\\end{quote}\n"
KEYS = {"recuadro", "texto", "contenido", "sin_fuente", "etiquetas"}
WORDS = '    BoxedBlock: ("Recuadro", "Una nota en un recuadro"),\n    Table: ('

FAULTS = """\
titulo: Prueba
respuesta:
  - recuadro: Cuidado TODO {figura:zzz}
    texto: |
      Sin fuente.

      Con una que no hay [@noexiste2020] y un número {= costos.nada}.
    contenido:
      - texto: Dentro tampoco.
  - texto: Hola [@ruiz2020].
"""
SOUND = """\
titulo: Prueba
respuesta:
  - recuadro: Cuidado con *esto*
    texto: El río sube [@ruiz2020].
    contenido:
      - texto: Y baja [@ruiz2020].
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the engine in which a block was added, place by place."""
    root = tmp_path_factory.mktemp("motor")
    for folder in ("imprenta", "templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("requirements.lock", "debian-packages.txt"):
        shutil.copy(ROOT / file, root)
    blocks, words = root / "imprenta/model/blocks.py", root / "imprenta/schema/words.py"
    edit(blocks, "def _tell_block", CLASS)
    edit(blocks, LAST_KIND, KIND)
    edit(
        words, "    CorollaryBlock,\n    DefinitionBlock,", "    BoxedBlock,\n    CorollaryBlock,\n    DefinitionBlock,"
    )
    edit(words, "    Table: (", WORDS)
    (root / "templates/recuadro.tex.j2").write_text(TEMPLATE, encoding="utf-8")
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(engine: Path, order: str, project: Path) -> tuple[int, list[dict[str, Any]]]:
    program = "import sys; from imprenta import cli; sys.exit(cli.main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, order, "--format", "json", "--project", str(project)]
    environment = {**os.environ, "PYTHONPATH": str(engine)}
    finished = subprocess.run(words, cwd=engine, env=environment, capture_output=True, text=True, check=False)
    assert finished.stdout, finished.stderr
    return finished.returncode, json.loads(finished.stdout)["problemas"]


def test_every_text_of_the_new_block_is_checked(engine: Path, tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/secciones/prueba.yaml": FAULTS})
    status, problems = run(engine, "check", folder)
    told = {(problem["codigo"], problem["lugar"]["linea"]) for problem in problems}
    assert status == 1
    assert told == {
        ("texto-provisional", 3),
        ("referencia-desconocida", 3),
        ("parrafo-sin-cita", 5),
        ("cita-desconocida", 7),
        ("valor-desconocido", 7),
        ("parrafo-sin-cita", 9),
    }


def test_a_source_that_only_the_new_block_cites_is_cited(engine: Path, tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/secciones/prueba.yaml": SOUND})
    assert run(engine, "check", folder) == (0, [])


def test_the_new_block_has_a_schema(engine: Path, tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/secciones/prueba.yaml": SOUND})
    program = "import sys; from imprenta import cli; sys.exit(cli.main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, "schema", "--project", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(engine)}
    assert subprocess.run(words, cwd=engine, env=environment, capture_output=True, check=False).returncode == 0
    schema = json.loads((folder / "build/esquemas/seccion.schema.json").read_text(encoding="utf-8"))
    assert schema["definitions"]["BoxedBlock"]["properties"].keys() == KEYS
    kinds = schema["properties"]["respuesta"]["items"]
    assert kinds["if"]["required"] == ["recuadro"], "asked for before «texto», which is a key of its own too"


@pytest.mark.tex
def test_the_new_block_is_printed_by_its_template_alone(engine: Path, tmp_path: Path) -> None:
    folder = write_files(lay_case("", tmp_path), {"paper/secciones/prueba.yaml": SOUND})
    assert run(engine, "build", folder) == (0, [])
    words = read_text(folder / "build/informe.pdf")
    assert "Cuidado con esto El río sube [1]. Y baja [1]." in words

"""Each example of the guide is a report that can be built, and what the guide quotes of it is what stands in its files.

An example is a folder of `docs/guia/ejemplos/`. A page quotes a file of one by a comment before the fenced block:
`<!-- ejemplo: ecuaciones/paper/secciones/caida.yaml -->`; it may leave out lines of it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/guia"
EXAMPLES = GUIDE / "ejemplos"
NAMES = sorted(path.name for path in EXAMPLES.iterdir())
QUOTED = re.compile(r"<!-- ejemplo: (\S+) -->\n+(.*?)```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def quotations() -> list[tuple[str, str, str]]:
    """Return what pages of the guide quote: the page, the file, and the text."""
    return [
        (page.name, match[1], match[4])
        for page in sorted(GUIDE.glob("*.md"))
        for match in QUOTED.finditer(page.read_text(encoding="utf-8"))
    ]


def test_every_mark_of_an_example_stands_before_a_fenced_block() -> None:
    marks = sum(page.read_text(encoding="utf-8").count("<!-- ejemplo:") for page in GUIDE.glob("*.md"))
    assert marks == len(quotations()) > 0


@pytest.mark.parametrize(("page", "path", "text"), quotations(), ids=lambda value: value.partition("\n")[0])
def test_what_the_guide_quotes_stands_in_the_example(page: str, path: str, text: str) -> None:
    lines = iter((EXAMPLES / path).read_text(encoding="utf-8").splitlines())
    for line in text.splitlines():
        assert line in lines, f"{page}: {path} has no line «{line}» there"  # `in` goes on from the line before


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_quoted(name: str) -> None:
    assert any(path.partition("/")[0] == name for _, path, _ in quotations())


@pytest.mark.tex
@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_built_without_a_problem(name: str, tmp_path: Path) -> None:
    from laws import build

    shutil.copytree(EXAMPLES / name, tmp_path / name)
    run = build(tmp_path / name, "--strict")
    assert (run.status, run.problems) == (0, ())


WHOLE = {
    "paper/informe.yaml": ("datos.md", "titulo: Orquestación de contenedores"),
    "paper/secciones/arquitectura.yaml": ("datos.md", "titulo: Arquitectura"),
    "paper/datos/costos.yaml": ("numeros.md", "titulo: Precios unitarios"),
    "paper/tablas/comparacion.yaml": ("tablas.md", "titulo: Diferencias"),
    "paper/vocabulario.txt": ("lengua.md", "# Productos"),
    "figures/swarm.yaml": ("grafos.md", "pie: Arquitectura"),
    "figures/corrientes.yaml": ("graficas.md", "pie: Corrientes"),
    "figures/corrientes.py": ("graficas.md", "def dibujar"),
    "figures/plano.yaml": ("figuras.md", "pie: Plano del montaje"),
}
"""The files of one report that pages show whole: the page, and how the file begins there."""
REST = {
    "paper/secciones/introduccion.yaml": "titulo: A\ncontenido:\n- figura: corrientes\n- figura: plano\n- texto: "
    "De @clave.\n",
    "paper/secciones/encuesta.yaml": "titulo: B\ncontenido: [{texto: C}]\n",
    "paper/datos/rio.yaml": "titulo: Río\nvalores: {caudal: {concepto: Caudal, valor: 12, supuesto: El de abril}}\n",
    "paper/codigo/despacho.c": "int main(void) { return 0; }\n",
}


def shown(page: str, beginning: str) -> str:
    """Return the fenced block of a page that begins so."""
    found = re.search(
        rf"^```\w*\n({re.escape(beginning)}.*?)^```$", (GUIDE / page).read_text(), re.DOTALL | re.MULTILINE
    )
    assert found is not None, f"{page} shows nothing that begins with «{beginning}»"
    return found[1]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The report that the pages show whole, with what they do not show of it."""
    import pikepdf

    files = {path: shown(*place) for path, place in WHOLE.items()} | REST
    cover = re.sub(r"^portada: .*\n", shown("portada.md", "portada:"), files["paper/informe.yaml"], flags=re.MULTILINE)
    files["paper/informe.yaml"] = cover + shown("pagina.md", "pagina:")
    files["paper/secciones/introduccion.yaml"] += shown("lenguas.md", "- texto: |\n    Se midió")
    head = "titulo: T\ncolumnas: [{titulo: A}, {titulo: B}]\nfilas:\n"
    files["paper/tablas/codigo.yaml"] = head + shown("tablas.md", "  - - Ciclo")
    keys = {key for text in files.values() for key in re.findall(r"@([\w-]+)", text) if key != "example"}
    keys |= {key.strip() for text in files.values() for listed in re.findall(r"citas: \[(.*?)\]", text)
             for key in listed.split(",")}  # fmt: skip
    entry = "@misc{%s, title={Obra}, author={Ruiz, Ana}, date={2020}}\n"
    files["references.bib"] = "".join(entry % key for key in sorted(keys))
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(200, 100))
    pdf.save(tmp_path / "figures/plano.pdf")
    for name in ("montaje", "escudo"):
        shutil.copy(ROOT / "tests/cases/completo/figures/oculta.png", tmp_path / f"figures/{name}.png")
    return tmp_path


def test_what_pages_show_whole_is_a_report_without_an_error(whole: Path) -> None:
    from imprenta.pipeline import examine_report
    from imprenta.problems import Severity
    from imprenta.workspace import Workspace

    problems = examine_report(Workspace(whole)).problems
    assert [str(one) for one in problems if one.severity is Severity.ERROR] == []


@pytest.mark.tex
@pytest.mark.proof
def test_what_pages_show_whole_is_built(whole: Path) -> None:
    from laws import build

    assert build(whole).status == 0

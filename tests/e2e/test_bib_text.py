"""The .bib of somebody -> a list of references that says what was typed, or a problem at the field from `check`.

Nothing in a .bib is executed, and no citation is first missed by LaTeX.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from laws import CASES, build, build_text, check, lay_case, write_files

if TYPE_CHECKING:
    from pathlib import Path

SECTION = "paper/secciones/prueba.yaml"
ENTRY = re.compile(r"^\s*@(?!string|preamble|comment|xdata|set)\w+\{\s*([^\s,]+),", re.MULTILINE | re.IGNORECASE)


def lay_bibliography(case: str, folder: Path, *, style: str = "ieee", also: tuple[str, ...] = ()) -> Path:
    """Lay a bibliography over the sound report, which then cites each entry, and `also` other names."""
    lay_case(case, folder)
    keys = [*ENTRY.findall((folder / "references.bib").read_text("utf-8")), *also]
    report = (folder / "paper/informe.yaml").read_text("utf-8")
    report = re.sub(r"estilo_citas: .*|secciones: .*\n", "", report)
    citations = "".join(f"      Véase [@{key}].\n" for key in keys)
    return write_files(
        folder,
        {
            "paper/informe.yaml": f"{report}\nestilo_citas: {style}\nsecciones: [prueba]\n",
            SECTION: f"titulo: Prueba\ncontenido:\n  - texto: |\n{citations}",
        },
    )


def words(text: str) -> str:
    return " ".join(text.split())


TYPED = (
    "Cota x ≤ 5, α y −3 °C, ½ Ștefan‒", "Mil 10 000 kg", "Sobre «esto y “lo otro”»",
    "AT&T y el 50% de C# en a_b, x^2 y $5", "Á. Martínez y J. García, Mínima naïve",
    "O’Neil & Cía, Ș. Ștefan, 5. C# y A. Núñez Ñ", "https://ejemplo.org/a%20b, Véase esta página",
    "https://ejemplo.org/a_b#c", "Issue #1 of a_b", "Monthly Notices of the Royal Astronomical Society",
    "Uno dos tres", "«cuatro» a<<b", "Entre $5 y $6 millones, o US$100-$200",
    "10.1002/(SICI)1097-4571(1999)50:9<1::AID-X>3.0.CO;2-A", "Véase [15]. Véase [15].",
)  # fmt: skip


@pytest.mark.tex
def test_what_is_typed_is_printed(tmp_path: Path) -> None:
    text = words(build_text(lay_bibliography("bib-texto", tmp_path, also=("otra",))))
    text = text.replace("Ș ", "Ș")  # poppler parts the letter from the next one
    text = text.replace("10.1002/ ", "10.1002/").replace("(1999) ", "(1999)")  # where a line may end
    assert [typed for typed in TYPED if typed not in text] == []
    written = (tmp_path / "build/latex/entries.bbl").read_text("utf-8")
    assert "50％ al mes" not in written
    assert "keyw" not in written


EXPORTED = (
    "Revista Mexicana de Ingeniería Química", "Estimación del caudal de la IoT con “R” & C++",
    "50% of C# in x_y", "J. Hydrol. & Earth", "A&B on 5% of the μm−scale", "A 5% Improvement of P&Q",
    "a γ-ray Hole at 10°", "Astrophysical Journal Letters", "Attention Is All You Need", "KDD ’19",
    "Soil & water in ‘Los Ríos’",
)  # fmt: skip


@pytest.mark.tex
@pytest.mark.parametrize("style", ["ieee", "apa"])
def test_what_programs_export_is_printed(style: str, tmp_path: Path) -> None:
    folder = lay_bibliography("bib-exportada", tmp_path, style=style)
    checked = check(folder)
    assert checked.problems == ()
    if style == "ieee":  # the other style takes the same text; it need not be set twice in all tests
        text = re.sub(r"(?<=\w)- (?=\w)", "", words(build_text(folder)))
        assert [typed for typed in EXPORTED if typed not in text] == []


@pytest.mark.tex
def test_nothing_is_executed(tmp_path: Path) -> None:
    for name in ("tex", "sin-fin", "cifras"):
        folder = lay_bibliography(f"bib-rechazada/{name}", tmp_path / name)
        run = build(folder)
        assert run.status == 1
        assert {problem.path for problem in run.errors} == {"references.bib"}
        assert not list(folder.rglob("canario*"))
    assert {problem.code for problem in check(tmp_path / "tex").errors} == {"bib-orden", "enlace-no-admitido"}
    assert {problem.code for problem in check(tmp_path / "sin-fin").errors} == {"bib-orden"}
    assert {problem.code for problem in check(tmp_path / "cifras").errors} == {"bib-fecha"}


@pytest.mark.parametrize("case", ["comentada", "abreviaturas", "vacia", "falta", "carpeta"])
def test_a_citation_is_checked_whatever_the_file_holds(case: str, tmp_path: Path) -> None:
    folder = lay_case("" if case in {"falta", "carpeta"} else f"bib-vacia/{case}", tmp_path)
    report = re.sub(r"secciones: .*", "secciones: [prueba]", (folder / "paper/informe.yaml").read_text("utf-8"))
    section = "titulo: Prueba\ncontenido:\n  - texto: Véase [@x1], y otra vez [@x1].\n"
    write_files(folder, {SECTION: section, "paper/informe.yaml": report})
    if case in {"falta", "carpeta"}:
        (folder / "references.bib").unlink()
    if case == "carpeta":
        (folder / "references.bib").mkdir()
    run = check(folder)
    assert run.status == 1
    assert {problem.code for problem in run.errors} == {"cita-desconocida"}
    assert (run.errors[0].path, run.errors[0].line, run.errors[0].column) == (SECTION, 3, 20)
    assert len(run.errors) == (1 if case in {"falta", "carpeta"} else 2)


def test_a_template_cites_what_is_there(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    (folder / "templates").mkdir()
    source = (CASES.parents[1] / "templates/seccion.tex.j2").read_text("utf-8")
    (folder / "templates/seccion.tex.j2").write_text(f"{source}\\parencite[p.~3]{{nadie}}\n", "utf-8")
    run = check(folder)
    assert [(problem.code, problem.path, problem.line) for problem in run.errors] == [
        ("cita-desconocida", "templates/seccion.tex.j2", source.count("\n") + 1)
    ]


def test_without_citations_the_file_may_be_missing(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path)
    shutil.rmtree(folder / "paper/secciones")
    report = re.sub(r"secciones: .*", "secciones: [prueba]", (folder / "paper/informe.yaml").read_text("utf-8"))
    write_files(folder, {SECTION: "titulo: Prueba\ncontenido:\n  - texto: Nada.\n", "paper/informe.yaml": report})
    (folder / "references.bib").unlink()
    assert check(folder).errors == ()

"""What is exported compiles anywhere, says what our PDF says, and can be gone on with: `imprenta export`."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from laws import lay_case, write_files
from reading import ROOT, read_info, run_here
from test_moving import tiny_picture
from test_size import FIGURE

from imprenta.pipeline.exporting import is_ours
from imprenta.trace.pdf_page import PdfPages
from imprenta.trace.structure import read_page_tree, walk

CHECKPOINTS = ROOT / "imprenta/typeset/checkpoints/checkpoint.tex"


@pytest.fixture(scope="module")
def exported(complete: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the .zip was unpacked."""
    finished = run_here("export", project=complete)
    assert finished.returncode == 0, finished.stderr
    folder = tmp_path_factory.mktemp("aparte")
    with zipfile.ZipFile(complete / "build/informe.zip") as archive:
        archive.extractall(folder)
    return folder


def run_latexmk(folder: Path) -> Path:
    command = ["latexmk", "-interaction=nonstopmode", "-halt-on-error", "informe.tex"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    assert finished.returncode == 0, finished.stdout[-3000:]
    return folder / "informe.pdf"


def read_layout(pdf: Path) -> str:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def read_alternatives(pdf: Path) -> list[list[str]]:
    """Return what each page tells of its figures to who does not see them."""
    pages = PdfPages(pdf.read_bytes())
    trees = [read_page_tree(pages, number) for number in range(len(pages))]
    if any(trees):
        return [[told.alternative for top in tops for told in walk(top) if told.role == "Figure"] for tops in trees]
    with pikepdf.open(pdf) as document:
        return [
            [
                str(operands[1].Alt)
                for operands, operator in pikepdf.parse_content_stream(page, "BDC")
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/Alt" in operands[1]
            ]
            for page in document.pages
        ]


@pytest.mark.tex
def test_nothing_of_the_machinery_is_exported(exported: Path) -> None:
    tex = "".join((exported / name).read_text(encoding="utf-8") for name in ("informe.tex", "preambulo.tex"))
    machinery = set(re.findall(r"\\((?:checkpoint)[a-z@]*)", CHECKPOINTS.read_text(encoding="utf-8")))
    assert len(machinery) > 10
    assert not [name for name in sorted(machinery) if f"\\{name}" in tex]
    assert r"\hyperlink{cite." not in tex
    assert not re.search("[\ue000-\uf8ff]", tex)
    body = (exported / "informe.tex").read_text(encoding="utf-8")
    assert r"\autocite{ruiz2020}" in body
    assert r"\autocite{ruiz2020}, \autocite[sec. 2]{mora2021}" in body
    assert "FEFF00" not in body  # texts for who does not see are text
    assert r"\textoalternativo{Vqalternativa}" in body


@pytest.mark.tex
def test_only_what_is_printed_goes_along_and_has_names_for_people(exported: Path) -> None:
    pictures = {f"figuras/{path.name}" for path in (exported / "figuras").iterdir()}
    body = (exported / "informe.tex").read_text(encoding="utf-8")
    assert pictures == set(re.findall(r"\{(figuras/[^{}]*)\}", body))
    assert {"figuras/grafo.pdf", "figuras/imagen.png", "figuras/galeria-a.png", "figuras/logo-1.png"} <= pictures
    others = {path.name for path in exported.iterdir()} - {"figuras"}
    assert others >= {".latexmkrc", "LEAME.md", "informe.tex", "preambulo.tex", "references.bib"}


@pytest.mark.tex
def test_comments_name_the_data(exported: Path, complete: Path) -> None:
    body = (exported / "informe.tex").read_text(encoding="utf-8")
    _, *parts = re.split(r"^% ((?:paper|figures)/\S+):(\d+)\n", body, flags=re.MULTILINE)
    assert len(parts) > 90
    for path, line, tex in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        source = (complete / path).read_text(encoding="utf-8")
        row, first = source.splitlines()[int(line) - 1], re.match(r"Vq\w+", tex)
        if first is not None:
            assert first[0] in row, (path, line)
        words = re.findall(r"Vq\w+", source)
        assert not words or any(word in tex for word in words), (path, line, tex)


@pytest.mark.tex
def test_the_same_report_comes_out_without_us(exported: Path, complete: Path) -> None:
    ours, theirs = complete / "build/informe.pdf", run_latexmk(exported)
    assert read_layout(theirs) == read_layout(ours)
    assert read_info(theirs)["Pages"] == read_info(ours)["Pages"]
    assert any(read_alternatives(ours))
    assert read_alternatives(theirs) == read_alternatives(ours)
    assert "Vqparrafo [1]" in read_layout(theirs)


@pytest.mark.tex
def test_the_same_data_give_the_same_bytes(complete: Path, tmp_path: Path) -> None:
    first, target = tmp_path / "uno.zip", tmp_path / "otro.zip"
    assert run_here("export", str(first), project=complete).returncode == 0
    assert run_here("export", str(target), project=complete).returncode == 0
    assert target.read_bytes() == first.read_bytes()
    assert is_ours(target.read_bytes())
    assert run_here("export", str(target), project=complete).returncode == 0  # ours may be replaced


def test_nobody_elses_file_is_written_over(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path / "informe")
    target = tmp_path / "fotos.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "de otro")
    before = target.read_bytes()
    finished = run_here("export", str(target), project=folder)
    assert (finished.returncode, target.read_bytes()) == (2, before)
    assert "no lo exportó Imprenta" in finished.stderr
    assert run_here("export", str(tmp_path / "informe.tar"), project=folder).returncode == 2
    assert run_here("export", str(tmp_path / "no/hay.zip"), project=folder).returncode == 2


def test_what_keeps_a_report_from_being_built_keeps_it_from_being_exported(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path / "informe")
    write_files(folder, {"paper/secciones/prueba.yaml": "titulo: Uno\nrespuesta:\n  - texto: Dos [@noexiste].\n"})
    finished = run_here("export", project=folder)
    assert finished.returncode == 1
    assert "paper/secciones/prueba.yaml:3:18: error: la cita «noexiste»" in finished.stderr
    assert not (folder / "build/informe.zip").exists()


@pytest.mark.proof
@pytest.mark.tex
def test_templates_of_the_authors_go_along_and_a_new_citation_renumbers(tmp_path: Path) -> None:
    """Theirs may have checkpoints in their rows, a preamble of their own, and texts as it was told before."""
    section = "titulo: Uno\ncontenido:\n  - texto: La {figura:f} [@ruiz2020].\n  - figura: f\n"
    files = {"paper/secciones/prueba.yaml": section, "figures/p.png": tiny_picture(), "figures/f.yaml": FIGURE}
    folder = write_files(lay_case("", tmp_path / "informe"), files)
    (folder / "templates").mkdir()
    for name, old, new in (
        ("preambulo", "\\BLOQUE{ if exportado }", "\\BLOQUE{ if false }"),
        ("seccion", "\\VALOR{ seccion.cuerpo }", "Mío.\\checkpoint \\VALOR{ seccion.cuerpo }"),
    ):
        text = (ROOT / f"templates/{name}.tex.j2").read_text(encoding="utf-8")
        assert old in text
        (folder / f"templates/{name}.tex.j2").write_text(text.replace(old, new), encoding="utf-8")
    for order in ("build", "export"):
        finished = run_here(order, project=folder)
        assert finished.returncode == 0, finished.stderr
    with zipfile.ZipFile(folder / "build/informe.zip") as archive:
        archive.extractall(tmp_path / "aparte")
    main = tmp_path / "aparte/informe.tex"
    tex = main.read_text(encoding="utf-8")
    assert tex.count("Mío.") == 1
    main.write_text(tex.replace("Mío.", "Antes~\\autocite{vega2022}. Mío."), encoding="utf-8")
    with (tmp_path / "aparte/references.bib").open("a", encoding="utf-8") as bibliography:
        bibliography.write("\n@book{vega2022, author = {Vega, Ana}, title = {Otra}, date = {2022}}\n")
    ours, theirs = folder / "build/informe.pdf", run_latexmk(tmp_path / "aparte")
    assert any(read_alternatives(ours))
    assert read_alternatives(theirs) == read_alternatives(ours)
    old, new = ([" ".join(line.split()) for line in read_layout(pdf).splitlines()] for pdf in (ours, theirs))
    ruiz = "A. Ruiz, Caudales del sur. Universidad, 2020."
    assert [line for line in old if line not in new] == ["Mío.", "La figura 1 [1].", f"[1] {ruiz}"]
    assert [line for line in new if line not in old] == [
        "Antes [1]. Mío.", "La figura 1 [2].", f"[1] A. Vega, Otra. 2022. [2] {ruiz}"
    ]  # fmt: skip


@pytest.mark.proof
@pytest.mark.tex
def test_a_report_that_cites_nothing_comes_out_too_with_its_glossary(tmp_path: Path) -> None:
    folder = lay_case("", tmp_path / "informe", base="../../docs/guia/ejemplos/glosario")
    finished = run_here("export", project=folder)
    assert finished.returncode == 0, finished.stderr
    with zipfile.ZipFile(folder / "build/informe.zip") as archive:
        archive.extractall(tmp_path / "aparte")
    words = " ".join(read_layout(run_latexmk(tmp_path / "aparte")).split())
    assert "Los nodos se ven por una red privada virtual (RPV)" in words
    assert "CPUs (unidad central de proceso)" in words
    log = (tmp_path / "aparte/informe.log").read_text(encoding="utf-8", errors="replace")
    assert "has been referenced but does not exist" not in log

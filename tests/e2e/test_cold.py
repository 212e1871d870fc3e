"""A build from nothing sets the body once where it can, and comes out as `--plain` in any case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from laws import run_order
from reading import ROOT, run_build
from same_pdf import find_differences

from imprenta.pipeline import build_report
from imprenta.typeset.references import list as references
from imprenta.typeset.references.list import compose_ahead
from imprenta.workspace import Workspace

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

SAMPLE = Path(__file__).parent / "sample"
PDF = "build/informe.pdf"

CONTENTS = r"""\BLOQUE{ if hay.contenido }
\tableofcontents
\BLOQUE{ endif }
\BLOQUE{ if hay.figuras }
\listoffigures
\BLOQUE{ endif }
\BLOQUE{ if hay.tablas }
\listoftables
\BLOQUE{ endif }
\BLOQUE{ if hay.codigos }
\listoftoc[{\VALOR{ palabras.lista_codigos }}]{loc}
\BLOQUE{ endif }
\BLOQUE{ if hay.algoritmos }
\listoftoc[{\VALOR{ palabras.lista_algoritmos }}]{loa}
\BLOQUE{ endif }
"""
BEFORE_THE_BODY = r"""\BLOQUE{ if informe.portada.pagina }
\clearpage
\BLOQUE{ endif }

\checkpoint
"""

Case = tuple[str, str, str, int]
CASES: dict[str, Case] = {
    "contents in the middle of a page": ("documento", BEFORE_THE_BODY, "\\checkpoint\n", 1),
}
"""A template, what stands in it, what stands there instead, how often the body is set."""
MORE_CASES: dict[str, Case] = {
    "a page of a label in the text": (
        "seccion",
        r"\VALOR{ seccion.cuerpo }",
        r"Página~\pageref{seccion:rio}. \VALOR{ seccion.cuerpo }",
        2,
    ),
    "pages counted on after such contents": (
        "preambulo",
        r"pagenumberwidth=1.9em]{tocline}{subsection}",
        r"pagenumberwidth=1.9em,beforeskip=9cm]{tocline}{subsection}"
        r"\DeclareTOCStyleEntry[beforeskip=9cm]{tocline}{section}\renewcommand*{\pagenumbering}[1]{}",
        2,
    ),
    "no contents": ("documento", CONTENTS, "", 1),
    "contents on more pages than without a line": (
        "preambulo",
        r"pagenumberwidth=1.9em]{tocline}{subsection}",
        r"pagenumberwidth=1.9em,beforeskip=9cm]{tocline}{subsection}"
        r"\DeclareTOCStyleEntry[beforeskip=9cm]{tocline}{section}",
        1,
    ),
    "the engine's templates": ("seccion", "", "", 1),
    "headings that are not counted": ("seccion", r"\section\BLOQUE{", r"\csname section\endcsname\BLOQUE{", 2),
    "lists that the contents tell of": ("preambulo", r"\documentclass[", r"\documentclass[listof=totoc,", 1),
}
"""What goes the same ways as others: by the engine's templates and without contents the body is set once, as with
contents in the middle of a page (`test_boxes` holds the engine's against `--plain` too); pages that are counted on
after contents of more pages, and headings that are not counted, are noticed as a page in the text is; lists in the
contents make them longer."""


@pytest.mark.parametrize(
    ("template", "old", "new", "runs"),
    [
        *(pytest.param(*case, id=name) for name, case in CASES.items()),
        *(pytest.param(*case, id=name, marks=pytest.mark.proof) for name, case in MORE_CASES.items()),
    ],
)
def test_it_comes_out_as_plain(sample: Path, tmp_path: Path, template: str, old: str, new: str, runs: int) -> None:
    shutil.copytree(sample, tmp_path / "uno")
    shutil.rmtree(tmp_path / "uno/build/latex")  # the drawings may stay
    (tmp_path / "uno" / PDF).unlink()
    (tmp_path / "uno/templates").mkdir()
    text = (ROOT / f"templates/{template}.tex.j2").read_text()
    assert old in text
    (tmp_path / f"uno/templates/{template}.tex.j2").write_text(text.replace(old, new))
    shutil.copytree(tmp_path / "uno", tmp_path / "otro")
    built, plain = run_order("build", tmp_path / "uno"), run_order("build", tmp_path / "otro", "--plain")
    assert (built.errors, plain.errors) == ((), ())
    assert find_differences(tmp_path / "uno" / PDF, tmp_path / "otro" / PDF) == []
    assert built.printed.count("pdfLaTeX, texto") == runs
    assert built.problems == plain.problems
    log = (tmp_path / "uno/build/latex/references.log").read_text(encoding="latin-1")
    assert ("ahead/references.tex" in log) == (template == "seccion")


def test_a_list_that_was_set_otherwise_ahead_is_set_again(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    with monkeypatch.context() as patch:
        patch.setattr(references, "compose_ahead", lambda *given: compose_ahead(*given).replace("{2}", "{3}"))
        outcome = build_report(Workspace(tmp_path))
    assert outcome.built
    assert find_differences(tmp_path / PDF, sample / PDF) == []
    assert "ahead" not in (tmp_path / "build/latex/references.log").read_text(encoding="latin-1")


def test_a_paper_that_is_not_built_leaves_nothing_running(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "uno")
    path = tmp_path / "uno/paper/secciones/rio.yaml"
    path.write_text(path.read_text().replace("Con nota", "Con [@nadie] nota"))
    finished = run_build("build", project=tmp_path / "uno")
    assert finished.returncode == 1
    assert "cita-desconocida" in finished.stderr
    folder = str(tmp_path / "uno/build/latex")
    places = [place for place in Path("/proc").glob("[0-9]*/cwd") if place.exists()]
    assert [place for place in places if str(place.readlink()) == folder] == []
    assert not (tmp_path / "uno" / PDF).exists()

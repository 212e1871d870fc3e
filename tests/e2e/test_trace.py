"""From the PDF to the author's line and back, on the report of this project and on a small one."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from judging import Judge, letters
from reading import ROOT, read_words, run_here

from imprenta.trace import read_trace
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.trace import Trace

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

SEED = 20261125
SAMPLE = 200
SHARE = 0.99

SILENT = re.compile(
    r"^\s*(?:- )?\{?(?:alternativa|descripcion|icono|grupo|de|a|clase|clases|citas|id|figura|tabla|datos|grafica|imagen"
    r"|sin_fuente|formula|disposicion|filas|orientacion|alineacion|ancho|letra|trazo|color|sentido|motivo|secciones"
    r"|estilo_citas|dispensas|codigo|para|dentro_de|apaisada|alto|decimales)\b"
)
"""Lines of data that are not printed, or whose values are names of other things."""
PRINTED_FIELD = re.compile(r"\s*(?:title|subtitle|organization|publisher|journaltitle|titleaddon)\s*=\s*\{(.*)\}")
NOT_PROSE = re.compile(r"\[@[^\]]*\]|\{[a-z]+:[^}]*\}|\{=[^}]*\}|\{fuentes[^}]*\}|`|\$[^$]*\$")


@pytest.fixture(scope="module")
def judge(own_report: Path) -> Judge:
    return Judge(own_report)


@pytest.fixture(scope="module")
def trace(judge: Judge) -> Trace:
    return read_trace(Workspace(judge.root))


def test_words_of_the_pdf_lead_to_the_lines_that_made_them(judge: Judge, trace: Trace) -> None:
    candidates = [index for index, word in enumerate(judge.words) if letters(word.text)]
    chosen = random.Random(SEED).sample(candidates, SAMPLE)
    kinds, missed = Counter[str](), []
    for index in chosen:
        word = judge.words[index]
        spot = trace.where(word.page, (word.left + word.right) / 2, (word.top + word.bottom) / 2)
        told = judge.tell(index, spot.place.path, spot.place.line, spot.place.column) if spot is not None else ""
        kinds[told or "fallo"] += 1
        if not told:
            missed.append(f"{word.page} {word.left:.0f},{word.top:.0f} «{word.text}» -> {spot}")
    print(dict(kinds.most_common()), *missed, sep="\n")  # noqa: T201 - the shares, for who asks with -s
    assert len(missed) <= SAMPLE * (1 - SHARE), missed


def printed_words() -> list[tuple[str, int, str]]:
    """Return path, line and word of all that the author's files print as it was typed."""
    found = []
    for pattern in ("paper/informe.yaml", "paper/secciones/*.yaml", "paper/tablas/*.yaml", "figures/*.yaml", "*.bib"):
        for path in sorted(ROOT.glob(pattern)):
            name, hidden = path.relative_to(ROOT).as_posix(), -1
            for line, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                indent = len(row) - len(row.lstrip(" -"))
                if row.strip() and 0 <= hidden < indent:
                    continue
                hidden = indent if SILENT.match(row) and name.endswith(".yaml") else -1
                found += [(name, line, word) for word in re.findall(r"[^\W\d_]{3,}", _prose(name, row))]
    return found


def _prose(name: str, row: str) -> str:
    """Return what of a line is printed as it stands."""
    if name.endswith(".bib"):
        match = PRINTED_FIELD.match(row)
        return match[1] if match else ""
    if row.lstrip().startswith("#") or SILENT.match(row):
        return ""
    match = re.match(r"^\s*(?:- )?[\w-]+:(?:\s|$)(.*)$", row)
    words = match[1] if match else row
    if words.lstrip("- ").startswith("{"):
        match = re.search(r"titulo: \"?([^,}\"]*)", words)
        words = match[1] if match else ""
    return NOT_PROSE.sub("", words)


def test_words_of_the_data_lead_to_the_pages_that_hold_them(judge: Judge, trace: Trace) -> None:
    missed = []
    for path, line, word in random.Random(SEED).sample(printed_words(), SAMPLE):
        areas = trace.show(path, line)
        if not any(letters(word) in judge.pages[area.page] for area in areas):
            missed.append(f"{path}:{line} «{word}» -> {[area.page for area in areas]}")
    print(*missed, sep="\n")  # noqa: T201
    assert len(missed) <= SAMPLE * (1 - SHARE), missed


def test_it_is_exact_after_a_build_of_a_few_pages(judge: Judge, tmp_path: Path) -> None:
    """A paragraph changes and later lines move: the pages that were not set anew lead to the lines of now."""
    shutil.copytree(judge.root, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "paper/secciones/metodo.yaml"
    rows = path.read_text(encoding="utf-8").split("\n")
    first = next(number for number, row in enumerate(rows) if re.match(r" {6,}[*A-Z]", row))
    rows[first] = rows[first].replace(". ", ", sin más. ", 1)
    path.write_text("\n".join(["# una línea más", *rows]), encoding="utf-8")
    finished = run_here("build", project=tmp_path)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    jobs = {row.split()[0] for row in (tmp_path / "build/latex/informe.pages").read_text().splitlines()}
    assert any(job.startswith("range") for job in jobs)
    assert len(jobs) > 1
    now, trace = Judge(tmp_path), read_trace(Workspace(tmp_path))
    candidates = [index for index, word in enumerate(now.words) if letters(word.text) and 6 <= word.page <= 35]
    missed = []
    for index in random.Random(SEED).sample(candidates, 100):
        word = now.words[index]
        spot = trace.where(word.page, (word.left + word.right) / 2, (word.top + word.bottom) / 2)
        if spot is None or not now.tell(index, spot.place.path, spot.place.line, spot.place.column):
            missed.append(f"{word.page} {word.left:.0f},{word.top:.0f} «{word.text}» -> {spot}")
    assert len(missed) <= 1, missed


@pytest.fixture(scope="module")
def small(build_once: Callable[..., Path]) -> Path:
    """The small report, with a table and a drawing on turned pages."""

    def lay(folder: Path) -> None:
        shutil.copytree(Path(__file__).parent / "sample", folder, dirs_exist_ok=True)
        for path in ("paper/tablas/caudal.yaml", "figures/estaciones.yaml"):
            data = (folder / path).read_text(encoding="utf-8")
            (folder / path).write_text(f"# en una hoja girada\n{data}apaisada: sí\n", encoding="utf-8")

    return build_once("muestra-apaisada", lay)


def spot_of(project: Path, words: str, nth: int = 0) -> str:
    """Return what `where` says about the nth word of the PDF that is written so."""
    found = [word for word in read_words(project / "build/informe.pdf") if word.text == words]
    word = found[nth]
    middle = f"{(word.left + word.right) / 2:.1f}", f"{(word.top + word.bottom) / 2:.1f}"
    finished = run_here("where", str(word.page), *middle, project=project)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


@pytest.mark.parametrize(
    ("words", "nth", "said"),
    [
        ("Caudales", 0, "paper/informe.yaml:1:9: portada"),
        ("afluentes", 3, "paper/informe.yaml:1:34: encabezado"),  # at the head of a page
        ("Mida", 0, "paper/secciones/rio.yaml:2:12: enunciado"),
        ("muestra", 0, "paper/secciones/rio.yaml:6:18: párrafo"),
        ("11,0", 0, "paper/secciones/rio.yaml:5:7: párrafo"),
        ("dentro", 0, "paper/secciones/rio.yaml:11:15: elemento de lista"),
        ("pie", 0, "paper/secciones/rio.yaml:15:25: párrafo"),
        ("caudal():", 0, "paper/secciones/rio.yaml:18:11: código"),
        ("Diferencia", 0, "paper/tablas/caudal.yaml:8:7: celda"),
        ("Doble", 1, "paper/tablas/caudal.yaml:9:35: celda"),
        ("Arcos", 0, "figures/estaciones.yaml:8:19: nodo"),
        ("sur", 0, "figures/estaciones.yaml:6:17: grupo"),
        ("LoRa", 0, "figures/estaciones.yaml:11:54: celda"),
        ("Ruiz,", 0, "references.bib:2:16: referencia"),
    ],
)
def test_where(small: Path, words: str, nth: int, said: str) -> None:
    assert spot_of(small, words, nth) == said


def test_where_there_is_nothing(small: Path) -> None:
    blank = run_here("where", "1", "10", "10", project=small)
    assert (blank.returncode, blank.stdout) == (1, "")
    assert "no hay nada escrito en ese lugar de la página 1" in blank.stderr
    assert run_here("where", "400", "10", "10", project=small).returncode == 1
    assert run_here("where", "uno", "10", "10", project=small).returncode == 2


def test_show(small: Path) -> None:
    shown = run_here("show", "paper/tablas/caudal.yaml:8", project=small).stdout
    word = next(word for word in read_words(small / "build/informe.pdf") if word.text == "Diferencia")
    page, x, y, width, height = map(float, re.findall(r"[\d.]+", shown.splitlines()[0]))
    assert page == word.page
    assert x - 2 < (word.left + word.right) / 2 < x + width + 2
    assert y - 2 < (word.top + word.bottom) / 2 < y + height + 2


def test_show_of_what_is_not_printed(small: Path) -> None:
    assert run_here("show", "references.bib:4000", project=small).returncode == 1
    wrong = run_here("show", "paper/tablas/caudal.yaml", project=small)
    assert (wrong.returncode, "se esperaba ARCHIVO:LÍNEA" in wrong.stderr) == (2, True)
    assert run_here("show", "paper/nada.yaml:3", project=small).returncode == 2


def test_without_a_build_there_is_nothing_to_ask(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "sample", tmp_path, dirs_exist_ok=True)
    asked = run_here("where", "1", "100", "100", project=tmp_path)
    assert asked.returncode == 1
    assert "no hay un informe hecho" in asked.stderr


def test_a_drawing_from_the_cache_leads_to_the_line_as_it_is_now(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "figures/estaciones.yaml"
    before = spot_of(tmp_path, "Central")
    rule = path.read_text(encoding="utf-8")
    path.write_text(f"# otra línea\n{rule}", encoding="utf-8")
    assert run_here("build", project=tmp_path).returncode == 0
    assert before == "figures/estaciones.yaml:9:21: nodo"
    assert spot_of(tmp_path, "Central") == "figures/estaciones.yaml:10:21: nodo"


def test_viewers_open_the_data(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path, dirs_exist_ok=True)
    assert run_here("synctex", project=tmp_path).returncode == 0
    pdf = tmp_path / "build/informe.pdf"

    def clicked(words: str, nth: int = 0) -> tuple[str, int]:
        word = [word for word in read_words(pdf) if word.text == words][nth]
        spot = f"{word.page}:{(word.left + word.right) / 2:.1f}:{(word.top + word.bottom) / 2:.1f}:{pdf}"
        said = subprocess.run(["synctex", "edit", "-o", spot], capture_output=True, text=True, check=True).stdout
        lines = [line.split(":", 1) for line in said.splitlines() if ":" in line]
        found = dict(reversed(lines))  # a viewer goes to the first of several places
        return Path(found["Input"]).relative_to(tmp_path).as_posix(), int(found["Line"])

    assert clicked("muestra") == ("paper/secciones/rio.yaml", 6)
    assert clicked("Mida") == ("paper/secciones/rio.yaml", 2)
    assert clicked("LoRa") == ("figures/estaciones.yaml", 11)
    assert clicked("Ruiz,") == ("references.bib", 1)
    # Once asked for, each build keeps it true.
    path = tmp_path / "paper/secciones/rio.yaml"
    path.write_text("# una línea más\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_here("build", project=tmp_path).returncode == 0
    assert clicked("muestra") == ("paper/secciones/rio.yaml", 7)
    forward = ["synctex", "view", "-i", f"7:1:{path}", "-o", str(pdf)]
    said = subprocess.run(forward, capture_output=True, text=True, check=True).stdout
    page = next(word.page for word in read_words(pdf) if word.text == "muestra")
    assert f"Page:{page}\n" in said

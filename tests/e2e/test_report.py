"""The report of this project: what the course asks of its PDF, read from the PDF itself."""

from __future__ import annotations

import difflib
import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from laws import run_order
from reading import ROOT, read_fonts, read_info, read_letter_sizes, read_text, read_words, run_build

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

PDF = "build/informe.pdf"
POINTS_PER_CENTIMETRE = 72 / 2.54
MARGIN = 2.5 * POINTS_PER_CENTIMETRE
TOLERANCE = 4.0  # microtype lets signs hang out of the margin


@pytest.fixture(scope="module")
def pdf(own_report: Path) -> Path:
    return own_report / PDF


@pytest.fixture
def copy(own_report: Path, tmp_path: Path) -> Path:
    """A copy of the project and of its build, to be changed."""
    return shutil.copytree(own_report, tmp_path, dirs_exist_ok=True)


def test_length_language_and_fonts(pdf: Path) -> None:
    info = read_info(pdf)
    assert 25 <= int(info["Pages"]) <= 65  # some thirty to read; the others are lists, references and appendices
    assert info["Page size"].startswith("612 x 792")
    assert info["Author"] == "Santiago Fajardo Sima"
    assert all(embedded for _, embedded in read_fonts(pdf))


def test_nothing_is_unresolved(own_report: Path, pdf: Path) -> None:
    words = read_text(pdf)
    assert "??" not in words
    assert "[?]" not in words
    log = (own_report / "build/latex/informe.log").read_text(errors="replace")
    assert re.findall(r"(?:Citation|Reference) .* undefined|undefined references", log) == []
    assert "Missing character" not in log
    assert [
        width for width in re.findall(r"^Overfull \\hbox \(([\d.]+)pt", log, re.MULTILINE) if float(width) > 1
    ] == []


def test_no_letter_is_smaller_than_seven_points(pdf: Path) -> None:
    sizes = read_letter_sizes(pdf)
    assert min(sizes) > 6.9, (min(sizes), sizes[min(sizes)])


def test_nothing_stands_outside_the_margins(pdf: Path) -> None:
    width, height = 612, 792
    outside = [
        word
        for word in read_words(pdf)
        if word.left < MARGIN - TOLERANCE
        or word.right > width - MARGIN + TOLERANCE
        or word.top < MARGIN - 1.2 * POINTS_PER_CENTIMETRE
        or word.bottom > height - MARGIN + 1.3 * POINTS_PER_CENTIMETRE
    ]
    assert outside == []


def test_floating_and_long_tables_have_the_same_spaces(pdf: Path) -> None:
    words = read_words(pdf)
    pages = {number: [*page] for number, page in itertools.groupby(words, lambda word: word.page)}
    notes, titles = [], []
    for word, following in itertools.pairwise(words):
        if word.text == "Nota.":
            above = [other.bottom for other in pages[word.page] if other.bottom <= word.top + 2 and other is not word]
            notes.append(word.top - max(above))
        elif word.text == "Tabla" and following.text.endswith(":"):
            below = min(other.top for other in pages[word.page] if other.top > word.bottom + 1) - word.bottom
            titles.extend([below] if below > 5 else [])  # nearer is the second line of the title
    assert len(notes) > 5
    assert len(titles) > 20
    assert max(notes) - min(notes) < 2  # poppler takes the height of seven-point letters from more than their size
    assert max(titles) - min(titles) < 5  # their first rows are of three sizes of type


def read_crop(pdf: Path, page: int, x: int, y: int, width: int, height: int) -> str:
    """Return what stands in a part of a page, in points from its upper left corner."""
    part = f"-r 72 -f {page} -l {page} -x {x} -y {y} -W {width} -H {height}"
    command = ["pdftotext", "-layout", *part.split(), str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def read_columns(pdf: Path) -> list[list[str]]:
    """Return the lines of each column of the list of references, from its second page on."""
    columns = []
    for page in range(1, int(read_info(pdf)["Pages"]) + 1):
        crops = ((0, 0, 612, 62), (0, 62, 306, 670), (306, 62, 306, 670))  # the running head, and the columns
        head, *texts = (read_crop(pdf, page, *crop) for crop in crops)
        if head.split()[:1] == ["Referencias"]:
            columns += [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]
    return columns[2:]


def test_entries_are_not_parted_and_addresses_break_where_they_read_on(pdf: Path) -> None:
    columns = read_columns(pdf)
    assert len(columns) >= 10
    assert [column[0] for column in columns if re.match(r"\[\d+\]", column[0]) is None] == []
    pairs = [pair for column in columns for pair in itertools.pairwise(column)]
    inside = [(line, then) for line, then in pairs if "/" in line.split()[-1] and not then.startswith("[")]
    odd = [(line, then) for line, then in inside if line[-1] in ".0123456789" and re.match(r"[a-z0-9_/-]+", then)]
    assert len(inside) > 100
    assert odd == []


def test_figures_tables_and_references_are_there(pdf: Path) -> None:
    words = read_text(pdf)
    figures = {int(number) for number in re.findall(r"Figura (\d+):", words)}
    tables = {int(number) for number in re.findall(r"Tabla (\d+):", words)}
    assert figures == set(range(1, max(figures) + 1))
    assert len(figures) >= 7
    assert tables == set(range(1, max(tables) + 1))
    assert len(tables) >= 10
    references = {int(number) for number in re.findall(r"\[(\d+)\]", words)}
    assert references == set(range(1, max(references) + 1))
    assert len(references) >= 100


def test_a_changed_string_changes_that_string_and_nothing_else(copy: Path) -> None:
    before = read_text(copy / "build/informe.pdf").split(" ")
    path = copy / "paper/informe.yaml"
    text = path.read_text()
    assert text.count("subtitulo: Docker Swarm, Kubernetes gestionado") == 1
    path.write_text(
        text.replace("subtitulo: Docker Swarm, Kubernetes gestionado", "subtitulo: Nómada, Kubernetes gestionado")
    )
    finished = run_build("build", project=copy)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "pasada 2" not in finished.stdout
    after = read_text(copy / "build/informe.pdf").split(" ")
    changes = [
        (" ".join(before[one:two]), " ".join(after[three:four]))
        for kind, one, two, three, four in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert changes == [("Docker Swarm,", "Nómada,")]


def test_every_deleted_key_is_missed_at_every_place(copy: Path) -> None:
    """For a few keys spread over the file: without the entry, `check`, and so `build`, fail at each citation of it."""
    bibliography = (copy / "references.bib").read_text()
    keys = re.findall(r"^@\w+\{([^,\s]+),", bibliography, re.MULTILINE)
    for number, key in enumerate(keys[:: max(1, len(keys) // 6)]):
        without = re.sub(rf"^@\w+\{{{re.escape(key)},.*?^\}}\n", "", bibliography, flags=re.MULTILINE | re.DOTALL)
        assert without != bibliography
        (copy / "references.bib").write_text(without)
        for order in ("build", "check") if number == 0 else ("check",):
            run = run_order(order, copy)
            assert run.status == 1
            told = [problem for problem in run.errors if f"la cita «{key}» no está" in problem.message]
            assert told
            for problem in told:
                rest = (copy / problem.path).read_text().split("\n")[problem.line - 1][problem.column - 1 :]
                assert rest.startswith(key), problem
    (copy / "references.bib").write_text(bibliography)


def test_version_and_help_are_quick_and_spanish() -> None:
    finished = run_build("--version")
    assert finished.returncode == 0
    assert re.fullmatch(r"Imprenta \d+\.\d+\.\d+\n", finished.stdout)
    finished = run_build("--help")
    assert finished.returncode == 0
    assert "uso: python3 build.py" in finished.stdout
    assert "usage" not in finished.stdout
    finished = run_build("construye")
    assert finished.returncode == 2
    assert "«construye»" in finished.stderr or "'construye'" in finished.stderr


def test_the_command_line_alone_loads_nothing_heavy() -> None:
    code = (
        "import sys; from imprenta import cli\n"
        "try:\n    cli.main(['--version'])\nexcept SystemExit:\n    pass\n"
        "heavy = ('pydantic', 'jinja2', 'matplotlib', 'yaml', 'bibtexparser', 'pylatex')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert finished.stdout.splitlines()[-1] == "[]"

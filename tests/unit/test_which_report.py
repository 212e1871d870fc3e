"""An order acts on the report around the current folder or on the one that is named, and on no other; it leaves what
is not ours alone, and what it says names files as seen from here.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from imprenta import __version__, cli, project
from imprenta.cli.parser import put_order_first
from imprenta.ownership import TAG
from imprenta.problems import CannotContinue
from imprenta.project import name_engine_file, name_program
from imprenta.workspace import ENGINE_ROOT, Workspace

ORDERS = ["build", "check", "clean", "schema", "where", "show", "synctex", "watch"]
WORDS = {"where": ["1", "2", "3"], "show": ["paper/informe.yaml:1"]}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    root = tmp_path / "informe"
    shutil.copytree(Path(__file__).parents[1] / "problems/_base", root)
    return root


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(list(words))
    said = capsys.readouterr()
    return status, said.out, said.err


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("inside", ["", "paper"])
def test_no_order_acts_where_there_is_no_report(
    order: str, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither on the engine's own, nor on a folder `paper/` of somebody else's."""
    (tmp_path / "paper").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "build/tesis.txt").write_text("precioso")
    before = files_of(tmp_path)
    monkeypatch.chdir(tmp_path / inside)
    for given in ([], ["--project", "."]):
        status, said, errors = run(capsys, order, *given, *WORDS.get(order, []))
        assert (status, said) == (1, "")
        assert "no hay «paper/informe.yaml»" in errors
        assert "--project" in errors
    assert files_of(tmp_path) == before


def test_the_report_is_found_upwards_and_named(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    section = report / "paper/secciones/caudal.yaml"
    section.write_text("titullo: El caudal\ncontenido:\n  - texto: Uno [@ruiz2020].\n", encoding="utf-8")
    monkeypatch.chdir(section.parent)
    status, _, errors = run(capsys, "check")
    assert status == 1
    assert errors.startswith(f"informe de «{report}»\ncaudal.yaml:1:1: error: ")
    monkeypatch.chdir(report / "paper")
    assert "\nsecciones/caudal.yaml:1:1: error: " in run(capsys, "check")[2]
    monkeypatch.chdir(report)
    assert run(capsys, "check")[2].startswith("paper/secciones/caudal.yaml:1:1: error: ")
    monkeypatch.chdir(report.parent)
    assert run(capsys, "check", "--project", "informe")[2].startswith("informe/paper/secciones/caudal.yaml:1:1: ")
    (report.parent / "otra").mkdir()
    monkeypatch.chdir(report.parent / "otra")
    assert run(capsys, "check", "--project", str(report))[2].startswith("paper/secciones/caudal.yaml:1:1: error: ")


def test_a_folder_inside_a_report_is_not_the_report(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report)
    status, _, errors = run(capsys, "check", "--project", "paper")
    assert status == 1
    assert "¿--project .?" in errors


def test_clean_takes_what_we_made_and_nothing_else(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report / "paper")
    assert run(capsys, "clean") == (0, "no había «../build/»\n", f"informe de «{report}»\n")
    assert not (report / "build").exists()
    run(capsys, "check")
    assert (report / "build" / TAG).read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    assert run(capsys, "clean")[:2] == (0, "se borró «../build/»\n")
    assert files_of(report) == files_of(Path(__file__).parents[1] / "problems/_base")


@pytest.mark.parametrize("made", [True, False])
def test_clean_leaves_a_folder_of_others(
    made: bool, report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one that we wrote into."""
    (report / "build").mkdir()
    (report / "build/tesis.txt").write_text("precioso")
    monkeypatch.chdir(report)
    if made:
        run(capsys, "check")
        assert (report / "build/checked-templates").exists()
    status, said, errors = run(capsys, "clean")
    assert (status, said) == (1, "")
    assert "no la hizo Imprenta" in errors
    assert "«tesis.txt»" in errors
    assert (report / "build/tesis.txt").read_text() == "precioso"


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (
            [
                "informe.pdf",
                "latex/informe.tex",
                "al-dia.txt",
                "cerrojo",
                "memoria",
                ".informe.pdf.x1y2_z3a",
                "al-dia.txt.77",
            ],
            True,
        ),
        (["ortografia.json", "plantillas-revisadas"], True),
        (["informe.pdf"], False),
        (["latex/informe.tex", "informe.pdf", "cerrojo", "informe.pdf.vieja"], False),
        (["latex/informe.tex", "informe.pdf", "cerrojo", "memoria-de-la-tesis.txt"], False),
        (["informe.pdf", "informe.tex", "informe.log"], False),
        (["latex/informe.tex", "informe.pdf", "cerrojo", "notas.txt"], False),
        ([TAG, "latex/informe.tex", "informe.pdf"], False),
        ([], False),
    ],
)
def test_a_folder_of_before_the_tag_is_known_by_several_files(names: list[str], ours: bool, report: Path) -> None:
    (report / "build").mkdir()
    for name in names:
        (report / "build" / name).parent.mkdir(exist_ok=True)
        (report / "build" / name).write_text("Signature: 8a477f597d28d172789f06886806bc55\n# cargo")
    workspace = Workspace(report)
    if ours:
        assert workspace.clean(lambda: None)
        assert not (report / "build").exists()
    else:
        with pytest.raises(CannotContinue, match="no la hizo Imprenta"):
            workspace.clean(lambda: None)
        assert (report / "build").is_dir()


def test_a_link_is_no_folder_of_ours(report: Path, tmp_path: Path) -> None:
    (tmp_path / "disco").mkdir()
    (tmp_path / "disco/tesis.txt").touch()
    (report / "build").symlink_to(tmp_path / "disco")
    with pytest.raises(CannotContinue, match="fuera de la carpeta"):
        Workspace(report).clean(lambda: None)
    assert (tmp_path / "disco/tesis.txt").exists()


@pytest.mark.parametrize(
    ("here", "name"),
    [
        ("paper", "informe.yaml"),
        ("paper", "paper/informe.yaml"),
        (".", "./paper/informe.yaml"),
        ("..", "{root}/paper/informe.yaml"),
    ],
)
def test_a_line_is_asked_for_as_seen_from_here(
    here: str, name: str, report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report / here)
    status, _, errors = run(capsys, "show", "--project", str(report), f"{name.format(root=report)}:1")
    assert status == 1  # there is the file; there is no PDF yet
    assert "no hay un informe hecho" in errors
    assert f"«python3 {ENGINE_ROOT}/build.py»" in errors
    assert run(capsys, "show", "--project", str(report), "no.yaml:1")[0] == 2


def test_hints_name_a_program_that_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ENGINE_ROOT)
    assert name_program() == "python3 build.py"
    monkeypatch.chdir(ENGINE_ROOT / "paper")
    assert name_program() == "python3 ../build.py"
    monkeypatch.chdir(tmp_path)
    assert name_program() == f"python3 {ENGINE_ROOT}/build.py"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], ["build"]),
        (["--strict"], ["build", "--strict"]),
        (["--strict", "check"], ["check", "--strict"]),
        (["--project", "check", "clean"], ["clean", "--project", "check"]),
        (["--project", "x"], ["build", "--project", "x"]),
        (["explain", "cita-vacia"], ["explain", "cita-vacia"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
    ],
)
def test_options_may_stand_before_the_order(words: list[str], wanted: list[str]) -> None:
    assert put_order_first(words, {"build", "check", "clean", "explain"}) == wanted


def test_a_misspelt_order_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    status, said, errors = run(capsys, "chek")
    assert (status, said) == (2, "")
    assert errors == "imprenta: no hay ninguna orden «chek»\n  pista: ¿«check»?\n"


def test_the_former_name_of_the_option_is_understood_and_not_told(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report.parent)
    for words in (
        ["--proyecto", "informe", "check"],
        ["check", "--proyecto", "informe"],
        ["check", "--proyecto=informe"],
    ):
        assert run(capsys, *words) == run(capsys, "check", "--project", "informe")
    with pytest.raises(SystemExit):
        run(capsys, "check", "--help")
    said = capsys.readouterr().out
    assert "--project CARPETA" in said
    assert "--proyecto" not in said


def test_an_installed_package_is_called_by_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "INSTALLED", True)
    assert name_program() == "imprenta"
    assert name_engine_file("templates/portada.tex.j2") == "imprenta/templates/portada.tex.j2"
    assert name_engine_file("imprenta/cache.py") == "imprenta/cache.py"


def test_package_and_engine_agree_on_the_version() -> None:
    assert tomllib.loads((ENGINE_ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__

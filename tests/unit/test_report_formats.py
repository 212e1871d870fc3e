"""JSON, GitHub annotations and SARIF: valid, whole, in the same order, and unbroken by hostile content."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta import cli
from imprenta.codes import CODES
from imprenta.problems import CannotContinue, Problem, Severity, Span
from imprenta.report import MACHINE_FORMATS, Run
from imprenta.report.github import MOST

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "problems"
JSON_SCHEMA = json.loads((ROOT / "docs/esquemas/problemas.schema.json").read_text(encoding="utf-8"))
SARIF_SCHEMA = json.loads((ROOT / "tests/esquemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
JSON_VALIDATOR = jsonschema.Draft202012Validator(JSON_SCHEMA)
SARIF_VALIDATOR = jsonschema.Draft4Validator(SARIF_SCHEMA)

HOSTILE = "a%b\r\n::error file=x::y\n##[error]z:,\x1b[0m\u2028\ud800 {0} [t](1) 100%"

texts = st.text(st.characters(), max_size=30) | st.sampled_from([HOSTILE, "::stop-commands::x", "##[add-mask]x"])
spans = st.builds(
    lambda path, line, column, more, width: Span(path, line, column, line + more, column + width),
    texts.filter(bool),
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.integers(0, 3),
    st.integers(1, 50),
)
problems = st.builds(
    Problem,
    st.sampled_from(sorted(CODES)),
    texts.filter(bool),
    spans,
    texts,
    st.sampled_from(Severity),
    st.lists(st.tuples(spans, texts), max_size=2).map(tuple),
)
runs = st.builds(
    Run,
    st.lists(problems, max_size=30).map(tuple),
    st.none() | st.builds(lambda message, hint: CannotContinue(message, hint=hint), texts.filter(bool), texts),
    st.sampled_from(["", "informes/uno"]),
)


def told_by_json(said: str) -> list[tuple[str, str, int]]:
    return [(each["codigo"], each["gravedad"], each["lugar"]["linea"]) for each in json.loads(said)["problemas"]]


def told_by_sarif(said: str) -> list[tuple[str, str, int]]:
    words = {"error": "error", "warning": "aviso"}
    results = json.loads(said)["runs"][0]["results"]
    return [
        (each["ruleId"], words[each["level"]], each["locations"][0]["physicalLocation"]["region"]["startLine"])
        for each in results
    ]


def told_by_github(said: str) -> list[tuple[str, str, int]]:
    words = {"error": "error", "warning": "aviso"}
    found = []
    for line in said.split("\n"):
        if match := re.match(r"::(error|warning) file=[^,:]+,line=(\d+),(?:[^:]*,)?title=([a-z0-9-]+)::", line):
            found.append((match[3], words[match[1]], int(match[2])))
        elif match := re.match(r"- .*?:(\d+):\d+: (error|aviso): .*\[([a-z0-9-]+)\]$", line):
            found.append((match[3], match[2], int(match[1])))
    return found


@given(runs)
def test_json_keeps_its_schema(run: Run) -> None:
    said = MACHINE_FORMATS["json"](run)
    assert said.isascii()
    document = json.loads(said)
    JSON_VALIDATOR.validate(document)
    assert document["errores"] + document["avisos"] == len(run.problems) == len(document["problemas"])
    assert [each["mensaje"] for each in document["problemas"]] == [problem.message for problem in run.problems]


@given(runs)
def test_sarif_keeps_the_oasis_schema(run: Run) -> None:
    said = MACHINE_FORMATS["sarif"](run)
    assert said.isascii()
    document = json.loads(said)
    SARIF_VALIDATOR.validate(document)
    (only,) = document["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert not re.search(r"(?<!\{)\{(?:\{\{)*\d", result["message"]["text"])
    assert only["invocations"][0]["executionSuccessful"] is (run.stop is None)


@given(runs)
def test_github_obeys_only_what_is_meant(run: Run) -> None:
    """However the problems are worded, the runner finds one command for each, on a line of its own."""
    said = MACHINE_FORMATS["github"](run)
    lines = re.split(r"\r\n|\r|\n", said)
    assert len(lines) == len(run.problems) + 1 + (run.stop is not None)
    assert "##[" not in said
    commands = [line for line in lines if line.lstrip().startswith("::")]
    for kind in ("error", "warning"):
        wanted = sum(COMMAND[problem.severity] == kind for problem in run.problems)
        wanted += kind == "error" and run.stop is not None
        assert sum(line.startswith(f"::{kind} ") for line in commands) == min(MOST, wanted)
    for line in commands:
        head, message = line.removeprefix("::").split("::", 1)
        assert re.fullmatch(r"(?:error|warning) (?:[A-Za-z]+=[^:,\s\x1b]*(?: [^:,\x1b]*)*,?)+", head), head
        assert not re.search(r"%(?!25|0A|0D)", message)


COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning"}


@given(st.lists(problems, max_size=15).map(tuple))
def test_every_format_tells_the_same_in_the_same_order(found: tuple[Problem, ...]) -> None:
    run = Run(found)
    wanted = [(problem.code, problem.severity.value, problem.place.line) for problem in found]
    assert told_by_json(MACHINE_FORMATS["json"](run)) == wanted
    assert told_by_sarif(MACHINE_FORMATS["sarif"](run)) == wanted
    assert len(MACHINE_FORMATS["github"](run).split("\n")) == len(wanted) + 1


def test_a_github_annotation_is_escaped_by_the_rules() -> None:
    place = Span("paper/a,b: 100%.yaml", 3, 5, 3, 9)
    problem = Problem("fila-desigual", "50 %, dice: «x»", place, "así", related=((Span("b.yaml", 1, 2), "aquí"),))
    assert MACHINE_FORMATS["github"](Run((problem,))) == (
        "::error file=paper/a%2Cb%3A 100%25.yaml,line=3,col=5,endColumn=9,title=fila-desigual"
        "::50 %25, dice: «x»%0Ab.yaml:1:2: aquí%0Apista: así\n"
        "imprenta: 1 error"
    )


def test_a_github_annotation_of_several_lines_has_no_columns() -> None:
    problem = Problem("fila-desigual", "m", Span("a.yaml", 3, 5, 7, 2), severity=Severity.WARNING)
    assert MACHINE_FORMATS["github"](Run((problem,), folder="informes/uno")).startswith(
        "::warning file=informes/uno/a.yaml,line=3,endLine=7,title=fila-desigual::m\n"
    )


def test_github_is_given_ten_of_a_kind_and_the_log_the_rest() -> None:
    found = [Problem("fila-desigual", f"fila {number}", Span("a.yaml", number)) for number in range(1, 14)]
    found += [Problem("fila-repetida", "m", Span("a.yaml", 20), severity=Severity.WARNING)]
    lines = MACHINE_FORMATS["github"](Run(tuple(found))).split("\n")
    assert [line.startswith("::error ") for line in lines].count(True) == 10
    assert lines[10] == "- a.yaml:11:1: error: fila 11 [fila-desigual]"
    assert lines[13].startswith("::warning file=a.yaml,line=20,")
    assert lines[-1].startswith("imprenta: 13 errores, 1 aviso (")
    told = told_by_github("\n".join(lines))
    assert told == [(problem.code, problem.severity.value, problem.place.line) for problem in found]


def test_a_sarif_result_has_rule_region_and_related_places() -> None:
    place = Span("paper/año 1.yaml", 3, 5, 3, 9)
    problem = Problem("fila-desigual", "sobra {x}", place, "así", related=((Span("b.yaml", 1, 2), "aquí"),))
    (run,) = json.loads(MACHINE_FORMATS["sarif"](Run((problem,), folder="mi informe")))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert result["message"]["text"] == "sobra {{x}}\npista: así"
    physical = result["locations"][0]["physicalLocation"]
    assert unquote(physical["artifactLocation"]["uri"]) == "mi informe/paper/año 1.yaml"
    assert physical["artifactLocation"]["uri"].isascii()
    assert physical["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startColumn"] == 2
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == CODES["fila-desigual"].title
    assert CODES["fila-desigual"].good in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "error"


# On the command line: one real project with problems, each format alone on the standard output.


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for case in ("_base", "cita-desconocida", "bib-doi", "codigo-desconocido"):
        shutil.copytree(CASES / case, tmp_path, dirs_exist_ok=True)
    return tmp_path


def run_cli(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(words)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_formats_agree_with_the_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, count, text = run_cli(capsys, "check", "--project", str(project))
    wanted = [
        (match[3], match[2], int(match[1]))
        for match in re.finditer(r"(?m)^\S+?:(\d+):\d+: (error|aviso): .*\[([a-z-]+)\]$", text)
    ]
    assert len(wanted) == 3
    assert status == 1
    readers = {"json": told_by_json, "sarif": told_by_sarif, "github": told_by_github}
    assert set(readers) == set(MACHINE_FORMATS)
    for name, read in readers.items():
        status, said, errors = run_cli(capsys, "check", "--project", str(project), "--format", name)
        assert (status, errors) == (1, "")
        assert read(said) == wanted
        if name == "github":
            assert said.endswith(f"\nimprenta: {count}")


@pytest.mark.parametrize("form", ["text", *sorted(MACHINE_FORMATS)])
def test_no_encoding_of_the_terminal_is_a_fault(form: str, project: Path) -> None:
    section = project / "paper/secciones/caudal.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("bajó", "«\U0001f4c8»"), encoding="utf-8")
    program = "import sys; from imprenta import cli; sys.exit(cli.main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--format", form, "--project", str(project)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"caracter-sin-glifo" in done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(MACHINE_FORMATS))
@pytest.mark.parametrize("order", ["check", "build"])
def test_a_project_without_paper_is_told_in_every_format(
    name: str, order: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, errors = run_cli(capsys, order, "--project", str(tmp_path), "--format", name)
    assert status == 1
    assert "imprenta: no hay «paper/informe.yaml»" in errors
    assert "paper/informe.yaml" in said
    if name == "json":
        document: dict[str, Any] = json.loads(said)
        JSON_VALIDATOR.validate(document)
        assert document["interrupcion"]["mensaje"].startswith("no hay «paper/informe.yaml»")
    if name == "sarif":
        SARIF_VALIDATOR.validate(json.loads(said))


@pytest.mark.parametrize("words", [["schema"], ["check"], ["build"]])
def test_a_project_without_paper_is_told_to_people(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, errors = run_cli(capsys, *words, "--project", str(tmp_path))
    assert status == 1
    assert "paper/informe.yaml" not in said
    assert "imprenta: no hay «paper/informe.yaml»" in errors


def test_codes_are_explained_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    status, said, errors = run_cli(capsys, "explain", "fila-desigual", "cita-vacia")
    assert (status, errors) == (0, "")
    assert said.startswith("fila-desigual (error): ")
    assert "\n\ncita-vacia (error): " in said
    status, said, errors = run_cli(capsys, "explain", "fila-desigal")
    assert (status, said) == (2, "")
    assert "¿«fila-desigual»?" in errors


def test_a_failed_build_prints_the_format_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, errors = run_cli(capsys, "build", "--project", str(project), "--format", "json")
    assert status == 1
    JSON_VALIDATOR.validate(json.loads(said))
    assert "no se hizo un PDF nuevo" in errors


def test_codes_are_chosen_and_what_is_left_out_does_not_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said, _ = run_cli(capsys, "check", "--project", str(project), "--format", "json")
    codes = {code for code, _, _ in told_by_json(said)}
    assert "codigo-desconocido" in codes
    choice = ("check", "--project", str(project), "--format", "json")
    status, said, _ = run_cli(capsys, *choice, "--only", "codigo-desconocido")
    assert (status, {code for code, _, _ in told_by_json(said)}) == (1, {"codigo-desconocido"})
    status, said, _ = run_cli(capsys, *choice, "--ignore", ",".join(codes - {"codigo-desconocido"}))
    assert (status, {code for code, _, _ in told_by_json(said)}) == (1, {"codigo-desconocido"})
    status, said, _ = run_cli(capsys, *choice, *(word for code in codes for word in ("--ignore", code)))
    assert (status, told_by_json(said)) == (0, [])


@pytest.mark.parametrize("option", ["--only", "--ignore"])
def test_an_unknown_code_is_a_wrong_command_line(
    option: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, errors = run_cli(capsys, "check", "--project", str(project), option, "cita-desconosida")
    assert (status, said) == (2, "")
    assert "«cita-desconosida»" in errors
    assert "¿«cita-desconocida»?" in errors


def test_paths_lead_from_where_the_order_was_given(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    _, said, _ = run_cli(capsys, "check", "--project", project.name, "--format", "github")
    assert f"file={project.name}/paper/informe.yaml," in said
    monkeypatch.chdir(project)
    _, said, _ = run_cli(capsys, "check", "--format", "github")
    assert "file=paper/informe.yaml," in said

"""The Python environment: made when it is lacking, mended when it is half made, left alone when it is current."""

from __future__ import annotations

import ast
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta import environment

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [environment.BUILD_LOCK, environment.LOCK, environment.DEVELOPMENT_LOCK]

# Stands for the environment's Python: writes what it is asked to do into `log`, and does it as `answer` says.
FAKE_PYTHON = """\
#!/bin/sh
here=$(dirname "$0")/..
echo "$@" >> "$here/log"
case "$1 $2" in
    "-m pip") cd "$here" && . ./answer ;;
    -c*) ;;
    *) echo "in the environment: $*" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without environment."""
    root = tmp_path / "proyecto"
    (root / "imprenta").mkdir(parents=True)
    shutil.copy(ROOT / "build.py", root)
    for path in (ROOT / "imprenta").glob("*.py"):
        shutil.copy(path, root / "imprenta")
    for lock in LOCKS:
        (root / lock).write_text(f"algo==1.0 \\\n    --hash=sha256:{'0' * 64}\n# {lock}\n", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", str(root))
    monkeypatch.delenv("IMPRENTA_ENTORNO", raising=False)
    monkeypatch.delenv(environment.ATTEMPTS, raising=False)
    return root


def make_environment(project: Path, *, answer: str = "true", locks: list[str] | None = None) -> Path:
    folder = project / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    (folder / "answer").write_text(answer + "\n", encoding="utf-8")
    (folder / "log").touch()
    python = folder / "bin" / "python"
    python.write_text(FAKE_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    for lock in locks or []:
        shutil.copy(project / lock, folder)
    return folder


def run_build(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(project / "build.py"), *arguments],
        env={"PATH": os.defpath, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def installed(folder: Path) -> list[str]:
    """Return the lock files that pip was given, in order."""
    return re.findall(r"-m pip install .*--requirement \S*/(\S+)", (folder / "log").read_text(encoding="utf-8"))


def test_a_current_environment_is_entered_at_once(project: Path) -> None:
    folder = make_environment(project, locks=[environment.BUILD_LOCK, environment.LOCK])
    done = run_build(project, "check", "--project", "otro informe")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"in the environment: {project}/build.py check --project otro informe\n"
    assert installed(folder) == []


def test_what_the_environment_lacks_is_installed_with_hashes(project: Path) -> None:
    folder = make_environment(project)
    done = run_build(project)
    assert done.returncode == 0
    assert "se instalan 1" in done.stderr
    assert "in the environment" in done.stdout
    assert installed(folder) == [environment.BUILD_LOCK, environment.LOCK]
    calls = [line for line in (folder / "log").read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert len(calls) == 2
    for call in calls:
        assert {"--require-hashes", "--no-deps", "--no-build-isolation"} <= set(call.split())
        # What comes as source runs its own program when it is installed: one package has nothing else.
        assert {"--only-binary=:all:", "--no-binary=pylatex"} <= set(call.split())


def test_a_changed_lock_is_installed_again(project: Path) -> None:
    folder = make_environment(project, locks=LOCKS)
    (project / environment.LOCK).write_text("algo==2.0 \\\n    --hash=sha256:1\n", encoding="utf-8")
    assert not environment.is_current(str(folder), environment.LOCK)
    environment.prepare_environment()
    assert environment.is_current(str(folder), environment.LOCK)
    assert installed(folder) == [environment.LOCK]


def test_the_development_packages_come_only_when_asked_for(project: Path) -> None:
    folder = make_environment(project, locks=[environment.BUILD_LOCK, environment.LOCK])
    environment.prepare_environment()
    assert installed(folder) == []
    environment.prepare_environment(development=True)
    environment.prepare_environment(development=True)
    assert installed(folder) == [environment.DEVELOPMENT_LOCK]


def test_a_failure_of_pip_is_told_and_not_forgotten(project: Path) -> None:
    folder = make_environment(project, answer="echo 'ERROR: sin red' >&2; exit 7")
    done = run_build(project)
    assert done.returncode == 4
    assert "ERROR: sin red" in done.stderr
    assert "error: no se pudieron instalar los paquetes de Python (el programa terminó con el código 7)" in done.stderr
    assert "pip install" in done.stderr.split("pista: ")[1]
    assert (folder / environment.UNFINISHED).exists()
    assert not environment.is_current(str(folder), environment.BUILD_LOCK)


def test_an_interruption_ends_with_130_and_is_mended_later(project: Path) -> None:
    folder = make_environment(project, answer="touch reached; sleep 30")
    process = subprocess.Popen(
        [sys.executable, str(project / "build.py")], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for(lambda: (folder / "reached").exists())
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrumpido" in words
    assert "Traceback" not in words
    assert not environment.is_current(str(folder), environment.LOCK)
    assert (folder / environment.UNFINISHED).exists()


def test_a_half_made_environment_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_environment(project, locks=LOCKS)
    (folder / environment.UNFINISHED).touch()
    (folder / "lib").mkdir()
    (folder / "lib" / "broken.py").touch()
    commands = record_commands(monkeypatch)
    environment.prepare_environment()
    assert [command[1:3] for command in commands if "-c" not in command] == [["-m", "venv"], *[["-m", "pip"]] * 2]
    assert not (folder / "lib").exists()
    assert not (folder / environment.UNFINISHED).exists()


def test_an_environment_whose_python_is_gone_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_environment(project, locks=LOCKS)
    (folder / "bin" / "python").unlink()
    (folder / "bin" / "python").symlink_to("/nonexistent/python3.11")
    commands = record_commands(monkeypatch)
    environment.prepare_environment()
    assert ["-m", "venv", str(folder)] in [command[1:] for command in commands]


@pytest.mark.usefixtures("project")
def test_a_folder_of_other_things_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "documentos"
    mine.mkdir()
    (mine / "tesis.docx").write_text("años de trabajo", encoding="utf-8")
    monkeypatch.setenv("IMPRENTA_ENTORNO", str(mine))
    with pytest.raises(environment.CannotPrepare, match="no es un entorno de Python"):
        environment.prepare_environment()
    assert [path.name for path in mine.iterdir()] == ["tesis.docx"]


def test_without_venv_the_package_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "runs", lambda python, statement: "ensurepip" not in statement)
    monkeypatch.setattr(environment, "find_python", lambda: "/usr/bin/python3")
    with pytest.raises(environment.CannotPrepare) as caught:
        environment.prepare_environment()
    assert "apt-get install -y --no-install-recommends python3-venv" in caught.value.hint
    assert not (project / ".venv").exists()


def test_another_python_must_be_new_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}" if name in {"python3.12", "python3.11"} else None)
    monkeypatch.setattr(environment, "runs", lambda python, statement: python != "/opt/python3.12")
    assert environment.find_python() == "/opt/python3.11"
    monkeypatch.setattr(environment, "runs", lambda python, statement: False)
    with pytest.raises(environment.CannotPrepare, match=r"Python 3\.11 o posterior; este es 3\.9\.18"):
        environment.find_python()


def test_a_useless_environment_does_not_loop(project: Path) -> None:
    make_environment(project, locks=LOCKS)
    done = run_build(project, **{environment.ATTEMPTS: "2"})
    assert done.returncode == 4
    assert "no sirve, ni después de rehacerlo" in done.stderr


def test_two_processes_do_not_fill_it_at_once(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = make_environment(project)
    worker = threading.Thread(target=environment.prepare_environment)
    held = os.open(folder.parent, os.O_RDONLY)  # another checkout that shares this environment holds the same
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        worker.start()
        words = ""

        def waits() -> bool:
            nonlocal words
            words += capfd.readouterr().err
            return "otro proceso" in words

        wait_for(waits)
        assert installed(folder) == []
    finally:
        os.close(held)
    worker.join(timeout=60)
    assert installed(folder) == [environment.BUILD_LOCK, environment.LOCK]


@pytest.mark.parametrize(
    ("trouble", "status"), [(KeyboardInterrupt(), 130), (environment.CannotPrepare("falta algo", "póngalo"), 4)]
)
def test_troubles_have_a_status(trouble: BaseException, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        raise trouble

    assert environment.guarded(action) == status
    assert environment.guarded(lambda: 1) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("build.py", (3, 7)),
        ("imprenta/__init__.py", (3, 9)),
        ("imprenta/__main__.py", (3, 9)),
        ("imprenta/client.py", (3, 9)),
        ("imprenta/environment.py", (3, 9)),
        ("imprenta/project.py", (3, 9)),
        ("imprenta/up_to_date.py", (3, 9)),
        ("imprenta/debian.py", (3, 9)),
    ],
)
def test_an_old_python_reads_as_far_as_the_sentence(name: str, version: tuple[int, int]) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=version)
    assert tree.body


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_are_exact_and_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^\n]+)? \\\n    --hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_locks_hold_what_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^\w-]", requirement)[0] for requirement in requirements}

    locked = {lock: environment.read_lock(lock) for lock in LOCKS}
    assert names(project["project"]["dependencies"]) <= locked[environment.LOCK]
    assert names(project["dependency-groups"]["dev"]) <= locked[environment.DEVELOPMENT_LOCK]
    assert names(project["dependency-groups"]["build"]) == locked[environment.BUILD_LOCK]
    # `diagrams` asks for it without using it, and it would bring a dozen more.
    assert "pre-commit" not in set.union(*locked.values())


def test_no_two_locks_disagree() -> None:
    pins: dict[str, set[str]] = {}
    for lock in (environment.LOCK, environment.DEVELOPMENT_LOCK):
        for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
            if line[:1].isalnum():
                name, version, *marker = re.split(r"==| ; |\s\\$", line, maxsplit=2)
                pins.setdefault(f"{name} {marker}", set()).add(version)
    assert pins
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def record_commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let every command succeed without being run; `venv` leaves an interpreter behind."""
    commands: list[list[str]] = []

    def ask(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        if command[1:3] == ["-m", "venv"]:
            python = Path(command[3]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(environment, "ask", ask)
    return commands


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen"
        time.sleep(0.02)


def test_who_wants_no_bytecode_beside_the_sources_has_it_in_the_environment(tmp_path: Path) -> None:
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "IMPRENTA_ENTORNO": str(tmp_path)}
    variables.pop("PYTHONPYCACHEPREFIX", None)

    def begin() -> list[str]:
        subprocess.run([sys.executable, "-c", "import build"], cwd=ROOT, env=variables, check=True)
        return [path.name.partition(".")[0] for path in tmp_path.glob("bytecode/**/imprenta/*.pyc")]

    assert begin() == [], "this is no environment of ours"
    (tmp_path / environment.LOCK).write_text("")
    assert {"__main__", "client", "up_to_date"} <= {*begin()}

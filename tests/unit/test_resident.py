"""Commands that a resident process runs: they stand where their caller stands, and without it nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta import client

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = Path(client.ENGINE)
WANTED = {**os.environ, client.WISH: "sí", "PYTHONPATH": str(ENGINE), "SECRETO": "igual"}

SERVER = """
import os, sys, time
sys.path.insert(0, {engine!r})
from imprenta.resident.process import Resident

def serve(words):
    from imprenta.project import name_from_here
    print("orden", *words, "en", os.getcwd(), "con", os.environ.get("NO_COLOR"), oct(os.umask(0o22)), flush=True)
    print("terminal", sys.stdout.isatty(), sys.stdout.encoding, file=sys.stderr)
    if "--strict" in words:
        try:
            print("empieza", flush=True)
            time.sleep(30)
        except KeyboardInterrupt:
            print("interrumpido", flush=True)
            return 130
    if "--explain" in words:
        os._exit(9)
    if "--only=largo" in words:
        print("x" * 100_000)
    if "--only=bug" in words:
        return 3
    return 7

root, limit = sys.argv[1:3]
resident = Resident(root, dict(os.environb), serve, lambda: not os.path.exists(root + "/otro-motor"))
resident.idle, resident.looks = float(limit), 0.05
resident.open()
os.write(1, b"abierto")
os.dup2(os.open(os.devnull, os.O_RDWR), 1)
resident.run()
"""
NOBODY = 50
"""The exit status of a caller whose command was not served."""
CALLER = f"""
import sys
from imprenta import client
status = client.ask_resident(sys.argv[1:])
sys.exit({NOBODY} if status is None else status)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "paper").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "paper/informe.yaml").write_text("titulo: a")
    return tmp_path


@contextmanager
def resident(root: Path, idle: float = 60, environment: dict[str, str] = WANTED) -> Iterator[subprocess.Popen[bytes]]:
    script = SERVER.format(engine=str(ENGINE))
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(root), str(idle)], env=environment, stdout=subprocess.PIPE, cwd="/"
    )
    assert process.stdout is not None
    try:
        assert process.stdout.read(7) == b"abierto"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def call(
    root: Path, *words: str, environment: dict[str, str] = WANTED, umask: int = 0o022, first: str = ""
) -> subprocess.CompletedProcess[str]:
    """Call; the caller does something `first`."""
    return subprocess.run(
        [sys.executable, "-c", first + CALLER, *words],
        cwd=root, env=environment, umask=umask, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_command_runs_where_its_caller_stands(root: Path) -> None:
    with resident(root) as process:
        words, colourless = ("build", "--format", "json"), {**WANTED, "NO_COLOR": "1"}
        done = call(root / "paper", *words, environment=colourless, umask=0o027)
        assert done.returncode == 7
        assert done.stdout == f"orden build --format json en {root / 'paper'} con 1 0o27\n"
        assert done.stderr == "terminal False utf-8\n"
        assert call(root).stdout == f"orden en {root} con None 0o22\n"
        assert process.poll() is None
        mode = os.lstat(root / client.SOCKET).st_mode
        assert mode & 0o777 == 0o600


def test_the_report_may_be_far_below_and_named(root: Path) -> None:
    deep = root / "/".join(["carpeta-de-nombre-bastante-largo"] * 8)
    (deep / "paper").mkdir(parents=True)
    (deep / "build").mkdir()
    (deep / "paper/informe.yaml").write_text("titulo: a")
    assert len(str(deep)) > 200
    with resident(deep):
        assert call(root, f"--project={deep}").returncode == 7
        assert call(root, "check", "--project", str(deep)).stdout.startswith("orden check --project")
        assert call(root).returncode == NOBODY


def test_whoever_reads_the_output_does_not_wait_for_the_resident(root: Path) -> None:
    with resident(root) as process:
        piped = subprocess.run(
            f"{sys.executable} -c '{CALLER}' | cat", shell=True, cwd=root, env=WANTED, capture_output=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert piped.stdout.startswith(b"orden")
        assert process.poll() is None


def test_what_one_caller_did_not_read_is_not_told_to_the_next(root: Path) -> None:
    with resident(root):
        left = f"exec 3>&1; {sys.executable} -c '{CALLER}' --only=largo | exec 3>&-"
        subprocess.run(left, shell=True, cwd=root, env=WANTED, capture_output=True, timeout=60, check=False)
        assert call(root).stdout == f"orden en {root} con None 0o22\n"


def test_another_users_process_is_not_asked(root: Path) -> None:
    with resident(root):
        assert call(root, first="import os; os.geteuid = lambda: 12345").returncode == NOBODY
        assert call(root).returncode == 7


def test_another_reports_process_is_not_asked(root: Path) -> None:
    other = root / "otro"
    (other / "paper").mkdir(parents=True)
    (other / "paper/informe.yaml").touch()
    (other / "build").symlink_to(root / "build")
    with resident(root):
        assert call(other).returncode == NOBODY
        assert call(root).returncode == 7


def test_where_commands_run_by_themselves_it_must_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (client.WISH, *client.AUTOMATIC):
        monkeypatch.delenv(name, raising=False)
    assert client.is_wanted()
    monkeypatch.setenv("CI", "true")
    assert not client.is_wanted()
    monkeypatch.setenv(client.WISH, "sí")
    assert client.is_wanted()
    monkeypatch.setenv(client.WISH, "no")
    assert not client.is_wanted()


def test_interrupting_the_caller_interrupts_the_command(root: Path) -> None:
    with resident(root) as process:
        command = [sys.executable, "-c", CALLER, "--strict"]
        caller = subprocess.Popen(command, cwd=root, env=WANTED, stdout=subprocess.PIPE, text=True)
        assert caller.stdout is not None
        assert [caller.stdout.readline()[:5], caller.stdout.readline()] == ["orden", "empieza\n"]
        caller.send_signal(signal.SIGINT)
        assert caller.communicate(timeout=60)[0] == "interrumpido\n"
        assert caller.returncode == 130
        assert process.wait(timeout=60) == 0  # it does not go on from there
        assert not (root / client.SOCKET).exists()


def test_a_command_whose_caller_is_killed_is_called_off(root: Path) -> None:
    with resident(root) as process:
        command = [sys.executable, "-c", CALLER, "--strict"]
        caller = subprocess.Popen(command, cwd=root, env=WANTED, stdout=subprocess.PIPE)
        assert caller.stdout is not None
        caller.stdout.readline()
        caller.kill()
        caller.communicate()
        assert process.wait(timeout=60) == 0


def test_a_resident_that_dies_leaves_the_command_to_its_caller(root: Path) -> None:
    with resident(root):
        assert call(root, "--explain").returncode == NOBODY
        assert (root / client.SOCKET).exists()
        assert call(root).returncode == NOBODY  # a dead socket


def test_after_a_fault_of_ours_it_ends(root: Path) -> None:
    with resident(root) as process:
        assert call(root, "--only=bug").returncode == 3
        assert process.wait(timeout=60) == 0


def test_a_busy_or_hung_resident_is_not_waited_for(root: Path) -> None:
    with resident(root) as process:
        process.send_signal(signal.SIGSTOP)
        unasked = {name: value for name, value in WANTED.items() if name not in (client.WISH, *client.AUTOMATIC)}
        assert call(root, environment=unasked).returncode == NOBODY
        process.send_signal(signal.SIGCONT)
        assert call(root).returncode == 7  # the one that nobody waited for was not run


@pytest.mark.parametrize("what", ["no", "other", "plain", "watch"])
def test_not_every_command_is_served(root: Path, what: str) -> None:
    environment, words = dict(WANTED), []
    if what == "no":
        environment[client.WISH] = "no"
    elif what == "other":
        environment["SECRETO"] = "otro"
    else:
        words = ["watch"] if what == "watch" else ["--plain"]
    with resident(root) as process:
        assert call(root, *words, environment=environment).returncode == NOBODY
        assert call(root).returncode == 7
        assert process.poll() is None


def test_another_engine_is_not_served(root: Path) -> None:
    with resident(root) as process:
        for other in ("ENGINE = '/otro'", "PROTOCOL = b'imprenta 0'"):
            assert call(root, first=f"from imprenta import client; client.{other}").returncode == NOBODY
        assert call(root).returncode == 7
        (root / "otro-motor").touch()
        assert call(root).returncode == NOBODY
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("how", ["idle", "cleaned", "replaced"])
def test_it_ends_by_itself(root: Path, how: str) -> None:
    with resident(root, idle=0.2 if how == "idle" else 60) as process:
        if how == "cleaned":
            (root / client.SOCKET).unlink()
        if how == "replaced":
            with resident(root):
                assert process.wait(timeout=60) == 0
                assert call(root).returncode == 7
        assert process.wait(timeout=60) == 0


def test_rubbish_at_the_socket_does_no_harm(root: Path) -> None:
    with resident(root) as process:
        for rubbish in (b"", b"\xff\xff\xff\xff", b"\0\0\0\4hola", os.urandom(100)):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(root / client.SOCKET))
                connection.sendall(rubbish)
        time.sleep(0.01)
        assert call(root).returncode == 7
        assert process.poll() is None


def test_it_can_be_stopped(root: Path) -> None:
    client.stop_resident(str(root))  # there is none
    with resident(root) as process:
        client.stop_resident(str(root))
        assert process.wait(timeout=60) == 0
        assert not (root / client.SOCKET).exists()


def test_no_socket_no_resident(root: Path) -> None:
    assert call(root).returncode == NOBODY
    (root / client.SOCKET).write_text("no es un socket")
    assert call(root).returncode == NOBODY

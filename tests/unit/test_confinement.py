"""What programs that we run may do to this machine: change files below two folders, and nothing else."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from imprenta import confinement, processes
from imprenta.processes import SPARE
from imprenta.workspace import Limits, Workspace

CONFINING = pytest.mark.skipif(not confinement.is_confining(), reason="this system has no Landlock")
TRIES = """
import os, socket, sys
outside, inside = sys.argv[1:]
def attempt(name, action):
    try:
        action()
        print(name)
    except OSError:
        pass
attempt("escribir", lambda: open(f"{outside}/nuevo", "w"))
attempt("cambiar", lambda: open(f"{outside}/antes", "r+"))
attempt("vaciar", lambda: os.truncate(f"{outside}/antes", 0))
attempt("borrar", lambda: os.remove(f"{outside}/antes"))
attempt("carpeta", lambda: os.mkdir(f"{outside}/carpeta"))
attempt("enlazar", lambda: os.symlink("antes", f"{outside}/enlace"))
attempt("enlazar dentro", lambda: os.link(f"{outside}/antes", f"{inside}/antes"))
attempt("mudar", lambda: os.rename(f"{outside}/antes", f"{inside}/antes"))
attempt("sacar", lambda: os.rename(f"{inside}/suyo", f"{outside}/suyo"))
attempt("leer", lambda: open(f"{outside}/antes").read())
attempt("escribir dentro", lambda: open(f"{inside}/nuevo", "w"))
attempt("mudar dentro", lambda: os.rename(f"{inside}/nuevo", f"{inside}/otro"))
attempt("nada", lambda: open("/dev/null", "w"))
attempt("paso", lambda: open(os.environ["TMPDIR"] + "/paso", "w"))
"""
NETWORK = """
import socket, sys
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)
    print("conectado")
except PermissionError:
    print("negado")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose programs have a folder for what passes beside it, not around it."""
    passing = tmp_path / "paso"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    folder = tmp_path / "informe"
    (folder / "build").mkdir(parents=True)
    (folder / "antes").write_text("de antes")
    (folder / "build/suyo").write_text("suyo")
    return folder


@CONFINING
def test_a_program_changes_what_is_made_and_nothing_else(project: Path) -> None:
    done = Workspace(project).run([sys.executable, "-c", TRIES, str(project), str(project / "build")])
    assert done.output.decode().splitlines() == [
        "leer", "escribir dentro", "mudar dentro", "nada", "paso",
    ], done.errors  # fmt: skip
    assert sorted(path.name for path in project.iterdir()) == ["antes", "build"]
    assert (project / "antes").read_text() == "de antes"
    (project / "nuestro").write_text("")  # this process may do what it did


def test_a_program_finds_no_settings_of_its_user(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = dict.fromkeys(("TEXMFCNF", "TEXMFLOCAL", "GVBINDIR", "FONTCONFIG_FILE", "TZ", "LANG", "BIBINPUTS"), "/no")
    for name, value in (hostile | {"HOME": "/casa", "XDG_CACHE_HOME": "/guardado"}).items():
        monkeypatch.setenv(name, value)
    tells = [sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"]
    told = json.loads(Workspace(project).run(tells, environment={"SOURCE_DATE_EPOCH": "0"}).output)
    assert set(told) <= {*processes.HEEDED, "LC_ALL", "TMPDIR", "PAR_TMPDIR", "SOURCE_DATE_EPOCH"}
    assert (told["HOME"], told["XDG_CACHE_HOME"], told["SOURCE_DATE_EPOCH"]) == ("/casa", "/guardado", "0")
    assert told["TMPDIR"] == str(project / f"build/tmp/{os.getpid()}")


@CONFINING
def test_a_folder_that_is_made_anew_may_be_written_in(project: Path) -> None:
    workspace = Workspace(project)
    write = [sys.executable, "-c", "open('build/x', 'w')"]
    assert workspace.run(write).status == 0
    (project / "build").rename(project / "otra")
    (project / "build").mkdir()
    assert workspace.run(write).status == 0
    assert workspace.run([sys.executable, "-c", "open('otra/y', 'w')"]).status != 0


@pytest.mark.skipif(confinement._version() < 4, reason="Landlock keeps nothing from the network before version 4")
def test_a_program_reaches_no_network(project: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        done = Workspace(project).run([sys.executable, "-c", NETWORK, str(server.getsockname()[1])])
    assert done.output == b"negado\n", done.errors


@pytest.mark.skipif(confinement._version() < 6, reason="Landlock keeps no signals in before version 6")
def test_a_program_signals_nobody_else(project: Path) -> None:
    signals = "import os, sys\ntry:\n    os.kill(int(sys.argv[1]), 0)\n    print('mandada')\n"
    signals += "except PermissionError:\n    print('negada')\n"
    assert Workspace(project).run([sys.executable, "-c", signals, str(os.getpid())]).output == b"negada\n"


def test_without_landlock_programs_run_as_ever(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "_version", lambda: 0)
    processes._confined_thread.cache_clear()
    try:
        assert not confinement.is_confining()
        assert Workspace(project).run([sys.executable, "-c", "open('nuevo', 'w')"]).status == 0
    finally:
        processes._confined_thread.cache_clear()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux lets a process limit another")
def test_who_is_allowed_less_than_a_program_may_take_gives_it_that() -> None:
    """As on a machine of many users (`ulimit -v`), where nothing could be built at all."""
    asks = "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0], input())"
    lower = (
        f"import resource, os; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); os.execv({sys.executable!r}, "
    )
    with subprocess.Popen(
        [sys.executable, "-c", f"{lower}['python', '-c', {asks!r}])"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        while resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY:
            time.sleep(0.01)
        processes.limit_process(process, Limits(seconds=90))
        assert process.communicate(b"fin\n", timeout=60)[0].split() == [b"4096", b"fin"]


def test_disks_without_room_are_no_place_for_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", lambda *_: (_ for _ in ()).throw(FileNotFoundError()))
    assert confinement.writable_places("/a")[:2] == ["/a", "/dev"]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux lets a process limit another")
def test_a_program_has_limits_of_memory_files_and_processor(project: Path) -> None:
    asks = "import resource, time; time.sleep(1); print(*(resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, "
    asks += "resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU)))"
    done = Workspace(project).run([sys.executable, "-c", asks], limits=Limits(seconds=90, memory=1 << 30))
    assert done.output.split() == [b"%d" % limit for limit in (1 << 30, 512 << 20, 1024, 90 + SPARE)], done.errors


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of a death")
def test_a_program_ends_with_us_whatever_ends_us(project: Path) -> None:
    """SIGKILL, of which nobody is told in time, is the worst; the others end us no worse."""
    root = Path(__file__).resolve().parents[2]
    program = (
        f"import sys; sys.path.insert(0, {str(root)!r})\nfrom pathlib import Path\n"
        "from imprenta.workspace import Workspace\n"
        f"Workspace(Path({str(project)!r})).run(['sh', '-c', 'echo $$ > build/pid; exec sleep 1000'])\n"
    )
    ours = subprocess.Popen([sys.executable, "-c", program])
    told = project / "build/pid"
    while not (told.exists() and told.read_text().endswith("\n")):
        time.sleep(0.02)
    theirs = int(told.read_text())
    os.kill(theirs, 0)
    ours.send_signal(signal.SIGKILL)
    ours.wait()
    while Path(f"/proc/{theirs}/cmdline").exists() and Path(f"/proc/{theirs}/cmdline").read_bytes():
        time.sleep(0.02)

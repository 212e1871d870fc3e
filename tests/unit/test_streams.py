"""Streams that fail, are full, or are not there: what is built is built, and the exit status says so."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, str(ROOT / "build.py")]
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
BASE = ROOT / "tests/problems/_base"


def order(words: list[str], redirection: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a shell, with its streams redirected; what is left of them is read."""
    shell = ["bash", "-c", f'"$@" {redirection}; echo "estado ${{PIPESTATUS[0]}}" >&9', "-", *COMMAND, *words]
    read, write = os.pipe()
    try:
        done = subprocess.run(
            [*shell[:2], f"exec 9>&{write}; {shell[2]}", *shell[3:]],
            capture_output=True, text=True, pass_fds=[write], check=False, timeout=300,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as file:
            done.args = file.read().split()
        return done
    except BaseException:
        os.close(write)
        raise


@pytest.mark.parametrize(
    ("redirection", "status"),
    [
        ("| true", 0),
        ("| head -c 1 > /dev/null", 0),
        (">&-", 0),
        ("2>&-", 0),
        ("<&- >&- 2>&-", 0),
        pytest.param("2>/dev/full", 0, marks=FULL),
        pytest.param(">/dev/full", 4, marks=FULL),
    ],
)
@pytest.mark.parametrize("words", [["explain"], ["check", "--format", "json", "--project"]])
def test_a_stream_that_fails_changes_nothing_but_what_is_said(
    words: list[str], redirection: str, status: int, tmp_path: Path
) -> None:
    report = [str(shutil.copytree(BASE, tmp_path / "informe"))] if words[-1] == "--project" else []
    done = order([*words, *report], redirection)
    assert done.args == ["estado", str(status)], done.stderr
    assert "Traceback" not in done.stderr
    assert "error propio" not in done.stderr
    assert ("no se pudo escribir la salida" in done.stderr) == (status == 4)


def test_files_that_are_opened_do_not_become_streams(tmp_path: Path) -> None:
    """Without a standard output the next file that is opened would be it, and what is printed would go there."""
    program = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from imprenta.streams import guard_streams\nguard_streams()\n"
        f"file = open({str(tmp_path / 'archivo')!r}, 'w'); print('dicho'); print('dicho', file=sys.stderr)\n"
        "sys.stdout.flush(); sys.exit(0 if file.fileno() > 2 else 9)"
    )
    done = subprocess.run(["bash", "-c", '"$@" <&- >&- 2>&-', "-", sys.executable, "-c", program], check=False)
    assert done.returncode == 0
    assert (tmp_path / "archivo").read_bytes() == b""


def test_what_an_encoding_lacks_is_written_as_an_escape() -> None:
    """Before anything else has been imported too: «sin cambios» is said by a process that does nothing more."""
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from imprenta.streams import guard_streams\nguard_streams()\n"
        "print('p\\xe1ginas'); print('\\xe1', file=sys.stderr)"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"p\\xe1ginas\n", b"\\xe1\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_ends_a_command_interrupts_it(number: signal.Signals) -> None:
    program = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r})\n"
        "from imprenta import cli\nfrom imprenta.cli import orders\n"
        "def wait(options):\n    print('espera', flush=True)\n    time.sleep(300)\n"
        "orders.FREE_ORDERS['explain'] = ('espera', wait)\n"
        "sys.exit(cli.run(['explain']))"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "espera\n"
        process.send_signal(number)
        said = process.communicate(timeout=300)[1]
    assert process.returncode == 128 + number
    assert said == "\nimprenta: interrumpido\n"

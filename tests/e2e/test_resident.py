"""Commands by a resident process: word for word, page for page what they are without one."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading import ROOT
from same_pdf import find_differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

SAMPLE = Path(__file__).parent / "sample"
SOCKET = "build/resident"
RIVER, VALUES, CURVE = "paper/secciones/rio.yaml", "paper/datos/aforo.yaml", "figures/curva.py"
SECTION = (ROOT / "templates/seccion.tex.j2").read_text(encoding="utf-8")
OTHER_SECTION = SECTION.replace(r"{\VALOR{ seccion.titulo }}", r"{Véase \VALOR{ seccion.titulo }}")
assert OTHER_SECTION != SECTION
BUILD = [sys.executable, str(ROOT / "build.py")]


class Copy:
    """A copy of the sample, whose commands a resident process runs or none does."""

    def __init__(self, root: Path, wish: str) -> None:
        self.root = root
        self.environment = {**os.environ, "IMPRENTA_RESIDENTE": wish}
        shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
        (root / "figures/factor.txt").write_text("1")
        self.replace(CURVE, "def ", "from pathlib import Path\n\n\ndef ")
        self.replace(CURVE, '["ahora"]', '["ahora"] * int(Path(__file__).with_name("factor.txt").read_text())')

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *words: str, folder: str = ".", **more: str) -> tuple[int, str, str]:
        """Run a command; return its status and what it printed, without times and its own folder."""
        done = subprocess.run(
            [*BUILD, *words], cwd=self.root / folder, env={**self.environment, **more}, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        return done.returncode, self._plain(done.stdout), self._plain(done.stderr)

    def run_on_terminal(self, *words: str) -> tuple[int, str]:
        """Run a command on a terminal; return its status and what is seen on it."""
        terminal, end = pty.openpty()
        process = subprocess.Popen(
            [*BUILD, *words],
            cwd=self.root,
            env={**self.environment, "TERM": "xterm", "CI": ""},
            stdin=end,
            stdout=end,
            stderr=end,
        )
        os.close(end)
        seen = b""
        while True:
            try:
                more = os.read(terminal, 4096)
            except OSError:  # everybody who had the terminal let it go
                break
            if not more:
                break
            seen += more
        os.close(terminal)
        return process.wait(timeout=300), self._plain(seen.decode())

    def _plain(self, text: str) -> str:
        text = text.replace(str(self.root), "<informe>")
        return re.sub(r"[ \d]*\d,\d\d s", " T s", text)

    def resident(self) -> tuple[int, ...] | None:
        """Return what tells the resident process from another one; None if there is none."""
        try:
            status = os.lstat(self.root / SOCKET)
        except OSError:
            return None
        return (status.st_ino, status.st_ctime_ns)

    def await_resident(self) -> None:
        end = time.monotonic() + 60
        while self.resident() is None and time.monotonic() < end:
            time.sleep(0.01)
        assert self.resident() is not None


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Copy, Copy]]:
    one, two = Copy(tmp_path / "sin", "no"), Copy(tmp_path / "con", "sí")
    yield one, two
    two.run("clean")


Edit = tuple["Callable[[Copy], None]", tuple[str, ...], str]
EDITS: tuple[Edit, ...] = (
    (lambda copy: copy.replace(RIVER, "uno dentro de otro", "otro dentro de uno"), ("--explain",), "paper/secciones"),
    (lambda copy: copy.replace(VALUES, "12.5", "13.5"), ("build", "--format", "json"), "."),
    (lambda copy: copy.replace(RIVER, "Con nota[^n]", "Con nota[^n] y «dos [@nadie]"), (), "figures"),
    (lambda copy: None, ("check", "--format=sarif"), "."),
    (lambda copy: copy.replace(RIVER, " y «dos [@nadie]", ""), ("--strict", "build"), "."),
    (lambda copy: copy.replace("figures/factor.txt", "1", "2"), ("--explain",), "."),
    (lambda copy: copy.write("templates/seccion.tex.j2", OTHER_SECTION), (), "."),
)
MORE_EDITS: tuple[Edit, ...] = (
    (lambda copy: copy.replace(RIVER, "otro dentro de uno", "uno dentro de uno"), ("build",), "."),
    (lambda copy: copy.replace("paper/informe.yaml", "titulo: ", "titulo: Otra vez "), ("check",), "paper"),
    (lambda copy: None, (), "."),
    (lambda copy: copy.write("paper/vocabulario.txt", "Guadalete\nJerezano\n"), ("check",), "."),
    (lambda copy: copy.write("paper/vocabulario.txt", "Guadalete\n"), ("--strict", "--explain"), "."),
    (lambda copy: (copy.root / "paper/vocabulario.txt").unlink(), ("--strict",), "."),
)
"""What changes another file in the ways of those before."""


@pytest.mark.parametrize(
    "edits", [EDITS, pytest.param(EDITS + MORE_EDITS, marks=pytest.mark.proof)], ids=["few", "all"]
)
def test_a_command_is_the_same_with_and_without_a_resident_process(
    copies: tuple[Copy, Copy], edits: tuple[Edit, ...]
) -> None:
    without, served = copies
    assert without.run("build") == served.run("build")
    served.await_resident()
    known = served.resident()
    for edit, words, folder in edits:
        for copy in copies:
            edit(copy)
        told = [copy.run(*words, folder=folder) for copy in copies]
        status, answers, steps = zip(*told, strict=True)
        assert (status[0], answers[0]) == (status[1], answers[1]), words
        assert {*steps[0].splitlines()} == {*steps[1].splitlines()}, "those at once are told as they end, if waited for"
        assert served.resident() == known, words
        assert find_differences(without.root / "build/informe.pdf", served.root / "build/informe.pdf") == []
    assert without.resident() is None
    for copy in copies:
        copy.replace(RIVER, "El caudal medio", "El  caudal medio")
    seen = [copy.run_on_terminal() for copy in copies]
    assert "\x1b[K" in seen[0][1]
    assert seen[0] == seen[1]
    names = [sorted(path.name for path in (copy.root / "build").iterdir()) for copy in copies]
    assert sorted([*names[0], "resident"]) == names[1]
    assert served.resident() == known


def test_clean_ends_it_and_an_interrupted_build_leaves_the_pdf(copies: tuple[Copy, Copy]) -> None:
    _, served = copies
    assert served.run("build")[0] == 0
    served.await_resident()
    made = (served.root / "build/informe.pdf").read_bytes()
    served.replace("paper/informe.yaml", "titulo: ", "titulo: Otro ")
    command = subprocess.Popen(
        BUILD, cwd=served.root, env=served.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert command.stdout is not None
    command.stdout.readline()  # a step is over: by now it hears of Ctrl-C
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=60)
    assert command.returncode in (0, 130)
    if command.returncode == 130:
        assert "interrumpido" in said
        assert (served.root / "build/informe.pdf").read_bytes() == made
    served.replace("paper/informe.yaml", "titulo: Otro ", "titulo: Nuevo ")
    assert served.run("build")[0] == 0
    assert served.run("clean")[0] == 0
    time.sleep(1)  # nobody makes it again
    assert not (served.root / "build").exists()

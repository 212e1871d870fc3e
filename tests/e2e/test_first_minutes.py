"""The first five minutes of the guide, word by word, with the installed command."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from installing import VARIABLES
from reading import ROOT, read_text

PAGE = (ROOT / "docs/guia/empezar.md").read_text(encoding="utf-8")
PART = re.compile(r"<!-- (paso|añadir: (\S+)) -->\n```\w*\n(.*?)```", re.DOTALL)


def list_parts() -> list[tuple[str, str]]:
    """Return what the page has its reader do, in order: a file to add something to («» if none), and the words."""
    return [(match[2] or "", match[3]) for match in PART.finditer(PAGE)]


def test_every_part_of_the_page_is_followed() -> None:
    assert PAGE.count("<!--") == len(list_parts()) == 5
    # What comes before the first one installs Imprenta, which the fixture does.
    assert "imprenta system" in PAGE[: PAGE.index("<!--")]


@pytest.mark.tex
def test_the_page_leads_from_nothing_to_a_sound_report(command: Path, tmp_path: Path) -> None:
    variables = {**VARIABLES, "PATH": f"{command.parent}:{os.environ['PATH']}", "BROWSER": "true"}
    folder = tmp_path
    for path, words in list_parts():
        if path:
            with (folder / path).open("a", encoding="utf-8") as file:
                file.write(words)
            continue
        for line in words.splitlines():
            if line.startswith("cd "):
                folder /= line.removeprefix("cd ")
            elif " watch " in line:
                watch_once(line, folder, variables)
            else:
                done = subprocess.run(
                    ["bash", "-c", line], cwd=folder, env=variables, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, line + done.stdout + done.stderr
    subprocess.run([command], cwd=folder, env=variables, check=True, capture_output=True)
    said = read_text(folder / "build/informe.pdf")
    assert "Cuántas réplicas hacen falta" in said
    assert "Ana Rojas" in said
    assert "se pierden 5,2 minutos al año [3]" in said


def watch_once(line: str, folder: Path, variables: dict[str, str]) -> None:
    """Start the order that shows the report, wait until it has built it, and end it as a person does."""
    program, *words = line.split()
    found = shutil.which(program, path=variables["PATH"])
    assert found is not None
    with subprocess.Popen([found, *words], cwd=folder, env=variables, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        try:
            said = next(said for said in started.stdout if "primera construcción" in said)
            assert "páginas" in said
        finally:
            started.send_signal(signal.SIGINT)
            started.stdout.read()
        assert started.wait(60) == 0


def test_the_kinds_are_those_that_there_are() -> None:
    from imprenta.scaffold import KINDS

    assert set(re.findall(r"(?m)^\| `(\w+)` \|", PAGE)) == set(KINDS)

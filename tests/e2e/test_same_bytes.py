"""The same data on another day's machine, for another user, in another place -> the same bytes of the whole PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reading import ROOT

SAMPLE = Path(__file__).parent / "sample"
OTHERWISE = {
    "TZ": "Asia/Tokyo",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "SOURCE_DATE_EPOCH": "1",
    "PYTHONHASHSEED": "7",
    "MPLBACKEND": "bogus",
    "TEXMFCNF": "/no/hay",
    "TEXMFLOCAL": "/no/hay",
    "TEXINPUTS": "/no/hay:",
    "GVBINDIR": "/no/hay",
    "FONTCONFIG_FILE": "/no/hay",
    "BIBER_CONF": "/no/hay",
    "TMPDIR": "/no/hay",
    "DEBUG": "1",
}
"""What a user may have set, for TeX, for drawings, for languages, for days."""


def build_apart(report: Path, lay: Path, *command: str, umask: int = 0o022, **variables: str) -> bytes:
    """Return the PDF of a report that a process of its own builds from nothing, with formats of its own."""
    shutil.copytree(lay, report, ignore=shutil.ignore_patterns("build"))
    own = {"IMPRENTA_RESIDENTE": "no", "IMPRENTA_CACHE": str(report.parent / f"{report.name}-comun"), **variables}
    done = subprocess.run(
        [*command, sys.executable, str(ROOT / "build.py"), "--project", str(report)],
        env={**os.environ, **own}, umask=umask, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return (report / "build/informe.pdf").read_bytes()


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(600)
def test_the_whole_pdf_is_the_same_whatever_its_user_has_set(complete: Path, tmp_path: Path) -> None:
    """All that is otherwise at once: folder, user's settings, times of files, rights, number of processors."""
    for name, lay in (("muestra", SAMPLE), ("completo", complete)):
        alone = ("taskset", "-c", str(min(os.sched_getaffinity(0)))) if shutil.which("taskset") else ()
        once = build_apart(tmp_path / name, lay)
        home = tmp_path / f"otra casa de ñandú/{name}"
        home.mkdir(parents=True)
        again = build_apart(home / "informe", lay, *alone, umask=0o077, HOME=str(home), **OTHERWISE)
        assert again == once, name

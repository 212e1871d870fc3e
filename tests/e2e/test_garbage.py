"""What is kept from one build to the next, emptied, spoilt, or put there by somebody else: as if it were not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from reading import read_text, run_build

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

SAMPLE = Path(__file__).parent / "sample"
ALIVE = {"CACHEDIR.TAG", "lock"}
"""What is no memory: a folder's tag, and the file by which builds wait for each other."""


def spoil(build: Path, how: str, foreign: dict[str, bytes]) -> int:
    """Spoil all that a build left; return how many files that were. Times stay, as a power cut leaves them."""
    spoilt = 0
    for path in sorted(build.rglob("*")):
        if not path.is_file() or path.name in ALIVE:
            continue
        data, status = path.read_bytes(), path.stat()
        others = [content for name, content in foreign.items() if name.endswith(path.suffix) and content != data]
        new = {
            "vacíos": b"",
            "cortados": data[: len(data) // 2],
            "basura": os.urandom(max(1, len(data))),
            "ajenos": others[0] if path.suffix and others else b"de otro",
        }[how]
        path.unlink()  # it may be a link to what other reports have too
        path.write_bytes(new)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        spoilt += 1
    return spoilt


@pytest.mark.proof
@pytest.mark.parametrize("how", ["vacíos", "cortados", "basura", "ajenos"])
def test_memory_that_is_not_whole_is_none(how: str, tmp_path: Path) -> None:
    folder = tmp_path / "informe"
    shutil.copytree(SAMPLE, folder)
    assert run_build("build", project=folder).returncode == 0
    expected = read_text(folder / "build/informe.pdf")
    foreign = {str(path): path.read_bytes() for path in (folder / "build").rglob("*") if path.is_file() and path.suffix}
    assert spoil(folder / "build", how, foreign) > 20
    finished = run_build("build", project=folder)
    assert finished.returncode == 0, finished.stderr
    assert read_text(folder / "build/informe.pdf") == expected
    section = folder / "paper/secciones/rio.yaml"
    section.write_text(section.read_text(encoding="utf-8").replace("titulo: ", "titulo: Mayo y ", 1), encoding="utf-8")
    finished = run_build("build", project=folder)
    assert finished.returncode == 0, finished.stderr
    assert "Mayo y " in read_text(folder / "build/informe.pdf")

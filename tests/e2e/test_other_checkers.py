"""biber's own check of the data model, on what the build gives it, finds nothing that `check` did not.

checkcites, the other checker of citations, is not in Debian 12; what it looks for is compared here by hand: keys in the
.aux that the .bib lacks, and entries of the .bib that the .aux does not name. Where it is installed, it is run too.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from reading import ROOT, run_build

pytestmark = [pytest.mark.tex, pytest.mark.timeout(900)]

LATEX = "build/latex"
ENTRIES = "entries"
"""The job of LaTeX for which biber works."""
UNDATED = re.compile(
    r"Entry '[^']+' \(references\.bib\): Missing mandatory field - one of 'date, year' must be defined"
)


@pytest.fixture(scope="module")
def folder(own_report: Path) -> Path:
    """What the build of the report gave to LaTeX and biber."""
    return own_report / LATEX


def validate(folder: Path) -> list[str]:
    """Return biber's warnings on the data model, without INFO and the closing count."""
    command = ["biber", "--validate-datamodel", "--noconf", ENTRIES]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = [line.partition(" - ")[2] for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]
    return [re.sub(r"^Datamodel: ", "", words).replace("online entry", "Entry") for words in found]


def test_biber_warns_of_what_check_tells_and_of_undated_pages(folder: Path, tmp_path: Path) -> None:
    """A page without a date is no mistake: `check` asks only for the day on which it was read, as IEEE and APA do."""
    shutil.copytree(folder, tmp_path / "latex")
    for name in ("paper", "figures", "experimentos"):
        shutil.copytree(ROOT / name, tmp_path / name)
    key = re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "references.bib").read_text(), re.MULTILINE)[0]
    title = re.compile(rf"(@\w+\{{{re.escape(key)},.*?)^  title +=[^\n]*\n", re.MULTILINE | re.DOTALL)
    for written, broken in ((ROOT, tmp_path), (folder, tmp_path / "latex")):  # the author's, and what biber is given
        text, count = title.subn(r"\1", (written / "references.bib").read_text(), count=1)
        assert count == 1
        (broken / "references.bib").write_text(text)
    (untitled,) = [words for words in validate(tmp_path / "latex") if not UNDATED.search(words)]
    assert key in untitled
    assert "title" in untitled
    finished = run_build("check", "--strict", project=tmp_path)
    assert finished.returncode == 1
    assert f"en la entrada «{key}»" in finished.stderr
    assert "title" in finished.stderr


def test_no_key_is_unknown_and_no_entry_unused(folder: Path) -> None:
    control = (folder / f"{ENTRIES}.bcf").read_text()
    cited = set(re.findall(r"<bcf:citekey[^>]*>([^<]+)</bcf:citekey>", control))
    entries = set(re.findall(r"^@\w+\{([^,\s]+),", (folder / "references.bib").read_text(), re.MULTILINE))
    assert cited == entries
    if shutil.which("checkcites"):
        command = ["checkcites", "--backend", "biber", ENTRIES]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
        assert "Unused references in your TeX document: 0" in said
        assert "Undefined references in your TeX document: 0" in said

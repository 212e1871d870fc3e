"""Two laws for reports that nobody wrote: what `check` takes is built, and the PDF holds every letter that was typed.

`IMPRENTA_INFORMES=100 pytest -m proof tests/property/test_random_reports.py` tries a hundred.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from laws import build
from random_reports import letters, make_report, read_back
from reading import read_objects

COUNT = int(os.environ.get("IMPRENTA_INFORMES", "6"))


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, COUNT + 1))
def test_what_check_takes_is_built_and_every_letter_is_in_the_pdf(seed: int, tmp_path: Path) -> None:
    report = make_report(seed, tmp_path)
    run = build(report.folder)
    assert run.status == 0, run.errors
    pdf = report.folder / "build/informe.pdf"
    orders = read_back(pdf)
    spoken = re.findall(rb"/Alt <FEFF([0-9A-F]+)>", read_objects(pdf))
    heard = letters(" ".join(bytes.fromhex(part.decode()).decode("utf-16-be") for part in spoken))
    lost = {}
    for code, (role, typed, printed) in report.expected.items():
        between = re.compile(rf"vqx{code}(.*?)zqx{code}")
        said = {found for words in ([heard] if role == "spoken" else orders) for found in between.findall(words)}
        if not any(re.fullmatch(printed, found) for found in said):
            lost[code] = (role, typed, printed, sorted(said)[:3])
    assert not lost

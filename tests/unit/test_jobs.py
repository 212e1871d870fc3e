"""Which engine that has read the start of one job can be given the rest of another."""

from __future__ import annotations

from dataclasses import replace

from imprenta.typeset.checkpoints.jobs import compose_job, tell_steps
from imprenta.typeset.checkpoints.trace import Checkpoint
from imprenta.typeset.engine.job import LABELS, STEPS

ROWS = [
    r"\documentclass{article}",
    r"\begin{document}",
    r"\checkpoint",
    "uno",
    "",
    r"\checkpoint",
    "dos",
    "",
    r"\checkpoint",
    "tres",
]
DATA = r"\datosdelinforme{T}{A}{}{}"
AUXILIARY = "\\newlabel{a}{{1}{1}{}{}{}}\n"


def test_a_job_has_the_lines_of_the_whole() -> None:
    job = compose_job(ROWS, 6, "ESTADO", AUXILIARY, {".toc": ""}, DATA)
    lines = job.source.split("\n")
    assert lines[0].startswith(DATA), "the format does not hold the data of the report"
    assert "ESTADO" in lines[0]
    assert lines[5:10] == ROWS[5:]
    assert lines[1:5] == ["%"] * 4
    assert job.files[LABELS] == AUXILIARY


def test_an_engine_goes_on_where_the_start_and_what_it_has_read_are_the_same() -> None:
    job = compose_job(ROWS, 3, "ESTADO", AUXILIARY, {".toc": ""}, DATA)
    ahead = replace(job, certain=job.source.index("dos"))
    rows = [*ROWS[:6], "otra cosa", *ROWS[7:]]
    later = compose_job(rows, 3, "ESTADO", AUXILIARY, {".toc": "", STEPS: "otros"}, DATA)
    later = replace(later, certain=later.source.index("otra"))
    assert later.goes_on_from(ahead)
    assert later.goes_on_from(replace(ahead, files={**ahead.files, STEPS: "unos"})), "steps are read at the end"
    assert not later.goes_on_from(job), "nothing of it is certain"
    assert not replace(later, files={**later.files, ".toc": "otro"}).goes_on_from(ahead)
    assert not replace(later, files={**later.files, LABELS: ""}).goes_on_from(ahead)
    before = compose_job([*ROWS[:3], "antes", *ROWS[4:]], 3, "ESTADO", AUXILIARY, {".toc": ""}, DATA)
    assert not replace(before, certain=len(before.source)).goes_on_from(ahead)
    assert not replace(later, certain=4).goes_on_from(ahead), "it has read what is not certain any more"


def test_a_job_may_stop_where_no_float_waits_and_the_page_has_its_number() -> None:
    calm = Checkpoint(5, 1, 7, "SUM", "", "", "", "fresh", "9.0pt,9.0pt,0.0pt,0.0pt,2,1,3,----", "1")
    waits = replace(calm, line=6, floats_text=calm.floats_text.replace("----", "---d"))
    movable = replace(calm, line=8)
    steps = tell_steps([calm, waits, movable], 2, frozenset({8}))
    assert steps == "\\checkpointstep{7}{SUM|7}%\n\\checkpointstep{10}{SUM}%\n"

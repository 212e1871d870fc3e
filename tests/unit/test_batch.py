"""Jobs are found, done by workers that survive what becomes of them, and told on a page and in sheets."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import signal
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta.batch import Batch, Job, Outcome, State, Terms, plan_batch
from imprenta.batch.job import find_jobs, hash_job, read_job
from imprenta.batch.outcome import Told, read_outcome, worst_status
from imprenta.batch.page import write_page
from imprenta.batch.processes import work_here
from imprenta.batch.sheet import write_problems, write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBLEM = Told("cita-desconocida", "error", "paper/a.yaml", 2, 5, "la cita «<b>» no está", "¿«ruiz»?")
WARNING = Told("celda-sin-fuente", "aviso", "paper/b.yaml", 1, 1, "=cmd()")
OUTCOMES = [
    Outcome("ana", title="El <río>", authors=("Ana Ruiz",), pages=4, citations=9, demands=3, demands_met=2,
            unmet=("Todo: «falta & algo»",), pdf="pdf/ana ñ.pdf"),
    Outcome("bea", status=1, problems=(PROBLEM, WARNING), unchanged=True),
    Outcome("=caro", status=3, reason="murió", trace="Traceback <x>"),
    Outcome("dani", left=True),
    Outcome("eva", problems=(WARNING,)),
]  # fmt: skip


def lay(folder: Path, title: str = "Prueba") -> Path:
    """Write a report that is good enough to be begun."""
    (folder / "paper").mkdir(parents=True)
    (folder / "paper/informe.yaml").write_text(f"titulo: {title}\n", encoding="utf-8")
    return folder


def test_jobs_are_found_below_a_folder(tmp_path: Path) -> None:
    for name in ("b", "grupo/a", "grupo/a/anexo", "lote/viejo", ".oculto/x", "c/build/y", "C2/paper/z"):
        lay(tmp_path / name)
    (tmp_path / "solo-word").mkdir()
    (tmp_path / "lote-de-ayer").mkdir()
    (tmp_path / "lote-de-ayer/lote.json").touch()
    (tmp_path / "rueda").symlink_to(tmp_path)
    jobs, bare = find_jobs(tmp_path, tmp_path / "lote", Terms())
    assert [job.name for job in jobs] == ["b", "grupo/a", "grupo/a/anexo"]
    assert jobs[0].folder == str(tmp_path / "b")
    assert bare == ["C2", "c", "rueda", "solo-word"]
    assert [job.name for job in find_jobs(tmp_path / "b", tmp_path / "b/lote", Terms())[0]] == ["b"]
    assert read_job(jobs[1].dumps()) == jobs[1]


def test_the_hash_of_a_job_follows_all_that_its_pages_come_from(tmp_path: Path) -> None:
    folder = lay(tmp_path / "a")
    job = Job("a", str(folder), Terms())
    hashes = [hash_job(job, "")]
    for path in ("references.bib", "figures/f.py", "figures/datos/f.csv", "paper/secciones/a.yaml", "templates/p.j2"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x")
        hashes.append(hash_job(job, ""))
    hashes += [hash_job(job, "otro"), hash_job(Job("a", str(folder), Terms(strict=True)), "")]
    hashes.append(hash_job(Job("a", str(folder), Terms(trusted=True)), ""))
    assert len(set(hashes)) == len(hashes)
    (folder / "build").mkdir()
    (folder / "build/x.yaml").write_text("x")
    (tmp_path / "fuera").mkdir()
    (tmp_path / "fuera/secreto").write_text("x")
    (folder / "paper/enlace").symlink_to(tmp_path / "fuera/secreto")
    assert hash_job(Job("a", str(folder), Terms(limit=9)), "") == hashes[5]


def test_outcomes_are_written_and_read() -> None:
    import json

    assert [read_outcome(json.loads(outcome.dumps())) for outcome in OUTCOMES] == OUTCOMES
    states = [State.GOOD, State.WRONG, State.BROKEN, State.LEFT, State.WARNED]
    assert [outcome.state for outcome in OUTCOMES] == states
    assert worst_status(OUTCOMES) == 3
    assert worst_status(OUTCOMES[:2]) == 1
    assert worst_status(OUTCOMES[:1]) == 0


def test_the_page_tells_all_and_runs_nothing_of_the_authors() -> None:
    page = write_page("Curso <1>", OUTCOMES, ["sin & nada"])
    assert "<b>» no" not in page
    assert "la cita «&lt;b&gt;» no está" in page
    assert "Curso &lt;1&gt;" in page
    assert "El &lt;río&gt; · Ana Ruiz" in page
    assert 'href="pdf/ana%20%C3%B1.pdf"' in page
    assert "Traceback &lt;x&gt;" in page
    assert "sin &amp; nada" in page
    assert "2 de 3" in page
    assert "1 error, 1 aviso" in page
    assert 'href="#i1">bea' in page
    assert 'src="' not in page
    write_page("a", [Outcome("\udce9")], ["\udce9"]).encode()


def test_the_sheets_have_a_row_for_each_report_and_each_problem() -> None:
    rows = list(csv.DictReader(io.StringIO(write_sheet(OUTCOMES).decode("utf-8-sig")), delimiter=";"))
    assert [row["estado"] for row in rows] == ["bien", "con errores", "no se pudo", "sin hacer", "con avisos"]
    assert rows[1]["códigos"] == "celda-sin-fuente, cita-desconocida"
    assert rows[2]["informe"] == "'=caro"  # a spreadsheet would take it for a formula
    told = list(csv.DictReader(io.StringIO(write_problems(OUTCOMES).decode("utf-8-sig")), delimiter=";"))
    assert [(row["informe"], row["archivo"], row["línea"]) for row in told[:2]] == [
        ("bea", "paper/a.yaml", "2"), ("bea", "paper/b.yaml", "1"),
    ]  # fmt: skip
    assert told[1]["mensaje"] == "'=cmd()"


def test_what_is_known_is_not_done_again(tmp_path: Path) -> None:
    root, out = tmp_path / "todos", tmp_path / "fuera"
    for name in "abc":
        lay(root / name)
    plan = plan_batch(root, out, Terms())
    assert [job.name for job in plan.todo] == ["a", "b", "c"]
    batch = Batch(plan)
    worked = [
        (Outcome("a", pages=1), b"%PDF a"),
        (Outcome("b", pages=1), b"%PDF b"),
        (Outcome("c", status=1, reason="murió"), None),
    ]
    assert [outcome.pdf for outcome in batch.work(come for come in worked)] == ["pdf/a.pdf", "pdf/b.pdf", ""]
    batch.finish()
    assert (out / "pdf/a.pdf").read_bytes() == b"%PDF a"
    assert [job.name for job in plan_batch(root, out, Terms()).todo] == ["c"]
    assert len(plan_batch(root, out, Terms(strict=True)).todo) == 3
    (root / "a/paper/informe.yaml").write_text("titulo: Otro\n")
    (out / "pdf/b.pdf").unlink()
    plan = plan_batch(root, out, Terms())
    assert [job.name for job in plan.todo] == ["a", "b", "c"]
    batch = Batch(plan)
    assert list(batch.work(come for come in [(Outcome("a", status=1, problems=(PROBLEM,)), None)]))
    outcomes = batch.finish()
    assert not (out / "pdf/a.pdf").exists()  # what is there is what is told
    assert [outcome.state for outcome in outcomes] == [State.WRONG, State.LEFT, State.LEFT]
    (out / "lote.json").write_text("{}")
    assert len(plan_batch(root, out, Terms()).todo) == 3


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep the lock of a report: whoever would build it where it lies, since it is trusted, waits."""
    (folder / "build").mkdir(exist_ok=True)
    with (folder / "build/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def children(process: int) -> list[int]:
    """Return the processes that one has started."""
    found = []
    for task in os.listdir(f"/proc/{process}/task"):
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += map(int, Path(f"/proc/{process}/task/{task}/children").read_text().split())
    return found


def kill_one(depth: int, known: set[int]) -> None:
    """Kill a worker (1) or the copy of it that does a job (2), as soon as there is one."""
    while True:
        found = [os.getpid()]
        for _ in range(depth):
            found = [child for parent in found for child in children(parent) if child not in known]
        if found:
            os.kill(found[0], signal.SIGKILL)
            return
        time.sleep(0.02)


def job_of(tmp_path: Path, limit: float = 100) -> Job:
    return Job("a", str(lay(tmp_path / "a")), Terms(limit=limit, trusted=True))


def test_a_job_that_does_not_end_is_ended(tmp_path: Path) -> None:
    job = job_of(tmp_path, limit=0.5)
    with held(tmp_path / "a"):
        [(outcome, pdf)] = list(work_here([job], 1))
    assert (outcome.state, outcome.reason, pdf) == (State.BROKEN, "no terminó en 0.5 s", None)


@pytest.mark.parametrize(
    ("depth", "times", "reason"),
    [(2, 1, "su proceso murió por la señal SIGKILL"), (1, 2, "el proceso que lo hacía murió, dos veces")],
)
def test_a_job_or_its_worker_is_killed(depth: int, times: int, reason: str, tmp_path: Path) -> None:
    job, known = job_of(tmp_path), set(children(os.getpid()))

    def kill() -> None:
        for _ in range(times):
            kill_one(depth, known)
            time.sleep(0.1)

    killer = threading.Thread(target=kill)
    killer.start()
    with held(tmp_path / "a"):
        [(outcome, _)] = list(work_here([job], 1))
    killer.join()
    assert (outcome.state, outcome.reason) == (State.BROKEN, reason)
    assert set(children(os.getpid())) <= known


def test_the_job_of_a_killed_worker_is_done_by_another(tmp_path: Path) -> None:
    job, known = job_of(tmp_path), set(children(os.getpid()))
    with held(tmp_path / "a"):
        worked = work_here([job], 1)
        killer = threading.Thread(target=kill_one, args=(1, known))
        killer.start()
        done: list[Outcome] = []
        doing = threading.Thread(target=lambda: done.extend(outcome for outcome, _ in worked))
        doing.start()
        killer.join()
    doing.join()
    assert [outcome.state for outcome in done] == [State.WRONG]  # its data lack all but the title
    assert done[0].problems


def test_nothing_is_left_of_a_batch_that_is_closed(tmp_path: Path) -> None:
    jobs = [Job(name, str(lay(tmp_path / name)), Terms(trusted=True)) for name in "abcd"]
    known = set(children(os.getpid()))
    with held(tmp_path / "b"), held(tmp_path / "c"), closing(work_here(jobs, 2)) as worked:
        assert next(worked)[0].name == "a"
        while not [inner for worker in set(children(os.getpid())) - known for inner in children(worker)]:
            time.sleep(0.02)
    assert set(children(os.getpid())) <= known


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    job = Job("a", str(lay(tmp_path / "a")), Terms(trusted=True))
    (tmp_path / "a/build").write_text("a file of somebody's")
    [(outcome, _)] = list(work_here([job], 1))
    assert outcome.state is State.BROKEN
    assert "no se puede escribir" in outcome.reason

"""`batch`: many reports by one order, here and by a Dask scheduler; its page in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from laws import lay_case, write_files
from npm import install_locked
from reading import ROOT, run_build
from watching import chromium

from imprenta.batch import Outcome
from imprenta.batch.outcome import Told
from imprenta.batch.page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

AXE = Path(__file__).parent / "axe"
COMMAND = [sys.executable, "-u", str(ROOT / "build.py"), "batch"]
KILLER = "import os, signal\ndef dibujar(ejes, datos):\n    os.kill(os.getppid(), signal.SIGKILL)\n"
ENDLESS = "import time\ndef dibujar(ejes, datos):\n    time.sleep(10**6)\n"


def lay(folder: Path, words: str) -> Path:
    """Write a small sound report with words of its own."""
    section = f"titulo: Prueba\ncontenido:\n  - texto: |\n      {words} [@ruiz2020].\n"
    return write_files(lay_case("", folder), {"paper/secciones/prueba.yaml": section})


def read_record(out: Path) -> dict[str, dict[str, Any]]:
    told = json.loads((out / "lote.json").read_bytes())
    return {one["name"]: one for one in told["outcomes"]}


def build_alone(report: Path, folder: Path) -> bytes:
    """Return the PDF of a copy of a report that was built by itself, from nothing."""
    shutil.copytree(report, folder, ignore=shutil.ignore_patterns("build"))
    finished = run_build("build", project=folder)
    assert finished.returncode == 0, finished.stderr
    return (folder / "build/informe.pdf").read_bytes()


@pytest.mark.tex
def test_a_batch_tells_of_each_report_whatever_became_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "curso"
    lay(folder / "ana", "Ana lo dice")
    lay(folder / "grupo 2/bea", "Bea lo dice")
    write_files(lay(folder / "mal", "Mal"), {"paper/secciones/prueba.yaml": "titulo: ["})
    write_files(lay_case("plots/csv", folder / "muerto", base="plots/csv"), {"figures/f.py": KILLER})
    write_files(lay(folder / "tapado", "Tapado"), {"build": "no es una carpeta"})
    (folder / "sin nada").mkdir()
    finished = run_build("batch", str(folder), "--jobs", "2", "--trusted")
    assert finished.returncode == 4, finished.stdout + finished.stderr
    assert "sin informe: sin nada" in finished.stderr
    told = read_record(folder / "lote")
    assert {name: one["status"] for name, one in told.items()} == {
        "ana": 0, "grupo 2/bea": 0, "mal": 1, "muerto": 1, "tapado": 4,
    }  # fmt: skip
    assert (told["ana"]["pages"], told["ana"]["citations"], told["ana"]["authors"]) == (4, 1, ["Ana Ruiz Peña"])
    assert [one["code"] for one in told["mal"]["problems"]] == ["yaml-mal-escrito"]
    assert told["tapado"]["reason"]
    assert "5 informes" in (folder / "lote/lote.html").read_text(encoding="utf-8")
    alone = build_alone(folder / "grupo 2/bea", tmp_path / "sola")
    assert (folder / "lote/pdf/grupo 2/bea.pdf").read_bytes() == alone

    write_files(folder, {"mal/paper/secciones/prueba.yaml": (folder / "ana/paper/secciones/prueba.yaml").read_bytes()})
    shutil.rmtree(folder / "muerto")
    (folder / "tapado/build").unlink()
    again = run_build("batch", str(folder), "--jobs", "2", "--strict", "--trusted")
    assert again.returncode == 0, again.stdout + again.stderr
    once_more = run_build("batch", str(folder), "--strict", "--trusted")
    assert once_more.returncode == 0
    assert "no se hicieron de nuevo: 4" in once_more.stdout
    assert all(one["unchanged"] for one in read_record(folder / "lote").values())


def test_ctrl_c_ends_a_batch_at_once_and_tells_what_was_done(tmp_path: Path) -> None:
    write_files(lay(tmp_path / "a", "Mal"), {"paper/secciones/prueba.yaml": "titulo: ["})
    write_files(lay_case("plots/csv", tmp_path / "b", base="plots/csv"), {"figures/f.py": ENDLESS})
    process = subprocess.Popen(
        [*COMMAND, str(tmp_path), "--check", "--jobs", "1", "--trusted", "--out", str(tmp_path / "fuera")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if "con errores" in line:
            break
    while not find_processes(str(tmp_path / "b")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate()[0]
    assert process.returncode == 130, said
    assert "1 con errores, 1 sin hacer" in said
    assert "interrumpido" in said
    assert "Traceback" not in said
    assert not find_processes(str(tmp_path / "b"))
    assert {name: one["left"] for name, one in read_record(tmp_path / "fuera").items()} == {"a": False, "b": True}


def find_processes(folder: str) -> list[int]:
    """Return the processes that have a file of a folder open, or work in it."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            links = [f"/proc/{process}/cwd", *(entry.path for entry in os.scandir(f"/proc/{process}/fd"))]
            if any(os.readlink(link).startswith(folder) for link in links):
                found.append(int(process))
        except OSError:
            continue
    return found


def test_wrong_orders_are_told(tmp_path: Path) -> None:
    assert "no hay ningún informe" in run_build("batch", str(tmp_path)).stderr
    missing = run_build("batch", str(tmp_path / "nada"))
    assert (missing.returncode, "no existe la carpeta" in missing.stderr) == (2, True)
    lay(tmp_path / "a", "Ana")
    assert "se espera un número desde 1" in run_build("batch", str(tmp_path), "--jobs", "0").stderr


@contextmanager
def dask(order: str, scheduler: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's, which is ended."""
    words = [sys.executable, "-m", f"distributed.cli.dask_{order}", "--scheduler-file", str(scheduler), *options]
    settings = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": ""}
    process = subprocess.Popen(
        [*words, "--no-dashboard"], cwd=scheduler.parent, env={**os.environ, **settings},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.proof
@pytest.mark.tex
@pytest.mark.timeout(300)
def test_workers_of_a_scheduler_do_a_batch_and_one_of_them_is_killed(tmp_path: Path) -> None:
    folder, scheduler = tmp_path / "curso", tmp_path / "planificador.json"
    names = [f"i{number}" for number in range(5)]
    for name in names:
        lay(folder / name, f"{name} lo dice")
    hands = ("--nthreads", "1", "--no-nanny")
    with (
        dask("scheduler", scheduler, "--port", "0"),
        dask("worker", scheduler, *hands) as first,
        dask("worker", scheduler, *hands),
    ):
        while not scheduler.is_file() or not scheduler.read_bytes().endswith(b"}"):
            time.sleep(0.1)
        address = json.loads(scheduler.read_bytes())["address"]
        batch = subprocess.Popen(
            [*COMMAND, str(folder), "--scheduler", address], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert batch.stdout is not None
        said = batch.stdout.readline()
        first.kill()  # it is at one, and more wait for it
        said += batch.communicate()[0]
        assert batch.returncode == 0, said
    told = read_record(folder / "lote")
    assert {name: one["status"] for name, one in told.items()} == dict.fromkeys(names, 0), said
    assert not (folder / "i0/build").exists()  # the bytes went there and back
    for name in (names[0], names[-1]):
        assert (folder / f"lote/pdf/{name}.pdf").read_bytes() == build_alone(folder / name, tmp_path / "sola" / name)


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from imprenta.batch import cluster
    from imprenta.problems import CannotContinue

    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(CannotContinue, match="no contesta ningún planificador"):
        next(cluster.work_there([], "tcp://127.0.0.1:9"))


PROBLEM = Told("cita-desconocida", "error", "paper/a.yaml", 2, 5, "la cita «ruis» no está", "¿«ruiz»?")
WARNING = Told("celda-sin-fuente", "aviso", "paper/b.yaml", 1, 1, "la celda no tiene fuente")


def make_outcomes() -> list[Outcome]:
    return [
        Outcome("ana", title="El río", authors=("Ana Ruiz",), pages=12, citations=9, references=7, demands=3,
                demands_met=2, unmet=("Método: «describa la muestra» — 0 tablas",), pdf="pdf/ana.pdf", seconds=3.2),
        Outcome("bea", title="La laguna", authors=("Bea Díaz", "Caro Gil"), status=1, problems=(PROBLEM, WARNING)),
        Outcome("caro", status=3, reason="falló por un error propio de Imprenta", hint="avise", trace="Traceback…"),
        Outcome("dani", left=True),
        Outcome("eva", pages=4, problems=(WARNING,), pdf="pdf/eva.pdf", unchanged=True, seconds=11.5),
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 400)])
def test_the_page_is_sorted_and_open_to_all(scheme: str, width: int, tmp_path: Path) -> None:
    axe = install_locked(AXE, "axe") / "axe-core/axe.min.js"
    path = tmp_path / "lote.html"
    path.write_text(write_page("Curso 2026", make_outcomes(), ["sin nada"]), encoding="utf-8")
    with chromium() as browser:
        page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())

        def names() -> list[str]:
            found: list[str] = page.eval_on_selector_all(
                "table:first-of-type tbody th", "all => all.map(one => one.dataset.value)"
            )
            return found[:5]

        assert names() == ["ana", "bea", "caro", "dani", "eva"]
        page.get_by_role("button", name="Segundos").click()
        assert names()[-2:] == ["ana", "eva"]
        page.get_by_role("button", name="Segundos").click()
        assert names()[:2] == ["eva", "ana"]
        page.get_by_role("button", name="Estado").press("Enter")
        assert names() == ["ana", "eva", "bea", "caro", "dani"]
        page.get_by_role("button", name="Informe", exact=True).click()
        assert names()[0] == "ana"
        page.get_by_text("1 error, 1 aviso").click()
        assert page.get_by_text("la cita «ruis» no está").is_visible()
        page.add_script_tag(path=axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [violation["id"] for violation in result["violations"]] == []
        assert errors == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if pictures := os.environ.get("IMPRENTA_CAPTURAS"):
            page.screenshot(path=f"{pictures}/lote-{scheme}.png", full_page=True)

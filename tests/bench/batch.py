"""`python -m tests.bench.batch`: many small made-up reports -> reports a minute by one core, two, and two of Dask's.

Each way begins with no report built; formats, entries and fonts that all reports share are there from a report before.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.contest import ALONE
from tests.bench.large_report import Size, write_report
from tests.bench.measure import Sampler
from tests.bench.subjects import ROOT
from tests.bench.tables import BATCHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = Size(1, references=5, paragraphs=6, longest_table=8)
"""Of one report: some pages with prose, references, tables, a graph or a plot."""
WAYS = {
    "1": "un trabajador",
    "2": "dos trabajadores",
    "dask": "dos trabajadores de Dask",
    "nada": "sin cambios desde el lote anterior",
}
HEAD = "## Muchos informes\n\n"
SAMPLED = 0.5
"""Seconds between two looks at the memory: a look at all processes takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch took: seconds of wall clock, and of processor for all its processes (None if unknown); bytes."""

    way: str
    count: int
    wall: float
    processor: float | None
    memory: int


def write_reports(folder: Path, count: int) -> None:
    """Write small reports, each with a text of its own and always the same."""
    for number in range(count):
        report = folder / f"entrega-{number + 1:04d}"
        write_report(report, SIZE, seed=number + 1)


def forget(folder: Path) -> None:
    """Take away all that was built."""
    shutil.rmtree(folder / "lote", ignore_errors=True)
    for build in folder.glob("*/build"):
        shutil.rmtree(build)


def batch(way: str, count: int, folder: Path, *options: str) -> Taken:
    """Run a batch of so many reports to its end and measure it; the reports are to be good ones."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), "batch", str(folder), *options]
    process = subprocess.Popen(command, env={**os.environ, **ALONE}, stdout=subprocess.DEVNULL)
    with Sampler(process.pid if way != "dask" else os.getpid(), SAMPLED) as sampler:
        status = process.wait()
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"el lote terminó con {status}: mírese {folder}/lote/lote.html")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(way, count, wall, None if way == "dask" else spent, sampler.peak)


@contextlib.contextmanager
def dask(scratch: Path, workers: int) -> Iterator[str]:
    """A scheduler and its workers, of one thread each; gives its address."""
    told = scratch / "planificador.json"
    options = ["--scheduler-file", str(told), "--no-dashboard"]
    orders = [["scheduler", "--port", "0"], *[["worker", "--nthreads", "1", "--no-nanny"]] * workers]
    environment = {**os.environ, **ALONE, "PYTHONPATH": str(ROOT)}
    processes = []
    try:
        for order, *own in orders:
            command = [sys.executable, "-m", f"distributed.cli.dask_{order}", *own, *options]
            processes.append(subprocess.Popen(command, env=environment, cwd=scratch, stderr=subprocess.DEVNULL))
        while not told.is_file() or not (words := told.read_text()).endswith("}"):
            time.sleep(0.1)
        yield json.loads(words)["address"]
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def measure(folder: Path, ways: Sequence[tuple[str, int]]) -> list[Taken]:
    """Measure batches, each in its way and of its count; one report is built before: what all share is there."""
    with tempfile.TemporaryDirectory() as name:
        write_reports(Path(name), 1)
        batch("antes", 1, Path(name))
    taken = []
    for way, count in ways:
        print(f"{time.strftime('%H:%M:%S')}  {WAYS[way]}: {count}", file=sys.stderr, flush=True)
        reports = folder / str(count)
        if not reports.is_dir():
            write_reports(reports, count)
        elif way != "nada":
            forget(reports)
        if way == "dask":
            with tempfile.TemporaryDirectory() as name, dask(Path(name), 2) as address:
                taken.append(batch(way, count, reports, "--scheduler", address))
        else:
            taken.append(batch(way, count, reports, *(["--jobs", way] if way.isdecimal() else [])))
    return taken


def tell(folder: Path, taken: Sequence[Taken]) -> str:
    """Return the part of docs/medidas.md on batches."""
    outcomes = json.loads((folder / str(taken[0].count) / "lote/lote.json").read_bytes())["outcomes"]
    pages = sum(one["pages"] for one in outcomes) / len(outcomes)
    lines = [
        f"Informes pequeños, de {_number(pages, 1)} páginas de media, cada uno distinto.",
        "",
        "| `imprenta batch` | informes | por minuto | en total | procesador de cada uno | memoria, todo junto |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in taken:
        processor = f"{_number(one.processor / one.count, 2)} s" if one.processor is not None else "—"
        memory = f"{one.memory >> 20} MiB" if one.memory else "—"  # too short a run to look at
        speed, wall = _number(60 * one.count / one.wall, 0), _number(one.wall, 1)
        lines.append(f"| {WAYS[one.way]} | {one.count} | **{speed}** | {wall} s | {processor} | {memory} |")
    return "\n".join(lines) + "\n"


def read_ways(text: str, count: int) -> list[tuple[str, int]]:
    """Read the ways as typed, «2,1:200»: the names of ways, each with the count of reports if not the usual one."""
    parts = [one.partition(":") for one in text.split(",")]
    return [(way, int(own or count)) for way, _, own in parts]


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def write(text: str) -> None:
    """Keep the part on batches and put it into docs/medidas.md, before the one on how it is measured."""
    BATCHES.write_text(f"{HEAD}{text}", encoding="utf-8")
    path = ROOT / "docs/medidas.md"
    page = re.sub(rf"{HEAD}.*?(?=^## )", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    before, mark, after = page.partition("## Cómo se mide\n")
    path.write_text(f"{before}{HEAD}{text}\n{mark}{after}", encoding="utf-8")


def main() -> None:
    """Write the reports, build them in each way, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch", description="Mide lotes de informes.")
    parser.add_argument("--count", type=int, default=1000, help="cuántos informes (predeterminado: 1000)")
    parser.add_argument("--ways", default=",".join(WAYS), help=f"cuáles, y cuántos si otros (1:200): {', '.join(WAYS)}")
    parser.add_argument("--folder", type=Path, help="dónde escribirlos (predeterminada: una carpeta temporal)")
    parser.add_argument("--write", action="store_true", help="lo escribe en docs/medidas.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name) / "entregas"
        text = tell(folder, measure(folder, read_ways(options.ways, options.count)))
    print(text)
    if options.write:
        write(text)


if __name__ == "__main__":
    main()

"""`make torture`: chapters, each what somebody's hard use does -> docs/dureza.md, what was tried and what held."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("e2e", "property", "unit")]

from tests.torture.rows import Effort, Fault, Row  # noqa: E402 - after the path
from tests.torture.table import Chapter, format_table, name_machine  # noqa: E402

CHAPTERS = {
    "kills": "Procesos que se matan",
    "saves": "Archivos que se guardan mientras se construye",
    "disk": "Discos llenos",
    "ends": "Señales y salidas que fallan",
    "places": "Carpetas de nombre raro",
    "caches": "Memorias estropeadas",
    "crowds": "Varias órdenes a la vez",
    "preview": "Peticiones hostiles a la vista previa",
    "payloads": "Ataques en los textos",
    "characters": "Cada carácter que se imprime",
    "naughty": "Cadenas difíciles",
    "mathematics": "Fórmulas",
    "labels": "Rótulos de los grafos",
    "yaml_suite": "YAML",
    "exports": "Bibliografías exportadas",
    "bounds": "Tamaños",
    "fuzz": "Entradas al azar, guiadas por lo que ejecutan",
}
"""The chapters, in the order of the table; each is a module beside this one whose `try_all(effort)` gives rows."""
LONGEST_FIRST = ("kills", "characters", "bounds", "caches", "saves", "crowds", "fuzz", "places", "disk")
"""Chapters that are begun first, so that no long one is left alone at the end."""
FORTY = 2400
"""Seconds after which a chapter is ended: the whole is meant to take half an hour."""


def read_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="make torture", description="Maltrata a Imprenta y escribe docs/dureza.md.")
    parser.add_argument(
        "--only", default=",".join(CHAPTERS), metavar="CAPÍTULOS", help=f"solo estos: {', '.join(CHAPTERS)}"
    )
    parser.add_argument("--share", type=float, default=1.0, help="qué parte de los intentos (predeterminado: 1)")
    parser.add_argument(
        "--minutes", type=float, default=1.0, help="minutos de cada búsqueda guiada (predeterminado: 1)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="cuántos capítulos a la vez (predeterminado: 2)")
    parser.add_argument("--write", action="store_true", help="escribe docs/dureza.md aunque falten capítulos")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # one chapter, in this process, as JSON
    options = parser.parse_args()
    options.only = options.only.split(",")
    if unknown := sorted(set(options.only) - set(CHAPTERS)):
        parser.error(f"no se conoce {', '.join(unknown)}; hay {', '.join(CHAPTERS)}")
    return options


def announce(words: str) -> None:
    """Say what is going on, on the error stream."""
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


def try_here(name: str, effort: Effort) -> list[Row]:
    """Return the rows of a chapter."""
    from importlib import import_module

    rows = []
    for row in import_module(f"tests.torture.{name}").try_all(effort):
        announce(f"{name}: {row.what}: {row.lacking or f'{row.count}, {len(row.faults)} mal'}")
        for fault in row.faults[:5]:
            announce(f"    {fault.given}\n        {fault.said[:1500]}")
        rows.append(row)
    return rows


def try_apart(name: str, options: argparse.Namespace, folder: Path) -> Chapter:
    """Run a chapter in a process of its own: what kills that says so too."""
    told = ["--only", name, "--here", "--share", str(options.share), "--minutes", str(options.minutes)]
    environment = {**os.environ, "TMPDIR": str(folder), "IMPRENTA_RESIDENTE": "no"}
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.torture", *told],
            stdout=subprocess.PIPE, cwd=ROOT, env=environment, timeout=FORTY, check=False,
        )  # fmt: skip
        said, ended = done.stdout, done.returncode
    except subprocess.TimeoutExpired:
        said, ended = b"", -1
    if ended in (0, 1):
        rows = [Row(**{**row, "faults": tuple(Fault(**one) for one in row["faults"])}) for row in json.loads(said)]
    else:
        rows = [Row("todo el capítulo", 1, (Fault(f"make torture ARGS='--only {name}'", f"terminó con {ended}"),))]
    return Chapter(CHAPTERS[name], name, rows, time.monotonic() - started)


def main() -> int:
    """Run the chapters, print the table, and write it after a full run."""
    options = read_options()
    if options.here:
        with tempfile.TemporaryDirectory(prefix="dureza-") as folder:
            rows = try_here(options.only[0], Effort(options.share, options.minutes, Path(folder)))
        print(json.dumps([asdict(row) for row in rows]))
        return 1 if any(row.faults for row in rows) else 0
    started = time.monotonic()
    waiting = sorted(options.only, key=lambda name: (*LONGEST_FIRST, name).index(name))
    with tempfile.TemporaryDirectory(prefix="dureza-") as folder, ThreadPoolExecutor(options.jobs) as pool:
        tried = pool.map(lambda name: try_apart(name, options, Path(folder)), waiting)
        chapters = sorted(tried, key=lambda chapter: [*CHAPTERS].index(chapter.name))
    text = format_table(chapters, name_machine(), (time.monotonic() - started) / 60)
    print(text)
    if options.write or (set(options.only) == set(CHAPTERS) and options.share == 1):
        (ROOT / "docs/dureza.md").write_text(text, encoding="utf-8")
        announce("escrito docs/dureza.md")
    return 1 if any(row.faults for chapter in chapters for row in chapter.rows) else 0


if __name__ == "__main__":
    sys.exit(main())

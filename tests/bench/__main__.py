"""`make bench`: Imprenta, latexmk and Typst -> the table that docs/medidas.md and the README show."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.browser import Screen, has_watch, measure_cold, measure_screen
from tests.bench.contest import ENVIRONMENT, PDF, PYTHON, Contest, Row
from tests.bench.measure import run
from tests.bench.subjects import KINDS, ROOT, Subject, large_report, own_report
from tests.bench.tables import Results, write_readme, write_report

CASES = ["arranque", "frio", "nada", *KINDS, "pantalla", "pantalla-fria", "tamano"]
QUICK_KINDS = {"palabra", "celda", "nodo"}
"""Edits that cost latexmk one run; the others have it run biber, or several times."""


def read_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description="Mide Imprenta frente a latexmk y Typst.")
    parser.add_argument("--only", default=",".join(CASES), metavar="CASOS", help=f"solo estos: {', '.join(CASES)}")
    parser.add_argument(
        "--large-only", default=",".join(CASES), metavar="CASOS", help="en el grande, solo estos de ellos"
    )
    parser.add_argument("--subjects", default="informe,grande", metavar="INFORMES", help="informe, grande o los dos")
    parser.add_argument(
        "--repeats", type=int, default=5, help="cuántas veces cada edición; la mitad, las caras (predeterminado: 5)"
    )
    parser.add_argument("--large-repeats", type=int, default=2, help="lo mismo en el grande (predeterminado: 2)")
    parser.add_argument("--cold-repeats", type=int, default=3, help="cuántas veces en frío (predeterminado: 3)")
    parser.add_argument("--screen-repeats", type=int, default=20, help="cuántas veces en pantalla (predeterminado: 20)")
    parser.add_argument("--saves", type=int, default=50, help="tras cuántas ediciones se mira el tamaño")
    parser.add_argument("--factor", type=float, default=10, help="cuánto mayor es el informe grande")
    parser.add_argument("--without-typst", action="store_true", help="sin Typst")
    parser.add_argument("--quick", action="store_true", help="una ojeada: una vez cada cosa, y el grande, el doble")
    parser.add_argument("--write", action="store_true", help="escribe docs/medidas.md y README aunque falten casos")
    parser.add_argument("--folder", type=Path, help="dónde trabajar (predeterminada: una carpeta temporal)")
    options = parser.parse_args()
    options.only, options.large_only = options.only.split(","), options.large_only.split(",")
    if unknown := sorted({*options.only, *options.large_only} - set(CASES)):
        parser.error(f"no se conoce {', '.join(unknown)}; hay {', '.join(CASES)}")
    if options.quick:
        options.repeats = options.large_repeats = options.cold_repeats = 1
        options.factor, options.screen_repeats, options.saves = 2, 4, 5
        options.large_only = [case for case in options.large_only if case in {*QUICK_KINDS, "frio", "pantalla"}]
    return options


def announce(words: str) -> None:
    """Say what is being measured, on the error stream."""
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


def measure(options: argparse.Namespace, folder: Path) -> Results:
    """Measure all that was asked for."""
    results = Results(factor=options.factor)
    if "arranque" in options.only:
        row = Row("", "arranque")
        for _ in range(2 * options.repeats):
            row.note("imprenta", run([PYTHON, "build.py", "--version"], ROOT, ENVIRONMENT))
            row.note("latexmk", run(["latexmk", "--version"], ROOT))
        results.rows.append(row)
    results.saves = options.saves
    subjects = [
        subject
        for subject in (own_report(), large_report(options.factor))
        if subject.name in options.subjects.split(",")
    ]
    for subject in subjects:
        _measure_subject(results, subject, options, folder)
    return results


def _measure_subject(results: Results, subject: Subject, options: argparse.Namespace, folder: Path) -> None:
    """Measure one report."""
    contest = Contest(
        subject, folder, lambda words: announce(f"{subject.words}: {words}"), typst=not options.without_typst
    )
    contest.prepare()
    large = subject.name != "informe"
    only = {*options.only} & {*options.large_only} if large else {*options.only}
    repeats = options.large_repeats if large else options.repeats
    if "nada" in only:
        results.rows.append(contest.run_nothing(2 * repeats))
    for edit in subject.edits:
        if edit.name in only:
            times = repeats if edit.name in QUICK_KINDS else max(1, repeats // 2)
            results.rows.append(contest.run_edit(edit, times, others=edit.name == "palabra"))
    if "palabra" in only:
        results.resident_typst[subject.name] = contest.measure_resident_typst(subject.edits[0], repeats)
    if "frio" in only:
        results.rows.append(contest.run_cold(1 if large else options.cold_repeats))
    _measure_screen(results, contest, only, options.screen_repeats // (2 if large else 1))
    results.pages[subject.name] = count_pages(contest.project / PDF)
    if contest.typst is not None and (contest.typst / "informe.pdf").exists():
        results.pages[f"{subject.name}-typst"] = count_pages(contest.typst / "informe.pdf")
    if "tamano" in only and not large:
        results.growth[subject.name] = contest.measure_growth(options.saves)
    contest.close()


def _measure_screen(results: Results, contest: Contest, only: set[str], repeats: int) -> None:
    """Measure what `watch` shows: the word as often as told, the other kinds four times less often."""
    if not has_watch():
        return
    screen = Screen()
    if "pantalla" in only:
        times = {
            edit.name: repeats if edit.name == "palabra" else max(1, repeats // 5) for edit in contest.subject.edits
        }
        screen = measure_screen(contest.project, contest.subject.edits, times, contest.announce)
    if "pantalla-fria" in only:
        contest.announce("watch en frío")
        screen.cold = measure_cold(contest.project)
    results.screen[contest.subject.name] = screen


def count_pages(pdf: Path) -> int:
    """Return the number of pages of a PDF."""
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))


def main() -> int:
    """Measure, print, and write the documents after a full run."""
    options = read_options()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="medidas-") as folder:
        results = measure(options, options.folder or Path(folder))
    results.minutes = (time.monotonic() - start) / 60
    text = results.as_markdown()
    print(text)
    whole = (
        set(options.only) == set(options.large_only) == set(CASES)
        and options.subjects == "informe,grande"
        and not options.quick
    )
    if whole or options.write:
        write_report(ROOT / "docs/medidas.md", results)
        write_readme(ROOT / "README.md", results)
        announce("escritos docs/medidas.md y README.md")
    return 1 if any(row.remarks for row in results.rows) else 0


if __name__ == "__main__":
    sys.exit(main())

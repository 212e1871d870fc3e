"""What was measured -> Markdown in Spanish, and its place in docs/medidas.md and README.md."""

from __future__ import annotations

import datetime
import os
import platform
import re
import statistics
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.contest import Row
from tests.bench.subjects import KINDS

if TYPE_CHECKING:
    from tests.bench.browser import Screen

WORDS = {"frio": "en frío, con las figuras", "nada": "sin cambios", **KINDS}
GOALS = {
    "frio": 0.25, "nada": 1.0, "palabra": 0.1, "celda": 0.1, "titulo": 0.12, "cita": 0.1, "cita-nueva": 0.1,
    "nodo": 0.15, "precio": 0.2, "bib": 0.1,
}  # fmt: skip
"""Ratios to latexmk; those of the larger report are to be no worse than what the small one has reached."""
FIRST_GOALS = {kind: 0.15 if kind == "palabra" else 0.5 for kind in KINDS}
EXACT_GOALS = {kind: 1.0 for kind in KINDS if kind != "plantilla"}
MEMORY_GOALS = {"informe": 300, "grande": 400}
"""Of `watch`, in MiB."""
GROWTH_GOAL = 1.15
START, END = "<!-- medidas: lo escribe `make bench` -->", "<!-- fin de las medidas -->"
METHOD = Path(__file__).with_name("method.md").read_text(encoding="utf-8")
BATCHES = Path(__file__).with_name("batches.md")
"""What `python -m tests.bench.batch --write` measured, which takes its own time; it stays when the rest is written."""


@dataclass(slots=True)
class Results:
    """All that one run measured: seconds and bytes by report."""

    factor: float
    rows: list[Row] = field(default_factory=list)
    screen: dict[str, Screen] = field(default_factory=dict)
    growth: dict[str, float] = field(default_factory=dict)
    saves: int = 0
    resident_typst: dict[str, list[float]] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    minutes: float = 0.0

    def as_markdown(self) -> str:
        """Return the tables with the date and the machine."""
        parts = [f"{describe_day()}. {describe_machine()}."]
        for subject, pages in self.pages.items():
            if subject.endswith("-typst"):
                continue
            told = (
                self._table(subject), self._screen_table(subject), self._cold_words(subject),
                self._growth_words(subject), self._typst_words(subject), self._memory_words(subject),
            )  # fmt: skip
            parts += [f"### {self._heading(subject, pages)}", *filter(None, told)]
        startup = [row for row in self.rows if row.case == "arranque"]
        if startup:
            ours, theirs = (_median(startup[0].wall[who]) for who in ("imprenta", "latexmk"))
            parts.append(f"Arranque de la orden (`--version`): {_seconds(ours)}; de latexmk, {_seconds(theirs)}.")
        remarks = dict.fromkeys(f"{row.case}: {remark}" for row in self.rows for remark in row.remarks)
        parts += [f"**Atención.** {remark}." for remark in remarks]
        return "\n\n".join(parts) + "\n"

    def _heading(self, subject: str, pages: int) -> str:
        name = "El informe" if subject == "informe" else f"Un informe {self.factor:g} veces mayor"
        typst = self.pages.get(f"{subject}-typst")
        return f"{name} ({pages} páginas{f'; {typst} con Typst' if typst else ''})"

    def _table(self, subject: str) -> str:
        rows = [row for row in self.rows if row.subject == subject]
        if not rows:
            return ""
        extra = [who for who in ("solo", "plain", "typst") if any(who in row.wall for row in rows)]
        names = {"solo": "sin proceso que se queda", "plain": "`--plain`", "typst": "Typst"}
        more = "".join(f"{names[who]} | " for who in extra)
        lines = [
            f"| cambio | Imprenta | latexmk | razón | meta | {more}procesador |",
            f"|---|---:|---:|---:|---:|{'---:|' * len(extra)}---:|",
        ]
        for case, words in WORDS.items():
            for row in rows:
                if row.case != case:
                    continue
                ratio, goal = row.ratio(), self._goal(subject, case)
                bar = f"≤ {_number(goal, 2)}" if goal is not None else ""
                cells = [words, _seconds(_median(row.wall["imprenta"])), _seconds(_median(row.wall["latexmk"]))]
                cells += [f"**{_number(ratio, 2)}**", bar]
                cells += [_seconds(_median(row.wall[who])) if who in row.wall else "" for who in extra]
                work = [_seconds(_median(row.processor[who])) for who in ("imprenta", "latexmk")]
                lines.append(f"| {' | '.join([*cells, ' / '.join(work)])} |")
        return "\n".join(lines)

    def _goal(self, subject: str, case: str) -> float | None:
        """Return the ratio that is aimed at: of the larger report, what the small one has reached."""
        if subject != "informe":
            reached = [row.ratio() for row in self.rows if (row.subject, row.case) == ("informe", case)]
            return reached[0] if reached and case in GOALS else None
        return GOALS.get(case)

    def _screen_table(self, subject: str) -> str:
        screen = self.screen.get(subject)
        if screen is None or not screen.looks:
            return ""
        lines = [
            "| de guardar a la pantalla, con `watch` | a la vista | meta | exacta | meta | la más lenta | veces |",
            "|---|---:|---:|---:|---:|---:|---:|",
        ]
        for kind, looks in screen.looks.items():
            exact_goal = f"≤ {_seconds(EXACT_GOALS[kind])}" if kind in EXACT_GOALS else ""
            first, exact = _median([look.first for look in looks]), _median([look.exact for look in looks])
            slowest = _seconds(max(look.exact for look in looks))
            cells = [KINDS[kind], f"**{_seconds(first)}**", f"≤ {_seconds(FIRST_GOALS[kind])}"]
            cells += [f"**{_seconds(exact)}**", exact_goal, slowest, str(len(looks))]
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def _cold_words(self, subject: str) -> str:
        screen = self.screen.get(subject)
        if screen is None or screen.cold is None:
            return ""
        first, whole = map(_seconds, screen.cold)
        return f"`watch` en frío: la primera página está en pantalla a los **{first}**, y todas a los {whole}."

    def _growth_words(self, subject: str) -> str:
        if subject not in self.growth:
            return ""
        return (
            f"El PDF, tras {self.saves} ediciones, ocupa **{_number(self.growth[subject], 2)}** veces lo que uno hecho"
            f" desde cero (meta: {_number(GROWTH_GOAL, 2)})."
        )

    def _typst_words(self, subject: str) -> str:
        """Say how long both took in each case that was measured with Typst too."""
        rows = [row for row in self.rows if row.subject == subject and "typst" in row.wall]
        told = [
            f"{WORDS[row.case]}, Imprenta {_seconds(_median(row.wall['imprenta']))} y Typst"
            f" {_seconds(_median(row.wall['typst']))}"
            for row in sorted(rows, key=lambda row: list(WORDS).index(row.case))
        ]
        looks = self.screen[subject].looks.get("palabra") if subject in self.screen else None
        if looks and self.resident_typst.get(subject):
            told.append(
                f"una palabra en un proceso que se queda, Imprenta {_seconds(_median([look.first for look in looks]))}"
                f" (hasta la pantalla) y Typst {_seconds(_median(self.resident_typst[subject]))} (hasta el PDF)"
            )
        return f"Frente a Typst: {'; '.join(told)}." if told else ""

    def _memory_words(self, subject: str) -> str:
        rows = [row for row in self.rows if row.subject == subject and row.memory]
        names = {
            "solo": "Imprenta, sin proceso que se queda",
            "latexmk": "latexmk",
            "plain": "`--plain`",
            "typst": "Typst",
        }
        peaks = {who: max((max(row.memory.get(who, [0])) for row in rows), default=0) for who in names}
        shown = [f"{names[who]}, {peak / 2**20:.0f} MiB" for who, peak in peaks.items() if peak]
        if subject in self.screen and self.screen[subject].memory:
            peak, goal = self.screen[subject].memory / 2**20, MEMORY_GOALS[subject]
            shown.append(f"`watch` con todos sus programas, {peak:.0f} MiB (meta: {goal} MiB)")
        return f"Memoria del mayor de sus procesos: {'; '.join(shown)}." if shown else ""


def describe_day() -> str:
    """Return the date of today in Spanish."""
    months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    day = datetime.datetime.now(datetime.UTC).date()
    return f"Medido el {day.day} de {months[day.month - 1]} de {day.year}"


def describe_machine() -> str:
    """Return processor, cores, system and the versions of what was compared."""
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="(.+)"$', Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    engine = re.search(r"(pdfTeX \S+) \((.+)\)", _ask("pdflatex", "--version"))
    latexmk = re.search(r"Version (\S+)", _ask("latexmk", "--version"))
    parts = [
        f"{found[1] if found else 'procesador desconocido'}, {len(os.sched_getaffinity(0))} núcleos",
        system[1] if system else "",
        engine[2] if engine else "",
        f"latexmk {latexmk[1]}" if latexmk else "",
        f"Typst {version('typst')}",
        f"Python {platform.python_version()}",
    ]
    return "; ".join(part for part in parts if part)


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def write_report(path: Path, results: Results) -> None:
    """Write the page of the documentation."""
    head = "# Lo que tarda\n\nLo escribe `make bench`; no se edita a mano.\n\n## Medidas\n\n"
    method = METHOD.replace("{saves}", str(results.saves))
    batches = f"{BATCHES.read_text(encoding='utf-8')}\n" if BATCHES.is_file() else ""
    path.write_text(f"{head}{results.as_markdown()}\n{batches}{method}", encoding="utf-8")


def write_readme(path: Path, results: Results) -> None:
    """Write the short table into its place in the README."""
    text = path.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{path} no tiene el sitio de las medidas: {START} … {END}")
    path.write_text(f"{before}{START}\n{_short_table(results)}{END}{after}", encoding="utf-8")


def _short_table(results: Results) -> str:
    subjects = [name for name in ("informe", "grande") if name in results.pages]
    heads = {name: f"{results.pages[name]} páginas" for name in subjects}
    lines = [
        f"| del cambio al PDF | {' | '.join(f'{heads[name]}: Imprenta | latexmk' for name in subjects)} |",
        f"|---|{'---:|---:|' * len(subjects)}",
    ]
    for case, words in WORDS.items():
        cells = []
        for name in subjects:
            row = next((row for row in results.rows if row.subject == name and row.case == case), None)
            cells += [_seconds(_median(row.wall[who])) if row else "" for who in ("imprenta", "latexmk")]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    looks = [results.screen[name].looks.get("palabra", []) if name in results.screen else [] for name in subjects]
    if any(looks):
        cells = [
            cell for seen in looks for cell in (_seconds(_median([one.first for one in seen])) if seen else "", "")
        ]
        lines.append(f"| una palabra, en pantalla con `watch` | {' | '.join(cells)} |")
    return "\n".join(lines) + f"\n\n{describe_day()}. {describe_machine()}. [Cómo se mide](docs/medidas.md).\n"


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def _seconds(value: float) -> str:
    return f"{_number(value, 2 if value < 10 else 1)} s"

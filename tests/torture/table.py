"""Rows of all chapters -> docs/dureza.md: what was tried, how many times, what came of it, when and where."""

from __future__ import annotations

import datetime
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.torture.rows import Row

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
HEAD = """# Lo que aguanta

Lo escribe `make torture`; no se edita a mano. Cada fila dice qué se intentó, cuántas veces y qué no se sostuvo. En todas
vale lo mismo: lo que `check` da por bueno se construye; ningún problema nombra `templates/` ni `build/` si el autor no
tiene plantillas suyas; nunca hay una traza ni el estado 3; el PDF es el viejo o el nuevo, entero, e igual al de una
construcción desde cero.
"""
SHOWN = 5
"""Faults of a row that are shown; the number tells the rest."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the table: its heading, the module, its rows and how many seconds they took."""

    title: str
    name: str
    rows: list[Row]
    seconds: float


def name_machine() -> str:
    """Return when and on what this was tried, in a sentence."""
    today = datetime.datetime.now(tz=datetime.UTC)
    processor = re.search(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    system = re.search(r'PRETTY_NAME="(.*)"', _read("/etc/os-release"))
    return (
        f"El {today.day} de {MONTHS[today.month - 1]} de {today.year}; {processor[1] if processor else 'procesador'}, "
        f"{os.cpu_count()} núcleos; {system[1] if system else platform.platform()}; Linux {platform.release()}; "
        f"Python {platform.python_version()}; {'como' if os.geteuid() == 0 else 'sin ser'} root"
    )


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def format_table(chapters: list[Chapter], machine: str, minutes: float) -> str:
    """Return the page."""
    rows = [row for chapter in chapters for row in chapter.rows]
    tried, faults = sum(row.count for row in rows), sum(len(row.faults) for row in rows)
    lines = [HEAD, f"{machine}; {_number(minutes)} minutos.", ""]
    lines += [f"{tried} intentos, {faults or 'ninguno'} mal.", ""]
    for chapter in chapters:
        lines += [
            f"## {chapter.title}",
            "",
            f"`make torture ARGS='--only {chapter.name}'`, {chapter.seconds:.0f} s.",
            "",
        ]
        lines += ["| qué | cuántas veces | resultado |", "|---|---:|---|"]
        for row in chapter.rows:
            result = f"no se pudo intentar: {row.lacking}" if row.lacking else _result(len(row.faults))
            remark = f"; {row.remark}" if row.remark else ""
            lines.append(f"| {_cell(row.what)} | {row.count} | {_cell(result + remark)} |")
        lines.append("")
        for row in chapter.rows:
            lines += [f"- {row.what}: `{_code(fault.given)}`: {_code(fault.said)}" for fault in row.faults[:SHOWN]]
        if any(row.faults for row in chapter.rows):
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _result(faults: int) -> str:
    return f"**{faults} mal**" if faults else "bien"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def _code(words: str) -> str:
    shown = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in " ".join(words.split()))
    return shown.replace("`", "ˋ").replace("<", "‹")[:300]

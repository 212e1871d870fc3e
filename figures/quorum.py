"""Minutes a year without quorum by members of etcd, for the availabilities that a member is given."""

from __future__ import annotations

from math import comb
from typing import Any

LINES = [  # value in paper/datos/disponibilidad.yaml, colour, line, marker
    ("miembro_bajo", "#D55E00", "--", "s"),
    ("miembro_medio", "#0072B2", "-", "o"),
    ("miembro_alto", "#007A5A", ":", "^"),
]
LIMITS = [("eks", "SLA de EKS"), ("balanceador_2019", "SLA del balanceador")]


def minutes_without_quorum(members: int, availability: float, minutes: float) -> float:
    """Turn members, their availability (0 to 1) and a span in minutes into the minutes without a majority."""
    down = 1 - availability
    lost = members - members // 2  # so many members down leave no majority
    return minutes * sum(comb(members, k) * down**k * availability ** (members - k) for k in range(lost, members + 1))


def dibujar(ejes: Any, datos: dict[str, dict[str, Any]]) -> None:
    """Draw a line for each availability and a level for each agreement, on a logarithmic scale."""
    values = datos["disponibilidad"]
    members = [int(count) for count in values["miembros"]]
    year = values["minutos_anio"]
    for name, colour, stroke, marker in LINES:
        lost = [minutes_without_quorum(count, values[name] / 100, year) for count in members]
        ejes.semilogy(members, lost, stroke, color=colour, marker=marker, markersize=5, linewidth=1.3)
        label = f"{values[name]:.1f} %".replace(".", ",")
        ejes.text(members[-1] + 0.12, lost[-1], label, color=colour, fontsize=9, va="center")
    for name, label in LIMITS:
        level = (1 - values[name] / 100) * year
        ejes.axhline(level, color="0.45", linewidth=0.8, linestyle="-.")
        share = f"{values[name]:.2f} %".replace(".", ",")
        ejes.text(
            members[-1] + 0.7, level * 1.15, f"{label}: {share}", fontsize=8.5, color="0.25", ha="right", va="bottom"
        )
    ejes.set_xlim(members[0] - 0.3, members[-1] + 0.8)
    ejes.set_xticks(members)
    ejes.set_xlabel("Miembros de etcd")
    ejes.set_ylabel("Minutos sin quórum al año")
    ejes.grid(axis="y", color="0.88", linewidth=0.5)

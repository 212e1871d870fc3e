"""Measured times until what was lost is back: median, quartiles and extremes of each event, on a logarithmic axis."""

from __future__ import annotations

from typing import Any

EVENTS = (
    # value in paper/datos/mediciones.yaml and in dispersion.yaml, label, divisor to seconds, colour of the house
    ("kube_nodo", "Kubernetes: se pierde un nodo", 1, 1),
    ("swarm_lider_cargas", "Swarm: se pierde el nodo del líder", 1, 0),
    ("swarm_nodo", "Swarm: se pierde otro nodo", 1, 0),
    ("swarm_lider", "Swarm: cae el líder (escrituras)", 1, 0),
    ("etcd_lider_3", "etcd, tres miembros: cae el líder", 1000, 2),
    ("swarm_proceso", "Swarm: muere un proceso", 1, 0),
    ("kube_proceso", "Kubernetes: muere un proceso", 1, 1),
    ("swarm_proceso_0", "Swarm, sin pausa: muere un proceso", 1, 0),
)


def dibujar(ejes: Any, datos: dict[str, dict[str, Any]]) -> None:
    """Draw a thin line from least to greatest, a thick one between the quartiles and a point at the median."""
    for row, (name, _, divisor, colour) in enumerate(reversed(EVENTS)):
        least, lower, upper, greatest = (value / divisor for value in datos["dispersion"][name])
        ejes.plot([least, greatest], [row, row], "-", color=f"C{colour}", marker="", linewidth=1)
        ejes.plot([lower, upper], [row, row], "-", color=f"C{colour}", marker="", linewidth=5, alpha=0.5)
        ejes.plot([datos["mediciones"][name] / divisor], [row], color=f"C{colour}", marker="o", linestyle="")
    ejes.set_xscale("log")
    ejes.set_xticks([0.5, 1, 2, 5, 10, 20, 50, 100, 200, 400])
    ejes.set_xticklabels(["0,5", "1", "2", "5", "10", "20", "50", "100", "200", "400"])
    ejes.set_yticks(range(len(EVENTS)))
    ejes.set_yticklabels([label for _, label, _, _ in reversed(EVENTS)])
    ejes.set_xlabel("Segundos hasta la recuperación")

"""Monthly cost of the control plane by number of clusters: one panel for 2019-1, one for today."""

from __future__ import annotations

from typing import Any

LARGEST, TOP = 20, 4500  # clusters; USD
PANELS: tuple[tuple[str, tuple[tuple[str, str, int, int, str], ...]], ...] = (
    # value in paper/datos/modelo.yaml, label and how far above the end of its line (USD), colour of the house, line
    (
        "En 2019-1",
        (
            ("kops_2019_3_clb", "kOps,\n3 maestros", 0, 1, "--"),
            ("eks_2019", "EKS", 60, 0, "-"),
            ("kops_2019_1", "kOps,\n1 maestro", 0, 1, ":"),
            ("gke_2019", "GKE y AKS", 0, 2, "-."),
        ),
    ),
    (
        "Hoy",
        (
            ("eks_extendido", "EKS, soporte\nextendido", 0, 0, "-."),
            ("kops_3", "kOps,\n3 nodos", 0, 1, "--"),
            ("eks", "EKS, GKE\ny AKS", 220, 0, "-"),
            ("kops_1", "kOps,\n1 nodo", -120, 1, ":"),
            ("aks_free", "AKS Free", 0, 2, "-."),
        ),
    ),
)


def dibujar(ejes: Any, datos: dict[str, dict[str, Any]]) -> None:
    """Draw both panels inside the given axes, with the same scale, their labels outside of grid and lines."""
    ejes.set_axis_off()
    clusters = range(1, LARGEST + 1)
    for number, (heading, lines) in enumerate(PANELS):
        panel = ejes.inset_axes((0.54 * number, 0.0, 0.32, 1.0))
        for name, label, shift, colour, stroke in lines:
            price = datos["modelo"][name]
            costs = [count * price for count in clusters if count * price <= TOP]
            (line,) = panel.plot(clusters[: len(costs)], costs, stroke, color=f"C{colour}", marker="")
            # A line that leaves the panel carries its label where it does so; the others, at their ends.
            x, y = (LARGEST + 0.8, costs[-1] + shift) if len(costs) == LARGEST else (len(costs) + 0.9, 0.93 * TOP)
            panel.text(x, y, label, color=line.get_color(), fontsize=8.5, va="center", linespacing=0.95)
        panel.set(xlim=(0, LARGEST), ylim=(-60, TOP), xticks=[1, 5, 10, 15, 20], xlabel="Clústeres")
        panel.set_ylabel("" if number else "USD al mes")
        panel.set_title(heading, loc="left", fontweight="bold")

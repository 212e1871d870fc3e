"""Monthly cost of the control plane by number of clusters: one panel for 2019-1, one for today."""

from __future__ import annotations

from typing import Any

BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#007A5A"
LARGEST, TOP = 20, 4500  # clusters; USD
PANELS: tuple[tuple[str, tuple[tuple[str, str, int, str, str, str], ...]], ...] = (
    # value in paper/datos/modelo.yaml, label and how far above the end of its line (USD), colour, line, marker
    (
        "En 2019-1",
        (
            ("kops_2019_3_clb", "kOps,\n3 maestros", 0, ORANGE, "--", "s"),
            ("eks_2019", "EKS", 0, BLUE, "-", "o"),
            ("kops_2019_1", "kOps,\n1 maestro", 0, ORANGE, ":", "^"),
            ("gke_2019", "GKE y AKS", 0, GREEN, "-.", "D"),
        ),
    ),
    (
        "Hoy",
        (
            ("eks_extendido", "EKS, soporte\nextendido", 0, BLUE, "-", "x"),
            ("kops_3", "kOps,\n3 nodos", 0, ORANGE, "--", "s"),
            ("eks", "EKS, GKE\ny AKS", 220, BLUE, "-", "o"),
            ("kops_1", "kOps,\n1 nodo", -120, ORANGE, ":", "^"),
            ("aks_free", "AKS Free", 0, GREEN, "-.", "D"),
        ),
    ),
)


def dibujar(ejes: Any, datos: dict[str, dict[str, Any]]) -> None:
    """Draw both panels inside the given axes, with the same scale."""
    ejes.set_axis_off()
    clusters = range(1, LARGEST + 1)
    for number, (heading, lines) in enumerate(PANELS):
        panel = ejes.inset_axes((0.54 * number, 0.0, 0.46, 1.0))
        for name, label, shift, colour, stroke, marker in lines:
            price = datos["modelo"][name]
            costs = [count * price for count in clusters]
            panel.plot(clusters, costs, stroke, color=colour, marker=marker, markersize=3.5, markevery=2, linewidth=1.2)
            # A line that leaves the panel carries its label where it does so; the others, at their ends.
            x, y = (0.89 * TOP / price + 1.1, 0.89 * TOP) if costs[-1] > TOP else (LARGEST + 0.7, costs[-1] + shift)
            panel.text(x, y, label, color=colour, fontsize=8.5, va="center", linespacing=0.95)
        panel.set(xlim=(0, LARGEST + 9), ylim=(-90, TOP), xticks=[1, 5, 10, 15, 20])
        panel.set_xlabel("Clústeres", fontsize=9)
        panel.set_ylabel("" if number else "USD al mes", fontsize=9)
        panel.tick_params(labelsize=8.5)
        panel.grid(axis="y", color="0.88", linewidth=0.5)
        panel.text(0.03, 0.96, heading, transform=panel.transAxes, fontsize=9.5, fontweight="bold", va="top")

"""Hosts -> monthly cost of monitoring them, with Datadog and with Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTS = range(1, 201)


def dibujar(ejes: Any, datos: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw the five curves on logarithmic axes; line styles tell them apart without colour."""
    prices, guesses, model = datos["monitoreo"], datos["hipotesis"], datos["proyeccion"]

    def compute(hosts: int) -> float:
        small = hosts <= guesses["hosts_instancia_menor"]
        return float(model["computo_menor"] if small else model["computo_mayor"])

    def staff(hosts: int) -> float:
        hours = guesses["personal_10"] + max(0, min(hosts, 50) - 10) * model["horas_host_menor"]
        hours += max(0, hosts - 50) * model["horas_host_mayor"]
        return float(hours * prices["salario_2022"])

    curves = {
        "Datadog Pro con excesos": ([n * model["pro_excesos_host"] for n in HOSTS], "-", 2.2, "black"),
        "Datadog Pro": ([n * prices["pro_anual"] for n in HOSTS], "-", 1.1, "black"),
        "Prometheus, 15 meses y personal": (
            [compute(n) + n * model["disco_comparable_host"] + staff(n) for n in HOSTS],
            "-.",
            1.6,
            "0.25",
        ),
        "Prometheus, 15 meses": ([compute(n) + n * model["disco_comparable_host"] for n in HOSTS], "--", 1.2, "0.25"),
        "Prometheus, 15 días": ([compute(n) + n * model["disco_local_host"] for n in HOSTS], ":", 1.6, "0.25"),
    }
    for label, (costs, style, width, colour) in curves.items():
        ejes.plot(HOSTS, costs, linestyle=style, linewidth=width, color=colour, label=label)
    ejes.set_xscale("log")
    ejes.set_yscale("log")
    ejes.set_xlim(1, 200)
    ejes.set_ylim(10, 20000)
    ejes.xaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100, 200]))
    ejes.yaxis.set_major_locator(FixedLocator([10, 30, 100, 300, 1000, 3000, 10000]))
    ejes.xaxis.set_minor_locator(NullLocator())
    ejes.yaxis.set_minor_locator(NullLocator())
    # Spanish groups digits with a space, from five digits on.
    plain = FuncFormatter(lambda number, _: f"{number:,.0f}".replace(",", " " if number >= 10000 else ""))
    ejes.xaxis.set_major_formatter(plain)
    ejes.yaxis.set_major_formatter(plain)
    ejes.set_xlabel("Hosts")
    ejes.set_ylabel("Costo mensual (USD)")
    ejes.grid(visible=True, linewidth=0.4, color="0.85")
    ejes.legend(loc="upper left", frameon=False)

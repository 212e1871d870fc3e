"""The measurements that the report prints: they come out of the CSV files of experimentos/."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "experimentos"
ALERTS = ("alert_B.csv", "alert_C.csv")
ETCD = {"1": "etcd_lider_1", "3": "etcd_lider_3", "5": "etcd_lider_5"}
SWARM = {
    ("task", "restart-delay default (5s)"): "swarm_proceso",
    ("task", "restart-delay 0s"): "swarm_proceso_0",
    ("node", None): "swarm_nodo",
    ("election", None): "swarm_lider",
    ("leader", None): "swarm_lider_cargas",
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def samples() -> dict[str, list[float]]:
    """Return what was measured of each printed value."""
    found: dict[str, list[float]] = {}
    for name in ("swarm_task.csv", "swarm_node.csv", "swarm_election.csv", "swarm_leader.csv"):
        for row in rows(name):
            key = SWARM.get((row["case"], row["setting"])) or SWARM.get((row["case"], None))
            if key is not None and row["seconds"]:
                found.setdefault(key, []).append(float(row["seconds"]))
    for row in rows("kube.csv"):
        if row["case"] == "restart":
            found.setdefault("kube_proceso", []).append(float(row["seconds"]))
    for row in rows("etcd_failover.csv"):
        found.setdefault(ETCD[row["members"]], []).append(float(row["write_ms"]))
        if row["members"] == "3":
            found.setdefault("etcd_cliente", []).append(float(row["patient_ms"]))
    for row in rows("etcd_bench.csv"):
        if row["clients"] == "1":
            found.setdefault(f"etcd_ritmo_{row['members']}", []).append(float(row["per_s"]))
    for row in [row for name in ALERTS for row in rows(name)]:
        key = "alerta_predeterminada" if row["for_s"] == "300" else f"alerta_{MODES[row['mode']]}"
        found.setdefault(key, []).append(float(row["webhook"]))
    return found


MODES = {"kill": "muerte", "hang": "cuelgue"}
PRINTED = yaml.safe_load((ROOT / "paper/datos/mediciones.yaml").read_text(encoding="utf-8"))["valores"]
SPREAD = yaml.safe_load((ROOT / "paper/datos/dispersion.yaml").read_text(encoding="utf-8"))["valores"]
SAMPLES = samples()


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_a_printed_median_is_that_of_its_file(key: str) -> None:
    places = PRINTED[key]["decimales"]
    assert statistics.median(SAMPLES[key]) == pytest.approx(PRINTED[key]["valor"], abs=0.51 * 10**-places)


@pytest.mark.parametrize("key", sorted(set(SPREAD) & set(SAMPLES)))
def test_a_drawn_spread_is_that_of_its_file(key: str) -> None:
    values, places = sorted(SAMPLES[key]), SPREAD[key]["decimales"]
    lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
    found = [values[0], lower, upper, values[-1]]
    assert found == pytest.approx(SPREAD[key]["valor"], abs=0.51 * 10**-places)


def test_nearly_every_printed_value_is_checked() -> None:
    """The others are told beside their files: two runs of a lost node, read from logs, and what one run weighs."""
    others = {"swarm_nodo_caido", "kube_nodo_caido", "kube_nodo", "bytes_bajo", "bytes_alto", "memoria_millon"}
    assert set(PRINTED) - set(SAMPLES) == others


@pytest.mark.parametrize("beta", ["0.01", "0.05", "0.1"])
def test_the_closed_form_of_common_causes_is_that_of_the_simulation(beta: str) -> None:
    """Ten million draws a row: within four standard errors."""
    checked = [row for row in rows("quorum.csv") if row["beta"] == beta and int(row["mc_failures"]) > 100]
    assert len(checked) >= 3
    for row in checked:
        assert float(row["mc_min_year"]) == pytest.approx(float(row["exact_min_year"]), abs=4 * float(row["mc_se_min"]))

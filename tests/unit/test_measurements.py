"""The measurements that the report prints: they come out of the CSV files of experimentos/."""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
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


COUNTED = {
    "proceso-swarm": "swarm_proceso",
    "nodo-swarm": "swarm_nodo",
    "lider-swarm": "swarm_lider",
    "cargas-lider-swarm": "swarm_lider_cargas",
    "proceso-kubernetes": "kube_proceso",
    "lider-etcd": "etcd_lider_3",
    "ritmo-etcd": "etcd_ritmo_3",
    "alerta": "alerta_muerte",
}


@pytest.mark.parametrize("id", sorted(COUNTED))
def test_a_cited_measurement_was_repeated_as_often_as_it_says(id: str) -> None:
    told = yaml.safe_load((ROOT / "paper/mediciones.yaml").read_text(encoding="utf-8"))["mediciones"]
    (own,) = (one for one in told if one["id"] == id)
    assert own["repeticiones"] == len(SAMPLES[COUNTED[id]])


def test_claims_are_drawn_the_same_each_time() -> None:
    command = [sys.executable, DATA / "afirmaciones.py", "7", "20"]
    first, again = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert first == again
    assert len(set(first.splitlines())) == 20


@pytest.mark.parametrize("beta", ["0.01", "0.05", "0.1"])
def test_the_closed_form_of_common_causes_is_that_of_the_simulation(beta: str) -> None:
    """Ten million draws a row: within four standard errors."""
    checked = [row for row in rows("quorum.csv") if row["beta"] == beta and int(row["mc_failures"]) > 100]
    assert len(checked) >= 3
    for row in checked:
        assert float(row["mc_min_year"]) == pytest.approx(float(row["exact_min_year"]), abs=4 * float(row["mc_se_min"]))

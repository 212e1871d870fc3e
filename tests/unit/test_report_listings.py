"""The listings of the report's example: parsed, and the same service on both sides."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

CODE = Path(__file__).resolve().parents[2] / "paper/codigo"


def read(name: str) -> str:
    return (CODE / name).read_text(encoding="utf-8")


def objects() -> dict[tuple[str, str], Any]:
    """Return the objects of Kubernetes by kind and name."""
    found = list(yaml.safe_load_all(read("contador.yaml")))
    return {(item["kind"], item["metadata"]["name"]): item for item in found}


def test_every_file_is_checked_here() -> None:
    names = {"pila.yml", "contador.yaml", "eks.yaml", "kops.sh", "alerta.yml", "monitor.json"}
    assert {path.name for path in CODE.iterdir()} == names


def test_both_sides_describe_the_same_service() -> None:
    stack = yaml.safe_load(read("pila.yml"))["services"]
    for kind, name in (("Deployment", "web"), ("StatefulSet", "redis")):
        spec = objects()[kind, name]["spec"]
        (container,) = spec["template"]["spec"]["containers"]
        assert container["image"] == stack[name]["image"]
        assert spec["replicas"] == stack[name]["deploy"].get("replicas", 1)
    published, inner = map(int, stack["web"]["ports"][0].split(":"))
    (port,) = objects()["Service", "web"]["spec"]["ports"]
    assert (port["port"], port["targetPort"]) == (published, inner)


def test_selectors_find_their_pods() -> None:
    for kind, name in (("Deployment", "web"), ("StatefulSet", "redis")):
        spec = objects()[kind, name]["spec"]
        labels = spec["template"]["metadata"]["labels"]
        assert spec["selector"]["matchLabels"] == labels
        assert objects()["Service", name]["spec"]["selector"] == labels
    stateful = objects()["StatefulSet", "redis"]["spec"]
    assert objects()["Service", stateful["serviceName"]]["spec"]["clusterIP"] == "None"
    mounted = {mount["name"] for mount in stateful["template"]["spec"]["containers"][0]["volumeMounts"]}
    assert mounted == {claim["metadata"]["name"] for claim in stateful["volumeClaimTemplates"]}


def test_both_clusters_have_the_same_workers() -> None:
    cluster = yaml.safe_load(read("eks.yaml"))
    (group,) = cluster["nodeGroups"]
    words = shlex.split(read("kops.sh").replace("\\\n", " "))
    flags = {word: words[at + 1] for at, word in enumerate(words[:-1]) if word.startswith("--")}
    assert flags["--node-size"] == group["instanceType"]
    assert int(flags["--node-count"]) == group["desiredCapacity"]
    assert group["minSize"] <= group["desiredCapacity"] <= group["maxSize"]
    zones = re.search(r'ZONAS="([^"]+)"', read("kops.sh"))
    assert zones is not None
    assert [zone[:-1] for zone in zones[1].split(",")] == [cluster["metadata"]["region"]] * 3


def test_both_alerts_say_the_same() -> None:
    (rule,) = yaml.safe_load(read("alerta.yml"))["groups"][0]["rules"]
    monitor = json.loads(read("monitor.json"))
    query = monitor["query"]
    minutes, limit = re.fullmatch(r"max\(last_(\d+)m\):.*< (\d+)", query).groups()  # type: ignore[union-attr]
    assert rule["for"] == f"{minutes}m"
    assert rule["expr"].endswith(f"< {limit}")
    assert monitor["options"]["thresholds"]["critical"] == int(limit)
    deployment = re.search(r'deployment="(\w+)"', rule["expr"])[1]  # type: ignore[index]
    assert f"kube_deployment:{deployment}" in query
    assert ("Deployment", deployment) in objects()

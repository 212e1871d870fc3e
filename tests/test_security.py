"""SECURITY.md: each promise names tests that hold it, and these are there; the licences are those of the locks."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs.website.licences import DEBIAN, HEAD, PAGE, list_system_packages, name_licence
from imprenta.environment import BUILD_LOCK, LOCK, read_lock

ROOT = Path(__file__).resolve().parents[1]
PROMISES = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Lo que no se sostiene")[0]
ITEMS = [" ".join(item.split()) for item in re.findall(r"(?ms)^- (.*?)(?=^- |^\S|\Z)", PROMISES)]
ROW = re.compile(r"(?m)^\| `([^`]+)` \| (.+) \|$")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item[:40])
def test_every_promise_names_a_test_that_is_there(item: str) -> None:
    found = NAMED.findall(item)
    assert found, item
    for path, name in found:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"


def test_the_list_of_licences_is_that_of_what_is_installed() -> None:
    """By name: what a package says of its licence may be worded otherwise in the version for another Python."""
    page = PAGE.read_text(encoding="utf-8")
    ours, theirs = (dict(ROW.findall(part)) for part in page.partition("## Paquetes de Python")[2].split("## "))
    assert set(ours) == read_lock(LOCK) | read_lock(BUILD_LOCK), "make licences"
    assert theirs == DEBIAN
    assert set(theirs) == list_system_packages()
    assert [name for name in ours if not name_licence(name)] == []
    assert page.startswith(HEAD)

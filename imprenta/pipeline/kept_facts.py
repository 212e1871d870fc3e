"""Facts that were worked out <-> a file in `build/` that tells whether it is whole and goes with what it is about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.workspace import Workspace


def keep_facts(workspace: Workspace, path: str, facts: object, *about: bytes) -> None:
    """Keep facts about some bytes, if that is possible."""
    data = json.dumps(facts).encode()
    workspace.keep(path, _mark(data, *about) + b"\n" + data)


def recall_facts(workspace: Workspace, path: str, *about: bytes) -> bytes | None:
    """Return facts about these bytes, as JSON; None if there are none or somebody else, or a power cut, broke them."""
    mark, _, data = (workspace.read(path) or b"").partition(b"\n")
    return data if mark == _mark(data, *about) else None


def read_facts(data: bytes) -> Any:
    """Return facts as they were kept."""
    return json.loads(data)


def _mark(*parts: bytes) -> bytes:
    return content_hash(*parts).encode()

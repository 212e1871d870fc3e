"""Files of TeX's own trees that a run read -> their stamps, by which a later build knows that they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.workspace import Workspace


def stamp_inputs(workspace: Workspace, recorder: str) -> dict[str, str]:
    """Return size and time of every file of TeX's own trees that a run read, as its recorder tells."""
    lines = (workspace.read(recorder) or b"").decode("utf-8", "replace").splitlines()
    paths = sorted({line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT /")})
    return {path: stamp for path in paths if (stamp := workspace.stamp(path)) is not None}


def stamps_hold(workspace: Workspace, stamps: Mapping[str, str]) -> bool:
    """Tell whether files still have the size and time that were noted."""
    return all(workspace.stamp(path) == stamp for path, stamp in stamps.items())

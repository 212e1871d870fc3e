"""The author's own templates -> the sources that they cite by name, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imprenta.problems import Span
from imprenta.render.environment import FOLDER, SUFFIX

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

_COMMAND = re.compile(r"\\(?:[a-z]*[cC]ite[a-z]*\*?)\s*(?:\([^()]*\)|\[[^\[\]]*\])*((?:\[[^\[\]]*\]|\{[^{}]*\})+)")
_KEYS = re.compile(r"\{([^{}\\]*)\}")
_KEY = re.compile(r"[^\s,]+")


def find_template_citations(workspace: Workspace) -> list[tuple[str, Span]]:
    r"""Return the keys in \cite, \autocite, \nocite… of the project's own templates; what Jinja fills in is no key."""
    found = []
    for path in workspace.list_files(FOLDER, SUFFIX):
        for number, line in enumerate((workspace.read(path) or b"").decode("utf-8", "replace").split("\n"), 1):
            if line.lstrip().startswith("%"):
                continue
            for command in _COMMAND.finditer(line):
                for group in _KEYS.finditer(line, command.start(1), command.end()):
                    for key in _KEY.finditer(line, *group.span(1)):
                        if key[0] != "*":
                            place = Span(path, number, key.start() + 1, number, key.end() + 1)
                            found.append((key[0], place))
    return found

"""The machine formats by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.report.github import format_github
from imprenta.report.json_format import format_json
from imprenta.report.run import Run
from imprenta.report.sarif import format_sarif

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MACHINE_FORMATS", "Run"]

MACHINE_FORMATS: dict[str, Callable[[Run], str]] = {
    "json": format_json,
    "github": format_github,
    "sarif": format_sarif,
}
"""Each turns a run into what is printed on the standard output, alone; a new one is a module and a line here."""

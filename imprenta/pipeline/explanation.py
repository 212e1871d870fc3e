"""What a build worked out anew -> why each of its steps ran or did not, in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.cache import Cache

MOST_NAMES = 4


def explain_steps(
    cache: Cache, figures: int, drawn: Sequence[str], typesetting: str, biber: str
) -> tuple[tuple[str, str], ...]:
    """Return (step, reason) in the order of a build; `cache` knows what it had to work out since the last one."""
    made = cache.made
    bibliography = "cambió" if made.get("bibliography") else "la misma"
    return (
        ("lectura de los datos", _tell(made.get("load", []), "todos los archivos son los mismos")),
        ("references.bib", bibliography),
        ("figuras", _tell(drawn, f"las {figures} están al día")),
        ("tablas", _tell(made.get("tables", []), "todas están al día")),
        ("secciones", _tell(made.get("sections", []), "todas están al día")),
        ("LaTeX", typesetting),
        ("biber", biber or "no: se cita lo mismo de lo mismo"),
    )


def _tell(names: Sequence[str], nothing: str) -> str:
    """Name what was made anew, or say that nothing was."""
    if not names:
        return f"no: {nothing}"
    shown = ", ".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown} y otras {len(names) - MOST_NAMES}"

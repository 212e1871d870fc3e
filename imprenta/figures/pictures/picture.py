"""What a picture is, as LaTeX takes it, and what there may be to say of it: the words of all that read pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from imprenta.problems import Severity

PICTURE_ENDINGS = (
    ".png", ".jpg", ".jpeg", ".pdf", ".svg", ".svgz", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".avif",
)  # fmt: skip
"""How the names of the kinds end that can be placed, the usual ones first."""
UNREADABLE, REFUSED, PARTIAL = "imagen-ilegible", "imagen-no-admitida", "imagen-incompleta"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of a picture: a code of problems, the clause, the hint, and how much it weighs."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes to LaTeX: bytes, the ending of their kind, and the natural size in points (72 to the inch).

    Without `data` it cannot be placed, and the findings say why.
    """

    data: bytes = b""
    suffix: str = ""
    width: float = 0.0
    height: float = 0.0
    findings: tuple[Finding, ...] = ()


RunSvg = Callable[[bytes], bytes | Finding]
"""Turns the bytes of an SVG into those of a PDF, or tells why it cannot."""


def wrong_page(name: str, page: int, count: int, what: str) -> Finding:
    """Tell that a page is asked for that is not there."""
    have = f"tiene {count} {what}" if count > 1 else "tiene una sola página"
    return Finding("valor-fuera-de-limites", f"no hay página {page}: «{name}» {have}")


def first_of_many(name: str, count: int, what: str) -> Finding:
    """Tell that only the first page is placed, unasked."""
    message = f"«{name}» tiene {count} {what} y solo sale {'la primera' if what == 'páginas' else 'el primero'}"
    return Finding(PARTIAL, message, "diga cuál se pone, por ejemplo «pagina: 1»", Severity.WARNING)

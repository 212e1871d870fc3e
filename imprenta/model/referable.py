"""The kinds of things that texts refer to by a number -> what they are called, and LaTeX's counter of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

TargetKind = Literal[
    "figura", "tabla", "seccion", "anexo", "ecuacion", "codigo", "punto", "algoritmo",
    "teorema", "lema", "proposicion", "corolario", "definicion", "ejemplo",
]  # fmt: skip
"""The word of a reference: `{ecuacion:id}`."""


@dataclass(frozen=True, slots=True)
class Referable:
    """What a kind of thing is called in Spanish, with its article, and LaTeX's counter that numbers it.

    A heading has no counter here: several number it together. `mentioned` tells that some text has to refer to it.
    """

    word: str
    article: str
    counter: str = ""
    mentioned: bool = True


REFERABLE: dict[TargetKind, Referable] = {
    "figura": Referable("figura", "la", "figure"),
    "tabla": Referable("tabla", "la", "table"),
    "seccion": Referable("sección", "la", mentioned=False),
    "anexo": Referable("anexo", "el", mentioned=False),
    "ecuacion": Referable("ecuación", "la", "equation"),
    "codigo": Referable("código", "el", "codigo"),
    "punto": Referable("punto", "el", "punto"),
    "algoritmo": Referable("algoritmo", "el", "algoritmo"),
    "teorema": Referable("teorema", "el", "teorema", mentioned=False),
    "lema": Referable("lema", "el", "lema", mentioned=False),
    "proposicion": Referable("proposición", "la", "proposicion", mentioned=False),
    "corolario": Referable("corolario", "el", "corolario", mentioned=False),
    "definicion": Referable("definición", "la", "definicion", mentioned=False),
    "ejemplo": Referable("ejemplo", "el", "ejemplo", mentioned=False),
}
KINDS: tuple[TargetKind, ...] = get_args(TargetKind)


def called(kind: TargetKind) -> str:
    """Return how a sentence calls a thing of a kind: «la figura»."""
    return f"{REFERABLE[kind].article} {REFERABLE[kind].word}"

"""The kinds of reports that can be begun, by the words that choose them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: what it is, in a few words, and what its example is called."""

    said: str
    title: str
    course: str


KINDS = {
    "informe": Kind("informe de un curso, con rúbrica", "Cuántas réplicas hacen falta", "Sistemas Distribuidos"),
    "entrega": Kind(
        "entrega corta de dos a cuatro páginas", "La mayoría en un grupo de réplicas", "Sistemas Distribuidos"
    ),
    "grado": Kind("trabajo de grado, con portada ICONTEC", "Tamaño de los grupos de réplicas", ""),
    "practica": Kind("práctica de números y código", "Error de la regla del trapecio", "Métodos Numéricos"),
}
"""The files of each stand in the folder of its name."""

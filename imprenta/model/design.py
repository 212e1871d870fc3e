"""How the pages look: paper, margins, columns, spacing, size and face of the letters, the colour of headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from imprenta.model.page import PAGE, POINTS_PER_CENTIMETRE, Page
from imprenta.model.part import WORD, Number, Part

PAPERS = {"carta": (21.59, 27.94), "a4": (21.0, 29.7)}
"""The sheets by their names: width and height in centimetres."""
COLOURS = {
    "azul": "1F3A5F",
    "verde": "1E5638",
    "granate": "7A1F2B",
    "morado": "4B2E6B",
    "pizarra": "37474F",
    "negro": "000000",
}
"""The colours of headings and rules, in hexadecimal RGB: all of them 7:1 or more against white (WCAG 2.1, AAA)."""

FaceName = Literal["romana", "palo-seco", "times", "palatino", "helvetica"]
LETTER_WIDTHS: dict[FaceName, float] = {
    "romana": 1.0,
    "palo-seco": 1.0,
    "times": 0.99,
    "palatino": 1.06,
    "helvetica": 1.1,
}
"""How wide the letters of each face are against those of Latin Modern Roman, counted high."""


Measure = Literal["estrecha", "ancha"]
LETTERS_MEASURE = 1.12
"""Centimetres of a line of some 72 letters, for each point of their size (Bringhurst, 2.1.2, asks for 66 to 75)."""
USUAL_LETTER: Literal["11"] = "11"
"""Points of the letters of a text that asks for none."""


class PageSetup(Part):
    """`pagina:` of the report."""

    paper: Annotated[Literal["carta", "a4"], WORD] = Field("carta", alias="papel", description="Papel: carta o a4")
    margin: Number = Field(
        2.5, alias="margen", ge=1.5, le=5, description="Margen en centímetros", validate_default=True
    )
    columns: Annotated[Literal["1", "2"], WORD] = Field("1", alias="columnas", description="Columnas del texto: 1 o 2")
    spacing: Number = Field(
        1, alias="interlineado", ge=1, le=2, description="Interlineado: 1, 1.5, 2…", validate_default=True
    )
    letter: Annotated[Literal["10", "11", "12"], WORD] = Field(
        USUAL_LETTER, alias="letra", description="Cuerpo del texto en puntos: 10, 11 o 12"
    )
    measure: Annotated[Measure, WORD] | None = Field(
        None,
        alias="medida",
        description="Renglones del texto: estrecha (unas 72 letras; tablas y figuras sobresalen a los lados), como van "
        "si no se dice, o ancha, como van con las portadas icontec y apa",
    )


class Aspect(Part):
    """`aspecto:` of the report."""

    face: Annotated[FaceName, WORD] = Field(
        "romana", alias="tipo", description="Letra del texto: romana, palo-seco, times, palatino o helvetica"
    )
    colour: Annotated[Literal["azul", "verde", "granate", "morado", "pizarra", "negro"], WORD] = Field(
        "azul", alias="color", description="Color de los títulos y las rayas"
    )


def sheet_of(setup: PageSetup | None, aspect: Aspect | None) -> Page:
    """Return the measures of the pages that a report asks for."""
    letters = LETTER_WIDTHS[aspect.face] if aspect is not None else PAGE.letter_width
    if setup is None:
        return replace(PAGE, letter_width=letters)
    margin = float(setup.margin)
    return Page(*PAPERS[setup.paper], *(margin,) * 4, columns=int(setup.columns), letter_width=letters)


def overhang_of(setup: PageSetup | None, sheet: Page, usual: Measure) -> float:
    """Return how far what is wide stands out of a narrow text on either side, in centimetres.

    `usual` is the measure of a report that asks for none.
    """
    chosen = setup.measure if setup is not None else None
    if (chosen or usual) == "ancha" or sheet.columns > 1:
        return 0.0
    letter = int(setup.letter if setup is not None else USUAL_LETTER)
    room = sheet.text_width / POINTS_PER_CENTIMETRE
    return round(max(0.0, room - LETTERS_MEASURE * letter * sheet.letter_width) / 2, 3)

"""How the pages look: paper, margins, spacing, size of the letters, their face, the colour of headings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from imprenta.model.page import PAGE, Page
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


class PageSetup(Part):
    """`pagina:` of the report."""

    paper: Annotated[Literal["carta", "a4"], WORD] = Field("carta", alias="papel", description="Papel: carta o a4")
    margin: Number = Field(
        2.5, alias="margen", ge=1.5, le=5, description="Margen en centímetros", validate_default=True
    )
    spacing: Number = Field(
        1, alias="interlineado", ge=1, le=2, description="Interlineado: 1, 1.5, 2…", validate_default=True
    )
    letter: Annotated[Literal["10", "11", "12"], WORD] = Field(
        "11", alias="letra", description="Cuerpo del texto en puntos: 10, 11 o 12"
    )

    @property
    def sheet(self) -> Page:
        """Return the measures of the page."""
        width, height = PAPERS[self.paper]
        margin = float(self.margin)
        same = (width, height, margin) == (PAGE.width, PAGE.height, PAGE.margin_top)
        return PAGE if same else Page(width, height, margin, margin, margin, margin)


class Aspect(Part):
    """`aspecto:` of the report."""

    face: Annotated[Literal["romana", "palo-seco"], WORD] = Field(
        "romana", alias="tipo", description="Letra del texto: romana o palo-seco"
    )
    colour: Annotated[Literal["azul", "verde", "granate", "morado", "pizarra", "negro"], WORD] = Field(
        "azul", alias="color", description="Color de los títulos y las rayas"
    )

"""The figures of a report: graphs given as data, plots drawn by a function, pictures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from imprenta.model.part import WORD, Boolean, Id, Number, Part
from imprenta.model.text import Text

StrokeName = Annotated[Literal["continuo", "discontinuo", "punteado", "grueso"], WORD]
ColourName = Annotated[Literal["azul", "verde", "naranja", "rojo", "morado", "gris", "negro"], WORD]
Direction = Annotated[Literal["ida", "doble", "ninguno"], WORD]
Orientation = Annotated[Literal["vertical", "horizontal"], WORD]


def _as_list(value: Any) -> Any:
    """Let one word stand for a list of one."""
    return [value] if isinstance(value, Text) else value


class TrafficClass(Part):
    """A kind of traffic: it gives its edges their stroke and colour, and the legend its line."""

    title: Text = Field(alias="titulo", description="Nombre en la leyenda")
    stroke: StrokeName = Field("continuo", alias="trazo", description="Trazo de la línea")
    colour: ColourName = Field("negro", alias="color", description="Color de la línea")


class Group(Part):
    """A box around nodes; groups may stand inside groups."""

    title: Text = Field(alias="titulo", description="Rótulo del recuadro")
    inside: Text | None = Field(None, alias="dentro_de", description="Grupo que lo contiene")


class GraphNode(Part):
    """An element of the drawing."""

    title: Text = Field(alias="titulo", description="Rótulo del nodo")
    icon: Text | None = Field(None, alias="icono", description="Icono de la biblioteca diagrams: proveedor.tipo.Nombre")
    group: Text | None = Field(None, alias="grupo", description="Grupo en el que está")


class GraphEdge(Part):
    """A communication between elements: one number in the drawing, one row in the table of communications."""

    tails: Annotated[list[Text], BeforeValidator(_as_list)] = Field(
        alias="de", min_length=1, description="Nodo (o nodos) de salida"
    )
    heads: Annotated[list[Text], BeforeValidator(_as_list)] = Field(
        alias="a", min_length=1, description="Nodo (o nodos) de llegada"
    )
    direction: Direction = Field("ida", alias="sentido", description="Puntas de flecha")
    traffic: Text | None = Field(None, alias="clase", description="Clase de tráfico")
    protocol: Text | None = Field(None, alias="protocolo", description="Protocolo")
    port: Text | None = Field(None, alias="puerto", description="Puerto y transporte")
    encryption: Text | None = Field(None, alias="cifrado", description="Cifrado")
    description: Text | None = Field(None, alias="descripcion", description="Para qué se comunican")
    citations: list[Text] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    waiver: Text | None = Field(None, alias="sin_fuente", description="Por qué esta arista no tiene fuente")


class Layout(Part):
    """Hints for the layout of a graph."""

    rows: list[list[Text]] = Field(default_factory=list, alias="filas", description="Nodos a la misma altura")


class Figure(Part):
    """What every figure has."""

    caption: Text = Field(alias="pie", description="Pie de la figura")
    citations: list[Text] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    landscape: Boolean = Field(False, alias="apaisada", description="Página horizontal")


class GraphFigure(Figure):
    """A drawing of elements and of their communications."""

    description: Text | None = Field(None, alias="descripcion", description="Primera frase del texto alternativo")
    orientation: Orientation = Field("vertical", alias="orientacion", description="Hacia dónde corre el dibujo")
    classes: dict[str, TrafficClass] = Field(default_factory=dict, alias="clases", description="Clases de tráfico")
    groups: dict[str, Group] = Field(default_factory=dict, alias="grupos", description="Recuadros")
    nodes: dict[str, GraphNode] = Field(alias="nodos", min_length=1, description="Elementos del dibujo")
    edges: list[GraphEdge] = Field(default_factory=list, alias="aristas", description="Comunicaciones")
    layout: Layout | None = Field(None, alias="disposicion", description="Ayudas para el trazado")


class PlotFigure(Figure):
    """A plot drawn by a function of the author's in `figures/`, from files of data."""

    program: Text = Field(alias="grafica", description="Archivo de Python en figures/ con dibujar(ejes, datos)")
    alternative: Text = Field(alias="alternativa", description="Texto para quien no ve la gráfica")
    data: list[Id] = Field(default_factory=list, alias="datos", description="Archivos de paper/datos")
    height: Number = Field(
        7, alias="alto", description="Altura impresa en centímetros", gt=1, le=22, validate_default=True
    )


class ImageFigure(Figure):
    """A picture that the author brings: PNG, JPEG or PDF."""

    image: Text = Field(alias="imagen", description="Archivo de figures/")
    alternative: Text = Field(alias="alternativa", description="Texto para quien no ve la imagen")
    width: Number | None = Field(None, alias="ancho", description="Anchura impresa en centímetros", gt=1, le=25)


AnyFigure = GraphFigure | PlotFigure | ImageFigure

"""The figures of a report: graphs given as data, plots drawn by a function, pictures."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Literal, final

from pydantic import BeforeValidator, Field, Tag

from imprenta.model.chart import Chart
from imprenta.model.meaning import Cell, Label, Line, Names, Reason, Source, Spoken
from imprenta.model.part import SHAPE, WORD, Boolean, DataId, Integer, Number, OwnId, Part, as_list
from imprenta.model.text import Text
from imprenta.problems import Span

StrokeName = Annotated[Literal["continuo", "discontinuo", "punteado", "grueso"], WORD]
ColourName = Annotated[Literal["azul", "verde", "naranja", "rojo", "morado", "gris", "negro"], WORD]
Direction = Annotated[Literal["ida", "doble", "ninguno"], WORD]
Orientation = Annotated[Literal["vertical", "horizontal"], WORD]
ShapeName = Literal["rectangulo", "rombo", "ovalo", "circulo", "cilindro", "documento"]
NodeName = Annotated[Text, Names("nodo")]
GroupName = Annotated[Text, Names("grupo")]
TrafficName = Annotated[Text, Names("clase")]
IconName = Annotated[Text, Names("icono")]
ProgramName = Annotated[Text, Names("programa")]
ImageName = Annotated[Text, Names("imagen")]


class TrafficClass(Part):
    """A kind of traffic: it gives its edges their stroke and colour, and the legend its line."""

    title: Label = Field(alias="titulo", description="Nombre en la leyenda")
    stroke: StrokeName = Field("continuo", alias="trazo", description="Trazo de la línea")
    colour: ColourName = Field("negro", alias="color", description="Color de la línea")


class Group(Part):
    """A box around nodes; groups may stand inside groups."""

    title: Label = Field(alias="titulo", description="Rótulo del recuadro")
    inside: GroupName | None = Field(None, alias="dentro_de", description="Grupo que lo contiene")


class GraphNode(Part):
    """An element of the drawing."""

    title: Label = Field(alias="titulo", description="Rótulo del nodo")
    icon: IconName | None = Field(
        None, alias="icono", description="Icono de la biblioteca diagrams: proveedor.tipo.Nombre"
    )
    group: GroupName | None = Field(None, alias="grupo", description="Grupo en el que está")
    shape: Annotated[ShapeName, WORD] | None = Field(
        None, alias="forma", description="Forma: rombo para una decisión, cilindro para unos datos…"
    )


class GraphEdge(Part):
    """A line between elements: one row in the table of communications, if there is one, and its number there."""

    tails: Annotated[list[NodeName], BeforeValidator(as_list)] = Field(
        alias="de", min_length=1, description="Nodo (o nodos) de salida"
    )
    heads: Annotated[list[NodeName], BeforeValidator(as_list)] = Field(
        alias="a", min_length=1, description="Nodo (o nodos) de llegada"
    )
    direction: Direction | None = Field(None, alias="sentido", description="Puntas de flecha")
    label: Label | None = Field(None, alias="rotulo", description="Palabras sobre la línea: «Sí», «0..n», «aceptar»")
    traffic: TrafficName | None = Field(None, alias="clase", description="Clase de tráfico")
    protocol: Cell | None = Field(None, alias="protocolo", description="Protocolo")
    port: Cell | None = Field(None, alias="puerto", description="Puerto y transporte")
    encryption: Cell | None = Field(None, alias="cifrado", description="Cifrado")
    description: Cell | None = Field(None, alias="descripcion", description="Para qué se comunican")
    citations: list[Source] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    waiver: Reason | None = Field(None, alias="sin_fuente", description="Por qué esta arista no tiene fuente")


class Layout(Part):
    """Hints for the layout of a graph."""

    rows: list[list[NodeName]] = Field(default_factory=list, alias="filas", description="Nodos a la misma altura")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a figure states and that owes a source in an answer: what it is, in Spanish, and its sources."""

    words: str
    place: Span
    citations: list[Text]
    waiver: Text | None


class Figure(Part):
    """What every figure has.

    Each kind stands in a file of its own or among the blocks of a section (`model/placed.py`); those are `final`, so
    that mypy asks them for all that is abstract here.
    """

    caption: Line = Field(alias="pie", description="Pie de la figura")
    citations: list[Source] = Field(default_factory=list, alias="citas", description="Claves de references.bib")
    landscape: Boolean = Field(False, alias="apaisada", description="Página horizontal")
    wide: Boolean = Field(False, alias="ancha", description="Sobre las dos columnas, si el texto las tiene")

    @property
    @abstractmethod
    def origin(self) -> Text:
        """Return what tells the figure's place in the data: what it is drawn from, or what it is called."""

    @abstractmethod
    def statements(self) -> Iterator[Statement]:
        """Yield what the figure states piece by piece; one that is a statement as a whole has its `citas`."""


class Graph(Figure):
    """A drawing of elements and of their communications."""

    description: Spoken | None = Field(None, alias="descripcion", description="Primera frase del texto alternativo")
    orientation: Orientation = Field("vertical", alias="orientacion", description="Hacia dónde corre el dibujo")
    direction: Direction = Field(
        "ida", alias="sentido", description="Puntas de flecha de las aristas que no dicen las suyas"
    )
    classes: dict[str, TrafficClass] = Field(default_factory=dict, alias="clases", description="Clases de tráfico")
    groups: dict[str, Group] = Field(default_factory=dict, alias="grupos", description="Recuadros")
    nodes: dict[str, GraphNode] = Field(alias="nodos", min_length=1, description="Elementos del dibujo")
    edges: list[GraphEdge] = Field(default_factory=list, alias="aristas", description="Comunicaciones")
    layout: Layout | None = Field(None, alias="disposicion", description="Ayudas para el trazado")

    @property
    def origin(self) -> Text:
        """Return the caption: the whole file is the drawing."""
        return self.caption

    def direction_of(self, edge: GraphEdge) -> str:
        """Return where the arrows of an edge are."""
        return edge.direction or self.direction

    def statements(self) -> Iterator[Statement]:
        """Yield the edges that tell of a communication."""
        for edge in self.edges:
            if edge.label is not None and not any((edge.description, edge.protocol, edge.port, edge.encryption)):
                continue  # a step of a flow chart: what it says is the drawing's, and the figure has its `citas`
            tails, heads = (", ".join(text.value for text in ends) for ends in (edge.tails, edge.heads))
            words = f"la arista de «{tails}» a «{heads}»"
            yield Statement(words, edge.place, edge.citations, edge.waiver)


PlotSource = Annotated[Annotated[ProgramName, Tag("<texto>")] | Annotated[Chart, Tag("<mapa>")], SHAPE]


class Plot(Figure):
    """A plot: given as data, or drawn by a function of the author's in `figures/` from files of data."""

    plot: PlotSource = Field(
        alias="grafica",
        description="La gráfica como datos, o un programa de figures/ con dibujar(ejes, datos)",
    )
    alternative: Spoken | None = Field(None, alias="alternativa", description="Texto para quien no ve la gráfica")
    data: list[DataId] = Field(default_factory=list, alias="datos", description="Archivos de paper/datos")
    height: Number = Field(
        7, alias="alto", description="Altura impresa en centímetros", gt=1, le=22, validate_default=True
    )

    @property
    def origin(self) -> Text:
        """Return the program that draws it; the caption of what is given as data."""
        return self.program or self.caption

    @property
    def program(self) -> Text | None:
        """Return the file of the function that draws it, if it is drawn by one."""
        return self.plot if isinstance(self.plot, Text) else None

    @property
    def chart(self) -> Chart | None:
        """Return what it draws, if that is given as data."""
        return self.plot if isinstance(self.plot, Chart) else None

    def statements(self) -> Iterator[Statement]:
        """Yield nothing."""
        return iter(())


class ImageSource(Part):
    """A picture's file, and how it is placed."""

    image: ImageName = Field(alias="imagen", description="Archivo de figures/")
    alternative: Spoken | None = Field(None, alias="alternativa", description="Texto para quien no ve la imagen")
    width: Number | None = Field(None, alias="ancho", description="Anchura impresa en centímetros", gt=1, le=25)
    page: Integer | None = Field(None, alias="pagina", description="Página que se pone, de un archivo de varias", ge=1)


class Image(ImageSource, Figure):
    """A picture that the author brings."""

    @property
    def origin(self) -> Text:
        """Return the picture's file."""
        return self.image

    def statements(self) -> Iterator[Statement]:
        """Yield nothing."""
        return iter(())


class GalleryImage(ImageSource):
    """One of several pictures of a figure, with its letter."""

    caption: Line | None = Field(None, alias="pie", description="Lo que se lee bajo esta imagen, tras su letra")
    id: OwnId | None = Field(None, description="Identificador, para {figura:…}: «figura 3b»")


class Gallery(Figure):
    """Several pictures side by side, each with a letter."""

    images: list[GalleryImage] = Field(alias="imagenes", min_length=1, max_length=24, description="Las imágenes")
    per_row: Integer = Field(2, alias="por_fila", ge=1, le=6, description="Cuántas van en cada fila")

    @property
    def origin(self) -> Text:
        """Return the file of the first picture."""
        return self.images[0].image

    def statements(self) -> Iterator[Statement]:
        """Yield nothing."""
        return iter(())

    def lettered(self) -> Iterator[tuple[str, GalleryImage]]:
        """Yield the pictures with their letters."""
        return zip(ascii_lowercase, self.images, strict=False)


@final
class GraphFigure(Graph):
    """A graph in a file of its own."""


@final
class PlotFigure(Plot):
    """A plot in a file of its own."""


@final
class ImageFigure(Image):
    """A picture in a file of its own."""


@final
class GalleryFigure(Gallery):
    """Several pictures in a file of their own."""


AnyFigure = Graph | Plot | Image | Gallery

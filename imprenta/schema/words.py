"""The models -> their titles and descriptions in Spanish, as an editor shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from imprenta.model.algorithms import AlgorithmBlock, Step
from imprenta.model.blocks import (
    CorollaryBlock,
    DefinitionBlock,
    ExampleBlock,
    FigureBlock,
    GeneratedTable,
    LemmaBlock,
    ProofBlock,
    PropositionBlock,
    SubsectionBlock,
    TableBlock,
    TextBlock,
    TheoremBlock,
)
from imprenta.model.chart import Chart, Series
from imprenta.model.cover import Author, Cover
from imprenta.model.data import DataFile, Quantity
from imprenta.model.design import Aspect, PageSetup
from imprenta.model.equations import EquationBlock, EquationLine, EquationsBlock, SymbolMeaning
from imprenta.model.figure import (
    GalleryFigure,
    GalleryImage,
    GraphEdge,
    GraphFigure,
    GraphNode,
    Group,
    ImageFigure,
    Layout,
    PlotFigure,
    TrafficClass,
)
from imprenta.model.inclusion import IncludeBlock, IncludedSection
from imprenta.model.listings import CodeBlock, CodeFileBlock
from imprenta.model.lists import Definition, Item, ListBlock, TermsBlock
from imprenta.model.measurements import Measurement, Measurements
from imprenta.model.notices import NoteBlock, NoticeBlock, TipBlock, WarningBlock
from imprenta.model.own_figures import GalleryBlock, GraphBlock, ImageBlock, PlotBlock
from imprenta.model.report import Fragment, Report, Section
from imprenta.model.rubric import Demand, Range, Rubric, SubsectionsDemand, TableDemand
from imprenta.model.settings import Checking
from imprenta.model.table import Table
from imprenta.model.table_parts import Column, ColumnGroup, GroupRow, MergedCell, RepeatedRow, RowOfCells

if TYPE_CHECKING:
    from imprenta.model import Part

MODEL_WORDS: Mapping[type[Part], tuple[str, str]] = {
    Report: ("Informe", "Portada, resumen, estilo de citas y orden de las secciones"),
    Author: ("Autor", "Quien firma el informe"),
    Cover: ("Portada", "La forma de la portada, y lo que lleva además"),
    PageSetup: ("Página", "Papel, márgenes, columnas, interlineado y cuerpo de letra"),
    Aspect: ("Aspecto", "La letra del texto y el color de los títulos"),
    Section: ("Sección", "Una respuesta a un punto del encargo, o contenido libre"),
    TextBlock: ("Texto", "Párrafos, listas y fórmulas en Markdown"),
    FigureBlock: ("Figura", "El lugar de una figura"),
    TableBlock: ("Tabla", "El lugar de una tabla, escrita a mano o que sale de otros datos"),
    GeneratedTable: ("Tabla que sale de otros datos", "De las aristas de un grafo, o de un archivo de datos"),
    SubsectionBlock: ("Apartado", "Un subtítulo dentro de la sección, con sus bloques"),
    IncludeBlock: ("Inclusión", "El lugar de los bloques de otro archivo"),
    IncludedSection: ("Sección de otro lugar", "Una sección cuyo archivo no está en paper/secciones"),
    Fragment: ("Trozo", "Bloques que otras secciones incluyen"),
    EquationBlock: ("Ecuación", "Una fórmula aparte, con un número"),
    EquationsBlock: ("Ecuaciones", "Fórmulas una bajo otra, alineadas, cada una con su número"),
    EquationLine: ("Renglón", "Una de varias ecuaciones alineadas"),
    SymbolMeaning: ("Símbolo", "Un símbolo de una fórmula y lo que es"),
    ListBlock: ("Lista", "Elementos con letra, número, casilla o viñeta"),
    Item: ("Elemento", "Un elemento de una lista"),
    TermsBlock: ("Términos", "Términos y lo que es cada uno"),
    Definition: ("Término", "Un término y lo que es"),
    NoteBlock: ("Nota", "Un comentario en un recuadro"),
    NoticeBlock: ("Aviso", "Lo que conviene ver, en un recuadro"),
    WarningBlock: ("Advertencia", "Lo que puede salir mal, en un recuadro"),
    TipBlock: ("Consejo", "Lo que ayuda, en un recuadro"),
    TheoremBlock: ("Teorema", "Con su número, para mencionar con {teorema:…}"),
    LemmaBlock: ("Lema", "Con su número, para mencionar con {lema:…}"),
    PropositionBlock: ("Proposición", "Con su número, para mencionar con {proposicion:…}"),
    CorollaryBlock: ("Corolario", "Con su número, para mencionar con {corolario:…}"),
    DefinitionBlock: ("Definición", "Con su número, para mencionar con {definicion:…}"),
    ExampleBlock: ("Ejemplo", "Con su número, para mencionar con {ejemplo:…}"),
    ProofBlock: ("Demostración", "Acaba con su signo"),
    AlgorithmBlock: ("Algoritmo", "Pasos numerados"),
    Step: ("Paso", "Una condición, un bucle o lo que se devuelve"),
    CodeBlock: ("Código", "Código escrito en la sección"),
    CodeFileBlock: ("Código de un archivo", "Un archivo de paper/codigo, entero o unos renglones"),
    Table: ("Tabla", "Una tabla escrita a mano"),
    Column: ("Columna", "Una columna de la tabla"),
    ColumnGroup: ("Grupo de columnas", "Columnas seguidas con un encabezado común"),
    MergedCell: ("Celda unida", "Una celda que abarca varias columnas o filas"),
    GroupRow: ("Grupo de filas", "Un renglón que encabeza un grupo de filas"),
    RowOfCells: ("Fila", "Una fila con sus etiquetas"),
    RepeatedRow: ("Fila repetida", "Una fila que se escribe una vez por cada valor de sus variables"),
    DataFile: ("Datos", "Valores con su fuente, y fórmulas"),
    Quantity: ("Valor", "Un número, o una lista de ellos, con su fuente; o una fórmula de otros valores"),
    Measurements: ("Mediciones propias", "Lo que midió el autor, para citarlo con [@medicion:…]"),
    Measurement: ("Medición", "Qué se midió, cómo, con qué, cuándo, cuántas veces y dónde están los datos"),
    GraphFigure: ("Grafo", "Un dibujo de elementos y de sus comunicaciones"),
    TrafficClass: ("Clase de tráfico", "Da el trazo y el color de sus aristas, y un renglón de la leyenda"),
    Group: ("Grupo", "Un recuadro alrededor de nodos o de otros grupos"),
    GraphNode: ("Nodo", "Un elemento del dibujo"),
    GraphEdge: ("Arista", "Una comunicación: un número en el dibujo y una fila en la tabla de comunicaciones"),
    Layout: ("Disposición", "Ayudas para el trazado"),
    PlotFigure: ("Gráfica", "Una gráfica dada como datos, o que dibuja una función de figures/"),
    Chart: ("Gráfica como datos", "Líneas, puntos, barras o un histograma, de un CSV, una tabla o unos valores"),
    Series: ("Serie", "Una columna de números que se dibuja, con su nombre y sus barras de error"),
    ImageFigure: ("Imagen", "Una imagen que aporta el autor: PNG, JPEG, PDF, SVG u otra"),
    GalleryFigure: ("Imágenes", "Varias imágenes, cada una con su letra"),
    GalleryImage: ("Imagen", "Una de las imágenes de una figura, con su letra"),
    GraphBlock: ("Grafo", "Un grafo, escrito en su lugar"),
    PlotBlock: ("Gráfica", "Una gráfica, escrita en su lugar"),
    ImageBlock: ("Imagen", "Una imagen de figures/, con su pie"),
    GalleryBlock: ("Imágenes", "Varias imágenes de figures/ en una figura, cada una con su letra"),
    Checking: ("Comprobación", "Ajustes de las comprobaciones"),
    Rubric: ("Rúbrica", "Lo que exige el encargo"),
    Demand: ("Exigencia", "Una exigencia del encargo: la frase de la que sale, dónde rige y sus condiciones"),
    Range: ("Intervalo", "Un mínimo, un máximo o los dos"),
    TableDemand: ("Tabla exigida", "Lo que ha de cumplir una misma tabla"),
    SubsectionsDemand: ("Apartados exigidos", "Cuántos apartados han de tratar cada uno de unos aspectos"),
}

"""What the templates see: plain values in TeX, under Spanish names, since authors write templates too.

Values of which something is known in the place that the engine's own templates give them are `Stated`: the title of a
section is the heading that `seccion` makes of it. In a template of the author's they are TeX like any other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorView:
    """A signatory: `nombre` is the whole name; what is not given is an empty string."""

    nombre: str
    correo: str
    afiliacion: str
    orcid: str
    identificacion: tuple[tuple[str, str], ...]
    """Pairs of a label and a number."""
    llamadas: str
    """The numbers of the affiliations, which the cover lists; empty where all authors have the same."""
    enlace: str
    """What joins the name to the next one in a sentence: «, » or « y »; nothing after the last."""


@dataclass(frozen=True, slots=True)
class LogoView:
    """A picture at the head of the cover: its file beside the .tex, its height in points."""

    archivo: str
    alto: str


@dataclass(frozen=True, slots=True)
class CoverFormView:
    """The form of the cover; `pagina` tells whether it has a page of its own. `datos` are pairs of label and text."""

    forma: str
    pagina: bool
    logos: tuple[LogoView, ...]
    datos: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AbstractView:
    """A summary with its keywords, and the words over them; `lengua` is babel's name, empty for the report's own."""

    lengua: str
    titulo: str
    texto: str
    rotulo: str
    palabras_clave: str


@dataclass(frozen=True, slots=True)
class CoverView:
    """The cover and the document's own data: TeX, except for `metadatos`, which are for the PDF.

    `fecha_consulta` is the day on which every cited page was read, or empty if they were not all read on one day;
    `dia_consulta` is the one on which most were, as biber tells it, or empty; `consulta` is the sentence that says so.
    `sin_citar` is the command that lists works that the text need not cite. `sin_numero` tells that some sections have
    no number, `indices` which lists are wanted.
    """

    titulo: str
    subtitulo: str
    tipo: str
    autores: tuple[AuthorView, ...]
    afiliaciones: tuple[tuple[str, str], ...]
    curso: str
    periodo: str
    tema: str
    docente: str
    programa: str
    institucion: str
    ciudad: str
    fecha: str
    anio: str
    portada: CoverFormView
    resumenes: tuple[AbstractView, ...]
    resumen: str
    resumen_ingles: str
    palabras_clave: str
    palabras_clave_ingles: str
    anexos: bool
    sin_numero: bool
    indices: tuple[str, ...]
    estilo_citas: str
    fecha_consulta: str
    dia_consulta: str
    consulta: str
    sin_citar: str
    pagina: PageView
    metadatos: dict[str, str]


@dataclass(frozen=True, slots=True)
class PictureView:
    """One of the pictures of a figure: as a figure, with its letter, and the width in points that it has for itself.

    `etiqueta` is the TeX of its label, for after the figure's caption.
    """

    archivo: str
    ancho: str
    alto: str
    sitio: str
    letra: str
    pie: str
    alternativa: str
    etiqueta: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure: file beside the .tex, measures in points, caption in TeX, alternative text for the PDF.

    `pie_corto` is the caption's first sentence, for the list of figures. A figure without a name has no `id`. One of
    several pictures has them in `filas`, and the TeX of their labels, for after the caption, in `etiquetas`. One
    that is `ancha` stands over both columns of a page that has two.
    """

    id: str
    archivo: str
    ancho: str
    alto: str
    pie: str
    pie_corto: str
    alternativa: str
    apaisada: bool
    pagina_propia: bool
    ancha: bool
    filas: tuple[tuple[PictureView, ...], ...] = ()
    etiquetas: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section or an appendix (`clase`): title, statement of the assignment and body, all TeX.

    `abre_anexos` is what the first appendix begins with. `numerada` tells whether its title has a number.
    """

    clase: str
    abre_anexos: str
    id: str
    titulo: str
    titulo_corto: str
    enunciado: str
    cuerpo: str
    numerada: bool = True


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: title and note in TeX, the whole tabular or longtable, the command of its type size, half a gap.

    `titulo_corto` is the title without citations, for the list of tables. A table that is `larga` runs over pages and
    carries its own title. `ancho_nota` is the width of the note of a table narrower than the page, nothing otherwise.
    One that is `ancha` stands over both columns of a page that has two; a long one is `partida` there, in pieces that
    float.
    """

    id: str
    titulo: str
    titulo_corto: str
    cuerpo: str
    nota: str
    ancho_nota: str
    letra: str
    separacion: str
    larga: bool
    apaisada: bool
    ancha: bool
    partida: bool


@dataclass(frozen=True, slots=True)
class ContentsView:
    """What is listed, of what the report has and its author wants; and the works that are cited."""

    contenido: bool
    figuras: bool
    tablas: bool
    codigos: bool
    algoritmos: bool
    referencias: bool


@dataclass(frozen=True, slots=True)
class TitlesView:
    """The titles of what has no file of its own, each in its language."""

    resumen: str
    resumen_ingles: str
    referencias: str
    abreviaturas: str
    glosario: str
    palabras_clave: str
    palabras_clave_ingles: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of the glossary and its definition, TeX; `ancla` is the name of the place that its first use leads to."""

    termino: str
    definicion: str
    ancla: str


@dataclass(frozen=True, slots=True)
class PageView:
    """How the pages look: measures in centimetres, the size of letters in points, colours as RGB in hexadecimal.

    `hoja` and `entera` print nothing and go where the document begins: they tell the engine what sheet it is, and that
    no part of the document can be set alone; `seguidas`, which stands where the references follow the text on its page,
    tells that. `separacion` is the gap between two columns.
    """

    margen_interior: float
    margen_exterior: float
    margen_superior: float
    margen_inferior: float
    columnas: int
    separacion: float
    papel: str
    letra: str
    interlineado: str
    saliente: float
    """How far tables, figures and references stand out on either side of the text."""
    tipo: str
    color: str
    borrador: bool
    etiquetada: bool
    """The PDF is to have tags, for who does not see it."""
    hoja: str
    entera: str
    seguidas: str

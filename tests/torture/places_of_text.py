"""The places where an author's words stand -> how each is written, by its name in the table."""

from __future__ import annotations

from test_moving import tiny_picture

from tests.torture.pieces import (
    ENTRIES,
    REPORT,
    SECTION,
    SECTION_HEAD,
    Place,
    escape_bib,
    escape_markdown,
    framed,
    in_blocks,
    plain,
    quote,
)

TABLE = "paper/tablas/t.yaml"
SHOWN = {SECTION: f"{SECTION_HEAD}  - tabla: t\n"}
OWN = "@book{ruiz2020, author = {Ruiz, Ana}, title = {Caudales del sur}, publisher = {Universidad}, date = {2020}}\n"
REPORT_HEAD = """titulo: Prueba
autores:
  - {nombre: Ana, apellidos: Ruiz Peña}
fecha: 2026-11-23
estilo_citas: ieee
secciones: [prueba]
comprobacion:
  gravedad: {palabra-desconocida: nada, comillas-rectas: nada, puntos-suspensivos: nada}
"""
BLOCKS = {
    "párrafo": ("  - texto: @", "@"),
    "párrafo en inglés": ("  - texto: @\n    lengua: en", "@"),
    "elemento de una lista": ("  - texto: @", "- @"),
    "cita de varias líneas": ("  - texto: @", "> @"),
    "nota al pie": ("  - texto: @", "Hola[^n].\n\n[^n]: @"),
    "palabras fuertes": ("  - texto: @", "**@**"),
    "título de un apartado": ("  - apartado: @\n    contenido: [{texto: Hola.}]", "@"),
    "recuadro": ("  - nota: Hola.\n    titulo: @", "@"),
    "término": ("  - terminos:\n      - {termino: @, texto: Hola.}", "@"),
    "punto de una lista con marcas": ("  - lista:\n      - punto: @", "@"),
    "nombre de un teorema": ("  - teorema: Hola.\n    titulo: @", "@"),
    "paso de un algoritmo": ("  - algoritmo: Hola\n    pasos: [@]", "@"),
    "título de un código": ("  - codigo: hola\n    titulo: @", "@"),
}
PICTURE = {"figures/p.png": tiny_picture()}


def plain_blocks() -> list[Place]:
    """Return the places of a section that take any words."""
    found = [Place(name, in_blocks(block, inside), escape=escape_markdown) for name, (block, inside) in BLOCKS.items()]
    picture = "  - imagen: p.png\n    ancho: 1\n    alternativa: Un río\n    pie: @"
    return [*found, Place("pie de una figura", in_blocks(picture), also=PICTURE, escape=escape_markdown)]


def code_places() -> list[Place]:
    """Return the places that print what they hold as it is."""
    return [
        Place("código en un párrafo", in_blocks("  - texto: @", "`````` @ ``````")),
        Place("código", in_blocks("  - codigo: @")),
    ]


def table_places() -> list[Place]:
    """Return those of a table."""
    head = "titulo: Tabla\ncolumnas: [{titulo: A}, {titulo: B}]\nfilas:\n"
    return [Place("celda", in_blocks("  - [@, x]"), TABLE, head, also=SHOWN, escape=escape_markdown)]


def front_places() -> list[Place]:
    """Return those of the first pages, whose words go into the PDF's data too."""
    return [
        Place("palabra clave", in_blocks("  - @"), REPORT, f"{REPORT_HEAD}resumen: Hola.\npalabras_clave:\n", escape=escape_markdown, most=60),
        Place(
            "abreviatura", lambda number, words: f"  AB{number}C: {quote(framed(number, words))}\n", REPORT,
            f"{REPORT_HEAD}expandir_abreviaturas: sí\nabreviaturas:\n", escape=escape_markdown, most=60,
            also={SECTION: f"{SECTION_HEAD}  - texto: {' '.join(f'AB{number}C.' for number in range(60))}\n"},
        ),
    ]  # fmt: skip


def _entry(field: str, value: str) -> Place:
    kept = {"title": "title = {Obra}, ", "author": "author = {Ruiz, Ana}, "}
    rest = "".join(text for name, text in kept.items() if name != field)

    def write(number: int, words: str) -> str:
        inside = value.replace("@", framed(number, words))
        return f"@{KINDS.get(field, 'book')}{{e{number}, {rest}date = {{2020}}, {field} = {{{inside}}}}}\n"

    return Place(f"{field} de una obra", write, ENTRIES, OWN, escape=escape_bib, same=says_as_tex)


QUOTES = {"’": "'", "‘": "'", "`": "'", "”": '"', "“": '"', "''": '"', "–": "", "—": ""}
"""What TeX, and so a .bib, prints of quotes and hyphens, as one of each."""


def says_as_tex(typed: str, found: str) -> bool:
    """Tell whether the PDF says what a .bib has, by the conventions of TeX for quotes and dashes."""
    return _fold_quotes(typed) == _fold_quotes(found)


def _fold_quotes(words: str) -> str:
    words = plain(words)
    for sign, shown in QUOTES.items():
        words = words.replace(sign, shown)
    return words


KINDS = {"journaltitle": "article", "institution": "report", "eventtitle": "inproceedings", "booktitle": "incollection"}


def entry_places() -> list[Place]:
    """Return the fields of a .bib that are printed."""
    fields = {
        "title": "@", "author": "{@}", "note": "@", "publisher": "@", "journaltitle": "@", "series": "@",
        "booktitle": "@", "subtitle": "@",
    }  # fmt: skip
    return [_entry(field, value) for field, value in fields.items()]

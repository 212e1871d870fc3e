"""A name and a number -> one edit of a made-up report, as its author might make it: by chance, but always the same."""

from __future__ import annotations

import os
import random
import re
import struct
import zlib
from typing import TYPE_CHECKING

from large_report import Size, Words, make_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SIZE = Size(sections=4, references=16, paragraphs=4, longest_table=24)
SOURCES = ("paper", "figures", "templates")
FIELDS = (
    ("subtitulo", "Otro subtítulo"),
    ("periodo", "2026-2"),
    ("docente", "Eva Gil"),
    ("ciudad", "Cali"),
    ("palabras_clave", "[redes, costos]"),
    ("tipo", "Informe parcial"),
)
PORTADA = "\\begin{titlepage}\n\\centering{\\Huge\\VALOR{ informe.titulo }\\par}\n\\end{titlepage}\n"
SECTION = "\\section{\\VALOR{ seccion.titulo }}\\label{seccion:\\VALOR{ seccion.id }}\n\n\\VALOR{ seccion.cuerpo }\n"
SUBSECTION = "\\\\VALOR{ orden }{\\VALOR{ titulo }}\n\n\\VALOR{ cuerpo }\n"
CSV = b"sitio;nivel;caudal\n" + b"".join(f"punto {at};{at},5;{at * 37}.25\n".encode() for at in range(1, 9))
TABLE = b"""\
titulo: Medidas del r\xc3\xado
csv: medidas.csv
columnas:
  - {titulo: Sitio, columna: sitio}
  - {grupo: Medido, columnas: [{titulo: Nivel (m), columna: nivel}, {titulo: Caudal, columna: caudal, total: suma}]}
sin_fuente: Son medidas de quien lo escribe
"""
FIGURES = """\
  - texto: |
      Se ven en {figura:propia-a}, {figura:curva-propia}, {figura:flujo-propio} y {tabla:fotos}.
    sin_fuente: Son figuras de quien lo escribe
  - imagenes: [{imagen: foto.png, pie: Una, id: propia-a}, {imagen: foto.png, pie: Otra}]
    pie: Varias del montaje
    id: propia
  - grafica: {tipo: lineas, csv: medidas.csv, x: sitio, series: [nivel]}
    pie: El nivel en cada punto
    id: curva-propia
    alternativa: Sube de un punto al otro.
    alto: 4
  - nodos: {uno: {titulo: Uno, forma: rombo}, dos: {titulo: Dos}}
    aristas: [{de: uno, a: dos, rotulo: seguir}]
    pie: El flujo
    id: flujo-propio
  - tabla: fotos
"""
"""Figures that have no file of their own."""
PICTURES = b"""\
titulo: Fotos
columnas: [{titulo: Pieza}, {titulo: Foto}]
filas: [[Una, "![La pieza](foto.png)"]]
sin_fuente: Son fotos de quien lo escribe
"""
PARAGRAPH = re.compile(r"^( {8,})[A-ZÁÉÍÓÚ].*\.$", re.MULTILINE)
"""A paragraph of a section's file: a line of its own."""
LETTER = r"(?<=^ {8}[A-ZÁÉÍÓÚ][a-záéíóúñ])[aeo]|(?<=[a-z] [a-z]{3})[aeo](?= [a-z]+ )"
WORD = r"(?<= )[a-záéíóúñ]{4,}(?= )"


def start_report() -> dict[str, bytes]:
    """Return the files of the report that is edited: the made-up one, and a photograph."""
    files = {name: text.encode() for name, text in make_report(SIZE).items()}
    files["figures/foto.png"] = make_png(40, 90, 160)
    files["figures/foto.yaml"] = (
        b"pie: Fotograf\xc3\xada del montaje\nalternativa: Una mancha.\nimagen: foto.png\nancho: 4\n"
    )
    first = files["paper/secciones/seccion-01.yaml"]
    files["paper/secciones/seccion-01.yaml"] = first + b"  - figura: foto\n"
    files["paper/datos/medidas.csv"] = CSV
    files["paper/tablas/medidas.yaml"] = TABLE
    second = files["paper/secciones/seccion-02.yaml"]
    files["paper/secciones/seccion-02.yaml"] = second + b"  - tabla: medidas\n"
    files["paper/secciones/seccion-03.yaml"] += FIGURES.encode()
    files["paper/tablas/fotos.yaml"] = PICTURES
    files["references.bib"] += "".join(f"\n{write_book(f'sola{number}')}" for number in range(3)).encode()
    return files


def make_png(red: int, green: int, blue: int) -> bytes:
    """Return a picture of one colour, 8 by 6."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, green, blue)) * 8 for _ in range(6))
    head = struct.pack(">IIBBBBB", 8, 6, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Draft:
    """The author's files in a folder, and what they were before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.history: list[dict[str, bytes]] = []
        self.mended: dict[str, bytes] | None = None
        """The files before the edit that broke the paper, while it is broken."""

    def files(self) -> dict[str, bytes]:
        """Return all that the author wrote."""
        paths = [path for folder in SOURCES for path in (self.root / folder).rglob("*") if path.is_file()]
        paths = [path for path in [*paths, self.root / "references.bib"] if "__pycache__" not in path.parts]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths if path.exists()}

    def restore(self, files: Mapping[str, bytes]) -> None:
        """Make the author's files these: what is the same is not touched."""
        now = self.files()
        for name in set(now) - set(files):
            (self.root / name).unlink()
        for name, data in files.items():
            if now.get(name) != data:
                self.write(name, data)

    def write(self, name: str, data: bytes | str) -> None:
        """Save a file in place."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    def read(self, name: str) -> str:
        """Return a file's text."""
        return (self.root / name).read_text(encoding="utf-8")

    def names(self, folder: str, suffix: str = ".yaml") -> list[str]:
        """Return the files of a folder, in order."""
        found = (self.root / folder).glob(f"*{suffix}")
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def replace(
        self, chance: random.Random, name: str, pattern: str, new: Callable[[re.Match[str]], str] | str
    ) -> bool:
        """Change one of a pattern's matches in a file, which is then saved; tell whether there was one."""
        text = self.read(name)
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return False
        match = chance.choice(found)
        words = match.expand(new) if isinstance(new, str) else new(match)
        self.write(name, text[: match.start()] + words + text[match.end() :])
        return True


EDITS: dict[str, Callable[[Draft, random.Random], object]] = {}
BREAKS: dict[str, Callable[[Draft, random.Random], object]] = {}


def edit(function: Callable[[Draft, random.Random], object]) -> Callable[[Draft, random.Random], object]:
    """Add a function to the edits."""
    EDITS[function.__name__] = function
    return function


def breaking(function: Callable[[Draft, random.Random], object]) -> Callable[[Draft, random.Random], object]:
    """Add a function to the edits that leave a paper that cannot be built."""
    BREAKS[function.__name__] = function
    return function


def change_paragraph(draft: Draft, chance: random.Random, pattern: str, new: str) -> bool:
    """Change one of a pattern's matches in a paragraph of a section's."""
    name = section(draft, chance)

    def changed(match: re.Match[str]) -> str:
        found = list(re.finditer(pattern, match[0]))
        if not found:
            return match[0]
        one = chance.choice(found)
        indent = match[1]
        return match[0][: one.start()] + one.expand(new).replace("\n", f"\n{indent}") + match[0][one.end() :]

    return draft.replace(chance, name, PARAGRAPH.pattern, changed)


def section(draft: Draft, chance: random.Random) -> str:
    return chance.choice(draft.names("paper/secciones"))


def own_table(draft: Draft, chance: random.Random) -> str:
    return chance.choice(draft.names("paper/tablas"))


def graph(draft: Draft, chance: random.Random) -> str:
    return chance.choice([name for name in draft.names("figures") if "nodos:" in draft.read(name)])


def source_key(draft: Draft, chance: random.Random) -> str:
    return chance.choice(re.findall(r"^@\w+\{(\w+),", draft.read("references.bib"), re.MULTILINE))


# Words


@edit
def change_word(draft: Draft, chance: random.Random) -> object:
    new = chance.choice(["asunto", "cuaderno", "boletín", "i", "extraordinariamente"])
    return change_paragraph(draft, chance, WORD, new)


@edit
def add_sentence(draft: Draft, chance: random.Random) -> object:
    words = Words(chance).sentence()
    form = chance.choice(["[@{}]", "[véase @{}, p. 3]", "[-@{}]", "[@{}, sec. 2, que lo dice]"])
    return change_paragraph(draft, chance, r"\.$", f". {words} {form.format(source_key(draft, chance))}.")


@edit
def remove_sentence(draft: Draft, chance: random.Random) -> object:
    return change_paragraph(draft, chance, r"(?<=\. )[A-ZÁÉÍÓÚ][a-záéíóúñ, ]+\. ", "")


@edit
def add_paragraphs(draft: Draft, chance: random.Random) -> object:
    words = Words(chance)
    text = f"{words.sentence()}. {words.sentence()}. {words.sentence()} [@{source_key(draft, chance)}]."
    return change_paragraph(draft, chance, r"$", f"\n\n{text}" * chance.randint(1, 6))


@edit
def remove_paragraph(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"^ {8,}[A-ZÁÉÍÓÚ][^:^\n]*\.\n\n(?= {8,}[A-ZÁÉÍÓÚ])", "")


@edit
def add_footnote(draft: Draft, chance: random.Random) -> object:
    name, words = f"n{chance.randint(100, 999999)}", Words(chance).sentence()
    return change_paragraph(draft, chance, r"\.$", f"[^{name}].\n\n[^{name}]: {words} [@{source_key(draft, chance)}].")


@edit
def let_a_line_stand_out(draft: Draft, chance: random.Random) -> object:
    return change_paragraph(draft, chance, WORD, f"${'x' * 95}$")


@edit
def shorten_what_stands_out(draft: Draft, chance: random.Random) -> object:
    found = [name for name in draft.names("paper/secciones") if "x" * 95 in draft.read(name)]
    return bool(found) and draft.replace(chance, chance.choice(found), r"\$x{95}\$", "cosa")


@edit
def change_section_title(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"^titulo: .*$", f"titulo: {Words(chance).title()}")


@edit
def change_subtitle(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"apartado: .*$", f"apartado: {Words(chance).title()}")


@edit
def add_subsection(draft: Draft, chance: random.Random) -> object:
    words, name = Words(chance), section(draft, chance)
    text = f"  - apartado: {words.title()}\n    contenido:\n      - texto: |\n"
    draft.write(name, f"{draft.read(name)}{text}            {words.sentence()} [@{source_key(draft, chance)}].\n")
    return True


@edit
def change_question(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"^enunciado: .*$", f"enunciado: {Words(chance).sentence()}.")


@edit
def add_remission(draft: Draft, chance: random.Random) -> object:
    names = [name.rpartition("/")[2][:-5] for name in draft.names("paper/secciones")]
    words = f" Véase la {{seccion:{chance.choice(names)}}} [@{source_key(draft, chance)}]."
    return change_paragraph(draft, chance, r"$", words)


# Citations and sources


@edit
def add_citation(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"\[(@\w+)\]", rf"[\1; @{source_key(draft, chance)}]")


@edit
def remove_citation(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"; @\w+\]", "]")


@edit
def change_locator(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance, section(draft, chance), r"\[(@\w+)(, p\. \d+)?\]", rf"[\1, p. {chance.randint(1, 99)}]"
    )


@edit
def cite_in_the_sentence(draft: Draft, chance: random.Random) -> object:
    words = f". @{source_key(draft, chance)} opina lo mismo."
    return change_paragraph(draft, chance, r"(?<=\w\])\.$", words)


@edit
def change_source_title(draft: Draft, chance: random.Random) -> object:
    title = f"{Words(chance).title()} {chance.randint(1, 999)}"
    return draft.replace(chance, "references.bib", r"title        = \{.*\}", f"title        = {{{title}}}")


@edit
def change_source_author(draft: Draft, chance: random.Random) -> object:
    name = chance.choice(["Zurita, Ana", "Abad, Luis", "Mena, Eva and Gil, Noé", "Ávila, Íñigo"])
    return draft.replace(chance, "references.bib", r"author       = \{.*\}", f"author       = {{{name}}}")


@edit
def change_source_year(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance, "references.bib", r"date         = \{\d+\}", f"date         = {{{chance.randint(1950, 2026)}}}"
    )


@edit
def add_source(draft: Draft, chance: random.Random) -> object:
    key = f"nueva{chance.randint(1000, 999999)}"
    draft.write("references.bib", f"{draft.read('references.bib')}\n{write_book(key)}")
    if chance.random() < 0.7:
        draft.replace(chance, section(draft, chance), r"\[(@\w+)\]", rf"[\1; @{key}]")
    return True


@edit
def cite_an_uncited_source(draft: Draft, chance: random.Random) -> object:
    """Cite a work that stood in the .bib and nobody cited; without one, all but the citation is done."""
    files = {name: data.decode() for name, data in draft.files().items() if name.endswith((".yaml", ".bib"))}
    keys = re.findall(r"^@\w+\{(\w+),", files.pop("references.bib"), re.MULTILINE)
    uncited = [key for key in keys if not any(key in text for text in files.values())]
    if not uncited:
        return add_uncited_source(draft, chance)
    return draft.replace(chance, section(draft, chance), r"\[(@\w+)\]", rf"[\1; @{chance.choice(uncited)}]")


@edit
def add_uncited_source(draft: Draft, chance: random.Random) -> object:
    draft.write(
        "references.bib", f"{draft.read('references.bib')}\n{write_book(f'sola{chance.randint(1000, 999999)}')}"
    )
    return True


def write_book(key: str) -> str:
    """Return an entry of the .bib."""
    return (
        f"@book{{{key},\n  author       = {{Nuño, Eva}},\n  title        = {{Obra {key}}},\n"
        "  publisher    = {Sur},\n  date         = {2001},\n}\n"
    )


@edit
def comment_the_sources(draft: Draft, chance: random.Random) -> object:
    draft.write("references.bib", f"% nota {chance.randint(1, 99)}\n{draft.read('references.bib')}")
    return True


# Tables


@edit
def change_cell(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, own_table(draft, chance), r'(?<=, ")[a-záéíóúñ ,]+(?=",)', Words(chance).clause())


@edit
def change_number_cell(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance, own_table(draft, chance), r'"\d+,\d"', f'"{chance.randint(1, 9999)},{chance.randint(0, 9)}"'
    )


FIGURES_THERE = "  - imagenes: "
"""What tells the section that has the figures of the start."""


def section_with(draft: Draft, pattern: str) -> str:
    """Return the file of the section that has a pattern, or nothing: sections may be renamed and lost."""
    return next((name for name in draft.names("paper/secciones") if re.search(pattern, draft.read(name))), "")


@edit
def change_caption_in_its_place(draft: Draft, chance: random.Random) -> object:
    caption = rf"\1pie: {Words(chance).sentence()}"
    name = section_with(draft, FIGURES_THERE)
    return bool(name) and draft.replace(chance, name, r"^(    )pie: .*$", lambda match: match.expand(caption))


@edit
def change_pictures_in_a_row(draft: Draft, chance: random.Random) -> object:
    more = rf"\1, {{imagen: foto.png, pie: {Words(chance).sentence()}}}]"
    name = section_with(draft, FIGURES_THERE)
    return bool(name) and draft.replace(chance, name, r"(  - imagenes: .*)\]$", lambda match: match.expand(more))


@edit
def change_chart(draft: Draft, chance: random.Random) -> object:
    kind = f"tipo: {chance.choice(['lineas', 'puntos', 'barras'])}"
    name = section_with(draft, FIGURES_THERE)
    return bool(name) and draft.replace(chance, name, r"tipo: \w+", kind)


@edit
def change_word_on_arrow(draft: Draft, chance: random.Random) -> object:
    word = f"rotulo: {chance.choice(['seguir', 'parar', 'volver', 'sí', 'no'])}"
    name = section_with(draft, FIGURES_THERE)
    return bool(name) and draft.replace(chance, name, r"rotulo: \w+", word)


@edit
def change_csv_cell(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, "paper/datos/medidas.csv", r"\d+\.25$", f"{chance.randint(0, 99999)}.25")


@edit
def add_rows(draft: Draft, chance: random.Random) -> object:
    words, name = Words(chance), own_table(draft, chance)
    rows = [
        f'  - ["Otra fila {chance.randint(100, 99999)}", "{words.clause()}", "{chance.randint(1, 9)},5",'
        f' "[@{source_key(draft, chance)}]"]\n'
        for _ in range(chance.randint(1, 8))
    ]  # fmt: skip
    return draft.replace(chance, name, r"^  - \[.*\]\n", rf"\g<0>{''.join(rows)}")


@edit
def remove_row(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, own_table(draft, chance), r"(?<=\]\n)^  - \[.*\]\n", "")


@edit
def change_table_title(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, own_table(draft, chance), r"^titulo: .*$", f"titulo: {Words(chance).title()}")


@edit
def change_column(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance, own_table(draft, chance), r"ancho: [\d.]+", f"ancho: {chance.choice(['1', '1.5', '2', '3'])}"
    )


@edit
def change_table_setting(draft: Draft, chance: random.Random) -> object:
    name = own_table(draft, chance)
    text = re.sub(r"^(letra|apaisada|nota): .*\n", "", draft.read(name), flags=re.MULTILINE)
    setting = chance.choice(["letra: pequena\n", "letra: minima\n", "apaisada: sí\n", "nota: Precios de mayo.\n", ""])
    draft.write(name, text + setting)
    return True


# Prices


@edit
def change_price(draft: Draft, chance: random.Random) -> object:
    name = chance.choice(draft.names("paper/datos"))
    return draft.replace(chance, name, r"(hora: .*valor: )[\d.]+", rf"\g<1>{chance.randint(1, 900) / 1000:.3f}")


@edit
def change_series(draft: Draft, chance: random.Random) -> object:
    name = next(name for name in draft.names("paper/datos") if "serie:" in draft.read(name))
    return draft.replace(chance, name, r"(?<=[\[ ])\d+\.\d(?=[,\]])", f"{chance.randint(20, 400)}.5")


@edit
def change_decimals(draft: Draft, chance: random.Random) -> object:
    name = chance.choice(draft.names("paper/datos"))
    return draft.replace(chance, name, r"decimales: \d", f"decimales: {chance.randint(1, 4)}")


@edit
def change_concept(draft: Draft, chance: random.Random) -> object:
    name = chance.choice(draft.names("paper/datos"))
    return draft.replace(chance, name, r"concepto: [^,]+,", f"concepto: {Words(chance).title()},")


# Figures


@edit
def change_node(draft: Draft, chance: random.Random) -> object:
    word = chance.choice(["Puerta", "Almacén de datos", "Cola"])
    return draft.replace(
        chance, graph(draft, chance), r"(n\d: \{titulo: )[^,}]+", rf"\g<1>{word} {chance.randint(1, 99)}"
    )


@edit
def add_node(draft: Draft, chance: random.Random) -> object:
    name, node = graph(draft, chance), f"otro{chance.randint(1, 99999)}"
    edge = f"  - {{de: n1, a: {node}, clase: datos, protocolo: HTTP, citas: [{source_key(draft, chance)}]}}\n"
    text = draft.read(name).replace("aristas:\n", f"  {node}: {{titulo: Nodo nuevo}}\naristas:\n", 1)
    draft.write(name, text + edge)
    return True


@edit
def remove_edge(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, graph(draft, chance), r"(?<=\}\n)^  - \{de: .*\}\n", "")


@edit
def change_edge(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, graph(draft, chance), r"\d+/tcp", f"{chance.randint(1024, 9999)}/tcp")


@edit
def change_class(draft: Draft, chance: random.Random) -> object:
    colour = chance.choice(["rojo", "verde", "morado", "negro"])
    return draft.replace(chance, graph(draft, chance), r"color: \w+", f"color: {colour}")


@edit
def change_caption(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, chance.choice(draft.names("figures")), r"^pie: .*$", f"pie: {Words(chance).title()}")


@edit
def change_alternative(draft: Draft, chance: random.Random) -> object:
    draft.replace(chance, "figures/foto.yaml", r"^alternativa: .*$", f"alternativa: {Words(chance).sentence()}.")
    return True


@edit
def change_plot_program(draft: Draft, chance: random.Random) -> object:
    name = draft.names("figures", ".py")[0]
    return draft.replace(chance, name, r'marker="."', f'marker="{chance.choice("os^Dvx")}"')


@edit
def change_photograph(draft: Draft, chance: random.Random) -> object:
    draft.write("figures/foto.png", make_png(*(chance.randint(0, 255) for _ in range(3))))
    return True


@edit
def change_photograph_width(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, "figures/foto.yaml", r"ancho: \d+", f"ancho: {chance.randint(2, 12)}")


# Settings and templates


@edit
def change_report_title(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, "paper/informe.yaml", r"^titulo: .*$", f"titulo: {Words(chance).title()}")


@edit
def change_report_field(draft: Draft, chance: random.Random) -> object:
    name, value = chance.choice(FIELDS)
    text = draft.read("paper/informe.yaml")
    without = re.sub(rf"^{name}: .*\n", "", text, flags=re.MULTILINE)
    draft.write("paper/informe.yaml", without if without != text else f"{name}: {value}\n{text}")
    return True


@edit
def change_date(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance, "paper/informe.yaml", r"^fecha: .*$", f"fecha: 2026-1{chance.randint(0, 2)}-{chance.randint(10, 28)}"
    )


@edit
def change_abstract(draft: Draft, chance: random.Random) -> object:
    words = Words(chance)
    text = " ".join(words.sentence() + "." for _ in range(chance.randint(1, 30)))
    return draft.replace(chance, "paper/informe.yaml", r"(?<=^resumen: \|\n).*\n", f"  {text}\n")


NEXT_STYLE = {"ieee": "vancouver", "vancouver": "apa", "apa": "chicago", "chicago": "ieee"}


@edit
def change_citation_style(draft: Draft, chance: random.Random) -> object:
    return draft.replace(
        chance,
        "paper/informe.yaml",
        r"estilo_citas: \w+",
        lambda match: "estilo_citas: " + NEXT_STYLE[match[0].split()[-1]],
    )


@edit
def shuffle_sections(draft: Draft, chance: random.Random) -> object:
    def shuffled(match: re.Match[str]) -> str:
        names = match[1].split(", ")
        chance.shuffle(names)
        return f"secciones: [{', '.join(names)}]"

    return draft.replace(chance, "paper/informe.yaml", r"secciones: \[(.*)\]", shuffled)


@edit
def change_weight(draft: Draft, chance: random.Random) -> object:
    text = re.sub(r"^comprobacion:\n.*\n", "", draft.read("paper/informe.yaml"), flags=re.MULTILINE)
    code = chance.choice(["entrada-sin-citar", "linea-desbordada", "palabra-desconocida"])
    more = f"comprobacion:\n  gravedad: {{{code}: nada}}\n" if chance.random() < 0.7 else ""
    draft.write("paper/informe.yaml", text + more)
    return True


@edit
def change_vocabulary(draft: Draft, chance: random.Random) -> object:
    draft.write("paper/vocabulario.txt", chance.choice(["", "asunto\n", "zzyzx\n", "# nada\n"]))
    return True


@edit
def write_cover(draft: Draft, chance: random.Random) -> object:
    size = chance.choice(["Huge", "Large", "small"])
    draft.write("templates/portada.tex.j2", PORTADA.replace("Huge", size))
    return True


@edit
def write_section_template(draft: Draft, chance: random.Random) -> object:
    draft.write("templates/seccion.tex.j2", SECTION.replace("\n\n", f"\n\nMuestra {chance.randint(1, 99)}.\n\n"))
    return True


@edit
def write_subsection_template(draft: Draft, chance: random.Random) -> object:
    draft.write("templates/apartado.tex.j2", SUBSECTION.replace("\n\n", f"\n\nApartado {chance.randint(1, 99)}.\n\n"))
    return True


@edit
def write_preamble(draft: Draft, chance: random.Random) -> object:
    """The author's own preamble: the engine's, with other colours or other type."""
    from imprenta.workspace import ENGINE_ROOT

    text = (ENGINE_ROOT / "templates/preambulo.tex.j2").read_text(encoding="utf-8")
    old, new = chance.choice(
        [
            ("1F3A5F", "5F1F3A"),
            ("11pt", "10pt"),
            ("plus .15\\baselineskip", "plus .1\\baselineskip"),
            ("tocdepth}{2}", "tocdepth}{1}"),
        ]
    )
    draft.write("templates/preambulo.tex.j2", text.replace(old, new))
    return True


@edit
def remove_template(draft: Draft, chance: random.Random) -> object:
    names = draft.names("templates", ".j2")
    if names:
        (draft.root / chance.choice(names)).unlink()
    return bool(names)


# Deletions and other names


@edit
def rename_table(draft: Draft, chance: random.Random) -> object:
    old, new = own_table(draft, chance), f"tabla-{chance.randint(1000, 99999)}"
    return _rename(draft, old, f"paper/tablas/{new}.yaml", "tabla")


@edit
def rename_figure(draft: Draft, chance: random.Random) -> object:
    old = graph(draft, chance)
    new = f"dibujo-{chance.randint(1000, 99999)}"
    return _rename(draft, old, f"figures/{new}.yaml", "figura")


def _rename(draft: Draft, old: str, new: str, kind: str) -> bool:
    before, after = (name.rpartition("/")[2].removesuffix(".yaml") for name in (old, new))
    os.rename(draft.root / old, draft.root / new)
    for name in draft.names("paper/secciones"):
        text = re.sub(
            rf"(\b{kind}: |\b{kind}:|comunicaciones: |comunicaciones-){before}\b", rf"\g<1>{after}", draft.read(name)
        )
        if text != draft.read(name):
            draft.write(name, text)
    return True


@edit
def rename_section(draft: Draft, chance: random.Random) -> object:
    old, new = section(draft, chance), f"seccion-{chance.randint(1000, 99999)}"
    before = old.rpartition("/")[2].removesuffix(".yaml")
    os.rename(draft.root / old, draft.root / f"paper/secciones/{new}.yaml")
    for name in ["paper/informe.yaml", *draft.names("paper/secciones")]:
        if before in draft.read(name):
            draft.write(name, draft.read(name).replace(before, new))
    return True


@edit
def rename_plot_program(draft: Draft, chance: random.Random) -> object:
    old, new = draft.names("figures", ".py")[0], f"serie_{chance.randint(1, 9999)}.py"
    os.rename(draft.root / old, draft.root / "figures" / new)
    for name in draft.names("figures"):
        draft.replace(chance, name, r"grafica: .*\.py", f"grafica: {new}")
    return True


@edit
def remove_table(draft: Draft, chance: random.Random) -> object:
    name = own_table(draft, chance)
    if len(draft.names("paper/tablas")) < 3:
        return False
    id = name.rpartition("/")[2].removesuffix(".yaml")
    (draft.root / name).unlink()
    for place in draft.names("paper/secciones"):
        text = re.sub(
            rf"^ +- tabla: {id}\n| Lo detalla la \{{tabla:{id}\}}\.", "", draft.read(place), flags=re.MULTILINE
        )
        if text != draft.read(place):
            draft.write(place, text)
    return True


# Ways of saving


@edit
def touch(draft: Draft, chance: random.Random) -> object:
    os.utime(draft.root / chance.choice(sorted(draft.files())))
    return True


@edit
def change_letter(draft: Draft, chance: random.Random) -> object:
    name = section(draft, chance)
    return draft.replace(chance, name, LETTER, lambda match: {"a": "o", "e": "a", "o": "e"}[match[0]])


@edit
def set_clock_back(draft: Draft, chance: random.Random) -> object:
    name = section(draft, chance)
    done = draft.replace(chance, name, LETTER, lambda match: {"a": "o", "e": "a", "o": "e"}[match[0]])
    os.utime(draft.root / name, (1_600_000_000, 1_600_000_000))
    return done


@edit
def change_a_letter_and_keep_the_time(draft: Draft, chance: random.Random) -> object:
    """The same size and the same time as before: as tools do that keep time stamps."""
    name = section(draft, chance)
    before = os.stat(draft.root / name)
    done = draft.replace(chance, name, LETTER, lambda match: {"a": "o", "e": "a", "o": "e"}[match[0]])
    os.utime(draft.root / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    return done


@edit
def save_over(draft: Draft, chance: random.Random) -> object:
    """As vim and `sed -i` save: a new file takes the place of the old one."""
    name = section(draft, chance)
    path = draft.root / name
    text = re.sub(r" (la|las) ", lambda match: f" {match[1]} ", draft.read(name), count=1)
    text = text.replace(" y ", ", y ", 1) if chance.random() < 0.5 else text.replace(", y ", " y ", 1)
    path.with_suffix(".nuevo").write_text(text, encoding="utf-8")
    os.replace(path.with_suffix(".nuevo"), path)
    return True


@edit
def undo(draft: Draft, chance: random.Random) -> object:
    """Return to how things stood some edits ago."""
    if not draft.history:
        return False
    draft.restore(draft.history[-chance.randint(1, min(6, len(draft.history)))])
    return True


# What breaks a paper


@breaking
def cite_what_is_not_there(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"\[(@\w+)\]", r"[\1; @nadie1999]")


@breaking
def forget_a_colon(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, section(draft, chance), r"^titulo: ", "titulo ")


@breaking
def forget_a_comma_in_the_sources(draft: Draft, chance: random.Random) -> object:
    return draft.replace(chance, "references.bib", r"\},\n  title", "}\n  title")


@breaking
def write_wrong_latex(draft: Draft, chance: random.Random) -> object:
    draft.write("templates/portada.tex.j2", f"\\nohay{{{chance.randint(1, 9)}}}\n")
    return True


@breaking
def write_wrong_template(draft: Draft, chance: random.Random) -> object:
    draft.write("templates/portada.tex.j2", f"\\VALOR{{ informe.titulos{chance.randint(1, 9)} }}\n")
    return True


@breaking
def break_the_plot(draft: Draft, chance: random.Random) -> object:
    name = draft.names("figures", ".py")[0]
    return draft.replace(chance, name, r"^    ejes\.plot", "    ejes.plotea")


@breaking
def delete_a_file(draft: Draft, chance: random.Random) -> object:
    needed = ["figures/foto.png", "references.bib", *draft.names("paper/datos"), *draft.names("figures", ".py")]
    (draft.root / chance.choice(needed)).unlink()
    return True


KINDS = {
    "una palabra": ["change_word"],
    "una celda": ["change_cell", "change_number_cell", "change_csv_cell"],
    "un título": ["change_section_title", "change_subtitle"],
    "una cita de una obra ya citada": ["add_citation"],
    "una cita de una obra sin citar": ["cite_an_uncited_source"],
    "un nodo": ["change_node"],
    "un precio": ["change_price"],
    "un párrafo que mueve páginas": ["add_paragraphs", "remove_paragraph"],
    "un campo del .bib": ["change_source_title", "change_source_author", "change_source_year"],
    "una plantilla": ["write_section_template", "write_subsection_template", "write_cover", "write_preamble"],
}
"""The ten kinds of edit whose speed is measured, and what each is here."""

SMALL = (
    "add_citation add_footnote add_remission add_sentence change_alternative change_block change_cell change_class"
    " change_code change_letter"
    " change_price change_price change_price"
    " change_locator change_node change_number_cell change_photograph change_question change_source_year change_word"
    " let_a_line_stand_out remove_citation remove_sentence save_over shorten_what_stands_out undo"
).split()
"""Edits after which most pages stay as they were."""

DRAWN = (
    "change_chart change_class change_edge change_letter change_node change_photograph change_plot_program change_price"
    " change_series remove_edge undo"
).split()
"""Edits after which figures are drawn otherwise."""


def apply(draft: Draft, name: str, number: int) -> None:
    """Make one edit; a broken paper is mended first, as often as not."""
    chance = random.Random(number)
    if draft.mended is not None and chance.random() < 0.6:
        mend(draft)
    before = draft.files()
    if name in BREAKS:
        BREAKS[name](draft, chance)
        draft.mended = draft.mended if draft.mended is not None else before
        return
    if draft.mended is not None:
        return  # other edits wait until the paper is mended
    EDITS[name](draft, chance)
    draft.history.append(before)


def mend(draft: Draft) -> None:
    """Make a broken paper good again."""
    if draft.mended is not None:
        draft.restore(draft.mended)
        draft.mended = None

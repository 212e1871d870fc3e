"""Every construct in every place that LaTeX carries elsewhere: contents, lists, running heads, outline, metadata."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from laws import build_text, lay_case, write_files
from reading import read_info, read_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSTRUCTS = {
    # as typed -> what the outline and the metadata say
    "cita": ("Caudal uno [@ruiz2020]", "Caudal uno"),
    "citas": ("Caudal dos [@ruiz2020; @paz2021]", "Caudal dos"),
    "pagina": ("Caudal tres [@ruiz2020, sec. 4] del sur", "Caudal tres del sur"),
    "mencion": ("Lo que dice @ruiz2020", "Lo que dice Ruiz"),
    "mencion-de-dos": ("Lo que dice @paz2021 hoy", "Lo que dice Paz y Peña hoy"),
    "enlace": ("El [enlace raro](https://example.org/a_b%20c~d?e=1&f=2#g)", "El enlace raro"),
    "direccion": ("En <https://example.org/a_b%20c#d>", "En https://example.org/a_b%20c#d"),
    "formula": (r"La masa $m_1 = \frac{a}{b} + x^2$ total", "La masa m₁ = a/b + x² total"),
    "corchetes": ("El intervalo $[0, 1]$ y $a = b$", "El intervalo [0, 1] y a = b"),
    "codigo": ("La orden `rm -rf a_b %d # {x} ~`", "La orden rm -rf a_b %d # {x} ~"),
    "referencia": ("Según la {figura:f-cita} y la {tabla:t-cita}", "Según la figura 1 y la tabla 1"),
    "valor": ("Cuesta {= d.precio} pesos", "Cuesta 1234,5 pesos"),
    "fuentes": ("Un precio {fuentes: d.precio}", "Un precio"),
    "enfasis": ("Todo *muy **claro** aquí*", "Todo muy claro aquí"),
    "comillas": ("El «río» y el \"mar\" o 'lago'", "El «río» y el \"mar\" o 'lago'"),
    "signos": (r"A&B 50 % a_b #1 ~c ^d {e} \[f\] 2^3", "A&B 50 % a_b #1 ~c ^d {e} [f] 2^3"),
    "raros": ("De α a Ω: 5 ≤ 6 − 1 → ½ de H₂O", "De α a Ω: 5 ≤ 6 − 1 → ½ de H₂O"),
    "igual": ("a = b, toc = c", "a = b, toc = c"),
}
SHOWN = {
    "direccion": "example.org",
    "formula": "La masa m1 = ab + x2 total",
    "raros": "De α a Ω: 5 ≤ 6 − 1 → ½ de",
}
"""What pdftotext makes of the contents and lists where it is not what was typed."""
SPOKEN = [name for name, (typed, _) in CONSTRUCTS.items() if "@" not in typed and "fuentes" not in typed]
"""An alternative text cites nothing."""
OUTLINED = 3
"""So many levels of headings are in the outline; the contents have one less."""
LISTS = ("Índice", "Índice de figuras", "Índice de tablas")
"""What the outline has besides headings, the last two with what they list."""

BIBLIOGRAPHY = r"""
@book{ruiz2020, author = {Ruiz, Ana}, title = {Caudales}, publisher = {Universidad}, date = {2020}}
@book{paz2021, author = {Paz, Luis and Pe{\~n}a, Eva}, title = {Ríos}, publisher = {Universidad}, date = {2021}}
"""
QUANTITIES = """titulo: Datos
valores:
  precio: {concepto: Precio, valor: 1234.5, decimales: 1, unidad: pesos, citas: [ruiz2020]}
"""


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def tiny_picture() -> bytes:
    """Return a grey PNG of 8 × 4 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x90" * 8 for _ in range(4))
    head = struct.pack(">IIBBBBB", 8, 4, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write_report(folder: Path, style: str) -> Path:
    """Write a report with each construct in each place; the metadata hold several of them."""
    lay_case("", folder)
    names = list(CONSTRUCTS)
    typed = {name: typed for name, (typed, _) in CONSTRUCTS.items()}
    files: dict[str, str | bytes] = {"references.bib": BIBLIOGRAPHY, "figures/p.png": tiny_picture()}
    sections = [f"s{number}" for number in range(len(names))]
    for section, name in zip(sections, names, strict=True):
        title = quote(typed[name])
        nested = f"""
  - apartado: {title}
    contenido:
      - texto: Hola [@ruiz2020].
      - apartado: {title}
        contenido:
          - texto: Hola [@ruiz2020].
          - apartado: {title}
            contenido:
              - texto: Hola [@ruiz2020] en la {{figura:f-{name}}} y la {{tabla:t-{name}}}.
"""
        files[f"paper/secciones/{section}.yaml"] = (
            f"titulo: {title}\ncontenido:\n  - texto: Hola.\n  - figura: f-{name}\n  - tabla: t-{name}{nested}"
        )
        files[f"paper/tablas/t-{name}.yaml"] = (
            f"titulo: {title}\ncolumnas:\n  - titulo: A\n  - titulo: B\nfilas:\n  - [uno, dos]\n"
        )
        alternative = quote(typed[name] if name in SPOKEN else "Nada")
        files[f"figures/f-{name}.yaml"] = (
            f"pie: {quote(typed[name] + '. Segunda frase')}\nalternativa: {alternative}\nimagen: p.png\nancho: 2\n"
        )
    files["paper/datos/d.yaml"] = QUANTITIES
    title = " y ".join(typed[name] for name in ("signos", "formula", "codigo", "enlace", "mencion", "cita", "valor"))
    files["paper/informe.yaml"] = f"""titulo: {quote(title)}
tema: {quote(typed["raros"] + " " + typed["referencia"])}
palabras_clave: [{quote(typed["signos"])}, {quote(typed["formula"])}]
autores:
  - {{nombre: Ana, apellidos: Ruiz Peña}}
fecha: 2026-11-23
estilo_citas: {style}
secciones: [{", ".join(sections)}]
comprobacion:
  gravedad: {{palabra-desconocida: nada, comillas-rectas: nada, puntos-suspensivos: nada}}
"""
    (folder / "paper/secciones/prueba.yaml").unlink()
    return write_files(folder, files)


def outline_of(pdf: Path) -> list[str]:
    """Return what the entry of each heading in the outline says, without its number, in the order of the page."""
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        return [*_walk([item for item in outline.root if item.title not in LISTS])]


def outlined_lists(pdf: Path) -> list[list[str]]:
    """Return what the outline has below the list of figures and below that of tables."""
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root if item.title in LISTS] == [*LISTS]
        return [[*_walk(item.children)] for item in outline.root if item.title in LISTS[1:]]


def _walk(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield unicodedata.normalize("NFC", re.sub(r"^[\d.]+ ", "", item.title))
        yield from _walk(list(item.children))


def addresses_of(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {
            str(annotation.A.URI)
            for page in opened.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation and "/URI" in annotation.A
        }


def alternatives_of(pdf: Path) -> str:
    raw = read_objects(pdf).decode("latin-1")
    return "\n".join(bytes.fromhex(match).decode("utf-16") for match in re.findall(r"/Alt ?<([0-9A-Fa-f]+)>", raw))


@pytest.mark.tex
@pytest.mark.parametrize("style", ["ieee", pytest.param("apa", marks=pytest.mark.proof)])
def test_whatever_a_title_holds_reads_alike_wherever_it_is_carried(style: str, tmp_path: Path) -> None:
    folder = write_report(tmp_path, style)
    said = build_text(folder)
    pdf = folder / "build/informe.pdf"
    wanted = [words for _, words in CONSTRUCTS.values() for _ in range(OUTLINED)]
    assert [title for title in outline_of(pdf) if title != "Referencias"] == wanted
    figures, tables = outlined_lists(pdf)
    # What the lists' own files hold of a formula is TeX: the outline has its letters, without their places.
    listed = {name: words for name, (_, words) in CONSTRUCTS.items()} | {"formula": SHOWN["formula"]}
    assert tables == [*listed.values()]
    assert all(map(str.startswith, figures, tables))  # «c.» ends no sentence
    assert len(figures) == len(tables)
    contents = said[said.index("Índice") : said.index("Hola")]
    for name, (_, words) in CONSTRUCTS.items():
        shown = SHOWN.get(name, words)
        # a section, its subsection, the figure and the table; the third level has no entry
        assert contents.count(shown) >= 4, (shown, contents)
    assert addresses_of(pdf) >= {"https://example.org/a_b%20c~d?e=1&f=2#g", "https://example.org/a_b%20c#d"}
    assert not any("protect" in address for address in addresses_of(pdf))
    for name in SPOKEN:
        assert CONSTRUCTS[name][1] in alternatives_of(pdf)
    info = read_info(pdf)
    assert info["Title"] == " y ".join(
        CONSTRUCTS[name][1] for name in ("signos", "formula", "codigo", "enlace", "mencion", "cita", "valor")
    )
    assert info["Subject"] == f"{CONSTRUCTS['raros'][1]} {CONSTRUCTS['referencia'][1]}"
    assert info["Keywords"] == f"{CONSTRUCTS['signos'][1]}, {CONSTRUCTS['formula'][1]}"


@pytest.mark.tex
def test_the_known_cases_are_listed_and_carried_as_they_read(tmp_path: Path) -> None:
    folder = lay_case("moving/known", tmp_path)
    said = build_text(folder)
    listed = re.sub(r"(?: \.)+", "", said[said.index("Índice de figuras") : said.index("Hola")])
    captions = (
        "Comparación de Swarm vs. Kubernetes en 2019",
        "Muestra de la EPS núm. 3 y del Dr. Pérez",
        "Código a. b y cursiva. Más texto",
        "Fórmula f (x).g y enlace a. b",
        "Versión 1.13 de Docker",
        "¿Qué es? Respuesta",
        "Fig. 3 de la obra p. ej. de Rust",
        "EE. UU. y Colombia",
        "Según y",
    )
    assert all(words in listed for words in captions), listed
    assert "Segunda" not in listed
    assert addresses_of(folder / "build/informe.pdf") >= {"https://example.org/a_b%20c#d", "https://x.org"}
    assert outline_of(folder / "build/informe.pdf")[:3] == [
        "Arquitectura de Docker Swarm y de Kubernetes en varios nodos",
        "El caudal",
        "Un enlace",
    ]


@pytest.mark.tex
@pytest.mark.proof
def test_the_known_cases_are_the_same_in_the_plain_way(tmp_path: Path) -> None:
    folder = lay_case("moving/known", tmp_path)
    said = build_text(folder)
    assert build_text(folder, "--plain") == said

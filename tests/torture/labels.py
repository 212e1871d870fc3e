"""Labels of drawings with whatever Graphviz, HTML and TeX take for orders -> printed as they are typed."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from tests.torture.pieces import Piece, Place, codes_of, escape_markdown, in_blocks, press
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

GRAPH = """  - nodos:
      a: {titulo: Uno}
      b: {titulo: Dos}
    aristas:
      - {de: a, a: b, descripcion: Va}
    pie: Hola
    descripcion: Hola"""
CHART = """  - grafica:
      tipo: barras
      valores:
        uno: [Sur, Norte]
        dos: [1, 2]
      x: uno
      series: [{y: dos}]
      etiqueta_x: Sitio
      etiqueta_y: Caudal
    pie: Hola
    alternativa: Hola"""


def _in(block: str, old: str, new: str) -> Place:
    assert old in block
    return Place("", in_blocks(block.replace(old, new)))


PLACES = {
    "nodo": _in(GRAPH, "Uno", "@"),
    "rótulo de una arista": _in(GRAPH, "descripcion: Va", "rotulo: @, descripcion: Va"),
    "recuadro": _in(
        GRAPH.replace("{titulo: Uno}", "{titulo: Uno, grupo: g}"), "    pie:", "    grupos: {g: {titulo: @}}\n    pie:"
    ),
    "clase de la leyenda": _in(
        GRAPH.replace("descripcion: Va", "clase: c, descripcion: Va"), "    pie:", "    clases: {c: {titulo: @}}\n    pie:"
    ),
    "eje de una gráfica": _in(CHART, "Caudal", "@"),
    "categoría de una gráfica": _in(CHART, "[Sur, Norte]", "[@, Norte]"),
    "serie de una gráfica": _in(CHART, "[{y: dos}]", "[{y: dos, titulo: @}, {y: dos, titulo: Otra}]"),
}  # fmt: skip


def find_labels() -> list[str]:
    """Return what could be taken for an order."""
    letters = [*string.ascii_letters, *string.digits, *string.punctuation]
    found = [f"C:\\{letter}" for letter in letters]
    found += [f"a{sign}{sign}b" for sign in string.punctuation] + [f"{sign}a" for sign in string.punctuation]
    found += [
        "<b>x</b>", "&amp;", "&lt;", "&#65;", "&#x41;", "&nada;", "<br/>", "<TABLE>", "]]>", "<!-- x -->", "{a|b}",
        "$x$", "$\\alpha$", "\\frac{a}{b}", "%d %s", "#{x}", "{{ x }}", "^2_3", "$$", "a$b", "$1 y $2", "\\mathdefault{x}",
        "→ ≤ α ½", "ñandú", "“x”", "a\u00a0b", "x\u0301", "--", "...", "A_b^c", "'x'", '"x"', "`x`", "__x__", "*x*",
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each place."""
    for name, place in PLACES.items():
        trials = Trials(name)
        pieces = [Piece(escape_markdown(text), text) for text in effort.some(find_labels(), least=8)]
        trials.remark = codes_of(press(place, pieces, trials, effort.scratch("rotulos")))
        yield trials.row()

"""The report in which every kind of fact stands, and its .tex as `render` makes it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.pipeline.drawings import _expect, order_drawings
from imprenta.pipeline.explaining import find_explained
from imprenta.pipeline.loading import load_report
from imprenta.pipeline.names import name_parts
from imprenta.pipeline.rendering import render_report
from imprenta.pipeline.scope import report_scope
from imprenta.pipeline.tabulation import view_tables
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from imprenta.model.document import Document
    from imprenta.model.source_map import SourceMap

CASES = Path(__file__).parents[1] / "cases"

SECTION = """titulo: Título con [nota] y *cursiva* [@ruiz2020]
contenido:
  - texto: |
      Uno[^a] y otra vez[^a], dos[^b]. Según @mora2021, así [@ruiz2020; @mora2021, sec. 2].

      Con {tabla:larga}, [@vega2022] y [@otra].

      [^a]: La nota [@ruiz2020].
      [^b]: La otra.
  - texto: |
      - un elemento
        que sigue
      - otro

      $$ x = 1 $$

      ```
      código {
      más
      ```
  - apartado: Dos
    id: dos
    contenido:
      - tabla: larga
      - apartado: "Tres: *uno*"
        contenido:
          - texto: Tres.
          - apartado: Cuatro
            id: cuatro
            contenido:
              - texto: |
                  Cuatro[^c].

                  [^c]: De cuatro.
"""
NUMBERS = ", ".join(map(str, range(1, 71)))
TABLE = f"""titulo: Una tabla larga [@vega2022]
columnas: [{{titulo: Número}}, {{titulo: Doble}}]
filas:
  - {{para: {{n: [{NUMBERS}]}}, celdas: ["Fila {{= n}}", "Dato {{= 2 * n}} [@ruiz2020]"]}}
nota: Una nota.
"""
BIBLIOGRAPHY = "".join(
    f"@book{{{key},\n  author = {{{name}, Ana}},\n  title = {{Obra {name}}},\n  date = {{2020}},{ids}\n}}\n"
    for key, name, ids in (
        ("ruiz2020", "Ruiz", ""),
        ("mora2021", "Mora", ""),
        ("vega2022", "Vega", "\n  ids = {otra},"),
    )
)


def lay_report(folder: Path) -> Path:
    """Write the report into a folder."""
    for case in ("_base", "completo"):
        shutil.copytree(CASES / case, folder, dirs_exist_ok=True)
    main = folder / "paper/informe.yaml"
    main.write_text(main.read_text().replace("[prueba, libre", "[prueba, libre, hechos"))
    (folder / "paper/secciones/hechos.yaml").write_text(SECTION)
    (folder / "paper/tablas/larga.yaml").write_text(TABLE)
    (folder / "references.bib").write_text(BIBLIOGRAPHY)
    return folder


def render(folder: Path, cache: Cache | None = None) -> Document:
    """Return the document of a report, whose figures have no size."""
    return render_mapped(folder, cache)[0]


def render_mapped(folder: Path, cache: Cache | None = None) -> tuple[Document, SourceMap]:
    """Return the document, and where each line of it comes from."""
    workspace, cache = Workspace(folder), cache or Cache()
    loaded = load_report(workspace, lambda step: None, cache)
    assert loaded.paper is not None
    assert not loaded.problems
    scope = report_scope(loaded.numbers, name_parts(loaded), find_explained(loaded.paper))
    orders = order_drawings(workspace, loaded, loaded.paper)
    figures = _expect(workspace, loaded, scope, cache, orders, dict.fromkeys(orders))
    tables = view_tables(workspace, loaded.paper, scope, cache)
    return render_report(workspace, loaded, scope, figures, tables, cache)

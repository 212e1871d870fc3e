"""The two reports that are measured -> copies to edit, and the edits: what an author changes in one save."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.large_report import Size, make_report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
NEW_SOURCE = """
@book{obra-nueva-de-la-prueba,
  author    = {Zambrano, Zoilo},
  title     = {Una obra que nadie citaba},
  publisher = {Editorial del Sur},
  date      = {2020},
}
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """One save: `new` instead of `old`, which stands once in the file."""

    name: str
    words: str
    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A report: how it is called, how its files are made, and its edits."""

    name: str
    words: str
    make: Callable[[], dict[str, bytes]]
    edits: tuple[Edit, ...]

    def write(self, folder: Path) -> None:
        """Write the report's files to an empty folder; refuse edits that do not fit it."""
        shutil.rmtree(folder, ignore_errors=True)
        files = self.make()
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for edit in self.edits:
            found = files[edit.path].decode().count(edit.old)
            if found != 1:
                raise ValueError(f"«{edit.old}» está {found} veces en {edit.path}: cámbielo en tests/bench/subjects.py")


def apply_edit(folder: Path, edit: Edit, *, undo: bool = False) -> None:
    """Save one file with the edit, or without it again."""
    path = folder / edit.path
    old, new = (edit.new, edit.old) if undo else (edit.old, edit.new)
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"«{old}» no está una vez en {path}")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _make_own() -> dict[str, bytes]:
    """Return the files of the project's own report, with one source more that nobody cites yet."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("paper", "figures")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {**files, "references.bib": (ROOT / "references.bib").read_bytes() + NEW_SOURCE.encode()}


def _make_large(factor: float) -> Callable[[], dict[str, bytes]]:
    def make() -> dict[str, bytes]:
        files = {name: text.encode() for name, text in make_report(Size.of_factor(factor)).items()}
        files["references.bib"] += NEW_SOURCE.encode()
        return files

    return make


def own_report() -> Subject:
    """Return the project's own report."""
    section = "paper/secciones/operaciones.yaml"
    edits = (
        Edit("palabra", "una palabra", section, "Automatiza el despliegue,", "Automatiza la instalación,"),
        Edit("titulo", "un título", section, "apartado: Reparto del trabajo", "apartado: Reparto de las tareas"),
        Edit("cita", "una cita de una obra ya citada", section, "de nube [@kops-readme].",
             "de nube [@kops-readme; @kops-releases]."),
        Edit("cita-nueva", "una cita de una obra sin citar", section, "de nube [@kops-readme].",
             "de nube [@kops-readme; @obra-nueva-de-la-prueba]."),
        Edit("celda", "una celda", "paper/tablas/tareas.yaml", "- - Renovar los nodos", "- - Reponer los nodos"),
        Edit("nodo", "un nodo de un grafo", "figures/swarm.yaml", "titulo: Orquestador,", "titulo: Orquestación,"),
        Edit("precio", "un precio", "paper/datos/costos.yaml", *_first_price("paper/datos/costos.yaml", "eks_hora")),
    )  # fmt: skip
    return Subject("informe", "el informe", _make_own, edits)


def _first_price(path: str, name: str) -> tuple[str, str]:
    """Return the start of the line of a value, as it is and a little dearer."""
    match = re.search(
        rf"^ +{name}:.*?valor: [\d.]+", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    if match is None:
        raise ValueError(f"{path} no tiene «{name}»: cambie tests/bench/subjects.py")
    return match[0], f"{match[0]}1"


def large_report(factor: float = 10.0) -> Subject:
    """Return the made-up report; the edits are in its middle."""
    files = make_report(Size.of_factor(factor))
    middle = max(1, round(2 * factor))
    graph = middle - 1 if middle % 4 == 0 else middle
    section, table = f"paper/secciones/seccion-{middle:02d}.yaml", f"paper/tablas/tabla-{middle:02d}-a.yaml"
    drawing, price = f"figures/grafo-{graph:02d}.yaml", f"paper/datos/precios-{middle:02d}.yaml"
    title = _found(files[section], r"apartado: .+")
    mark = _found(files[section], r"\w+ \w+ \[@\w+\]")
    known = _found(files["references.bib"], r"(?<=\{)fuente\d+")
    node = _found(files[drawing], r"n1: \{titulo: \w+ 1")
    value = _found(files[price], r"valor: \d\.\d+")
    # A noun and its verb that stand together only once.
    word = _once(files[section], r"\b(?:nodo|servicio|sistema|registro|mensaje|modelo|estado|plazo|reparto) \w+ \w+")
    edits = (
        Edit("palabra", "una palabra", section, word, f"archivo {word.partition(' ')[2]}"),
        Edit("titulo", "un título", section, title, f"{title} de prueba"),
        Edit("cita", "una cita de una obra ya citada", section, mark, f"{mark[:-1]}; @{known}]"),
        Edit("cita-nueva", "una cita de una obra sin citar", section, mark, f"{mark[:-1]}; @obra-nueva-de-la-prueba]"),
        Edit("celda", "una celda", table, "Mes completo", "Mes entero"),
        Edit("nodo", "un nodo de un grafo", drawing, node, "n1: {titulo: Inicio"),
        Edit("precio", "un precio", price, value, f"{value}1"),
    )  # fmt: skip
    return Subject("grande", f"uno {factor:g} veces mayor", _make_large(factor), edits)


def _found(text: str, pattern: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"el informe inventado no tiene «{pattern}»")
    return match[0]


def _once(text: str, pattern: str) -> str:
    """Return the first match that stands only once in the text."""
    return next(match[0] for match in re.finditer(pattern, text) if text.count(match[0]) == 1)

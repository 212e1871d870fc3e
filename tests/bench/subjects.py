"""The two reports that are measured -> copies to edit, and the edits: what an author changes in one save."""

from __future__ import annotations

import random
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


KINDS = {
    "palabra": "una palabra",
    "celda": "una celda",
    "titulo": "un título",
    "cita": "una cita más, de una obra ya citada",
    "cita-nueva": "una cita más, de una obra sin citar",
    "nodo": "un nodo de un grafo",
    "precio": "un precio",
    "parrafo": "un párrafo que mueve páginas",
    "bib": "un campo del .bib",
    "plantilla": "una plantilla propia",
}
"""The ten kinds of edit, as they are told to people."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One save: `new` instead of `old`, which stands once in the file; without `old` there was no such file."""

    name: str
    path: str
    old: str
    new: str

    @property
    def words(self) -> str:
        """What kind of edit it is."""
        return KINDS[self.name]


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
            found = files[edit.path].decode().count(edit.old) if edit.old else 1 + (edit.path in files)
            if found != 1:
                raise ValueError(f"«{edit.old}» está {found} veces en {edit.path}: cámbielo en tests/bench/subjects.py")


def apply_edit(folder: Path, edit: Edit, *, undo: bool = False) -> None:
    """Save one file with the edit, or without it again."""
    path = folder / edit.path
    if not edit.old:
        path.parent.mkdir(exist_ok=True)
        path.unlink() if undo else path.write_text(edit.new, encoding="utf-8")
        return
    old, new = (edit.new, edit.old) if undo else (edit.old, edit.new)
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"«{old}» no está una vez en {path}")
    path.write_text(text.replace(old, new), encoding="utf-8")


def swap_words(folder: Path, chance: random.Random) -> None:
    """Save one section in which a word of a paragraph gives its place to another word of it."""
    paths = [path for path in sorted(folder.glob("paper/secciones/*.yaml")) if path.stem not in FIXED]
    while True:
        path = chance.choice(paths)
        rows = path.read_text(encoding="utf-8").split("\n")
        prose = [at for at, row in enumerate(rows) if row.startswith("      ") and not re.match(r" *(- )?\w+:", row)]
        row = chance.choice(prose)
        words = list(re.finditer(r"(?<=[a-záéíóúñ] )[a-záéíóúñ]{5,12}(?= [a-z])", rows[row]))
        if len(words) > 1:
            one, other = chance.sample(words, 2)
            rows[row] = f"{rows[row][: one.start()]}{other[0]}{rows[row][one.end() :]}"
            path.write_text("\n".join(rows), encoding="utf-8")
            return


def _make_own() -> dict[str, bytes]:
    """Return the files of the project's own report, with one source more that nobody cites yet."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("paper", "figures", "experimentos")
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


PARAGRAPH = (
    "Un párrafo que antes no estaba ocupa unas cuantas líneas y empuja lo que sigue, hasta donde la página lo deja. "
    "Cada línea que entra hace bajar a las demás, y las figuras y las tablas buscan otro sitio. Lo que se citaba en "
    "una página se cita en otra, y los números de los índices cambian con ello. Quien escribe no piensa en nada de "
    "esto: guarda y mira. Lo que mira tiene que ser lo que se imprimiría, ni más ni menos, y cuanto antes"
)
FIXED = ("introduccion",)
"""Sections whose words the assignment asks for."""
OWN_TEMPLATE = "templates/seccion.tex.j2"
"""An author's own template of a section: the engine's, with some room under the heading."""


def _make_template() -> str:
    text, body = (ROOT / OWN_TEMPLATE).read_text(encoding="utf-8"), "\\VALOR{ seccion.cuerpo }"
    if text.count(body) != 1:
        raise ValueError(f"{OWN_TEMPLATE} no es como se esperaba: cambie tests/bench/subjects.py")
    return text.replace(body, f"\\bigskip\n\n{body}")


def own_report() -> Subject:
    """Return the project's own report."""
    section = "paper/secciones/operaciones.yaml"
    cited = "de nube [@kops-readme]."
    edits = (
        Edit("palabra", section, "Automatiza el despliegue,", "Automatiza la instalación,"),
        Edit("celda", "paper/tablas/tareas.yaml", "- - Renovar los nodos", "- - Reponer los nodos"),
        Edit("titulo", section, "apartado: Reparto del trabajo", "apartado: Reparto de las tareas"),
        Edit("cita", section, cited, "de nube [@kops-readme; @kops-releases]."),
        Edit("cita-nueva", section, cited, "de nube [@kops-readme; @obra-nueva-de-la-prueba]."),
        Edit("nodo", "figures/swarm.yaml", "titulo: Orquestador,", "titulo: Orquestación,"),
        Edit("precio", "paper/datos/costos.yaml", *_first_price("paper/datos/costos.yaml", "eks_hora")),
        Edit("parrafo", section, cited, f"{cited}\n\n      {PARAGRAPH} [@kops-readme].\n\n     "),
        Edit("bib", "references.bib", "{{kOps} -- {Kubernetes} Operations}", "{{kOps} -- Operations of {Kubernetes}}"),
        Edit("plantilla", OWN_TEMPLATE, "", _make_template()),
    )
    return Subject("informe", "el informe", _make_own, edits)


def _first_price(path: str, name: str) -> tuple[str, str]:
    """Return the start of the line of a value, as it is and a little dearer, with as many digits: so it is printed."""
    match = re.search(
        rf"^ +{name}:.*?valor: [\d.]+", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    if match is None:
        raise ValueError(f"{path} no tiene «{name}»: cambie tests/bench/subjects.py")
    return match[0], f"{match[0][:-1]}{(int(match[0][-1]) + 1) % 10}"


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
    key = _found(mark, r"\w+(?=\]$)")
    field = _found(files["references.bib"], rf"(?s)\{{{key},\n.*?title +=[^\n]*")
    paragraph = _found(files[section], rf"(?m)^ +.*{re.escape(mark)}.*\.$")
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip())]
    edits = (
        Edit("palabra", section, word, f"archivo {word.partition(' ')[2]}"),
        Edit("celda", table, "Mes completo", "Mes entero"),
        Edit("titulo", section, title, f"{title} de prueba"),
        Edit("cita", section, mark, f"{mark[:-1]}; @{known}]"),
        Edit("cita-nueva", section, mark, f"{mark[:-1]}; @obra-nueva-de-la-prueba]"),
        Edit("nodo", drawing, node, "n1: {titulo: Inicio"),
        Edit("precio", price, value, f"{value}1"),
        Edit("parrafo", section, paragraph, f"{paragraph}\n\n{indent}{PARAGRAPH} [@{key}]."),
        Edit("bib", "references.bib", field, f"{field.removesuffix('},')} de otro modo}},"),
        Edit("plantilla", OWN_TEMPLATE, "", _make_template()),
    )
    return Subject("grande", f"uno {factor:g} veces mayor", _make_large(factor), edits)


def _found(text: str, pattern: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"el informe inventado no tiene «{pattern}»")
    return match[0]


def _once(text: str, pattern: str) -> str:
    """Return the first match that stands only once in the text."""
    return next(match[0] for match in re.finditer(pattern, text) if text.count(match[0]) == 1)

"""A sound report -> one fault at a time, of many kinds, each at a line that is known.

A kind of fault is a pattern of a line of some files and what is made of it; the sites are drawn from all lines that
match, so nothing here depends on what the report says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROSE = r"^ {6,}(?!\w+: )[A-ZÁÉÍÓÚÑa-záéíóúñ]"
"""A line inside a block of text."""
MENTION = r"\{(figura|tabla|seccion):"
WORD = r"(?<=\w )([a-záéíóúñ]{7,})(?= )"


@dataclass(frozen=True)
class Kind:
    """A kind of fault: in which files, what of a line is changed into what, which codes tell it, how often.

    `shift` is how many lines after the changed one the fault is told: a repeated key is at its second place.
    """

    name: str
    files: str
    pattern: str
    change: str | Callable[[re.Match[str]], str]
    codes: tuple[str, ...]
    count: int = 2
    within: str = ""
    shift: int = 0


SECTIONS, TABLES, DATA = "paper/secciones/*.yaml", "paper/tablas/*.yaml", "paper/datos/*.yaml"
FIGURES, BIBLIOGRAPHY, TEMPLATES = "figures/*.yaml", "references.bib", "templates/*.tex.j2"

CHECKED = (
    Kind("clave de cita mal escrita, en el texto", SECTIONS, r"\[@([a-z]\w*-)", r"[@zz\1", ("cita-desconocida",), 4),
    Kind("clave de cita mal escrita, en una celda", TABLES, r"\[@([a-z]\w*-)", r"[@zz\1", ("cita-desconocida",), 4),
    Kind("clave de cita mal escrita, en una figura", FIGURES, r"citas: \[(\w)", r"citas: [zz\1", ("cita-desconocida",)),
    Kind("cita sin cerrar", SECTIONS, r"(\[@[\w-]+)\]\.$", r"\1.", ("cita-mal-escrita",)),
    Kind("cita que no se entiende", SECTIONS, r"\[@([\w-]+)\]", r"[@\1, @\1]", ("cita-mal-escrita",)),
    Kind("clave del YAML mal escrita", SECTIONS, r"^(\s*- )apartado:", r"\1apartdo:", ("clave-desconocida",), 2),
    Kind("clave del YAML desconocida, en una tabla", TABLES, r"^(titulo|nota|letra):", r"x\1:", ("clave-desconocida",)),
    Kind("clave del YAML desconocida, en una figura", FIGURES, r"^(\s+)(protocolo|puerto|cifrado):", r"\1x\2:",
         ("clave-desconocida",)),
    Kind("clave del YAML repetida", TABLES, r"^(titulo: .*)$", r"\1\n\1", ("clave-repetida",), shift=1),
    Kind("comillas del YAML sin cerrar", TABLES, r"^titulo: (.*)$", r'titulo: "\1', ("yaml-mal-escrito",)),
    Kind("referencia a lo que no hay", SECTIONS, MENTION, r"{\1:zz-", ("referencia-desconocida",), 4),
    Kind("referencia de otra clase", SECTIONS, MENTION, r"{cuadro:", ("referencia-mal-escrita",)),
    Kind("llave sin cerrar", SECTIONS,
         r"(\{(?:figura|tabla|seccion):[\w-]+)\}(?=[^{}]*$)", r"\1",
         ("llave-sin-cerrar",)),
    Kind("valor que no hay, en el texto", SECTIONS, r"\{= ([a-z]\w*)\.(\w+) ?\}", r"{= \1.zz\2}",
         ("valor-desconocido",)),
    Kind("valor que no hay, en una celda", TABLES, r"\{= ([a-z]\w*)\.(\w+)", r"{= \1.zz\2", ("valor-desconocido",)),
    Kind("fórmula mal escrita", DATA, r"^(\s+formula: [^\"]*)$", r"\1 +", ("formula-mal-escrita",)),
    Kind("función que no hay", DATA, r"formula: ([^\"]*)$", r"formula: redonde(\1)", ("funcion-desconocida",)),
    Kind("fila con una celda menos", TABLES, r'^(\s*- \[".*), "[^"]*"\]$', r"\1]", ("fila-desigual",)),
    Kind("número que no lo es", TABLES, r"ancho: [\d.]+", "ancho: poco", ("tipo-equivocado",)),
    Kind("palabra que no se admite", TABLES, r"alineacion: \w+", "alineacion: diestra", ("valor-no-admitido",)),
    Kind("comillas rectas", SECTIONS, WORD, r'"\1"', ("comillas-rectas",), within=PROSE),
    Kind("espacio de más", SECTIONS, WORD, r" \1", ("espacio-doble",), within=PROSE),
    Kind("palabra mal escrita", SECTIONS, WORD, r"\1qz", ("palabra-desconocida",), 4, within=PROSE),
    Kind("puntos suspensivos", SECTIONS, WORD, r"\1...", ("puntos-suspensivos",), 2, within=PROSE),
    Kind("orden de matemáticas que no hay", SECTIONS, WORD, r"\1 $\\fracc{1}{2}$", ("matematica-no-admitida",), 2,
         within=PROSE),
    Kind("matemáticas sin cerrar", SECTIONS, WORD, r"\1 $$x", ("matematica-sin-cerrar",), 2, within=PROSE),
    Kind("nota sin texto", SECTIONS, WORD, r"\1[^zz]", ("nota-sin-texto",), 2, within=PROSE),
    Kind("signo que la letra no tiene", SECTIONS, WORD, r"\1 河", ("caracter-sin-glifo",), 2, within=PROSE),
    Kind("nodo que no hay", FIGURES, r"^(\s+a: )(\w+)$", r"\1zz\2", ("nodo-desconocido",)),
    Kind("grupo que no hay", FIGURES, r"grupo: (\w+)", r"grupo: zz\1", ("grupo-desconocido",)),
    Kind("clase que no hay", FIGURES, r"^(\s+clase: )(\w+)$", r"\1zz\2", ("clase-desconocida",), 2),
    Kind("icono que no hay", FIGURES, r"icono: (\w+\.\w+\.)", r"icono: \1Zz", ("icono-desconocido",)),
    Kind("tipo de gráfica que no hay", FIGURES, r"^  tipo: (\w+)", r"  tipo: zz\1", ("valor-no-admitido",), 2),
    Kind("datos de una gráfica que no hay", FIGURES, r"^  x: (\w+)", r"  x: zz\1", ("valor-desconocido",), 2),
    Kind("campo que biblatex no conoce", BIBLIOGRAPHY, r"^  title(addon|) ", r"  titel\1 ",
         ("bib-campo-ausente", "bib-campo-desconocido"), 4),
    Kind("coma que falta", BIBLIOGRAPHY, r"^(  title .*\}),$", r"\1", ("bib-falta-coma",), shift=1),
    Kind("llave que falta", BIBLIOGRAPHY, r"^(  title .*)\},$", r"\1,", ("bib-llaves",)),
    Kind("clave repetida", BIBLIOGRAPHY, r"^@online\{.*,$", "@online{CLAVE,", ("bib-clave-repetida",)),
    Kind("tipo que no hay", BIBLIOGRAPHY, r"^@online", "@onlain", ("bib-tipo-desconocido",)),
    Kind("fecha que no existe", BIBLIOGRAPHY, r"^(  date .*\{\d{4})-\d\d-\d\d", r"\1-13-40", ("bib-fecha",)),
    Kind("dirección sin https", BIBLIOGRAPHY, r"^(  url .*\{)https://", r"\1", ("bib-url",)),
    Kind("campo repetido", BIBLIOGRAPHY, r"^(  title .*)$", r"\1\n\1", ("bib-campo-repetido",), 2, shift=1),
    Kind("texto tras el valor de un campo", BIBLIOGRAPHY, r"^(  title .*\})(,)$", r"\1 sobra\2", ("bib-sintaxis",), 2),
    Kind("variable que no hay", TEMPLATES, r"\\VALOR\{ (\w+)\.(\w+) ", r"\\VALOR{ \1.zz\2 ",
         ("variable-desconocida",), 5),
    Kind("plantilla que no hay", TEMPLATES, r'include "(\w+)"', r'include "zz\1"', ("plantilla-desconocida",)),
    Kind("condición sin cerrar", TEMPLATES, r"\\BLOQUE\{ if (\w+)\.", r"\\BLOQUE{ if (\1.", ("plantilla-mal-escrita",)),
    Kind("orden de Jinja que no hay", TEMPLATES, r"\\BLOQUE\{ if ", r"\\BLOQUE{ si ", ("plantilla-mal-escrita",)),
)  # fmt: skip
"""What `check` finds, without TeX."""

FIXED = r"^\\VALOR\{ seccion\.cuerpo \}$"
"""The line of the section's template before which LaTeX's faults are put."""

BUILT = (
    Kind("orden de LaTeX que no hay, en una plantilla", TEMPLATES, FIXED, r"\\noexiste\n\g<0>", ("latex-fallo",), 1),
    Kind("llave de LaTeX sin cerrar, en una plantilla", TEMPLATES, r"(\\section.*titulo) \}\}(\\label.*)$", r"\1 }\2",
         ("latex-fallo",), 1),
    Kind("llave de LaTeX de más, en una plantilla", TEMPLATES, FIXED, r"x}\n\g<0>", ("latex-fallo",), 1),
    Kind("entorno de LaTeX que no hay", TEMPLATES, FIXED, r"\\begin{noexiste}\n\g<0>", ("latex-fallo",), 1),
    Kind("entorno de LaTeX sin cerrar", TEMPLATES, FIXED, r"\\begin{quote}\n\g<0>", ("latex-fallo",), 1),
    Kind("número de LaTeX que falta", TEMPLATES, FIXED, r"\\setcounter{page}{x}\n\g<0>", ("latex-fallo",), 1),
    Kind("memoria de LaTeX agotada", TEMPLATES, FIXED, r"\\def\\x{a\\x}\\edef\\y{\\x}\n\g<0>", ("latex-fallo",), 1),
    Kind("signo que LaTeX no tiene", TEMPLATES, FIXED, r"河\n\g<0>", ("latex-fallo",), 1),
    Kind("archivo que LaTeX no halla", TEMPLATES, FIXED, r"\\input{noexiste}\n\g<0>", ("latex-fallo",), 1),
    Kind("cita de LaTeX a lo que no hay", TEMPLATES, FIXED, r"\\cite{nadie}\n\g<0>", ("cita-desconocida",), 1),
    Kind("referencia de LaTeX a lo que no hay", TEMPLATES, FIXED, r"\\ref{nada}\n\g<0>",
         ("referencia-sin-resolver",), 1),
    Kind("etiqueta de LaTeX repetida", TEMPLATES, FIXED, r"\\label{doble}\\label{doble}\n\g<0>",
         ("etiqueta-repetida",), 1),
    Kind("fórmula que no cabe en el renglón", SECTIONS, r"^      El caudal", f"      ${'x' * 99}$ ",
         ("linea-desbordada",), 1),
    Kind("fórmula que no cabe en la celda", TABLES, r'^  - \["Diferencia', rf'  - ["${"x" * 60}$',
         ("linea-desbordada",), 1),
    Kind("fórmula que no cabe en una tabla generada", FIGURES, r"protocolo: LoRa", f"protocolo: ${'x' * 60}$",
         ("linea-desbordada",), 1),
    Kind("programa de gráfica que no hay", FIGURES, r"^grafica: (.*)$", r"grafica: zz\1", ("archivo-ilegible",), 1),
    Kind("datos que no hay", FIGURES, r"^datos: \[(\w)", r"datos: [zz\1", ("datos-desconocidos",), 1),
    Kind("error en el programa de una gráfica", "figures/*.py", r"^    ejes\.plot", r"    ejes.plt",
         ("grafica-fallida",), 1),
    Kind("programa de una gráfica mal escrito", "figures/*.py", r"^    ejes\.plot\(", r"    ejes.plot((",
         ("grafica-fallida",), 1),
    Kind("signo que las letras de un dibujo no tienen", FIGURES, r"titulo: Arcos", "titulo: Arcos 河",
         ("letra-ausente", "caracter-sin-glifo"), 1),
)  # fmt: skip
"""What only a build finds, and what this project's report has no place for, on a small report."""

BUILT_WHOLE = (
    Kind("orden de LaTeX que no hay, en una plantilla", TEMPLATES, FIXED, r"\\noexiste\n\g<0>", ("latex-fallo",), 1),
    Kind("fórmula que no cabe en la celda", TABLES, r'^  - \["', rf'  - ["${"x" * 60}$ ', ("linea-desbordada",), 1),
)
"""What only a build finds, on the whole report."""


@dataclass(frozen=True)
class Fault:
    """One fault: a file's new text, and the line at which it has to be told."""

    kind: Kind
    path: str
    line: int
    text: str


def plant(root: Path, kinds: tuple[Kind, ...], seed: int) -> Iterator[Fault]:
    """Yield faults of all kinds in the files of a report, as many of each as it asks for and there are places."""
    draw = random.Random(seed)
    for kind in kinds:
        sites = [
            (path, number)
            for path in sorted(root.glob(kind.files))
            for number, row in enumerate(path.read_text(encoding="utf-8").split("\n"))
            if re.search(kind.pattern, row) and re.search(kind.within, row) and not row.lstrip().startswith("%#")
        ]
        for path, number in draw.sample(sites, min(kind.count, len(sites))):
            rows = path.read_text(encoding="utf-8").split("\n")
            rows[number] = re.sub(kind.pattern, kind.change, rows[number], count=1)
            if "CLAVE" in rows[number]:
                rows[number] = rows[number].replace("CLAVE", _first_key(rows))
            yield Fault(kind, path.relative_to(root).as_posix(), number + 1 + kind.shift, "\n".join(rows))


def _first_key(rows: list[str]) -> str:
    return next(match[1] for row in rows if (match := re.match(r"@\w+\{([^,]+),", row)))

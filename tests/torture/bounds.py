"""Inputs that are doubled -> time and memory that grow with them and no faster, in a child with limits; told, never hung.

What is measured is the processor time of `check`; what it refuses costs little. Growth that doubles twice for one
doubling of the input is a quadratic reader.
"""

from __future__ import annotations

import os
import resource
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laws import lay_case, write_files
from reading import run_here

from tests.torture.pieces import ENTRIES, REPORT, SECTION, SECTION_HEAD
from tests.torture.places_of_text import OWN, REPORT_HEAD, SHOWN, TABLE
from tests.torture.rows import Row, Trials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.torture.rows import Effort

Files = dict[str, "str | bytes"]
LARGEST = 1_000_000
SMALLEST = 1000
SECONDS = 60
"""Processor time that no input may take, however large: it is refused before, or done."""
MEMORY = 4 << 30
ENOUGH = 2.0
"""Seconds after which an input is not doubled any more."""
MOST_GROWTH = 3.2
"""Time for twice as much; two is linear, four quadratic."""
WORTH = 0.4
"""Seconds below which growth says nothing."""


def text(words: str) -> Files:
    """Return a section with one text."""
    inside = "".join(f"      {line}\n" for line in words.splitlines())
    return {SECTION: f"{SECTION_HEAD}  - texto: |\n      Hola.\n{inside}"}


def entry(field: str, value: str) -> Files:
    """Return a .bib with one long field."""
    return {
        ENTRIES: f"{OWN}@book{{x, author = {{Ruiz, Ana}}, title = {{Obra}}, date = {{2020}}, {field} = {{{value}}}}}\n"
    }


def table(row: str, count: int) -> Files:
    """Return a table of so many rows."""
    head = "titulo: Tabla\ncolumnas: [{titulo: A}, {titulo: B}]\nfilas:\n"
    return {TABLE: head + row * count, **SHOWN}


def many(path: str, write: Callable[[int], str], count: int) -> Files:
    """Return many files."""
    return {path.replace("@", str(number)): write(number) for number in range(min(count, 20_000))}


INPUTS: dict[str, Callable[[int], Files]] = {
    "listas dentro de listas": lambda n: text("".join(f"{'  ' * k}- a\n" for k in range(min(n, 1000)))),
    "citas dentro de citas": lambda n: text("> " * n + "a"),
    "corchetes abiertos": lambda n: text("[" * n),
    "corchetes cerrados": lambda n: text("[" * n + "]" * n),
    "enlaces sin cerrar": lambda n: text("[a](" * n),
    "asteriscos": lambda n: text("*a " * n),
    "asteriscos dobles": lambda n: text("**a *b " * n),
    "asteriscos seguidos": lambda n: text("*" * n + "a"),
    "guiones bajos": lambda n: text("_a" * n),
    "acentos graves": lambda n: text(" ".join("`" * (k % 300 + 1) for k in range(n // 100))),
    "dólares": lambda n: text("$a " * n),
    "llaves": lambda n: text("{" * n),
    "llaves cerradas": lambda n: text("{a}" * n),
    "expresiones": lambda n: text("{= a} " * n),
    "expresiones sin cerrar": lambda n: text("{= " * n),
    "menciones": lambda n: text("{figura:a} " * n),
    "citas": lambda n: text("[@ruiz2020] " * n),
    "citas sin cerrar": lambda n: text("[@a; " * n),
    "arrobas": lambda n: text("@a " * n),
    "barras": lambda n: text("\\" * n),
    "menores": lambda n: text("<" * n),
    "html sin cerrar": lambda n: text("<a " * n),
    "comentarios de html": lambda n: text("<!--" * n),
    "entidades": lambda n: text("&a" * n),
    "direcciones": lambda n: text("https://a.org " * n),
    "notas": lambda n: text("".join(f"a[^{k}]\n\n[^{k}]: b\n\n" for k in range(n // 10))),
    "notas sin texto": lambda n: text("[^a] " * n),
    "tabla de Markdown": lambda n: text("|a|b|\n|-|-|\n" + "|a|b|\n" * (n // 10)),
    "una palabra larga": lambda n: text("a" * n),
    "una palabra de letras distintas": lambda n: text("abcdefghijklmnñopqrstuvwxyz" * (n // 27)),
    "una palabra con mayúsculas": lambda n: text("aB" * n),
    "un número largo": lambda n: text("1" * n),
    "puntos": lambda n: text("." * n),
    "guiones": lambda n: text("-" * n),
    "comillas": lambda n: text("«" * n),
    "comillas rectas": lambda n: text('"' * n),
    "blancos": lambda n: text("a" + " " * n + "b"),
    "acentos sueltos": lambda n: text("a" + "\u0301" * n),
    "un párrafo largo": lambda n: text("Hola mundo. " * (n // 10)),
    "una oración larga": lambda n: text("hola mundo " * (n // 10)),
    "párrafos": lambda n: text("Hola mundo.\n\n" * (n // 10)),
    "bloques": lambda n: {SECTION: SECTION_HEAD + "  - texto: Hola.\n" * (n // 10)},
    "palabras desconocidas": lambda n: {**text(" ".join(f"xq{k}z" for k in range(n // 100))), REPORT: REPORT_HEAD.partition("comprobacion")[0]},
    "apartados": lambda n: {SECTION: SECTION_HEAD + "  - apartado: Hola\n    contenido: [{texto: Hola.}]\n" * (n // 100)},
    "fórmula larga": lambda n: text(f"${'a+' * n}a$"),
    "fórmula honda": lambda n: text(f"${'{' * n}a{'}' * n}$"),
    "raíces": lambda n: text("$" + r"\sqrt{" * n + "a" + "}" * n + "$"),
    "índices": lambda n: text("$a" + "_{a" * n + "}" * n + "$"),
    "left sin right": lambda n: text("$" + r"\left( " * n + "$"),
    "matriz": lambda n: text(r"$\begin{matrix}" + r"a & b \\ " * n + r"\end{matrix}$"),
    "fórmulas": lambda n: text("$a$ " * n),
    "corchetes de YAML": lambda n: {SECTION: f"a: {'[' * n}"},
    "sangría de YAML": lambda n: {SECTION: "".join(f"{' ' * k}a:\n" for k in range(min(n, 1000)))},
    "claves desconocidas": lambda n: {SECTION: SECTION_HEAD + "".join(f"c{k}: a\n" for k in range(n // 20))},
    "claves repetidas": lambda n: {SECTION: SECTION_HEAD + "titulo: a\n" * (n // 20)},
    "comentarios de YAML": lambda n: {SECTION: SECTION_HEAD + "# a\n" * n},
    "comillas de YAML": lambda n: {SECTION: f'{SECTION_HEAD}  - texto: "{"a " * n}"\n'},
    "renglones doblados de YAML": lambda n: {SECTION: SECTION_HEAD + "  - texto: >\n" + "      a\n" * n},
    "escapes de YAML": lambda n: {SECTION: SECTION_HEAD + '  - texto: "' + "\\u00e1" * n + '"\n'},
    "anclas": lambda n: {SECTION: SECTION_HEAD + "  - &a texto: a\n" * (n // 10)},
    "filas": lambda n: table("  - [a, b]\n", n // 100),
    "columnas": lambda n: {TABLE: f"titulo: T\ncolumnas: [{', '.join('{titulo: A}' for _ in range(n // 1000))}]\nfilas: []\n", **SHOWN},
    "celda larga": lambda n: table(f"  - [{'hola ' * n}, b]\n", 1),
    "obras": lambda n: {ENTRIES: "".join(f"@book{{e{k}, author = {{Ruiz {k}, Ana}}, title = {{Obra {k}}}, date = {{2020}}}}\n" for k in range(n // 100))},
    "obras iguales": lambda n: {ENTRIES: "".join(f"@book{{e{k}, author = {{Ruiz, Ana}}, title = {{Obra}}, date = {{2020}}}}\n" for k in range(n // 100))},
    "claves parecidas": lambda n: {ENTRIES: "".join(f"@book{{ruiz{k}a, author = {{Ruiz, Ana}}, title = {{Obra {k}}}, date = {{2020}}}}\n" for k in range(n // 100)), **text("".join(f"[@ruiz{k}b] " for k in range(n // 100)))},
    "obras citadas": lambda n: {**{ENTRIES: "".join(f"@book{{e{k}, author = {{Ruiz {k}, Ana}}, title = {{Obra {k}}}, date = {{2020}}}}\n" for k in range(n // 100))}, **text("".join(f"[@e{k}]. " for k in range(n // 100)))},
    "autores": lambda n: entry("editor", " and ".join(f"Ruiz{k}, Ana" for k in range(n // 20))),
    "llaves de un campo": lambda n: entry("note", "{" * n + "a" + "}" * n),
    "llaves de un campo, sin cerrar": lambda n: {ENTRIES: "@book{x, title = " + "{" * n},
    "entradas sin cerrar, entre comillas": lambda n: {ENTRIES: '@book{x, title = "{a\n' * (n // 20)},
    "entradas sin cerrar, con barras": lambda n: {ENTRIES: "@book{x, title = {\\{a\n" * (n // 20)},
    "comentarios sin cerrar del .bib": lambda n: {ENTRIES: "@comment{a\n" * (n // 10)},
    "órdenes de un campo": lambda n: entry("note", r"\emph{a} " * n),
    "órdenes hondas de un campo": lambda n: entry("note", r"\emph{" * n + "a" + "}" * n),
    "dólares de un campo": lambda n: entry("note", "$a$ " * n),
    "acentos de un campo": lambda n: entry("note", r"{\'a}" * n),
    "barras de un campo": lambda n: entry("note", r"\\" * n),
    "un campo largo": lambda n: entry("abstract", "hola " * n),
    "una dirección larga": lambda n: entry("url", "https://a.org/" + "a" * n),
    "campos desconocidos": lambda n: {ENTRIES: f"{OWN}@book{{x, {', '.join(f'c{k} = {{a}}' for k in range(n // 20))}}}\n"},
    "abreviaturas de BibTeX": lambda n: {ENTRIES: OWN + "".join(f"@string{{s{k} = {{a}}}}\n" for k in range(n // 20))},
    "unión de cadenas": lambda n: {ENTRIES: OWN + "@book{x, title = " + " # ".join('"a"' for _ in range(n // 10)) + "}\n"},
    "arrobas del .bib": lambda n: {ENTRIES: OWN + "@" * n},
    "texto suelto del .bib": lambda n: {ENTRIES: OWN + "hola " * n},
    "cadena de crossref": lambda n: {ENTRIES: OWN + "".join(f"@book{{e{k}, crossref = {{e{k + 1}}}, title = {{Obra {k}}}}}\n" for k in range(n // 200))},
    "valores": lambda n: {"paper/datos/d.yaml": "titulo: D\nvalores:\n" + "".join(f"  v{k}: {{concepto: C, valor: 1, sin_fuente: x}}\n" for k in range(n // 100))},
    "fórmulas en cadena": lambda n: {"paper/datos/d.yaml": "titulo: D\nvalores:\n  v0: {concepto: C, valor: 1, sin_fuente: x}\n" + "".join(f"  v{k + 1}: {{concepto: C, formula: v{k} + 1}}\n" for k in range(n // 200))},
    "paréntesis de una fórmula": lambda n: {"paper/datos/d.yaml": f"titulo: D\nvalores:\n  v: {{concepto: C, formula: '{'(' * n}1{')' * n}'}}\n"},
    "sumandos de una fórmula": lambda n: {"paper/datos/d.yaml": f"titulo: D\nvalores:\n  v: {{concepto: C, formula: '{'1+' * n}1'}}\n"},
    "cifras de una fórmula": lambda n: {"paper/datos/d.yaml": f"titulo: D\nvalores:\n  v: {{concepto: C, formula: '{'9' * n}'}}\n"},
    "cifras de un valor": lambda n: {"paper/datos/d.yaml": f"titulo: D\nvalores:\n  v: {{concepto: C, valor: {'9' * n}, sin_fuente: x}}\n"},
    "abreviaturas": lambda n: {REPORT: f"{REPORT_HEAD}abreviaturas:\n" + "".join(f"  A{k}B: Hola\n" for k in range(n // 100)), **text("".join(f"A{k}B " for k in range(n // 100)))},
    "vocabulario": lambda n: {"paper/vocabulario.txt": "".join(f"palabra{k}\n" for k in range(n // 10))},
    "secciones": lambda n: {REPORT: REPORT_HEAD.replace("[prueba]", f"[{', '.join(['prueba', *(f's{k}' for k in range(min(n // 100, 2000)))])}]"), **many("paper/secciones/s@.yaml", lambda _: "titulo: A\ncontenido: [{texto: Hola.}]\n", min(n // 100, 2000))},
    "archivos sin usar": lambda n: many("paper/secciones/s@.yaml", lambda _: "titulo: A\ncontenido: [{texto: Hola.}]\n", min(n // 100, 5000)),
    "nodos": lambda n: {"figures/g.yaml": "pie: G\ndescripcion: G\nnodos:\n" + "".join(f"  n{k}: {{titulo: N}}\n" for k in range(n // 100)) + "aristas: []\n", **text("{figura:g}")},
    "aristas": lambda n: {"figures/g.yaml": "pie: G\ndescripcion: G\nnodos:\n  a: {titulo: N}\n  b: {titulo: N}\naristas:\n" + "  - {de: a, a: b, descripcion: x, citas: [ruiz2020]}\n" * (n // 100)},
    "grupos anidados": lambda n: {"figures/g.yaml": "pie: G\ndescripcion: G\ngrupos:\n  g0: {titulo: G}\n" + "".join(f"  g{k + 1}: {{titulo: G, dentro_de: g{k}}}\n" for k in range(n // 200)) + f"nodos:\n  a: {{titulo: N, grupo: g{n // 200}}}\naristas: []\n"},
    "filas de un csv": lambda n: {"paper/datos/c.csv": "a,b\n" + "1,2\n" * (n // 10), "figures/p.yaml": "pie: P\nalternativa: P\ngrafica: {tipo: lineas, csv: c.csv, x: a, series: [{y: b}]}\ncitas: [ruiz2020]\n"},
    "comillas de un csv": lambda n: {"paper/datos/c.csv": 'a,b\n"' + "a" * n, "figures/p.yaml": "pie: P\nalternativa: P\ngrafica: {tipo: lineas, csv: c.csv, x: a, series: [{y: b}]}\ncitas: [ruiz2020]\n"},
    "cadena de inclusiones": lambda n: {SECTION: SECTION_HEAD + "  - incluye: comun/i0.yaml\n", **{f"paper/comun/i{k}.yaml": f"- incluye: i{k + 1}.yaml\n" for k in range(min(n // 500, 2000))}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What a check took: processor seconds, memory, and how it ended."""

    seconds: float
    megabytes: int
    ended: int
    said: str


def measure(folder: Path) -> Cost:
    """Check a report in a copy of this process, with limits."""
    log = folder / "dicho.txt"
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            done = run_here("check", "--format", "json", project=folder)
            log.write_text(done.stderr[-4000:])
            status = done.returncode
        except BaseException as fault:  # noqa: BLE001 - whatever it is, it is told to the parent
            log.write_text(f"{type(fault).__name__}: {fault}"[:4000])
            status = 99
        finally:
            os._exit(status)
    _, status, used = os.wait4(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    said = log.read_text() if log.exists() else ""
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, ended, said)


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each kind of input."""
    folder = effort.scratch("tamanos")
    lay_case("", folder)
    base = measure(folder).seconds
    names = effort.some([*INPUTS], least=10)
    largest = LARGEST if effort.share == 1 else 4 * SMALLEST
    for name in names:
        yield try_sizes(name, base, folder, largest)


def try_sizes(name: str, base: float, folder: Path, largest: int) -> Row:
    """Double one input until it is large enough, or takes long."""
    trials, size, taken = Trials(name), SMALLEST, []
    files: Files = {}
    while size <= largest and files != (files := INPUTS[name](size)):
        shutil.rmtree(folder)
        write_files(lay_case("", folder), files)
        trials.count += 1
        cost = measure(folder)
        taken.append((size, cost.seconds - base))
        shown = f"{name}, {size}"
        if cost.ended not in (0, 1):
            how = "más de 60 s de procesador" if cost.ended in (-24, -9) else f"terminó con {cost.ended}"
            trials.note(shown, f"{how}, {cost.megabytes} MiB: {cost.said}")
            break
        if cost.seconds - base > ENOUGH:
            break
        size *= 2 if cost.seconds - base > WORTH / 4 else 4
    trials.remark = f"hasta {taken[-1][0]}: {max(0.0, taken[-1][1]):.1f} s, {cost.megabytes} MiB".replace(".", ",")
    grown = [
        (size, now / before)
        for (_, before), (size, now), last in zip(taken, taken[1:], taken[:-1], strict=False)
        if before > WORTH and size == 2 * last[0]
    ]
    steep = [(size, growth) for size, growth in grown if growth > MOST_GROWTH]
    if steep:
        told = ", ".join(f"×{growth:.1f} hasta {size}" for size, growth in steep)
        trials.note(f"{name}, {taken[-1][0]}", f"crece más deprisa que la entrada: {told}; {taken}")
    return trials.row()

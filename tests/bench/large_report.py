"""A seed and a size -> a made-up report, always the same: sections, references, tables, graphs, plots and prices.

`python tests/bench/large_report.py FOLDER [--factor 10]` writes one. A factor of 1 is a report of about 25 pages, 100
references, 10 tables and 4 figures; 10 is ten times that. The words are Spanish, the sentences mean nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

NOUNS = """
m servicio servicios, m nodo nodos, f réplica réplicas, m registro registros, f red redes, m mensaje mensajes,
m gestor gestores, f carga cargas, m recurso recursos, f versión versiones, m estado estados, f orden órdenes,
f prueba pruebas, m fallo fallos, f medida medidas, m plazo plazos, f consulta consultas, m reparto repartos,
f regla reglas, m acuerdo acuerdos, f tarifa tarifas, m informe informes, f muestra muestras, m modelo modelos,
f cuenta cuentas, m trabajo trabajos, f tabla tablas, m dibujo dibujos, f decisión decisiones, m proveedor proveedores,
f memoria memorias, m proceso procesos, f máquina máquinas, m sistema sistemas, f respuesta respuestas,
m límite límites, f llamada llamadas, m costo costos, f espera esperas, m turno turnos, f lectura lecturas
"""
ADJECTIVES = """
distribuido local estable completo lento reciente remoto común previo constante antiguo posterior pequeño breve
temporal seguro variable público interno externo nuevo útil simple dudoso notable
"""
VERBS = """
conserva conservan, reparte reparten, mide miden, necesita necesitan, limita limitan, describe describen,
sustituye sustituyen, compara comparan, confirma confirman, reduce reducen, prolonga prolongan, ordena ordenan,
anuncia anuncian, comprueba comprueban, recibe reciben, explica explican, supone suponen, evita evitan,
acompaña acompañan, corrige corrigen, aprovecha aprovechan, ocupa ocupan, resume resumen, separa separan
"""
PREPOSITIONS = ("con", "sin", "para", "de", "en", "según", "ante", "sobre")
OPENINGS = ("Cuando", "Aunque", "Mientras", "Si", "Porque", "Como")
SURNAMES = """
Álvarez Benítez Cabrera Delgado Escobar Figueroa Guerrero Herrera Ibáñez Jiménez Lozano Márquez Navarro Ortega Pacheco
Quintero Restrepo Salazar Trujillo Urrutia Valencia Zamora Núñez Peña Rojas
"""
NAMES = "Ana Bruno Carla Diego Elena Felipe Gloria Hugo Inés Jorge Lucía Mateo Nuria Óscar Paula Rafael Sara Tomás"
ICONS = ("onprem.compute.Server", "onprem.container.Docker", "onprem.client.User", "onprem.database.Postgresql")
CLASSES = {"control": ("Control", "continuo", "azul"), "datos": ("Datos", "discontinuo", "verde")}
PLOT = '''"""The monthly series of a section's prices."""


def dibujar(ejes, datos):
    """Draw the only series that is given."""
    values = next(iter(datos.values()))
    ejes.plot(range(1, len(values["serie"]) + 1), values["serie"], marker="o", label="Serie")
    ejes.axhline(values["mes"], linestyle="--", color="0.4")
    ejes.set_xlabel("Mes")
    ejes.set_ylabel("USD al mes")
'''


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made: sections, and for each its references, its paragraphs, and the rows of its longest table."""

    sections: int
    references: int = 25
    paragraphs: int = 23
    longest_table: int = 34

    @classmethod
    def of_factor(cls, factor: float) -> Size:
        """Return the size of a report `factor` times as large as one of 25 pages."""
        return cls(max(1, round(4 * factor)))


class Words:
    """Random Spanish that agrees in gender and number."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.nouns = [tuple(item.split()) for item in NOUNS.replace("\n", " ").split(",")]
        self.adjectives = ADJECTIVES.split()
        self.verbs = [tuple(item.split()) for item in VERBS.replace("\n", " ").split(",")]

    def noun(self, *, bare: bool = False) -> tuple[str, bool]:
        """Return a noun with its article and perhaps an adjective, and whether it is many."""
        gender, one, many = self.chance.choice(self.nouns)
        plural = self.chance.random() < 0.35
        article = {"m": ("el", "los"), "f": ("la", "las")}[gender][plural]
        if not bare and self.chance.random() < 0.25:
            article = {"m": ("un", "unos"), "f": ("una", "unas")}[gender][plural]
        words = [] if bare else [article]
        words.append(many if plural else one)
        if self.chance.random() < 0.5:
            words.append(self._agree(self.chance.choice(self.adjectives), gender, plural))
        return " ".join(words), plural

    @staticmethod
    def _agree(adjective: str, gender: str, plural: bool) -> str:
        if gender == "f" and adjective.endswith("o"):
            adjective = adjective[:-1] + "a"
        if not plural:
            return adjective
        plain = {"común": "comunes", "útil": "útiles"}
        return plain.get(adjective, adjective + ("s" if adjective[-1] in "aeiou" else "es"))

    def clause(self) -> str:
        """Return «el nodo conserva las medidas», sometimes with where or how."""
        subject, plural = self.noun()
        verb = self.chance.choice(self.verbs)[plural]
        words = f"{subject} {verb} {self.noun()[0]}"
        if self.chance.random() < 0.6:
            words += f" {self.chance.choice(PREPOSITIONS)} {self.noun()[0]}"
        return words.replace(" de el ", " del ")

    def sentence(self) -> str:
        """Return a sentence without its full stop."""
        form = self.chance.random()
        if form < 0.45:
            words = self.clause()
        elif form < 0.8:
            words = f"{self.chance.choice(OPENINGS)} {self.clause()}, {self.clause()}"
        else:
            words = f"{self.clause()}, y {self.clause()}"
        return words[0].upper() + words[1:]

    def title(self) -> str:
        """Return a short heading."""
        words = f"{self.noun(bare=True)[0]} {self.chance.choice(PREPOSITIONS)} {self.noun()[0]}"
        words = words.replace(" de el ", " del ")
        return words[0].upper() + words[1:]


def _quote(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _indent(text: str, depth: int) -> str:
    return "\n".join(" " * depth + line if line else "" for line in text.split("\n"))


class _Section:
    """Writes one section with its prices, tables and figure."""

    def __init__(self, number: int, size: Size, words: Words, keys: list[str], files: dict[str, str]) -> None:
        self.number = number
        self.name = f"{number:02d}"
        self.size = size
        self.words = words
        self.chance = words.chance
        self.keys = keys
        self.files = files
        self.turn = 0
        self.notes = 0
        self.has_plot = number % 4 == 0

    def cite(self, count: int = 1) -> list[str]:
        """Return the next sources of the section, in turns, so that each is cited."""
        found = [self.keys[(self.turn + step) % len(self.keys)] for step in range(min(count, len(self.keys)))]
        self.turn += count
        return found

    def mark(self, count: int = 1) -> str:
        """Return a citation as authors write it."""
        return f"[{'; '.join('@' + key for key in self.cite(count))}]"

    def write(self) -> None:
        """Add the files of the section."""
        self._write_prices()
        figure = self._write_plot() if self.has_plot else self._write_graph()
        tables = [self._write_table(part) for part in range(1 + self.number % 2)]
        generated = f"{{valores: precios-{self.name}}}" if self.has_plot else f"{{comunicaciones: {figure}}}"
        label = f"valores-precios-{self.name}" if self.has_plot else f"comunicaciones-{figure}"
        paragraphs = [self._paragraph(place) for place in range(self.size.paragraphs)]
        paragraphs[0] += (
            f" El mes cuesta {{= precios-{self.name}.mes}} USD {{fuentes: precios-{self.name}.hora}}, como dicen la"
            f" {{figura:{figure}}} y la {{tabla:{label}}}."
        )
        third = max(1, len(paragraphs) // 3)
        lines = [f"titulo: {self.words.title()}", f"enunciado: {self.words.sentence()}.", "respuesta:"]
        lines += [*self._texts(paragraphs[:third], 2), f"  - figura: {figure}", f"  - tabla: {generated}"]
        for part, start in enumerate((third, 2 * third)):
            chosen = paragraphs[start : start + third] if part == 0 else paragraphs[start:]
            if not chosen:
                continue
            if part < len(tables):
                chosen[0] += f" Lo detalla la {{tabla:{tables[part]}}}."
            lines += [f"  - apartado: {self.words.title()}", f"    id: apartado-{self.name}-{part + 1}"]
            lines += ["    contenido:", *self._texts(chosen, 6)]
            if part < len(tables):
                lines.append(f"      - tabla: {tables[part]}")
        self.files[f"paper/secciones/seccion-{self.name}.yaml"] = "\n".join(lines) + "\n"

    def _paragraph(self, place: int) -> str:
        words = self.words
        sentences = [words.sentence() for _ in range(self.chance.randint(4, 6))]
        if place % 5 == 1:
            noun, _ = words.noun(bare=True)
            sentences[1] += f", es decir, *{noun}*, con `{noun.split()[0]}`"
        sentences[len(sentences) // 2] += f" {self.mark()}"
        ending = f" {self.mark(self.chance.randint(1, 2))}."
        text = ". ".join(sentences) + ending
        if place % 6 == 3:
            self.notes += 1
            text += f" {words.sentence()}[^{self.notes}].\n\n[^{self.notes}]: {words.sentence()} {self.mark()}."
        elif place % 6 == 5:
            text += f" {words.sentence()}:\n\n" + "\n".join(f"- {words.sentence()} {self.mark()}." for _ in range(3))
        elif place % 13 == 8:
            text += " Se toma $n = 2 k + 1$ y $t_n \\le n^2$."
        return text

    @staticmethod
    def _texts(paragraphs: list[str], depth: int) -> list[str]:
        lines = []
        for start in range(0, len(paragraphs), 2):
            lines += [" " * depth + "- texto: |", _indent("\n\n".join(paragraphs[start : start + 2]), depth + 6)]
        return lines

    def _write_prices(self) -> None:
        hour = self.chance.randint(5, 900) / 1000
        serie = [round(self.chance.uniform(20, 400), 1) for _ in range(12)]
        lines = [
            f"titulo: Precios de {self.words.noun(bare=True)[0]}",
            "valores:",
            f"  hora: {{concepto: Precio por hora, valor: {hour:.3f}, unidad: USD/h, decimales: 3,"
            f" citas: [{self.cite()[0]}]}}",
            "  horas: {concepto: Horas por mes, valor: 730, unidad: h, supuesto: Son 8760 horas al año entre doce}",
            "  mes: {concepto: Precio por mes, formula: hora * horas, unidad: USD, decimales: 2}",
        ]
        if self.has_plot:
            lines.append(
                f"  serie: {{concepto: Serie mensual, valor: {serie}, unidad: USD, citas: [{self.cite()[0]}]}}"
            )
        self.files[f"paper/datos/precios-{self.name}.yaml"] = "\n".join(lines) + "\n"

    def _write_table(self, part: int) -> str:
        name = f"tabla-{self.name}-{'ab'[part]}"
        rows = self.chance.randint(5, 11) if part or self.number % 3 else self.size.longest_table
        lines = [
            f"titulo: {self.words.title()}",
            "columnas:",
            "  - {titulo: Criterio, ancho: 2}",
            "  - {titulo: Descripción, ancho: 4}",
            "  - {titulo: Costo (USD), ancho: 1.4, alineacion: derecha}",
            "  - {titulo: Fuente, ancho: 1}",
            "filas:",
            f'  - [Mes completo, Según los precios por hora, "{{= precios-{self.name}.mes}}", {_quote(self.mark())}]',
        ]
        for number in range(1, rows):
            cost = f"{self.chance.randint(1, 999)},{self.chance.randint(0, 9)}"
            head = f"{self.words.noun(bare=True)[0].capitalize()} {number}"
            lines.append(f"  - [{head}, {_quote(self.words.clause())}, {_quote(cost)}, {_quote(self.mark())}]")
        self.files[f"paper/tablas/{name}.yaml"] = "\n".join(lines) + "\n"
        return name

    def _write_plot(self) -> str:
        name = f"grafica-{self.name}"
        caption = self.words.title()
        self.files["figures/serie.py"] = PLOT
        self.files[f"figures/{name}.yaml"] = (
            f"pie: {caption}\nalternativa: {self.words.sentence()}.\ngrafica: serie.py\n"
            f"datos: [precios-{self.name}]\nalto: 6\ncitas: [{self.cite()[0]}]\n"
        )
        return name

    def _write_graph(self) -> str:
        name = f"grafo-{self.name}"
        nodes = [f"n{place}" for place in range(1, self.chance.randint(7, 10))]
        lines = [f"pie: {self.words.title()}", "clases:"]
        lines += [f"  {id}: {{titulo: {a}, trazo: {b}, color: {c}}}" for id, (a, b, c) in CLASSES.items()]
        lines += ["grupos:", "  g1: {titulo: Primer grupo}", "  g2: {titulo: Segundo grupo}", "nodos:"]
        for place, node in enumerate(nodes):
            group = ", grupo: g1" if 1 <= place <= 3 else ", grupo: g2" if 4 <= place <= 6 else ""
            icon = f", icono: {ICONS[place % len(ICONS)]}" if place % 2 else ""
            title = f"{self.words.noun(bare=True)[0].split()[0].capitalize()} {place + 1}"
            lines.append(f"  {node}: {{titulo: {title}{icon}{group}}}")
        lines.append("aristas:")
        # Each node hangs from an earlier one, as in a tree, and a few edges more.
        pairs = [(nodes[self.chance.randint(max(0, at - 3), at - 1)], nodes[at]) for at in range(1, len(nodes))]
        while len(pairs) < len(nodes) + 1:
            first, second = sorted(self.chance.sample(range(len(nodes)), 2))
            pair = nodes[first], nodes[second]
            if pair not in pairs:
                pairs.append(pair)
        for place, (start, end) in enumerate(pairs):
            lines.append(
                f"  - {{de: {start}, a: {end}, clase: {list(CLASSES)[place % 2]}, protocolo: HTTP,"
                f" puerto: {self.chance.randint(1024, 9999)}/tcp, cifrado: TLS mutuo,"
                f" descripcion: {self.words.clause().capitalize()}, citas: [{self.cite()[0]}]}}"
            )
        self.files[f"figures/{name}.yaml"] = "\n".join(lines) + "\n"
        return name


def _make_references(count: int, words: Words) -> tuple[list[str], str]:
    """Return the keys of as many sources, and the .bib."""
    chance = words.chance
    keys, parts, titles = [], [], set()
    surnames, names = SURNAMES.split(), NAMES.split()
    for number in range(count):
        title = words.title()
        while title in titles:
            title = f"{words.title()}: {words.clause()}".replace(" el el ", " el ")
        titles.add(title)
        people = [f"{chance.choice(surnames)}, {chance.choice(names)}" for _ in range(chance.randint(1, 3))]
        year = chance.randint(1999, 2025)
        key = f"fuente{number + 1:04d}"
        fields = {"author": " and ".join(dict.fromkeys(people)), "title": title, "date": str(year)}
        kind = ("article", "book", "online", "inproceedings")[number % 4]
        if kind == "article":
            fields |= {"journaltitle": f"Revista de {words.noun(bare=True)[0]}", "volume": str(chance.randint(1, 60))}
            fields |= {"number": str(chance.randint(1, 12)), "pages": f"{number + 1}--{number + 9}"}
        elif kind == "book":
            fields |= {"publisher": "Editorial del Sur", "location": "Bogotá"}
        elif kind == "online":
            fields |= {"url": f"https://example.org/fuentes/{number + 1}", "urldate": "2026-11-23"}
        else:
            fields |= {"booktitle": f"Actas del congreso sobre {words.noun(bare=True)[0]}"}
            fields |= {"pages": f"{number + 1}--{number + 5}"}
        body = "".join(f"  {field:12} = {{{value}}},\n" for field, value in fields.items())
        keys.append(key)
        parts.append(f"@{kind}{{{key},\n{body}}}\n")
    return keys, "\n".join(parts)


def make_report(size: Size, seed: int = 5) -> dict[str, str]:
    """Return the files of a report by path; the same size and seed give the same text."""
    words = Words(random.Random(seed))
    files: dict[str, str] = {}
    keys, files["references.bib"] = _make_references(size.sections * size.references, words)
    for number in range(1, size.sections + 1):
        own = keys[(number - 1) * size.references : number * size.references]
        _Section(number, size, words, own, files).write()
    sections = ", ".join(f"seccion-{number:02d}" for number in range(1, size.sections + 1))
    files["paper/informe.yaml"] = (
        "titulo: Informe de prueba sobre servicios distribuidos\nautores:\n"
        "  - {nombre: Ana, apellidos: Ruiz Peña}\ncurso: Sistemas distribuidos\nfecha: 2026-11-23\n"
        f"resumen: |\n  {words.sentence()}. {words.sentence()}.\nabstract: |\n  Nothing here means anything.\n"
        f"estilo_citas: ieee\nsecciones: [{sections}]\n"
    )
    return files


def write_report(folder: Path, size: Size, seed: int = 5) -> None:
    """Write a report to a folder, which is made."""
    for name, text in make_report(size, seed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Write a report to the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Escribe un informe inventado.")
    parser.add_argument("folder", type=Path, metavar="CARPETA")
    parser.add_argument("--factor", type=float, default=10.0, help="1 son unas 25 páginas (predeterminado: 10)")
    parser.add_argument("--seed", type=int, default=5, help="con qué semilla se eligen las palabras")
    options = parser.parse_args()
    write_report(options.folder, Size.of_factor(options.factor), options.seed)


if __name__ == "__main__":
    main()

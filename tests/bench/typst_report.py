"""A report's data -> a Typst document of the same matter and length, for comparison; what Typst lacks is left out."""

from __future__ import annotations

import json
import math
import re
import shutil
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
#set page("us-letter", margin: 2.5cm, numbering: "1")
#set text(font: "New Computer Modern", size: 11pt, lang: "es")
#set par(justify: true)
#set heading(numbering: "1.1")
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#set table(stroke: none)
#show table: set text(size: 9pt)
#show table: set par(justify: false)
#let caja(it) = block(inset: (left: 9pt), stroke: (left: 2pt), emph(it))
"""
_SPECIAL = re.compile(r"[\\*_#$@<>\[\]~`/\"'=+-]")
_TOKEN = re.compile(
    r"(?P<cites>\[@[^\]]+\])|(?P<note>\[\^(?P<id>\w+)\])|(?P<number>\{= (?P<expression>[^}]+)\})"
    r"|(?P<sources>\{fuentes: (?P<values>[^}]+)\})"
    r"|(?P<place>\{(?P<kind>[Ff]igura|[Tt]abla|[Ss]eccion):(?P<to>[\w-]+)\})"
    r"|(?P<link>\[(?P<words>[^\]]+)\]\((?P<url>[^)]+)\))|(?P<code>`[^`]+`)|(?P<math>\$[^$]+\$)|(?P<bold>\*\*.+?\*\*)"
    r"|(?P<emphasis>\*[^*]+\*)|(?<![\w.])@(?P<bare>[\w:./-]*\w)"
)


def write_typst(project: Path, folder: Path) -> None:
    """Write `informe.typ`, the .bib and the figures to a folder, from the data of a project that was built."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(project / "build/latex/references.bib", folder)  # with the measurements of the author's own
    drawings = {}
    for path in (project / "build/latex/figures").iterdir():
        drawings[re.sub(r"-\d+x\d+$", "", path.stem)] = path.name
        target = folder / path.name
        if not target.exists() or target.read_bytes() != path.read_bytes():
            shutil.copy(path, target)
    (folder / "informe.typ").write_text(_Writer(project, drawings).document(), encoding="utf-8")


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # every scalar as it was typed


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


class _Writer:
    def __init__(self, project: Path, drawings: dict[str, str]) -> None:
        self.project = project
        self.drawings = drawings
        self.report = _load(project / "paper/informe.yaml")
        self.values = {path.stem: _load(path)["valores"] for path in (project / "paper/datos").glob("*.yaml")}
        self.notes: dict[str, str] = {}

    def document(self) -> str:
        """Return the whole document."""
        report = self.report
        lines = [HEAD, f"#align(center)[#text(20pt)[{self.inline(report['titulo'])}]]", "#pagebreak()"]
        lines += [self.block(report[name]) for name in ("resumen", "abstract") if name in report]
        lines += ["#outline()", '#outline(target: figure.where(kind: image), title: "Figuras")']
        lines += ['#outline(target: figure.where(kind: table), title: "Tablas")', "#pagebreak()"]
        for name in (*report["secciones"], *report.get("anexos", [])):
            section = _load(self.project / f"paper/secciones/{name}.yaml")
            lines.append(f"= {self.inline(section['titulo'])} <seccion-{name}>")
            if "enunciado" in section:
                lines.append(f"#caja[{self.block(section['enunciado'])}]")
            lines += self.blocks(section.get("respuesta", section.get("contenido", [])), 2)
        lines.append('#show bibliography: set text(size: 8pt)\n#bibliography("references.bib", style: "ieee")')
        return "\n\n".join(lines) + "\n"

    def blocks(self, blocks: list[Any], depth: int) -> list[str]:
        """Return what the blocks of a section become."""
        parts = []
        for block in blocks:
            if "texto" in block:
                parts.append(self.block(block["texto"]))
            elif "figura" in block:
                parts.append(self.figure(block["figura"]))
            elif "tabla" in block:
                parts.append(self.table(block["tabla"]))
            elif "apartado" in block:
                label = f" <seccion-{block['id']}>" if "id" in block else ""
                parts.append(f"{'=' * depth} {self.inline(block['apartado'])}{label}")
                parts += self.blocks(block["contenido"], depth + 1)
        return parts

    def figure(self, name: str) -> str:
        """Return a figure with its drawing."""
        data = _load(self.project / f"figures/{name}.yaml")
        drawing = f'image("{self.drawings[name]}", width: 100%)'
        return f"#figure({drawing}, caption: [{self.inline(data['pie'])}]) <figura-{name}>"

    def table(self, what: Any) -> str:
        """Return a table: one of the author's, or one that comes from a graph or from values."""
        if isinstance(what, str):
            data, label = _load(self.project / f"paper/tablas/{what}.yaml"), what
            columns = [one for column in data["columnas"] for one in column.get("columnas", [column])]
            heads = [column["titulo"] for column in columns]
            widths = [column.get("ancho", "1") for column in columns]
            rows = [row for given in data["filas"] for row in self.rows(given, len(heads))]
            title = data["titulo"]
        elif "comunicaciones" in what:
            data, label = (
                _load(self.project / f"figures/{what['comunicaciones']}.yaml"),
                f"comunicaciones-{what['comunicaciones']}",
            )
            heads, title = ["N.º", "De", "A", "Protocolo", "Descripción", "Fuente"], f"Comunicaciones. {data['pie']}"
            widths = ["0.5", "1.5", "1.5", "1.5", "3", "1"]
            rows = [
                [str(number), self.ends(data, edge["de"]), self.ends(data, edge["a"]),
                 f"{edge.get('protocolo', '')}, {edge.get('puerto', '')}, {edge.get('cifrado', '')}",
                 edge.get("descripcion", ""), "".join(f"[@{key}]" for key in edge.get("citas", []))]
                for number, edge in enumerate(data["aristas"], 1)
            ]  # fmt: skip
        else:
            name = what["valores"]
            label, title = f"valores-{name}", _load(self.project / f"paper/datos/{name}.yaml")["titulo"]
            heads, widths = ["Concepto", "Valor", "Unidad", "Fuente"], ["4", "1", "1", "1"]
            rows = [
                [value["concepto"], f"{{= {name}.{id}}}", value.get("unidad", ""),
                 "".join(f"[@{key}]" for key in value.get("citas", []))]
                for id, value in self.values[name].items()
            ]  # fmt: skip
        fractions = ", ".join(f"{width}fr" for width in widths)
        head = "".join(f"[*{self.inline(words)}*], " for words in heads)
        body = "\n".join("  " + "".join(f"[{self.inline(cell)}], " for cell in row) for row in rows)
        table = f"table(columns: ({fractions}),\n  table.header({head}), table.hline(),\n{body}\n)"
        return f"#figure({table}, caption: [{self.inline(title)}], kind: table) <tabla-{label}>"

    @staticmethod
    def ends(data: dict[str, Any], named: Any) -> str:
        """Return the titles of the nodes at one end of an edge."""
        names = named if isinstance(named, list) else [named]
        return ", ".join(data["nodos"][name]["titulo"] for name in names)

    def rows(self, given: Any, width: int) -> list[list[str]]:
        """Return the rows that one row of the data stands for."""
        if isinstance(given, list):
            return [given]
        if "grupo" in given:
            inner = [row for one in given.get("filas", []) for row in self.rows(one, width)]
            return [[given["grupo"], *[""] * (width - 1)], *inner]
        if "para" not in given:
            return [given["celdas"]]
        (name, values), *_ = given["para"].items()
        if isinstance(values, str):
            values = self.number(values)
            values = values if isinstance(values, list) else [values]
        return [
            [re.sub(rf"(\{{=[^}}]*)\b{name}\b", rf"\g<1>{value}", cell) for cell in given["celdas"]] for value in values
        ]

    def block(self, text: str) -> str:
        """Return paragraphs and lists; both languages write them alike."""
        self.notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", text, re.MULTILINE))
        text = re.sub(r"^\[\^\w+\]: .+\n?", "", text, flags=re.MULTILINE)
        lines = []
        for line in text.splitlines():
            blank, mark, words = re.fullmatch(r"(\s*)(- |\d+\. |> |)(.*)", line).groups()  # type: ignore[union-attr]
            lines.append(blank + ("+ " if mark[:1].isdigit() else mark if mark == "- " else "") + self.inline(words))
        return "\n".join(lines)

    def inline(self, text: str) -> str:
        """Return a line of Markdown as Typst's markup."""
        parts, end = [], 0
        for match in _TOKEN.finditer(text):
            parts += [_escape(text[end : match.start()]), self.token(match)]
            end = match.end()
        return "".join([*parts, _escape(text[end:])])

    def token(self, match: re.Match[str]) -> str:
        """Return what a mark of the author's becomes."""
        if match["cites"]:
            return "".join(f"#cite(label({json.dumps(key)}))" for key in re.findall(r"@([\w:./-]*\w)", match[0]))
        if match["bare"]:
            return f'#cite(label({json.dumps(match["bare"])}), form: "prose")'
        if match["note"]:
            return f"#footnote[{self.inline(self.notes.get(match['id'], ''))}]"
        if match["number"]:
            return _escape(self.shown(match["expression"]))
        if match["sources"]:
            keys = [key for name in match["values"].split(",") for key in self.sources(name.strip())]
            return "".join(f"#cite(label({json.dumps(key)}))" for key in keys)
        if match["place"]:
            label = f"<{match['kind'].lower()}-{match['to']}>"
            return f"#context if query({label}).len() > 0 [#ref({label})]"
        if match["link"]:
            return f"#link({json.dumps(match['url'])})[{_escape(match['words'])}]"
        if match["code"] or match["math"]:
            return f"#raw({json.dumps(match[0][1:-1], ensure_ascii=False)})"
        if match["bold"]:
            return f"#strong[{self.inline(match[0][2:-2])}]"
        return f"#emph[{self.inline(match[0][1:-1])}]"

    def sources(self, name: str) -> list[str]:
        """Return the sources of a value, those of its formula's values included."""
        file, _, id = name.rpartition(".")
        value = self.values.get(file, {}).get(id, {})
        return value.get("citas", [])

    def shown(self, expression: str) -> str:
        """Return a number as it is printed; 0 where the expression is beyond this comparison."""
        bare, _, decimals = expression.partition("|")
        value = self.number(bare.strip())
        if isinstance(value, list):
            return ", ".join(f"{item:g}" for item in value).replace(".", ",")
        places = int(decimals) if decimals.strip().isdigit() else 2 if value != round(value) else 0
        return f"{value:.{places}f}".replace(".", ",")

    def number(self, expression: str, file: str = "") -> Any:
        """Return the number, or the list of numbers, of an expression of the project's data."""

        def look_up(match: re.Match[str]) -> str:
            home, id = (match[1] or file), match[2]
            value = self.values.get(home, {}).get(id)
            if value is None:
                return match[0]
            if "formula" in value:
                return repr(self.number(value["formula"], home))
            given = value["valor"]
            return repr([float(item) for item in given]) if isinstance(given, list) else repr(float(given))

        names = re.sub(r"(?:\b([a-z][\w-]*)\.)?\b([a-z]\w*)\b(?!\()", look_up, expression)
        functions = {"piso": math.floor, "techo": math.ceil, "minimo": min, "maximo": max, "redondeo": round}
        try:
            return eval(names, {"__builtins__": {}}, functions)
        except (ArithmeticError, NameError, SyntaxError, TypeError, ValueError):
            return 0.0

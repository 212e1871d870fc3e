"""A seed -> a report with hostile words in every place that its models print, and what must be read back from its PDF.

The report is `tests/cases/completo`; which of its texts are printed, and how, the models tell: a field that is added to
them is filled too. Each text stands between two marks of its own, so that it is found again.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from imprenta.bibliography import read_bibliography
from imprenta.calculate.measured import NUMBER
from imprenta.load import load_paper
from imprenta.markup import find_misplaced, read_line, read_text
from imprenta.model import CellRow, Part, Text
from imprenta.model.design import FaceName
from imprenta.model.meaning import Printed, Role, read_meanings
from imprenta.problems import has_errors
from imprenta.workspace import Workspace

CASES = Path(__file__).resolve().parents[1] / "cases"

FRAGMENTS = [
    *"$%&#_{}~^\\*`[]()<>@|\"'+-=:;,.!?/¿¡«»…—→≤×½²°€", *"aeñáÜç0159αΩ", " ", " ", " ",
    "US$", "COP$ 200", "$5", "50%", "AT&T", "C#", "a_b", "x^2", "**", "__", "--", "---", "...", "``", "''", "\\\\",
    "C:\\n", "\\_", "~/a", "*.py", "2*3*4", "[0,1)", "a[i]", "(a)", "1)", "1.", "- ", "+ ", "> ", "# ", "| ", "= ",
    "<b>", "&amp;", "%20", "@a", "a@b.co", "http://a.co/b_c?d=1&e#f", "{", "}", "{x}", "<!--", "?`", "!`", "fi", "ffl",
    "Ç", "ő", "ș", "í", "½", "№", "✓", "•", "\u00a0", "\u202f", "e\u0301",
]  # fmt: skip
CONSTRUCTS = {
    "*énfasis*": "énfasis",
    "**negrita**": "negrita",
    "***ambas***": "ambas",
    "`un código_1 %`": "uncódigo1",
    "$x_1 + \\alpha^2 = 3,5$": "x1α235",
    "[un enlace](https://example.org/a_b%20c?d=1&e=2#f)": "unenlace",
    "[@ruiz2020]": r"(?:\d|ruiz2020)",
    "[@ruiz2020, p. 3]": r"(?:\d|ruiz2020)p3",
    "@ruiz2020": r"ruiz(?:\d|2020)",
    "{figura:grafo}": r"figura\d",
    "{Tabla:manual}": r"tabla\d",
    "{seccion:prueba}": r"sección\d",
    "{= datos.uno + 0.5 | 1}": "15",
    "{fuentes: datos.uno}": r"(?:\d|ruiz2020)",
    "«comillas» y “otras”": "comillasyotras",
    "EE. UU. vs. núm. 3": "eeuuvsnúm3",
}
"""Constructs of the guide, and the letters that each prints, as an expression."""

ENTRIES = {
    "book": ("author", "title", "publisher", "note"),
    "article": ("author", "title", "journaltitle"),
    "inproceedings": ("author", "title", "booktitle"),
    "online": ("author", "title", "note"),
    "misc": ("author", "title", "howpublished"),
    "thesis": ("author", "title", "institution"),
}
"""Kinds of entry of a .bib, and the fields that both styles print."""

LETTERS = "bcdfghjklm"


@dataclass
class RandomReport:
    """A report's files; of each of its texts how it is set, what was typed, and the letters that are to be printed.

    The letters are an expression: a citation is a number or a name, by the style.
    """

    folder: Path
    expected: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def letters(words: str) -> str:
    """Return the letters and digits of words, in lower case, one character each where that can be."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", words).casefold())
    return "".join(character for character in folded if character.isalnum())


def make_report(seed: int, folder: Path) -> RandomReport:
    """Write the report of a seed."""
    shutil.copytree(CASES / "_base", folder, dirs_exist_ok=True)
    shutil.copytree(CASES / "completo", folder, dirs_exist_ok=True)
    (folder / "paper/rubrica.yaml").unlink()
    paper, problems = load_paper(Workspace(folder))
    assert paper is not None
    assert not has_errors(problems)
    _choose_design(seed, folder / "paper/informe.yaml")
    report = RandomReport(folder)
    filler = _Filler(random.Random(seed), report)
    parts: list[tuple[str, Part]] = [("paper/informe.yaml", paper.report)]
    own = [part for part in paper.sections.values() if "/comun/" not in part.place.path]  # the others include files
    parts += [(part.place.path, part) for part in own]
    parts += [(f"paper/tablas/{id}.yaml", part) for id, part in paper.tables.items()]
    parts += [(f"paper/datos/{id}.yaml", part) for id, part in paper.data.items()]
    parts += [(f"figures/{id}.yaml", part) for id, part in paper.figures.items()]
    parts += [(part.place.path, part) for part in (paper.measurements,) if part is not None]
    keys = filler.write_bibliography()
    for path, part in parts:
        data = yaml.load((folder / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        filler.fill(part, data)
        if part is paper.sections["libre"]:
            data["contenido"] += [{"texto": f"Cita [@{key}]"} for key in keys]
        (folder / path).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return report


def _choose_design(seed: int, path: Path) -> None:
    """Give a report the style of citations, the columns and the face of a seed."""
    words = path.read_text(encoding="utf-8")
    if seed % 2:
        words = words.replace("ieee", "apa")
    if seed % 3 == 0:
        words = words.replace("columnas: 1", "columnas: 2")
    faces = get_args(FaceName)
    words = words.replace("tipo: romana", f"tipo: {faces[(seed - 1) % len(faces)]}")
    path.write_text(words, encoding="utf-8")


class _Filler:
    """Puts hostile words into the printed texts of a file's data."""

    def __init__(self, source: random.Random, report: RandomReport) -> None:
        self.source = source
        self.report = report

    def fill(self, part: Part, data: dict[str, Any]) -> None:
        meanings = read_meanings(type(part))
        for key, name in part.keys().items():
            if key in data:
                data[key] = self._fill_value(getattr(part, name), data[key], meanings.get(name))

    def write_bibliography(self) -> list[str]:
        """Add entries whose fields are hostile; return their keys."""
        path = self.report.folder / "references.bib"
        text = path.read_text(encoding="utf-8")
        keys = []
        for kind, fields in ENTRIES.items():
            keys.append(f"clave{len(keys)}")
            lines = [f"  {name} = {{{self._write_field(name)}}},\n" for name in fields]
            more = "  type = {tesis}," if kind == "thesis" else "  url = {https://example.org},"
            text += f"@{kind}{{{keys[-1]},\n{''.join(lines)}  date = {{2019}},\n{more}\n}}\n"
        path.write_text(text, encoding="utf-8")
        return keys

    def _write_field(self, name: str) -> str:
        """Return hostile words of a .bib that it takes, between marks; an author is one name in braces."""
        code = self._next_code()
        for _ in range(50):
            words = "".join(self.source.choice(FRAGMENTS) for _ in range(self.source.randint(1, 6))).strip()
            value = f"Vqx{code} {words} zqx{code}"
            value = f"{{{value}}}" if name == "author" else value
            _, problems = read_bibliography(f"@misc{{a, {name} = {{{value}}}, date = {{2019}}}}", "x")
            flaws = read_bibliography(f"@book{{a, {name} = {{{value}}}, date = {{2019}}}}", "x")[0].flaws
            if words and not has_errors([p for p in problems if p.code != "bib-campo-ausente"]) and not flaws:
                break
        else:
            words = "nada"
        self.report.expected[code] = ("field", words, re.escape(letters(words)))
        value = f"Vqx{code} {words} zqx{code}"
        return f"{{{value}}}" if name == "author" else value

    def _next_code(self) -> str:
        return "".join(LETTERS[int(digit)] for digit in f"{len(self.report.expected):03}")

    def _fill_value(self, value: Any, data: Any, meaning: Any) -> Any:
        if isinstance(value, Part):
            self.fill(value, data)
        elif isinstance(value, CellRow):
            words = [
                self._write(cell, "cell") if not NUMBER.fullmatch(cell.value) else cell.value for cell in value.cells
            ]
            pairs = zip(words, data, strict=True)  # a merged cell is a mapping
            return [{**old, "celda": new} if isinstance(old, dict) else new for new, old in pairs]
        elif isinstance(value, list):
            given = data if isinstance(data, list) else [data]
            return [self._fill_value(item, old, meaning) for item, old in zip(value, given, strict=True)]
        elif isinstance(value, dict):
            return {key: self._fill_value(item, data[key], meaning) for key, item in value.items()}
        elif (
            isinstance(value, Text)
            and isinstance(meaning, Printed)
            and meaning.is_words
            and not NUMBER.fullmatch(value.value)
        ):
            return self._write(value, meaning.role)
        return data

    def _write(self, old: Text, role: Role) -> str:
        """Return other words between marks, and after them what was there if it names something."""
        code = self._next_code()
        words, printed = self._combine(role) if self.source.random() < 0.3 else self._invent(role)
        first, last = f"Vqx{code}", f"zqx{code}"
        self.report.expected[code] = (role, words, printed)
        names = "{" in old.value or "@ruiz" in old.value or "[^" in old.value
        kept = f" {old.value}" if role == "block" or names else ""
        return f"{first} {words} {last}{kept}"

    def _invent(self, role: Role) -> tuple[str, str]:
        """Return hostile words with which the text has no error and names nothing."""
        for _ in range(50):
            pieces = [self.source.choice(FRAGMENTS) for _ in range(self.source.randint(1, 6))]
            if role == "block" and self.source.random() < 0.3:
                pieces.insert(1, "\n")
            words = "".join(pieces).strip()
            if words and self._is_sound(words, role, named=False):
                return words, re.escape(letters(words))
        return "nada", "nada"

    def _combine(self, role: Role) -> tuple[str, str]:
        """Return constructs between words; those that do not fit there are refused, and not chosen."""
        fitting = [construct for construct in CONSTRUCTS if self._is_sound(construct, role, named=True)]
        chosen = self.source.sample(fitting, min(2, len(fitting)))
        return " y ".join(chosen), "y".join(CONSTRUCTS[construct] for construct in chosen)

    @staticmethod
    def _is_sound(words: str, role: Role, *, named: bool) -> bool:
        text = Text(f"Vqxbbb {words} zqxbbb", "x")
        parsed = read_text(text) if role == "block" else read_line(text)
        if role == "block" and len(parsed.paragraphs) != 1:
            return False  # each paragraph of an answer owes a source
        names = [*parsed.citations, *parsed.references, *parsed.expressions, *parsed.source_mentions]
        return (named or not names) and not has_errors([*parsed.problems, *find_misplaced(text, role)])


def read_back(pdf: Path) -> list[str]:
    """Return the letters of a PDF in the orders that poppler knows."""
    found = []
    for option in ("-raw", "-layout", "-nopgbrk"):
        command = ["pdftotext", option, str(pdf), "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found.append(letters(said))
    return found

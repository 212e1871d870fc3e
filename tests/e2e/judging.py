"""A word of the PDF and the author's line that was named for it -> whether that line made the word, and how.

Nothing here is shared with the code that it judges: words and boxes are poppler's, lines are the files' own.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reading import ROOT, Box, read_words

AGREEING = 8
"""Letters that a heading's line in the PDF and its line in the data must share."""

GENERATED = frozenset(
    "nº de a para qué protocolo puerto cifrado fuente concepto valor unidad fecha o supuesto número la comunicación "
    "comunicaciones figura n ramas de una misma línea".split()
)
"""Words of generated tables and legends, whose origin is the caption or the title of what they were made from."""


def letters(words: str) -> str:
    """Return the letters and digits of words, in lower case and composed."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", words).casefold())
    return "".join(character for character in folded if character.isalnum())


@dataclass
class Judge:
    """Knows a built project."""

    root: Path
    files: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[Box]:
        """Return the words of the PDF in poppler's order."""
        return read_words(self.root / "build/informe.pdf")

    @cached_property
    def keys(self) -> dict[str, str]:
        """Return the key behind each number of a citation."""
        tex = (self.root / "build/latex/informe.tex").read_text(encoding="utf-8")
        return {number: key for key, number in re.findall(r"\\hyperlink\{cite\.0@([^{}]+)\}\{(\d+)\}", tex)}

    @cached_property
    def pages(self) -> dict[int, str]:
        """Return the letters of each page, in two orders: words parted at the end of a line are whole in one."""
        found: dict[int, str] = defaultdict(str)
        for option in ("-layout", "-raw"):
            command = ["pdftotext", option, str(self.root / "build/informe.pdf"), "-"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            for number, page in enumerate(said.split("\f"), start=1):
                found[number] += letters(page) + " "
        return found

    def row(self, path: str, line: int) -> str:
        """Return a line of one of the author's files."""
        if path not in self.files:
            own = self.root / path
            file = own if own.exists() else ROOT / path  # a template of the engine
            self.files[path] = file.read_text(encoding="utf-8").split("\n")
        return self.files[path][line - 1]

    def tell(self, index: int, path: str, line: int, column: int) -> str:
        """Return how a line made the word of this index; nothing if it did not."""
        word, row = self.words[index], self.row(path, line)
        said, written = letters(word.text), letters(row)
        before, after = self._neighbours(index)
        if path.endswith((".bib", "paper/mediciones.yaml")):
            return "referencia" if self._in_entry(word, path, line) else ""
        if re.fullmatch(r"\[\d+\][.,;:)]*", word.text):
            return "cita" if self._cites(row, self.keys.get(re.sub(r"\D", "", word.text), "?")) else ""
        if said in written:
            exact = column > 1 and letters(row[column - 1 :]).startswith(said)
            if len(said) > 3 or before + said in written or said + after in written or exact:
                return "literal"
        return self._made(word, said, path, line) or self._titled(word, said, path, line)

    def _neighbours(self, index: int) -> tuple[str, str]:
        near = (self.words[i] if 0 <= i < len(self.words) else None for i in (index - 1, index + 1))
        before, after = (
            letters(word.text) if word is not None and word.page == self.words[index].page else "\0" for word in near
        )
        return before or "\0", after or "\0"

    def _cites(self, row: str, key: str) -> bool:
        """Tell whether a line cites a key, itself or through the data that it names the sources of."""
        rows = [row]
        for names in re.findall(r"\{fuentes:([^}]*)\}", row):
            for file in {name.strip().partition(".")[0] for name in names.split(",")}:
                rows.append((self.root / f"paper/datos/{file}.yaml").read_text(encoding="utf-8"))
        return any(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) for text in rows)

    def _made(self, word: Box, said: str, path: str, line: int) -> str:
        """Tell what the engine made from a line: a number, a name, a sign."""
        row = self.row(path, line)
        if "\\pagemark" in row:
            return "número de página" if word.top > 700 or word.bottom < 72 else ""
        if re.match(r"\\[ico]head", row):
            return "encabezado" if word.bottom < 72 else ""
        if re.search(r"\\(?:tableofcontents|listof)", row):
            return "título de índice" if said in "índicedefigurasdetablas" else ""
        if re.search(r"\{(?:figura|tabla|seccion|codigo|ecuacion):", row) and re.fullmatch(
            r"figura|tabla|secci(?:ón|ones)|código|ecuación|[\d.]+", said
        ):
            return "referencia cruzada"
        if "informe.consulta" in row:  # the engine's sentence on when pages were read
            return "consulta" if "se consultaron" in self._print_beside(word) else ""
        if ("{=" in row or path.startswith("paper/datos/")) and re.search(r"\d", said):
            return "número calculado"
        if re.match(r"\s*grafica:", row):
            return "gráfica"
        if re.match(r"\s*-? ?\{?(?:de|numero):", row) and said.isdigit() and path.startswith("figures/"):
            edges = [number for number, text in enumerate(self.files[path], 1) if re.match(r"\s*- \{?\s*de:", text)]
            return "número de arista" if edges.index(line) + 1 == int(said) else ""
        above = " ".join(self.files[path][max(0, line - 4) : line])
        if said == "nota" and "nota:" in above:
            return "rótulo"
        if re.search(r"\bcitas:|@", row) and re.fullmatch("fuentes?", said):
            return "rótulo"
        return "rótulo" if said in GENERATED and re.search(r"\b(?:pie|titulo):", above) else ""

    def _titled(self, word: Box, said: str, path: str, line: int) -> str:
        """Tell whether a line is the heading or caption beside which a number or a name of a figure stands."""
        row = self.row(path, line)
        title = re.match(r"\s*(?:- )?(?:titulo|apartado|pie):(.*)", row)
        if line > 1 and re.match(r"\s*(?:- )?(?:titulo|apartado|pie): [>|]", self.row(path, line - 1)):
            title = re.match("(.*)", row)  # the first line of a folded one
        if title and "(continuación)" in self._print_beside(word):
            return "título"
        words = title[1] if title else row
        enough = min(AGREEING, len(letters(words))) if title else 2 * AGREEING
        made = re.fullmatch(r"[a-z]?[\d.]*|[ivx]+|figura|tabla|anexo", said)
        return "título" if made and self._shared(word, words) >= enough else ""

    def _shared(self, word: Box, row: str) -> int:
        """Return how many letters on end a line of print and the one before or after share with a line of data."""
        printed, written = letters(self._print_beside(word)), letters(row)
        best = 0
        for start in range(len(written)):
            while best < len(written) - start and written[start : start + best + 1] in printed:
                best += 1
        return best

    def _print_beside(self, word: Box) -> str:
        """Return the words of a word's line and of those above and below it, but for numbers."""
        page = [other for other in self.words if other.page == word.page and abs(other.top - word.top) < 16]
        return " ".join(other.text for other in page if not re.fullmatch(r"[\d.]+", other.text))

    def _in_entry(self, word: Box, path: str, line: int) -> bool:
        """Tell whether a line is of the entry, or the measurement, whose number stands over the word in its column."""
        labels = [
            other
            for other in self.words
            if re.fullmatch(r"\[\d+\]", other.text) and abs(other.left - self._column(word)) < 10
            and (other.page, other.top) <= (word.page, word.top + 3) and other.page == word.page
        ]  # fmt: skip
        self.row(path, line)
        rows = self.files[path]
        head = re.compile(r"@\w+\{([^,]*)," if path.endswith(".bib") else r" *- id: (\S+)")
        first = max((n for n in range(line, 0, -1) if head.match(rows[n - 1])), default=0)
        found = head.match(rows[first - 1])
        key = found[1] if path.endswith(".bib") and found else f"medicion:{found[1]}" if found else ""
        if not labels:  # the end of an entry that began in the column before
            return letters(word.text) in letters(" ".join(rows[first - 1 : first + 15]))
        number = re.sub(r"\D", "", labels[-1].text)
        return self.keys.get(number) == key

    def _column(self, word: Box) -> float:
        return 71.0 if word.left < 306 else 311.0

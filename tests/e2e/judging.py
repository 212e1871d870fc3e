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

from reading import Word, read_words

AGREEING = 8
"""Letters that a heading's line in the PDF and its line in the data must share."""


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
    def words(self) -> list[Word]:
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
            self.files[path] = (self.root / path).read_text(encoding="utf-8").split("\n")
        return self.files[path][line - 1]

    def tell(self, index: int, path: str, line: int) -> str:
        """Return how a line made the word of this index; nothing if it did not."""
        word, row = self.words[index], self.row(path, line)
        said, written = letters(word.text), letters(row)
        before, after = self._neighbours(index)
        if path.endswith(".bib"):
            return "referencia" if self._in_entry(word, line) else ""
        if re.fullmatch(r"\[\d+\][.,;:)]*", word.text):
            key = self.keys.get(re.sub(r"\D", "", word.text), "?")
            return "cita" if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", row) else ""
        if said in written and (len(said) > 3 or before + said in written or said + after in written):
            return "literal"
        if said in written and self._shared(word, row) >= 12:
            return "literal"
        return self._made(word, said, row, path, line)

    def _neighbours(self, index: int) -> tuple[str, str]:
        near = (self.words[i] if 0 <= i < len(self.words) else None for i in (index - 1, index + 1))
        before, after = (
            letters(word.text) if word is not None and word.page == self.words[index].page else "\0" for word in near
        )
        return before or "\0", after or "\0"

    def _made(self, word: Word, said: str, row: str, path: str, line: int) -> str:
        """Tell what the engine made from a line: a number, a name of a figure, a heading's number."""
        if "\\pagemark" in row:
            return "número de página" if word.top > 700 or word.bottom < 72 else ""
        if re.search(r"\\(?:tableofcontents|listof)", row):
            return "título de índice" if said in "índicedefigurasdetablas" else ""
        if re.search(r"\{(?:figura|tabla|seccion):", row) and re.fullmatch(r"figura|tabla|sección|[\d.]+", said):
            return "referencia cruzada"
        if "{=" in row and re.search(r"\d", said):
            return "número calculado"
        if said in letters(row) and (len(letters(row)) < 40 or path.startswith("figures/")):
            return "literal"
        if re.match(r"\s*grafica:", row):
            return "gráfica"
        if re.match(r"\s*-? ?\{?(?:de|numero):", row) and said.isdigit() and path.startswith("figures/"):
            edges = [number for number, text in enumerate(self.files[path], 1) if re.match(r"\s*- \{?\s*de:", text)]
            return "número de arista" if edges.index(line) + 1 == int(said) else ""
        if path.startswith("paper/datos/") and re.search(r"\d", said):
            return "número calculado"
        if re.match(r"\s*titulo:", row) and "(continuación)" in self._print_beside(word):
            return "título"
        shared = self._shared(word, row)
        if re.fullmatch(r"\d+", said) and shared >= 2 * AGREEING:
            return "título"
        if re.match(r"\s*(?:- )?(?:titulo|apartado|pie)\b", row) and shared >= min(AGREEING, len(letters(row)) - 6):
            return "título"
        if re.search(r"\bcitas:|@", row) and re.match("fuentes?$", said):
            return "fuente"
        return ""

    def _shared(self, word: Word, row: str) -> int:
        """Return how many letters on end a line of print and the one before or after share with a line of data."""
        printed, written = letters(self._print_beside(word)), letters(row)
        best = 0
        for start in range(len(written)):
            while best < len(written) - start and written[start : start + best + 1] in printed:
                best += 1
        return best

    def _print_beside(self, word: Word) -> str:
        """Return the words of a word's line and of those above and below it, but for numbers."""
        page = [other for other in self.words if other.page == word.page and abs(other.top - word.top) < 16]
        return " ".join(other.text for other in page if not re.fullmatch(r"[\d.]+", other.text))

    def _in_entry(self, word: Word, line: int) -> bool:
        """Tell whether a line of the .bib is of the entry whose number stands over the word, in its column."""
        labels = [
            other
            for other in self.words
            if re.fullmatch(r"\[\d+\]", other.text) and abs(other.left - self._column(word)) < 10
            and (other.page, other.top) <= (word.page, word.top + 3) and other.page == word.page
        ]  # fmt: skip
        rows = self.files.get("references.bib") or (self.row("references.bib", 1), self.files["references.bib"])[1]
        first = max((n for n in range(line, 0, -1) if re.match(r"@\w+\{", rows[n - 1])), default=0)
        key = re.sub(r"@\w+\{([^,]*),.*", r"\1", rows[first - 1])
        if not labels:  # the end of an entry that began in the column before
            return letters(word.text) in letters(" ".join(rows[first - 1 : first + 15]))
        number = re.sub(r"\D", "", labels[-1].text)
        return self.keys.get(number) == key

    def _column(self, word: Word) -> float:
        return 71.0 if word.left < 306 else 311.0

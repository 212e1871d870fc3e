"""A formula as its author typed it -> LaTeX that TeX can set without an error, or problems at their places.

Nothing passes that is not in the lists of `mathwords`: the formula is read whole and written again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from imprenta.markup.alphabets import ACCENTS, ALPHABETS, find_missing_letter, is_leaf, write_accent
from imprenta.markup.cursor import (
    ANY_COLUMNS,
    Cursor,
    Fault,
    Stop,
    count_columns,
    guard_rows,
    is_decimal_comma,
    next_of_pair,
)
from imprenta.markup.escape import escape
from imprenta.markup.mathwords import (
    ARITY,
    DELIMITERS,
    ENVIRONMENTS,
    KNOWN,
    OUTER_ENVIRONMENTS,
    SIGNS,
    SIZES,
    SYMBOLS,
    WORDS,
)
from imprenta.problems import nearest

_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]*\*?)\}")
_COLUMNS = re.compile(r"\s*\{([lcr|\s]*)\}")
_MAXIMUM_DEPTH = 40


@dataclass(slots=True)
class Formula:
    """A formula written again for TeX; `faults` is empty if it is good."""

    tex: str
    faults: list[Fault] = field(default_factory=list)


def read_formula_source(
    source: str, *, display: bool, numbers: dict[int, tuple[int, str]] | None = None, row: bool = False
) -> Formula:
    """Turn the source of a formula into checked LaTeX, without the signs around it.

    `numbers` says where numbers of the data stand: start -> (end, TeX of the number). A `row` is one line of several
    formulas that are aligned with each other.
    """
    reader = _Reader(source, display, numbers or {}, row=row)
    try:
        tex = reader.read_all()
    except Stop:
        tex = ""
    return Formula("" if reader.faults else tex, reader.faults)


class _Reader(Cursor):
    """Reads a formula from left to right; every method returns the TeX of what it read."""

    def __init__(self, source: str, display: bool, numbers: dict[int, tuple[int, str]], *, row: bool) -> None:
        super().__init__(source)
        self.is_row = row
        self.display = display
        self.numbers = numbers
        self.depth = 0
        self.alphabet = ""

    def read_all(self) -> str:
        tex = self.read_items(stop=None, columns=ANY_COLUMNS if self.display else 0)
        if not tex.strip() and not self.faults:
            self.fault("la fórmula está vacía", 0, len(self.source))
        if not self.has_rows or self.is_row:
            return tex
        return rf"\begin{{aligned}}{guard_rows(tex)}\end{{aligned}}"

    def read_items(self, stop: str | None, *, columns: int = 0, opened: tuple[str, int, int] = ("", 0, 0)) -> str:
        """Read until the token `stop` (not read), or to the end; in a table (`columns` over 0) & and \\\\ count."""
        self.depth += 1
        if self.depth > _MAXIMUM_DEPTH:
            raise self.stop("la fórmula tiene demasiados niveles", self.at, self.at + 1)
        parts: list[str] = []
        scripts: set[str] = set()
        column = 1
        while True:
            token = self.peek()
            start, end = self.at, self.at + len(token)
            if not token:
                if stop is not None:
                    raise self.stop(f"a «{opened[0]}» le falta «{stop}»", opened[1], opened[2])
                break
            if token == stop:
                break
            if token.isspace():
                self.at = end
                parts.append(" ")
            elif token in ("^", "_", "'", "′"):
                while parts and parts[-1].isspace():
                    parts.pop()
                parts.append(self.read_script(token, scripts))
            elif token in ("&", r"\\", r"\hline", r"\cr"):
                scripts = set()
                column = column + 1 if token == "&" else 1
                if column > columns > 0:
                    self.fault(f"la tabla de fórmulas no tiene más de {columns} columnas", start, end)
                parts.append(self.read_row_mark(token, bool(columns), top=stop is None))
            else:
                parts.append(self.read_atom())
                scripts = {"^"} if parts[-1].startswith("{}^") else set()
        self.depth -= 1
        return "".join(parts)

    def read_script(self, token: str, scripts: set[str]) -> str:
        start = self.at
        kind = "_" if token == "_" else "^"
        self.at += 1
        if token in ("'", "′"):
            while self.peek() in ("'", "′"):
                self.at += 1
            if scripts & {"^", "'"}:
                self.fault("hay dos superíndices seguidos", start, self.at, "agrúpelos con llaves: «{a^b}^c»")
            scripts.add("'")
            return "'" * (self.at - start)
        if kind == "_" and "'" in scripts:
            scripts.add("^")  # TeX joins a superscript to a prime only where it follows at once
        if kind in scripts:
            word = "subíndices" if kind == "_" else "superíndices"
            self.fault(f"hay dos {word} seguidos", start, self.at, f"agrúpelos con llaves: «{{a{kind}b}}{kind}c»")
        scripts.add(kind)
        return kind + self.read_argument(token, start, start + 1)

    def read_argument(self, command: str, start: int, end: int) -> str:
        """Read one argument, in braces or a single atom; return it in braces."""
        self.skip_spaces()
        token = self.peek()
        if not token or token in ("}", "&", r"\\", "^", "_", "]", r"\right", r"\end", r"\middle", "'", "′"):
            raise self.stop(f"tras «{command}» falta su contenido", start, end, "el contenido va entre llaves: «{…}»")
        tex = self.read_atom()
        return tex if token == "{" else f"{{{tex}}}"

    def read_atom(self) -> str:
        start, token = self.at, self.peek()
        tex = self.read_any_atom()
        if self.alphabet and (start in self.numbers or is_leaf(token)):
            missing = find_missing_letter(self.alphabet, tex)
            if missing is not None:
                self.fault(missing[0], start, self.at, missing[1])
                self.alphabet = ""  # one is enough for what stands in it
        return tex

    def read_any_atom(self) -> str:
        token = self.peek()
        start, end = self.at, self.at + len(token)
        if start in self.numbers:
            self.at, tex = self.numbers[start]
            return tex
        self.at = end
        if token == "{":
            inside = self.read_items("}", opened=(token, start, end))
            self.at += 1
            return f"{{{inside}}}"
        if token == "}":
            raise self.stop("sobra una llave «}»", start, end)
        if token.startswith("\\"):
            return self.read_command(token, start, end)
        if token in ("%", "#", "$"):
            self.fault(f"«{token}» no vale así en una fórmula", start, end, f"el signo se escribe «\\{token}»")
            return ""
        if token == "~":
            return "~"
        if token == "," and is_decimal_comma(self.source, start):
            return "{,}"
        if token == "." and self.source[start - 1 : start].isdigit() and self.source[end : end + 1].isdigit():
            return "{.}"
        if token.isascii() and token.isprintable():
            return rf"\text{{{escape(token)}}}" if token in '`"' else token
        return self.read_character(token, start, end)

    def read_command(self, token: str, start: int, end: int) -> str:
        name = token[1:]
        if token in SIGNS:
            return token
        if not name or not name.isalpha() or not name.isascii():
            self.fault(f"«{token}» no se admite en una fórmula", start, end)
            return ""
        if name in SYMBOLS:
            return self.read_symbol(name)
        if name in ARITY[1] or name in ARITY[2]:
            return self.read_call(name, start, end)
        if name in WORDS:
            return self.read_words(name, start, end)
        if name == "ce":
            return self.read_chemistry(start, end)
        if name == "left":
            return self.read_pair(start, end)
        if name in SIZES:
            return f"{token}{self.read_delimiter(token, start, end)}"
        if name in DELIMITERS:
            return f"{token} "
        if name == "begin":
            return self.read_environment(start, end)
        if name in ("right", "end", "middle"):
            opening = r"\begin" if name == "end" else r"\left"
            raise self.stop(f"a «{token}» le falta antes su «{opening}»", start, end)
        near = get_close_matches(name, [word for word in KNOWN if abs(len(word) - len(name)) < 2], n=1, cutoff=0.75)
        hint = f"¿«\\{near[0]}»?" if near else "se admiten los símbolos y órdenes de LaTeX y amsmath"
        self.fault(f"la orden «{token}» no se admite en las matemáticas", start, end, hint)
        return ""

    def read_call(self, name: str, start: int, end: int) -> str:
        command = rf"\{name}"
        option = ""
        if name == "operatorname" and self.peek() == "*":
            self.at += 1
            command += "*"
        self.skip_spaces()
        if name in ("sqrt", "xrightarrow", "xleftarrow") and self.peek() == "[":
            opened = self.at
            self.at += 1
            option = f"[{{{self.read_items(']', opened=('[', opened, opened + 1))}}}]"
            self.at += 1
        if name == "not":
            # It strikes the sign that follows, which braces would hide from it.
            return rf"\not {self.read_argument(command, start, end).removeprefix('{').removesuffix('}')}"
        if name == "substack":
            return command + self.read_lines(command, start, end)
        outer, self.alphabet = self.alphabet, ALPHABETS.get(name, self.alphabet)
        count = 2 if name in ARITY[2] else 1
        arguments = [self.read_argument(rf"\{name}", start, end) for _ in range(count)]
        self.alphabet = outer
        if name in ACCENTS:
            return write_accent(command, arguments[0], outer)
        return command + option + "".join(arguments)

    def read_lines(self, command: str, start: int, end: int) -> str:
        self.skip_spaces()
        if self.peek() != "{":
            raise self.stop(f"tras «{command}» falta su contenido", start, end, "el contenido va entre llaves: «{…}»")
        opened = self.at
        self.at += 1
        inside = self.read_items("}", columns=1, opened=("{", opened, opened + 1))
        self.at += 1
        return f"{{{inside}}}"

    def read_pair(self, start: int, end: int) -> str:
        opening = self.read_delimiter(r"\left", start, end)
        parts = [rf"\left{opening}"]
        while True:
            parts.append(self.read_until_middle(start, end))
            if self.peek() == r"\middle":
                middle = self.at
                self.at += len(r"\middle")
                parts.append(rf"\middle{self.read_delimiter(chr(92) + 'middle', middle, self.at)}")
                continue
            last = self.at
            self.at += len(r"\right")
            parts.append(rf"\right{self.read_delimiter(chr(92) + 'right', last, self.at)}")
            return "".join(parts)

    def read_until_middle(self, start: int, end: int) -> str:
        """Read the inside of a pair up to its \\right or a \\middle, which is not read."""
        match = next_of_pair(self.source, self.at)
        if match is None:
            raise self.stop(r"a «\left» le falta «\right»", start, end, r"el invisible es «\right.»")
        return self.read_items(match, opened=(r"\left", start, end))

    def read_environment(self, start: int, end: int) -> str:
        match = _ENVIRONMENT.match(self.source, self.at)
        if match is None:
            raise self.stop(r"tras «\begin» falta el nombre de un entorno entre llaves", start, end)
        name = match[1]
        kind = OUTER_ENVIRONMENTS.get(name, name)
        if kind and kind not in ENVIRONMENTS:
            near = nearest(name, ENVIRONMENTS)
            hint = f"¿«{near}»?" if near else f"se admiten: {', '.join(ENVIRONMENTS)}"
            raise self.stop(f"el entorno «{name}» no se admite en las matemáticas", start, match.end(), hint)
        self.at = match.end()
        option = ""
        if name in ("array", "alignedat"):
            columns = (_COLUMNS if name == "array" else re.compile(r"\s*\{([1-9])\}")).match(self.source, self.at)
            if columns is None or not columns[1].strip(" |"):
                raise self.stop(f"a «{name}» le faltan sus columnas", start, self.at, "así: «\\begin{array}{lcr}»")
            option = f"{{{columns[1]}}}"
            self.at = columns.end()
        width = count_columns(kind, option)
        inside = self.read_items(r"\end", columns=width, opened=(self.source[start : match.end()], start, match.end()))
        last = self.at
        self.at += len(r"\end")
        closing = _ENVIRONMENT.match(self.source, self.at)
        if closing is None or closing[1] != name:
            found = f"\\end{{{closing[1]}}}" if closing else "\\end"
            raise self.stop(f"«\\begin{{{name}}}» se cierra con «{found}»", last, closing.end() if closing else self.at)
        self.at = closing.end()
        if not kind:
            return inside
        return rf"\begin{{{kind}}}{option}{guard_rows(inside)}\end{{{kind}}}"

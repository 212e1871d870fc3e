"""Source of a formula -> a checked tree: Python's own parser reads it, and only what is listed here may stand in it."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.calculate.functions import FUNCTIONS
from imprenta.problems import guess_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_LENGTH = 1000
MAX_DEPTH = 120
MOST_KEPT = 1024
"""Formulas that stay read: each is checked, worked out and written, and read again when a value changes."""

SIGNS: dict[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
COMPARISONS: dict[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip

_CHARACTER_HINTS = {
    "×": "la multiplicación se escribe *",
    "·": "la multiplicación se escribe *",
    "÷": "la división se escribe /",
    ":": "la división se escribe /",
    "−": "el signo menos se escribe -",
    "–": "el signo menos se escribe -",
    "^": "la potencia se escribe **",
    "²": "la potencia se escribe **",
    "³": "la potencia se escribe **",
    "√": "la raíz cuadrada se escribe raiz(x)",
    "≤": "se escribe <=",
    "≥": "se escribe >=",
    "≠": "se escribe !=",
    "%": "un porcentaje se escribe como fracción: 12 % es 0.12",
    ";": "los argumentos se separan con comas",
}
_ADMITTED = re.compile(r"[A-Za-z0-9_.,()+\-*/<>=! \t\n]")
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in a formula: `name` of the formula's own file, or `file.name`; with its offsets in the source."""

    file: str | None
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its tree, the names in it, and where its nodes stand in the source."""

    source: str
    root: ast.expr
    references: Mapping[int, Reference]
    """By the column of the node in the tree."""
    shift: int
    """What to add to a column of the tree to have an offset in the source."""

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return the offsets of a node in the source."""
        assert isinstance(node, ast.expr)
        return self.shift + node.col_offset, self.shift + (node.end_col_offset or node.col_offset + 1)

    def words(self, node: ast.AST) -> str:
        """Return the author's own words for a node, shortened if long."""
        start, end = self.span(node)
        words = " ".join(self.source[start:end].split())
        return words if len(words) <= 60 else f"{words[:57]}…"

    def error(self, node: ast.AST, message: str, *, hint: str = "", code: str = "formula-mal-escrita") -> FormulaError:
        """Return an error that points at a node."""
        return FormulaError(message, *self.span(node), hint=hint, code=code)

    def number(self, node: ast.AST) -> Decimal:
        """Return the number that a constant of the tree was written as, to all its digits."""
        start, end = self.span(node)
        return Decimal(self.source[start:end])


def read_formula(source: str, file_ids: Iterable[str] = ()) -> Formula:
    """Turn a formula's source into a checked tree; raise FormulaError at what does not belong in a formula.

    `file_ids` are the known files of data: an id with hyphens, or one that begins with a digit, is told from a
    subtraction because it is known and a point follows (`costos-2019.x`).
    """
    return _read(source, tuple(name for name in file_ids if name and not name.isidentifier()))


@lru_cache(MOST_KEPT)
def _read(source: str, awkward: tuple[str, ...]) -> Formula:
    """Read a formula; `awkward` are the file ids that are no names to Python's parser."""
    _check_characters(source)
    stripped = source.lstrip()
    shift = len(source) - len(stripped)
    # Every blank becomes one space, so that the tree has a single line and its columns are offsets.
    flat = re.sub(r"\s", " ", stripped).rstrip()
    if not flat:
        raise FormulaError("la fórmula está vacía", 0, len(source))
    masked, masks = _mask_file_ids(flat, awkward)
    _check_parentheses(masked, shift)
    root = _parse(masked, shift)
    references: dict[int, Reference] = {}
    formula = Formula(source, root, references, shift)
    _Check(formula, masks, references).number(root, 0)
    return formula


def _check_characters(source: str) -> None:
    if len(source) > MAX_LENGTH:
        message = f"la fórmula tiene {len(source)} caracteres y se admiten {MAX_LENGTH}"
        raise FormulaError(message, MAX_LENGTH, len(source), hint="puede partirse en varios valores")
    for offset, character in enumerate(source):
        if not _ADMITTED.fullmatch(character):
            hint = _CHARACTER_HINTS.get(character, "")
            if not hint and character.isalpha():
                hint = "los nombres llevan minúsculas sin acento, cifras y _"
            shown = character if character.isprintable() else f"U+{ord(character):04X}"
            raise FormulaError(f"«{shown}» no se admite en una fórmula", offset, offset + 1, hint=hint)


def _mask_file_ids(flat: str, awkward: Iterable[str]) -> tuple[str, dict[int, str]]:
    """Put a name of the same length in the place of each file id that is not a name to Python's parser."""
    masks: dict[int, str] = {}
    if not awkward:
        return flat, masks

    def mask(match: re.Match[str]) -> str:
        masks[match.start()] = match[0]
        return "_" * len(match[0])

    pattern = "|".join(map(re.escape, sorted(awkward, key=len, reverse=True)))
    return re.sub(rf"(?<![A-Za-z0-9_.])(?:{pattern})(?=\.[A-Za-z_])", mask, flat), masks


def _check_parentheses(flat: str, shift: int) -> None:
    opened: list[int] = []
    for column, character in enumerate(flat):
        if character == "(":
            opened.append(column)
        elif character == ")":
            if not opened:
                raise FormulaError("sobra un paréntesis de cierre", shift + column, shift + column + 1)
            opened.pop()
    if opened:
        raise FormulaError("falta cerrar un paréntesis", shift + opened[-1], shift + opened[-1] + 1)


def _parse(flat: str, shift: int) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # «1if» and the like: the parser warns on the author's behalf
            return ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        column = (error.offset or len(flat) + 1) - 1  # 0 stands for the end
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError("la fórmula tiene demasiados niveles", shift, shift + len(flat)) from None
    lone = re.search(r"(?<![<>=!])=(?!=)", flat)
    if lone:
        start = shift + lone.start()
        raise FormulaError("«=» no se admite en una fórmula", start, start + 1, hint="la igualdad se compara con ==")
    if column >= len(flat) or not flat[column:].strip():
        raise FormulaError(
            "la fórmula acaba antes de tiempo", shift + len(flat) - 1, shift + len(flat), hint="falta un valor al final"
        )
    word = re.match(r"[A-Za-z0-9_.]+|\S", flat[column:])
    length = len(word[0]) if word else 1
    found = flat[column : column + length]
    if re.search(r"\bif\b", flat) and not re.search(r"\belse\b", flat):
        hint = "una condición se escribe «a if condición else b»"
    else:
        hint = "se esperaba un número, un nombre, un operador o un paréntesis"
    raise FormulaError(f"la fórmula no se entiende en «{found}»", shift + column, shift + column + length, hint=hint)


class _Check:
    """The list of what may stand in a formula: numbers where numbers belong, conditions where conditions do."""

    def __init__(self, formula: Formula, masks: Mapping[int, str], references: dict[int, Reference]) -> None:
        self.formula = formula
        self.masks = masks
        self.references = references

    def deeper(self, node: ast.expr, depth: int) -> int:
        if depth >= MAX_DEPTH:
            raise self.formula.error(node, f"la fórmula tiene más de {MAX_DEPTH} niveles",
                                     hint="puede partirse en varios valores")  # fmt: skip
        return depth + 1

    def number(self, node: ast.expr, depth: int) -> None:
        depth = self.deeper(node, depth)
        match node:
            case ast.Constant():
                self.constant(node)
            case ast.Name() | ast.Attribute():
                self.name(node)
            case ast.UnaryOp(op=ast.UAdd() | ast.USub(), operand=operand):
                self.number(operand, depth)
            case ast.BinOp(left=left, op=operator, right=right):
                if type(operator) not in SIGNS:
                    hint = "el cociente entero se escribe piso(a / b)" if isinstance(operator, ast.FloorDiv) else ""
                    raise self.formula.error(node, "se admiten los operadores + - * / **", hint=hint)
                self.number(left, depth)
                self.number(right, depth)
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                self.condition(test, depth)
                self.number(body, depth)
                self.number(otherwise, depth)
            case ast.Call():
                self.call(node, depth)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                raise self.formula.error(
                    node,
                    f"«{self.formula.words(node)}» es una condición y se esperaba un número",
                    hint="una condición solo va en «a if condición else b»",
                )
            case ast.Tuple():
                raise self.formula.error(
                    node,
                    "la coma solo separa los argumentos de una función",
                    hint="en una fórmula los decimales se escriben con punto: 0.5",
                )
            case _:
                raise self.formula.error(node, f"«{self.formula.words(node)}» no se admite en una fórmula")

    def condition(self, node: ast.expr, depth: int) -> None:
        depth = self.deeper(node, depth)
        match node:
            case ast.Compare(left=left, ops=operators, comparators=others):
                if any(type(operator) not in COMPARISONS for operator in operators):
                    raise self.formula.error(node, f"se compara con {' '.join(COMPARISONS.values())}")
                for side in (left, *others):
                    self.number(side, depth)
            case ast.BoolOp(values=values):
                for value in values:
                    self.condition(value, depth)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.condition(operand, depth)
            case _:
                raise self.formula.error(
                    node,
                    f"«{self.formula.words(node)}» no es una condición",
                    hint="una condición compara dos valores: n > 3",
                )

    def constant(self, node: ast.Constant) -> None:
        start, end = self.formula.span(node)
        if not _NUMBER.fullmatch(self.formula.source[start:end]):
            raise self.formula.error(
                node, f"«{self.formula.words(node)}» no es un número", hint="se escribe con cifras y punto decimal: 0.5"
            )

    def name(self, node: ast.expr) -> None:
        start, end = self.formula.span(node)
        column = node.col_offset
        if isinstance(node, ast.Attribute):
            if not isinstance(node.value, ast.Name):
                raise self.formula.error(
                    node, f"«{self.formula.words(node)}» no es un nombre", hint="se escribe nombre o archivo.nombre"
                )
            reference = Reference(self.masks.get(column, node.value.id), node.attr, start, end)
        else:
            assert isinstance(node, ast.Name)
            reference = Reference(None, node.id, start, end)
        self.references[column] = reference

    def call(self, node: ast.Call, depth: int) -> None:
        function = node.func
        if not isinstance(function, ast.Name):
            raise self.formula.error(function, f"«{self.formula.words(function)}» no es una función")
        known = FUNCTIONS.get(function.id)
        if known is None:
            raise self.formula.error(
                function,
                f"no hay una función «{function.id}»",
                hint=guess_hint(function.id, FUNCTIONS, what="hay"),
                code="funcion-desconocida",
            )
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            if isinstance(argument, ast.Starred) or node.keywords:
                raise self.formula.error(argument, "los argumentos van uno tras otro, separados por comas")
        count = len(node.args)
        if count < known.least or (known.most is not None and count > known.most):
            raise self.formula.error(
                node,
                f"«{function.id}» lleva {known.arguments} y se encontraron {count}",
                hint="los decimales de un número se escriben con punto: 0.5" if count > known.least else "",
                code="funcion-mal-usada",
            )
        for argument in node.args:
            self.number(argument, depth)

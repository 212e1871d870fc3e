"""A YAML file's text -> mappings, lists and Texts that know their places, and the problems of its syntax."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from imprenta.load.alignment import align_scalar
from imprenta.model import PlacedDict, Text
from imprenta.problems import Problem, Span

Path = tuple[str | int, ...]

STANDARD_TAG = "tag:yaml.org,2002:"
MAXIMUM_DEPTH = 60
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SYNTAX_MESSAGES = (
    (
        "found character '\\t' that cannot start any token",
        "hay un tabulador; la sangría de YAML se hace con espacios",
        "",
    ),
    (
        "found character that cannot start any token",
        "este carácter no puede empezar un valor",
        "lo que empieza por @, `, %, & o * va entre comillas",
    ),
    (
        "mapping values are not allowed in this context",
        "los dos puntos sobran aquí o falta una línea nueva",
        "un texto con dos puntos va entre comillas",
    ),
    (
        "could not find expected ':'",
        "falta «:» después de la clave",
        "si la línea continúa un texto, dele más sangría",
    ),
    (
        "did not find expected key",
        "se esperaba una clave",
        "revise la sangría y las comillas de la línea",
    ),
    (
        "did not find expected '-' indicator",
        "se esperaba un elemento de la lista, que empieza con «-»",
        "revise la sangría",
    ),
    (
        "did not find expected ',' or ']'",
        "la lista entre corchetes no se cierra o le falta una coma",
        "un texto con corchetes o comas va entre comillas",
    ),
    (
        "did not find expected ',' or '}'",
        "el mapa entre llaves no se cierra o le falta una coma",
        "un texto con llaves o comas va entre comillas",
    ),
    (
        "found unexpected end of stream",
        "las comillas no se cierran",
        "",
    ),
    (
        "did not find expected node content",
        "se esperaba un valor",
        "una coma sobra, o falta lo que va entre comas",
    ),
    (
        "found unknown escape character",
        "tras la barra invertida hay un carácter que YAML no conoce",
        "entre comillas simples la barra invertida se escribe tal cual",
    ),
    (
        "found undefined tag handle",
        "las etiquetas de YAML («!») no se admiten",
        "un texto que empieza por ! va entre comillas",
    ),
    (
        "found undefined alias",
        "los alias de YAML («*») no se admiten",
        "un texto que empieza por * va entre comillas",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "un valor no puede empezar por & o *",
        "el texto va entre comillas",
    ),
    (
        "expected a single document in the stream",
        "el archivo tiene más de un documento",
        "sobra la línea «---»",
    ),
    (
        "did not find expected <document start>",
        "se esperaba el fin del archivo",
        "revise la sangría de esta línea",
    ),
    (
        "block sequence entries are not allowed in this context",
        "una lista no puede empezar en esta línea",
        "póngala en la línea siguiente, con más sangría",
    ),
)
"""What libyaml says (its constant strings) -> our message and our hint."""


@dataclass(slots=True)
class Tree:
    """A loaded file: its untyped data and the place of every key and value by path."""

    path: str
    data: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def decode_text(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Turn a file's bytes into text with plain line ends; bytes that are not UTF-8 are a problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        problem = Problem(
            "no-utf8",
            f"el archivo no está en UTF-8: el byte {data[error.start]:#04x} no es parte de ningún carácter",
            Span(path, line, column),
            "guárdelo como UTF-8 en el editor",
        )
        return data.decode("utf-8", "replace"), [problem]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_yaml(text: str, path: str) -> Tree:
    """Turn a YAML file's text into a Tree. Never raises on any text.

    Every scalar becomes a Text, whatever it looks like: the schema decides its type. Anchors, aliases and tags are
    refused, since an answer must stand where it is read; a repeated key is a problem at its second place.
    """
    tree = Tree(path)
    reader = _Reader(text, tree)
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        tree.problems.append(
            Problem("caracter-prohibido", "hay un carácter de control que YAML no admite", reader.locate(position))
        )
        return tree
    except yaml.MarkedYAMLError as error:
        tree.problems.append(reader.explain(error))
        return tree
    except (RecursionError, ValueError, yaml.YAMLError):
        tree.problems.append(Problem("yaml-mal-escrito", "el archivo no se puede leer como YAML", Span(path)))
        return tree
    if node is None:
        tree.problems.append(Problem("archivo-vacio", "el archivo está vacío", Span(path)))
        return tree
    tree.data = reader.build(node, (), None, 0)
    return tree


class _Reader:
    """Walks the nodes of one file."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree
        self.line_starts = [0]
        for index, character in enumerate(text):
            if character == "\n":
                self.line_starts.append(index + 1)
        self.seen: set[int] = set()

    def position(self, index: int) -> tuple[int, int]:
        """Turn an index of the text into line and column from 1."""
        line = bisect_right(self.line_starts, index)
        return line, index - self.line_starts[line - 1] + 1

    def locate(self, start: int, end: int | None = None) -> Span:
        """Return the span of `text[start:end]`, cut at the end of its first line."""
        start = max(0, min(start, len(self.text)))
        line, column = self.position(start)
        stop = start + 1 if end is None else max(end, start + 1)
        line_end = self.text.find("\n", start)
        stop = min(stop, len(self.text) if line_end < 0 else line_end)
        return Span(self.tree.path, line, column, line, max(column + stop - start, column + 1))

    def report(self, code: str, message: str, place: Span, hint: str = "", *related: tuple[Span, str]) -> None:
        self.tree.problems.append(Problem(code, message, place, hint, related=related))

    def explain(self, error: yaml.MarkedYAMLError) -> Problem:
        """Turn libyaml's exception into a problem at its mark, or where the unfinished thing began."""
        mark = error.problem_mark or error.context_mark
        words = (error.problem or "").strip()
        index = mark.index if mark is not None else 0
        if words == "found character that cannot start any token" and self.text[index : index + 1] == "\t":
            words = "found character '\\t' that cannot start any token"  # libyaml does not tell which it is
        related: tuple[tuple[Span, str], ...]
        message, hint = next(
            ((ours, tip) for theirs, ours, tip in SYNTAX_MESSAGES if words.startswith(theirs)),
            (f"YAML no entiende esta parte: «{words}»", "revise la sangría y las comillas"),
        )
        begin = error.context_mark
        opened = self.find_open_quote(index)
        if opened is not None:
            # The quotation marks closed a text where the next were meant to open one.
            message, hint = "las comillas no se cierran en esta línea", "el texto que sigue se tomó por suyo"
            place, related = self.locate(opened), ((self.locate(index), "aquí se notó"),)
        elif begin is not None and words.startswith(("found unexpected end of stream", "did not find expected ',' or")):
            place = self.locate(begin.index)
            related = ((self.locate(index), "aquí se notó"),)
        else:
            if self.text[index : index + 1] in {"", "\n"} and index > 0:
                index = max(len(self.text[:index].rstrip()) - 1, 0)
            place, related = self.locate(index), ()
        return Problem("yaml-mal-escrito", message, place, hint, related=related)

    def find_open_quote(self, index: int) -> int | None:
        """Return where a quoted text begins that runs over several lines and ends on the line of an error."""
        opened = None
        with suppress(yaml.YAMLError, ValueError):
            for token in yaml.scan(self.text, Loader=LOADER):
                if token.start_mark.index >= index:
                    break
                if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                    over_lines = token.end_mark.line > token.start_mark.line
                    here = token.end_mark.line == self.position(index)[0] - 1
                    opened = token.start_mark.index if over_lines and here else None
        return opened

    def build(self, node: yaml.Node, path: Path, key_span: Span | None, depth: int) -> Any:
        """Turn a node into a PlacedDict, a list or a Text; note its place."""
        start, end = node.start_mark.index, node.end_mark.index
        span = self.locate(start, end)
        self.tree.values[path] = span
        if id(node) in self.seen:
            self.report("yaml-alias", "los alias de YAML («*») no se admiten", span, "escriba el valor en su lugar")
            return None
        self.seen.add(id(node))
        if depth > MAXIMUM_DEPTH:
            self.report("yaml-mal-escrito", "los datos están anidados a demasiada profundidad", span)
            return None
        if not node.tag.startswith(STANDARD_TAG):
            self.report("yaml-etiqueta", f"la etiqueta «{node.tag}» no se admite", span, "el texto va entre comillas")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.build_text(node, path, span, key_span)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index), None, depth + 1) for index, child in enumerate(node.value)]
        return self.build_mapping(node, path, key_span or span, depth)

    def build_mapping(self, node: yaml.Node, path: Path, span: Span, depth: int) -> PlacedDict:
        mapping = PlacedDict(span)
        for key_node, value_node in node.value:
            key_span = self.locate(key_node.start_mark.index, key_node.end_mark.index)
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("clave-no-admitida", "una clave es una palabra, no una lista ni un mapa", key_span)
                continue
            key = key_node.value
            if key in mapping:
                self.report(
                    "clave-repetida",
                    f"la clave «{key}» está repetida",
                    key_span,
                    "",
                    (mapping.key_spans[key], "aquí está por primera vez"),
                )
                continue
            child = (*path, key)
            self.tree.keys[child] = key_span
            mapping.key_spans[key] = key_span
            mapping[key] = self.build(value_node, child, key_span, depth + 1)
        return mapping

    def build_text(self, node: yaml.ScalarNode, path: Path, span: Span, key_span: Span | None) -> Text | None:
        style = node.style or None  # libyaml's loader says "" for a plain scalar, PyYAML's own says None
        if node.value == "" and style is None:
            name = next((f"«{part}»" for part in reversed(path) if isinstance(part, str)), "el archivo")
            self.report("valor-vacio", f"{name} no tiene valor", key_span or span, 'un texto vacío se escribe ""')
            return None
        raw = self.text[node.start_mark.index : node.end_mark.index]
        runs = align_scalar(node.value, raw, style)
        pieces: list[tuple[int, int, int]] = []
        for offset, index in runs:
            pieces.append((offset, *self.position(node.start_mark.index + index)))
        return Text(node.value, self.tree.path, tuple(pieces), quoted=style is not None)

"""A YAML file's text -> mappings, lists and Texts that know their places, and the problems of its syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from imprenta.load.alignment import align_scalar
from imprenta.load.lines import Lines
from imprenta.load.swallowed import find_swallowed
from imprenta.load.yaml_errors import LOADER, explain_control, explain_syntax
from imprenta.load.yaml_words import SYNTAX, TOLD_ALIAS, TOLD_ANCHOR, TOLD_SECOND, TOLD_TAG, Told
from imprenta.model import PlacedDict, Text
from imprenta.problems import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

MAXIMUM_DEPTH = 60
MERGE = "<<"
"""The key under which YAML 1.1 takes over a mapping that stands elsewhere."""
COMMENT = re.compile(r"([ \t]+)#")
PROPERTIES = {"&": TOLD_ANCHOR, "!": TOLD_TAG}
"""What may stand before a value, by the sign that it begins with; a plain value begins with neither."""
BEFORE_SCALAR = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\n]*\n\s*)*|$))+")
"""Tags and anchors, with the blanks and comments after them, up to the value that they stand before."""
UNSEEN = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$|[\u200b-\u200f\u2060\ufeff]+")
"""What nobody sees in a key: blanks of other kinds around it, and what has no width anywhere in it."""
TOLD_KEY: Told = (
    "clave-no-admitida", "una clave es una palabra, no una lista ni un mapa",
    "un texto con corchetes o llaves va entre comillas",
)  # fmt: skip


@dataclass(slots=True)
class Tree:
    """A loaded file: its untyped data and the place of every key and value by path.

    `comments` tells the place of the comment after a plain value on its line, if one blank alone stands between them,
    by the identity of the value; and whether it begins with a number, as «#1» does.
    """

    path: str
    data: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    comments: dict[int, tuple[Span, bool]] = field(default_factory=dict)
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
    lines = Lines(text, path)
    reader = _Reader(lines, tree)
    try:
        tree.data = reader.read()
    except yaml.reader.ReaderError:
        tree.problems.append(explain_control(lines))
    except yaml.MarkedYAMLError as error:
        tree.problems.append(explain_syntax(error, lines))
    except (RecursionError, ValueError, yaml.YAMLError):
        tree.problems.append(Problem("yaml-mal-escrito", "el archivo no se puede leer como YAML", Span(path)))
    except _TooMuchError:
        pass  # said already
    return tree


class _TooMuchError(Exception):
    """The rest of the file cannot be read, and why was said."""


class _Reader:
    """Follows the events of one file: libyaml's own way to nodes recurses without end, and forgets anchors and tags."""

    def __init__(self, lines: Lines, tree: Tree) -> None:
        self.lines = lines
        self.text = lines.text
        self.tree = tree
        self.events: Iterator[yaml.Event] = iter(())
        self.refused: set[int] = set()

    def read(self) -> Any:
        """Return the data of the one document, or None if there is none. Raises as libyaml does."""
        self.events = yaml.parse(self.text, Loader=LOADER)
        next(self.events)
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            return self.refuse_empty()
        event = next(self.events)
        start, end = _reach(event)
        if start == end and isinstance(event, yaml.ScalarEvent):
            return self.refuse_empty()
        data = self.build(event, (), None, 0)
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self.report(TOLD_SECOND, self.span_of(event))
            return None
        return data

    def refuse_empty(self) -> None:
        self.tree.problems.append(Problem("archivo-vacio", "el archivo está vacío", Span(self.tree.path)))

    def report(self, told: Told, place: Span, *related: tuple[Span, str]) -> None:
        code, message, hint = told
        self.tree.problems.append(Problem(code, message, place, hint, related=related))

    def build(self, event: yaml.Event, path: Path, key_span: Span | None, depth: int) -> Any:
        """Turn a node's first event, and those that follow, into a PlacedDict, a list or a Text; note its place."""
        span = self.span_of(event)
        self.tree.values[path] = span
        if isinstance(event, yaml.AliasEvent):
            self.report(TOLD_ALIAS, span)
            return None
        self.refuse_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.build_text(event, path, span, key_span)
        self.refuse_depth(depth, span)
        start, _ = _reach(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items, end = self.build_list(path, depth)
            self.tree.values[path] = self.lines.locate(start, end)
            return items
        mapping, end = self.build_mapping(path, depth)
        self.tree.values[path] = self.lines.locate(start, end)
        mapping.span = key_span or self.tree.values[path]
        return mapping

    def span_of(self, event: yaml.Event) -> Span:
        return self.lines.locate(*_reach(event))

    def refuse_properties(self, event: yaml.Event) -> None:
        """Report the anchor or the tag that a value begins with: once, though a mapping begins with its first key."""
        start, _ = _reach(event)
        told = PROPERTIES.get(self.text[start : start + 1])
        if told is None or start in self.refused:
            return
        self.refused.add(start)
        self.report(told, self.lines.locate(start, start + len(self.lines.rest_of_line(start).split()[0])))

    def build_list(self, path: Path, depth: int) -> tuple[list[Any], int]:
        """Return a list's items and where it ends."""
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.build(event, (*path, len(items)), None, depth + 1))
        return items, _reach(event)[1]

    def build_mapping(self, path: Path, depth: int) -> tuple[PlacedDict, int]:
        """Return a mapping, whose place is not known yet, and where it ends."""
        mapping = PlacedDict(Span(self.tree.path))
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.read_key(event)
            if key is None:
                self.pass_over(next(self.events))
                continue
            child, place = (*path, key), self.span_of(event)
            if key in mapping:
                said = f"la clave «{key}» está repetida"
                self.report(("clave-repetida", said, ""), place, (mapping.key_spans[key], "aquí está por primera vez"))
                self.pass_over(next(self.events))
                continue
            self.tree.keys[child] = place
            mapping.key_spans[key] = place
            mapping[key] = self.build(next(self.events), child, place, depth + 1)
        return mapping, _reach(event)[1]

    def read_key(self, event: yaml.Event) -> str | None:
        """Return a key without what nobody can see in it, or None if it is none; both are problems."""
        place = self.span_of(event)
        if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.ScalarEvent) and event.value == MERGE):
            self.report(TOLD_ALIAS, place)
            return None
        self.refuse_properties(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.report(TOLD_KEY, place)
            self.pass_over(event)
            return None
        key: str = event.value
        unseen = UNSEEN.search(key)
        if unseen is not None:
            key = UNSEEN.sub("", key)
            words = f"en la clave «{key}» hay un carácter que no se ve, U+{ord(unseen[0][0]):04X}"
            self.report(("caracter-prohibido", words, "bórrelo; la sangría se hace con espacios corrientes"), place)
        return key

    def pass_over(self, event: yaml.Event) -> None:
        """Leave out a node, with all that is in it: what is wrong there matters to nobody."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            self.refuse_depth(depth, self.span_of(event))
            if depth == 0:
                return
            event = next(self.events)

    def refuse_depth(self, depth: int, place: Span) -> None:
        """Read no further where lists and mappings stand in one another without end: libyaml takes ever longer."""
        if depth > MAXIMUM_DEPTH:
            self.report((SYNTAX, "los datos están anidados a demasiada profundidad", ""), place)
            raise _TooMuchError

    def build_text(self, event: yaml.ScalarEvent, path: Path, span: Span, key_span: Span | None) -> Text | None:
        style = event.style or None  # libyaml's loader says "" for a plain scalar, PyYAML's own says None
        start, end = _reach(event)
        comment = COMMENT.match(self.text, end) if style is None else None
        if event.value == "" and start in self.refused:
            return None
        if event.value == "" and style is None:
            name = next((f"«{part}»" for part in reversed(path) if isinstance(part, str)), "el archivo")
            hint = 'un texto vacío se escribe ""'
            if comment is not None:
                hint = "lo que sigue a # es un comentario: un texto que empieza por # va entre comillas"
            problem = Problem("valor-vacio", f"{name} no tiene valor", key_span or span, hint)
            self.tree.problems.append(problem)
            return None
        if start in self.refused and (properties := BEFORE_SCALAR.match(self.text, start, end)):
            start = properties.end()  # the scalar itself begins further on
        raw = self.text[start:end]
        runs = align_scalar(event.value, raw, style)
        pieces = tuple((offset, *self.lines.position(start + index)) for offset, index in runs)
        text = Text(event.value, self.tree.path, pieces, quoted=style is not None)
        if comment is not None and len(comment[1]) == 1:
            said = self.lines.rest_of_line(end + 1)
            self.tree.comments[id(text)] = self.lines.locate(end + 1, end + 1 + len(said)), said[1:2].isdigit()
        for found in find_swallowed(raw, style):
            place = self.lines.locate(start + found.start, start + found.end)
            self.tree.problems.append(Problem(found.code, found.message, place, found.hint, found.severity))
        return text


def _reach(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends in the text."""
    assert event.start_mark is not None  # libyaml marks every event
    assert event.end_mark is not None
    return event.start_mark.index, event.end_mark.index

"""Text -> Parsed: what it cites, mentions and computes, its paragraphs, and what is wrong with it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imprenta.markup.displayed import line_start
from imprenta.markup.escape import find_missing_glyphs
from imprenta.markup.mathematics import read_formula_source
from imprenta.markup.parsed import Citation, Expression, Paragraph, Parsed, Reference, Shown, SourceMention
from imprenta.markup.phrases import is_admitted_address
from imprenta.problems import Problem, Severity, sort_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.model.text import Text
    from imprenta.problems import Span

# One line without a character that Markdown or our marks could take for markup: the way of most texts.
_PLAIN_LINE = re.compile(r"(?:[^\n\r\\`*_\[@{$<~^&\0]|&(?![A-Za-z#]))*")
_PLAIN = re.compile(rf"(?!\s*(?:[-+#>=~]|\d+[.)])){_PLAIN_LINE.pattern}")
# A block such as «-», «+», «---» or «2019.» is what it looks like, not an empty list, a title or a rule.
_SIGNS = re.compile(r"\s*[-+*#=>.,()\d/:]+\s*")
_TABLE_RULE = re.compile(r"^[ >]*\|?\s*:?-{2,}:?\s*\|[-:|\s]*$", re.MULTILINE)

_TOLD_ONCE = frozenset(("latex-en-texto", "html-en-texto"))

_DEEPEST_LIST = 4  # what LaTeX sets of one kind
_DEEPEST = 5  # lists and block quotes together

_CONTAINERS = {"list_item_open": "elemento", "blockquote_open": "bloque"}
_FORMULAS = {"math_inline": False, "math_inline_double": True, "math_block": True}


_known: dict[tuple[Text, bool], Parsed] = {}


def know_texts(texts: Iterable[Parsed]) -> None:
    """Let texts be known that were read before, by another process, so that they are not read anew."""
    _known.clear()
    _known.update(((parsed.text, parsed.inline), parsed) for parsed in texts)


def read_text(text: Text) -> Parsed:
    """Turn a text of blocks into what it says; never raises, whatever the text."""
    return read_as(text, inline=False)


def read_line(text: Text) -> Parsed:
    """Turn the text of a title, a caption, a label or a cell into what it says; never raises, whatever the text.

    One line is a line and never a block: «- 3», «1) x», «# x» and «> 5» are what they look like. What has several
    lines is read as blocks; `find_misplaced` tells those that do not fit.
    """
    return read_as(text, inline=is_line(text))


def is_line(text: Text) -> bool:
    """Tell whether a text that stands in a line is written on one."""
    value = text.value.strip()
    return "\n" not in value and "\r" not in value


@lru_cache(maxsize=8192)
def read_as(text: Text, *, inline: bool) -> Parsed:
    """Turn a text into what it says, read as one line (`inline`) or as blocks."""
    value = text.value
    if _PLAIN_LINE.fullmatch(value) if inline else _PLAIN.fullmatch(value) or _SIGNS.fullmatch(value):
        words = value.strip()
        paragraphs = (Paragraph(text.span(), has_citation=False, kind="parrafo"),) if words else ()
        return Parsed(text, paragraphs=paragraphs, problems=find_missing_glyphs(text), plain=words, inline=inline)

    if (text, inline) in _known:
        return _known[text, inline]
    from imprenta.markup.syntax import parse

    tokens, problems = parse(text, inline=inline)
    return _Reader(text, problems, inline=inline).read(tokens)


def prepare_markup() -> None:
    """Load what reading a text with markup needs, which is slow to load."""
    import imprenta.markup.syntax  # noqa: F401 - it is imported for later


def read_tokens(text: Text, tokens: Sequence[Any], problems: list[Problem]) -> Parsed:
    """Turn the tokens of a text into what it says; `problems` are those of its grammar."""
    return _Reader(text, problems, inline=False).read(tokens)


class _Reader:
    """Goes over the tokens of a text once and gathers what they say."""

    def __init__(self, text: Text, problems: list[Problem], *, inline: bool) -> None:
        self.text = text
        self.inline = inline
        self.problems = problems
        self.values: dict[type, list[Any]] = {Citation: [], Reference: [], Expression: [], SourceMention: [], Shown: []}
        self.paragraphs: list[Paragraph] = []
        self.notes: dict[str, tuple[Any, ...]] = {}
        self.note_places: dict[str, Span] = {}
        self.called: set[str] = set()

    def read(self, tokens: Sequence[Any]) -> Parsed:
        body = self.split_notes(tokens)
        self.read_blocks(body, note=False)
        for content in self.notes.values():
            self.read_blocks(content, note=True)
        for label, place in self.note_places.items():
            if label not in self.called:
                message = f"ningún lugar del texto llama a la nota «{label}»"
                self.report("nota-sin-llamada", message, place, f"la llamada se escribe «[^{label}]»")
        self.problems.extend(find_missing_glyphs(self.text))
        return Parsed(
            text=self.text,
            citations=self.sorted_values(Citation),
            references=self.sorted_values(Reference),
            expressions=self.sorted_values(Expression),
            source_mentions=self.sorted_values(SourceMention),
            pictures=self.sorted_values(Shown),
            paragraphs=tuple(sorted(self.paragraphs, key=lambda paragraph: paragraph.place)),
            problems=tuple(sort_problems(_told_once(self.problems))),
            tokens=tuple(body),
            notes=self.notes,
            inline=self.inline,
        )

    def sorted_values(self, kind: type) -> tuple[Any, ...]:
        return tuple(sorted(self.values[kind], key=lambda value: value.place))

    def report(self, code: str, message: str, place: Span, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint, severity=severity))

    def split_notes(self, tokens: Sequence[Any]) -> list[Any]:
        """Take the definitions of footnotes out of the tokens; return the rest."""
        body: list[Any] = []
        opened: list[tuple[Any, list[Any]]] = []
        for token in tokens:
            if token.type == "footnote_reference_open":
                opened.append((token, []))
            elif token.type == "footnote_reference_close":
                self.add_note(*opened.pop())
            else:
                (opened[-1][1] if opened else body).append(token)
        return body

    def add_note(self, opening: Any, content: list[Any]) -> None:
        label = opening.meta["label"]
        mark = f"[^{label}]:"
        start = max(0, self.text.value.find(mark, line_start(self.text.value, opening.map[0])))
        place = self.text.span(start, start + len(mark) - 1)
        if label in self.notes:
            self.report("nota-repetida", f"la nota «{label}» tiene dos textos", place)
            return
        self.note_places[label] = place
        self.notes[label] = tuple(content)
        if not content:
            self.called.add(label)
            self.report("nota-sin-texto", f"la nota «{label}» está vacía", place, f"así: «[^{label}]: texto»")

    def read_blocks(self, tokens: Iterable[Any], *, note: bool) -> None:
        containers = ["nota" if note else "parrafo"]
        depth = 0
        lists: list[str] = []
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open"):
                depth += 1
                lists.append(token.type)
                if depth > _DEEPEST or lists.count(token.type) > _DEEPEST_LIST:
                    self.report_line(token, "listas-muy-hondas", "hay más de cuatro niveles de listas o citas anidadas")
            if token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
                depth -= 1
                lists.pop()
            if token.type in _CONTAINERS:
                containers.append(_CONTAINERS[token.type])
            elif token.type in ("list_item_close", "blockquote_close"):
                containers.pop()
            elif token.type == "inline":
                self.read_paragraph(token, containers[-1], note=note)
            elif token.type == "math_block":
                self.read_formula(token)
            elif token.type == "heading_open":
                hint = "los títulos son «titulo:» y «apartado:»; si # es texto, escriba «\\#»"
                if not token.markup.startswith("#"):
                    hint = "deje una línea en blanco antes de la raya, o quítela; los títulos son «apartado:»"
                self.report_line(token, "titulo-en-texto", "un texto no lleva títulos", hint)
            elif token.type == "hr":
                self.report_line(token, "raya-en-texto", "un texto no lleva rayas de separación")
            elif token.type == "fence":
                self.check_fence(token)

    def report_line(self, token: Any, code: str, message: str, hint: str = "") -> None:
        """Report something about the first line of a block."""
        start = line_start(self.text.value, token.map[0])
        line = self.text.value[start:].split("\n", 1)[0]
        lead = len(line) - len(line.lstrip(" >\t"))
        self.report(code, message, self.text.span(start + lead, start + max(len(line.rstrip()), lead + 1)), hint)

    def check_fence(self, token: Any) -> None:
        first, end = token.map
        lines = self.text.value.split("\n")[first:end]
        mark = token.markup
        closing = lines[-1].strip(" >\t\r") if len(lines) > 1 else ""
        if len(closing) < len(mark) or closing.strip(mark[0]):
            self.report_line(token, "codigo-sin-cerrar", f"falta «{mark}» al final del bloque de código")

    def read_paragraph(self, token: Any, kind: str, *, note: bool) -> None:
        cites = False
        for child in token.children or ():
            cites = self.read_inline(child, note=note) or cites
        start, end = token.meta["start"], token.meta["end"]
        rule = None if self.inline else _TABLE_RULE.search(self.text.value, start, end)
        if rule is not None:
            message = "un texto no lleva tablas"
            place = self.text.span(rule.start(), rule.end())
            self.report("tabla-en-texto", message, place, "la tabla va en paper/tablas/ y se coloca con «tabla:»")
        if any(not _is_formula_or_blank(child) for child in token.children or ()):
            self.paragraphs.append(Paragraph(self.text.span(start, end), cites, kind))

    def read_inline(self, token: Any, *, note: bool) -> bool:
        """Gather what an inline token says; tell whether it cites."""
        if token.type == "citation":
            self.values[Citation].extend(token.meta.get("value", ()))
            return True
        if token.type == "references":
            self.values[Reference].extend(token.meta["value"])
            return False
        if token.type in ("reference", "expression", "sources", "picture"):
            value = token.meta["value"]
            self.values[type(value)].append(value)
            return isinstance(value, SourceMention)
        if token.type in _FORMULAS:
            self.read_formula(token)
        elif token.type == "link_open":
            self.check_address(token)
        elif token.type == "footnote_ref":
            return self.read_call(token, note=note)
        return False

    def read_call(self, token: Any, *, note: bool) -> bool:
        """Check the call of a footnote; tell whether the note cites."""
        label = token.meta["label"]
        place = token.meta["place"]
        if label not in self.notes:
            self.report("nota-sin-texto", f"la nota «{label}» no tiene texto", place, f"así: «[^{label}]: texto»")
            return False
        self.called.add(label)
        if note:
            self.report("nota-dentro-de-nota", "una nota al pie no lleva otra nota", place)
            return False
        inlines = (child for block in self.notes[label] for child in block.children or ())
        return any(child.type in ("citation", "sources") for child in inlines)

    def check_address(self, token: Any) -> None:
        address = str(token.attrs.get("href", ""))
        if not is_admitted_address(address):
            shown = address if len(address) <= 60 else f"{address[:60]}…"
            message = f"el enlace lleva a «{shown}» y no a una dirección http, https o mailto"
            hint = "si no es un enlace, escriba «\\[»"
            self.report("enlace-no-admitido", message, token.meta["place"], hint)

    def read_formula(self, token: Any) -> None:
        numbers = {start: (end, "0") for start, end, _ in token.meta["numbers"]}
        self.values[Expression].extend(expression for _, _, expression in token.meta["numbers"])
        places = token.meta["places"]
        row = token.meta.get("row", False)
        formula = read_formula_source(token.content, display=_FORMULAS[token.type], numbers=numbers, row=row)
        for fault in formula.faults:
            first = min(fault.start, len(places) - 1)
            last = max(first, min(fault.end, len(places)) - 1)
            place = self.text.span(places[first], places[last] + 1)
            self.report("matematica-no-admitida", fault.message, place, fault.hint)


def _told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what has the code and the hint of a problem before it: «\\begin», «\\item» and «\\end» are one."""
    told: set[tuple[str, str]] = set()
    kept = []
    for problem in sort_problems(problems):
        key = (problem.code, problem.hint)
        if problem.code not in _TOLD_ONCE or key not in told:
            kept.append(problem)
        told.add(key)
    return kept


def _is_formula_or_blank(token: Any) -> bool:
    if token.type in ("math_inline_double", "softbreak", "hardbreak", "comment"):
        return True
    return token.type == "text" and not token.content.strip()

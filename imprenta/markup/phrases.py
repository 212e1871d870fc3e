"""The small pieces of a paragraph's LaTeX: words as they grow, references, citations, addresses, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import escape
from imprenta.markup.scope import locale_of, picture_in, speak_in, state_in, title_part
from imprenta.model import facts
from imprenta.model.citation_key import encode_key
from imprenta.model.source_map import split_leading_marks, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.markup.parsed import Citation, Reference, Shown
    from imprenta.markup.scope import Scope

_ADMITTED_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_IN_ADDRESS = {"%": r"\%", "#": r"\#", "&": r"\&", "~": r"\~", "_": "_", "$": r"\%24", "\\": r"\%5C", "^": r"\%5E",
               "{": r"\%7B", "}": r"\%7D", "`": r"\%60", '"': r"\%22", "|": r"\%7C", " ": r"\%20"}  # fmt: skip
LAST_OF_PARAGRAPH = r"\nobreak{}"
"""What tells, behind several citations, that a paragraph ends with them; no line ends there anyhow."""
_SHORT_END = re.compile(r"(?:^|(?<=\s))([^\W\d_]{1,5}[.:;?!…»)]*)$")
"""A word of a few letters at the end."""
_LINE = 60
"""Characters of which a paragraph has no second line, or a short one."""


class _LineEnd(str):
    """The end of an author's line, as the mark of the line after it."""

    __slots__ = ()


class Words:
    """The LaTeX of a paragraph as it grows: what was typed is kept apart until it is escaped as a whole."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.typed: list[str] = []

    def add(self, typed: str) -> None:
        """Add characters as they were typed."""
        self.typed.append(typed)

    def put(self, tex: str) -> None:
        """Put LaTeX."""
        self.flush()
        if tex:
            self.parts.append(tex)

    def put_after_space(self, tex: str) -> None:
        """Put LaTeX that shall not begin a line: a space before it becomes one that does not break."""
        if not tex:
            return
        spaced, marks = False, ""
        while self.typed:
            last = self.typed.pop()
            if isinstance(last, _LineEnd):
                spaced, marks = True, marks or last
                continue
            bare = last.rstrip(" \n\t")
            spaced = spaced or bare != last
            if bare:
                self.typed.append(bare)
                break
        self.flush()
        self.parts.append(f"{marks}~{tex}" if spaced and self.parts else f"{marks}{tex}")

    def tie_short_end(self) -> None:
        """Keep a short word at the end of a paragraph with the one before it, so that no line has it alone."""
        match = _SHORT_END.search(self.typed[-1]) if self.typed else None
        if match is None or len(strip_marks("".join(self.parts + self.typed))) < _LINE:
            return
        rest, before = self.typed[-1][: match.start(1)], self.typed[-2] if len(self.typed) > 1 else ""
        if rest or isinstance(before, _LineEnd) or before[-1:].isspace():
            self.typed[-1] = rest
            self.put_after_space(escape(match[1]))

    def end_line(self, mark: str) -> None:
        """Put a space that is the end of a line; `mark` is the place of the line after it."""
        self.typed.append(_LineEnd(mark))

    def break_line(self, tex: str) -> None:
        """Put the end of a line, unless nothing stands before it."""
        self.typed = ["".join(self.typed).rstrip(" ")]
        self.flush()
        if self.parts:  # TeX has no line to end before the first word
            self.parts.append(f"{tex}\n")

    def flush(self) -> None:
        """Escape what was typed so far, each of the author's lines by itself."""
        lines: list[tuple[str, list[str]]] = [("", [])]
        for typed in self.typed:
            if isinstance(typed, _LineEnd):
                lines.append((str(typed), []))
            else:
                lines[-1][1].append(typed)
        self.typed = []
        before = ""
        for number, (mark, words) in enumerate(lines):
            tex = escape("".join(words))
            if number:
                self.parts.append(f"{self._line_end(before, tex)}{mark}")
            if tex:
                self.parts.append(tex)
            before = tex

    def tex(self) -> str:
        """Return the LaTeX of the whole paragraph."""
        self.flush()
        return "".join(self.parts)

    def _line_end(self, before: str, after: str) -> str:
        """Return what stands for the end of a line between two stretches of TeX."""
        if before[-1:].isdecimal() and after.startswith(r"\%"):
            return "~"  # between a number and its sign of per cent the space does not break
        for part in reversed(self.parts):
            bare = strip_marks(part).rstrip(" \t")
            if bare:
                # A line that printed nothing must not become an empty one, which would end the paragraph.
                return " " if bare.endswith("\n") else "\n"
        return " "


def write_plain_paragraph(words: str) -> str:
    """Turn a paragraph without markup into LaTeX."""
    match = _SHORT_END.search(words)
    if match is None or not match.start(1) or len(words) < _LINE:
        return escape(words)
    return f"{escape(words[: match.start(1)].rstrip())}~{match[1]}"


def guard(tex: str) -> str:
    """Return LaTeX that a command before it does not take for its option."""
    marks, bare = split_leading_marks(tex)
    return f"{marks}{{}}{bare}" if bare.lstrip().startswith(("[", "*")) else tex


def name_kind(value: Reference, scope: Scope | None) -> str:
    """Return the word before the number of what is referred to."""
    words = locale_of(scope).palabras
    word: str = words.la_pagina if value.page else getattr(words, value.kind)
    return word.capitalize() if value.capital else word


def write_reference(value: Reference, scope: Scope, *, linked: bool = True) -> str:
    """Turn a reference into the word and the number, or the title, a link unless it stands where there is another."""
    label = f"{value.kind}:{value.id}"
    if value.page:
        shown = rf"{name_kind(value, scope)}~\pageref*{{{label}}}"
        return state_in(scope, facts.ReadsMore(), rf"\hyperref[{label}]{{{shown}}}" if linked else shown)
    number = escape(title_part(value, scope)) or rf"\ref*{{{label}}}"
    shown = f"{name_kind(value, scope)}~{number}"
    return rf"\hyperref[{label}]{{{shown}}}" if linked else shown


def write_picture(shown: Shown, scope: Scope) -> str:
    """Turn a picture in a cell into TeX: no wider than its cell; its words if it is not there."""
    found = picture_in(shown.file, scope)
    if found is None:
        return escape(shown.alternative)
    file, width = found
    placed = state_in(scope, facts.Picture(file), file)
    spoken = state_in(scope, facts.Alternative(), speak_in(scope, shown.alternative or shown.file))
    set_picture = rf"\imagencelda{{{width:.3f}}}{{{placed}}}{{{spoken}}}"
    return state_in(scope, facts.CellPicture(round(width, 3)), set_picture)


def write_citation(items: tuple[Citation, ...], scope: Scope, *, ends: bool = False) -> str:
    """Turn citations in one bracket into the command of biblatex; `ends` tells that a paragraph ends with them."""
    ends = ends and len(items) > 1
    if any(item.locator or item.before or item.yearly for item in items):
        told = tuple((escape(item.before), escape(item.locator), (encode_key(item.key),)) for item in items)
        return _cite(facts.Citation(told, yearly=any(item.yearly for item in items), ends=ends), scope)
    return _cite(facts.Citation((("", "", tuple(encode_key(item.key) for item in items)),), ends=ends), scope)


def write_mention(item: Citation, scope: Scope) -> str:
    """Turn a citation in the thread of a sentence into the command of biblatex that names the authors."""
    return _cite(facts.Citation((("", "", (encode_key(item.key),)),), textual=True), scope)


def write_citations(keys: Iterable[str], scope: Scope, *, ends: bool = False) -> str:
    """Turn citation keys into one citation; without keys, into nothing."""
    unique = tuple(dict.fromkeys(encode_key(key) for key in keys if key.strip()))
    return _cite(facts.Citation((("", "", unique),), ends=ends and len(unique) > 1), scope) if unique else ""


def _cite(citation: facts.Citation, scope: Scope) -> str:
    # What ends a command of several citations is no part of them: it stays when their numbers are written out.
    end = (r"\relax{}" if len(citation.items) > 1 else "") + (LAST_OF_PARAGRAPH if citation.ends else "")
    return state_in(scope, citation, citation_command(citation)) + end


def citation_command(citation: facts.Citation) -> str:
    """Return the command of biblatex that sets a citation."""
    if citation.textual:
        return rf"\textcite{{{','.join(citation.keys)}}}"
    command = r"\autocite" if len(citation.items) == 1 else r"\autocites"
    command += "*" if citation.yearly else ""
    return command + "".join(f"{_options(before, place)}{{{','.join(keys)}}}" for before, place, keys in citation.items)


def _options(before: str, place: str) -> str:
    """Return the optional arguments of a citation: two if it has words before it, else that of its place, if any."""
    told = [before, place] if before else [place] if place else []
    return "".join(f"[{{{tex}}}]" if "[" in tex or "]" in tex else f"[{tex}]" for tex in told)


def is_admitted_address(address: str) -> bool:
    """Tell whether a link may lead there: http, https or mailto."""
    return _ADMITTED_ADDRESS.match(address) is not None


def write_address(address: str) -> str:
    """Turn an address into the first argument of \\href."""
    return "".join(
        _IN_ADDRESS.get(character) or (character if character.isascii() else _percent_encoded(character))
        for character in address
        if character.isprintable()
    )


def _percent_encoded(character: str) -> str:
    return "".join(rf"\%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def write_number(number: str) -> str:
    """Turn a printed number into mathematics."""
    if re.fullmatch(r"[-−]?[0-9.,\s]+%?", number) is None:
        return rf"\text{{{escape(number)}}}"
    signs = {",": "{,}", ".": "{.}", "−": "-", "%": r"\%"}
    return "".join(r"\," if character.isspace() else signs.get(character, character) for character in number)


def find_closing_citation(tokens: Sequence[Any]) -> int:
    """Return the index of the citation with which a paragraph ends, a sign after it or not; -1 if with none."""
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].type in ("citation", "sources"):
            return index
        if tokens[index].type != "text" or tokens[index].content.strip(" .;:,)»"):
            return -1
    return -1

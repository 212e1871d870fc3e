"""Pandoc's inlines -> a text as the data have it: Markdown with our marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.conversion.equations import clean_formula, refuses_formula
from imprenta.markup import read_text
from imprenta.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.conversion.source import Source

_MARKED = re.compile(r"[`*\[\]{}$@<\\]")
_NAMED = re.compile(
    r"(?:figuras?|figs?\.?|tablas?|tabs?\.?|cuadros?|secci[oó]n(?:es)?|apartados?|ecuaci[oó]n(?:es)?|ecs?\.?|c[oó]digos?"
    r"|listados?|figures?|tables?|sections?|equations?|eqs?\.?|listings?)[\s\u00a0]*\(?$",
    re.IGNORECASE,
)
"""The word before a reference, which ours brings along."""
_MENTION = re.compile(r"\{(?P<kind>[a-z]+):(?P<ids>[a-z0-9,-]+)\}(?:, (?:y |e |and )?| (?:y|e|and|&) )$")
"""A reference of ours with what joins it to the next one, where that has no word of its own."""
_OPENS = re.compile(r"^(?:[#+>=~|-]|\d+[.)](?=\s|$))", re.MULTILINE)
_ADMITTED = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_KEY = re.compile(r"[^\s,;@\[\](){}\\\"#%'=]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_PLAIN = {"Underline": "el subrayado", "Strikeout": "el tachado", "SmallCaps": "las versalitas"}


class Inlines:
    """Writes inlines. Notes and pictures that it meets are kept for whoever writes the blocks around."""

    def __init__(self, source: Source, ids: Mapping[str, str], quotes: tuple[str, str]) -> None:
        """Write for a source; `ids` gives our references, «figura:x», for its labels."""
        self.source = source
        self.ids = ids
        self.quotes = quotes
        self.notes: list[tuple[str, list[Any]]] = []
        self.noted = 0
        self.pictures: list[Any] = []
        self.cited: set[str] = set()
        self.may_note = True
        self.has_works = True
        """Whether there is a bibliography, or the document is not in Markdown."""

    def write(self, inlines: Sequence[Any]) -> str:
        """Return the text of inlines."""
        text = ""
        for inline in inlines:
            text = self._join(text, inline)
        return text

    def write_line(self, inlines: Sequence[Any], *, may_note: bool = False) -> str:
        """Return the text of inlines for a title, one line without notes, or for a cell, which may call some."""
        before, self.may_note = self.may_note, may_note
        text = " ".join(self.write(inlines).replace("\\\n", " ").split())
        self.may_note = before
        return text

    def _join(self, text: str, inline: Any) -> str:
        kind, content = inline["t"], inline.get("c")
        named = self._reference(content) if kind == "Link" else self._cross(content) if kind == "Cite" else ""
        if named:
            if (joined := _join_references(text, named)) is not None:
                return joined
            found = _NAMED.search(text)
            text, closes = (text[: found.start()], found[0].endswith("(")) if found else (text, False)
            return text + named + ("" if not closes else " (")
        return text + self._write_one(kind, content)

    def _write_one(self, kind: str, content: Any) -> str:
        if kind == "Str":
            return _MARKED.sub(r"\\\g<0>", content)
        if kind in ("Space", "SoftBreak"):
            return " "
        if kind == "LineBreak":
            return "\\\n"
        if kind in ("Emph", "Strong"):
            return self._emphasize(self.write(content), "*" if kind == "Emph" else "**")
        if kind in _PLAIN:
            self.source.lose(f"{_PLAIN[kind]} no se conserva: queda el texto", _first_word(content), once=True)
            return self.write(content)
        if kind in ("Superscript", "Subscript"):
            return self._raise(content, "^" if kind == "Superscript" else "_")
        if kind == "Quoted":
            opening, closing = self.quotes if content[0]["t"] == "DoubleQuote" else ("‘", "’")
            return f"{opening}{self.write(content[1])}{closing}"
        if kind == "Code":
            return self._quote_code(content[1])
        if kind == "Math":
            return self._write_formula(clean_formula(content[1])[0])
        return self._write_other(kind, content)

    def _write_other(self, kind: str, content: Any) -> str:
        if kind == "Cite":
            return self._cite(content[0])
        if kind == "Link":
            return self._link(content)
        if kind == "Image":
            self.pictures.append(content)
            return ""
        if kind == "Note":
            return self._note(content)
        if kind == "Span":
            return self.write(content[1])
        if kind == "RawInline":
            formula = f"${content[1].strip()}$"
            if content[0] == "tex" and not read_text(Text(formula, "")).problems:
                return f"{formula} " if str(content[1]).endswith(" ") else formula  # «\\mu» outside of a formula
            self.lose_raw(content[1])
        return ""

    def _write_formula(self, formula: str) -> str:
        if refuses_formula(formula):
            self.source.lose(f"la fórmula «{formula[:60]}» lleva algo que no se admite: queda como código", formula)
            return self._quote_code(formula)
        return f"${formula}$"

    def lose_raw(self, raw: str) -> None:
        """Note what is left as it was: a comment is nothing, marks of HTML only say how something looks."""
        bare = raw.strip()
        if _TAG.fullmatch(bare) or bare.startswith(("<style", "<script")):
            self.source.lose("las marcas de HTML no se conservan: queda lo que hay entre ellas", bare, once=True)
        elif bare and not bare.startswith("<!--"):
            self.source.lose(f"no se entiende «{bare[:60]}»", raw)

    def _emphasize(self, text: str, mark: str) -> str:
        bare = text.strip()
        if not bare:
            return text
        return text.replace(bare, f"{mark}{bare}{mark}", 1)

    def _raise(self, content: Sequence[Any], sign: str) -> str:
        words = "".join(one.get("c", " ") for one in content if one["t"] in ("Str", "Space"))
        if re.fullmatch(r"[A-Za-z0-9+\-]{1,12}", words):
            return f"${sign}{{{words}}}$" if not words.isalpha() else f"${sign}{{\\mathrm{{{words}}}}}$"
        return self.write(content)

    def _quote_code(self, code: str) -> str:
        fence = "`" * (max((len(run) for run in re.findall("`+", code)), default=0) + 1)
        pad = " " if code.startswith("`") or code.endswith("`") else ""
        return f"{fence}{pad}{' '.join(code.split())}{pad}{fence}" if code.strip() else ""

    def _cite(self, citations: Sequence[Any]) -> str:
        items = []
        alone = len(citations) == 1
        for one in citations:
            key = one["citationId"]
            if not _KEY.fullmatch(key):
                self.source.lose(f"la cita «{key}» no puede ser una clave", key)
                continue
            is_work = self._is_work(key)
            if is_work:
                self.cited.add(key)
            place, before = (self._write_around(one[name]) for name in ("citationSuffix", "citationPrefix"))
            mode = one["citationMode"]["t"]
            if mode == "AuthorInText" and not place and alone:
                return f"@{key}" if is_work else f"\\@{key}"
            if mode == "SuppressAuthor" and not alone:
                self.source.lose(f"la cita de «{key}» omite al autor entre otras: sale con él", key)
            cited = f"-@{key}" if mode == "SuppressAuthor" and alone else f"@{key}"
            items.append(" ".join(filter(None, (before, f"{cited}, {place}" if place else cited))))
        return f"[{'; '.join(items)}]" if items else ""

    def _write_around(self, inlines: Sequence[Any]) -> str:
        """Return the words before a citation or after it, which are words alone: what parts citations is no part."""
        bare = [one["c"] if one["t"] in ("Emph", "Strong") else [one] for one in inlines]
        words = self.write_line([one for group in bare for one in group])
        return words.replace(";", ",").strip().lstrip(", ")

    def _is_work(self, key: str) -> bool:
        """Tell whether a key in Markdown is that of a work: without any, «@ana» is somebody's name in the network."""
        if self.has_works or any(sign.isdigit() for sign in key):
            return True
        self.source.lose(f"«@{key}» se toma por un nombre y no por una cita", f"@{key}")
        return False

    def _cross(self, content: Any) -> str:
        """Return our reference for a citation that is one of pandoc-crossref, @fig:x, or nothing."""
        key = content[0][0]["citationId"]
        return f"{{{self.ids[key]}}}" if key in self.ids else ""

    def _reference(self, content: Any) -> str:
        """Return our reference for a link to something of the document's that has a number, or nothing."""
        (_, _, pairs), _, (target, _) = content
        label = dict(pairs).get("reference", "")
        named = self.ids.get(label) or (self.ids.get(target[1:]) if target.startswith("#") and label else None)
        if label and named is None:
            self.source.lose(f"la referencia a «{label}» no lleva a nada que tenga número", label)
        return f"{{{named}}}" if named else ""

    def _link(self, content: Any) -> str:
        _, inlines, (target, _) = content
        words = self.write(inlines)
        if not words.strip() and inlines:  # a picture that leads somewhere
            return ""
        if _ADMITTED.match(target):
            if words.replace("\\", "") in (target, target.removeprefix("mailto:")):
                return f"<{target}>"
            return f"[{words}]({target.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"
        if not target.startswith("#"):
            self.source.lose(f"el enlace a «{target}» queda en sus palabras", target)
        return words

    def _note(self, blocks: Sequence[Any]) -> str:
        words = [block["c"] for block in blocks if block["t"] in ("Para", "Plain")]
        if not self.may_note:
            if words:
                self.source.lose("una nota al pie dentro de un título o de una nota", _first_word(words[0]))
            return ""
        self.noted += 1
        name = f"n{self.noted}"
        self.notes.append((name, [inline for one in words for inline in (*one, {"t": "Space"})]))
        return f"[^{name}]"


def guard_openings(text: str) -> str:
    """Return a paragraph none of whose lines is taken for a list, a heading or a quotation."""
    return _OPENS.sub(
        lambda found: f"\\{found[0]}" if not found[0][0].isdigit() else f"{found[0][:-1]}\\{found[0][-1]}", text
    )


def _join_references(text: str, named: str) -> str | None:
    """Return a text with one reference more in the mention that it ends with: «figuras 1 y 2»; None if it has none."""
    found = _MENTION.search(text)
    kind, _, id = named.strip("{}").partition(":")
    if found is None or found["kind"] != kind:
        return None
    return f"{text[: found.start()]}{{{kind}:{found['ids']},{id}}}"


def _first_word(inlines: Sequence[Any]) -> str:
    return next((str(one["c"]) for one in inlines if one["t"] == "Str"), "")

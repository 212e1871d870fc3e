"""What pandoc left in Markdown as it was, TeX and HTML -> pandoc's own elements of it, where it can read them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from imprenta.conversion.tree import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Tree = dict[str, Any]
    Read = Callable[[str, str], Tree | None]

_MARK = "IMPRENTAPARTE{}Z"
_MARKED = re.compile(_MARK.format(r"(\d+)"))
_PARTS = {"latex": "\n\n{}\n\n", "html": "<p>{}</p>"}
"""How a mark stands between two pieces, by what pandoc calls their format."""
_FORMATS = {"tex": "latex", "latex": "latex", "html": "html", "html5": "html"}
_READ_HTML = re.compile(r"<(?:img|table)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_PAIRED = {
    "b": "Strong", "strong": "Strong", "i": "Emph", "em": "Emph", "sub": "Subscript", "sup": "Superscript",
    "u": "Underline", "s": "Strikeout", "del": "Strikeout",
}  # fmt: skip
"""What a pair of HTML's tags among words is to pandoc."""
_ABSTRACT = r"\begin{abstract}"
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_FIGURE_HOLDERS = ("Para", "Plain")


def read_raw(tree: Tree, read: Read) -> Tree:
    """Return a tree with the elements of what was left raw in it; what cannot be read stays.

    `read` turns a text of a format into pandoc's tree, or into None. All pieces of a format are read at once.
    """
    pieces: dict[str, list[str]] = {"latex": [], "html": []}
    marked = _mark({"meta": tree["meta"], "blocks": _pair_tags(_join_tables(tree["blocks"]))}, pieces)
    found: dict[tuple[str, int], list[Any]] = {}
    abstract: dict[str, Any] = {}
    for format, texts in pieces.items():
        whole = read(_join(texts, format), format) if texts else None
        if whole is not None:
            abstract |= {key: value for key, value in whole["meta"].items() if key == "abstract"}
            found |= {(format, number): blocks for number, blocks in _part(whole["blocks"])}
            continue
        for number, text in enumerate(texts):  # one that cannot be read spoils no other
            alone = read(text, format)
            found[format, number] = alone["blocks"] if alone is not None else []
    if abstract:  # it is in the metadata now
        taken = (number for number, text in enumerate(pieces["latex"]) if text.lstrip().startswith(_ABSTRACT))
        found |= {("latex", number): [{"t": "Null"}] for number in taken}
    filled: Tree = _fill(marked, found)
    return {**tree, "meta": {**abstract, **filled["meta"]}, "blocks": filled["blocks"]}


def _join(texts: Sequence[str], format: str) -> str:
    return "".join(_PARTS[format].format(_MARK.format(number)) + text for number, text in enumerate(texts))


def _part(blocks: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the blocks of each piece with its number."""
    number, part = -1, []
    for block in blocks:
        words = block["c"] if block["t"] in _FIGURE_HOLDERS else []
        match = _MARKED.fullmatch(words[0]["c"]) if len(words) == 1 and words[0]["t"] == "Str" else None
        if match is None:
            part.append(block)
            continue
        if number >= 0:
            yield number, part
        number, part = int(match[1]), []
    if number >= 0:
        yield number, part


def _join_tables(node: Any) -> Any:
    """Return elements with each table of HTML in one piece: pandoc gives its tags, and their contents, one by one."""
    if isinstance(node, dict):
        return {key: _join_tables(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    joined: list[Any] = []
    depth, html = 0, ""
    for item in node:
        raw = item["c"][1] if isinstance(item, dict) and item.get("t") == "RawBlock" else ""
        tag = _TABLE.match(raw.lstrip())
        if not depth and (tag is None or tag[1]):
            joined.append(_join_tables(item))
            continue
        depth += (-1 if tag[1] else 1) if tag is not None else 0
        html += raw or f"<p>{escape(plain_words(item))}</p>"
        if depth == 0:
            joined.append({"t": "RawBlock", "c": ["html", html]})
            html = ""
    return joined


def _pair_tags(node: Any) -> Any:
    """Return elements with what stands between two tags of HTML as the element that they make of it."""
    if isinstance(node, dict):
        return {key: _pair_tags(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    paired: list[Any] = []
    for item in map(_pair_tags, node):
        tag = _TAG.fullmatch(item["c"][1]) if isinstance(item, dict) and item.get("t") == "RawInline" else None
        if tag is not None and tag[2].lower() == "br":
            item = {"t": "LineBreak"}
        elif tag is not None and tag[1] and (kind := _PAIRED.get(tag[2].lower())):
            opens = [at for at, one in enumerate(paired) if _is_opening(one, kind)]
            if opens:
                item = {"t": kind, "c": paired[opens[-1] + 1 :]}
                del paired[opens[-1] :]
        paired.append(item)
    return paired


def _is_opening(item: Any, kind: str) -> bool:
    tag = _TAG.fullmatch(item["c"][1]) if isinstance(item, dict) and item.get("t") == "RawInline" else None
    return tag is not None and not tag[1] and _PAIRED.get(tag[2].lower()) == kind


def _mark(node: Any, pieces: dict[str, list[str]]) -> Any:
    """Return elements with a mark in the place of each raw one that may be read, whose text goes to the pieces."""
    if isinstance(node, list):
        return [_mark(item, pieces) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") in ("RawBlock", "RawInline"):
        format = _FORMATS.get(node["c"][0], "")
        text = node["c"][1]
        if format == "latex" or (format == "html" and _READ_HTML.match(text.lstrip())):
            pieces[format].append(text)
            return {"t": "Piece", "c": [node, format, len(pieces[format]) - 1]}
        return node
    return {key: _mark(value, pieces) for key, value in node.items()}


def _fill(node: Any, found: dict[tuple[str, int], list[Any]]) -> Any:
    """Return elements with what was read in the place of each mark, or the raw element if nothing was."""
    if isinstance(node, dict):
        return {key: _fill(value, found) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    filled: list[Any] = []
    for item in node:
        if not (isinstance(item, dict) and item.get("t") == "Piece"):
            filled.append(_fill(item, found))
            continue
        raw, format, number = item["c"]
        blocks = found.get((format, number), [])
        if raw["t"] == "RawInline":
            words = [block["c"] for block in blocks if block["t"] in _FIGURE_HOLDERS]
            blocks = words[0] if len(words) == len(blocks) == 1 else []
        filled += blocks or [raw]
    return filled

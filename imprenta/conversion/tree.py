"""Pandoc's tree -> its elements, wherever they stand in it, and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk_tree(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every element of a tree, in order."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from walk_tree(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk_tree(value)


def plain_words(value: Any, ends: str = " ") -> str:
    """Return the words of an element, of several, or of a value of the metadata, with `ends` where a line ends."""
    if isinstance(value, dict) and value.get("t") in ("Space", "SoftBreak", "LineBreak"):
        return ends if value["t"] == "LineBreak" else " "
    if isinstance(value, dict) and value.get("t") == "Code":
        return str(value["c"][1])
    content = value.get("c", "") if isinstance(value, dict) else value
    if isinstance(content, str):
        return content
    return "".join(plain_words(item, ends) for item in content) if isinstance(content, list) else ""

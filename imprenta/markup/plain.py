"""Text -> its bare words, for the PDF's metadata, alternative texts and running heads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imprenta.markup.characters import IN_FORMULA
from imprenta.markup.chemistry import say_commands
from imprenta.markup.mentions import name_kinds, say_numbers
from imprenta.markup.phrases import name_kind
from imprenta.markup.read import read_line
from imprenta.markup.scope import locale_of, name_source, number_part, title_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.markup.parsed import Parsed
    from imprenta.markup.scope import Scope
    from imprenta.model.text import Text

_COMMANDS = {tex: character for character, tex in reversed(IN_FORMULA.items()) if re.fullmatch(r"\\[A-Za-z]+", tex)}
_COMMANDS |= {r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\rightarrow": "→", r"\dots": "…", r"\epsilon": "ε", r"\phi": "φ"}
_UPPER = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWER = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def write_plain(text: Text, scope: Scope | None = None) -> str:
    """Turn a text into its words, as plain characters and not LaTeX; citations and footnotes are left out.

    Without `scope`, an expression is left as it was typed. Of a citation in the thread of the sentence the name is
    left, if the scope knows it.
    """
    return plain_of(read_line(text), scope)


def plain_of(parsed: Parsed, scope: Scope | None = None) -> str:
    """Turn a text that was read into its words."""
    if parsed.plain is not None:
        return parsed.plain
    words = "".join(_words(parsed.tokens, scope))
    words = re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(words.split()))
    return words.strip()


def write_strong(text: Text, scope: Scope | None = None) -> tuple[str, ...]:
    """Return the words of each passage of a text that is set in bold."""
    passages: list[str] = []
    for token in read_line(text).tokens:
        start, depth = 0, 0
        for number, child in enumerate(token.children or ()):
            if child.type == "strong_open":
                start, depth = (start, depth + 1) if depth else (number, 1)
            elif child.type == "strong_close":
                depth -= 1
                if not depth:
                    passages.append(" ".join("".join(_words(token.children[start:number], scope)).split()))
    return tuple(passages)


def _words(tokens: Sequence[Any], scope: Scope | None) -> Iterator[str]:
    for token in tokens:
        if token.type in ("inline", "fence", "math_block"):
            yield " "
        if token.children:
            yield from _words(token.children, scope)
        elif token.type in (
            "text",
            "text_special",
            "code_inline",
            "fence",
            "address",
            "picture",
            "quantity",
            "chemistry",
        ):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "expression":
            value = token.meta["value"]
            yield scope.number(value) if scope is not None else value.source
        elif token.type == "reference":
            value = token.meta["value"]
            yield f"{name_kind(value, scope)} {title_part(value, scope) or number_part(value, scope)}"
        elif token.type == "references":
            values, words = token.meta["value"], locale_of(scope).palabras
            numbers = (title_part(value, scope) or number_part(value, scope) for value in values)
            yield f"{name_kinds(values, scope)} {say_numbers(numbers, words.y, words.hasta_numero)}"
        elif token.type == "citation":
            if token.meta.get("bare"):
                yield name_source(token.meta["value"][0].key, scope)
            elif not token.meta.get("value"):
                yield token.meta["typed"]
        elif token.type in ("math_inline", "math_inline_double", "math_block"):
            yield _formula(token, scope)


def _formula(token: Any, scope: Scope | None) -> str:
    source = token.content
    for start, end, expression in reversed(token.meta["numbers"]):
        source = source[:start] + (scope.number(expression) if scope else expression.source) + source[end:]
    source = say_commands(source)
    source = re.sub(r"\\(?:[,;:! ]|\\|q?quad\b)|~", " ", source)
    source = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", source)
    source = re.sub(r"\\[A-Za-z]+", lambda match: _COMMANDS.get(match[0], "") or _named(match[0]), source)
    source = re.sub(r"(?<!\\)([_^])\s*(?:\{([^{}]*)\}|(\\?.))", _raise, source)
    source = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[{}&]", "", source)).replace("-", "−")
    return " ".join(source.split())


def _raise(match: re.Match[str]) -> str:
    """Write an index with the letters that Unicode has for it, or else after its sign."""
    words = match[2] if match[2] is not None else match[3]
    signs = _LOWER if match[1] == "_" else _UPPER
    raised = "".join(signs.get(character, "") for character in words)
    if match[1] == "^" and words in ("∘", "′", "'", "*"):
        return {"∘": "°", "*": "*"}.get(words, "′")
    return raised if words and len(raised) == len(words) else f"{match[1]}{words}"


def _named(command: str) -> str:
    """Return the name of a function (\\log -> log); commands of shape and size have no word."""
    name = command[1:]
    functions = "log ln min max sin cos tan exp lim sup inf det gcd mod"
    return f"{name} " if name in functions.split() else ""

"""Untyped data -> a model, and pydantic's errors -> problems at the author's place.

Errors are translated by their `type` and their exact `loc`; pydantic's English is never read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from imprenta.load.file_names import explain_name
from imprenta.load.shapes import show_homes, show_shape
from imprenta.load.swallowed import tell_comments
from imprenta.model import BLOCKS, COLUMNS, ROWS, Part, PlacedDict, Text
from imprenta.model.part import PLACE_KEY, propose_id
from imprenta.problems import Problem, Span, guess_hint, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic_core import ErrorDetails

    from imprenta.load.yaml_source import Path, Tree

PartType = TypeVar("PartType", bound=Part)

QUOTE_HINT = "un texto con dos puntos, o que empieza por [ o {, va entre comillas"
UNIONS: dict[str, tuple[str, Mapping[str, type[Part]]]] = {
    "_tell_block()": ("un bloque", BLOCKS),
    "_tell_column()": ("una columna", COLUMNS),
    "_tell_row()": ("una fila: una lista de celdas, o un mapa", ROWS),
}
"""The unions told apart by a key, by the name pydantic gives their discriminator: what they are, their keys."""

EXPECTATIONS = {
    "text_expected": "un texto",
    "number_expected": "un número",
    "integer_expected": "un número entero",
    "boolean_expected": "sí o no",
    "date_expected": "una fecha",
    "lines_expected": "unos renglones",
    "list_type": "una lista",
    "dict_type": "un mapa de claves y valores",
    "model_type": "un mapa de claves y valores",
    "model_attributes_type": "un mapa de claves y valores",
}
"""What was expected, by the type of pydantic's error."""
EXPLANATIONS = {
    "date_expected": "se escribe AAAA, AAAA-MM o AAAA-MM-DD, y existe en el calendario",
    "lines_expected": "se escriben «10» o «10-25»",
    "number_expected": "sin unidades ni separador de millares: 1234,5",
}
"""What such a value looks like, where its name does not say it."""
SHAPED = frozenset({"list_type", "dict_type", "model_type", "model_attributes_type"})
"""The errors of pydantic's for something of another build."""


def validate_tree(
    model: type[PartType], tree: Tree, bad: Collection[str] = ()
) -> tuple[PartType | None, list[Problem]]:
    """Turn a file's tree into a model of it, or None, with the problems found.

    `bad` are names of files that cannot be ids: who names such a file is told at the file.

    Keys that the model does not know are reported with the nearest known one; a missing key for which an unknown
    one is an evident misspelling is not reported twice.
    """
    if tree.data is None:
        return None, []
    unknown: list[tuple[PlacedDict, str, type[Part]]] = []
    try:
        part = model.model_validate(tree.data, context=unknown)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        part = None
    else:
        details = []
    problems = [_explain_unknown(mapping, key, kind) for mapping, key, kind in unknown]
    valueless = {problem.place for problem in problems}
    tree.problems = [one for one in tree.problems if one.code != "valor-vacio" or one.place not in valueless]
    guesses = {(mapping.span, nearest(key, kind.keys())) for mapping, key, kind in unknown}
    for detail in details:
        if detail["type"] == "missing" and (detail["input"][PLACE_KEY], detail["loc"][-1]) in guesses:
            continue
        if detail["input"] is None:
            continue  # an empty value, or one that was refused while it was read: reported already
        if detail["type"] == "id_expected" and str(detail["input"]) in bad:
            continue
        problems.append(_explain(detail, tree, model))
    if part is not None:
        problems += tell_comments(part, tree.comments)
    return part, problems


def _explain_unknown(mapping: PlacedDict, key: str, model: type[Part]) -> Problem:
    known = list(model.keys())
    place, others = mapping.key_spans[key], [name for name in known if name not in mapping]
    home = show_homes(model, key)
    near = nearest(key, others) if not home else None
    also = f"se admite también: {others[0]}" if len(others) == 1 else f"se admiten también: {', '.join(sorted(others))}"
    hint = f"¿«{near}»?" if near is not None else also if others else f"se admiten solo: {', '.join(sorted(known))}"
    if home:
        hint = home
    elif mapping[key] is None and near is None:
        hint = f"un texto o un número con comas va entre comillas; {hint}"
    return Problem("clave-desconocida", f"la clave «{key}» no existe aquí", place, hint)


def _place_of(location: tuple[str | int, ...], tree: Tree) -> tuple[Path, Span]:
    """Follow pydantic's location through the data, passing over the tags of unions, as far as it leads."""
    path: Path = ()
    data: Any = tree.data
    for step in location:
        if isinstance(step, str) and step.startswith("<"):
            continue
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            break
        path = (*path, step)
    return path, tree.values.get(path, Span(tree.path))


def _describe(value: Any) -> str:
    if isinstance(value, Text):
        line = value.value.strip().partition("\n")[0]
        return f"«{line if len(line) <= 40 else line[:39] + '…'}»"
    if isinstance(value, dict):
        return "un mapa"
    return "una lista" if isinstance(value, list) else "otra cosa"


def _explain(detail: ErrorDetails, tree: Tree, model: type[Part]) -> Problem:
    kind = detail["type"]
    context = detail.get("ctx", {})
    path, place = _place_of(detail["loc"], tree)
    found = _describe(detail["input"])
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "missing":
        key = str(detail["loc"][-1])
        where = f" en «{name}»" if name else ""
        mapping = detail["input"]
        at = mapping.get(PLACE_KEY, place) if isinstance(mapping, dict) and path else place
        return Problem("falta-clave", f"falta la clave «{key}»{where}", at if path else Span(tree.path))
    if kind == "union_tag_not_found":
        what, keys = UNIONS.get(context.get("discriminator", ""), ("otra cosa", {}))
        data = detail["input"]
        if isinstance(data, PlacedDict) and data:
            first = next(iter(data))
            return Problem(
                "clave-desconocida",
                f"se esperaba {what} con una de estas claves: {', '.join(keys)}; se encontró «{first}»",
                data.key_spans[first],
                guess_hint(first, keys) if nearest(first, keys) else "",
            )
        expected = f"{what} con una de estas claves: {', '.join(keys)}"
        shape = show_shape(model, detail["loc"], detail["input"])
        return Problem("tipo-equivocado", f"se esperaba {expected}; se encontró {found}", place, f"escriba «{shape}»")
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        text = detail["input"] if isinstance(detail["input"], str) else str(detail["input"])
        return Problem(
            "valor-no-admitido",
            f"«{text}» no se admite en «{name}»",
            place,
            guess_hint(text, words) or f"se admite: {', '.join(words)}",
        )
    if kind == "id_expected":
        word = str(detail["input"])
        message = f"«{word}» no sirve de identificador en «{name}»: {explain_name(word)}"
        return Problem("tipo-equivocado", message, place, f"¿«{propose_id(word)}»?" if propose_id(word) else "")
    if kind in EXPECTATIONS:
        hint = QUOTE_HINT if kind == "text_expected" and isinstance(detail["input"], dict | list) else ""
        hint = hint or EXPLANATIONS.get(kind, "")
        if kind in SHAPED and (shape := show_shape(model, detail["loc"], detail["input"])):
            hint = f"escriba «{shape}»"
        subject = f" en «{name}»" if name else ""
        return Problem(
            "tipo-equivocado", f"se esperaba {EXPECTATIONS[kind]}{subject}; se encontró {found}", place, hint
        )
    if kind in {"too_short", "too_long"}:
        bound = context.get("min_length") if kind == "too_short" else context.get("max_length")
        word = "al menos" if kind == "too_short" else "a lo sumo"
        count = context.get("actual_length", 0)
        elements = "elemento" if bound == 1 else "elementos"
        return Problem("valor-no-admitido", f"«{name}» necesita {word} {bound} {elements} y tiene {count}", place)
    bounds = {"gt": "mayor que", "ge": "al menos", "lt": "menor que", "le": "a lo sumo"}
    limit = next((f"{word} {context[key]}" for key, word in bounds.items() if key in context), "")
    message = f"«{name}» debe ser {limit}" if limit else f"el valor de «{name}» no se admite"
    return Problem("valor-no-admitido", message, place)

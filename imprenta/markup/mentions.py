r"""Several references in one mention -> TeX, and words: «tablas 16 y 17», «figuras 1 a 3».

The numbers are known on the page only: `\menciones` of `marcado` puts them in order and says three in a row or more by
the first and the last. `say_numbers` tells beforehand what it will print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imprenta.markup.escape import escape
from imprenta.markup.phrases import write_reference
from imprenta.markup.scope import locale_of, title_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprenta.markup.parsed import Reference
    from imprenta.markup.scope import Scope
    from imprenta.model.referable import TargetKind

FEWEST = 3
"""How many numbers in a row are said by the first and the last."""


def plural_of(kind: TargetKind) -> str:
    """Return the name of the field of `Words` that holds the word for several things of a kind."""
    return f"{kind}es" if kind.endswith("n") else f"{kind}s"


def name_kinds(values: Sequence[Reference], scope: Scope | None) -> str:
    """Return the word before the numbers of what one mention refers to."""
    word: str = getattr(locale_of(scope).palabras, plural_of(values[0].kind))
    return word.capitalize() if values[0].capital else word


def write_referring(token: Any, scope: Scope) -> str:
    """Turn the token of a reference, or of several, into the word and the number, a link unless it stands in one."""
    linked = token.meta.get("linked", True)
    if token.type == "reference":
        return write_reference(token.meta["value"], scope, linked=linked)
    return write_references(token.meta["value"], scope, linked=linked)


def write_references(values: Sequence[Reference], scope: Scope, *, linked: bool) -> str:
    """Turn the references of one mention into the word and the numbers, each a link if they are to be.

    Where one has no number, but a title, all stand in the order in which they were typed.
    """
    words = locale_of(scope).palabras
    labels = [f"{value.kind}:{value.id}" for value in values]
    titles = [escape(title_part(value, scope)) for value in values]
    if any(titles):
        shown = [title or rf"\ref*{{{label}}}" for title, label in zip(titles, labels, strict=True)]
        if linked:
            shown = [rf"\hyperref[{label}]{{{one}}}" for label, one in zip(labels, shown, strict=True)]
        return f"{name_kinds(values, scope)}~{_join(shown, words.y)}"
    command = r"\menciones" if linked else r"\menciones*"
    numbers = rf"{command}{{{words.y}}}{{{words.hasta_numero}}}{{{','.join(labels)}}}"
    return f"{name_kinds(values, scope)}~{numbers}"


def say_numbers(numbers: Iterable[str], joint: str, reach: str) -> str:
    """Return numbers as one mention says them: «1, 3 y 5», and three in a row or more as «1 a 3»."""
    given = list(numbers)
    if not all(number.isdecimal() for number in given):
        return _join(list(dict.fromkeys(given)), joint)
    runs: list[list[int]] = []
    for number in sorted({int(number) for number in given}):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} {reach} {run[-1]}"] if len(run) >= FEWEST else map(str, run)
    return _join(said, joint)


def _join(said: Sequence[str], joint: str) -> str:
    *first, last = said
    return f"{', '.join(first)} {joint} {last}" if first else last

"""Numbers: what the quantities of a report come to, and how a name finds its quantity."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprenta.calculate.errors import FormulaError
from imprenta.problems import guess_hint

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from imprenta.calculate.formula import Reference
    from imprenta.model.data import Numeric, Quantity

Key = tuple[str, str]
"""A quantity: the id of its file, its name."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The quantities by file id and name, and the numbers of those that have one.

    A quantity without a number is one that has a problem already.
    """

    quantities: Mapping[str, Mapping[str, Quantity]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Numeric]] = field(default_factory=dict)


def find_quantity(
    reference: Reference,
    quantities: Mapping[str, Mapping[str, Quantity]],
    file: str | None,
    variables: Collection[str] = (),
) -> Key:
    """Return the quantity that a name means, or raise FormulaError with the nearest known name."""
    start, end = reference.start, reference.end
    if reference.file is not None:
        names = quantities.get(reference.file)
        if names is None:
            raise FormulaError(
                f"no hay un archivo de datos «{reference.file}»",
                start,
                start + len(reference.file),
                hint=guess_hint(reference.file, quantities, what="hay"),
                code="valor-desconocido",
                lacks=f"paper/datos/{reference.file}.yaml",
            )
        if reference.name in names:
            return reference.file, reference.name
        raise FormulaError(
            f"«{reference.file}» no tiene un valor «{reference.name}»",
            end - len(reference.name),
            end,
            hint=guess_hint(reference.name, names, what="tiene"),
            code="valor-desconocido",
        )
    own: Mapping[str, Quantity] = quantities.get(file, {}) if file is not None else {}
    if file is not None and reference.name in own:
        return file, reference.name
    elsewhere = [other for other, names in quantities.items() if reference.name in names]
    if elsewhere:
        hint = " o ".join(f"«{other}.{reference.name}»" for other in elsewhere[:3])
        hint = f"¿{hint}?"
    else:
        hint = guess_hint(reference.name, [*own, *variables], what="se conocen")
    where = f" en «{file}»" if file is not None else ""
    raise FormulaError(f"no hay un valor «{reference.name}»{where}", start, end, hint=hint, code="valor-desconocido")

"""Jinja's sandbox -> one in which loops, and what repeats a text, come to an end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROUNDS = 5_000_000
"""Rounds of all loops while one template is filled: a hundred times those of the largest report that was tried."""
LONGEST_REPEATED = 1_000_000
"""Characters, or items, of what is repeated by `*`."""
LARGEST_POWER = 10_000
COUNTED = "contadas"


class TooMuch(Exception):  # noqa: N818 - the template's fault, told as such
    """A template repeats something too often."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox for templates; `begin` before each is filled."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        """Take what Jinja's environment takes."""
        super().__init__(**options)
        self.filters[COUNTED] = self._count
        self.begin()

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Compile a template so that the rounds of its loops are counted."""
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        return super()._generate(source, name, filename, defer_init)

    def begin(self) -> None:
        """Count from nothing."""
        self._rounds = 0

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Do `left operator right`, unless that takes long. Raises TooMuch."""
        if operator == "**" and not (_is_small(left) and _is_small(right)):
            raise TooMuch(f"una potencia de números de más de {LARGEST_POWER}")
        if operator == "*":
            for one, times in ((left, right), (right, left)):
                if hasattr(one, "__len__") and isinstance(times, int) and len(one) * times > LONGEST_REPEATED:
                    raise TooMuch(f"repite un texto hasta más de {LONGEST_REPEATED} signos")
        return super().call_binop(context, operator, left, right)

    def _count(self, values: Iterable[Any]) -> Iterable[Any]:
        """Return what a loop goes over; its rounds are counted."""
        try:
            rounds = len(values)  # type: ignore[arg-type]
        except TypeError:
            return self._count_each(values)
        self._add(rounds)
        return values

    def _count_each(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._add(1)
            yield value

    def _add(self, rounds: int) -> None:
        self._rounds += rounds
        if self._rounds > MOST_ROUNDS:
            raise TooMuch(f"sus bucles dan más de {MOST_ROUNDS} vueltas")


def _is_small(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= LARGEST_POWER

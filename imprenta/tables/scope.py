"""TableScope: what tables ask for to be set: what markup asks for, and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from imprenta.markup import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from imprenta.markup import Expression
    from imprenta.model.page import Page


class TableScope(Scope, Protocol):
    """What tables ask for besides what markup does."""

    @property
    def sheet(self) -> Page:
        """The measures of the pages."""

    def noting(self, calls: Callable[[str], str]) -> TableScope:
        """Return a scope in which lines may call notes."""

    def call_note(self, name: str) -> str:
        """Return what stands where a note is called, TeX."""

    def bind(self, variables: Mapping[str, Decimal]) -> TableScope:
        """Return a scope whose expressions know these variables too."""

    def quantity(self, file: str, name: str) -> str:
        """Return a quantity as it is printed."""

    def value(self, expression: Expression) -> Decimal:
        """Return an expression's number."""

    def write_value(self, value: Decimal, decimals: int) -> str:
        """Return a number as the report writes it."""

"""Scope: what a writer asks of the rest of the build; each kind of scope answers more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from imprenta.markup.escape import metadata
from imprenta.words import SPANISH

if TYPE_CHECKING:
    from typing import TypeGuard

    from imprenta.markup.parsed import Expression, Reference
    from imprenta.model.explained import FirstUses
    from imprenta.model.facts import Fact
    from imprenta.problems import Span
    from imprenta.words import Locale


class Scope(Protocol):
    """What a writer asks of the rest of the build: the numbers and the sources that a text mentions."""

    def number(self, expression: Expression) -> str:
        """Return the number as it is to be read, in plain characters."""

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys that the named values cite."""


class PlacedScope(Scope, Protocol):
    """A scope that wants to know where each piece of the TeX was written."""

    def mark(self, place: Span) -> str:
        """Return the mark that goes before what comes from a place."""


class StatingScope(Scope, Protocol):
    """A scope that wants to know what each piece of the TeX is."""

    def state(self, fact: Fact, tex: str) -> str:
        """Return TeX with the marks of what it is."""


class NamingScope(Scope, Protocol):
    """A scope that says in words what LaTeX and biblatex find out by themselves on the page."""

    def name_source(self, key: str) -> str:
        """Return the name of a source as a sentence says it: its authors; nothing if it has none."""

    def number_part(self, reference: Reference) -> str:
        """Return the number of a figure, a table or a section; nothing if it has none."""


class TitlingScope(Scope, Protocol):
    """A scope that knows which parts of the report have no number."""

    def title_part(self, reference: Reference) -> str:
        """Return the title of a part that has no number, in quotation marks; nothing if it has one."""


class ShowingScope(Scope, Protocol):
    """A scope that has the pictures of cells."""

    def picture(self, file: str) -> tuple[str, float] | None:
        """Return the name of a picture beside the .tex and its width in points; None if it cannot be placed."""

    def speak(self, words: str) -> str:
        """Return what is told to who does not see a picture, as its command takes it."""


class SpeakingScope(Scope, Protocol):
    """A scope that knows the language of the report."""

    @property
    def locale(self) -> Locale:
        """The language in which what the engine adds is said."""


class NotingScope(Scope, Protocol):
    """A scope in which a line may call a note that stands elsewhere."""

    def call_note(self, name: str) -> str:
        """Return what stands where a note is called, TeX; nothing if there is no such note."""


class ExplainingScope(Scope, Protocol):
    """A scope that knows where the words that the report explains are used first."""

    @property
    def first_uses(self) -> FirstUses:
        """The texts that use a word first."""


# What a scope answers its class tells: to ask `isinstance` of a protocol looks through all of its methods each time.


def is_placed(scope: Scope) -> TypeGuard[PlacedScope]:
    """Tell whether a scope wants to know where each piece of the TeX was written."""
    return hasattr(type(scope), "mark")


def _is_stating(scope: Scope) -> TypeGuard[StatingScope]:
    return hasattr(type(scope), "state")


def call_note(name: str, scope: Scope) -> str:
    """Return what stands where a line calls a note, or nothing if nobody knows of notes."""
    return scope.call_note(name) if _is_noting(scope) else ""


def _is_noting(scope: Scope) -> TypeGuard[NotingScope]:
    return hasattr(type(scope), "call_note")


def _is_explaining(scope: Scope) -> TypeGuard[ExplainingScope]:
    return hasattr(type(scope), "first_uses")


def _is_naming(scope: Scope | None) -> TypeGuard[NamingScope]:
    return hasattr(type(scope), "name_source")


def _is_titling(scope: Scope | None) -> TypeGuard[TitlingScope]:
    return hasattr(type(scope), "title_part")


def _is_speaking(scope: Scope | None) -> TypeGuard[SpeakingScope]:
    return hasattr(type(scope), "locale")


def _is_showing(scope: Scope) -> TypeGuard[ShowingScope]:
    return hasattr(type(scope), "picture")


def picture_in(file: str, scope: Scope) -> tuple[str, float] | None:
    """Return the name of a picture beside the .tex and its width in points, or None if there is none."""
    return scope.picture(file) if _is_showing(scope) else None


def speak_in(scope: Scope, words: str) -> str:
    """Return what is told to who does not see a picture, as its command takes it."""
    return scope.speak(words) if _is_showing(scope) else metadata(words)


def first_uses_of(scope: Scope) -> FirstUses | None:
    """Return which texts are the first to use words that the report explains, or nothing if nobody knows."""
    return scope.first_uses if _is_explaining(scope) else None


def locale_of(scope: Scope | None) -> Locale:
    """Return the language in which a scope has things said: Spanish, if it says nothing of that."""
    return scope.locale if _is_speaking(scope) else SPANISH


def name_source(key: str, scope: Scope | None) -> str:
    """Return the name of a source, or nothing if nobody knows it."""
    return scope.name_source(key) if _is_naming(scope) else ""


def state_in(scope: Scope, fact: Fact, tex: str) -> str:
    """Return TeX with the marks of what it is, if the scope wants them."""
    return scope.state(fact, tex) if _is_stating(scope) else tex


def number_part(reference: Reference, scope: Scope | None) -> str:
    """Return the number of a part of the report, or nothing if nobody knows it."""
    return scope.number_part(reference) if _is_naming(scope) else ""


def title_part(reference: Reference, scope: Scope | None) -> str:
    """Return the title of a part of the report that has no number, in quotation marks; nothing if it has one."""
    return scope.title_part(reference) if _is_titling(scope) else ""

"""ReportScope: what the author's texts may mention, worked out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imprenta.calculate import evaluate, format_expression, format_number, sources_of
from imprenta.markup import metadata, write_plain
from imprenta.model.explained import NO_USES, FirstUses
from imprenta.model.facts import state
from imprenta.model.page import PAGE, Page
from imprenta.model.source_map import mark
from imprenta.pipeline.names import NOBODY, Names
from imprenta.words import SPANISH, Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from imprenta.calculate import Numbers
    from imprenta.markup import Expression, Reference
    from imprenta.model.facts import Fact
    from imprenta.problems import Span


def _call_nothing(name: str) -> str:
    del name
    return ""


@dataclass(frozen=True, slots=True)
class ReportScope:
    """Answers markup and tables: numbers as they are printed, the sources of values. The paper was checked before."""

    numbers: Numbers
    variables: Mapping[str, Decimal] = field(default_factory=dict)
    names: Names = NOBODY
    locale: Locale = SPANISH
    sheet: Page = PAGE
    first_uses: FirstUses = field(default=NO_USES, compare=False)
    calls: Callable[[str], str] = field(default=_call_nothing, compare=False)
    """What stands where a line calls a note, by the note's name."""
    _written: dict[tuple[str, int | None], str] = field(default_factory=dict, compare=False)
    """What was written already: the numbers do not change."""

    def number(self, expression: Expression) -> str:
        """Return an expression's number as Spanish writes it."""
        key = (expression.source, expression.decimals)
        if key not in self._written:
            self._written[key] = format_expression(*key, self.numbers, self.variables, self.locale.coma)
        return self._written[key]

    def picture(self, file: str) -> tuple[str, float] | None:
        """Return the name of a picture beside the .tex and its width in points; None if it cannot be placed."""
        return self.names.pictures.get(file)

    def value(self, expression: Expression) -> Decimal:
        """Return an expression's number."""
        value = evaluate(expression.source, self.numbers, variables=self.variables)
        assert not isinstance(value, tuple)  # the paper was checked: one number fits into a text
        return value

    def write_value(self, value: Decimal, decimals: int) -> str:
        """Return a number as the report writes it."""
        return format_number(value, decimals, self.locale.coma)

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the citation keys behind values."""
        return sources_of(names, self.numbers)

    def bind(self, variables: Mapping[str, Decimal]) -> ReportScope:
        """Return a scope whose expressions know these variables too."""
        return replace(self, variables={**self.variables, **variables}, _written={})

    def noting(self, calls: Callable[[str], str]) -> ReportScope:
        """Return a scope in which lines may call notes."""
        return replace(self, calls=calls)

    def call_note(self, name: str) -> str:
        """Return what stands where a line calls a note, TeX."""
        return self.calls(name)

    def name_source(self, key: str) -> str:
        """Return the authors of a source as a sentence names them, or nothing."""
        return self.names.source(key)

    def number_part(self, reference: Reference) -> str:
        """Return the number of a figure, a table or a section, or nothing."""
        return "" if reference.page else self.names.parts.get((reference.kind, reference.id), "")

    def title_part(self, reference: Reference) -> str:
        """Return the title of a section that has no number, in quotation marks; nothing if it has one."""
        title = None if reference.page else self.names.titles.get((reference.kind, reference.id))
        if title is None:
            return ""
        others = replace(self, names=replace(self.names, titles={}))  # a title may mention itself
        return self.locale.palabras.titulo_mencionado.format(write_plain(title, others))

    def mark(self, place: Span) -> str:
        """Return the mark that goes before what comes from a place."""
        return mark(place)

    def state(self, fact: Fact, tex: str) -> str:
        """Return TeX with the marks of what it is."""
        return state(fact, tex)

    def speak(self, words: str) -> str:
        """Return what is told to who does not see a figure, as its template takes it."""
        return metadata(words)

    def quantity(self, file: str, name: str) -> str:
        """Return a quantity as it is printed; the numbers of a list are parted by semicolons."""
        value = self.numbers.values[file][name]
        decimals = self.numbers.quantities[file][name].decimals
        values = value if isinstance(value, tuple) else (value,)
        return "; ".join(format_number(number, decimals, self.locale.coma) for number in values)


def report_scope(numbers: Numbers, names: Names, first_uses: FirstUses = NO_USES) -> ReportScope:
    """Return the scope of a report whose parts are named, in its language and on its pages."""
    return ReportScope(numbers, names=names, locale=names.locale, sheet=names.sheet, first_uses=first_uses)

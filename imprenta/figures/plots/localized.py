"""What matplotlib writes by itself, numbers and dates -> the same in the report's language; the author's words stay."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache, wraps
from numbers import Real
from typing import TYPE_CHECKING, Any

from imprenta.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

    from imprenta.words import Locale

_ENGLISH = re.compile(
    r"(?P<sign>(?<!\w)[-−])?(?<![\w.,])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    r"(?:e(?P<power>[-+−]?\d+))?(?![\w.]\d)",
)
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENGLISH_WORDS = ENGLISH.palabras
_NAMES = (
    *_ENGLISH_WORDS.meses_cortos,
    *_ENGLISH_WORDS.dias_cortos,
    *_ENGLISH_WORDS.meses,
    *_ENGLISH_WORDS.dias,
)
_NAME = re.compile(rf"\b({'|'.join(_NAMES)})\b")
DIGITS_FROM, DIGITS_TO = 1e-6, 1e10
"""Where a logarithmic axis says numbers in digits; if it goes further it says powers, all along."""


def spell_number(word: str, locale: Locale) -> str:
    """Write a number that a program wrote (1234567.5, -2, 1e+20) as a language does: 1 234 567,5, −2 and 10²⁰."""
    return spell_text(word, locale) if _ENGLISH.fullmatch(word) else word


def spell_text(text: str, locale: Locale) -> str:
    """Write all numbers in a text that a program wrote as a language does; in mathematics, their decimals alone."""
    if "$" in text:
        return re.sub(r"(?<=\d)\.(?=\d)", f"{{{locale.coma}}}", text)
    return _ENGLISH.sub(lambda match: _spell(match, locale), text)


def _spell(match: re.Match[str], locale: Locale) -> str:
    sign, whole, part, power = match["sign"], match["whole"].replace(",", ""), match["part"], match["power"]
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u202f", whole)
    number = f"{whole}{locale.coma}{part}" if part else whole
    if power is not None:
        raised = f"10{str(int(power.replace('−', '-'))).translate(_RAISED)}"
        number = raised if number == "1" else f"{number}×{raised}"
    return f"{'−' if sign else ''}{number}"


def spell_date(text: str, locale: Locale) -> str:
    """Write the names of months and days in a date, and its decimals, as a language does."""
    names = _names_in(locale)
    text = _NAME.sub(lambda match: names[match[1]], text)
    return re.sub(r"(?<=\d)\.(?=\d)", locale.coma, text)


@cache
def _names_in(locale: Locale) -> dict[str, str]:
    """Return the names of months and days by the English ones; «May» is the whole one."""
    words = locale.palabras
    return dict(zip(_NAMES, (*words.meses_cortos, *words.dias_cortos, *words.meses, *words.dias), strict=True))


def spell_offset(text: str, locale: Locale) -> str:
    """Write what is said once for all labels of an axis: «1e3» is what each has to be multiplied by."""
    spelt = spell_text(text, locale)
    return f"×{spelt}" if re.match(r"10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", spelt) else spelt


def spell_axes(figure: Figure, locale: Locale) -> None:
    """Give labels in a language to every axis of a figure whose labels matplotlib would write; leave the author's."""
    for axis in all_axes(figure):
        formatters: tuple[Any, ...] = (axis.get_major_formatter(), axis.get_minor_formatter())
        for formatter in formatters:
            kind: Any = type(formatter)
            if kind.__module__.startswith("matplotlib.") and not isinstance(formatter, _as_typed()):
                # The same object with all its settings: the author may still hold it and change them.
                formatter.__class__ = _localized(kind, locale)


def writes_powers(figure: Figure) -> bool:
    """Tell whether an axis may get labels with powers, which are set as mathematics."""
    return any(axis.get_scale() != "linear" for axis in all_axes(figure))


def all_axes(figure: Figure) -> Iterator[Axis]:
    """Return every axis of a figure, those of axes inside others and of colour bars included."""
    from matplotlib.axis import Axis

    for axis in figure.findobj(Axis):
        assert isinstance(axis, Axis)
        yield axis


@cache
def _as_typed() -> tuple[type, ...]:
    """Return the kinds of labels whose words are the author's own."""
    from matplotlib.category import StrCategoryFormatter
    from matplotlib.ticker import FixedFormatter, FuncFormatter, NullFormatter

    return FixedFormatter, FuncFormatter, NullFormatter, StrCategoryFormatter


@cache
def _localized(kind: Any, locale: Locale) -> Any:
    """Return the kind, for a language, of one of matplotlib's kinds of labels (late: matplotlib is dear to import)."""
    from matplotlib import dates, ticker

    spell = spell_date if kind.__module__ == "matplotlib.dates" else spell_text

    class Localized(kind):  # type: ignore[misc]
        """Labels of an axis as the language writes them."""

        def __call__(self, value: Any, position: Any = None) -> str:
            said = spell(super().__call__(value, position), locale)
            return re.sub(r"(?<=\d)%$", locale.porciento, said) if kind is ticker.PercentFormatter else said

        def get_offset(self) -> str:
            said: str = super().get_offset()
            return spell_date(said, locale) if spell is spell_date else spell_offset(said, locale)

    if issubclass(kind, dates.ConciseDateFormatter):

        class LocalizedConcise(Localized):
            def format_ticks(self, values: Any) -> list[str]:
                return [spell_date(label, locale) for label in super().format_ticks(values)]

        return LocalizedConcise
    if not issubclass(kind, ticker.LogFormatter) or issubclass(kind, ticker.LogFormatterExponent):
        return Localized

    class LocalizedLog(kind):  # type: ignore[misc]
        """Labels of a logarithmic axis: numbers in digits or powers, but not both on one axis."""

        def __call__(self, value: float, position: Any = None) -> str:
            label: str = super().__call__(value, position)
            if not label or self.axis is None:
                return label
            ends = [abs(end) for end in self.axis.get_view_interval() if end]
            if all(DIGITS_FROM <= end <= DIGITS_TO for end in ends) or value == 0:
                return spell_number(
                    f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.10g}", locale
                )
            return spell_text(label, locale)

    return LocalizedLog


@contextmanager
def localized_texts(locale: Locale) -> Iterator[None]:
    """Have the texts that matplotlib makes of numbers written in a language as long as the context lasts."""
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourLabeler
    from matplotlib.text import Text

    wrappers = {
        (Artist, "set_label"): _number, (Text, "set_text"): _number, (Axes, "bar_label"): _bar_label,
        (Axes, "pie"): _pie, (Axes, "pie_label"): _pie_label, (ContourLabeler, "get_text"): _level,
    }  # fmt: skip
    kept = [(owner, name, vars(owner)[name]) for owner, name in wrappers if name in vars(owner)]
    for owner, name, method in kept:
        setattr(owner, name, wraps(method)(wrappers[owner, name](method, locale)))
    try:
        yield
    finally:
        for owner, name, method in kept:
            setattr(owner, name, method)


def _bar_label(method: Callable[..., Any], locale: Locale) -> Callable[..., Any]:
    def bar_label(self: Any, container: Any, labels: Any = None, *, fmt: Any = "%g", **more: Any) -> Any:
        if isinstance(fmt, str):  # a function of the author's gives words of the author's
            # Six figures are too few for money, and «%g» would go on with powers.
            form = fmt if fmt != "%g" else "{:.10g}"
            more["fmt"] = lambda value: spell_text(form % value if "%" in form else form.format(value), locale)
        else:
            more["fmt"] = fmt
        return method(self, container, labels, **more)

    return bar_label


def _pie(method: Callable[..., Any], locale: Locale) -> Callable[..., Any]:
    def pie(self: Any, x: Any, explode: Any = None, labels: Any = None, colors: Any = None, autopct: Any = None,
            *more: Any, **options: Any) -> Any:  # fmt: skip
        share = (lambda part: spell_text(autopct % part, locale)) if isinstance(autopct, str) else autopct
        return method(self, x, explode, labels, colors, share, *more, **options)

    return pie


def _pie_label(method: Callable[..., Any], locale: Locale) -> Callable[..., Any]:
    def pie_label(self: Any, container: Any, /, labels: Any, **options: Any) -> Any:
        texts = method(self, container, labels, **options)
        for text in texts if isinstance(labels, str) else ():
            text.set_text(spell_text(text.get_text(), locale))
        return texts

    return pie_label


def _level(method: Callable[..., Any], locale: Locale) -> Callable[..., Any]:
    def get_text(self: Any, lev: Any, fmt: Any) -> str:
        said: str = method(self, lev, fmt)
        typed = isinstance(lev, str) or isinstance(fmt, (dict, *_as_typed()))
        return said if typed or (callable(fmt) and not hasattr(fmt, "format_ticks")) else spell_text(said, locale)

    return get_text


def _number(method: Callable[..., Any], locale: Locale) -> Callable[..., Any]:
    def write(self: Any, s: Any) -> None:
        is_number = isinstance(s, Real) and s is not True and s is not False
        method(self, spell_text(str(s), locale) if is_number else s)

    return write

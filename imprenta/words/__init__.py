"""Words: a language -> every word, date form and number sign that the engine prints in a report in that language."""

from imprenta.words.english import ENGLISH
from imprenta.words.locale import Locale
from imprenta.words.spanish import SPANISH
from imprenta.words.words import Words

LOCALES: dict[str, Locale] = {locale.codigo: locale for locale in (SPANISH, ENGLISH)}
"""The languages in which a report can be printed, by their codes (ISO 639-1): one more is one more module."""

__all__ = ["ENGLISH", "LOCALES", "SPANISH", "Locale", "Words"]

"""A Paper -> the problems of its Spanish: words that no dictionary has, and typographic signs."""

from imprenta.language.check import Language, check_language, read_names

__all__ = ["Language", "check_language", "read_names"]

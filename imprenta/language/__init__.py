"""A Paper -> the problems of its Spanish: words that no dictionary has, and typographic signs."""

from imprenta.language.check import Language, check_language, read_names
from imprenta.language.spelling import Unknown
from imprenta.language.vocabulary import VOCABULARY_PATH, extend_vocabulary

__all__ = ["VOCABULARY_PATH", "Language", "Unknown", "check_language", "extend_vocabulary", "read_names"]

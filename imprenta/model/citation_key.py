"""A key of references.bib as its author writes it <-> the same key as LaTeX, biber and the PDF's places have it."""

from __future__ import annotations

import re
import unicodedata

CITABLE = r"[^\s,;@\[\](){}\\\"#%'=\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]"
"""A character of a key: whatever ends it neither in a citation nor for biber, and is seen."""
MENTIONED = r"\w(?:[\w\u0300-\u036f:./+&-]*(?:[^\W_]|[\u0300-\u036f]))?"
"""A key in the thread of a sentence: the signs after it are not its own; between brackets it may have any signs."""
_UNSAFE = re.compile(r"[^A-Za-z0-9.:/_-]")
_ENCODED = re.compile(r"\+([0-9a-f]+)\+")


def normalize_key(key: str) -> str:
    """Return the key by which an entry is known: a letter with an accent is one character, whoever typed it."""
    return unicodedata.normalize("NFC", key)


def encode_key(key: str) -> str:
    """Return a key that no reader of TeX takes amiss: what is no plain letter, figure or `.:/_-` stands as `+26+`."""
    return _UNSAFE.sub(lambda found: f"+{ord(found[0]):x}+", normalize_key(key))


def decode_key(text: str) -> str:
    """Return a text in which every encoded key is as its author writes it."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x110000 else found[0], text)

"""An address in a .bib, as people export it -> the address itself, and why a link may not lead there."""

from __future__ import annotations

import re
from urllib.parse import quote

_TILDES = re.compile(r"\{?\\(?:text)?asciitilde\s*(?:\{\})?\}?|\\~\{\}|\$\\sim\$")
_SIGNS = re.compile(r"\\(?:textunderscore|_)\s*(?:\{\})?")
_ESCAPED = re.compile(r"\\([%#&~{}$ ])")
_WRAPPED = re.compile(r"\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*", re.DOTALL)
# In «example.org:80» stands no scheme.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):|([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
_ADMITTED = ("http", "https", "ftp", "ftps", "mailto")
# What an address may hold besides letters and figures (RFC 3986); the rest is written with its codes.
_LEGAL = "!#$%&'()*+,-./:;=?@[]_~"


def clean_address(raw: str, *, identifier: bool = False) -> str:
    r"""Return an address without the LaTeX around it and in it, with the codes of what no address may hold.

    An `identifier` is printed by itself: it keeps the signs that only an address may not have.


    >>> clean_address(r"\url{https://example.org/a\_b c}")
    'https://example.org/a_b%20c'
    """
    return quote(bare_address(raw), safe=_LEGAL + ('<>"|' if identifier else ""))


def bare_address(raw: str) -> str:
    """Return an address without the LaTeX around it and in it."""
    wrapped = _WRAPPED.fullmatch(raw)
    text = wrapped[1] if wrapped else raw
    text = _ESCAPED.sub(r"\1", _SIGNS.sub("_", _TILDES.sub("~", text)))
    text = text.replace("\\-", "").replace("\\/", "")
    return re.sub(r"[{}\n]", "", text).strip()


def explain_address(address: str) -> str:
    """Return why a link may not lead to an address, or an empty string."""
    scheme = _SCHEME.match(address)
    if scheme is None or (scheme[1] or scheme[2]).lower() in _ADMITTED:
        return ""
    shown = address if len(address) <= 60 else f"{address[:60]}…"
    return f"el enlace lleva a «{shown}» y no a una dirección http, https, ftp o mailto"

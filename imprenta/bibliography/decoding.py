"""Bytes of a .bib file -> text; a file that is not UTF-8 is still read, and said to be wrong."""

from __future__ import annotations

import codecs

from imprenta.problems import Problem, Span

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_bibliography(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a .bib file, and an error at the first byte that is no UTF-8.

    Such a file is read as UTF-16 if it begins so, else as Windows-1252, so that its entries are known nonetheless.
    """
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        start = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
    if data.startswith(_UTF16):
        place = Span(path)
        message, hint = "el archivo está en UTF-16 y no en UTF-8", "guárdelo como UTF-8"
        return data.decode("utf-16", errors="replace"), [Problem("bib-codificacion", message, place, hint)]
    text = data.decode("cp1252", errors="replace")
    before = data[:start].decode("utf-8-sig")
    line = before.count("\n") + 1
    place = Span(path, line, len(before) - (before.rfind("\n") + 1) + 1)
    message = f"el archivo no está en UTF-8: el byte 0x{data[start]:02X} no es válido"
    hint = f"parece Latin-1 o Windows-1252 («{text[start : start + 1]}»); guárdelo como UTF-8"
    return text, [Problem("bib-codificacion", message, place, hint)]

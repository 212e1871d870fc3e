"""A .tex that nobody stated anything of -> the document that it would be in an author's template."""

from __future__ import annotations

from imprenta.model.document import Document, split_pieces, tell_pieces
from imprenta.render.foreign import read_facts


def read_document(source: str) -> Document:
    """Return the document of a .tex with the facts that are read in it."""
    return Document(tuple(tell_pieces(split_pieces(source), read_facts(source), known=False)))

"""Entry -> how a sentence names it where LaTeX cannot: the family names of its authors, as plain characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.bibliography.model import Entry
    from imprenta.words import Words

MOST_NAMED = 2
"""Of more authors, the first one stands for all."""


def name_authors(entry: Entry, words: Words) -> str:
    """Return «Ruiz», «Ruiz y Peña» or «Ruiz y col.»; the title of a work without authors, or nothing."""
    names, title = naming_fields(entry)
    if not names:
        return _decode(title)
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    several = split_multiple_persons_names(names)
    families = []
    for name in several:
        parts = parse_single_name_into_parts(name, strict=False)
        families.append(_decode(" ".join([*parts.von, *parts.last])))
    if len(families) > MOST_NAMED or families[-1] == "others":
        return words.y_otros.format(families[0])
    return f" {words.y} ".join(families)


def naming_fields(entry: Entry) -> tuple[str, str]:
    """Return the values that an entry is named by: of its people, or else of its title."""
    people = entry.text("shortauthor", "author", "shorteditor", "editor", "translator")
    return people, "" if people else entry.text("label", "shorttitle", "title")


def _decode(tex: str) -> str:
    """Return the characters that a field prints."""
    from pylatexenc.latex2text import LatexNodes2Text

    return " ".join(LatexNodes2Text().latex_to_text(tex).split())

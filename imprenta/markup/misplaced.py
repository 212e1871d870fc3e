"""A text that is set in a line -> what of it does not fit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup.parsed import NO_PICTURE, PICTURE_HINT
from imprenta.markup.read import read_line, read_text
from imprenta.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from imprenta.markup.parsed import Parsed
    from imprenta.model.meaning import Role
    from imprenta.model.text import Text
    from imprenta.problems import Span


BARE_HINT = "las fuentes van en «citas»; la mención y el número, en el pie o en el texto"


def find_misplaced(text: Text, role: Role, notes: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return what does not fit in a text that is set as its role says.

    Block quotes and footnotes fit in paragraphs alone; code, lists and several paragraphs in a cell too. Bare
    words, as of a drawing, have no room for what is worked out or leads elsewhere; what is heard, none for citations.
    `notes` are those that may be called where the text stands.
    """
    if role in ("formula", "row", "symbol", "code"):
        return ()
    parsed = read_text(text) if role == "block" else read_line(text)
    pictures = [] if role == "cell" else parsed.pictures
    problems = [Problem("imagen-en-texto", NO_PICTURE, shown.place, PICTURE_HINT) for shown in pictures]
    if role != "block":
        problems += [*_misplaced(parsed, role == "cell", notes), *_unfit(parsed, role)]
    return tuple(dict.fromkeys(problems))


def _unfit(parsed: Parsed, role: Role) -> Iterator[Problem]:
    if role not in ("bare", "spoken"):
        return
    where = "un rótulo o un nombre" if role == "bare" else "un texto alternativo"
    unfit = [(citation.place, "citas") for citation in parsed.citations]
    unfit += [(mention.place, "citas") for mention in parsed.source_mentions]
    if role == "bare":
        unfit += [(reference.place, "menciones") for reference in parsed.references]
        unfit += [(expression.place, "números calculados") for expression in parsed.expressions]
    for place, what in unfit:
        yield Problem("marca-fuera-de-lugar", f"{where} no lleva {what}", place, BARE_HINT)


def called_notes(text: Text, notes: Collection[str] | None = None) -> dict[str, Span]:
    """Return where a line calls notes that stand elsewhere: these, or any."""
    children = (child for token in read_line(text).tokens for child in token.children or ())
    calls = [child.meta for child in children if child.type == "footnote_ref"]
    return {call["label"]: call["place"] for call in calls if notes is None or call["label"] in notes}


def _misplaced(parsed: Parsed, cell: bool, notes: Collection[str]) -> Iterator[Problem]:
    where = "una celda" if cell else "un título, un pie o un rótulo"
    hint = "la explicación va en «nota:» de la tabla, o en sus «notas:»" if cell else "la explicación va en el texto"
    names = {"blockquote_open": "citas en bloque"}
    if not cell:
        names |= {
            "fence": "bloques de código",
            "bullet_list_open": "listas",
            "ordered_list_open": "listas",
            "math_block": "fórmulas aparte",
        }
    for token in parsed.tokens:
        if token.type in names:
            yield Problem("bloque-fuera-de-lugar", f"{where} no lleva {names[token.type]}", parsed.text.span())
        for child in token.children or ():
            if child.type == "footnote_ref" and child.meta["label"] not in notes:
                yield Problem("nota-fuera-de-lugar", f"{where} no lleva notas al pie", child.meta["place"], hint)
    blocks = [token for token in parsed.tokens if token.type in names]
    if not cell and not blocks and sum(token.type == "paragraph_open" for token in parsed.tokens) > 1:
        yield Problem("bloque-fuera-de-lugar", f"{where} es un solo párrafo", parsed.text.span())

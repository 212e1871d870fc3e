"""Text of a .bib file -> entries with their places, and the problems of its syntax. The only user of bibtexparser."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imprenta.bibliography.masking import outline_bibliography
from imprenta.bibliography.model import Bibliography, Entry, Field, Places
from imprenta.bibliography.stray import find_stray_text, refuse_other_file
from imprenta.bibliography.syntax import Notes, explain_broken_block, explain_key, find_swallowed_entries
from imprenta.bibliography.values import Definition, read_expression
from imprenta.model.citation_key import normalize_key
from imprenta.problems import Severity

if TYPE_CHECKING:
    from imprenta.bibliography.masking import Block
    from imprenta.problems import Problem

_FIELD = re.compile(r"[^\s=#{}\",]+\s*=\s*\S")


@dataclass(slots=True)
class _Reader:
    """What one reading carries along."""

    text: str
    syntax: str
    places: Places
    notes: Notes
    strings: dict[str, Definition] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    cut_short: set[int] = field(default_factory=set)


def read_syntax(text: str, path: str) -> tuple[Bibliography, list[Problem]]:
    """Read the entries of a .bib text and say what its syntax gets wrong.

    Of entries with the same key the first one counts, as for biber. A broken entry stays in the result with the
    fields that could be read, so that its citations are not reported as well.
    """
    places = Places(text, path)
    notes = Notes(text, places)
    if refuse_other_file(notes):
        return Bibliography(path, text=text), notes.problems
    outline = outline_bibliography(text)
    reader = _Reader(text, outline.syntax, places, notes)
    sound = [block for block in outline.blocks if not block.trouble and block.type != "comment"]
    parsed = dict(zip((block.start for block in sound), _split(outline.masked), strict=True))
    reader.cut_short = find_stray_text(notes, outline)
    for block in outline.blocks:
        if block.type == "comment":
            if block.trouble:
                reader.notes.unclosed_comment(block)
        elif block.trouble:
            _read_broken(reader, block)
        else:
            _read_sound(reader, block, parsed[block.start])
    bibliography = Bibliography(path, MappingProxyType(reader.entries), text)
    return bibliography, reader.notes.problems


def _split(masked: str) -> list[Any]:
    """Let bibtexparser split the masked text into blocks."""
    # It reports through its logger, once for each failure; a problem here is a value.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    # Imported here: 70 ms that only the reading of a .bib should cost.
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    # What it leaves of a block that it gave up comes as an implicit comment.
    blocks = parse_string(masked, parse_stack=[]).blocks
    return [block for block in blocks if not isinstance(block, model.ImplicitComment)]


def _read_sound(reader: _Reader, block: Block, parsed: Any) -> None:
    """Read a block that closes, from what bibtexparser made of it."""
    from bibtexparser import model

    # Wrapped when its key or one of its fields is repeated; that is found again below, with the places.
    while isinstance(parsed, (model.DuplicateBlockKeyBlock, model.DuplicateFieldKeyBlock)):
        parsed = parsed.ignore_error_block
    if isinstance(parsed, model.String):
        _add_string(reader, block, len(parsed.key))
    elif isinstance(parsed, model.Entry):
        start = _skip_blanks(reader.syntax, block.inside)
        key = (start, start + len(parsed.key))
        find_swallowed_entries(reader.notes, block)
        _add_entry(reader, block, key, _field_pieces(reader.syntax, block, key[1], parsed.fields))
    elif isinstance(parsed, model.Preamble):
        message, hint = "el «@preamble» no se ejecuta", "las órdenes que define no valen en los campos: bórrelo"
        reader.notes.add("bib-preambulo", message, (block.start, block.inside - 1), hint, severity=Severity.WARNING)
    else:
        _read_broken(reader, block)


def _read_broken(reader: _Reader, block: Block) -> None:
    """Read what can be read of a block that does not close or that bibtexparser gave up."""
    limit = block.trouble_at if block.trouble and block.trouble_at > block.start else block.close
    pieces = _pieces_between_commas(reader.syntax, block.inside, limit)
    key = explain_broken_block(reader.notes, block, pieces, reader.syntax)
    if key is not None:
        if reader.text[limit : limit + 1] == "@" and limit < block.end:
            pieces.pop()  # the value that the at sign cuts short
        fields = [piece for piece in pieces if _FIELD.match(reader.syntax, *piece)]
        _add_entry(reader, block, key, fields, broken=True)


def _pieces_between_commas(syntax: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the start and end, without blanks, of what stands between the commas; no value holds one here."""
    pieces = []
    while start <= end:
        comma = syntax.find(",", start, end)
        stop = comma if comma >= 0 else end
        begin = min(_skip_blanks(syntax, start), stop)
        pieces.append((begin, begin + len(syntax[begin:stop].rstrip())))
        start = stop + 1
    return pieces


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _field_pieces(masked: str, block: Block, position: int, fields: list[Any]) -> list[tuple[int, int]]:
    """Return the start and end of each `name = value` that bibtexparser found after `position`."""
    pieces = []
    for parsed in fields:
        comma = masked.index(",", position)
        start = _skip_blanks(masked, comma + 1)
        equals = masked.index("=", start + len(parsed.key))
        value = _skip_blanks(masked, equals + 1)
        position = min(value + len(parsed.value), block.close)
        pieces.append((start, position))
    return pieces


def _add_string(reader: _Reader, block: Block, length: int) -> None:
    start = _skip_blanks(reader.syntax, block.inside)
    equals = reader.syntax.index("=", start)
    expression = read_expression(reader.text, reader.syntax, equals + 1, block.close, reader.strings)
    name = reader.text[start : start + length]
    reader.notes.explain_expression(name, (start, start + length), expression, reader.strings)
    reader.strings[name.lower()] = Definition(expression.part, start, start + length, expression.pieces)


def _add_entry(
    reader: _Reader, block: Block, key: tuple[int, int], pieces: list[tuple[int, int]], *, broken: bool = False
) -> None:
    """Put one entry together from the places of its key and of its `name = value` pieces."""
    text, notes = reader.text, reader.notes
    name = normalize_key(text[key[0] : key[1]])
    if not explain_key(notes, block, key):
        return
    fields: dict[str, Field] = {}
    waiting = list(reversed(pieces))
    syntax = reader.syntax
    while waiting:
        start, end = waiting.pop()
        equals = syntax.index("=", start, end)
        label_end = start + len(syntax[start:equals].rstrip())
        label = text[start:label_end].lower()
        expression = read_expression(text, syntax, equals + 1, end, reader.strings)
        broken |= notes.explain_expression(label, (start, label_end), expression, reader.strings)
        if expression.next_field >= 0:
            waiting.append((expression.next_field, end))
        found = Field(label, expression.value, reader.places.span(start, label_end), expression.pieces)
        if label in fields:
            notes.repeated_field(name, fields[label], found)
        else:
            fields[label] = found
    broken |= block.start in reader.cut_short
    entry = Entry(name, block.type, MappingProxyType(fields), reader.places.span(*key), broken)
    if name in reader.entries:
        notes.repeated_key(reader.entries[name], entry)
    else:
        reader.entries[name] = entry

r"""Marked TeX of a report whose PDF is to be tagged -> the same, with commands that write marks into the pages.

Who writes TeX states what it is (`model/facts.py`); what only a fact tells gets its command here, behind the fact's
opening mark. All else LaTeX knows itself where it sets it (`typeset/tags/marks.tex`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imprenta.markup.spoken import speak_formula
from imprenta.model.facts import (
    FACT_CLOSE,
    FACT_OPEN,
    FACT_TOLD,
    Caption,
    Cell,
    Formula,
    Kind,
    Verbatim,
    dump_fact,
    encode_payload,
    load_fact,
    told_by,
)
from imprenta.model.source_map import strip_marks

if TYPE_CHECKING:
    from imprenta.words import Words

HEADS = {"column": "H", "row": "R", "group": "G", "": "D"}
"""The letters of what a cell heads."""
REPEATED = r"\tagrepeated{}"
_NAMES = "|".join(encode_payload(f'["{kind.__name__}"') for kind in (Cell, Caption, Verbatim))
_STATED = re.compile(f"{FACT_OPEN}((?:{_NAMES})[\ue100-\ue1ff]*){FACT_TOLD}")

_FORMULAS = f"{encode_payload(dump_fact(Formula()))}|{encode_payload(dump_fact(Kind('formula')))}"
_FORMULA = re.compile(f"({FACT_OPEN}(?:{_FORMULAS}){FACT_TOLD})([^{FACT_OPEN}{FACT_CLOSE}]*){FACT_CLOSE}")


def write_tag_commands(marked: str, words: Words) -> str:
    """Return marked TeX with commands for what facts tell; `words` are those of the report's language."""
    told = _STATED.sub(lambda match: f"{match[0]}{_command(match[1])}", marked)
    return _FORMULA.sub(lambda match: _speak(match, words), told)


def _speak(match: re.Match[str], words: Words) -> str:
    said = _write_string(speak_formula(strip_marks(match[2]), words))
    return rf"{match[1]}\tagformula{{{said}}}{match[2]}\tagend\relax{FACT_CLOSE}"


def _write_string(text: str) -> str:
    """Return a text as the digits of a PDF string."""
    return f"FEFF{text.encode('utf-16-be').hex().upper()}"


@lru_cache(maxsize=4096)
def _command(payload: str) -> str:
    fact = load_fact(told_by(payload))
    if isinstance(fact, Caption):
        return "" if fact.numbered else REPEATED
    if isinstance(fact, Verbatim):
        return rf"\tagverbatim{{{_write_string(fact.text)}}}"
    assert isinstance(fact, Cell)
    if fact.again:
        return REPEATED
    return rf"\tagcell{{{HEADS[fact.heads]}.{fact.first:d}.{fact.columns}.{fact.rows}}}"

r"""Marked TeX of a report whose PDF is to be tagged -> the same, with commands that write marks into the pages.

Who writes TeX states what it is (`model/facts.py`); what only a fact tells gets its command here, behind the fact's
opening mark. All else LaTeX knows itself where it sets it (`typeset/tags/marks.tex`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from imprenta.model.facts import FACT_OPEN, FACT_TOLD, Caption, Cell, encode_payload, load_fact, told_by

HEADS = {"column": "H", "row": "R", "group": "G", "": "D"}
"""The letters of what a cell heads."""
REPEATED = r"\tagrepeated{}"
_NAMES = "|".join(encode_payload(f'["{kind.__name__}"') for kind in (Cell, Caption))
_STATED = re.compile(f"{FACT_OPEN}((?:{_NAMES})[\ue100-\ue1ff]*){FACT_TOLD}")


def write_tag_commands(marked: str) -> str:
    """Return marked TeX with commands for what facts tell."""
    return _STATED.sub(lambda match: f"{match[0]}{_command(match[1])}", marked)


@lru_cache(maxsize=4096)
def _command(payload: str) -> str:
    fact = load_fact(told_by(payload))
    if isinstance(fact, Caption):
        return "" if fact.numbered else REPEATED
    assert isinstance(fact, Cell)
    if fact.again:
        return REPEATED
    return rf"\tagcell{{{HEADS[fact.heads]}.{fact.first:d}.{fact.columns}.{fact.rows}}}"

r"""A formula as pandoc has it -> the formula that we set, with the label and the number that it had."""

from __future__ import annotations

import re

from imprenta.markup.equations import read_equation
from imprenta.model.text import Text

_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_NUMBERS = re.compile(r"\\(?:nonumber|notag)\b|\\tag\*?\{[^{}]*\}")
_FULL = re.compile(r"\\(begin|end)\{(equation|displaymath|math)\*?\}")
_ROWS = re.compile(r"\\(begin|end)\{(align|eqnarray|gather|multline|flalign)\*?\}")
_INNER = {"align": "aligned", "eqnarray": "aligned", "flalign": "aligned", "gather": "gathered", "multline": "gathered"}


def clean_formula(tex: str) -> tuple[str, str]:
    """Return the TeX without labels and numbers, its outer environment as one that stands inside; and its label."""
    labels = _LABEL.findall(tex)
    bare = _NUMBERS.sub("", _LABEL.sub("", tex))
    bare = _ROWS.sub(lambda found: f"\\{found[1]}{{{_INNER[found[2]]}}}", _FULL.sub("", bare))
    return " ".join(bare.split()), labels[0] if labels else ""


def refuses_formula(formula: str) -> bool:
    """Tell whether a formula has what cannot be set, such as commands of the document's own."""
    return bool(read_equation(Text(formula, "")).problems)

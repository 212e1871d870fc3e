"""Where the document and each part of its body begin: the report's own data, checkpoints, and the TeX that they need.

At a \\checkpoint LaTeX notes the state that it is in, for `typeset` (`typeset/checkpoints/trace.py`), which brings the
definitions along: they stand in the preamble whatever the templates are.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from imprenta.model.document import BEGIN, DATA
from imprenta.model.source_map import hold
from imprenta.workspace import engine_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKPOINT = "\n\n\\checkpoint\n"
"""What stands between two blocks of the body."""

FIRST_CHECKPOINT = "\\checkpointfirst\n\\checkpoint\n"
"""What stands where the document begins."""

DEFINITIONS = "imprenta/typeset/checkpoints/checkpoint.tex"
MARKS = "imprenta/typeset/tags/marks.tex"
"""What writes the marks of which a tagged PDF is made."""


def write_opening(ending: str, metadata: Mapping[str, str]) -> str:
    r"""Return what ends the preamble, and the rows with which the document begins, up to its first checkpoint.

    `metadata` tells the report's own data. They follow \\begin{document}, since a format holds what stands before it,
    and formats are shared by all reports of the same make-up.
    """
    given = (metadata[name] for name in ("titulo", "autor", "asunto", "palabras_clave"))
    return f"{ending}{BEGIN}\n{hold(DATA + ''.join(f'{{{tex}}}' for tex in given))}\n"


def end_preamble(stamp: str, *, foreign: bool, tagged: bool) -> str:
    """Return what the preamble ends with: the definitions, after the report's date if the author has templates.

    These may read it, and then a format that was made with another date must not be taken.
    """
    definitions = read_definitions(tagged=tagged)
    return f"% {stamp}\n{definitions}" if foreign else definitions


@cache
def read_definitions(*, tagged: bool = False) -> str:
    """Return what goes before \\begin{document}; with marks in the pages, if the PDF is to be tagged."""
    paths = (MARKS, DEFINITIONS) if tagged else (DEFINITIONS,)
    return "".join(_read(path) for path in paths)


def _read(path: str) -> str:
    definitions = engine_workspace().read(path)
    assert definitions is not None
    return definitions.decode()

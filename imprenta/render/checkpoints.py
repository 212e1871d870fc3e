"""Where one part of the body ends and another may begin: the checkpoints between them, and the TeX that they need.

At a \\checkpoint LaTeX notes the state that it is in, for `typeset` (`typeset/checkpoints/trace.py`), which brings the
definitions along: they stand in the preamble whatever the templates are.
"""

from functools import cache

from imprenta.workspace import engine_workspace

CHECKPOINT = "\n\n\\checkpoint\n"
"""What stands between two blocks of the body."""

FIRST_CHECKPOINT = "\\checkpointfirst\n\\checkpoint\n"
"""What stands where the document begins."""

DEFINITIONS = "imprenta/typeset/checkpoints/checkpoint.tex"


@cache
def read_definitions() -> str:
    """Return what goes before \\begin{document}."""
    definitions = engine_workspace().read(DEFINITIONS)
    assert definitions is not None
    return definitions.decode()

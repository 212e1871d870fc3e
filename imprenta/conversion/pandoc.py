"""A file of somebody's -> pandoc's tree of it: <https://hackage.haskell.org/package/pandoc-types>, as JSON."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from imprenta.conversion.latex_source import prepare_latex
from imprenta.conversion.raw import read_raw
from imprenta.problems import CannotContinue
from imprenta.workspace import Limits, Workspace

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {
    ".md": "markdown+tex_math_single_backslash",
    ".markdown": "markdown+tex_math_single_backslash",
    ".tex": "latex",
    ".docx": "docx+citations",
}
"""What pandoc calls the kinds of files that are taken, by their endings."""
MISSING_TOOL = 4
# The runtime of pandoc reserves as many addresses as it gets, and then there are none for others: it bounds its heap.
MEMORY = ("+RTS", "-M2g", "-RTS")
LIMITS = Limits(memory=1 << 44)
_SKIPPED = re.compile(r"^\[INFO\] Skipped '(.*?)' at .*?line (\d+) column \d+$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"\\(?:begin\{[^{}]*\}|[A-Za-z@]+\*?|.)")
_ENDS = re.compile(r"\\(?:begin|end)\{[^{}]*\}(?:\[[^\]]*\])?")
LOOKS = frozenset(
    rf"\{name}"
    for name in "addcontentsline appendix baselineskip baselinestretch bfseries bibliographystyle bigskip centering "
    "clearpage cleardoublepage enlargethispage fancyfoot fancyhead fancyhf FloatBarrier flushbottom footnotesize hfill "
    "hline hspace Huge huge Large large LARGE listoffigures listoftables maketitle medskip newpage noindent normalsize "
    "onehalfspacing pagebreak pagenumbering pagestyle par parindent parskip raggedbottom raggedright renewcommand "
    "selectlanguage setcounter setlength singlespacing small smallskip tableofcontents thispagestyle tiny vfill vskip "
    "vspace vspace* bibitem keyword keywords".split()
)
"""Commands of LaTeX that only say how something looks, which is never taken over, and those that are read apart."""
HINT = "instálelo con «apt install pandoc» o «pip install pypandoc-binary»"


class Skipped(NamedTuple):
    """TeX that was skipped, and its line."""

    tex: str
    line: int


def find_pandoc(workspace: Workspace) -> str:
    """Return the program: the system's, else the one of the extra `importar`; raise CannotContinue without one."""
    found = workspace.find_program("pandoc")
    if found is None and find_spec("pypandoc") is not None:
        import pypandoc

        try:
            found = str(pypandoc.get_pandoc_path())
        except OSError:
            found = None
    if found is None:
        raise CannotContinue("para traer un documento hace falta pandoc", hint=HINT, status=MISSING_TOOL)
    return found


def read_document(path: Path, text: str) -> tuple[dict[str, Any], list[Skipped]]:
    """Return the tree of a file, and the TeX in it that pandoc skipped; it reads in a sandbox and opens nothing else.

    `text` is what is read instead of a file of LaTeX.

    Raises CannotContinue if it cannot be read.
    """
    workspace = Workspace(path.parent)
    suffix = path.suffix.lower()
    command = [find_pandoc(workspace), *MEMORY, "--sandbox", "--verbose", "-t", "json"]
    if suffix == ".tex":
        data = prepare_latex(text).encode()
        finished = workspace.run([*command, "-f", FORMATS[suffix]], data=data, limits=LIMITS)
    else:
        finished = workspace.run([*command, "-f", FORMATS[suffix], "--", str(path)], limits=LIMITS)
    if finished.timed_out:
        raise CannotContinue(f"pandoc no acaba de leer «{path.name}»", status=1)
    if finished.status != 0:
        said = " ".join(finished.errors.decode("utf-8", "replace").split())[:500]
        raise CannotContinue(f"pandoc no pudo leer «{path.name}»: «{said}»", status=1)
    tree: dict[str, Any] = json.loads(finished.output)
    if suffix == ".docx":
        return tree, []
    if suffix == ".tex":
        return tree, _read_skipped(finished.errors.decode("utf-8", "replace"))

    def read(text: str, format: str) -> dict[str, Any] | None:
        piece = workspace.run([*command, "-f", format], data=text.encode(), limits=LIMITS)
        return json.loads(piece.output) if piece.status == 0 and not piece.timed_out else None

    return read_raw(tree, read), []


def _read_skipped(errors: str) -> list[Skipped]:
    """Return what pandoc says that it skipped in LaTeX, each command once, but for those of the looks alone."""
    skipped: dict[str, Skipped] = {}
    for match in _SKIPPED.finditer(errors):
        name = _NAME.match(match[1])
        bare = match[1] if name is None else name[0]
        if bare not in LOOKS and not _ENDS.fullmatch(match[1]):
            skipped.setdefault(bare, Skipped(" ".join(match[1].split()), int(match[2])))
    return list(skipped.values())

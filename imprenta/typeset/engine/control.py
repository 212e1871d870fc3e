"""The control file that LaTeX writes for biber -> what in it biber would execute, fetch, or read outside its folder.

biber gives the replacement of a source map to Perl as a program, and fetches a source whose name is an address
(`Biber/Utils.pm`, `ireplace` and `slurp`). Both are in the hands of whoever writes the report's templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

# Within quotation marks of Perl's these stand for themselves; `$1` is what the pattern found.
_HARMLESS = re.compile(r"(?:[^\"@$\\`{}]|\$\d)*")
_CODE_IN_PATTERN = re.compile(r"\(\?\??\{")
MAPS = (r"\DeclareSourcemap", r"\DeclareStyleSourcemap", r"\DeclareDriverSourcemap")
_LOCAL_SOURCE = re.compile(r"(?!\.\.)[\w.-]+")


@dataclass(frozen=True, slots=True)
class Danger:
    """What biber may not be given: words and commands of LaTeX by which it is found in the .tex, what is said of it."""

    found_by: tuple[str, ...]
    message: str


def find_dangers(control: str) -> list[Danger]:
    """Return what of a control file (.bcf) biber may not be given; one that is no XML is left to biber to refuse."""
    try:
        root = ElementTree.fromstring(control)
    except ElementTree.ParseError:
        return []
    dangers = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        source = (element.text or "").strip()
        if name == "datasource" and (not _LOCAL_SOURCE.fullmatch(source) or element.get("glob") == "true"):
            message = f"biber leería «{source}», y solo se admite «references.bib»"
            dangers.append(Danger((source, r"\addbibresource"), message))
        if name == "map_step":
            replacement = element.get("map_replace", "")
            patterns = [value for key, value in element.items() if key.startswith(("map_match", "map_notmatch"))]
            programs = [replacement] if not _HARMLESS.fullmatch(replacement) else []
            programs += [pattern for pattern in patterns if _CODE_IN_PATTERN.search(pattern)]
            for words in programs:
                dangers.append(Danger((words, *MAPS), f"biber ejecutaría «{words}» como un programa"))
    return dangers

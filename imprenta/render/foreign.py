r"""TeX that a template of the author's wrote -> the facts in it, read from the TeX as well as that goes.

Who writes TeX in the engine states what it is (`model/facts.py`); a template of the author's may write anything. So
this is the one place where commands of LaTeX are looked for in TeX. Whatever is overlooked costs a run of LaTeX, or has
the whole document set: what LaTeX wrote into its .aux is what counts in the end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from imprenta.markup import find_closing
from imprenta.model.facts import (
    Appendices,
    Caption,
    Carried,
    Citation,
    Defines,
    Fact,
    Float,
    Footnote,
    Heading,
    Kind,
    Label,
    LongTable,
    Numbered,
    Picture,
    ReadsMore,
    ReadsNumber,
    dump_fact,
)
from imprenta.model.referable import REFERABLE
from imprenta.model.source_map import PlacedFact
from imprenta.render.checkpoints import FIRST_CHECKPOINT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEVELS = {"part": 0, "chapter": 0, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4,
          "subparagraph": 5, "addpart": 0, "addchap": 0, "addsec": 1, "addsubsec": 2,
          "addsubsubsec": 3}  # fmt: skip
NUMBERED = ("part", "chapter", "section", "subsection", "subsubsection")
ENVIRONMENTS = {
    "figure": "figure",
    "table": "table",
    "longtable": "cells",
    "tabular": "cells",
    "titlepage": "cover",
    "enunciado": "statement",
}
GROUP = r"\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*\})*\})*\})*\}"
OPTION = rf"\[(?:{GROUP}|[^\[\]{{}}])*\]"
STATES = re.compile(
    rf"\\(?P<heading>(?:(?:sub)*section|(?:sub)?paragraph|chapter|part|add(?:sub)*sec|addchap|addpart)(?P<star>\*?))"
    rf"(?P<short>{OPTION})?(?=\{{)"
    rf"|\\caption(?:of\{{\w+\}})?(?P<listed>{OPTION})?(?P<caption>(?=\{{))"
    r"|\\(?P<step>begin|end)\{(?P<environment>figure|table|longtable|tabular|titlepage|enunciado)\*?\}"
    r"|\\footnote(?P<note>(?=\{))(?:\{\\label\{(?P<footnote>[^}]*)\})?"
    r"|(?:\\nombrapunto\{(?P<number>[^}]*)\})?\\label\{(?P<label>[^}]*)\}|\\subetiqueta\{(?P<letter>\w)\}\{(?P<part>[^}]*)\}"
    r"|\\(?:includegraphics(?:\[[^\]]*\])?|imagencelda\{[\d.]*\})\{(?P<picture>[^{}]*)\}"
    r"|^(?P<row>\\nota(?=\{)|\\item\b|\\linea(?:codigo|numerada)\b|\\\[|\\begin\{(?:equation|align|gather|multline|ecuacion\})|\\renglon\b)"
    r"|(?P<live>\\(?:[a-zA-Z]*[cC]ite[a-zA-Z]*)\*?(?=\s*[\[({]))"
    r"|(?P<marginal>\\marginpar)|(?P<appendices>^\\anexos$|\\appendix\b)",
    re.MULTILINE,
)
ROWS = {r"\nota": "note", r"\item": "item", r"\lineacodigo": "code", r"\lineanumerada": "code"}
DEFINES = re.compile(
    r"\\(?:[gxe]?def|global|let|(?:re|provide)?newcommand|providecommand|(?:re)?newenvironment"
    r"|new(?:count|dimen|length|skip)"
    r"|pagestyle|AddToHook|addtolength|setlength\{\\(?!tabcolsep|parskip|LTleft|LTright))\b"
)
"""What a template may leave behind for all that follows: no checkpoint notes it."""
READS_MORE = re.compile(
    r"\\(?:(?:auto|v|full|c|C|labelc|z)?pagerefs?|(?:[nN]ame|title|full|v|V|c|C|z|label|labelc)refs?"
    r"|(?:v|c|C|z)?(?:page)?refrange|getpagerefnumber|getref\w*|@@input|openin)(?![a-zA-Z@])|lastpage"
    r"|(?<![a-zA-Z@])r@(?!\{|#1\\endcsname\{#2\})"
)
"""What may read more of a label than its number and its link's name, or the contents where no hook tells."""
READS_NUMBER = re.compile(
    r"\\thepage(?![a-zA-Z@])|\\c@page(?![a-zA-Z@])|\\(?:value|arabic|[rR]oman|[aA]lph|(?:addto|step|refstep)counter)\{page\}"
    r"|(?<!\\pagenumbering\{arabic\}\n)(?<!\\pagenumbering\{roman\}\n)\\setcounter\{page\}"
)
"""What depends on the number of a page, or sets it where pages are counted on."""
OURS = "\\newwrite\\checkpoints\n"
"""Where in the preamble `checkpoint.tex` begins, which reads the number of a page to note it down."""
LABEL_AFTER = 12
"""Rows after the beginning of a heading or a caption in which its label may stand."""


def read_facts(tex: str) -> list[PlacedFact]:
    """Return the facts in TeX that a template of the author's may have written, in the order of their beginnings.

    Of a preamble that is in it, only what may read labels and numbers of pages: its definitions set nothing. Citations
    whose numbers are written out are stated (`citations.write_cited`).
    """
    place = _places(tex)
    begin = max(tex.find(FIRST_CHECKPOINT), 0)
    found: list[tuple[int, int, Fact]] = []
    found += [(match.start(), match.end(), ReadsMore()) for match in READS_MORE.finditer(tex)]
    numbered = (match for match in READS_NUMBER.finditer(tex) if not tex.find(OURS) < match.start() < begin)
    found += [(match.start(), match.end(), ReadsNumber()) for match in numbered]
    found += [(match.start(), match.end(), Defines()) for match in DEFINES.finditer(tex, begin)]
    found += _read_structure(tex, begin)
    return [
        PlacedFact(*place(start), *place(end), dump_fact(fact))
        for start, end, fact in sorted(found, key=lambda one: (one[0], -one[1]))
    ]


def _places(tex: str) -> Callable[[int], tuple[int, int]]:
    """Return what tells the row and the column of a character."""
    starts = [0, *(match.end() for match in re.finditer("\n", tex))]

    def place(at: int) -> tuple[int, int]:
        row = bisect_right(starts, at)
        return row, at - starts[row - 1] + 1

    return place


def _read_structure(tex: str, begin: int) -> list[tuple[int, int, Fact]]:
    found: list[tuple[int, int, Fact]] = []
    named: int | None = None
    opened: list[tuple[str, int]] = []
    for match in STATES.finditer(tex, begin):
        at, end = match.end(), match.end()
        if match["heading"] or match["caption"] is not None:
            options = [match.span(name) for name in ("short", "listed") if match[name] is not None]
            found += [(*_inside(tex, *option), Carried()) for option in options]
            named = len(found)
            found.append((at + 1, max(at + 1, _end_of_group(tex, at) - 1), _named(match, opened, found)))
        elif match["label"] is not None:
            if named is not None and tex.count("\n", found[named][0], at) < LABEL_AFTER:
                found[named] = (*found[named][:2], _with_label(found[named][2], match["label"]))
            else:
                found.append((*match.span(), _labelled(match["label"], match["number"] or "")))
            named = None
        elif match["step"] == "begin":
            opened.append((match["environment"], match.start()))
        elif match["step"] == "end":
            if opened and opened[-1][0] == match["environment"]:
                name, start = opened.pop()
                found += [(start, end, fact) for fact in _facts_of_environment(name)]
        elif match["row"] is not None:
            row_end = tex.find("\n", at)
            end = row_end if row_end >= 0 else len(tex)
            found.append((match.start(), end, Kind(ROWS.get(match["row"], "formula"))))
        else:
            found.append((match.start(), end, _simple(match)))
    return found


def _named(match: re.Match[str], opened: list[tuple[str, int]], found: list[tuple[int, int, Fact]]) -> Fact:
    if match["heading"]:
        name = match["heading"].rstrip("*")
        return Heading(LEVELS.get(name, 1), "", name in NUMBERED and not match["star"])
    kind, start = next((one for one in reversed(opened) if one[0] in ("figure", "table", "longtable")), ("", 0))
    again = kind == "longtable" and any(isinstance(fact, Caption) and at > start for at, _, fact in found)
    return Caption("figure" if kind == "figure" else "table", "", kind != "" and not again)


def _labelled(label: str, number: str) -> Fact:
    """Return what a label that no heading or caption has stands for: a numbered thing of ours, if it begins as one."""
    for kind, referable in REFERABLE.items():
        if referable.counter and label.startswith(f"{kind}:"):
            return Numbered(referable.counter, label, number)
    return Label(label)


def _with_label(fact: Fact, label: str) -> Fact:
    if isinstance(fact, Heading):
        return Heading(fact.level, label, fact.numbered)
    assert isinstance(fact, Caption)
    return Caption(fact.counter, label, fact.numbered)


def _facts_of_environment(name: str) -> Iterator[Fact]:
    if name in ("figure", "table"):
        yield Float()
    elif name == "longtable":
        yield LongTable()
        yield Kind("cells")
    else:
        yield Kind(ENVIRONMENTS[name])


def _simple(match: re.Match[str]) -> Fact:
    if match["note"] is not None:
        return Footnote(match["footnote"] or "")
    if match["appendices"] is not None:
        return Appendices()
    if match["picture"] is not None:
        return Picture(match["picture"])
    if match["part"] is not None:
        return Label(match["part"], match["letter"])
    return Float() if match["marginal"] else Citation((("", "", ()),))


def _inside(tex: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words of an option begin and end, without its brackets and the braces at once inside them."""
    braced = tex[start + 1] == "{" and _end_of_group(tex, start + 1) == end - 1
    return (start + 2, end - 2) if braced else (start + 1, end - 1)


def _end_of_group(tex: str, start: int) -> int:
    """Return where the group ends that begins at a brace, or the end of the TeX."""
    return min(find_closing(tex, start) + 1, len(tex))

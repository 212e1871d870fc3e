"""LaTeX typed in a text -> the hint that names our notation for it.

It is printed as typed: an author who knows LaTeX finds out before the report is printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from imprenta.markup.mathwords import KNOWN


class Typed(NamedTuple):
    """LaTeX that was found: where it ends, the hint, and whether it is a citation."""

    end: int
    hint: str
    cites: bool = False


_CALL = re.compile(r"\\([A-Za-z]{2,})\*?(?=\s?[\[{])")
_BARE = re.compile(r"\\([A-Za-z]{2,})")
_IN_PATH = re.compile(r"[\\:/.]$|[^\W\d_]{2}$")  # «src\log» is a path, «x\leq 3» is not
_GROUP = re.compile(r"\s?((?:\[[^\[\]{}]*\])*)\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\[%&#_]|(?<=\d)\\,(?=\w)")
_ACCENT = re.compile(r"\\(?:['`^~\"]\{?\\?[aeiouAEIOUnNyY]|c\{[cC]\})")

_AS_TEXT = "la barra sobra: «%», «&», «#», «_» y los espacios se escriben tal cual"
_CODE = "si es código, entre acentos graves"
_FORMULA = "si es una fórmula, va entre dólares: «$…$»; si es código, entre acentos graves"
_LISTS = "una lista se escribe con un guion ante cada elemento: «- uno»"
_TABLES = "una tabla va en paper/tablas/ y se coloca con «tabla:»"
_FIGURES = "una figura va en figures/ y se coloca con «figura:»"
_DISPLAYED = "una fórmula aparte va entre «$$» y «$$»"
_TITLES = "los títulos son «titulo:» y «apartado:»"
_LAYOUT = "de la composición se encargan las plantillas: bórrelo"
_REFERENCES = "así: «{figura:id}», «{tabla:id}» o «{seccion:id}»"
_LABELS = "una figura, una tabla o una sección se llama como su archivo: bórrelo"

_HINTS = {
    **dict.fromkeys("textbf bfseries bf".split(), "la negrita se escribe «**así**»"),
    **dict.fromkeys("emph textit textsl itshape em".split(), "la cursiva se escribe «*así*»"),
    **dict.fromkeys("texttt verb ttfamily lstinline mintinline".split(), "el código va entre acentos graves: «`así`»"),
    **dict.fromkeys("ref autoref cref Cref eqref pageref nameref vref hyperref".split(), _REFERENCES),
    **dict.fromkeys("footnote footnotetext footnotemark thanks".split(),
                    "una nota al pie se escribe «[^1]», y aparte «[^1]: texto»"),
    **dict.fromkeys("url href nolinkurl".split(), "un enlace se escribe «[texto](https://…)» o «<https://…>»"),
    **dict.fromkeys("part chapter section subsection subsubsection paragraph subparagraph title".split(), _TITLES),
    **dict.fromkeys("item itemsep itemize enumerate description".split(), _LISTS),
    **dict.fromkeys("tabular tabularx longtable table hline toprule midrule bottomrule multicolumn".split(), _TABLES),
    **dict.fromkeys("figure includegraphics caption centering".split(), _FIGURES),
    **dict.fromkeys("equation align gather multline displaymath eqnarray math".split(), _DISPLAYED),
    **dict.fromkeys("quote quotation verse".split(), "una cita en bloque lleva «>» ante cada línea"),
    **dict.fromkeys("verbatim lstlisting minted".split(), "un bloque de código va entre tres acentos graves"),
    **dict.fromkeys("newpage clearpage pagebreak newline linebreak noindent bigskip medskip smallskip vspace hspace "
                    "par maketitle tableofcontents listoffigures listoftables vfill hfill small large Large center "
                    "footnotesize input include usepackage documentclass document appendix printbibliography".split(),
                    _LAYOUT),
    "label": _LABELS,
    "ce": "una fórmula química se escribe «[H2O]{q}», o «$\\ce{H2O}$» dentro de las matemáticas",
    "enquote": "las comillas se escriben «así»",
    "textsuperscript": "un exponente va en una fórmula, «$x^2$», o con su signo: «²»",
    "textsubscript": "un subíndice va en una fórmula, «H$_2$O», o con su signo: «₂»",
    **dict.fromkeys("LaTeX TeX today".split(), "escríbalo con letras"),
    "textbackslash": "la barra se escribe tal cual: «\\»",
}  # fmt: skip
_CITES = {
    **dict.fromkeys("cite citep parencite autocite footcite supercite nocite".split(), "[@{}]"),
    **dict.fromkeys("citet textcite citeauthor".split(), "@{}"),
    **dict.fromkeys("citeyear citeyearpar".split(), "[-@{}]"),
}
# Their groups hold no text of the author's.
_WITH_GROUP = frozenset(
    "ref autoref cref Cref eqref pageref nameref vref label url nolinkurl href begin end item hspace vspace "
    "includegraphics input include usepackage documentclass".split()
)
_WITHOUT_ARGUMENT = KNOWN | frozenset(
    "item noindent newpage clearpage pagebreak newline linebreak par maketitle tableofcontents listoffigures "
    "listoftables bigskip medskip smallskip LaTeX TeX today centering hline bfseries itshape appendix textbackslash "
    "toprule midrule bottomrule".split()
)


def find_latex(source: str, start: int) -> Typed | None:
    """Return the LaTeX that the backslash at `start` begins, or None."""
    call = _CALL.match(source, start)
    if call is not None:
        return _read_call(source, call[1], call.end())
    bare = _BARE.match(source, start)
    if bare is not None:
        known = bare[1] in _WITHOUT_ARGUMENT and _IN_PATH.search(source, max(0, start - 2), start) is None
        return Typed(bare.end(), _HINTS.get(bare[1], _FORMULA)) if known else None
    escaped = _ESCAPED.match(source, start)
    if escaped is not None:
        return Typed(escaped.end(), _AS_TEXT)
    accent = _ACCENT.match(source, start)
    if accent is not None and source[start - 1 : start].isalpha() and start:
        return Typed(accent.end(), "la letra con su tilde se escribe tal cual: «á», «ñ», «ü»")
    return None


def _read_call(source: str, name: str, end: int) -> Typed:
    group = _GROUP.match(source, end)
    if name in _CITES and group is not None:
        keys = [key.strip() for key in group[2].split(",")]
        *before, place = ["", *re.findall(r"\[([^\[\]]*)\]", group[1])]
        shown = "; ".join(_CITES[name].strip("[]").format(key) for key in keys)
        if _CITES[name][0] == "[":
            shown = " ".join(filter(None, (*map(str.strip, before), shown)))
        shown += f", {place.strip()}" if place.strip() else ""
        return Typed(group.end(), f"así: «{f'[{shown}]' if _CITES[name][0] == '[' else shown}»", cites=True)
    if name in ("begin", "end") and group is not None:
        return Typed(group.end(), _HINTS.get(group[2].strip("*"), _CODE))
    hint = _HINTS.get(name) or (_FORMULA if name in KNOWN else _CODE)
    return Typed(group.end() if group is not None and name in _WITH_GROUP else end, hint)

"""The logs of LaTeX and biber -> problems in our words, with theirs quoted.

The log is read with `max_print_line` so large that LaTeX breaks no line; the last line of what was set is given by
the class of each message, never by the nesting of parentheses.
"""

from __future__ import annotations

import re

from imprenta.problems import Problem, Severity, Span

OVERFULL_LIMIT = 1.0
"""Points by which a line may stand out before it is reported."""

ERROR = re.compile(r"^(?P<file>[^\s:][^:\n]*\.\w+):(?P<line>\d+): (?P<words>.*)$")
BARE_ERROR = re.compile(r"^! (?P<words>.*)$")
CITATION = re.compile(r"Citation '(?P<key>[^']+)' (?:on page \S+ )?undefined")
REFERENCE = re.compile(r"Reference [`'](?P<key>[^']+)' on page \S+ undefined")
OVERFULL = re.compile(r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\) (?P<where>.*)$")
OVERFULL_VERTICAL = re.compile(r"^Overfull \\vbox \((?P<points>[\d.]+)pt too high\)(?P<where>.*)$")
GLYPH = re.compile(r"^Missing character: There is no (?P<glyph>.+?) in font (?P<font>.+?)!$")
DUPLICATE = re.compile(r"Label [`'](?P<key>[^']+)' multiply defined")
RERUN = re.compile(r"Rerun to get|Rerun LaTeX|rerun LaTeX|Label\(s\) may have changed|\(re\)run")


def read_latex_log(log: str, path: str, source: str) -> list[Problem]:
    """Turn LaTeX's log into problems.

    `path` is the log's place in the project; the problems name it, since what LaTeX says has no line of the author's.
    `source` is the .tex, to quote the words around an error.
    """
    problems: list[Problem] = []
    lines = log.split("\n")
    for index, line in enumerate(lines):
        place = Span(path, index + 1)
        if match := ERROR.match(line) or BARE_ERROR.match(line):
            context = _context(lines, index, source)
            hint = f"LaTeX lo notó cerca de «{context}»" if context else ""
            message = f"LaTeX no pudo componer el informe: «{match['words']}»"
            problems.append(Problem("latex-fallo", message, place, hint))
        elif match := CITATION.search(line):
            problems.append(Problem("cita-sin-resolver", f"la cita «{match['key']}» quedó sin resolver", place))
        elif match := REFERENCE.search(line):
            message = f"la referencia «{match['key']}» quedó sin resolver"
            problems.append(Problem("referencia-sin-resolver", message, place))
        elif match := GLYPH.match(line):
            problems.append(Problem("caracter-sin-glifo", f"la letra no tiene el signo «{match['glyph']}»", place))
        elif match := DUPLICATE.search(line):
            problems.append(Problem("etiqueta-repetida", f"la etiqueta «{match['key']}» está repetida", place))
        elif (match := OVERFULL.match(line) or OVERFULL_VERTICAL.match(line)) and _is_wide(match):
            problems.append(_overfull(match, lines, index, place))
    return problems


def _is_wide(match: re.Match[str]) -> bool:
    return float(match["points"]) > OVERFULL_LIMIT


def _overfull(match: re.Match[str], lines: list[str], index: int, place: Span) -> Problem:
    millimetres = f"{float(match['points']) * 25.4 / 72.27:.1f}".replace(".", ",")
    if match.re is OVERFULL_VERTICAL:
        message, hint = f"una página sobresale {millimetres} mm por abajo", "reparta la tabla o figura que no cabe"
    else:
        words = printed_words(lines[index + 1]) if index + 1 < len(lines) else ""
        message = f"una línea sobresale {millimetres} mm" + (f", cerca de «{words}»" if words else "")
        hint = "acorte o parta la palabra larga, o dele más anchura a la columna"
    return Problem("linea-desbordada", message, place, hint, severity=Severity.WARNING)


def printed_words(line: str) -> str:
    """Return what a line of an overfull box's contents prints, without TeX's font switches and breaks."""
    words = re.sub(r"\\[A-Z][A-Za-z0-9]*/[^ ]+ (?:\([+-]\d+\) ?)?|\\[a-zA-Z@]+|\[\]|[$|{}]", "", line)
    words = re.sub(r"(?<=\w)-(?=\w{2,}-|\w+\b)", "", words)
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _context(lines: list[str], index: int, source: str) -> str:
    """Return the source words of the line that an error names, if the log gives its number."""
    for line in lines[index : index + 12]:
        if match := re.match(r"^l\.(\d+) (.*)$", line):
            rows = source.split("\n")
            number = int(match[1]) - 1
            row = rows[number] if number < len(rows) else match[2]
            words = " ".join(row.split())
            return words if len(words) <= 70 else words[:69] + "…"
    return ""


def asks_for_rerun(log: str) -> bool:
    """Tell whether LaTeX or a package says that another run is needed."""
    return bool(RERUN.search(log))


def read_biber_log(log: str, path: str) -> list[Problem]:
    """Turn biber's log into problems: its errors stop the build, its warnings are passed on."""
    problems = []
    for index, line in enumerate(log.split("\n")):
        match = re.search(r"(?P<level>ERROR|WARN) - (?P<words>.*)$", line)
        if match is None:
            continue
        place = Span(path, index + 1)
        words = match["words"].strip()
        if missing := re.search(r"I didn't find a database entry for '([^']+)'", words):
            message = f"la cita «{missing[1]}» no está en references.bib"
            problems.append(Problem("cita-sin-resolver", message, place))
        elif match["level"] == "ERROR":
            problems.append(Problem("biber-fallo", f"biber no pudo preparar las referencias: «{words}»", place))
        else:
            message = f"biber advierte: «{words}»"
            problems.append(Problem("biber-aviso", message, place, severity=Severity.WARNING))
    return problems

"""The logs of LaTeX and biber -> problems in our words, with theirs quoted.

The log is read with `max_print_line` so large that LaTeX breaks no line. A line of the .tex is given by the class of
each message; parentheses are counted only within a list of contents, whose lines are no lines of the .tex.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from imprenta.model.citation_key import decode_key
from imprenta.model.document import LIST_SUFFIXES
from imprenta.problems import Problem, Severity, Span
from imprenta.typeset.engine.locate import BIBLIOGRAPHY, Locator

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERFULL_LIMIT = 1.0
"""Points by which a line may stand out before it is reported."""

TOO_FULL = "una página sobresale"
"""How the message of a page begins that is too full: LaTeX does not know what stands on it."""

ERROR = re.compile(r"^(?P<file>[^\s:][^:\n]*\.\w+):(?P<line>\d+): (?P<words>.*)$")
BARE_ERROR = re.compile(r"^! (?P<words>.*)$")
CITATION = re.compile(r"Citation '(?P<key>[^']+)' (?:on page \S+ )?undefined")
REFERENCE = re.compile(r"Reference [`'](?P<key>[^']+)' on page \S+ undefined")
OVERFULL = re.compile(r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\) (?P<where>.*)$")
BOX = re.compile(r"^(?:Over|Under)full \\hbox ")
OVERFULL_VERTICAL = re.compile(r"^Overfull \\vbox \((?P<points>[\d.]+)pt too high\)(?P<where>.*)$")
GLYPH = re.compile(r"^Missing character: There is no (?P<glyph>.+?) in font (?P<font>.+?)!$")
FLOAT = re.compile(r"^LaTeX Warning: Float too large for page by (?P<points>[\d.]+)pt on input line (?P<line>\d+)\.$")
SHRUNK = re.compile(r"^Package imprenta Warning: Formula at (?P<share>\d+) per cent on input line \d+\.$")
DUPLICATE = re.compile(r"Label [`'](?P<key>[^']+)' multiply defined")
MESSAGES = (CITATION, REFERENCE, OVERFULL, OVERFULL_VERTICAL, GLYPH, FLOAT, DUPLICATE, SHRUNK)
"""Everything that a run which ended well may have to say."""
PDFTEX_ERROR = re.compile(r"^!pdfTeX error: (?P<words>.*)$")
NAMED_FILE = re.compile(r"\(file (?:\./)?(?P<path>[^)]+)\)")
AFTERMATH = ("Emergency stop", "==> Fatal error")
"""What LaTeX adds to the error that ended it."""
BEGUN = re.compile(r"\\begin\{[^}]*\} on input line (\d+) ended by")
LIST_OPENED = re.compile(rf"\((?:\./)?(?P<job>\w+)(?:{'|'.join(map(re.escape, LIST_SUFFIXES))})\b")
TOLD = re.compile(
    r"legacy (?:year|month) field .* is not an integer|ISBN '.*' in entry .* is invalid|Invalid namepart '"
)
"""What biber says of fields that `check` speaks of: words instead of a year, an ISBN, the parts of a name."""
RERUN = re.compile(r"Rerun to get|Rerun LaTeX|rerun LaTeX|Label\(s\) may have changed|\(re\)run")
BIBER_WANTED = re.compile(r"^Package biblatex Warning: Please \(re\)run Biber.*(?:\n\(biblatex\).*)*", re.MULTILINE)
"""Whether biber has to run is told by what biblatex wrote for it; one that cites nothing is told this each time."""

T1_LETTERS = {0xBD: "¡", 0xBE: "¿"}
"""What the T1 fonts print for bytes from 0xA0 on that Latin-1 uses otherwise, as far as Spanish needs it."""


def _decode_letters(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    letters = error.object[error.start : error.end]
    return "".join(T1_LETTERS.get(byte) or (chr(byte) if byte >= 0xC0 else "\ufffd") for byte in letters), error.end


codecs.register_error("t1", _decode_letters)


def decode_output(data: bytes) -> str:
    """Return what LaTeX wrote as text: UTF-8, but of text that was set it shows the bytes of the T1 fonts."""
    return data.decode("utf-8", "t1")


def read_latex_log(log: str, path: str, locator: Locator) -> list[Problem]:
    """Turn LaTeX's log into problems at the author's lines.

    `path` is the log's place in the project, where a problem stands for which the locator knows no better.
    """
    problems: list[Problem] = []
    lines = log.split("\n")
    for index, line in enumerate(lines):
        place = Span(path, index + 1)
        if match := ERROR.match(line) or BARE_ERROR.match(line):
            if match["words"].lstrip().startswith(AFTERMATH) and problems:
                continue
            context = _context(lines, index, locator.rows)
            hint = f"LaTeX lo notó cerca de «{context}»" if context else ""
            message = f"LaTeX no pudo componer el informe: «{match['words']}»"
            problems.append(
                locator.put(Problem("latex-fallo", message, place, hint), _error_place(lines, index, locator), "LaTeX")
            )
        elif match := PDFTEX_ERROR.match(line):
            named = NAMED_FILE.search(match["words"])
            where = locator.text(f"{{{named['path']}}}") if named is not None else None
            problem = Problem("latex-fallo", f"LaTeX no pudo componer el informe: «{match['words']}»", place)
            problems.append(locator.put(problem, where, "LaTeX"))
        elif match := CITATION.search(line):
            key = decode_key(match["key"])
            problem = Problem("cita-sin-resolver", f"la cita «{key}» quedó sin resolver", place)
            problems.append(locator.put(problem, locator.message(line), "LaTeX"))
        elif match := REFERENCE.search(line):
            message = f"la referencia «{match['key']}» quedó sin resolver"
            problem = Problem("referencia-sin-resolver", message, place)
            where = locator.text(f"{{{match['key']}}}") or locator.message(line)
            problems.append(locator.put(problem, where, "LaTeX"))
        elif match := GLYPH.match(line):
            glyph = _decode(match["glyph"])
            message = f"la letra «{match['font']}» no tiene el signo «{glyph}»"
            where = locator.text(glyph.partition(" (")[0])
            problems.append(locator.put(Problem("caracter-sin-glifo", message, place), where, "LaTeX"))
        elif match := DUPLICATE.search(line):
            problem = Problem("etiqueta-repetida", f"la etiqueta «{match['key']}» está repetida", place)
            where = locator.text(rf"\label{{{match['key']}}}", last=True)
            problems.append(locator.put(problem, where, "LaTeX"))
        elif (match := SHRUNK.match(line)) and not is_of_contents(lines, index):
            message = f"una fórmula no cabe en la página y se redujo al {match['share']} % de su tamaño"
            hint = "pártala en varias líneas: «\\begin{aligned} … \\\\ … \\end{aligned}»"
            problem = Problem("linea-desbordada", message, place, hint, severity=Severity.WARNING)
            problems.append(locator.put(problem, locator.message(line), "LaTeX"))
        elif match := FLOAT.match(line):
            message = f"una figura o tabla es {_millimetres(match['points'])} mm más alta que la página"
            hint = "hágala más baja, o reparta la tabla en dos"
            problem = Problem("linea-desbordada", message, place, hint, severity=Severity.WARNING)
            problems.append(locator.put(problem, locator.float_ending(int(match["line"])), "LaTeX"))
        elif (match := OVERFULL.match(line) or OVERFULL_VERTICAL.match(line)) and _is_wide(match):
            words = lines[index + 1] if match.re is OVERFULL and index + 1 < len(lines) else ""
            printed = printed_words(words, 400)
            if is_of_contents(lines, index):
                where = locator.heading(printed)
            else:
                where = locator.message(match["where"], printed)
            problems.append(locator.put(_overfull(match, lines, index, place), where, "LaTeX"))
    return problems


def is_of_contents(lines: list[str], index: int) -> bool:
    """Tell whether LaTeX was reading a list of contents when it said a line."""
    first = next((number for number in range(index, -1, -1) if LIST_OPENED.search(lines[number])), None)
    if first is None:
        return False
    opened = list(LIST_OPENED.finditer(lines[first]))[-1]
    said = [lines[first][opened.start() :]]
    # What a message shows of the text that was set may hold one parenthesis without the other.
    said += [
        line
        for before, line in zip(lines[first:index], lines[first + 1 : index + 1], strict=True)
        if not BOX.match(before)
    ]
    depth = 0
    for sign in re.findall(r"[()]", "\n".join(said)):
        depth += 1 if sign == "(" else -1
        if depth == 0:
            return False
    return True


def _is_wide(match: re.Match[str]) -> bool:
    return float(match["points"]) > OVERFULL_LIMIT


def _millimetres(points: str) -> str:
    return f"{float(points) * 25.4 / 72.27:.1f}".replace(".", ",")


def _decode(glyph: str) -> str:
    """Return a character that the log writes as «^^e6»: from C0 on, those of the T1 fonts are nearly Latin-1's."""
    match = re.fullmatch(r"\^\^([0-9a-f]{2})", glyph)
    return decode_output(bytes([int(match[1], 16)])) if match and int(match[1], 16) >= 0xC0 else glyph


def _overfull(match: re.Match[str], lines: list[str], index: int, place: Span) -> Problem:
    millimetres = _millimetres(match["points"])
    if match.re is OVERFULL_VERTICAL:
        message, hint = f"{TOO_FULL} {millimetres} mm por abajo", "acorte o reparta lo que no cabe en una página"
    else:
        words = printed_words(lines[index + 1]) if index + 1 < len(lines) else ""
        message = f"una línea sobresale {millimetres} mm" + (f", cerca de «{words}»" if words else "")
        hint = "acorte o parta la palabra larga, o dele más anchura a la columna"
    return Problem("linea-desbordada", message, place, hint, severity=Severity.WARNING)


def printed_words(line: str, most: int = 60) -> str:
    """Return what a line of an overfull box's contents prints, without TeX's font switches and breaks."""
    words = re.sub(r"\\[A-Z][A-Za-z0-9]*/[^ ]+ (?:\([+-]\d+\) ?)?|\\[a-zA-Z@]+|\[\]|[$|{}]", "", line)
    words = re.sub(r"(?<=\w)-(?=\w{2,}-|\w+\b)", "", words)
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def _error_place(lines: list[str], index: int, locator: Locator) -> Span | None:
    """Return the author's place of an error: by its file and line, and how far into the line TeX had read."""
    match = ERROR.match(lines[index])
    if begun := BEGUN.search(lines[index]):
        return locator.at(int(begun[1]))
    last = int(match["line"]) if match else len(locator.rows)  # at the end of the file no line is told
    if index > 1 and lines[index - 2].startswith("Runaway ") and (place := locator.runaway(lines[index - 1], last)):
        return place
    for line in lines[index + 1 : index + 14]:
        if found := re.match(r"^l\.(\d+) (.*)$", line):
            return locator.error(match["file"] if match else "informe.tex", int(found[1]), found[2])
    return locator.error(match["file"], int(match["line"]), "") if match else None


def interrupted_place(log: str, job: str, locator: Locator) -> Span | None:
    """Return the author's place that LaTeX had reached when it was interrupted, if it could still write it down.

    The lines of a job's .tex have the numbers that they have in the whole.
    """
    lines = log.replace(f"{job}.tex:", "informe.tex:").split("\n")
    for index, line in enumerate(lines):
        match = ERROR.match(line)
        if match is not None and match["words"].startswith("Interruption"):
            return _error_place(lines, index, locator)
    return None


def _context(lines: list[str], index: int, rows: Sequence[str]) -> str:
    """Return the source words of the line that an error names, if the log gives its number."""
    for line in lines[index : index + 12]:
        if match := re.match(r"^l\.(\d+) (.*)$", line):
            number = int(match[1]) - 1
            row = rows[number] if number < len(rows) else match[2]
            words = " ".join(row.split())
            return words if len(words) <= 70 else words[:69] + "…"
    return ""


def asks_for_rerun(log: str) -> bool:
    """Tell whether LaTeX or a package says that another run is needed."""
    return bool(RERUN.search(BIBER_WANTED.sub("", log)))


def leaves_group_open(log: str) -> bool:
    """Tell whether a job ended inside an environment or a group: LaTeX says where it began when it sets the whole."""
    return "(\\end occurred inside a group" in log


def read_biber_log(log: str, path: str, locator: Locator) -> list[Problem]:
    """Turn biber's log into problems: its errors stop the build, its warnings are passed on."""
    problems = []
    for index, line in enumerate(log.split("\n")):
        match = re.search(r"(?P<level>ERROR|WARN) - (?P<words>.*)$", line)
        if match is None:
            continue
        place = Span(path, index + 1)
        words = match["words"].strip()
        if TOLD.match(words):
            continue
        if missing := re.search(r"I didn't find a database entry for '([^']+)'", words):
            message = f"la cita «{decode_key(missing[1])}» no está en references.bib"
            where = locator.text(missing[1]) or Span(BIBLIOGRAPHY)
            problems.append(locator.put(Problem("cita-sin-resolver", message, place), where, "biber"))
        elif match["level"] == "ERROR":
            problem = Problem("biber-fallo", f"biber no pudo preparar las referencias: «{decode_key(words)}»", place)
            where = locator.entry_in(words) or locator.quoted(words) or Span(BIBLIOGRAPHY)
            problems.append(locator.put(problem, where, "biber"))
        else:
            message = f"biber advierte: «{decode_key(words)}»"
            problem = Problem("biber-aviso", message, place, severity=Severity.WARNING)
            problems.append(locator.put(problem, locator.entry_in(words) or Span(BIBLIOGRAPHY), "biber"))
    return problems

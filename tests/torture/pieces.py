"""Many pieces of text in one kind of place -> one small report; which pieces it refuses, loses or breaks on.

One report holds them all, so that thousands cost a few builds: what `check` refuses is taken out by the line that it
names, the rest must be built and be read back from the PDF, and what breaks a build is looked for by halving.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from laws import Run, lay_case, write_files
from laws import build as build_by_laws
from laws import check as check_by_laws
from reading import SEEN_LATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.torture.rows import Trials

SECTION = "paper/secciones/prueba.yaml"
REPORT = "paper/informe.yaml"
ENTRIES = "references.bib"
SECTION_HEAD = "titulo: Prueba\ncontenido:\n  - texto: Se cita [@ruiz2020].\n"
ALONE = 6
"""Pieces that were misread beside others and are tried alone; more of them have one cause."""
SPECIAL = {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "{}$%#&_"},
}  # fmt: skip
"""How a .bib has what means something to TeX."""
UNPRINTED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x20\x7f-\xa0-]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where pieces stand: a file whose rows each have one; `write` makes a row's text of number and words."""

    name: str
    write: Callable[[int, str], str]
    path: str = SECTION
    head: str = SECTION_HEAD
    tail: Callable[[int], str] = lambda count: ""
    also: dict[str, str | bytes] = field(default_factory=dict)
    most: int = 2000
    """Pieces that one report has; the rest come in others."""
    escape: Callable[[str], str] = str
    same: Callable[[str, str], bool] = lambda said, found: plain(said) == plain(found)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as it is typed, and what the PDF must say of it; without that, whatever it says."""

    typed: str
    said: str | None = None


def quote(words: str) -> str:
    """Return words as a YAML string in double quotes, on one line."""
    return '"' + "".join(_quote_sign(sign) for sign in words) + '"'


def _quote_sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def escape_markdown(words: str) -> str:
    """Return words that are printed as they are. An asterisk inside a word is one; `\\*` there is a pattern of files."""
    return re.sub(r"([`\[\]{}$@<]|(?<![^\W_])\*)", r"\\\1", words)


def escape_bib(words: str) -> str:
    """Return words as a field of a .bib has them."""
    return "".join(SPECIAL.get(sign, sign) for sign in words)


def framed(number: int, words: str) -> str:
    """Return words between the signs by which they are found in the PDF."""
    return f"Inicio{number} {words} Fin"


def in_blocks(block: str, inside: str = "@") -> Callable[[int, str], str]:
    """Return how a row is written: `block` with the words, which stand in `inside`, quoted, for its «@»."""
    return lambda number, words: block.replace("@", quote(inside.replace("@", framed(number, words)))) + "\n"


def lay(place: Place, pieces: list[Piece], folder: Path) -> dict[int, int]:
    """Write the report; return which piece stands on which line."""
    shutil.rmtree(folder / "paper", ignore_errors=True)
    lay_case("", folder)
    rows, lines = [], {}
    line = place.head.count("\n") + 1
    for number, piece in enumerate(pieces):
        row = place.write(number, place.escape(piece.typed))
        lines.update(dict.fromkeys(range(line, line + row.count("\n")), number))
        line += row.count("\n")
        rows.append(row)
    text = place.head + "".join(rows) + place.tail(len(pieces))
    files: dict[str, str | bytes] = {**place.also, place.path: text.encode("utf-8", "surrogatepass")}
    if place.path == ENTRIES:
        cited = "".join(f"      Véase [@e{number}].\n" for number in range(len(pieces)))
        files[SECTION] = f"{SECTION_HEAD}  - texto: |\n{cited or '      Nada.'}"
    write_files(folder, files)
    return lines


def press(place: Place, pieces: list[Piece], trials: Trials, folder: Path) -> list[tuple[Piece, str]]:
    """Try pieces in a place; note what does not hold. Return those that `check` refused, with its code."""
    refused: list[tuple[Piece, str]] = []
    for start in range(place.most, len(pieces), place.most):
        refused += press(place, pieces[start : start + place.most], trials, folder)
    pieces = pieces[: place.most]
    trials.count += len(pieces)
    rest = _take_out_refused(place, pieces, trials, folder, refused)
    rest = _take_out_breaking(place, rest, trials, folder, refused)
    wrong = _misread(place, rest, folder)
    if wrong:  # where a page ended in the middle of one, it is read beside what else stands there
        _build(place, wrong, folder)
        wrong = _misread(place, wrong, folder)
    alone = [piece for piece in wrong[:ALONE] if _is_misread_alone(place, piece, trials, folder)]
    if len(alone) == ALONE < len(wrong):
        trials.note(f"{place.name}: {wrong[ALONE].typed}", f"se lee mal, y otras {len(wrong) - ALONE - 1} también")
    return refused


def _is_misread_alone(place: Place, piece: Piece, trials: Trials, folder: Path) -> bool:
    """Tell whether a piece is misread in a report of its own too, and note it."""
    _build(place, [piece], folder)
    if not _misread(place, [piece], folder):
        return False
    found = _find(folder, place.path == ENTRIES).get(0, ["nada"])
    trials.note(f"{place.name}: {piece.typed}", f"el PDF dice «{found[0]}» y no «{piece.said}»")
    return True


def _take_out_refused(
    place: Place, pieces: list[Piece], trials: Trials, folder: Path, refused: list[tuple[Piece, str]]
) -> list[Piece]:
    rest = pieces
    for _ in range(4):  # what stops the reading of a file hides what comes after it
        lines = lay(place, rest, folder)
        run = check_by_laws(folder)
        at: dict[int, str] = {}
        for problem in run.errors:
            if problem.path == place.path and problem.line in lines:
                at.setdefault(lines[problem.line], problem.code)
            else:
                trials.note(f"{place.name}: {_first(rest)}", f"lejos de su lugar: {problem}")
        refused += [(rest[number], code) for number, code in at.items()]
        rest = [piece for number, piece in enumerate(rest) if number not in at]
        if not at:
            break
    return rest


def _first(pieces: list[Piece]) -> str:
    return pieces[0].typed if pieces else "nada"


def _build(place: Place, pieces: list[Piece], folder: Path) -> tuple[Run | None, str]:
    """Build a report of some pieces: what came of it, and what did not hold."""
    lay(place, pieces, folder)
    try:
        return build_by_laws(folder), ""
    except (Exception, SystemExit) as fault:  # noqa: BLE001 - whatever it is, its piece is looked for
        return None, f"{type(fault).__name__}: {fault}"


def _take_out_breaking(
    place: Place, pieces: list[Piece], trials: Trials, folder: Path, refused: list[tuple[Piece, str]]
) -> list[Piece]:
    """Build what `check` took; leave out what leaves the sheet, which is told, and what breaks, which is a fault."""
    rest = pieces
    for _ in range(8):
        run, said = _build(place, rest, folder)
        if run is None:
            breaking = _halve(place, rest, folder)
            trials.note(f"{place.name}: {' // '.join(piece.typed for piece in breaking)}", said)
        elif run.errors:
            lines = lay(place, rest, folder)
            numbers = {lines.get(problem.line, -1) for problem in run.errors if problem.code in SEEN_LATE}
            breaking = [rest[number] for number in sorted(numbers - {-1})]
            refused += [(piece, "linea-desbordada") for piece in breaking]
            if not breaking:
                trials.note(f"{place.name}: {_first(rest)}", f"lejos de su lugar: {run.errors[0]}")
                break
        else:
            break
        rest = [piece for piece in rest if piece not in breaking]
    return rest


def _halve(place: Place, pieces: list[Piece], folder: Path) -> list[Piece]:
    """Return the fewest pieces that still break a build."""
    while len(pieces) > 1:
        half = len(pieces) // 2
        for part in (pieces[:half], pieces[half:]):
            if _build(place, part, folder)[0] is None:
                pieces = part
                break
        else:
            break  # only together
    return pieces


def _misread(place: Place, pieces: list[Piece], folder: Path) -> list[Piece]:
    """Return the pieces of the report that was just built which the PDF does not say as they must be said."""
    found = _find(folder, place.path == ENTRIES)
    return [
        piece
        for number, piece in enumerate(pieces)
        if piece.said is not None and not any(place.same(piece.said, words) for words in found.get(number, []))
    ]


def _find(folder: Path, caseless: bool) -> dict[int, list[str]]:
    command = ["pdftotext", "-enc", "UTF-8", "-raw", str(folder / "build/informe.pdf"), "-"]
    try:
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except subprocess.CalledProcessError:
        return {}
    found: dict[int, list[str]] = {}
    flags = re.DOTALL | (re.IGNORECASE if caseless else 0)
    for number, words in re.findall(r"Inicio(\d+)\s(.*?)\s?Fin(?!\w)", said, flags):
        found.setdefault(int(number), []).append(" ".join(words.split()))
    return found


def plain(words: str) -> str:
    """Return words without what pages add or leave out: blanks, hyphens, marks that have no shape."""
    return UNPRINTED.sub("", re.sub(r"\s", "", unicodedata.normalize("NFC", words)))


def codes_of(refused: Iterable[tuple[Piece, str]]) -> str:
    """Return which codes were told how often."""
    codes = [code for _, code in refused]
    told = ", ".join(f"{code} {codes.count(code)}" for code in sorted(set(codes)))
    return f"rechazadas con su lugar {len(codes)} ({told})" if codes else ""

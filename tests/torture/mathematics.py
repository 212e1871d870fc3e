"""Every command of mathematics with letters, figures, symbols and other commands in it: printed, or refused."""

from __future__ import annotations

import random
import string
import unicodedata
from typing import TYPE_CHECKING

from imprenta.markup.mathwords import ARITY, DELIMITERS, ENVIRONMENTS, OUTER_ENVIRONMENTS, SIZES, SYMBOLS, WORDS
from tests.torture.pieces import REPORT, Piece, Place, codes_of, plain, press
from tests.torture.places_of_text import REPORT_HEAD
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

WITHOUT_INK = {"phantom", "hphantom", "vphantom", "not", "substack", "smash"}
LETTERS = [*string.ascii_letters, *string.digits, *"ñáÉüαβγΓΩΣ"]
PER_REPORT = 1500


def holds_letters(typed: str, found: str) -> bool:
    """Tell whether a letter that was typed alone is among what is read."""
    letters = set(unicodedata.normalize("NFD", plain(typed)))
    return letters <= set(unicodedata.normalize("NFD", plain(found)))


def _alone(_number: int, words: str) -> str:
    return f"  - ecuacion: {_quoted(words)}\n"


def _in_text(number: int, words: str) -> str:
    return f"  - texto: {_quoted(f'Inicio{number} ${words}$ Fin')}\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


SHOWN = Place("en un renglón suyo", _alone)
TAGGED = Place("en un PDF etiquetado", _alone, also={REPORT: f"{REPORT_HEAD}conformidad: ua-1\n"})


def letters_of() -> list[Piece]:
    """Return each command with each letter."""
    return [
        Piece(rf"\{name}{{{letter}}}", letter)
        for name in sorted(ARITY[1] - WITHOUT_INK)
        for letter in LETTERS
    ]  # fmt: skip


def nested() -> list[str]:
    """Return each command in each, and each symbol in some place of a formula."""
    one, two = sorted(ARITY[1]), sorted(ARITY[2])
    found = [rf"\{outer}{{\{inner}{{A}}}}" for outer in one for inner in one]
    found += [rf"\{outer}{{a}}{{\{inner}{{b}}}}" for outer in two for inner in one]
    found += [rf"\{inner}{{\{outer}{{a}}{{b}}}}" for outer in two for inner in one]
    found += [rf"\{outer}{{\{inner}{{palabra}}}}" for outer in one for inner in sorted(WORDS)]
    found += [rf"\{outer}{{\left( a \middle| b \right)}}" for outer in one]
    found += [rf"\{outer}{{\begin{{{name}}} a \\ b \end{{{name}}}}}" for outer in one for name in sorted(ENVIRONMENTS)]
    return found


def symbols() -> list[str]:
    """Return each symbol under and over others, by itself, beside brackets of each size."""
    found = []
    for name in sorted(SYMBOLS):
        found += [
            rf"\{name}", rf"a \{name} b", rf"x_\{name}^\{name}", rf"\{name}_a^b", rf"\frac{{\{name}}}{{2}}",
            rf"\{name}'", rf"\sqrt[\{name}]{{\{name}}}", rf"\mathbf{{\{name}}}", rf"\left(\{name}\right]",
        ]  # fmt: skip
    found += [rf"\left\{name} a \right\{name}" for name in sorted(DELIMITERS)]
    found += [rf"\{size}\{name} a" for size in sorted(SIZES) for name in sorted(DELIMITERS)]
    found += [rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name}}}" for name in (*ENVIRONMENTS, *OUTER_ENVIRONMENTS)]
    return found


def mixed(count: int, seed: int) -> list[str]:
    """Return formulas put together at random."""
    dice = random.Random(seed)
    signs = [*"abx12+-=<>|()[]&,.;:!'^_", r"\{", r"\}", r"\\", r"\,", "{", "}", " "]
    one, two, plain_names = sorted(ARITY[1]), sorted(ARITY[2]), sorted(SYMBOLS)

    def piece(depth: int) -> str:
        kind = dice.randrange(6 if depth < 3 else 3)
        if kind < 2:
            return dice.choice(signs)
        if kind == 2:
            return rf"\{dice.choice(plain_names)} "
        inside = "".join(piece(depth + 1) for _ in range(dice.randint(0, 3)))
        if kind == 3:
            return rf"\{dice.choice(one)}{{{inside}}}"
        if kind == 4:
            return rf"\{dice.choice(two)}{{{inside}}}{{{piece(depth + 1)}}}"
        return f"{dice.choice('^_')}{{{inside}}}"

    return ["".join(piece(0) for _ in range(dice.randint(1, 6))) for _ in range(count)]


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each kind of formula."""
    in_text = Place("en un párrafo", _in_text, same=holds_letters)
    kinds: list[tuple[str, Place, list[Piece]]] = [
        ("cada orden con cada letra y cifra", in_text, letters_of()),
        ("cada orden dentro de cada otra", in_text, [Piece(one) for one in nested()]),
        ("cada signo en nueve lugares", in_text, [Piece(one) for one in symbols()]),
        ("cada signo, en un renglón suyo", SHOWN, [Piece(one) for one in symbols()]),
        ("cada signo, en un PDF etiquetado", TAGGED, [Piece(one) for one in symbols()[::4]]),
        ("al azar", in_text, [Piece(one) for one in mixed(3000, 16)]),
    ]
    for name, place, pieces in kinds:
        trials = Trials(name)
        count = effort.part(len(pieces), 60)
        pieces = [pieces[number * len(pieces) // count] for number in range(min(count, len(pieces)))]
        refused = []
        for start in range(0, len(pieces), PER_REPORT):
            refused += press(place, pieces[start : start + PER_REPORT], trials, effort.scratch("formulas"))
        trials.remark = codes_of(refused)
        yield trials.row()

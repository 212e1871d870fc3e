"""Entries of all kinds with anything in any field -> what `check` lets pass, LaTeX and biber set."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from laws import build, lay_case, write_files

from imprenta.bibliography import find_unprintable_fields, read_bibliography
from imprenta.bibliography.datatypes import DATES, KEYS, NAMES, OPTIONS, PLAIN_WORDS, TERMS, TEXTS
from imprenta.markup.bibwords import ACCENTS, CASES, CHOOSING, FORMS, IGNORED, JOURNALS, LETTERS, LOGOS, SIGNS, SWITCHES
from imprenta.markup.characters import PRINTED
from imprenta.problems import Severity

if TYPE_CHECKING:
    from pathlib import Path

TYPES = "article book booklet collection dataset inbook incollection inproceedings manual misc online patent".split()
TYPES += "periodical proceedings report software thesis unpublished video".split()
FIELDS = sorted((NAMES | TEXTS | TERMS | PLAIN_WORDS | OPTIONS | DATES | {"url", "doi", "eprint", "year"}) - KEYS)
CHARACTERS = sorted(PRINTED - set("{}\\"))
WORDS = sorted({*LETTERS, *SIGNS, *JOURNALS, *IGNORED, *LOGOS})
CALLS = sorted({*FORMS, *CHOOSING, *CASES})
FORMULAS = ("$x_{i}$", r"$\alpha$", "$1,5$", r"$\frac{a}{b}$", r"$\text{si \%}$", r"$\{a\}$")
ADDRESSES = ("https://a.b/c%20d#e_f", r"https://a.b/i\_j~k&l", 'https://a.b/ñ^x"$q$', "https://a.b/{n}")
LETTER_I = "\\i"
PAIRS = ("--", "---", "''", "``", "<<", ">>", ",,", "?`", "$$", "{}", r"\ ", r"\,", r"\-", r"\\", r"\&", r"\{", r"\%")


def write_piece(dice: random.Random, depth: int) -> str:
    kind = dice.randrange(12 if depth < 3 else 9)
    if kind < 3:
        return "".join(dice.choice("abcñáÉ19") for _ in range(dice.randint(1, 6)))
    if kind == 3:
        return dice.choice(CHARACTERS)
    if kind == 4:
        return dice.choice(PAIRS)
    if kind == 5:
        return f"{{\\{dice.choice(list(ACCENTS))}{{{dice.choice(['a', LETTER_I, 'n', 'Z'])}}}}}"
    if kind == 6:
        return f"\\{dice.choice(WORDS)} "
    if kind == 7:
        return dice.choice(FORMULAS)
    if kind == 8:
        return f"\\url{{{dice.choice(ADDRESSES)}}}"
    inside = write_text(dice, depth + 1)
    if kind == 9:
        return f"\\{dice.choice(CALLS)}{{{inside}}}"
    return f"{{\\{dice.choice(sorted(SWITCHES))} {inside}}}" if kind == 10 else f"{{{inside}}}"


def write_text(dice: random.Random, depth: int = 0) -> str:
    return dice.choice(["", " "]).join(write_piece(dice, depth) for _ in range(dice.randint(1, 6)))


def write_entries(dice: random.Random, count: int) -> dict[str, str]:
    """Return entries without errors, each with one field that may hold anything."""
    found = {}
    while len(found) < count:
        key = f"e{len(found)}"
        fields = {"title": f"Obra {key}", "author": "Ruiz, Ana", "date": "2020"}
        name = dice.choice(FIELDS)
        if name == "year":
            del fields["date"]
        fields[name] = write_text(dice)
        rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        entry = f"@{dice.choice(TYPES)}{{{key},\n{rows}}}\n"
        bibliography, problems = read_bibliography(entry, "references.bib")
        problems += find_unprintable_fields([key], bibliography)
        if not any(problem.severity is Severity.ERROR for problem in problems):
            found[key] = entry
    return found


@pytest.mark.tex
@pytest.mark.parametrize(
    ("style", "seed"), [("ieee", 11), *(pytest.param("apa", seed, marks=pytest.mark.proof) for seed in (12, 13))]
)
def test_what_passes_is_set(style: str, seed: int, tmp_path: Path) -> None:
    entries = write_entries(random.Random(seed), 90)
    folder = lay_case("", tmp_path)
    report = (folder / "paper/informe.yaml").read_text("utf-8")
    rows = [row for row in report.splitlines() if not row.startswith(("secciones:", "estilo_citas:"))]
    citations = "".join(f"      Véase [@{key}].\n" for key in entries)
    write_files(
        folder,
        {
            "references.bib": "".join(entries.values()),
            "paper/informe.yaml": "\n".join([*rows, f"estilo_citas: {style}", "secciones: [prueba]", ""]),
            "paper/secciones/prueba.yaml": f"titulo: Prueba\ncontenido:\n  - texto: |\n{citations}",
        },
    )
    # Words without an end may leave the sheet, which is told where they stand.
    assert {problem.code for problem in build(folder).errors} <= {"linea-desbordada"}

"""The text of problems, and which of them are wanted."""

from __future__ import annotations

import pytest

from imprenta.problems import CannotContinue, Problem, Severity, Span
from imprenta.report import check_codes, count_problems, format_problems, select_problems

LINES = {"paper/a.yaml": ["titulo: El río", "", "nota: " + "x" * 300 + " aquí " + "y" * 300, "\tfin\x1b[31m"]}


def tell(problem: Problem, *, colour: bool = False) -> str:
    return format_problems([problem], lambda path: LINES.get(path, []), colour=colour)


def problem(place: Span, message: str = "algo falla", **more: object) -> Problem:
    return Problem("fila-desigual", message, place, **more)  # type: ignore[arg-type]


def test_a_problem_has_place_line_marks_related_and_hint() -> None:
    said = tell(
        problem(Span("paper/a.yaml", 1, 9, 1, 15), hint="así", related=((Span("b.yaml", 2, 3), "aquí también"),))
    )
    assert said.split("\n") == [
        "paper/a.yaml:1:9: error: algo falla [fila-desigual]",
        "    1 | titulo: El río",
        "      |         ^^^^^^",
        "  b.yaml:2:3: aquí también",
        "  pista: así",
    ]


@pytest.mark.parametrize("place", [Span("paper/a.yaml", 2, 1), Span("paper/a.yaml", 99, 1), Span("otro.yaml", 1, 1)])
def test_no_line_is_shown_where_there_is_none(place: Span) -> None:
    assert "|" not in tell(problem(place))


def test_a_long_line_is_cut_around_the_place() -> None:
    first, line, marks = tell(problem(Span("paper/a.yaml", 3, 308, 3, 312))).split("\n")
    assert len(line) < 140
    assert line[marks.index("^") : marks.rindex("^") + 1] == "aquí"
    assert line.count("…") == 2
    assert first.startswith("paper/a.yaml:3:308:")


def test_nothing_of_the_author_moves_the_cursor() -> None:
    hostile = "a\x1b[2Jb\rc\u202ed\ud800"
    said = tell(
        Problem(
            "fila-desigual", hostile, Span("paper/a.yaml", 4, 1), hostile, related=((Span(hostile, 1, 1), hostile),)
        )
    )
    assert all(character.isprintable() or character in "\n " for character in said)
    said.encode()


def test_colours_are_only_added_when_asked_for() -> None:
    place = Span("paper/a.yaml", 1, 1)
    assert "\x1b[31m" in tell(problem(place), colour=True)
    assert "\x1b[33m" in tell(problem(place, severity=Severity.WARNING), colour=True)
    assert "\x1b" not in tell(problem(place))


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(0, 0, "sin problemas"), (1, 0, "1 error"), (2, 1, "2 errores, 1 aviso"), (0, 3, "3 avisos")],
)
def test_problems_are_counted_in_words(errors: int, warnings: int, words: str) -> None:
    place = Span("a")
    problems = [problem(place)] * errors + [problem(place, severity=Severity.WARNING)] * warnings
    assert count_problems(problems) == words


def test_codes_are_read_with_commas_and_repeated() -> None:
    assert check_codes(["fila-desigual, cita-vacia", "valor-vacio", ""], "--only") == {
        "fila-desigual",
        "cita-vacia",
        "valor-vacio",
    }


@pytest.mark.parametrize(("word", "hint"), [("fila-desigal", "¿«fila-desigual»?"), ("zzz", "build.py explain»")])
def test_an_unknown_code_is_refused_with_the_nearest(word: str, hint: str) -> None:
    with pytest.raises(CannotContinue) as caught:
        check_codes([f"cita-vacia,{word}"], "--ignore")
    assert caught.value.message == f"en --ignore: no existe el código «{word}»"
    assert hint in caught.value.hint
    assert caught.value.status == 2


def test_problems_are_selected_by_code() -> None:
    found = [Problem(code, "m", Span("a")) for code in ("cita-vacia", "valor-vacio", "cita-vacia")]
    assert select_problems(found, (), ()) == found
    assert select_problems(found, {"cita-vacia"}, ()) == [found[0], found[2]]
    assert select_problems(found, (), {"cita-vacia"}) == [found[1]]
    assert select_problems(found, {"cita-vacia"}, {"cita-vacia"}) == []

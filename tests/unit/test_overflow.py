"""What LaTeX says of boxes that are too large, held against what the pages show."""

from __future__ import annotations

from imprenta.pipeline.overflow import _once, _place, _raise
from imprenta.problems import Problem, Severity, Span
from imprenta.trace import Astray

CODE = "linea-desbordada"


def said(message: str, path: str, line: int) -> Problem:
    return Problem(CODE, message, Span(path, line), severity=Severity.WARNING)


def test_a_page_that_is_too_full_is_told_at_what_stands_lowest_on_it() -> None:
    problems = [
        said("una página sobresale 3,0 mm por abajo", "build/latex/informe.log", 7),
        said("una línea sobresale 3,0 mm", "paper/secciones/a.yaml", 4),
        said("una página sobresale 9,0 mm por abajo", "build/latex/informe.log", 9),
    ]
    low = [Astray(2, Span("paper/tablas/t.yaml", 5)), Astray(6, Span("paper/secciones/b.yaml", 8))]
    places = [(problem.place.path, problem.place.line) for problem in _place(problems, low)]
    assert places == [("paper/tablas/t.yaml", 5), ("paper/secciones/a.yaml", 4), ("paper/secciones/b.yaml", 8)]


def test_the_fullest_pages_are_those_that_latex_told() -> None:
    problems = [said(f"una página sobresale {by},0 mm por abajo", "build/latex/informe.log", 7) for by in (3, 2)]
    depths = (("a", 1.2), ("b", 9.0), ("c", 0.7), ("d", 6.0))
    low = [Astray(page, Span(f"paper/secciones/{name}.yaml", 8), over) for page, (name, over) in enumerate(depths)]
    assert [problem.place.path[-6] for problem in _place(problems, low)] == ["b", "d"]


def test_what_leaves_the_sheet_is_one_error_instead_of_what_was_said_there() -> None:
    problems = [
        said("una línea sobresale 90,0 mm", "paper/secciones/a.yaml", 4),
        said("una línea sobresale 91,0 mm", "paper/secciones/a.yaml", 4),
        said("una línea sobresale 3,0 mm", "paper/secciones/a.yaml", 9),
        said("una línea sobresale 95,0 mm", "references.bib", 20),
        Problem("biber-aviso", "otra cosa", Span("paper/secciones/a.yaml", 4), severity=Severity.WARNING),
    ]
    lost = [Astray(3, Span("paper/secciones/a.yaml", 4, 9)), Astray(4, Span("references.bib", 23))]
    lost.append(Astray(5, Span("paper/secciones/a.yaml", 4, 30)))
    weighed = _raise(problems, lost)
    told = [(problem.severity, problem.code, problem.place.path, problem.place.line) for problem in weighed]
    assert len(told) == 4
    assert set(told) == {
        (Severity.ERROR, CODE, "paper/secciones/a.yaml", 4),
        (Severity.ERROR, CODE, "references.bib", 23),
        (Severity.WARNING, "biber-aviso", "paper/secciones/a.yaml", 4),
        (Severity.WARNING, CODE, "paper/secciones/a.yaml", 9),
    }


def test_what_latex_sets_twice_is_told_once() -> None:
    twice = [said("una línea sobresale 3,0 mm", "paper/secciones/a.yaml", 9)] * 2
    assert _once(twice) == twice[:1]

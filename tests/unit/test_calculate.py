"""Files of quantities become numbers, and whatever is wrong becomes a problem at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from imprenta.calculate import FormulaError, Numbers, calculate_numbers, sources_of
from imprenta.model.data import DataFile
from imprenta.model.part import PlacedDict
from imprenta.model.text import Text
from imprenta.problems import Problem, Severity, Span

PATH = "paper/datos/costos.yaml"


def make_file(quantities: dict[str, dict[str, Any]], path: str = PATH) -> DataFile:
    """Build a data file; each quantity stands on a line of its own, its formula from column 20 on."""
    whole = PlacedDict(Span(path))
    whole["titulo"] = Text("Datos", path)
    whole["valores"] = {}
    for line, (name, keys) in enumerate(quantities.items(), start=10):
        quantity = PlacedDict(Span(path, line, 5, line, 80))
        quantity["concepto"] = Text(name, path, ((0, line, 10),))
        for key, value in keys.items():
            if isinstance(value, list) and key == "citas":
                quantity[key] = [Text(word, path, ((0, line, 60),)) for word in value]
            elif isinstance(value, list):
                quantity[key] = [Text(word, path, ((0, line, 40),)) for word in value]
            else:
                quantity[key] = Text(value, path, ((0, line, 20),))
        whole["valores"][name] = quantity
    return DataFile.model_validate(whole)


def calculate(**files: dict[str, dict[str, Any]]) -> tuple[Numbers, list[Problem]]:
    return calculate_numbers(
        {name: make_file(quantities, f"paper/datos/{name}.yaml") for name, quantities in files.items()}
    )


def sole(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_formulas_use_their_own_file_and_others() -> None:
    numbers, problems = calculate(
        costos={
            "mes": {"formula": "hora * tiempo.horas_mes", "decimales": "2"},
            "hora": {"valor": "0.20", "citas": ["aws"]},
        },
        tiempo={"horas_mes": {"valor": "730", "supuesto": "8760 entre 12"}},
    )
    assert problems == []
    assert numbers.values == {
        "costos": {"mes": Decimal("146"), "hora": Decimal("0.20")},
        "tiempo": {"horas_mes": Decimal(730)},
    }


def test_lists_are_taken_item_by_item() -> None:
    numbers, problems = calculate(
        costos={
            "n": {"valor": ["1", "3", "5"], "supuesto": "tamaños"},
            "quorum": {"formula": "piso(n / 2) + 1"},
            "mayor": {"formula": "maximo(quorum) * 10"},
            "sobra": {"formula": "n - quorum if n > 2 else 0"},
        }
    )
    assert problems == []
    assert numbers.values["costos"]["quorum"] == (1, 2, 3)
    assert numbers.values["costos"]["mayor"] == 30
    assert numbers.values["costos"]["sobra"] == (0, 1, 2)


def test_an_error_points_inside_the_formula() -> None:
    _, problems = calculate(costos={"hora": {"valor": "2", "citas": ["a"]}, "mes": {"formula": "hora * hroa"}})
    problem = sole(problems)
    assert problem.code == "valor-desconocido"
    assert problem.message == "no hay un valor «hroa» en «costos»"
    assert problem.hint == "¿«hora»?"
    assert problem.place == Span("paper/datos/costos.yaml", 11, 27, 11, 31)


@pytest.mark.parametrize(
    ("formula", "message", "hint"),
    [
        ("otros.x", "no hay un archivo de datos «otros»", "¿«otro»?"),
        ("otro.imput", "«otro» no tiene un valor «imput»", "¿«impuesto»?"),
        ("impuesto + 1", "no hay un valor «impuesto» en «costos»", "¿«otro.impuesto»?"),
    ],
)
def test_unknown_names_get_a_guess(formula: str, message: str, hint: str) -> None:
    _, problems = calculate(costos={"x": {"formula": formula}}, otro={"impuesto": {"valor": "1", "citas": ["a"]}})
    problem = sole(problems)
    assert (problem.code, problem.message, problem.hint) == ("valor-desconocido", message, hint)


def test_a_circle_is_told_once_as_a_chain() -> None:
    numbers, problems = calculate(
        costos={
            "a": {"formula": "b + 1"},
            "b": {"formula": "2 * c"},
            "c": {"formula": "a"},
            "libre": {"valor": "1", "citas": ["x"]},
            "depende": {"formula": "a * 2"},
        }
    )
    problem = sole(problems)
    assert problem.code == "formula-circular"
    assert problem.message == "las fórmulas forman un círculo: «a → b → c → a»"
    assert problem.place == Span("paper/datos/costos.yaml", 10, 20, 10, 21)
    assert [(place.line, word) for place, word in problem.related] == [
        (11, "«b» depende de «c»"),
        (12, "«c» depende de «a»"),
    ]
    assert numbers.values["costos"] == {"libre": Decimal(1)}


def test_circles_across_files_and_of_one() -> None:
    _, problems = calculate(uno={"x": {"formula": "dos.y"}, "z": {"formula": "z + 1"}}, dos={"y": {"formula": "uno.x"}})
    assert [problem.message for problem in problems] == [
        "las fórmulas forman un círculo: «uno.x → dos.y → uno.x»",
        "la fórmula de «z» se nombra a sí misma",
    ]


def test_a_long_chain_is_no_trouble() -> None:
    chain = {f"v{number}": {"formula": f"v{number + 1} + 1"} for number in range(3000)}
    numbers, problems = calculate(costos={**chain, "v3000": {"valor": "0", "citas": ["x"]}})
    assert problems == []
    assert numbers.values["costos"]["v0"] == 3000


def test_what_follows_from_a_mistake_is_not_told_again() -> None:
    numbers, problems = calculate(
        costos={"roto": {"formula": "1 / 0"}, "sigue": {"formula": "roto + 1"}, "mas": {"formula": "sigue * 2"}}
    )
    assert sole(problems).message == "se divide entre cero: «0»"
    assert sole(problems).code == "formula-sin-resultado"
    assert numbers.values["costos"] == {}


@pytest.mark.parametrize(
    ("keys", "code", "severity"),
    [
        ({}, "valor-ausente", Severity.ERROR),
        ({"valor": "1", "formula": "1", "citas": ["a"]}, "valor-y-formula", Severity.ERROR),
        ({"valor": "1"}, "valor-sin-fuente", Severity.WARNING),
        ({"valor": "1e200", "citas": ["a"]}, "valor-fuera-de-limites", Severity.ERROR),
        ({"valor": [], "citas": ["a"]}, "valor-fuera-de-limites", Severity.ERROR),
        ({"valor": ["1"] * 1001, "citas": ["a"]}, "valor-fuera-de-limites", Severity.ERROR),
        ({"formula": ""}, "formula-mal-escrita", Severity.ERROR),
    ],
)
def test_shapes_that_are_not_admitted(keys: dict[str, Any], code: str, severity: Severity) -> None:
    _, problems = calculate(costos={"x": keys})
    problem = sole(problems)
    assert (problem.code, problem.severity, problem.place.line) == (code, severity, 10)


@pytest.mark.parametrize("keys", [{"citas": ["a"]}, {"supuesto": "porque sí"}, {"citas": ["a"], "supuesto": "y"}])
def test_a_value_with_a_source_is_good(keys: dict[str, Any]) -> None:
    assert calculate(costos={"x": {"valor": "1", **keys}})[1] == []


@pytest.mark.parametrize("name", ["Costo", "año", "2x", "a-b", "", "a b", "else", "is"])
def test_names_that_formulas_cannot_use(name: str) -> None:
    _, problems = calculate(costos={name: {"valor": "1", "citas": ["a"]}})
    assert sole(problems).code == "nombre-mal-escrito"
    assert sole(problems).place.line == 10


def test_file_ids_with_hyphens_or_figures() -> None:
    member = {"x": {"valor": "5", "citas": ["a"]}}
    files = {"costos-2019": make_file(member), "2019": make_file(member), "for": make_file(member)}
    files["total"] = make_file({"t": {"formula": "10-costos-2019.x - 2019.x"}})
    numbers, problems = calculate_numbers(files)
    assert problems == []
    assert numbers.values["total"] == {"t": Decimal(0)}


def test_sources_go_through_formulas() -> None:
    numbers, _ = calculate(
        costos={
            "mes": {"formula": "hora * tiempo.horas + hora", "citas": ["propia"]},
            "hora": {"valor": "1", "citas": ["aws", "blog"]},
        },
        tiempo={"horas": {"valor": "730", "citas": ["iso", "aws"]}},
    )
    assert sources_of(["costos.mes"], numbers) == ("propia", "aws", "blog", "iso")
    assert sources_of(["tiempo.horas", " costos.hora"], numbers) == ("iso", "aws", "blog")
    with pytest.raises(FormulaError) as caught:
        sources_of(["costos.hoar"], numbers)
    assert (caught.value.start, caught.value.end, caught.value.hint) == (7, 11, "¿«hora»?")
    with pytest.raises(FormulaError):
        sources_of([""], numbers)


def test_sources_of_a_circle_end() -> None:
    numbers, _ = calculate(costos={"a": {"formula": "b", "citas": ["x"]}, "b": {"formula": "a", "citas": ["y"]}})
    assert sources_of(["costos.a"], numbers) == ("x", "y")

"""Formulas: what they admit, what they come to, what they refuse, and that nothing hangs."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.calculate import FormulaError, Numbers, evaluate

NOTHING = Numbers()


def number(source: str, **variables: str) -> Decimal:
    value = evaluate(source, NOTHING, variables={name: Decimal(word) for name, word in variables.items()})
    assert isinstance(value, Decimal)
    return value


def refuse(source: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        evaluate(source, NOTHING)
    return caught.value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("  (1 +\n 2) * 3 ", "9"),
        ("-2 ** 2", "-4"),
        ("0.1 + 0.2", "0.3"),
        ("1 / 3 * 3", "1"),
        ("piso(1 / 3 * 3)", "1"),
        ("2 ** 0.5 * 2 ** 0.5", "2"),
        ("minimo(3, 1, 2) + maximo(4, 5)", "6"),
        ("techo(7 / 2)", "4"),
        ("piso(-0.5)", "-1"),
        ("redondeo(2.5)", "3"),
        ("redondeo(2.675, 2)", "2.68"),
        ("redondeo(-2.5)", "-3"),
        ("raiz(2.25)", "1.5"),
        ("logaritmo(1000, 10)", "3"),
        ("logaritmo(exponencial(2))", "2"),
        ("combinaciones(5, 2)", "10"),
        ("combinaciones(2, 5)", "0"),
        ("binomial(3, 2, 0.9)", "0.972"),
        ("binomial(5, 0, 0.1)", "1"),
        ("binomial(2, 3, 0.1)", "0"),
        ("binomial(3, 2, 0)", "0"),
        ("binomial(3, 3, 1)", "1"),
        ("1 if 2 > 1 else 1 / 0", "1"),
        ("1 if 1 < 2 < 2 else 3", "3"),
        ("1 if not 1 == 2 and (1 >= 1 or 1 / 0 > 1) else 3", "1"),
        ("1e3 + .5 + 2.", "1002.5"),
        ("0 ** 0", "1"),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert number(source) == Decimal(expected)


def test_variables_come_first() -> None:
    assert number("piso(n / 2) + 1", n="7") == 4


def test_results_have_twenty_eight_digits() -> None:
    assert number("1 / 3") == Decimal("0." + "3" * 28)


@pytest.mark.parametrize(
    ("source", "start", "end", "message", "hint"),
    [
        ("", 0, 0, "la fórmula está vacía", ""),
        ("  ", 0, 2, "la fórmula está vacía", ""),
        ("2 × 3", 2, 3, "«×» no se admite en una fórmula", "la multiplicación se escribe *"),
        ("1 + año", 5, 6, "«ñ» no se admite en una fórmula", "los nombres llevan minúsculas sin acento, cifras y _"),
        ("12 %", 3, 4, "«%» no se admite en una fórmula", "un porcentaje se escribe como fracción: 12 % es 0.12"),
        ("'a'", 0, 1, "«'» no se admite en una fórmula", ""),
        ("(1 + 2", 0, 1, "falta cerrar un paréntesis", ""),
        (" 1 + 2)", 6, 7, "sobra un paréntesis de cierre", ""),
        ("1) + (2", 1, 2, "sobra un paréntesis de cierre", ""),
        ("1 +", 2, 3, "la fórmula acaba antes de tiempo", "falta un valor al final"),
        ("3 = 3", 2, 3, "«=» no se admite en una fórmula", "la igualdad se compara con =="),
        ("0,5 * 2", 0, 7, "la coma solo separa los argumentos de una función",
         "en una fórmula los decimales se escriben con punto: 0.5"),
        ("7 // 2", 0, 6, "se admiten los operadores + - * / **", "el cociente entero se escribe piso(a / b)"),
        ("1 + (2 > 1)", 5, 10, "«2 > 1» es una condición y se esperaba un número",
         "una condición solo va en «a if condición else b»"),
        ("1 if 2 else 3", 5, 6, "«2» no es una condición", "una condición compara dos valores: n > 3"),
        ("0x10", 0, 4, "«0x10» no es un número", "se escribe con cifras y punto decimal: 0.5"),
        ("1 + 2j", 4, 6, "«2j» no es un número", "se escribe con cifras y punto decimal: 0.5"),
        ("(lambda a.b)", 9, 11, "la fórmula no se entiende en «.b»",
         "se esperaba un número, un nombre, un operador o un paréntesis"),
        ("True", 0, 4, "«True» no es un número", "se escribe con cifras y punto decimal: 0.5"),
        ("(a.b).c.d", 0, 9, "«(a.b).c.d» no es un nombre", "se escribe nombre o archivo.nombre"),
        ("minim(1)", 0, 5, "no hay una función «minim»", "¿«minimo»?"),
        ("raiz(1, 2)", 0, 10, "«raiz» lleva 1 argumento y se encontraron 2",
         "los decimales de un número se escriben con punto: 0.5"),
        ("binomial(3, 2)", 0, 14, "«binomial» lleva 3 argumentos y se encontraron 2", ""),
        ("redondeo()", 0, 10, "«redondeo» lleva de 1 a 2 argumentos y se encontraron 0", ""),
        ("maximo(*(1))", 7, 11, "los argumentos van uno tras otro, separados por comas", ""),
        ("raiz(x=1)", 7, 8, "los argumentos van uno tras otro, separados por comas", ""),
        ("1 if 1 == 1", 0, 1, "la fórmula no se entiende en «1»", "una condición se escribe «a if condición else b»"),
        ("2 * (3 / (1 - 1))", 10, 15, "se divide entre cero: «1 - 1»", ""),
        ("raiz(-1)", 0, 8, "«raiz(-1)»: un número negativo no tiene raíz cuadrada", ""),
        ("1 + logaritmo(0)", 4, 16, "«logaritmo(0)»: solo un número positivo tiene logaritmo", ""),
        ("combinaciones(5.5, 2)", 0, 21, "«combinaciones(5.5, 2)»: n tiene que ser un número entero", ""),
        ("combinaciones(5000, 2)", 0, 22, "«combinaciones(5000, 2)»: n va de 0 a 1000", ""),
        ("binomial(3, 2, 90)", 0, 18, "«binomial(3, 2, 90)»: una probabilidad va de 0 a 1", ""),
        ("0 ** -1", 0, 7, "«0 ** -1»: cero no se eleva a un exponente negativo", ""),
        ("(-8) ** 0.5", 0, 11, "«(-8) ** 0.5»: un número negativo solo se eleva a un exponente entero", ""),
    ],
)  # fmt: skip
def test_refusals(source: str, start: int, end: int, message: str, hint: str) -> None:
    error = refuse(source)
    assert (error.message, error.hint) == (message, hint)
    assert (error.start, error.end) == (start, end)


@pytest.mark.parametrize(
    "source",
    [
        "9**9**9",
        "9**9**9**9**9",
        "10 ** 100",
        "1e99 * 1e99",
        "1e9999",
        "exponencial(1000)",
        "combinaciones(1000, 500)",
        "1" * 1001,
        "(" * 300 + "1" + ")" * 300,
        "-" * 999 + "1",
        "1" + "+1" * 499,
        "__import__(1)",
        "a.__class__.__base__",
        "[x for x in x]",
        "lambda: 1",
        "1 if 1 == 1",
        "f(1)(2)",
        "x := 3",
        "a.b",
        "n",
        "piso",
        "1 in 2",
        "minimo(1 for i in n)",
        "0_1",
        "await a",
        "...",
    ],
)
def test_nothing_hangs_or_escapes(source: str) -> None:
    refuse(source)  # `timeout` ends what hangs


def test_the_budget_of_steps_ends_the_dearest_formula() -> None:
    numbers = Numbers({"d": {"p": None}}, {"d": {"p": (Decimal("0.123456789"),) * 1000}})  # type: ignore[dict-item]
    source = "+".join(["binomial(1000, 1, d.p)"] * 20)
    with pytest.raises(FormulaError, match="demasiadas operaciones"):
        evaluate(source, numbers)


def test_lists_of_different_length_are_not_joined() -> None:
    values = {"a": (Decimal(1), Decimal(2)), "b": (Decimal(1), Decimal(2), Decimal(3))}
    numbers = Numbers({"d": dict.fromkeys(values)}, {"d": values})  # type: ignore[dict-item]
    with pytest.raises(FormulaError, match="se juntan una lista de 2 números y otra de 3") as caught:
        evaluate("1 + (d.a * d.b)", numbers)
    assert (caught.value.start, caught.value.end) == (5, 14)
    assert evaluate("d.a * maximo(d.b) - minimo(d.a, 1)", numbers) == (Decimal(2), Decimal(5))


PIECES = st.sampled_from(
    ["1", "0", "2.5", "n", "d.v", "d.l", "(", ")", "+", "-", "*", "/", "**", ",", ".", " ", "if", "else", "<", "==",
     "=", "piso(", "binomial(", "redondeo(", "maximo(", "combinaciones(", "1e50", "9999", "and",
     "not", "\n", "é", "[", "#"]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join), st.text()))
def test_evaluate_raises_formula_errors_only(source: str) -> None:
    values = {"v": Decimal("0.5"), "l": (Decimal(0), Decimal(3))}
    numbers = Numbers({"d": dict.fromkeys(values)}, {"d": values})  # type: ignore[dict-item]
    refused: FormulaError | None = None
    value: Decimal | tuple[Decimal, ...] = ()
    try:
        value = evaluate(source, numbers, variables={"n": Decimal(3)})
    except FormulaError as error:
        refused = error
    if refused is not None:
        assert 0 <= refused.start <= refused.end <= len(source)
        assert refused.message
    else:
        assert all(item.is_finite() for item in (value if isinstance(value, tuple) else (value,)))


def _trees() -> st.SearchStrategy[str]:
    leaves = st.one_of(st.integers(0, 99).map(str), st.decimals(0, 99, places=2).map(str))

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
            st.tuples(inner, st.integers(0, 3)).map(lambda parts: f"({parts[0]}) ** {parts[1]}"),
            inner.map(lambda part: f"-({part})"),
        )

    return st.recursive(leaves, grow, max_leaves=8)


def exact(source: str) -> Fraction:
    """Return what Python's own arithmetic says, without rounding."""
    fractions = re.sub(r"(\*\* )?(\d+(?:\.\d+)?)", lambda m: m[0] if m[1] else f'Fraction("{m[2]}")', source)
    return Fraction(eval(fractions, {"Fraction": Fraction}))


@given(_trees())
def test_agreement_with_exact_arithmetic(source: str) -> None:
    # With every minus turned into a plus the expression bounds all that it meets on its way, hence its rounding.
    bound = exact(source.replace("-", "+"))
    try:
        found = Fraction(number(source))
    except FormulaError:
        assert bound >= Fraction(10) ** 99
    else:
        assert abs(found - exact(source)) <= bound * Fraction(1, 10**27)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.integers(1, 10**6))
def test_division_agrees_with_fractions(first: int, second: int, third: int) -> None:
    expected = Fraction(first, second) / third
    assert abs(Fraction(number(f"{first} / {second} / {third}")) - expected) <= abs(expected) * Fraction(1, 10**27)

"""Numbers are written as Spanish writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imprenta.calculate import FormulaError, Numbers, format_expression, format_number

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0", None, "0"),
        ("-0", 2, "0,00"),
        ("-0.001", 2, "0,00"),
        ("1234", None, "1234"),
        ("12345", None, f"12{THIN}345"),
        ("1234567.5", 2, f"1{THIN}234{THIN}567,50"),
        ("999999", None, f"999{THIN}999"),
        ("9999.5", 0, f"10{THIN}000"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("2.675", 2, "2,68"),
        ("146.00", None, "146"),
        ("1E+3", None, "1000"),
        ("0.1000", None, "0,1"),
        ("3.14159265", None, "3,141593"),
        ("0.00001234567890", None, "0,0000123457"),
        ("0.9999999", None, "1"),
        ("1234.56789012", None, "1234,56789"),
        ("1e20", 0, f"100{THIN}000{THIN}000{THIN}000{THIN}000{THIN}000{THIN}000"),
    ],
)
def test_format_number(value: str, decimals: int | None, expected: str) -> None:
    assert format_number(Decimal(value), decimals) == expected


@example(Decimal("13106511852580876284"), 9)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**60), max_value=10**60), st.integers(0, 12))
def test_what_is_written_reads_back(value: Decimal, decimals: int) -> None:
    written = format_number(value, decimals)
    read = Fraction(written.replace(THIN, "").replace("−", "-").replace(",", "."))
    assert abs(read - Fraction(value)) <= Fraction(1, 2 * 10**decimals)
    assert len(written.partition(",")[2]) == decimals


QUANTITIES = {"costos": {"mes": SimpleNamespace(decimals=2), "libre": SimpleNamespace(decimals=None)}}
NUMBERS = Numbers(
    {**QUANTITIES, "n": {"tamanos": SimpleNamespace(decimals=0)}},  # type: ignore[dict-item]
    {"costos": {"mes": Decimal(146), "libre": Decimal("1.5")}, "n": {"tamanos": (Decimal(1), Decimal(3))}},
)


@pytest.mark.parametrize(
    ("source", "decimals", "expected"),
    [
        (" costos.mes ", None, "146,00"),
        ("(costos.mes)", None, "146,00"),
        ("costos.mes + 0", None, "146"),
        ("costos.mes", 0, "146"),
        ("costos.mes * 2", None, "292"),
        ("costos.libre", None, "1,5"),
        ("costos.libre / 7", 3, "0,214"),
        ("piso(x / 2)", None, "2"),
        ("x", None, "5"),
    ],
)
def test_format_expression(source: str, decimals: int | None, expected: str) -> None:
    assert format_expression(source, decimals, NUMBERS, {"x": Decimal(5)}) == expected


def test_a_list_does_not_go_into_text() -> None:
    with pytest.raises(FormulaError) as caught:
        format_expression(" n.tamanos + 1", None, NUMBERS, {})
    assert caught.value.code == "lista-en-texto"
    assert (caught.value.start, caught.value.end) == (1, 14)

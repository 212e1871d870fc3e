"""Quantities with units: how they are read, set and said, and units that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.markup import read_text, write_plain
from imprenta.markup.units import is_unit, parse_quantity, write_quantity
from imprenta.model import Text


@pytest.mark.parametrize(
    ("source", "tex", "said"),
    [
        ("9.81 m/s^2", r"9,81\,m/s\textsuperscript{2}", "9.81 m/s²"),
        ("3,3 kohm", r"3,3\,kΩ", "3,3 kΩ"),
        ("60 %", r"60\,\%", "60 %"),
        ("30°", "30°", "30°"),
        ("-5 °C", r"−5\,°C", "-5 °C"),
        ("10 m^2·s^-1", r"10\,m\textsuperscript{2}\,s\textsuperscript{$-$1}", "10 m² s⁻¹"),
        ("J kg⁻¹", r"J\,kg\textsuperscript{$-$1}", "J kg⁻¹"),
        ("1,6e-19 C", r"1,6\,$\times$\,10\textsuperscript{$-$19}\,C", "1,6 × 10⁻¹⁹ C"),
        ("2·10^3 um", r"2\,$\times$\,10\textsuperscript{3}\,µm", "2 × 10³ µm"),
        ("12 000 L", r"12\,000\,L", "12 000 L"),
        ("64 GiB", r"64\,GiB", "64 GiB"),
        ("5 m³", r"5\,m\textsuperscript{3}", "5 m³"),
        ("0,2 m²/s", r"0,2\,m\textsuperscript{2}/s", "0,2 m²/s"),
        ("10-20 cm", r"10–20\,cm", "10-20 cm"),
        ("-3 a 5,5 °C", r"−3~a~5,5\,°C", "-3 a 5,5 °C"),
        ("3 y 5 kg", r"3~y~5\,kg", "3 y 5 kg"),
    ],
)
def test_a_quantity_is_set_as_the_si_asks(source: str, tex: str, said: str) -> None:
    quantity, unknown = parse_quantity(source)
    assert quantity is not None
    assert unknown == ""
    from imprenta.markup import escape

    expected = tex
    for sign in "Ω°−µ":
        expected = expected.replace(sign, escape(sign))
    assert write_quantity(quantity, ",") == rf"\mbox{{\textup{{{expected}}}}}"
    assert write_plain(Text(f"Es [{source}]{{u}}.", "x")) == f"Es {said}."


def test_the_decimal_sign_is_that_of_the_language() -> None:
    quantity, _ = parse_quantity("9,81 m")
    assert quantity is not None
    assert "9.81" in write_quantity(quantity, ".")


@pytest.mark.parametrize(
    ("text", "place"),
    [("De [3 seg]{u}.", (7, 10)), ("De [3 m/hrs]{u}.", (9, 12)), ("De [?]{u}.", (5, 6)), ("[3 Ks]{u}", (4, 6))],
)
def test_a_unit_that_is_none_is_told_at_its_place(text: str, place: tuple[int, int]) -> None:
    (problem,) = read_text(Text(text, "x")).problems
    assert problem.code == "unidad-desconocida"
    assert (problem.place.column, problem.place.end_column) == place


def test_what_has_other_braces_is_text() -> None:
    assert write_plain(Text("a[3 m]{v} y [b](https://c.co)", "x")) == "a[3 m]{v} y b"


def test_units_are_known_with_their_prefixes() -> None:
    assert all(map(is_unit, "m km µs um MHz hPa dag dB kWh MiB min °C % mol mmol".split()))
    assert not any(map(is_unit, "kmin Kg seg hrs Mdb kk".split()))


@given(st.text(st.sampled_from("0129.,-−± eE^/·*x×kmsµΩ°%C⁻²a"), max_size=20))
def test_nothing_typed_makes_it_fail(source: str) -> None:
    text = Text(f"Va [{source}]{{u}} aquí.", "x")
    read_text(text)
    write_plain(text)

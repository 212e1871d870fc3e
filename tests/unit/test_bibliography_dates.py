"""The fields of dates -> one date as biber takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.bibliography.dates import read_date
from imprenta.bibliography.dating import Dating, read_dating
from imprenta.bibliography.model import Field
from imprenta.problems import Span


def dating(**fields: str) -> Dating:
    return read_dating({name: Field(name, value, Span("references.bib")) for name, value in fields.items()})


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019", "2019"), ("2019-06", "2019-06"), ("2019-06-27", "2019-06-27"), ("2019-06-27T10:00:00Z", "2019-06-27"),
        ("2019-06-27T10:00", "2019-06-27"), ("2019-06-27 10:00:00.000+05:00", "2019-06-27"), ("2018/2019", "2018/2019"),
        ("2018 / 2019", "2018/2019"), ("2019-06/", "2019-06/"), ("/2019", "/2019"), ("2019/..", "2019/"),
        ("../2019", "/2019"), ("2019/2019", "2019"), ("-0044", "-0044"), ("199X", "199X"), ("199u", "199X"),
        ("19uu", "19XX"), ("2004-07-XX", "2004-07"), ("2004-XX-XX", "2004"), ("1984~", "1984~"), ("1984?", "1984?"),
        ("1984-03%", "1984-03%"), ("1984?/1990~", "1984?/1990~"), ("2001-21", "2001-21"), ("y-123456", "Y-123456"),
        ("2020-02-29", "2020-02-29"), ("199X/200X", "1990/2009"),
    ],
)  # fmt: skip
def test_dates_of_biblatex(value: str, iso: str) -> None:
    assert read_date(value) == (iso, "")
    assert dating(date=value) == Dating(iso)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019-6-27", "2019-06-27"), ("20190627", "2019-06-27"), ("800", "0800"), ("-44", "-0044"),
        ("2001 - 3", "2001-03"), ("27 de junio de 2019", "2019-06-27"), ("junio de 2019", "2019-06"),
        ("June 27, 2019", "2019-06-27"), ("27 Jun. 2019", "2019-06-27"), ("c. 1980", "1980~"),
        ("2001--2003", "2001/2003"), ("2001-presente", "2001/.."),
    ],
)  # fmt: skip
def test_what_is_nearly_a_date_is_told_and_printed(value: str, iso: str) -> None:
    read = dating(date=value)
    assert (read.iso, [fault.field for fault in read.faults]) == (iso, ["date"])


@pytest.mark.parametrize("value", ["2019-13", "2019-02-30", "2019-00-10", "15/05/84", "unknown/2004", "2019/2018", "/"])
def test_what_is_no_date_is_told_and_printed_as_typed(value: str) -> None:
    read = dating(date=value)
    assert (read.iso, read.words, [fault.field for fault in read.faults]) == ("", {"year": value}, ["date"])


@pytest.mark.parametrize("value", ["２０１９", "١٩٨٧-٠١-١٥"])
def test_figures_of_other_scripts_are_errors(value: str) -> None:
    for fields in ({"date": value}, {"year": value}, {"year": f"hacia {value}"}, {"year": "2019", "month": value}):
        assert [fault.grave for fault in dating(**fields).faults] == [True]


@pytest.mark.parametrize(
    ("year", "month", "day", "iso"),
    [
        ("2001", "3", "", "2001-03"), ("2001", "03", "", "2001-03"), ("2001", "marzo", "", "2001-03"),
        ("2001", "March", "", "2001-03"), ("2001", "Mar.", "", "2001-03"), ("2001", "{Marzo}", "", "2001-03"),
        ("2001", "sept.", "", "2001-09"), ("2001", "3", "7", "2001-03-07"), ("2001", "3~7", "", "2001-03-07"),
        ("2001", "27~3", "", "2001-03-27"), ("2001", "March 7", "", "2001-03-07"),
        ("2001", "7 de marzo", "", "2001-03-07"), ("2001", "3~5--7", "", "2001-03-05/2001-03-07"),
        ("2001", "5--7 de marzo", "", "2001-03-05/2001-03-07"), ("2001", "3--4", "", "2001-03/2001-04"),
        ("2001", "enero-febrero", "", "2001-01/2001-02"), ("2001", "mar/abr", "", "2001-03/2001-04"),
        ("2001", "verano", "", "2001-22"), ("2001", "Fall", "", "2001-23"), ("2001", "21", "", "2001-21"),
        ("800", "", "", "0800"), ("{2001}", "", "", "2001"),
        ("c. 1980", "", "", "1980~"), ("ca.~1980", "", "", "1980~"), ("-44", "", "", "-0044"),
        ("1980?", "", "", "1980?"), ("199X", "", "", "199X"), ("2001--2003", "", "", "2001/2003"),
        ("1998–99", "", "", "1998/1999"), ("2001-2003", "", "", "2001/2003"), ("2001/2003", "", "", "2001/2003"),
        ("2001-", "", "", "2001/.."), ("44 a. C.", "", "", "-0043"), ("44 a.C.", "", "", "-0043"),
        ("44 BC", "", "", "-0043"), ("2001-03-05", "", "", "2001-03-05"), ("s. f.", "", "", ""), ("n.d.", "", "", ""),
    ],
)  # fmt: skip
def test_years_and_months(year: str, month: str, day: str, iso: str) -> None:
    fields = {name: value for name, value in (("year", year), ("month", month), ("day", day)) if value}
    assert dating(**fields) == Dating(iso)


@pytest.mark.parametrize(
    ("year", "state"), [("en prensa", "inpress"), ("In press", "inpress"), ("forthcoming", "forthcoming")]
)
def test_states_of_publication(year: str, state: str) -> None:
    assert dating(year=year) == Dating(state=state)


@pytest.mark.parametrize("year", ["[1980]", "2001-02", "MMXX", "1980a", "2019-20", "sin publicar aún"])
def test_other_years_are_printed_as_typed(year: str) -> None:
    assert dating(year=year) == Dating(words={"year": year})


def test_month_that_is_none_is_told_and_printed_as_typed() -> None:
    for month in ("13", "brumario", "31 de febrero"):
        read = dating(year="2001", month=month)
        assert read.words == {"year": "2001", "month": month}
        assert [(fault.field, fault.grave) for fault in read.faults] == [("month", False)]


def test_date_and_year_together() -> None:
    assert dating(date="2001", month="3") == Dating("2001-03")
    assert dating(date="2001-03", year="2001", month="mar") == Dating("2001-03")
    assert [fault.field for fault in dating(date="2001", year="1999").faults] == ["year"]
    assert [fault.field for fault in dating(date="2001-03", month="4").faults] == ["month"]


@given(st.text(st.characters(codec="utf-8"), max_size=12), st.text("0123456789-/.~?XTabcñ ", max_size=12))
def test_no_text_is_lost_or_raises(year: str, month: str) -> None:
    for read in (dating(year=year, month=month), dating(date=month, year=year), dating(date=year)):
        iso = read.iso
        assert not iso or read_date(iso) == (iso, "") or read_date(iso)[0]
        assert all(fault.message for fault in read.faults)

"""Every number of every table has a range, and one form."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.model.ranges import HECTARES, MONEY, SHARE, find_text_fault, tidy_text
from reports.model.schema import FIELDS, find_cell_fault
from store.db.staff_tables import ALL_TABLES


def test_every_number_has_a_range() -> None:
    columns = [one for table in ALL_TABLES.values() for one in table.columns]
    bare = [
        one.name
        for one in (*columns, *FIELDS.values())
        if one.kind in {"integer", "number"} and one.limits is None
    ]
    assert bare == []


@given(some.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_number_has_one_form_and_the_same_value(value: object) -> None:
    text = f"{value:f}"
    tidy = tidy_text(text)
    assert tidy_text(tidy) == tidy
    assert tidy != "-0"
    if len(text) <= 40:
        assert float(tidy) == float(text)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [("-0", "0"), ("-0.0", "0"), ("00050", "50"), ("12.50", "12.5"), ("100", "100"), ("x", "x"),
     ("-0.5", "-0.5"), ("١٢٣", "١٢٣")],
)  # fmt: skip
def test_forms(text: str, tidy: str) -> None:
    assert tidy_text(text) == tidy


@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "١٢٣", "1_0", "1e5", "nan", "-", "１２"])
def test_what_is_no_number_or_too_long_is_refused(text: str) -> None:
    assert find_text_fault(text, MONEY, whole=True) is not None


def test_an_amount_typed_in_dong_is_asked_about() -> None:
    fault = find_cell_fault("9300000000000", FIELDS["investment_mvnd"])
    assert fault == ("too_high_mvnd", {"low": "0", "high": "999.999.999"})


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -1e-300, 1e300])
def test_what_is_not_finite_is_in_no_range(value: float) -> None:
    assert SHARE.fault(value) is not None
    assert HECTARES.fault(value) is not None


def test_negative_zero_becomes_zero() -> None:
    assert math.copysign(1, SHARE.tidy(-0.0)) == 1

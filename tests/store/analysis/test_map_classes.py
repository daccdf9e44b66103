"""Class breaks stay readable and whole for any values."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.map_classes import (
    find_next_round_number,
    label_classes,
    make_breaks,
    make_fixed_breaks,
    make_investment_breaks,
)

WORDS = {"below": "dưới {high}", "between": "{low} – dưới {high}", "above": "từ {low}"}
METHODS = ["quantile", "log", "equal", "counts"]
VALUES = st.lists(st.floats(min_value=-1e15, max_value=1e15) | st.just(math.nan), max_size=114)


@pytest.mark.parametrize("method", METHODS)
@given(values=VALUES)
def test_every_value_has_one_class_and_order_is_kept(method: str, values: list[float]) -> None:
    breaks = make_breaks(values, method=method)
    index = breaks.index(values)
    assert breaks.size <= 5
    assert len(label_classes(breaks, str, **WORDS)) == breaks.size
    for value, found in zip(values, index, strict=True):
        assert found == -1 if math.isnan(value) else 0 <= found < breaks.size
    finite = [value for value in values if not math.isnan(value)]
    order = np.argsort(finite, kind="stable")
    assert (np.diff(breaks.index(np.asarray(finite)[order])) >= 0).all()


@given(values=VALUES)
def test_quantiles_never_merge_values_that_differ_into_one_class(values: list[float]) -> None:
    finite = {value for value in values if not math.isnan(value)}
    breaks = make_breaks(values, method="quantile")
    assert breaks.size == 0 if not finite else breaks.size >= min(len(finite), 2)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("values", "size"),
    [
        ([], 0),
        ([float("nan")] * 114, 0),
        ([0.0] * 114, 1),
        ([7.5] * 114, 1),
        ([float("nan")] * 113 + [3.0], 1),
        ([0.0] * 113 + [3.0], 2),
    ],
)
def test_all_equal_all_zero_one_and_none(method: str, values: list[float], size: int) -> None:
    breaks = make_breaks(values, method=method)
    if method in {"equal", "log"} and size == 2:
        assert breaks.size >= 2  # steps between the two values, with empty classes
    elif method == "counts" and size == 2:
        assert breaks.size == 4
    else:
        assert breaks.size == size
    assert set(breaks.index(values)) <= {-1, *range(breaks.size)}


def test_one_value_half_of_everything_does_not_hide_the_rest() -> None:
    """The power plant: equal steps would put every other commune into the lowest class."""
    values = [200.0, 350, 480, 700, 900, 1200, 1800, 2600, 4000, 178012]
    assert len(set(make_breaks(values, method="equal").index(values))) == 2
    assert len(set(make_breaks(values, method="quantile").index(values))) == 5
    assert len(set(make_breaks(values, method="log").index(values))) >= 3


def test_bounds_are_round_figures() -> None:
    values = [123.4, 234.5, 345.6, 456.7, 567.8, 678.9, 1234.5, 2345.6]
    assert make_breaks(values).bounds == (280.0, 430.0, 590.0, 1000.0)


def test_bounds_take_more_digits_where_two_would_merge_classes() -> None:
    breaks = make_breaks([1000.1, 1000.2, 1000.3, 1000.4, 1000.5])
    assert breaks.size >= 2
    assert breaks.low < breaks.bounds[0] <= breaks.high


def test_counts_have_a_class_each_and_the_rest_together() -> None:
    breaks = make_breaks([1, 1, 2, 3, 9], method="counts")
    shown = label_classes(breaks, lambda value: str(int(value)), **WORDS)
    assert shown == ("1", "2", "3", "4", "từ 5")


def test_the_labels_say_which_side_a_bound_belongs_to() -> None:
    breaks = make_fixed_breaks([20, 40], low=0, high=100)
    assert label_classes(breaks, lambda value: f"{value:g}", **WORDS) == (
        "dưới 20",
        "20 – dưới 40",
        "từ 40",
    )
    assert list(breaks.index([0, 19.99, 20, 40, 100])) == [0, 0, 1, 2, 2]


def test_a_single_class_is_labelled_by_its_value() -> None:
    assert label_classes(make_breaks([7.5, 7.5]), lambda value: f"{value:g}", **WORDS) == ("7.5",)


@given(st.floats(1e-3, 1e14), st.floats(1.0001, 1e6))
def test_a_bound_between_lies_between(below: float, factor: float) -> None:
    upto = below * factor
    assert below < find_next_round_number(below, upto) <= upto


def test_a_bound_between_is_round() -> None:
    assert find_next_round_number(37638.2, 178012) == 40000
    assert find_next_round_number(9.7, 12) == 10


def test_shares_of_one_amount_that_differ_by_a_dong_share_a_class() -> None:
    """1,000 million VND over three communes is 333,333,334 + 2 × 333,333,333."""
    shares = pd.Series([333_333_334.0, 333_333_333.0, 333_333_333.0, 9e9, math.nan])
    breaks = make_investment_breaks(shares)
    assert breaks.index(shares).tolist() == [0, 0, 0, 1, -1]

"""A project over several communes is shown in each and counted once, to the đồng."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.facts.commune_shares import (
    VND_PER_MVND,
    compute_balance,
    compute_equal_shares,
    make_share_table,
    split_amount,
)

CODES = st.lists(st.from_regex(r"1[01]\d{3}", fullmatch=True), unique=True, max_size=14)
AMOUNTS = st.none() | st.integers(0, 10**11)  # a thousand times the largest project


def items_frame(rows: list[tuple[int | None, list[str]]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item": [f"KP-{number}" for number in range(len(rows))],
            "communes": pd.Series([tuple(codes) for _, codes in rows], dtype=object),
            "investment_mvnd": pd.array([amount for amount, _ in rows], dtype="Int64"),
        }
    )


@given(st.integers(0, 10**20), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_parts_add_up_and_are_within_one_of_their_due(amount: int, weights: list[int]) -> None:
    parts = split_amount(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - amount * weight) <= total


@given(st.integers(0, 10**18), CODES.filter(bool))
def test_equal_shares_differ_by_one_dong_at_most(amount: int, codes: list[str]) -> None:
    shares = compute_equal_shares(amount, codes)
    assert set(shares) == set(codes)
    assert max(shares.values()) - min(shares.values()) <= 1


@given(st.lists(st.tuples(AMOUNTS, CODES), max_size=40))
def test_communes_and_what_is_not_placed_add_up_to_all_projects(
    rows: list[tuple[int | None, list[str]]],
) -> None:
    items = items_frame(rows)
    by_commune = make_share_table(items).groupby("code")["share_vnd"].sum().sum()
    sums = compute_balance(items)
    assert int(by_commune) + sums.not_placed_vnd == sums.total_vnd
    assert sums.total_vnd == VND_PER_MVND * sum(amount or 0 for amount, _ in rows)


def test_the_tunnel_s_money_is_split_over_its_three_wards() -> None:
    """6,235,594 million VND over three wards: no đồng is lost to rounding."""
    shares = make_share_table(items_frame([(6235594, ["11329", "11359", "11560"])]))
    assert shares["share_vnd"].to_list() == [2078531333334, 2078531333333, 2078531333333]
    assert shares["communes"].to_list() == [3, 3, 3]


def test_an_unknown_amount_has_rows_but_no_share() -> None:
    shares = make_share_table(items_frame([(None, ["11329", "11359"])]))
    assert shares["share_vnd"].isna().all()
    assert len(shares) == 2


def test_no_items_give_an_empty_table_with_its_types() -> None:
    shares = make_share_table(items_frame([]))
    assert shares.empty
    assert str(shares["share_vnd"].dtype) == "Int64"
    assert compute_balance(items_frame([])).total_vnd == 0


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_there_is_no_split_without_a_weight(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot split"):
        split_amount(10, weights)

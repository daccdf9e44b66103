"""Columns looked up value by value are what pandas finds in them."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from store.column_values import iterate_rows, list_cells, list_rows, look_up_numbers, mark_members

TEXTS = st.lists(st.sampled_from(["", "KP-01", "KP-02", "xã Cẩm Giàng", "xã Cẩm Giang"]))


@given(texts=TEXTS, wanted=TEXTS)
def test_members_are_those_that_pandas_finds(texts: list[str], wanted: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    assert mark_members(column, wanted).tolist() == column.isin(wanted).tolist()
    assert mark_members(column, set(wanted)).tolist() == column.isin(wanted).tolist()


@given(texts=TEXTS)
def test_numbers_are_those_that_pandas_maps(texts: list[str]) -> None:
    column, ranks = pd.Series(texts, dtype="str"), {"KP-01": 3, "": 0}
    assert look_up_numbers(column, ranks).tolist() == [
        -1 if pd.isna(rank) else rank for rank in column.map(ranks)
    ]


def test_rows_have_their_cells_as_python_has_them() -> None:
    frame = pd.DataFrame({"item": ["KP-01", "KP-02"], "line": pd.array([7, None], dtype="Int64")})
    assert list(list_cells(frame, "line", "item")) == [(7, "KP-01"), (pd.NA, "KP-02")]
    assert list_rows(frame) == [{"item": "KP-01", "line": 7}, {"item": "KP-02", "line": pd.NA}]
    assert list_rows(frame[:0]) == list(list_cells(frame[:0], "item")) == []


def test_rows_gone_through_are_those_that_pandas_gives() -> None:
    frame = pd.DataFrame(
        {"item": ["KP-01", ""], "_rank": [1, 2], "share": [0.5, None], "communes": [("11557",), ()]}
    )
    rows = list(iterate_rows(frame))
    assert [row._fields for row in rows] == [("item", "_1", "share", "communes")] * 2
    assert [str(row) for row in rows] == [
        str(row).replace("Pandas", "Row") for row in frame.itertuples(index=False)
    ]
    assert list(iterate_rows(frame[:0])) == []

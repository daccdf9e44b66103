"""A period's row is made of its id."""

import pytest

from store.imports.plan.fact_rows import make_period_row


@pytest.mark.parametrize(
    ("period", "label", "start", "as_of"),
    [
        ("2026-Q1", "Quý I/2026", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "Quý IV/2026", "2026-10-01", "2026-12-31"),
        ("2026-H1", "6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("2026-H2", "6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
        ("2028-02", "Tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("2026", "Năm 2026", "2026-01-01", "2026-01-01"),
    ],
)
def test_ids_are_read(period: str, label: str, start: str, as_of: str) -> None:
    row = make_period_row(period, "")
    assert row is not None
    assert (row["label_vi"], row["start"], row["as_of"]) == (label, start, as_of)
    assert row["label_en"]


def test_what_the_report_says_of_its_date_comes_first() -> None:
    row = make_period_row("2026-05", "2026-05-07")
    assert row is not None
    assert row["as_of"] == "2026-05-07"


@pytest.mark.parametrize(
    "period", ["", "26-Q1", "2026-Q5", "2026-13", "2026-H3", "quý I", "0000", "0000-H1"]
)
def test_what_is_no_period_is_none(period: str) -> None:
    assert make_period_row(period, "") is None

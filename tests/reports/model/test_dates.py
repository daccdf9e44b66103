"""Dates as reports give them."""

from datetime import date

import pytest

from reports.model.dates import is_day, parse_span


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-05-07", date(2026, 5, 7), date(2026, 5, 7)),
    ],
)
def test_a_time_stands_for_its_first_to_its_last_day(when: str, first: date, last: date) -> None:
    assert parse_span(when) == (first, last)


@pytest.mark.parametrize(
    "when", ["", "Quý I", "2026-Q5", "2026-13", "2026-02-30", "26-01", "2026-5", "٢٠٢٦", "2026 "]
)
def test_what_is_no_time_has_no_span(when: str) -> None:
    assert parse_span(when) is None


def test_only_a_full_date_is_a_day() -> None:
    assert is_day("2026-05-07")
    assert not is_day("2026-05")
    assert not is_day("2026-02-30")

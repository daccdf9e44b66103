"""A ceremony without a day of its own is on the day told before, asked about where that is open."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find


def test_a_ceremony_without_a_day_is_asked_about_with_the_day_told_before() -> None:
    text = (
        "Sáng 19/12/2025, thành phố khởi công 5 công trình.\n\n"
        "Cũng được khởi công dịp này là dự án cầu Bến Lau, dài 2,4 km.\n"
    )
    (start,) = [s for s in find(text, "start") if "Bến Lau" in s.subject]
    assert (start.status, start.why, start.candidates) == (
        "ask", "day_of_other_sentence", ("2025-12-19",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # The sentence points at the one day of its paragraph.
        ("Ngày 10/11/2025, khởi công cầu Bến Mây. Dịp này, cũng khánh thành cầu Gò Sương.", "sure"),
        # Another paragraph does not.
        ("Ngày 10/11/2025, khởi công cầu Bến Mây.\n\nCũng khánh thành cầu Gò Sương.", "ask"),
        # Two days were told.
        (
            (
                "Ngày 10/11/2025, khởi công cầu Bến Mây, ngày 11/11/2025 khởi công cầu Bến Lội. "
                "Dịp này, cũng khánh thành cầu Gò Sương."
            ),
            "ask",
        ),
        # The document is of that very day.
        ("Ngày 12/11/2025, khởi công cầu Bến Mây.\n\nCũng khánh thành cầu Gò Sương.", "sure"),
    ],
)
def test_a_ceremony_of_the_same_day_is_asked_where_the_text_leaves_it_open(text, status) -> None:
    (opened,) = find(text, "inauguration")
    assert (opened.status, opened.inferred) == (status, ("day",))

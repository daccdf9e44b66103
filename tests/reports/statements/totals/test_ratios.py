"""The whole of what was spent is a figure of its own."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find

ROAD = "Dự án đường trục Bến Mây có tổng mức đầu tư 900 tỷ đồng, đã giải ngân "


@pytest.mark.parametrize(
    ("words", "field", "status"),
    [
        ("39 tỷ trong số 85 tỷ đồng được giao năm nay.", "allocated", "sure"),
        ("39/85 tỷ đồng kế hoạch vốn.", "allocated", "sure"),
        ("39 tỷ đồng trong tổng số 85 tỷ đồng.", "money", "ask"),
    ],
)
def test_the_whole_is_the_plan_where_words_say_so(words: str, field: str, status: str) -> None:
    spent, *rest = find(ROAD + words, "disbursed")
    assert (spent.value, spent.total, rest) == (39_000.0, 85_000.0, [])
    (whole,) = find(ROAD + words, field)
    assert (whole.value, whole.total, whole.status) == (85_000.0, None, status)
    assert whole.stated == whole.sentence[whole.start : whole.end]

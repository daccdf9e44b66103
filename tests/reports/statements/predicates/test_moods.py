"""How a statement holds, by the words before its value."""

from __future__ import annotations

import pytest

from reports.statements.predicates.moods import find_mood
from tests.reports.statements.test_sentences import read


@pytest.mark.parametrize(
    ("before", "mood"),
    [
        ("đã ", "done"),
        ("dự kiến được ", "planned"),
        ("được ", "done"),
        ("phải ", "required"),
        ("chưa được ", "denied"),
        ("chưa xong thủ tục, ", "done"),
        ("tiến độ không quá ", "done"),
        ("chậm so với kế hoạch ", "done"),
        ("theo kế hoạch ", "planned"),
        ("đề xuất lùi ngày ", "proposed"),
        ("trường hợp ", "conditional"),
        ("dự kiến thực hiện ", "planned"),
    ],
)
def test_the_nearest_strong_word_gives_the_mood(before: str, mood: str) -> None:
    assert find_mood(before, "done") == mood


def test_a_plan_that_a_share_is_of_plans_nothing_for_the_next_share() -> None:
    text = (
        "Ngày 02/4/2026\n\nĐến hết ngày 31/3/2026, thành phố giải ngân 8.398 tỷ đồng, tương ứng "
        "21,67% kế hoạch vốn Thủ tướng giao, đạt 22,87% kế hoạch vốn của thành phố."
    )
    shares = {s.value: s.mood for s in read(text).statements if s.field == "disbursed_pct"}
    assert shares == {21.67: "done", 22.87: "done"}

"""How a statement holds, by the words before its value."""

from __future__ import annotations

import pytest

from reports.statements.predicates.moods import find_mood


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

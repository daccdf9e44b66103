"""Lines of a list below a total are its parts."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find

HEAD = "Dự án đường trục Bến Mây phải thu hồi đất của 330 hộ, {}:\n"
LINES = "- Xã Kiến Thụy: 150 hộ;\n- Xã Nghi Dương: 120 hộ;\n- Xã Kiến Minh: {} hộ.\n"


@pytest.mark.parametrize(
    ("marker", "last", "asked"),
    [("gồm", 60, False), ("gồm", 50, True), ("trong đó", 50, False), ("trong đó", 90, True)],
)
def test_items_know_their_total_and_are_added_up(marker: str, last: int, asked: bool) -> None:
    total, *items = find(HEAD.format(marker) + LINES.format(last), "households")
    assert (total.why == "total") is asked
    assert {item.part_of for item in items} == {"Dự án đường trục Bến Mây: 330 hộ"}
    assert [item.subject_kind for item in items] == ["commune"] * 3


def test_what_follows_the_list_is_no_part_of_it() -> None:
    after = "\nDự án cầu Gò Sương phải thu hồi đất của 40 hộ.\n"
    *_, last = find(HEAD.format("gồm") + LINES.format(60) + after, "households")
    assert (last.value, last.part_of) == (40.0, "")


def test_a_list_without_words_of_parts_is_none() -> None:
    text = "Năm 2025 khởi công 5 dự án. Tình hình như sau:\n- Đã xong 2 dự án;\n- Chậm 1 dự án.\n"
    assert {s.part_of for s in find(text, "count")} == {""}

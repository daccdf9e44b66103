"""The four words of a verdict, on readings of which it is known what they are worth."""

from __future__ import annotations

from tests.reports.tables.grids import read_grid
from tests.reports.written.judging import Expectation, judge_reading, judge_refusal

HEADS = ("STT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm", "Dự báo", "Ghi chú")
A = ("1", "Dự án cầu A", "1.198.916", "Phường Đồ Sơn", "Hoàn thành", "Khởi công Quý IV/2026")
KEY = ("Dự án cầu A", "investment_mvnd")
FACTS = {
    KEY: {"1198916"},
    (KEY[0], "commune"): {"11455"},
    (KEY[0], "forecast"): {"meets"},
    (KEY[0], "milestone_start"): {"2026-Q4"},
}


def test_a_reading_is_right_wrong_told_or_silent() -> None:
    read = read_grid([HEADS, A])
    assert judge_reading(read, Expectation(FACTS)).word == "right"
    assert judge_reading(read, Expectation(FACTS | {KEY: {"7"}})).word == "wrong"
    assert judge_reading(read, Expectation({KEY: {"1198916"}})).word == "wrong"
    assert judge_reading(read, Expectation({KEY: {"1198916"}}, partial=True)).word == "right"
    more = FACTS | {(KEY[0], "milestone_finish"): {"2027"}}
    assert judge_reading(read, Expectation(more)).word == "silent"
    asked = read_grid([HEADS, (*A[:2], "nhiều lắm", *A[3:])])
    assert judge_reading(asked, Expectation(FACTS)).word == "told"
    assert judge_reading(asked, Expectation(FACTS | {KEY: {None}})).word == "right"


def test_a_refusal_must_say_what_the_file_is() -> None:
    true = Expectation(FACTS, refusal="HEIC")
    assert judge_refusal("Tệp là ảnh HEIC.", true).word == "told"
    assert judge_refusal("Tệp bị hỏng.", true).word == "silent"
    assert judge_refusal("Tệp là ảnh HEIC.", Expectation({}, refusal="HEIC")).word == "right"

"""Check boxes: the ticked option counts; none or several ticked is a question."""

from __future__ import annotations

import pytest

from reports.grammar.cell_parts import choose_ticked
from reports.grammar.project_status import find_status, list_forecasts, read_forecast


@pytest.mark.parametrize(
    ("text", "forecast"),
    [
        ("☒ Hoàn thành ☐ Không hoàn thành", "meets"),
        ("☐ Hoàn thành ☒ Không hoàn thành", "misses"),
        ("☐ Hoàn thành\n☑ Không hoàn thành", "misses"),
        ("[x] Hoàn thành [ ] Không hoàn thành", "meets"),
        ("[ ] Hoàn thành; [X] Không hoàn thành", "misses"),
        ("(x) Hoàn thành ( ) Không hoàn thành", "meets"),
        ("Hoàn thành ☐ Không hoàn thành ☒", "misses"),
        ("Hoàn thành: [ ], Không hoàn thành: [x]", "misses"),
        ("Hoàn thành (x) / Không hoàn thành ( )", "meets"),
        ("Dự báo: ☒ Hoàn thành ☐ Không hoàn thành", "meets"),
        ("□ Hoàn thành ■ Không hoàn thành", "misses"),
        ("○ Hoàn thành ● Không hoàn thành", "misses"),
        ("✓ Hoàn thành ☐ Không hoàn thành", "meets"),
        ("✓ Hoàn thành ✗ Không hoàn thành", "meets"),
        ("☐ Hoàn thành ☐ Có thể hoàn thành ☒ Phấn đấu hoàn thành ☐ Không hoàn thành", "strives"),
        ("☒ Hoàn thành", "meets"),
        ("- Hoàn thành", "meets"),
    ],
)
def test_the_ticked_forecast_counts(text: str, forecast: str) -> None:
    assert read_forecast(text)[0] == forecast


@pytest.mark.parametrize(
    "text",
    [
        "☐ Hoàn thành ☐ Không hoàn thành",
        "☒ Hoàn thành ☒ Không hoàn thành",
        "[ ] Hoàn thành [ ] Không hoàn thành",
        "Hoàn thành / Không hoàn thành",
        "Hoàn thành hoặc không hoàn thành",
    ],
)
def test_an_open_choice_is_asked_about(text: str) -> None:
    """With all that may be meant."""
    assert read_forecast(text)[0] == ""
    assert list_forecasts(text) == ("meets", "misses")


@pytest.mark.parametrize("text", ["☐ Hoàn thành", "□ Hoàn thành", "Hoàn thành [ ]"])
def test_a_box_that_is_not_ticked_says_nothing(text: str) -> None:
    assert read_forecast(text)[0] == ""
    assert list_forecasts(text) == ("meets",)


def test_results_and_status_take_the_ticked_words() -> None:
    text = "☐ Đã khởi công ☒ Chưa khởi công"
    assert choose_ticked(text) == "Chưa khởi công"
    status = find_status(text)
    assert status is not None
    assert status[0] == "not_started"


@pytest.mark.parametrize(
    "text",
    [
        "■ Phần cầu đạt 45% ■ Phần đường đạt 30%",
        "□ Phần cầu đạt 45% □ Phần đường đạt 30%",
        "(iv) Phần cầu (v) Phần đường (x) Phần hầm",
        "Thi công 12 cọc (đạt 45%)",
        "",
    ],
)
def test_bullets_are_no_boxes(text: str) -> None:
    assert choose_ticked(text) == text

"""Forecasts, milestones, obstacles, bodies: the words of the reports and what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoder import get_default_geocoder
from reports.grammar.bodies import find_asked_bodies, find_assigned_bodies
from reports.grammar.milestone import find_milestones, find_open_milestones, find_times
from reports.grammar.obstacle import find_obstacles
from reports.grammar.project_status import read_forecast, states_year_goal
from reports.model.dates import parse_span
from reports.model.schema import FORECASTS, OBSTACLE_CATEGORIES

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "forecast"),
    [
        ("Hoàn thành", "meets"),
        ("Có thể hoàn thành", "may_meet"),
        ("Không có khả năng hoàn thành", "misses"),
        ("Đạt", "meets"),
        ("Phấn đấu hoàn thành", "strives"),
        ("Phần đầu hoàn thành", "strives"),
        ("Không hoàn thành mục tiêu quý, phấn đấu hoàn thành mục tiêu năm", "misses"),
        ("Không hoàn thành mục tiêu quý, phần đầu hoàn thành mục tiêu năm", "misses"),
        ("Khong hoan thanh muc tieu quy", "misses"),
        ("Hoàn thàmh", "meets"),
        ("Dự kiến hoàn thành mục tiêu Quý II", "meets"),
        ("Hoàn thành vượt mục tiêu", "exceeds"),
        ("Chưa xác định", "undetermined"),
        ("", ""),
        ("-", ""),
        ("Có thể", ""),
        ("GPMB 43%", ""),
    ],
)
def test_forecasts(text: str, forecast: str) -> None:
    """The class of the quarter's goal; what is no forecast is none."""
    assert read_forecast(text)[0] == forecast


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khởi công Quý II/2026", [("start", "2026-Q2")]),
        ("Khánh thành Quý III/2026", [("inauguration", "2026-Q3")]),
        ("Khánh thành 09/2026", [("inauguration", "2026-09")]),
        ("Khởi công: dự kiến 9/2026; hoàn thành 12-2027", [("start", "2026-09"), ("finish", "2027-12")]),  # noqa: E501
        ("Khánh thành 01/09/2026", [("inauguration", "2026-09-01")]),
        ("Khánh thành 13/2026", []),
        ("Khởi công theo Quyết định 09/2026/QĐ-UBND", []),
        ("Khởi công theo Quyết định số 12/2026 của thành phố", []),
        ("Khởi công tháng 5/2026; Hoàn thành trong quý III/2027.", [("start", "2026-05"), ("finish", "2027-Q3")]),  # noqa: E501
        ("dự kiến khởi công trong quý IV năm 2026", [("start", "2026-Q4")]),
        ("Phân đầu khởi công bến 7-8 trong quý II năm 2026", [("start", "2026-Q2")]),
        ("khởi công vào ngày 15/01/2026", [("start", "2026-01-15")]),
        ("Khởi công Quý lI/2026", [("start", "2026-Q2")]),
        ("hoàn thành các bến trước năm 2030", [("finish", "2030")]),
        ("khởi công ngày 31/02/2026", []),
        ("khởi công trong quý II", []),
        ("Ngày 9/3/2026, nhà đầu tư đã tổ chức Lễ ra mắt dự án", []),
        ("hoàn thành mục tiêu quý II/2026", []),
    ],
)  # fmt: skip
def test_milestones(text: str, expected: list[tuple[str, str]]) -> None:
    """Events with their time; a time that cannot be, or lacks its year, is none."""
    assert [(one.kind, one.when) for one in find_milestones(text)] == expected


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Khánh thành ngày 30 tháng 6 năm 2026", "2026-06-30"),
        ("Khánh thành 30.6.2026", "2026-06-30"),
        ("Khánh thành 30-6-2026", "2026-06-30"),
        ("Khánh thành tháng 9.2026", "2026-09"),
        ("Khánh thành cuối năm 2027", "2027"),
        ("Khánh thành tháng 9/2026 (quý III/2026)", "2026-09"),
    ],
)
def test_ways_to_write_a_time(text: str, when: str) -> None:
    assert [one.when for one in find_milestones(text)] == [when]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Khánh thành quý III-IV/2026", ("2026-Q3", "2026-Q4")),
        ("Khánh thành quý III - IV năm 2026", ("2026-Q3", "2026-Q4")),
        ("Khánh thành quý III hoặc quý IV/2026", ("2026-Q3", "2026-Q4")),
        ("Khánh thành quý III/2026 - quý I/2027", ("2026-Q3", "2027-Q1")),
        ("Khánh thành tháng 9-10/2026", ("2026-09", "2026-10")),
        ("Khánh thành từ 15/9/2026 đến 30/9/2026", ("2026-09-15", "2026-09-30")),
        ("Khánh thành 15-30/9/2026", ("2026-09-15", "2026-09-30")),
        ("Khánh thành năm 2026-2027", ("2026", "2027")),
        ("Khánh thành quý II/2026, lùi sang quý IV/2026", ("2026-Q2", "2026-Q4")),
        ("Khánh thành Q3/2026", ("2026-Q3",)),
        ("Khánh thành T9/2026", ("2026-09",)),
    ],
)
def test_a_range_of_times_is_a_question(text: str, readings: tuple[str, ...]) -> None:
    """With both ends; so is a time that was put off, and a short form."""
    assert list(find_milestones(text)) == []
    assert [told for _, told in find_open_milestones(text)] == [readings]


def test_a_cell_that_is_a_time() -> None:
    """Below a heading that names the event a month or a year needs no word."""
    assert [when for when, _ in find_times("09/2026")] == ["2026-09"]
    assert [when for when, _ in find_times("2027")] == ["2027"]
    assert [when for when, _ in find_times("quý III-IV năm 2026")] == ["2026-Q3", "2026-Q4"]
    assert list(find_times("13/2026")) == []


def test_before_a_year_is_said() -> None:
    (one,) = find_milestones("hoàn thành trước năm 2030")
    assert one.qualifier == "under"


@pytest.mark.parametrize(
    ("actual", "request_", "forecast", "expected"),
    [
        ("Vướng mắc trong xác định nguồn gốc đất", "", "misses", ["land_origin"]),
        ("Khó khăn liên quan vướng mắc GPMB", "UBND xã phê duyệt quy hoạch 1/500", "misses", ["unspecified", "planning"]),  # noqa: E501
        ("Chưa có đất để thực hiện dự án do KCN đang san lấp mặt bằng", "", "misses", ["ground_not_ready"]),  # noqa: E501
        ("Triển khai thực hiện rà soát quỹ đất đối ứng", "", "misses", ["offset_land"]),
        ("", "Nhà đầu tư tập trung nguồn lực", "misses", ["investor"]),
        ("Tiếp tục hoàn thiện các thủ tục pháp lý liên quan", "", "misses", ["procedure"]),
        ("Tiếp tục hoàn thiện các thủ tục pháp lý liên quan", "", "meets", []),
        ("Thi công xây dựng (77%)", "", "meets", []),
        ("Thống nhất lại phương án thiết kế để không vượt tổng mức đầu tư", "", "meets", []),
    ],
)  # fmt: skip
def test_obstacles(actual: str, request_: str, forecast: str, expected: list[str]) -> None:
    """Trouble by category; work in hand is none."""
    assert [one.value for one in find_obstacles(actual, request_, forecast)] == expected


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("UBND Phường Thạch Khôi sớm phê duyệt quy hoạch 1/500", ("UBND phường Thạch Khôi",)),
        ("Nhà đầu tư đẩy nhanh tiến độ", ("Nhà đầu tư",)),
        (
            (
                "- Sở Nông nghiệp và Môi trường hướng dẫn UBND phường Nguyễn Đại Năng về công tác "
                "GPMB (UBND phường Nguyễn Đại Năng đã có văn bản đề nghị).\n"
                "- UBND phường Nguyễn Đại Năng đẩy nhanh công tác bồi thường"
            ),
            ("Sở Nông nghiệp và Môi trường", "UBND phường Nguyễn Đại Năng"),
        ),
        ("Sở Xây dụng chủ trì", ("Sở Xây dựng",)),
        ("UBND phường Kiên An khẩn trương bàn giao", ("UBND phường Kiến An",)),
        ("-", ()),
    ],
)
def test_bodies_asked(text: str, bodies: tuple[str, ...]) -> None:
    """The subject of each request, by its present name whatever the scan made of it."""
    assert find_asked_bodies(text, get_default_geocoder(), DAY) == bodies


def test_a_body_that_is_given_a_task() -> None:
    text = "BQL đã báo cáo UBND TP giao Sở Xây dụng là cơ quan chủ trì làm việc với các đơn vị"
    assert find_assigned_bodies(text, get_default_geocoder(), DAY) == ("Sở Xây dựng",)


@given(st.text(max_size=150))
def test_any_words_give_allowed_answers(text: str) -> None:
    """Whatever the words, answers are of the schema's words and times that can be."""
    assert read_forecast(text)[0] in {"", *FORECASTS}
    for one in find_milestones(text):
        assert parse_span(one.when)
    for obstacle in find_obstacles(text, text, "misses"):
        assert obstacle.value in OBSTACLE_CATEGORIES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Không hoàn thành mục tiêu quý, phấn đấu hoàn thành mục tiêu năm", True),
        ("Không hoàn thành mục tiêu […] quý, phần đầu hoàn thành mục tiêu […] năm", True),
        ("Không hoàn thành mục tiêu quý", False),
        ("Hoàn thành mục tiêu quý I năm 2026", False),
    ],
)
def test_the_goal_of_the_year_is_heard_behind_that_of_the_quarter(text: str, told: bool) -> None:
    assert states_year_goal(text) == told

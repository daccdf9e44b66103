"""Parts of a total in one sentence know it, and are added up."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find

ROAD = "Dự án đường trục Bến Mây"


def tell(text: str, field: str = "") -> list[tuple[float | str, str, str, str]]:
    """Return value, part_of, detail and reason of the figures of a text."""
    return [
        (s.value, s.part_of, s.detail, s.why) for s in find(text, field) if s.field != "located_in"
    ]


def test_sources_of_money_are_parts_and_not_the_investment() -> None:
    text = (
        f"{ROAD} có tổng mức đầu tư 900 tỷ đồng, "
        "trong đó vốn trung ương 500 tỷ đồng, vốn thành phố 400 tỷ đồng."
    )
    assert tell(text) == [
        (900_000.0, "", "", ""),
        (500_000.0, "900 tỷ đồng", "vốn trung ương", ""),
        (400_000.0, "900 tỷ đồng", "vốn thành phố", ""),
    ]


def test_a_phase_has_the_field_of_its_total() -> None:
    text = f"{ROAD} có tổng mức đầu tư 900 tỷ đồng, trong đó giai đoạn 1 là 500 tỷ đồng."
    assert tell(text, "investment")[1] == (500_000.0, "900 tỷ đồng", "giai đoạn 1", "")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 400 tỷ đồng.", False),
        ("900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 300 tỷ đồng.", True),
        ("900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 450 tỷ đồng.", True),
        ("khoảng 900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 300 tỷ đồng.", False),
        ("900 tỷ đồng, gồm phần đường hơn 500 tỷ đồng, phần cầu 300 tỷ đồng.", False),
        ("900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 300 tỷ đồng và các nút giao.", False),
        ("900 tỷ đồng, trong đó phần đường 500 tỷ đồng, phần cầu 300 tỷ đồng.", False),
        ("900 tỷ đồng, trong đó phần đường 500 tỷ đồng, phần cầu 450 tỷ đồng.", True),
        ("900 tỷ đồng, riêng phần đường 950 tỷ đồng.", True),
        ("900,4 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 400 tỷ đồng.", False),
    ],
)
def test_a_total_that_its_parts_deny_is_asked_about(words: str, asked: bool) -> None:
    total, *_ = find(f"{ROAD} có tổng mức đầu tư {words}", "investment")
    assert (total.why == "total") is asked
    assert total.value in (900_000.0, 900_400.0)


def test_a_question_offers_the_stated_total_and_the_sum() -> None:
    text = (
        f"{ROAD} có tổng mức đầu tư 900 tỷ đồng, gồm phần đường 500 tỷ đồng, phần cầu 300 tỷ đồng."
    )
    total, *parts = find(text, "investment")
    assert (total.status, total.candidates) == ("ask", ("900000", "800000"))
    assert [part.status for part in parts] == ["sure", "sure"]


def test_parts_of_a_part_and_parts_in_brackets_are_not_added_twice() -> None:
    text = (
        f"{ROAD} có tổng mức đầu tư 900 tỷ đồng, gồm phần đường 500 tỷ đồng "
        "(trong đó mặt đường 120 tỷ đồng), phần cầu 400 tỷ đồng."
    )
    assert tell(text, "investment") == [
        (900_000.0, "", "", ""),
        (500_000.0, "900 tỷ đồng", "phần đường", ""),
        (120_000.0, "500 tỷ đồng", "mặt đường", ""),
        (400_000.0, "900 tỷ đồng", "phần cầu", ""),
    ]


def test_a_commune_s_part_is_the_commune_s() -> None:
    text = (
        f"{ROAD} phải thu hồi đất của 250 hộ, trong đó xã Kiến Thụy 150 hộ, xã Nghi Dương 100 hộ."
    )
    _, first, second = find(text, "households")
    assert (first.subject, first.subject_kind, first.detail) == ("xã Kiến Thụy", "commune", ROAD)
    assert first.part_of == f"{ROAD}: 250 hộ"
    assert not first.is_part
    assert first.communes != second.communes


@pytest.mark.parametrize(("left", "asked"), [(70, False), (60, True)])
def test_what_is_left_is_the_total_less_what_is_done(left: int, asked: bool) -> None:
    text = f"{ROAD} phải thu hồi đất của 250 hộ, đã chi trả 180 hộ, còn lại {left} hộ."
    (rest,) = find(text, "households_remaining")
    assert (rest.value, rest.part_of) == (left, "250 hộ")
    assert (rest.why == "total") is asked
    assert rest.candidates == (("60", "70") if asked else ())


def test_what_is_left_of_several_stages_may_be_of_any_of_them() -> None:
    text = (
        f"{ROAD} phải thu hồi đất của 250 hộ, đã chi trả 200 hộ, "
        "đã bàn giao mặt bằng 180 hộ, còn lại 70 hộ."
    )
    assert [s.why for s in find(text, "households_remaining")] == [""]


def test_counted_things_may_be_parts_twice_behind_among_them() -> None:
    text = "Toàn tuyến có 8 dự án chậm tiến độ, trong đó 5 dự án vướng mặt bằng, 4 dự án thiếu vốn."
    assert [why for *_, why in tell(text, "count")] == ["", "", ""]


def test_the_city_s_parts_are_no_figures_of_the_city() -> None:
    text = (
        "Thành phố Hải Phòng đã giải ngân 9.000 tỷ đồng vốn đầu tư công, "
        "trong đó ngân sách trung ương 2.000 tỷ đồng, ngân sách thành phố 7.000 tỷ đồng."
    )
    total, *parts = find(text, "disbursed")
    assert not total.is_part
    assert [part.is_part for part in parts] == [True, True]


def test_projects_keep_their_own_amounts_of_a_shared_total() -> None:
    text = (
        "Hai dự án có tổng mức đầu tư 900 tỷ đồng, gồm: dự án cầu Bến Mây 500 tỷ đồng "
        "và dự án cầu Gò Sương 400 tỷ đồng."
    )
    total, *parts = find(text, "investment")
    assert [(p.subject, p.part_of, p.is_part) for p in parts] == [
        ("dự án cầu Bến Mây", "Hai dự án: 900 tỷ đồng", False),
        ("dự án cầu Gò Sương", "Hai dự án: 900 tỷ đồng", False),
    ]
    assert total.status == "sure"

"""What "dự án này" and "các dự án trên" stand for: asked about where several may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.statements.test_sentences import read

if TYPE_CHECKING:
    from reports.model.statement import Statement

DAY = "Ngày 12/3/2026\n\n"
LAU, HA = "Dự án cầu Bến Lau", "Dự án đường Vạn Hạ"
HA_AGAIN = HA[:1].lower() + HA[1:]
MUST = "phải hoàn thành trong quý IV/2026."


def finishes(text: str) -> list[Statement]:
    return [s for s in read(DAY + text + "\n").statements if s.field in {"finish", "deadline"}]


def sure(text: str) -> set[str]:
    return {capitalise(s.subject) for s in finishes(text) if s.status == "sure"}


def capitalise(name: str) -> str:
    return name[:1].upper() + name[1:]


@pytest.mark.parametrize(
    "text",
    [
        f"{LAU} và {HA_AGAIN} đang thi công. Dự án này {MUST}",
        f"{LAU} đang thi công. {HA} đang thi công. Dự án này {MUST}",
        f"{LAU} và {HA_AGAIN} đang thi công.\n\nDự án này {MUST}",
        f"{LAU} và {HA_AGAIN} đang thi công; dự án này {MUST}",
        f"{LAU} chậm do {HA_AGAIN} chưa bàn giao mặt bằng. Dự án này {MUST}",
        f"- {LAU} đang thi công.\n- {HA} đang thi công.\n\nDự án này {MUST}",
        f"{LAU} và {HA_AGAIN} đang thi công. Dự án {MUST}",
        f"{LAU} đang thi công. Dự án này nối với {HA_AGAIN}, {MUST}",
        f"1. {LAU}\n\n- Kết nối với {HA_AGAIN}. Dự án này {MUST}",
    ],
)
def test_one_of_two_projects_is_asked_about_with_both_offered(text: str) -> None:
    asked = finishes(text)
    assert asked
    assert {(s.status, s.why) for s in asked} == {("ask", "which_subject")}
    assert {name.lower() for s in asked for name in s.candidates} == {LAU.lower(), HA.lower()}


def test_an_amount_of_one_of_two_projects_is_asked_about() -> None:
    text = f"{LAU} và {HA_AGAIN} đang thi công. Dự án này có tổng mức đầu tư 840 tỷ đồng."
    (amount,) = [s for s in read(DAY + text).statements if s.field == "investment"]
    assert (amount.status, amount.why) == ("ask", "which_subject")
    assert amount.candidates == (LAU, HA_AGAIN)


@pytest.mark.parametrize(
    "between",
    [
        "",
        "UBND xã Tiên Lãng đã chi trả cho 150 hộ. ",
        "Sở Xây dựng đã báo cáo UBND thành phố. ",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông đã họp. ",
    ],
)
def test_a_commune_s_or_a_body_s_sentence_leaves_the_project_as_it_is(between: str) -> None:
    assert sure(f"{LAU} đang thi công. {between}Dự án này {MUST}") == {LAU}


def test_a_word_that_only_one_of_two_things_fits_tells_which() -> None:
    for thing, name in (("Cầu này", LAU), ("Tuyến đường này", HA)):
        assert sure(f"{LAU} và {HA_AGAIN} đang thi công. {thing} {MUST}") == {name}, thing


@pytest.mark.parametrize("heading", ["II. Kết quả thực hiện", "KẾT QUẢ", "Tiến độ thực hiện:"])
def test_a_heading_between_ends_what_is_carried_on(heading: str) -> None:
    assert not sure(f"{LAU} đang thi công.\n\n{heading}\n\nDự án này {MUST}")
    both = f"{LAU} và {HA_AGAIN} đang thi công.\n\n{heading}\n\nCác dự án trên {MUST}"
    assert not sure(both)


def test_a_new_list_between_ends_what_is_carried_on() -> None:
    listed = "- Tập trung chi trả.\n- Tăng cường kiểm tra.\n\n"
    assert not sure(f"{LAU} đang thi công.\n\n{listed}Dự án này {MUST}")
    assert not sure(f"{LAU} và {HA_AGAIN} đang thi công.\n\n{listed}Các dự án trên {MUST}")


@pytest.mark.parametrize("many", ["Các dự án trên", "Hai dự án này", "Cả hai dự án trên"])
def test_all_that_were_enumerated_are_meant(many: str) -> None:
    assert sure(f"{LAU} và {HA_AGAIN} đang thi công. {many} đều {MUST}") == {LAU, HA}
    assert sure(f"1. {LAU}\n\n2. {HA}\n\n{many} đều {MUST}") == {LAU, HA}


@pytest.mark.parametrize(
    "text",
    [
        f"{LAU} và {HA_AGAIN} đang thi công. Cả ba dự án trên đều {MUST}",
        f"{LAU} đang thi công. Các dự án trên đều {MUST}",
        f"{LAU} và {HA_AGAIN} đang thi công. Dự án kè Cồn Dừa đã xong. Các dự án trên đều {MUST}",
    ],
)
def test_what_is_not_all_that_was_enumerated_is_never_sure(text: str) -> None:
    assert not sure(text)


def test_an_amount_of_several_together_is_no_single_one_s() -> None:
    text = f"{LAU} và {HA_AGAIN} đang thi công. Các dự án trên có tổng mức đầu tư 840 tỷ đồng."
    amounts = [s for s in read(DAY + text).statements if s.value == 840_000]
    assert amounts
    assert not [s for s in amounts if s.status == "sure" and s.subject_kind == "project"]


def test_a_place_where_projects_lie_points_back_to_nothing() -> None:
    text = f"{LAU} đang thi công. {HA} là dự án trên địa bàn phường Hải An, {MUST}"
    assert sure(text) == {HA}


def test_a_line_with_its_own_project_begins_anew() -> None:
    text = f"{LAU} đang thi công.\n\n{HA} đang thi công. Dự án này {MUST}"
    assert sure(text) == {HA}


@pytest.mark.parametrize("many", ["Các nội dung trên", "Các đơn vị này", "Các thủ tục trên"])
def test_other_things_than_projects_are_not_those_that_were_named(many: str) -> None:
    assert not sure(f"{LAU} và {HA_AGAIN} đang thi công. {many} {MUST}")


def test_two_projects_joined_by_and_are_two() -> None:
    for second in (HA, HA_AGAIN):
        assert sure(f"{LAU} và {second} {MUST}") == {LAU, HA}

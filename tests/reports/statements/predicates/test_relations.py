"""Owners, who is asked to act, where things lie."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Cầu Bến Lau do Công ty Cổ phần Thụy Lôi làm chủ đầu tư.", "Công ty Cổ phần Thụy Lôi"),
        ("Dự án cầu Bến Lau, chủ đầu tư: Sở Xây dựng.", "Sở Xây dựng"),
        (
            "Dự án cầu Bến Lau do Ban Quản lý dự án khu vực Vĩnh Bảo đứng tên chủ đầu tư.",
            "Ban Quản lý dự án khu vực Vĩnh Bảo",
        ),
        (
            "Công ty TNHH Hạ tầng Bắc Hà bỏ ra 1.250 tỷ đồng xây Cụm công nghiệp Thụy Lôi.",
            "Công ty TNHH Hạ tầng Bắc Hà",
        ),
        ("Công ty CP Thụy Lôi đầu tư Cụm công nghiệp Tiên Cường 2.", "Công ty CP Thụy Lôi"),
    ],
)  # fmt: skip
def test_an_owner_is_the_body_that_the_words_say(text: str, owner: str) -> None:
    (statement,) = find(text, "owner")
    assert (statement.value, statement.status) == (owner, "sure")


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cầu Bến Lau do Sở Xây dựng thẩm định.",
        "Dự án cầu Bến Lau được Thủ tướng Chính phủ giao cho UBND thành phố thực hiện.",
    ],
)
def test_who_only_checks_or_is_handed_it_owns_nothing(text: str) -> None:
    assert find(text, "owner") == []


def test_each_body_of_a_list_is_asked_with_its_own_commune() -> None:
    text = (
        "Chủ tịch UBND thành phố yêu cầu UBND các xã Vĩnh Bảo, Vĩnh Hải và Sở Xây dựng khẩn trương "
        "giải phóng mặt bằng dự án cầu Bến Lau."
    )
    asked = find(text, "asked_to_act")
    assert [s.value for s in asked] == ["UBND xã Vĩnh Bảo", "UBND xã Vĩnh Hải", "Sở Xây dựng"]
    assert [len(s.communes) for s in asked] == [1, 1, 0]
    assert all("cầu Bến Lau" in s.subject and s.mood == "required" for s in asked)


@pytest.mark.parametrize(
    "text",
    [
        "a) UBND phường Hải An: chốt danh sách hộ tái định cư.",
        "UBND phường Hải An có trách nhiệm chi trả cho các hộ.",
        "UBND phường Hải An phải chi trả cho các hộ.",
        "Đề nghị UBND phường Hải An giao đất cho các hộ.",
        "Nhiệm vụ: UBND phường Hải An chi trả cho các hộ.",
    ],
)
def test_a_committee_is_asked_in_every_usual_way(text: str) -> None:
    (asked,) = find(text, "asked_to_act")
    assert asked.value == "UBND phường Hải An"
    assert len(asked.communes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "UBND phường Hải An yêu cầu các hộ nhận tiền.",
        "Theo yêu cầu của Chủ tịch UBND thành phố, các hộ phải nhận tiền.",
        "Đất đã được bàn giao cho Ban Quản lý dự án khu vực Vĩnh Bảo.",
        "Kế hoạch Thủ tướng Chính phủ giao là 1.250 tỷ đồng.",
    ],
)
def test_who_asks_or_is_given_something_is_not_asked(text: str) -> None:
    assert find(text, "asked_to_act") == []


def test_a_remark_behind_a_company_does_not_hide_that_it_owns() -> None:
    text = "Dự án kè Bến Lau do Công ty CP Mây Trắng (thuộc Tập đoàn Gió) làm chủ đầu tư."
    assert [s.value for s in find(text, "owner")] == ["Công ty CP Mây Trắng"]


def test_where_another_task_is_done_is_no_place_of_what_was_named_before() -> None:
    text = "Lập hồ sơ KCN Thụy Lôi; hoàn thiện kế hoạch phát triển du lịch tại xã Vĩnh Hải."
    assert find(text, "located_in") == []
    (place,) = find("Lập hồ sơ KCN Thụy Lôi; nằm tại xã Vĩnh Hải.", "located_in")
    assert "Thụy Lôi" in place.subject

"""Bodies by name: where their names end, lists of committees and of boards."""

from __future__ import annotations

import pytest

from reports.statements.lexing.body_names import find_bodies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Xây dựng đề xuất lùi ngày.", ["Sở Xây dựng"]),
        ("Sở Văn hóa, Thể thao và Du lịch phối hợp.", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Bộ Kế hoạch và Đầu tư, song", ["Bộ Kế hoạch và Đầu tư"]),
        ("Sở Tài chính và Sở Xây dựng tổng hợp.", ["Sở Tài chính", "Sở Xây dựng"]),
        ("UBND các xã Vĩnh Bảo, Vĩnh Hải: rà soát", ["UBND xã Vĩnh Bảo", "UBND xã Vĩnh Hải"]),
        (
            "UBND các phường Hồng An, Hải An và xã Kiến Hải tập trung",
            ["UBND phường Hồng An", "UBND phường Hải An", "UBND xã Kiến Hải"],
        ),
        ("UBND xã Vĩnh Bảo, UBND xã Vĩnh Hải để", ["UBND xã Vĩnh Bảo", "UBND xã Vĩnh Hải"]),
        ("Công ty Cổ phần Thụy Lôi đầu tư Cụm công nghiệp Bắc Hà", ["Công ty Cổ phần Thụy Lôi"]),
        ("Ban Quản lý dự án đường Thụy Lôi nhận đất", ["Ban Quản lý dự án đường Thụy Lôi"]),
        ("Công ty CP Green i-Lau, rộng", ["Công ty CP Green i-Lau"]),
        ("Phó Chủ tịch Thường trực UBND thành phố kết luận", ["UBND thành phố"]),
        ("Ban này chưa bố trí vốn.", []),
    ],
)
def test_a_body_s_name_ends_where_no_name_goes_on(text: str, names: list[str]) -> None:
    assert [body.name for body in find_bodies(text)] == names


def test_a_committee_knows_where_its_commune_stands() -> None:
    text = "Đề nghị UBND xã Kiến Hải chi trả."
    (body,) = find_bodies(text)
    assert text[body.place : body.end] == "xã Kiến Hải"


def test_a_board_of_works_is_a_body_with_all_of_its_name() -> None:
    (body,) = find_bodies("Theo Ban quản lý các dự án công trình giao thông TP Hải Phòng, đến nay")
    assert body.name == "Ban quản lý các dự án công trình giao thông TP Hải Phòng"

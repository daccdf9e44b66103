"""Names of things: where they begin and end, what makes two of them differ."""

from __future__ import annotations

import pytest

from reports.statements.lexing.body_names import find_bodies
from reports.statements.lexing.names import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Dự án khu đất đấu giá quyền sử dụng đất để làm nhà tại Bến Lau",
            ["Dự án khu đất đấu giá quyền sử dụng đất"],
        ),
        (
            "Dự án xây dựng nhà ở thương mại tại phường Bến Lau, quận Mây (nay là phường Gạo)",
            ["Dự án xây dựng nhà ở thương mại tại phường Bến Lau"],
        ),
        ("Dự án Khu đô thị Mây Xanh tại phường Bến Lau", ["Dự án Khu đô thị Mây Xanh"]),
        ("số 9 liền kề 2 chung cư Mây Xanh, TDP Lá Dừa, phường Gạo", ["chung cư Mây Xanh"]),
        ("mục tiêu 469 căn nhà ở xã hội quý II, 988 căn cả năm", []),
        ("Cầu Bến Lau vượt sông Mây dài 1,3 km", ["Cầu Bến Lau vượt sông Mây"]),
        ("đường Bến Lau kéo dài rộng 12 m", ["đường Bến Lau kéo dài"]),
        ("hàng qua cảng Quý I/2026 đạt 12 triệu tấn", []),
        ("Khu công nghiệp Mây Xanh (khu B - giai đoạn 1)", ["Khu công nghiệp Mây Xanh (khu B)"]),
    ],
)
def test_a_name_ends_where_the_thing_s_own_words_end(text: str, names: list[str]) -> None:
    assert [name.name for name in find_names(text)] == names


def test_a_centre_that_serves_people_is_a_body() -> None:
    text = "bố trí trụ sở cho Trung tâm Phục vụ hành chính công xã Bến Lau"
    assert next(body.name for body in find_bodies(text)).startswith("Trung tâm Phục vụ")

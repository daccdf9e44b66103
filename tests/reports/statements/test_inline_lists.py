"""Lists inside a sentence: what is said in one item is of its own thing, never of another's."""

from __future__ import annotations

from tests.reports.statements.test_sentences import read

LIST = (
    "Các dự án gồm: (1) Khu đất Công ty cổ phần Sao Mai tại phường Thủy Nguyên, diện tích "
    "24.500,2 m² (trong đó đất ở là 8.089,6m²); (2) Khu đô thị mới tại xã Vĩnh Bảo; "
    "(3) Dự án nhà ở thương mại (giá rẻ) tại phường An Hải; (4) Công ty TNHH Bến Lau "
    "(Trạm bơm Đò Hạ)."
)


def test_each_item_has_its_own_place_and_size() -> None:
    said = read(LIST + "\n").statements
    lies = {s.subject: s.stated for s in said if s.field == "located_in"}
    assert lies == {
        "Khu đất Công ty cổ phần Sao Mai": "phường Thủy Nguyên",
        "Khu đô thị mới tại xã Vĩnh Bảo": "xã Vĩnh Bảo",
        "Dự án nhà ở thương mại (giá rẻ) tại phường An Hải": "phường An Hải",
    }
    areas = [s for s in said if s.field == "area"]
    assert [(s.value, s.unit) for s in areas] == [(24500.2, "m2"), (8089.6, "m2")]
    assert {s.subject for s in areas} == {"Khu đất Công ty cổ phần Sao Mai"}


def test_a_list_of_conditions_is_none_of_things() -> None:
    text = "Dự án cầu Bến Lau: (1) dài 2,5 km; (2) tổng mức đầu tư 300 tỷ đồng.\n"
    assert {s.subject for s in read(text).statements} == {"Dự án cầu Bến Lau"}


def test_what_is_said_before_a_list_is_of_all_of_it() -> None:
    text = "Khởi công ngày 15/01/2026 hai dự án: (1) Dự án cầu Bến Lau; (2) Dự án cầu Vạn Hạ.\n"
    starts = {s.subject for s in read(text).statements if s.field == "start"}
    assert "Dự án cầu Bến Lau" in starts

"""Whose figures are whose: lists, headings, addresses, causes, parts."""

from __future__ import annotations

import pytest

from reports.statements.lexing.names import find_names
from tests.reports.statements.test_sentences import find, read

DAY = "Ngày 12/3/2026\n\n"


def subjects(text: str, field: str) -> list[tuple[str, float | str]]:
    return [(s.subject, s.value) for s in find(text, field)]


def test_items_below_a_numbered_heading_are_about_it() -> None:
    text = (
        "1. Đường nối nút giao Bến Lau với đường trục Vạn Hạ\n- Quy mô: chiều dài 6,2 km.\n"
        "- Tổng mức đầu tư: 840 tỷ đồng.\n2. Trường THPT Hòa Sơn\n- Tổng mức đầu tư: 96 tỷ đồng.\n"
    )
    assert subjects(text, "length") == [("Đường nối nút giao Bến Lau", 6.2)]
    assert subjects(text, "investment") == [
        ("Đường nối nút giao Bến Lau", 840_000), ("Trường THPT Hòa Sơn", 96_000),
    ]  # fmt: skip


def test_an_address_or_a_place_beside_a_name_has_none_of_its_figures() -> None:
    text = "(1) NƠXH Bến Lau, Khu kinh tế Đình Vũ - Cát Hải: 640 căn.\n"
    assert [name for name, _ in subjects(text, "dwellings")] == ["NƠXH Bến Lau"]
    lead = "Danh mục nhà ở xã hội gồm:\n\n"
    text = f"{lead}(1) Chung cư cho công nhân tại Khu dân cư Vạn Hạ: 220 căn.\n"
    ((name, _),) = subjects(text, "dwellings")
    assert name == "Chung cư cho công nhân tại Khu dân cư Vạn Hạ"


def test_names_behind_a_colon_are_of_the_kind_before_it() -> None:
    names = find_names("Thành phố khởi công 2 nút giao: Bến Lau - Vạn Hạ, Hòa Sơn - Đò Hàn.")
    assert [name.name for name in names] == [
        "nút giao Bến Lau - Vạn Hạ",
        "nút giao Hòa Sơn - Đò Hàn",
    ]


def test_figures_named_in_the_same_order_go_to_their_own() -> None:
    text = f"{DAY}Có 12 khu công nghiệp và 30 cụm công nghiệp, rộng lần lượt 2.400 ha và 910 ha.\n"
    assert subjects(text, "area") == [
        ("12 khu công nghiệp", 2400), ("30 cụm công nghiệp", 910),
    ]  # fmt: skip


def test_the_whole_keeps_the_amount_that_follows_its_parts() -> None:
    text = (
        f"{DAY}Dự án chỉnh trang đô thị ven sông Lau gồm kè và các đường Bến Lau, Vạn Hạ, "
        "tổng mức đầu tư 310 tỷ đồng.\n"
    )
    ((name, _),) = subjects(text, "investment")
    assert name.startswith("Dự án chỉnh trang")


def test_phases_former_values_and_kinds_of_land_are_no_totals() -> None:
    text = (
        f"{DAY}KCN Bến Lau: tăng từ 120 ha lên 185 ha. Giai đoạn 1 là 90 ha; đất cây xanh 12 ha.\n"
    )
    areas = {s.value: (s.detail, s.status) for s in find(text, "area")}
    assert areas[120] == ("trước khi điều chỉnh", "sure")
    assert areas[185] == ("", "sure")
    assert areas[90][0].lower() == "giai đoạn 1"
    assert areas[12][0] == "đất cây xanh"


def test_two_totals_of_one_thing_are_asked_about() -> None:
    text = f"{DAY}Cầu Bến Lau dài 2,4 km.\n\nĐến nay cầu Bến Lau dài 2,9 km đã hợp long.\n"
    lengths = find(text, "length")
    assert {s.status for s in lengths} == {"ask"}
    assert {s.why for s in lengths} == {"contradiction"}
    assert {s.candidates for s in lengths} == {("2.4", "2.9")}


def test_so_many_of_so_many_kilometres_are_no_length() -> None:
    text = f"{DAY}Dự án đường trục Hòa Sơn đã bàn giao mặt bằng 7,8/16,7 km.\n"
    assert not find(text, "length")
    (done,) = find(text, "land_handed_over")
    assert (done.value, done.total) == (7.8, 16.7)


def test_a_title_and_its_date_are_not_left_over() -> None:
    long = (
        "Cầu Bến Lau vượt sông Lau có chiều dài 2,4 km, mặt cầu đã được rải nhựa từ cuối năm 2025."
    )
    text = f"Hải Phòng đẩy nhanh các công trình giao thông\n\nNgày 12/3/2026\n\n{long}\n\n{long}\n"
    assert {entry.place.line_from for entry in read(text).unread} <= {5, 7}


def test_what_one_numbered_entry_names_is_not_what_the_next_speaks_of() -> None:
    text = (
        "Gồm: (1) Dự án khu dân cư Bến Lau tại phường Hải An; (2) khu đất của công ty Mây Trắng, "
        "diện tích 2,5 ha; (3) Dự án khu đô thị Vạn Hạ, diện tích 7 ha."
    )
    areas = {s.value: s.subject for s in read(text).statements if s.field == "area"}
    assert areas[7.0] == "Dự án khu đô thị Vạn Hạ"
    assert areas.get(2.5, "") == ""


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Giải ngân chậm tại các dự án hơn 1.000 tỷ đồng của Hải Phòng.", set()),
        ("Tuyến đường Bến Lau là dự án 700 tỷ đồng, giải ngân chậm.", {"investment"}),
        ("Dự án cầu Bến Lau giải ngân 700 tỷ đồng.", {"disbursed"}),
    ],
)
def test_an_amount_right_behind_projects_is_their_size(text: str, fields: set[str]) -> None:
    made = [s for s in read(text).statements if s.unit == "triệu đồng"]
    assert {s.field for s in made} == fields


DISBURSED = "Ngày 04/9/2025\n\nUBND thành phố Hải Phòng họp về giải ngân vốn đầu tư công.\n\n"


def test_what_boards_spent_is_not_the_citys() -> None:
    text = DISBURSED + (
        "Trong đó, Ban Quản lý dự án Bến Lau đạt tỷ lệ giải ngân vốn đầu tư công cao nhất với "
        "64,5%. Còn lại là các ban quản lý dự án đầu tư xây dựng các khu vực là Nam Sách (59,7%), "
        "Kiến An (52,5%)."
    )
    shares = [s for s in read(text).statements if s.field == "disbursed_pct"]
    assert {s.value for s in shares} == {64.5, 59.7, 52.5}
    assert {s.subject_kind for s in shares} == {"body"}


def test_a_share_in_brackets_behind_a_name_is_not_the_citys() -> None:
    text = DISBURSED + "Đơn vị Lá Mây (30,3%) giải ngân thấp."
    assert not [s for s in read(text).statements if s.subject_kind == "city"]


def test_the_goal_that_the_city_passed_is_no_result() -> None:
    text = DISBURSED + (
        "Toàn thành phố giải ngân 20.858 tỷ đồng, vượt so với mục tiêu thành phố đề ra (53,6%)."
    )
    (share,) = [s for s in read(text).statements if s.field == "disbursed_pct"]
    assert share.mood == "planned"


def test_a_text_on_one_project_is_asked_about_it_where_nothing_else_is_named() -> None:
    text = (
        "Họp về Dự án kè Bến Lau.\n\nTheo báo cáo, UBND xã đã lập hội đồng bồi thường.\n\n"
        "Địa phương sẽ thu hồi khoảng 27 ha đất, ảnh hưởng đến 160 hộ dân.\n"
    )
    made = [s for s in read(text).statements if s.field in {"land_to_clear", "households"}]
    assert {(s.subject, s.status, s.why) for s in made} == {("Dự án kè Bến Lau", "ask", "subject")}
    again = text.replace("Địa phương sẽ", "Dự án cần")
    sure = [s for s in read(again).statements if s.field == "land_to_clear"]
    assert [(s.subject, s.status) for s in sure] == [("Dự án kè Bến Lau", "sure")]
    several = text + "\nDự án cầu Vạn Hạ dài 2 km.\n"
    asked = [s for s in read(several).statements if s.field in {"land_to_clear", "households"}]
    assert {s.subject for s in asked} == {""}


def test_land_in_communes_for_a_thing_is_that_thing_s() -> None:
    text = (
        "Phải thu hồi nhiều đất: 204 ha ở các phường Bạch Đằng, Hòa Bình, Nam Triệu "
        "dành cho Dự án đầu tư xây dựng hạ tầng Khu công nghiệp Thủy Nguyên."
    )
    (land,) = find(text, "land_to_clear")
    assert (land.subject, land.value) == ("Khu công nghiệp Thủy Nguyên", 204.0)
    assert len(land.communes) == 3


def test_an_amount_that_its_share_of_the_bracketed_plan_denies_is_asked_about() -> None:
    text = DISBURSED + (
        "Đến nay, thành phố giải ngân 68.398 tỷ đồng, đạt 22,87% kế hoạch vốn không bao gồm tiết "
        "kiệm 5% và vốn ODA vay lại (36.728 tỷ đồng)."
    )
    made = {s.field: s for s in read(text).statements}
    assert (made["allocated"].value, made["allocated"].status) == (36_728_000.0, "sure")
    assert (made["disbursed"].status, made["disbursed"].why) == ("ask", "contradiction")
    assert "8399694" in made["disbursed"].candidates


@pytest.mark.parametrize(
    "rest",
    ["đến nay đã bàn giao 20,1 ha", "đã bàn giao 20,1 ha, chi trả cho 150 hộ"],
)
def test_a_figure_after_a_semicolon_is_the_commune_s_that_the_sentence_is_about(rest: str) -> None:
    text = (
        "Tiến độ giải phóng mặt bằng dự án đường Bến Lau\n\n"
        f"Xã Tiên Lãng phải thu hồi 35,2 ha của 210 hộ; {rest}.\n"
    )
    assert subjects(text, "land_handed_over") == [("Xã Tiên Lãng", 20.1)]


def test_a_project_named_after_the_commune_keeps_its_figures() -> None:
    text = (
        "Phường Hải An đã kiểm đếm xong 210 hộ của dự án đường Bến Lau; "
        "đến nay đã bàn giao 20,1 ha.\n"
    )
    ((name, _),) = subjects(text, "land_handed_over")
    assert "Bến Lau" in name

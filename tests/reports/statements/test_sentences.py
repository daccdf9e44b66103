"""What sentences say, as statements: each with its subject, field, value, mood and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.open import open_document

if TYPE_CHECKING:
    from reports.model.statement import Statement, StatementReading


def read(text: str) -> StatementReading:
    document = open_document(text.encode(), "van-ban.txt")
    return extract_document(document, get_default_geocoder()).reading


def find(text: str, field: str) -> list[Statement]:
    return [s for s in read(text).statements if s.field == field]


def test_a_project_in_a_sentence_has_its_amount_its_length_and_its_day() -> None:
    text = (
        "Ngày 12/3/2026\n\nDự án cầu Bến Lau vượt sông Văn Úc có tổng mức đầu tư hơn "
        "1.235 tỷ đồng, dài 2,4 km, dự kiến khởi công quý III/2026.\n"
    )
    (investment,) = find(text, "investment")
    assert (investment.value, investment.unit) == (1_235_000, "triệu đồng")
    assert (investment.qualifier, investment.status) == ("over", "sure")
    assert "cầu Bến Lau" in investment.subject
    (length,) = find(text, "length")
    assert (length.value, length.unit) == (2.4, "km")
    (start,) = find(text, "start")
    assert (start.value, start.mood) == ("2026-Q3", "planned")


@pytest.mark.parametrize(
    "words", ["phấn đấu giải ngân 9.120 tỷ đồng", "phải giải ngân 9.120 tỷ đồng"]
)
def test_a_target_is_never_what_the_city_has_done(words: str) -> None:
    statements = read(f"Ngày 05/11/2025\n\nQuý IV, thành phố {words} vốn đầu tư công.\n").statements
    (target,) = [s for s in statements if s.value == 9_120_000]
    assert target.field in {"disbursement_target", "planned_disbursement"}
    assert (target.subject_kind, target.mood) != ("city", "done")


def test_offsets_and_lines_are_those_of_the_words() -> None:
    text = "Tiêu đề\n\nDự án đường trục Tân Hòa dài 3,5 km.\n\nCụm công nghiệp Bắc Hà rộng 48 ha.\n"
    for statement in read(text).statements:
        assert statement.sentence[statement.start : statement.end] == statement.stated
    assert {s.place.line_from for s in find(text, "area")} == {5}


def test_every_sentence_is_counted_once() -> None:
    reading = read("Một câu. Dự án cầu Lau dài 2 km. Trời đẹp! Còn 15 hộ chưa giao mặt bằng.\n")
    assert reading.balance.exact
    assert reading.balance.total == 4


def test_what_nothing_uses_is_left_over_as_it_stands() -> None:
    (unread,) = read("Dự án cầu Bến Lau được nhắc tại văn bản số 4521 và trang 17.\n").unread
    assert {"4521", "17"} <= set(unread.left_over)


def test_a_name_may_say_itself_where_its_thing_lies() -> None:
    (place,) = find("Ngày 12/3/2026\n\nNhà ở xã hội phường Hải An có 420 căn.\n", "located_in")
    assert place.communes == ("11413",)


def test_what_says_a_part_s_figure_again_is_of_the_part() -> None:
    text = (
        "Ngày 12/3/2026\n\nDự án cầu Bến Lau đã giao mặt bằng khoảng 70% (riêng Kim Sơn 40%, tức "
        "3/7,5 km).\n"
    )
    (land,) = find(text, "land_handed_over")
    assert (land.value, land.total, land.detail) == (3, 7.5, "Kim Sơn")
    assert land.is_part


def test_the_length_of_what_is_counted_is_not_the_project_s() -> None:
    text = (
        "Ngày 12/3/2026\n\nDự án đường Bến Lau đã giao mặt bằng 80%, còn khoảng 4 đoạn xôi đỗ, "
        "tổng chiều dài 1,2 km.\n"
    )
    (length,) = find(text, "length")
    assert (length.value, length.subject_kind) == (1.2, "works")


def test_the_scale_of_a_plan_counts_nothing() -> None:
    text = "Ngày 12/3/2026\n\nPhê duyệt 01 quy hoạch khu 1/2000 KCN Thụy Lôi.\n"
    assert [(s.value, s.unit) for s in find(text, "count")] == [(1, "quy hoạch")]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Hồ sơ của 3 khu công nghiệp Thụy Lôi 2; Bắc Hà; Tân Lũng đã gửi đi.", ""),
        ("Trình thẩm định 3 dự án và nghiên cứu 2 dự án khác.", ""),
        ("Có 3 dự án NƠXH đã khởi công.", "NƠXH đã khởi công"),
    ],
)
def test_what_is_counted_is_narrowed_by_its_own_words_only(text: str, detail: str) -> None:
    count = find(f"Ngày 12/3/2026\n\n{text}\n", "count")[0]
    assert (count.value, count.detail) == (3, detail)


def test_figures_of_times_in_a_row_share_their_unit_and_have_their_times() -> None:
    text = (
        "Hải Phòng, ngày 30/6/2026\n\nThành phố hoàn thành 900 căn nhà ở xã hội "
        "(Quý I: 300; Quý II: 600 căn).\n"
    )
    said = [(s.value, s.when) for s in find(text, "dwellings")]
    assert said == [(900, ""), (300, "2026-Q1"), (600, "2026-Q2")]


def test_the_dwellings_of_one_project_are_not_the_city_s() -> None:
    text = (
        "Hải Phòng, ngày 30/6/2026\n\nCó 01 dự án nhà ở xã hội đưa sản phẩm ra thị trường "
        "với quy mô 450 căn.\n"
    )
    (dwellings,) = find(text, "dwellings")
    assert (dwellings.value, dwellings.subject_kind) == (450, "works")


@pytest.mark.parametrize(
    ("title", "mood"),
    [
        ("II. MỤC TIÊU\n\n3. Một số chỉ tiêu chủ yếu", "planned"),
        ("I. KẾT QUẢ THỰC HIỆN MỤC TIÊU\n\n3. Một số chỉ tiêu chủ yếu", "measured"),
    ],
)
def test_what_stands_among_goals_is_no_result(title: str, mood: str) -> None:
    text = f"Hải Phòng, ngày 5/1/2026\n\n{title}\n\n(1) Số căn nhà ở xã hội đạt 450 căn.\n"
    assert [s.mood for s in find(text, "dwellings")] == [mood]


def test_a_rank_counts_nothing_and_the_title_of_a_paper_plans_nothing() -> None:
    head = "Hải Phòng, ngày 5/1/2026\n\n"
    assert find(f"{head}Chỉ số xanh thuộc top 5 địa phương dẫn đầu.\n", "count") == []
    text = "Theo Nghị quyết số 4/NQ-HĐND về kế hoạch năm 2026, danh mục bao gồm 31 dự án.\n"
    assert [s.mood for s in find(head + text, "count")] == ["measured"]


def test_how_far_a_thing_is_behind_is_no_share_of_it() -> None:
    text = (
        "Ngày 12/3/2026\n\nDự án cầu Bến Lau đã thi công 38% khối lượng, chậm 6% so với kế hoạch.\n"
    )
    assert [s.value for s in find(text, "construction_pct")] == [38]


def test_land_to_be_handed_over_is_no_finish_of_the_works() -> None:
    head = "Ngày 12/3/2026\n\n"
    text = f"{head}Dự án đường Bến Lau còn 4,5 ha dự kiến bàn giao trước ngày 30/9/2026.\n"
    assert find(text, "finish") == []
    assert [s.value for s in find(text, "deadline")] == ["2026-09-30"]
    text = (
        f"{head}Dự án đường Bến Lau dài 29,7 km. Huyện còn phải bàn giao 2,1 km, yêu cầu hoàn "
        "thành trong tháng 9/2026.\n"
    )
    assert find(text, "finish") == []
    assert [(s.value, s.status) for s in find(text, "length")] == [(29.7, "sure")]
    assert [(s.value, s.mood) for s in find(text, "land_remaining")] == [(2.1, "measured")]


def test_who_demands_something_is_not_who_has_to_do_it() -> None:
    text = (
        "Hải Phòng, ngày 12/3/2026\n\nDự án đường Bến Lau chậm. UBND thành phố yêu cầu UBND "
        "phường Hải An chi trả cho 42 hộ trong tháng 8.\n"
    )
    (deadline,) = find(text, "deadline")
    assert deadline.bodies == ("UBND phường Hải An",)
    (paid,) = find(text, "households_paid")
    assert (paid.subject, paid.subject_kind) == ("phường Hải An", "commune")


def test_a_goal_reached_by_some_works_plans_nothing_of_the_others() -> None:
    text = (
        "Hải Phòng, ngày 12/3/2026\n\nCó 21/31 công trình hoàn thành mục tiêu quý, 7 công trình "
        "chậm.\n"
    )
    assert [s.mood for s in find(text, "count")] == ["measured", "measured"]


def test_the_line_of_a_papers_number_is_not_left_over() -> None:
    text = "ỦY BAN NHÂN DÂN\n\nXÃ KIẾN HẢI\n\nSố: 87/BC-UBND\n\nDự án cầu Bến Lau chậm.\n"
    assert not [one for one in read(text).unread if "87" in one.sentence]


def test_an_item_of_a_list_that_names_no_park_is_none() -> None:
    text = (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG\n\nHải Phòng, ngày 18 tháng 9 năm 2026\n\n"
        "THÔNG BÁO\n\nKết luận về các cụm công nghiệp\n\n"
        "a) Trình quy hoạch phân khu KCN Thụy Lôi 2 (diện tích 470 ha) trước ngày 30/11/2026.\n\n"
        "b) Giải ngân vốn đầu tư công: đến ngày 15/9/2026 thành phố giải ngân 22.105 tỷ đồng; phấn "
        "đấu đến 31/12/2026 đạt 100%.\n"
    )
    assert [s.subject for s in find(text, "area")] == ["KCN Thụy Lôi 2"]
    assert [s.subject_kind for s in find(text, "disbursed")] == ["city"]
    assert [(s.value, s.when) for s in find(text, "disbursed_pct")] == [(100, "2026-12-31")]


def test_who_is_told_to_finish_a_step_finishes_no_works() -> None:
    text = (
        "Hải Phòng, ngày 18/9/2026\n\nVề dự án cầu Bến Lau: đã chi trả bồi thường cho 80/92 hộ với "
        "số tiền 46 tỷ đồng. Giao UBND xã Vĩnh Bảo hoàn thành trước ngày 15/10/2026.\n"
    )
    assert find(text, "finish") == []
    assert [(s.value, s.mood) for s in find(text, "deadline")] == [("2026-10-15", "required")]
    assert [s.value for s in find(text, "compensation")] == [46_000]


def test_what_was_before_a_change_is_not_what_is() -> None:
    text = (
        "Hải Phòng, ngày 18/9/2026\n\nDự án cầu Bến Lau: điều chỉnh thời gian hoàn thành từ quý "
        "III/2026 sang quý I/2027; tổng mức đầu tư tăng từ 148 tỷ đồng lên 163 tỷ đồng.\n"
    )
    assert [s.value for s in find(text, "finish")] == ["2027-Q1"]
    assert [(s.value, s.detail) for s in find(text, "investment")] == [
        (148_000, "trước khi điều chỉnh"), (163_000, ""),
    ]  # fmt: skip


def test_households_that_were_counted_are_not_cleared_and_land_in_the_way_is_no_size() -> None:
    text = (
        "Ngày 20/8/2026\n\nDự án cầu Bến Lau phải thu hồi đất của 204 hộ; mới kiểm đếm 140 hộ, "
        "vướng 1,8 ha.\n"
    )
    assert [(s.value, s.mood) for s in find(text, "households")] == [
        (204, "measured"), (140, "measured"),
    ]  # fmt: skip
    assert [s.value for s in find(text, "land_remaining")] == [1.8]
    assert find(text, "area") == find(text, "households_cleared") == []

"""What a sentence says of the things that its footnote lists."""

from __future__ import annotations

from tests.reports.statements.test_sentences import read

TEXT = (
    "Đề xuất điều chỉnh kế hoạch tính giá sang năm 2027 đối với 02 dự án¹. Trời đẹp.\n\n"
    "¹ (1) Dự án khu dân cư Bến Lau; (2) Dự án khu đô thị Vạn Hạ.\n"
)


def test_what_cites_a_list_holds_for_each_of_it() -> None:
    works = [s for s in read(TEXT).statements if s.field == "planned_work"]
    assert {s.subject for s in works} == {"Dự án khu dân cư Bến Lau", "Dự án khu đô thị Vạn Hạ"}
    assert {s.place.line_from for s in works} == {1}
    assert all("sang năm 2027" in str(s.value) for s in works)


def test_a_footnote_that_lists_nothing_takes_nothing_over() -> None:
    text = TEXT.replace(
        "(1) Dự án khu dân cư Bến Lau; (2) Dự án khu đô thị Vạn Hạ", "Số liệu của Sở"
    )
    assert not [s for s in read(text).statements if s.field == "planned_work"]


def test_a_new_time_of_what_is_counted_is_that_of_each() -> None:
    """A step that is to be put off is a proposal: it is asked about, the two lists kept apart."""
    text = (
        "Đề xuất điều chỉnh kế hoạch tính giá từ Quý III/2026 sang Quý IV/2026 đối với 02 dự án¹ "
        "(tiền sử dụng đất 832,36 tỷ đồng); đề xuất điều chỉnh kế hoạch tính giá sang năm 2027 "
        "đối với 03 dự án².\n\n"
        "¹ (1) Dự án khu dân cư Bến Lau; (2) Dự án khu đô thị Vạn Hạ.\n\n"
        "² (1) Dự án khu dân cư Cồn Dừa; (2) Dự án khu đô thị Lá Mây; "
        "(3) Khu đất Công ty cổ phần Sao Mai.\n"
    )
    said = [s for s in read(text).statements if s.field == "milestone"]
    assert {(s.subject, s.value) for s in said} == {
        ("02 dự án", "2026-Q4"), ("Dự án khu dân cư Bến Lau", "2026-Q4"),
        ("Dự án khu đô thị Vạn Hạ", "2026-Q4"), ("03 dự án", "2027"),
        ("Dự án khu dân cư Cồn Dừa", "2027"), ("Dự án khu đô thị Lá Mây", "2027"),
        ("Khu đất Công ty cổ phần Sao Mai", "2027"),
    }  # fmt: skip
    assert {(s.detail, s.mood, s.status) for s in said} == {("tính giá", "proposed", "ask")}
    works = [s for s in read(text).statements if s.field == "planned_work"]
    assert not any(str(s.value).startswith("(") for s in works)


def test_what_is_cited_is_a_clause_and_no_more() -> None:
    text = TEXT.replace("Đề xuất", "Trong đó: giao Sở Tài chính thẩm định giá 30 lô đất; đề xuất")
    works = [s for s in read(text).statements if s.field == "planned_work"]
    assert {str(s.value)[:18] for s in works} == {"đề xuất điều chỉnh"}


def test_bare_names_are_what_the_citing_words_list() -> None:
    text = (
        "Đôn đốc hạ tầng 03 khu công nghiệp đã khởi công¹.\n\n"
        "¹ (1) Trảng Duệ 3; (2) Sân bay Tiên Lãng (Khu B); (3) Cảng cửa ngõ quốc tế Hải Phòng.\n"
    )
    started = [s for s in read(text).statements if s.field == "status"]
    assert {s.subject_kind for s in started} == {"park"}
    assert len({s.item for s in started} - {""}) == 3


def test_a_list_behind_another_noun_or_of_another_number_takes_nothing_over() -> None:
    other = TEXT.replace("đối với 02 dự án", "của các dự án; ban hành 02 quyết định đấu giá")
    fewer = TEXT.replace("02 dự án", "03 dự án")
    for text in (other, fewer):
        assert not [s for s in read(text).statements if s.field == "planned_work" and s.item == ""]


def test_a_footnote_without_a_name_speaks_of_what_its_mark_stands_behind() -> None:
    text = (
        "Thu hút đầu tư, tiêu biểu như dự án Tổ hợp giáo dục Bến Lau và Tổ hợp Giáo dục Vạn Hạ¹. "
        "Trời đẹp.\n\n¹ Khởi công tháng 3/2026 tại phường Phù Liễn và phường Thủy Nguyên.\n"
    )
    starts = [s for s in read(text).statements if s.field == "start"]
    assert {s.subject for s in starts} == {
        "dự án Tổ hợp giáo dục Bến Lau", "Tổ hợp Giáo dục Vạn Hạ",
    }  # fmt: skip
    assert {s.value for s in starts} == {"2026-03"}
    places = [s for s in read(text).statements if s.field == "located_in"]
    assert {s.status for s in places} <= {"ask"}

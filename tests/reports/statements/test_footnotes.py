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

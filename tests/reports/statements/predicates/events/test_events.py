"""What times date: each the verb beside it, of the subject or of every one of a list."""

from __future__ import annotations

import pytest

from tests.reports.statements.predicates.said import find


@pytest.mark.parametrize(
    ("words", "field", "value", "mood"),
    [
        ("khởi công ngày 05/9/2025", "start", "2025-09-05", "done"),
        ("khởi công ngày 05/9", "start", "2025-09-05", "done"),
        ("ngày 20/12 khởi công", "start", "2025-12-20", "planned"),
        ("dự kiến được khởi công trong quý II/2026", "start", "2026-Q2", "planned"),
        ("phải hoàn thành trước ngày 30/6/2026", "finish", "2026-06-30", "required"),
        ("hạn hoàn thành 2027", "finish", "2027", "planned"),
        ("phấn đấu hợp long vào tháng 8/2026", "milestone", "2026-08", "planned"),
        ("thi công từ quý I/2025, kết thúc vào quý III/2027", "works_from_to", "2025-Q1..2027-Q3",
         "planned"),
        ("thực hiện từ năm 2019 đến năm 2023", "works_from_to", "2019..2023", "done"),
        ("hoàn thành sau 30 tháng thi công", "duration_months", 30.0, "planned"),
        ("xây trong 28 tháng", "duration_months", 28.0, "planned"),
        ("được UBND thành phố phê duyệt ngày 14/3/2025", "approved_on", "2025-03-14", "done"),
    ],
)  # fmt: skip
def test_a_time_dates_the_verb_beside_it(
    words: str, field: str, value: str | float, mood: str
) -> None:
    (statement,) = find(f"Dự án cầu Bến Lau {words}.\n", field)
    assert (statement.value, statement.mood, statement.status) == (value, mood, "sure")
    assert "cầu Bến Lau" in statement.subject


def test_two_verbs_keep_their_own_times() -> None:
    text = "Tiến độ dự án cầu Bến Lau: khởi công quý I/2026, hoàn thành trước ngày 31/12/2028.\n"
    assert [s.value for s in find(text, "start")] == ["2026-Q1"]
    assert [s.value for s in find(text, "finish")] == ["2028-12-31"]


@pytest.mark.parametrize(
    "text",
    [
        "Ba khu đã khởi công trong tháng 10/2025: KCN Thụy Lôi, KCN Bắc Hà và KCN Tân Lũng.",
        "KCN Thụy Lôi, KCN Bắc Hà và KCN Tân Lũng khởi công trong tháng 10/2025.",
        "Tháng 10/2025 khởi công ba khu, là KCN Thụy Lôi, KCN Bắc Hà và KCN Tân Lũng.",
    ],
)  # fmt: skip
def test_what_is_said_of_a_list_is_said_of_each(text: str) -> None:
    starts = find(text, "start")
    assert {(s.subject.split()[-1], s.value) for s in starts} == {
        ("Lôi", "2025-10"), ("Hà", "2025-10"), ("Lũng", "2025-10"),
    }  # fmt: skip


def test_these_clusters_are_those_named_before() -> None:
    text = (
        "Lãnh đạo thành phố kiểm tra các cụm công nghiệp Thụy Lôi, Bắc Hà và Tân Lũng. "
        "Thành phố phấn đấu ngày 25/12 khởi công các cụm công nghiệp này.\n"
    )
    assert {s.mood for s in find(text, "start")} == {"planned"}
    assert len(find(text, "start")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cầu Bến Lau được nêu tại văn bản số 512/SXD ngày 03/10/2025.",
        "Dự án cầu Bến Lau nằm trong danh sách công trình trọng điểm năm 2025.",
        "Thời hạn hoạt động của dự án cầu Bến Lau là 50 năm.",
        "Ngày 05/11/2025, lãnh đạo thành phố họp về dự án cầu Bến Lau.",
        "Dự án cầu Bến Lau đã chậm 9 tháng.",
        "Dự án cầu Bến Lau có bản đồ tỷ lệ 1/2000.",
        "Phê duyệt quy hoạch chung thành phố đến năm 2040 có dự án cầu Bến Lau.",
        "Dự án cầu Bến Lau theo Nghị quyết số 72-NQ/TW ngày 09/9/2025 của Bộ Chính trị.",
        "Dự án cầu Bến Lau được rà soát; hoàn thành các công trình còn lại trước ngày 30/4/2026.",
        "Dự án cầu Bến Lau góp phần hoàn thành các chỉ tiêu năm 2025.",
        "Dự án cầu Bến Lau thuộc chương trình phối hợp giai đoạn 2021-2025.",
    ],
)
def test_a_time_that_dates_nothing_of_ours_is_left_over(text: str) -> None:
    fields = {
        "start", "finish", "milestone", "deadline", "approved_on", "established_on",
        "duration_months", "works_from_to",
    }  # fmt: skip
    assert [s for s in find(text) if s.field in fields] == []


def test_a_decision_founds_or_approves_on_its_day() -> None:
    text = "Quyết định số 812/QĐ-UBND ngày 06/6/2025 thành lập Cụm công nghiệp Thụy Lôi.\n"
    (founded,) = find(text, "established_on")
    assert (founded.value, founded.mood) == ("2025-06-06", "done")


def test_a_deadline_needs_something_to_be_done() -> None:
    text = (
        "UBND xã Vĩnh Bảo phải chi trả xong tiền bồi thường cho dự án cầu Bến Lau trước ngày "
        "10/12/2025.\n"
    )
    (deadline,) = find(text, "deadline")
    assert (deadline.value, deadline.mood, deadline.qualifier) == (
        "2025-12-10",
        "required",
        "under",
    )
    assert deadline.bodies == ("UBND xã Vĩnh Bảo",)


def test_a_report_before_a_day_is_a_deadline_and_no_letter() -> None:
    text = "Giao Sở Tài chính rà soát dự án cầu Bến Lau, báo cáo trước ngày 31/12/2025."
    (deadline,) = find(text, "deadline")
    assert (deadline.value, deadline.bodies) == ("2025-12-31", ("Sở Tài chính",))


def test_a_deadline_without_a_thing_is_of_the_commune_that_is_asked() -> None:
    text = "Đề nghị UBND X. Vĩnh Hải giao đất tái định cư cho 96 hộ, hạn 30/11/2025."
    (deadline,) = find(text, "deadline")
    assert (deadline.subject_kind, deadline.value) == ("commune", "2025-11-30")
    assert len(deadline.communes) == 1


def test_a_counted_thing_and_its_list_are_the_list() -> None:
    text = "Ngày 05/11/2025 khởi công 2 dự án, gồm cầu Bến Lau và cầu Bến Mây."
    assert {s.value for s in find(text, "start")} == {"2025-11-05"}


def test_a_deadline_is_the_commune_s_that_the_sentence_before_asks() -> None:
    text = (
        "Yêu cầu UBND xã Kiến Thụy vận động các hộ dân bàn giao mặt bằng. "
        "Hoàn thành cưỡng chế trước ngày 10/12/2025."
    )
    (due,) = find(text, "deadline")
    assert (due.subject, due.value, due.status) == ("xã Kiến Thụy", "2025-12-10", "sure")


def test_a_deadline_under_a_condition_is_asked() -> None:
    text = (
        "Đối với xã Kiến Thụy, phương án bồi thường phải được phê duyệt xong trước ngày 10/12. "
        "Trường hợp phải cưỡng chế thì hạn hoàn thành là trước ngày 20/12."
    )
    first, second = find(text, "deadline")
    assert (first.value, first.status) == ("2025-12-10", "sure")
    assert (second.value, second.subject, second.why) == ("2025-12-20", "xã Kiến Thụy", "mood")


def test_another_thing_ends_what_the_sentence_before_asks() -> None:
    text = (
        "Yêu cầu UBND xã Kiến Thụy vận động các hộ dân. Dự án cầu Bến Mây đang thi công. "
        "Hoàn thành chi trả trước ngày 10/12/2025."
    )
    assert all(s.subject != "xã Kiến Thụy" for s in find(text, "deadline"))

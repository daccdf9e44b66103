"""What a report says of itself; '' where it does not."""

from dataclasses import replace

import pytest

from reports.model.document import Document, Paragraph
from reports.model.head.document_head import (
    add_document_metadata,
    propose_period,
    read_period,
)
from tests.reports.sample_report import read


@pytest.mark.parametrize(
    ("text", "title", "period", "as_of"),
    [
        (
            "BÁO CÁO\n\n**kết quả thực hiện quý III năm 2026**",
            "Báo cáo kết quả thực hiện quý III năm 2026",
            "2026-Q3",
            "2026-09-30",
        ),
        (
            "BÁO CÁO\n\nTình hình 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2026",
            "Báo cáo tình hình 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2026",
            "2026-H1",
            "2026-06-30",
        ),
        (
            "BÁO CÁO\n\nTình hình tháng 11 năm 2025",
            "Báo cáo tình hình tháng 11 năm 2025",
            "2025-11",
            "2025-11-30",
        ),
        ("Không có tên.", "", "", ""),
        ("IV. NHIỆM VỤ TRỌNG TÂM THÁNG 12 NĂM 2025", "", "2025-11", "2025-11-30"),
        ("IV. NHIỆM VỤ TRỌNG TÂM THÁNG 1 NĂM 2026", "", "2025-12", "2025-12-31"),
        ("BÁO CÁO", "", "", ""),
    ],
)
def test_title_and_period(text: str, title: str, period: str, as_of: str) -> None:
    document = read(text)
    assert (document.title, document.period, document.as_of) == (title, period, as_of)


def test_a_date_with_blanks_is_no_date() -> None:
    blank = read("Hải Phòng, ngày tháng 6 năm 2026\n\nBÁO CÁO\n\nvề việc thử năm 2026")
    assert blank.issued == ""
    full = read("Hải Phòng, ngày 05 tháng 6 năm 2026\n\nBÁO CÁO\n\nvề việc thử năm 2026")
    assert (full.issued, full.as_of) == ("2026-06-05", "2026-06-05")


def test_drafts_are_marked() -> None:
    assert read("(DỰ THẢO)\n\nBÁO CÁO\n\nthử năm 2026").draft
    assert not read("Xin ý kiến vào dự thảo báo cáo.").draft


def test_the_issuer_is_in_the_letterhead_or_the_signature() -> None:
    assert read("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG").issuer == (
        "Ủy ban nhân dân thành phố Hải Phòng"
    )
    assert read("I. NỘI DUNG\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ").issuer == (
        "Ban Thường vụ Thành ủy Hải Phòng"
    )
    assert read("Văn bản của thành ủy nào đó.").issuer == ""


def test_a_sheet_takes_its_period_from_the_line_above_its_table() -> None:
    """Sheets seldom say "BÁO CÁO"; a text without a kind keeps no title."""
    lines = (Paragraph("Biểu 01"), Paragraph("Tiến độ công trình trọng điểm Quý II năm 2026"))
    sheet = Document("a.xlsx", "0" * 64, "xlsx", 1, lines)
    assert add_document_metadata(sheet).period == "2026-Q2"
    assert not add_document_metadata(replace(sheet, media="text")).period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Quý II/2026", "2026-Q2"),
        ("quý 3 năm 2026", "2026-Q3"),
        ("tháng 5/2026", "2026-05"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("năm 2026", "2026"),
        (" 2026-Q2 ", "2026-Q2"),
        ("2026-H1", "2026-H1"),
        ("hôm qua", "hôm qua"),
        ("", ""),
    ],
)
def test_a_period_is_read_as_people_name_it(text: str, period: str) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    ("days", "rows", "month"),
    [
        ({"as_of": "2031-07-31", "issued": "2031-08-05"}, (), "2031-07"),
        ({"issued": "2031-08-05"}, ("2031-02-28",), "2031-08"),
        ({}, ("2031-06-30", "2031-04", "2031-06-30"), "2031-06"),
        ({"dated": "2031"}, (), ""),
    ],
)
def test_the_month_of_a_papers_day_is_proposed_as_its_period(
    days: dict[str, str], rows: tuple[str, ...], month: str
) -> None:
    document = replace(Document("a.txt", "0" * 64, "text", 1, ()), **days)
    assert propose_period(document, rows) == month

"""Who issues a document: letterheads of two columns and one, misread capitals, every level."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from reports.model.document import Document, Paragraph, TableBlock, TableCell, TableRow
from reports.model.head.document_head import add_document_metadata
from reports.open import open_document
from tests.reports.sample_report import read

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_TITLE = "BÁO CÁO\nKết quả thực hiện nhiệm vụ tháng 3 năm 2026"


def _read(left: str, right: str = _STATE) -> Document:
    """Return a document whose letterhead is a table of one row, as Word keeps it."""
    cells = (TableCell(left), TableCell(f"{right}\nĐộc lập - Tự do - Hạnh phúc"))
    blocks = (TableBlock((TableRow(cells),)), Paragraph(_TITLE))
    return add_document_metadata(Document("a.docx", "0" * 64, "docx", 1, blocks))


@pytest.mark.parametrize(
    ("left", "issuer", "area", "province"),
    [
        (
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG",
            "Ủy ban nhân dân thành phố Hải Phòng",
            "thành phố Hải Phòng",
            "",
        ),
        (
            "UBND THÀNH PHỐ HẢI PHÒNG\nSỞ XÂY DỰNG",
            "Sở Xây dựng thành phố Hải Phòng",
            "thành phố Hải Phòng",
            "",
        ),
        ("UỶ BAN NHÂN DÂN\nTỈNH HÀI DƯƠNG", "Ủy ban nhân dân tỉnh Hải Dương", "tỉnh Hải Dương", ""),
        ("UBND HUYỆN TIÊN LÃNG", "Ủy ban nhân dân huyện Tiên Lãng", "huyện Tiên Lãng", ""),
        ("ỦY BAN NHÂN DÂN\nXÃ KIẾN THỤY", "Ủy ban nhân dân xã Kiến Thụy", "xã Kiến Thụy", ""),
        (
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH THÁI BÌNH",
            "Hội đồng nhân dân tỉnh Thái Bình",
            "tỉnh Thái Bình",
            "Thái Bình",
        ),
        ("UBND HUYỆN VỤ BẢN", "Ủy ban nhân dân huyện Vụ Bản", "huyện Vụ Bản", "Nam Định"),
        ("BỘ TÀI CHÍNH", "Bộ Tài chính", "Bộ Tài chính", "Bộ Tài chính"),
        (
            "CỤC THỐNG KÊ THÀNH PHỐ HẢI PHÒNG",
            "Cục Thống kê thành phố Hải Phòng",
            "thành phố Hải Phòng",
            "",
        ),
        (
            "TỔNG CỤC THỐNG KÊ\nCỤC THỐNG KÊ TỈNH HƯNG YÊN",
            "Cục Thống kê tỉnh Hưng Yên",
            "tỉnh Hưng Yên",
            "Hưng Yên",
        ),
        (
            "BAN QUẢN LÝ KHU KINH TẾ HẢI PHÒNG",
            "Ban Quản lý khu kinh tế Hải Phòng",
            "Ban Quản lý khu kinh tế Hải Phòng",
            "",
        ),
        ("TỈNH ỦY HẢI DƯƠNG", "Tỉnh ủy Hải Dương", "tỉnh Hải Dương", ""),
        ("THÀNH ỦY HẢI PHÒNG", "Thành ủy Hải Phòng", "thành phố Hải Phòng", ""),
        (
            "UBND THÀNH PHỐ HẢI PHÒNG\nBAN QUẢN LÝ DỰ ÁN KHU VỰC THỬ",
            "Ban Quản lý dự án khu vực thử thành phố Hải Phòng",
            "Ban Quản lý dự án khu vực thử thành phố Hải Phòng",
            "",
        ),
    ],
)
def test_issuers_of_every_level(left: str, issuer: str, area: str, province: str) -> None:
    document = _read(left)
    assert (document.issuer, document.area, document.province) == (issuer, area, province)
    assert document.title.startswith("Báo cáo kết quả")


def test_the_number_is_taken_only_when_it_is_filled_in() -> None:
    assert _read("UBND HUYỆN TIÊN LÃNG\nSố: 45/BC-UBND").number == "45/BC-UBND"
    assert _read("UBND HUYỆN TIÊN LÃNG\nSố:      /BC-UBND").number == ""
    blank = _read("UBND HUYỆN TIÊN LÃNG\nSố: /BC-UBND")
    assert (blank.number, blank.issuer) == ("", "Ủy ban nhân dân huyện Tiên Lãng")


def test_two_columns_may_be_parted_by_tabs_or_gaps() -> None:
    tabs = f"UBND TỈNH HẢI DƯƠNG\t{_STATE}\nSỞ CÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc\n\n{_TITLE}"
    gaps = tabs.replace("\t", "        ")
    for text in (tabs, gaps):
        assert read(text).issuer == "Sở Công thương tỉnh Hải Dương"


def test_a_misread_kind_of_document_is_still_its_title() -> None:
    document = read("UBND TỈNH HẢI DƯƠNG\n\nBÁO CẢO\n\nVề việc thử\n\nTháng 0l/2025")
    assert document.title == "Báo cáo về việc thử"
    assert (document.dated, document.as_of, document.issued) == ("2025-01", "2025-01-31", "")


def test_signed_and_draft_are_told_apart() -> None:
    assert read(f"{_TITLE}\n\nNội dung.\n\n(Đã ký)").signed
    assert not read(f"{_TITLE}\n\nVăn bản đã ký kết với nhà đầu tư.").signed
    assert read(f"DỰ THẢO LẦN 2\n\n{_TITLE}").draft


def test_what_a_reader_has_found_stays() -> None:
    document = replace(_read("UBND HUYỆN TIÊN LÃNG"), issuer="", number="7/KH", area="xã An Lão")
    again = add_document_metadata(document)
    assert (again.number, again.area) == ("7/KH", "xã An Lão")


def test_a_letterhead_in_one_line_is_taken_apart() -> None:
    """PDF files often give both columns line by line."""
    line = (
        f"UBND TỈNH HẢI DƯƠNG {_STATE} SỞ CÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc "
        "Số: 45/BC-SCT Hải Dương, ngày 05 tháng 3 năm 2024"
    )
    blocks = (Paragraph(line), Paragraph("BÁO CÁO"), Paragraph("Tình hình quý I năm 2024"))
    document = add_document_metadata(Document("a.pdf", "0" * 64, "pdf", 1, blocks))
    assert document.issuer == "Sở Công thương tỉnh Hải Dương"
    assert (document.number, document.issued) == ("45/BC-SCT", "2024-03-05")
    assert document.title == "Báo cáo tình hình quý I năm 2024"


def test_the_letterhead_of_a_word_file_is_read() -> None:
    file = docx.Document()
    table = file.add_table(1, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN TIÊN LÃNG\nSố: 12/BC-UBND"
    table.cell(0, 1).text = f"{_STATE}\nĐộc lập - Tự do - Hạnh phúc\nngày 5 tháng 4 năm 2024"
    file.add_paragraph("BÁO CÁO")
    file.add_paragraph("Kết quả giải phóng mặt bằng quý I năm 2024")
    data = io.BytesIO()
    file.save(data)
    document = open_document(data.getvalue(), "a.docx")
    assert (document.issuer, document.number) == (
        "Ủy ban nhân dân huyện Tiên Lãng",
        "12/BC-UBND",
    )
    assert (document.issued, document.area) == ("2024-04-05", "huyện Tiên Lãng")

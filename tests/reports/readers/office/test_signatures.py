"""What a file is by its own bytes, whatever its name says; refusals name it."""

from __future__ import annotations

import pytest

from reports.model.errors import EncryptedReportError, UnreadableReportError
from reports.open import open_document
from reports.readers.office.signatures import (
    decode_start,
    recognise_bytes,
    recognise_markup,
    recognise_ole,
)
from tests.reports.readers.old_files import make_ods, make_ole, make_xls, make_zip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><body>a</body></html>", "html"),
        ("\ufeff\r\n <!-- xuất từ hệ thống --><TABLE border=1><tr><td>1</td></tr></TABLE>", "html"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n<html>', "html"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        ("<style>td {color: red}</style><table>", "html"),
        ('MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="a"\r\n\r\n', "mht"),
        ("From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n\n--a", "mht"),
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "excel_xml"),
        ("<?xml version='1.0'?>\n<?mso-application a='Word'?><w:wordDocument>", "word_xml"),
        ("<p:package xmlns:p='http://schemas.microsoft.com/office/2006/xmlPackage'>", "flat_opc"),
        ("<?xml version='1.0'?><rss version='2.0'>", "xml"),
        ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "xml"),
        ("BÁO CÁO\nKính gửi: Uỷ ban\n<table>", ""),
        ("Kính gửi: Uỷ ban\nMIME-Version là gì", ""),
        ("a < b và c > d", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_is_told_by_how_it_begins(text: str, kind: str) -> None:
    assert recognise_markup(text) == kind
    if text:
        assert recognise_markup(decode_start(text.encode("utf-16"))) == kind


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\r\n{\\rtf1", "rtf"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"HWP Document File V3.00", "hwp"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
        (b"\x00\x01\x00\x00Standard ACE DB", "access"),
        (b"STT;Danh m", ""),
    ],
)
def test_other_files_are_told_by_their_first_bytes(begin: bytes, kind: str) -> None:
    assert recognise_bytes(begin + b" " * 50) == kind


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("HwpSummaryInformation", "hwp"),
        ("EncryptedPackage", "encrypted"),
        ("Something", "ole"),
    ],
)
def test_an_ole_file_is_told_by_its_stream(stream: str, kind: str) -> None:
    assert recognise_ole(make_ole(stream)) == kind


def test_a_damaged_ole_file_is_damaged() -> None:
    assert recognise_ole(make_xls([("a",)])[:600]) == "damaged"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_ole("PowerPoint Document"), "trình chiếu"),
        (make_ole("HwpSummaryInformation"), "Hangul"),
        (make_zip({"ppt/presentation.xml": "<a/>"}), "trình chiếu"),
        (make_ods("", mimetype="application/vnd.oasis.opendocument.presentation"), "trình chiếu"),
        (make_zip({"Index/Document.iwa": b"\0", "Metadata/a.plist": ""}), "Apple iWork"),
        (make_zip({"báo cáo.docx": b"PK"}), "giải nén"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(80), "giải nén"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(80), "giải nén"),
        (b"<?xml version='1.0'?><rss><a>b</a></rss>", "XML"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableReportError, match=words) as refused:
        open_document(data, "bao-cao.docx")
    assert "hỏng" not in str(refused.value)
    assert "Hãy" in str(refused.value)


def test_an_open_document_file_with_a_password_is_said_to_have_one() -> None:
    data = make_ods("", manifest="<m><manifest:encryption-data/></m>")
    with pytest.raises(EncryptedReportError, match="mật khẩu"):
        open_document(data, "a.ods")

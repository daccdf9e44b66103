"""Opening any file: its format by content, and a clear refusal of everything else."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.facts_files.excel_template import build_template_csv, build_template_xlsx
from reports.model.document import ReadLimits
from reports.model.errors import (
    EncryptedReportError,
    ReportError,
    ReportLimitError,
    ReportToolError,
    UnreadableReportError,
)
from reports.open import open_document
from tests.examples import at_most
from tests.reports import appendix
from tests.reports.readers.encodings.test_legacy_fonts import TCVN3, UNICODE, VNI
from tests.reports.readers.packages import saved

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def _no_libreoffice() -> Iterator[None]:
    """Leave conversions to their own tests: each takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HPMAP_SOFFICE", "/nowhere/soffice")
        yield


TABS = "BÁO CÁO\nSTT\tDanh mục dự án\tTổng mức đầu tư\tĐịa điểm\n1\tCầu\t1.198.916\tĐồ Sơn\n"
TEXT = "BÁO CÁO\n\nkết quả thực hiện các nhiệm vụ quý I năm 2026\n\nThành phố đã khởi công."


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (appendix.as_docx(), "docx"),
        (appendix.as_pdf(1), "pdf"),
        (build_template_xlsx(), "xlsx"),
        (build_template_csv(), "csv"),
        (TEXT.encode(), "text"),
        (TABS.encode(), "text"),
        (TABS.encode("utf-16"), "csv"),
        (TEXT.encode("utf-16"), "text"),
    ],
)
@pytest.mark.parametrize("name", ["bao-cao.docx", "bao-cao.txt", "bao-cao"])
def test_the_content_tells_the_format(data: bytes, media: str, name: str) -> None:
    """A wrong or missing extension changes nothing."""
    document = open_document(data, name)
    assert document.media == media
    assert document.name == name
    assert len(document.sha256) == 64


def test_what_a_report_says_of_itself_is_read_from_every_format() -> None:
    """Title and period come from the words above the table."""
    periods = {open_document(data, "a").period for data in (appendix.as_docx(), appendix.as_pdf(1))}
    assert periods == {"2026-Q1"}


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnreadableReportError, "trống"),
        (b" \n\t\r\n" * 10, UnreadableReportError, "trống"),
        (b"\xef\xbb\xbf", UnreadableReportError, "trống"),
        (bytes(range(256)) * 40, UnreadableReportError, "không phải báo cáo"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), UnreadableReportError, "không phải báo cáo"),
        (b"GIF89a" + bytes(50), UnreadableReportError, "ảnh GIF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnreadableReportError, "hỏng"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedReportError,
            "mật khẩu",
        ),
        (b"{\\rtf1 abc}", ReportToolError, r"\.docx"),
        (b"PK\x03\x04" + b"x" * 100, UnreadableReportError, "hỏng"),
        (b"%PDF-1.7\nrubbish", UnreadableReportError, "hỏng"),
        (b"\x89PNG\r\n\x1a\nrubbish", UnreadableReportError, "ảnh PNG.*hỏng"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", UnreadableReportError, "HEIC"),
        (b"\x97JB2\r\n\x1a\n" + bytes(50), UnreadableReportError, "JBIG2.*PNG"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(
    data: bytes, error: type[ReportError], words: str
) -> None:
    """Every refusal names the file, says why, and says what to do."""
    with pytest.raises(error, match=words) as refused:
        open_document(data, "tệp lạ.bin")
    assert "tệp lạ.bin" in str(refused.value)
    assert "Hãy" in str(refused.value)


def test_an_archive_of_something_else_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("a.txt", "xin chào")
    with pytest.raises(UnreadableReportError, match="giải nén"):
        open_document(data.getvalue(), "a.zip")


def test_the_upload_limit_comes_first() -> None:
    with pytest.raises(ReportLimitError, match="nặng 2 MB, nhiều hơn mức 1 MB"):
        open_document(b"a" * 2_000_000, "lon.txt", limits=ReadLimits(max_upload_mb=1))


def test_a_document_without_a_word_is_refused() -> None:
    with pytest.raises(UnreadableReportError, match="Không tìm thấy chữ"):
        open_document(saved(docx.Document()), "trang.docx")
    with pytest.raises(UnreadableReportError, match="Không tìm thấy chữ"):
        open_document(saved(openpyxl.Workbook()), "trang.xlsx")


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_old_font_encodings_are_said(text: str, encoding: str) -> None:
    """In Word as in plain text of one byte per letter; a mixed text is said to be mixed."""
    document = docx.Document()
    document.add_paragraph(text)
    (message,) = open_document(saved(document), "cu.docx").messages
    assert encoding in message
    (message,) = open_document(text.encode("cp1252"), "cu.txt").messages
    assert encoding in message
    document.add_paragraph(UNICODE * 20)
    (message,) = open_document(saved(document), "lan.docx").messages
    assert "Một phần" in message


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but a document or a refusal comes of any bytes."""
    _read_or_refused(data)


@given(st.binary(max_size=300), st.sampled_from([b"PK\x03\x04", b"{\\rtf", b"\xff\xfe", b"STT;"]))
def test_any_bytes_behind_a_known_beginning(data: bytes, begin: bytes) -> None:
    _read_or_refused(begin + data)


@given(st.data())
def test_mutated_office_files_are_read_or_refused(data: st.DataObject) -> None:
    """Cut, overwritten and doubled stretches of real files never crash a reader."""
    original = _originals()[data.draw(st.integers(0, 2))]
    _read_or_refused(_mutated(data, original))


@given(st.data())
@settings(max_examples=at_most(4))
def test_mutated_pdfs_are_read_or_refused(data: st.DataObject) -> None:
    _read_or_refused(_mutated(data, _pdf()))


def _mutated(data: st.DataObject, original: bytes) -> bytes:
    at = data.draw(st.integers(0, len(original) - 1))
    length = data.draw(st.integers(1, 200))
    patch = data.draw(st.binary(max_size=50))
    kind = data.draw(st.sampled_from(["cut", "patch", "double"]))
    if kind == "cut":
        return original[:at]
    if kind == "patch":
        return original[:at] + patch + original[at + length :]
    return original[:at] + original[at : at + length] * 2 + original[at + length :]


@cache
def _originals() -> tuple[bytes, ...]:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    document.add_table(3, 4).cell(0, 0).text = "STT"
    return saved(document), build_template_xlsx(), build_template_csv()


@cache
def _pdf() -> bytes:
    return appendix.as_pdf(1)


def _read_or_refused(data: bytes) -> None:
    try:
        document = open_document(data, "a", limits=ReadLimits(max_seconds=20))
    except ReportError as refused:
        assert "Hãy" in str(refused)  # noqa: PT017
    else:
        assert document.blocks

"""Old Word files by way of LibreOffice: its limits, its absence, and what it makes of them."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import docx
import pytest

from reports.model.document import ReadLimits, TableBlock
from reports.model.errors import ReportLimitError, ReportToolError, UnreadableReportError
from reports.open import open_document
from reports.readers.office.doc_repair import end_with_paragraph
from tests.reports.readers.old_files import make_ods, make_ole
from tests.reports.readers.packages import saved
from tests.tools import needed, soffice

if TYPE_CHECKING:
    from pathlib import Path

    from reports.model.document import Document

RTF = (
    rb"{\rtf1\ansi\ansicpg1258 B\u193?O C\u193?O\par \trowd\cellx2000\cellx4000 "
    rb"\intbl STT\cell Danh m\u7909?c\cell\row \trowd\cellx2000\cellx4000 "
    rb"\intbl 1\cell C\u7847?u{\strike  c\u361?}\cell\row \pard\par}"
)
ODT = "application/vnd.oasis.opendocument.text"


def program(folder: Path, lines: str) -> str:
    """Return the path of a program that stands in for LibreOffice; $OUT is where it writes."""
    file = folder / "soffice"
    file.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nOUT=$2\n{lines}\n')
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (RTF, r"RTF \(\.rtf\)"),
        (make_ole("WordDocument"), r"\.doc\)"),
        (make_ods("", mimetype=ODT), r"\.odt\)"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="a"/>', "Word 2003 XML"),
    ],
)
def test_without_libreoffice_the_format_is_named(
    data: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPMAP_SOFFICE", "/nowhere/soffice")
    with pytest.raises(ReportToolError, match=words) as refused:
        open_document(data, "a.doc")
    assert "LibreOffice" in str(refused.value)
    assert "Lưu thành" in str(refused.value)


def test_what_is_converted_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    (tmp_path / "made.docx").write_bytes(saved(document))
    lines = f'mkdir -p "$OUT"; cp {tmp_path}/made.docx "$OUT/report.docx"'
    monkeypatch.setenv("HPMAP_SOFFICE", program(tmp_path, lines))
    read = open_document(RTF, "a.rtf")
    assert read.media == "rtf"
    assert read.sha256 == hashlib.sha256(RTF).hexdigest()


def test_a_file_that_cannot_be_converted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPMAP_SOFFICE", program(tmp_path, "exit 1"))
    with pytest.raises(UnreadableReportError, match="không mở được"):
        open_document(RTF, "a.rtf")


def test_a_conversion_ends_with_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_SOFFICE", program(tmp_path, "sleep 60 & sleep 60"))
    with pytest.raises(ReportLimitError, match="giây"):
        open_document(RTF, "a.rtf", limits=ReadLimits(max_seconds=0.3))


def test_a_converted_file_has_a_largest_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = 'mkdir -p "$OUT"; head -c 3000000 /dev/zero > "$OUT/report.docx"'
    monkeypatch.setenv("HPMAP_SOFFICE", program(tmp_path, lines))
    with pytest.raises((ReportLimitError, UnreadableReportError), match="Hãy"):
        open_document(RTF, "a.rtf", limits=ReadLimits(max_uncompressed_mb=1))


def test_what_is_no_word_file_is_left_as_it_is() -> None:
    data = make_ole("WordDocument")
    assert end_with_paragraph(data) == data


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, TableBlock)
    ]


@pytest.mark.slow
def test_rtf_is_read_by_libreoffice() -> None:
    needed(shutil.which("soffice"), "LibreOffice (libreoffice-writer)")
    read = open_document(RTF, "a.rtf")
    (rows,) = tables(read)
    assert rows[0] == ["STT", "Danh mục"]
    assert rows[1][1].startswith("Cầu")


@pytest.mark.slow
@pytest.mark.parametrize("ends_with_table", [True, False])
def test_old_word_is_read_by_libreoffice(tmp_path: Path, *, ends_with_table: bool) -> None:
    """Of a table at the very end, too."""
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    table = document.add_table(2, 3)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"ô {index}"
    if not ends_with_table:
        document.add_paragraph("Nơi nhận")
    (tmp_path / "a.docx").write_bytes(saved(document))
    old = soffice(tmp_path, tmp_path / "a.docx", "doc").read_bytes()
    read = open_document(old, "a.doc")
    assert read.media == "doc"
    assert tables(read) == [[["ô 0", "ô 1", "ô 2"], ["ô 3", "ô 4", "ô 5"]]]

"""Binary workbooks: by LibreOffice where it is installed, else values with a message."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reports.model.document import TableBlock
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from tests.reports.readers.old_files import HEADS, ROW, make_xlsb, make_zip
from tests.tools import needed

if TYPE_CHECKING:
    from reports.model.document import Document

ROWS: list[tuple[object, ...]] = [HEADS, ROW, (2, "Đường thử nghiệm", 1198.5, "Đồ Sơn")]


def texts(document: Document) -> list[list[str]]:
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_without_libreoffice_values_are_read_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HPMAP_SOFFICE", "/nowhere/soffice")
    document = open_document(make_xlsb(ROWS), "a.xlsb")
    assert (document.media, document.sheets) == ("xlsb", ("Quý II",))
    assert texts(document)[2] == ["2", "Đường thử nghiệm", "1198,5", "Đồ Sơn"]
    (message,) = document.messages
    assert "“Quý II”" in message
    assert "định dạng số" in message


@pytest.mark.slow
def test_with_libreoffice_it_is_read_as_xlsx() -> None:
    needed(shutil.which("soffice"), "LibreOffice (libreoffice-calc)")
    document = open_document(make_xlsb(ROWS), "a.xlsb")
    assert (document.media, document.messages) == ("xlsb", ())
    assert texts(document)[2] == ["2", "Đường thử nghiệm", "1198,5", "Đồ Sơn"]


def test_what_has_only_its_shape_is_refused_by_its_name() -> None:
    data = make_zip({"xl/workbook.bin": b"\x83\x01\x00", "xl/worksheets/sheet1.bin": b"\x00"})
    with pytest.raises(UnreadableReportError, match=r"nhị phân \(\.xlsb\)"):
        open_document(data, "a.xlsb")

"""Web pages in any encoding, archives of pages, Excel's workbooks saved as pages."""

from __future__ import annotations

import quopri
import unicodedata

import pytest

from reports.model.document import Document, TableBlock
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from reports.readers.raw_pages import RawPage
from reports.readers.web_pages.archive import read_archive
from reports.readers.web_pages.decoding import decode_page
from reports.readers.web_pages.pages import read_web_pages
from tests.reports.readers.old_files import HEADS, ROW

WORDS = "Tiến độ thực hiện, đường Hoa Lau"
SHEETS = (
    "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
    "<x:ExcelWorksheet><x:Name>Quý I</x:Name><x:WorksheetSource HRef='a_files/sheet001.htm'/>"
    "</x:ExcelWorksheet><x:ExcelWorksheet><x:Name>Cũ</x:Name>"
    "<x:WorksheetSource HRef='a_files/sheet002.htm'/><x:WorksheetOptions>"
    "<x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></x:ExcelWorksheet>"
    "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><frameset></frameset></html>"
)


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page(body: str, charset: str = "utf-8") -> str:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={charset}'>"
    return f"<html><head>{meta}</head><body>{body}</body></html>"


def archive(*parts: tuple[str, str], headers: str = "") -> bytes:
    lines = [f"MIME-Version: 1.0\n{headers}Content-Type: multipart/related; boundary=b1\n"]
    for location, html in parts:
        body = quopri.encodestring(html.encode()).decode()
        lines.append(
            f"--b1\nContent-Location: file:///C:/x/{location}\nContent-Type: text/html; "
            f"charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{body}\n"
        )
    return ("\n".join(lines) + "\n--b1--\n").encode()


def texts(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, TableBlock)
    ]


def test_a_page_under_an_office_name_is_read() -> None:
    document = open_document(page(f"<p>{WORDS}</p>{table(HEADS, ROW)}").encode(), "a.xls")
    assert document.media == "html"
    assert texts(document) == [[list(HEADS), list(ROW)]]


def test_an_archive_under_an_office_name_is_read() -> None:
    document = open_document(archive(("a.htm", page(table(HEADS, ROW)))), "a.doc")
    assert document.media == "html"
    assert texts(document) == [[list(HEADS), list(ROW)]]


def test_a_workbook_saved_as_an_archive_has_its_sheets() -> None:
    data = archive(
        ("a.htm", SHEETS),
        ("a_files/tabstrip.htm", page(table(("Quý I", "Cũ")))),
        ("a_files/sheet001.htm", page(table(HEADS, ROW))),
        ("a_files/sheet002.htm", page(table(("cũ", "x")))),
    )
    pages = [
        item for item in read_web_pages("mht", data, max_cells=99) if isinstance(item, RawPage)
    ]
    assert [(found.number, found.sheet) for found in pages] == [(1, "Quý I"), (0, "Cũ")]
    (hidden,) = pages[1].parts
    assert isinstance(hidden, TableBlock)
    assert [cell.unseen_reason for cell in hidden.rows[0].cells] == ["hidden_sheet"] * 2


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "windows-1252"),
        ("utf-16", "utf-8"),
        ("utf-8", "windows-1252"),
        ("cp1258", "windows-1258"),
        ("cp1258", "utf-8"),
        ("cp1258", ""),
    ],
)
def test_a_page_in_any_encoding(encoding: str, charset: str) -> None:
    html = page(f"<p>{WORDS}</p>", charset)
    data = _encode_1258(html) if encoding == "cp1258" else html.encode(encoding)
    assert WORDS in unicodedata.normalize("NFC", decode_page(data))


def _encode_1258(text: str) -> bytes:
    """Return the text as Windows keeps it: tone marks after their letters."""
    made = b""
    for letter in text:
        try:
            made += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, mark = "", ""
            for piece in unicodedata.normalize("NFD", letter):
                if piece in "\u0300\u0301\u0303\u0309\u0323":
                    mark += piece
                else:
                    base += piece
            made += (unicodedata.normalize("NFC", base) + mark).encode("cp1258")
    return made


def test_a_page_of_frames_says_where_its_content_is() -> None:
    with pytest.raises(UnreadableReportError, match="khung"):
        open_document(SHEETS.encode(), "a.xls")


def test_attachments_of_a_message_are_named() -> None:
    message = (
        "From: a@b.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/html\n\n{page('<p>Kính gửi</p>')}\n"
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=bc.pdf\n\n"
        "x\n--b--\n"
    )
    pages, messages = read_archive(message.encode())
    assert len(pages) == 1
    assert "bc.pdf" in messages[0]

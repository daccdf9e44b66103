"""What a Word document brings in or holds as an object: read in its place, or named with it."""

from __future__ import annotations

import io
import zipfile

import pytest

from reports.model.errors import UnreadableReportError
from reports.open import open_document
from tests.reports.readers.word.documents import (
    cell,
    make_docx,
    paragraph,
    read,
    row,
    run,
    table,
    texts,
)


def brought_in(content: bytes, *, name: str = "manh") -> object:
    return read(
        paragraph("trước"),
        f'<w:altChunk r:id="{name}"/>',
        paragraph("sau"),
        parts={name: ("aFChunk", content)},
    )


def test_a_document_brought_in_is_read_in_its_place() -> None:
    inner = make_docx(paragraph("Phụ lục"), table(row("1", "2"), row("3", "4")))
    document = brought_in(inner)
    assert texts(document) == ["trước", "Phụ lục", [["1", "2"], ["3", "4"]], "sau"]
    assert document.messages == ()


def test_plain_text_brought_in_is_read_in_its_place() -> None:
    assert texts(brought_in("dòng một\n\nđạt 45%".encode())) == [
        "trước",
        "dòng một",
        "đạt 45%",
        "sau",
    ]


PAGE = (
    "<html><body><p>Phụ lục</p><table><tr><td>STT</td><td>Tên</td></tr>"
    "<tr><td>1</td><td>Cầu <table><tr><td>TT</td><td>x</td></tr><tr><td>1</td><td>y</td></tr>"
    "</table></td></tr></table></body></html>"
)
ARCHIVE = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    f"{PAGE}\r\n--b--\r\n"
)


@pytest.mark.parametrize("content", [PAGE, ARCHIVE])
def test_web_pages_brought_in_are_read_in_their_place(content: str) -> None:
    document = brought_in(content.encode())
    first, title, outer, inner, last = document.blocks
    assert [block.text for block in (first, title, last)] == ["trước", "Phụ lục", "sau"]
    assert [cell.text for cell in outer.rows[1].cells] == ["1", "Cầu"]
    assert (inner.inside.table, inner.inside.row, inner.inside.column) == (1, 2, 2)
    assert document.messages == ()


@pytest.mark.parametrize("content", [rb"{\rtf1 chu}", b"PK\x05\x06" + bytes(18)])
def test_what_is_brought_in_and_not_read_is_named(content: bytes) -> None:
    document = brought_in(content)
    assert texts(document) == ["trước", "sau"]
    (message,) = document.messages
    assert "dòng 1" in message
    assert "manh" in message


def picture(width: int, height: int, words: str = "") -> str:
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="a" '
        f'descr="{words}"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def test_large_pictures_are_named_with_their_place() -> None:
    """An emblem or a signature is not; a picture in a table names its cell."""
    document = read(
        paragraph("a", run(picture(600_000, 600_000))),
        paragraph("b", run(picture(5_000_000, 3_000_000, "bảng tiến độ"))),
        table(row("1", cell(paragraph(run(picture(5_000_000, 3_000_000))))), row("2", "x")),
    )
    (message,) = document.messages
    assert message.startswith("2 hình ảnh (dòng 2, bảng 1, dòng 1, cột 2)")
    assert "bảng tiến độ" in message


def test_a_document_of_pictures_alone_is_refused_in_true_words() -> None:
    with pytest.raises(UnreadableReportError, match="chỉ có hình ảnh"):
        read(paragraph(run(picture(5_000_000, 7_000_000))))


def test_charts_and_files_of_other_programs_are_named() -> None:
    chart = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData>"
        '<c:chart r:id="chart1.xml"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    file = (
        '<w:object><v:shape style="width:300pt;height:200pt"><v:imagedata r:id="x"/></v:shape>'
        '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="y"/></w:object>'
    )
    words = b"<c:chartSpace SPACES><a:t>Gi\xe1\xba\xa3i ng\xc3\xa2n</a:t></c:chartSpace>"
    document = read(
        paragraph("a", run(chart)),
        paragraph("b", run(file)),
        parts={"chart1.xml": ("chart", words)},
    )
    first, second = document.messages
    assert "biểu đồ (dòng 1)" in first
    assert "Giải ngân" in first
    assert "tệp nhúng" in second
    assert "Excel.Sheet.12" in second


def test_comments_are_told_with_their_first_words() -> None:
    comments = (
        '<w:comments SPACES><w:comment w:id="0"><w:p><w:r><w:t>Số này sai</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    document = read(
        paragraph("đạt 45%", run('<w:commentReference w:id="0"/>')),
        parts={"comments.xml": ("comments", comments.encode())},
    )
    (message,) = document.messages
    assert "1 nhận xét" in message
    assert "Số này sai" in message


def header(words: str) -> dict[str, tuple[str, bytes]]:
    content = f"<w:hdr SPACES><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:hdr>"
    return {"dau.xml": ("header", content.encode())}


SECTION = paragraph(
    properties='<w:sectPr><w:headerReference w:type="default" r:id="dau.xml"/></w:sectPr>'
)


def test_a_unit_in_the_header_is_read_where_the_body_has_none() -> None:
    words = "Đơn vị tính: tỷ đồng"
    assert texts(read(paragraph("Biểu 1"), SECTION, parts=header(words))) == [words, "Biểu 1"]
    both = read(paragraph("Đơn vị tính: triệu đồng"), SECTION, parts=header(words))
    assert texts(both) == ["Đơn vị tính: triệu đồng"]
    assert words in both.messages[0]


def test_other_words_of_a_header_are_named_unless_the_body_has_them() -> None:
    document = read(paragraph("Biểu 1"), SECTION, parts=header("Lưu hành nội bộ"))
    assert texts(document) == ["Biểu 1"]
    assert "Lưu hành nội bộ" in document.messages[0]
    for words in ("Trang 1 trên 5", "Biểu 1", "12"):
        assert read(paragraph("Biểu 1"), SECTION, parts=header(words)).messages == ()


def test_tables_in_footnotes_follow_the_paragraph() -> None:
    notes = (
        '<w:footnotes SPACES><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Gồm:</w:t></w:r>'
        f"</w:p>{table(row('1', '2'), row('3', '4'))}</w:footnote></w:footnotes>"
    )
    document = read(
        paragraph("05 khu", run('<w:footnoteReference w:id="2"/>')),
        paragraph("sau"),
        parts={"footnotes.xml": ("footnotes", notes.encode())},
    )
    assert texts(document) == ["05 khu¹", "Gồm:", [["1", "2"], ["3", "4"]], "sau"]
    assert document.blocks[1].footnote == "1"


def test_strict_documents_with_macros_and_other_names_are_read() -> None:
    """Strict names mean the same; the main part is the one that the package points to."""
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    result = io.BytesIO()
    document = make_docx(paragraph("đạt 45%"))
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            for name in (b"officeDocument", b"wordprocessingml"):
                content = content.replace(usual + name + b"/2006/", strict + name + b"/")
            content = content.replace(b'"word/document.xml"', b'"noi/dung.xml"')
            content = content.replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"ms-word.document.macroEnabled.main+xml",
            )
            new.writestr(entry.filename.replace("word/document.xml", "noi/dung.xml"), content)
    assert strict in zipfile.ZipFile(result).read("noi/dung.xml")
    assert texts(open_document(result.getvalue(), "a.docm")) == ["đạt 45%"]

"""Word documents: order, merged cells, nested tables, footnotes, numbers Word writes itself."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from reports.model.document import Paragraph, ReadLimits, SourcePlace, TableBlock
from reports.model.errors import EncryptedReportError, ReportLimitError, UnreadableReportError
from reports.readers.word.docx import read_docx
from tests.reports import appendix
from tests.reports.readers.packages import changed, saved

LIMITS = ReadLimits()


def test_the_appendix_gives_its_rows_cell_by_cell() -> None:
    """Every cell of the official table stands in its row and column."""
    document = read_docx(appendix.as_docx(), "phu-luc.docx", LIMITS)
    (table,) = (block for block in document.blocks if isinstance(block, TableBlock))
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == appendix.one_table()
    assert [block.text for block in document.blocks[:4]] == list(appendix.TITLE)
    assert table.place.line_from == 5
    assert table.rows[5].cells[2].place.column == 3


def test_merged_cells_keep_every_column_in_place() -> None:
    """A cell over two columns spans both; below a cell over two rows stands an empty one."""
    document = docx.Document()
    table = document.add_table(3, 4)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Tiến độ"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "STT"
    table.cell(2, 3).text = "cuối"
    block = read_docx(saved(document), "a.docx", LIMITS).blocks[0]
    assert isinstance(block, TableBlock)
    assert [(c.text, c.spans, c.place.column) for c in block.rows[0].cells] == [
        ("STT", 1, 1),
        ("Tiến độ", 2, 2),
        ("", 1, 4),
    ]
    assert block.rows[1].cells[0].text == ""
    assert block.rows[2].cells[3].text == "cuối"


def test_rows_that_begin_late_are_filled_up() -> None:
    """Columns that a row leaves out before its first cell are there, empty."""
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "hai"
    row = table.rows[0]._tr
    row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))
    block = read_docx(saved(document), "a.docx", LIMITS).blocks[0]
    assert [cell.text for cell in block.rows[0].cells] == ["", "hai", ""]


def test_nested_tables_follow_the_table_they_are_in() -> None:
    """A table of items in a cell is one of its own, with the place of the cell."""
    document = docx.Document()
    document.add_paragraph("trước")
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "ngoài"
    inner_table = table.cell(1, 1).add_table(2, 2)
    inner_table.cell(0, 0).text, inner_table.cell(1, 1).text = "STT", "trong"
    _, outer, inner = read_docx(saved(document), "a.docx", LIMITS).blocks
    assert outer.rows[1].cells[1].text == "ngoài"
    assert [cell.text for cell in inner.rows[1].cells] == ["", "trong"]
    assert (outer.place.table, inner.place.table) == (1, 2)
    assert inner.inside == SourcePlace(3, 3, table=1, row=2, column=2)


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    document.add_paragraph("nội dung")
    read = read_docx(saved(document), "a.docx", LIMITS)
    assert [block.text for block in read.blocks] == ["nội dung"]


def test_footnotes_follow_the_paragraph_that_cites_them() -> None:
    """The mark is raised in the text; the note is a paragraph with that mark."""
    document = docx.Document()
    paragraph = document.add_paragraph("Khởi công 05 khu công nghiệp")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "7")
    paragraph.add_run()._r.append(reference)
    paragraph.add_run(" trong quý.")
    document.add_paragraph("Đoạn sau")
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:t>Gồm: Tiên Lãng 1, Tiên Lãng 2</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    blocks = read_docx(_with_footnotes(saved(document), notes), "a.docx", LIMITS).blocks
    assert [(block.text, block.footnote) for block in blocks] == [
        ("Khởi công 05 khu công nghiệp¹ trong quý.", ""),
        ("Gồm: Tiên Lãng 1, Tiên Lãng 2", "1"),
        ("Đoạn sau", ""),
    ]


def test_numbers_that_word_writes_itself_are_there() -> None:
    """An automatic list gives its running numbers, as in a table's first column."""
    document = docx.Document()
    table = document.add_table(2, 2)
    for row in table.rows:
        row.cells[0].paragraphs[0].style = "List Number"
        row.cells[0].paragraphs[0].add_run("dự án").font.size = Pt(9)
    block = read_docx(saved(document), "a.docx", LIMITS).blocks[0]
    assert [row.cells[0].text for row in block.rows] == ["1. dự án", "2. dự án"]


def test_empty_cells_with_an_automatic_number_show_it() -> None:
    """A running number in a cell of its own has no text at all in the file."""
    document = docx.Document()
    table = document.add_table(2, 2)
    for row in table.rows:
        row.cells[0].paragraphs[0].style = "List Number"
    block = read_docx(saved(document), "a.docx", LIMITS).blocks[0]
    assert [row.cells[0].text for row in block.rows] == ["1.", "2."]


def test_deleted_text_is_left_out_and_inserted_text_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("còn ")
    for tag, text in (("del", "bỏ"), ("ins", "mới")):
        inner = "delText" if tag == "del" else "t"
        paragraph._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>")
        )
    read = read_docx(saved(document), "a.docx", LIMITS)
    assert [block.text for block in read.blocks] == ["còn mới"]


def test_entities_are_refused() -> None:
    """A document type could multiply entities or read other files; office files have none."""
    data = changed(
        saved(docx.Document()),
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:document", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
        ),
    )
    with pytest.raises(UnreadableReportError, match=r"a\.docx"):
        read_docx(data, "a.docx", LIMITS)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = changed(saved(docx.Document()), "word/document.xml", lambda xml: xml + b" " * 50_000_000)
    with pytest.raises(ReportLimitError, match="nén bất thường"):
        read_docx(data, "bom.docx", LIMITS)


def test_an_unpacked_size_beyond_the_limit_is_refused() -> None:
    data = saved(docx.Document())
    with pytest.raises(ReportLimitError, match="giải nén"):
        read_docx(data, "a.docx", ReadLimits(max_uncompressed_mb=0.01))


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(ReportLimitError, match="10 ô"):
        read_docx(appendix.as_docx(), "a.docx", ReadLimits(max_cells=10))


def test_a_locked_part_is_said() -> None:
    data = bytearray(saved(docx.Document()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(EncryptedReportError, match="mật khẩu"):
        read_docx(bytes(data), "a.docx", LIMITS)


def test_a_cut_file_is_refused() -> None:
    data = appendix.as_docx()
    with pytest.raises(UnreadableReportError, match="hỏng"):
        read_docx(data[: len(data) // 2], "a.docx", LIMITS)


def test_a_body_that_is_no_xml_is_refused() -> None:
    data = changed(saved(docx.Document()), "word/document.xml", lambda xml: xml[:200])
    with pytest.raises(UnreadableReportError, match="hỏng"):
        read_docx(data, "a.docx", LIMITS)


def test_text_is_composed() -> None:
    """Letters and marks written apart come together (NFC)."""
    document = docx.Document()
    document.add_paragraph("Thu\u0309y Nguye\u0302n")
    (block,) = read_docx(saved(document), "a.docx", LIMITS).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Thủy Nguyên"


def _with_footnotes(data: bytes, notes: str) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/_rels/document.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
                    b"</Relationships>",
                )
            if entry.filename == "[Content_Types].xml":
                content = content.replace(
                    b"</Types>",
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.'
                    b'openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
                )
            new.writestr(entry, content)
        new.writestr("word/footnotes.xml", notes)
    return result.getvalue()

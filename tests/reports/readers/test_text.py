"""Text and Markdown: tables, cells over several lines, markup, footnotes."""

from reports.model.document import Paragraph, TableBlock
from reports.readers.text import read_text


def blocks(text: str) -> tuple[Paragraph | TableBlock, ...]:
    return read_text(text.encode(), "a.txt").blocks


def cells(block: Paragraph | TableBlock) -> list[list[str]]:
    assert isinstance(block, TableBlock)
    return [[cell.text for cell in row.cells] for row in block.rows]


def test_tab_tables_and_paragraphs() -> None:
    first, table, last = blocks("Một\n\na\tb\tc\n1\t2\t3\n\nHai")
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert cells(table) == [["a", "b", "c"], ["1", "2", "3"]]
    assert (table.place.line_from, table.place.line_to) == (3, 4)


def test_markup_goes_and_list_items_stay_apart() -> None:
    text = '1\t<p>- Khởi công</p> <p>GPMB: 85%</p>\t<ul style="x"><li>Một</li><li>Hai</li></ul>'
    assert cells(blocks(text)[0]) == [["1", "- Khởi công\nGPMB: 85%", "Một\nHai"]]


def test_a_cell_over_several_lines_is_one_row() -> None:
    """A list that was broken in the file goes on in the row's last cell; its lines are counted."""
    text = "STT\tTên\tKết quả\n1\tCầu\t<ul><li>Một</li>\n<li>Hai</li></ul>\n2\tKè\tBa"
    (table,) = blocks(text)
    assert cells(table) == [["STT", "Tên", "Kết quả"], ["1", "Cầu", "Một\nHai"], ["2", "Kè", "Ba"]]
    assert isinstance(table, TableBlock)
    assert (table.rows[1].place.line_from, table.rows[1].place.line_to) == (2, 3)


def test_a_row_broken_within_a_cell_gets_its_other_cells_back() -> None:
    text = "STT\tTên\tKết quả\tGhi chú\n1\tCầu\tđang\nthi công\tQuý II\n2\tKè\tBa\t"
    assert cells(blocks(text)[0])[1] == ["1", "Cầu", "đang\nthi công", "Quý II"]


def test_short_rows_are_not_run_together() -> None:
    """An editor that dropped trailing tabs does not make one row of two."""
    text = "STT\tTên\tVốn\tNơi\n1\tCầu\t1,2\n2\tKè\t3,4"
    assert len(cells(blocks(text)[0])) == 3


def test_markdown_tables_lose_their_dashes() -> None:
    (table,) = blocks("| STT | Tên |\n|---|:--|\n| 1 | Cầu \\| kè |")
    assert cells(table) == [["STT", "Tên"], ["1", "Cầu | kè"]]
    assert isinstance(table, TableBlock)
    assert (table.rows[0].place.line_from, table.rows[0].place.line_to) == (1, 2)


def test_footnotes_have_their_mark() -> None:
    body, note = blocks("Khởi công 3 khu³⁹.\n\n³⁹ KCN Tiên Lãng 1")
    assert isinstance(body, Paragraph)
    assert isinstance(note, Paragraph)
    assert (body.footnote, note.footnote, note.text) == ("", "39", "KCN Tiên Lãng 1")


def test_emphasis_goes_and_bullets_stay() -> None:
    first, second = blocks("**Có** (*vượt 12%*) <sup>5</sup>\n\n* Phần đường: 3 * 4")
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.text == "Có (vượt 12%) ⁵"
    assert second.text == "* Phần đường: 3 * 4"


def test_bytes_that_are_no_utf8_are_said() -> None:
    document = read_text("Dự án".encode() + b"\xff\xfe tab", "a.txt")
    assert document.messages
    assert "UTF-8" in document.messages[0]


def test_utf16_and_line_ends_of_other_systems() -> None:
    document = read_text("a\tb\tc\r\n1\t2\t3\r\n".encode("utf-16"), "a.txt")
    assert cells(document.blocks[0]) == [["a", "b", "c"], ["1", "2", "3"]]


def test_decomposed_letters_are_composed() -> None:
    import unicodedata  # noqa: PLC0415

    (paragraph,) = read_text(unicodedata.normalize("NFD", "Đồ Sơn").encode(), "a").blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "Đồ Sơn"

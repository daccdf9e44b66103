"""HTML as a browser shows it: hidden parts, struck-out text, spans, tables in tables, lists."""

from __future__ import annotations

import pytest

from reports.model.document import Paragraph, TableBlock, TableCell
from reports.readers.refusal import FileRefusedError
from reports.readers.web_pages.reading import read_html

ITEMS = "<td>STT<td>Danh mục dự án<td>Tổng mức đầu tư<td>Địa điểm"


def table_of(rows: str, head: str = "", limit: int = 1000) -> list[list[TableCell]]:
    blocks = read_html(f"<html><head>{head}</head><body><table>{rows}</table>", limit)
    (table,) = [block for block in blocks if isinstance(block, TableBlock)]
    return [list(row.cells) for row in table.rows]


def texts_of(rows: str, head: str = "") -> list[list[str]]:
    return [[cell.text for cell in row] for row in table_of(rows, head)]


def test_paragraphs_breaks_and_lists() -> None:
    blocks = read_html(
        "<title>x</title><script>y</script><p>Một\n  hai<br>Ba&nbsp;&lt; 4</p>chữ <b>đậm</b>"
        "<ol><li>a<li>b</ol><ul><li>c</ul><pre>d  e</pre><!-- f --><![if !x]>g<![endif]>",
        10,
    )
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "Một hai\nBa\xa0< 4", "chữ đậm", "1. a", "2. b", "- c", "d  e", "g",
    ]  # fmt: skip


def test_spans_lie_as_in_a_browser() -> None:
    first, second, third = table_of(
        "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td rowspan=9>d<tr><td>e<td>f"
    )
    assert [(c.text, c.spans, c.row_spans) for c in first] == [("a", 1, 2), ("b", 2, 1)]
    assert [(c.text, c.merged) for c in second] == [("", True), ("c", False), ("d", False)]
    assert [(c.text, c.merged) for c in third] == [("e", False), ("f", False), ("", True)]
    assert second[2].row_spans == 2


def test_sections_stand_in_their_order() -> None:
    rows = "<tfoot><tr><td>c<td>d</tfoot><tbody><tr><td>b<td>x</tbody><thead><tr><td>a<td>y</thead>"
    assert texts_of(rows) == [["a", "y"], ["b", "x"], ["c", "d"]]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("<td><s>x</s>", "struck_out"),
        ("<td><del>x</del>", "struck_out"),
        ("<td><strike>x</strike>", "struck_out"),
        ("<td style='text-decoration: underline line-through'>x", "struck_out"),
        ("<td class=gach>x", "struck_out"),
        ("<td><span style='display:none'>x</span>", "hidden_text"),
        ("<td><span hidden>x</span>", "hidden_text"),
        ("<td><p style='visibility:hidden'>x</p>", "hidden_text"),
        ("<td><span style='mso-hide:all'>x</span>", "hidden_text"),
        ("<td><span class='an'>x</span>", "hidden_text"),
        ("<td style='color:#FFF'>x", "same_colour"),
        ("<td bgcolor=red><font color=red>x</font>", "same_colour"),
        ("<td style='color:white;background:#003366'>x", ""),
        ("<td>x", ""),
    ],
)
def test_what_is_not_seen_is_kept_apart(cell: str, reason: str) -> None:
    head = "<style><!-- td.gach {text-decoration:line-through} .an{display:none} --></style>"
    ((first, found),) = table_of(f"<tr><td>a{cell}</tr>", head)
    assert first.text == "a"
    assert (found.text, found.unseen, found.unseen_reason) == (
        ("", "x", reason) if reason else ("x", "", "")
    )


def test_a_cell_partly_struck_out_keeps_the_rest() -> None:
    ((_, found),) = table_of("<tr><td>a<td><s>40%</s> 45%")
    assert (found.text, found.unseen, found.unseen_reason) == ("45%", "40%", "struck_out")


def test_hidden_rows_and_columns_keep_their_places() -> None:
    rows = (
        "<tr><td>a<td style='display:none'>x<td>b</tr><tr style='display:none'><td>c<td>d<td>e</tr>"
        "<tr><td>f<td style='display:none'>y<td>g</tr>"
    )
    first, second, third = table_of(rows)
    assert [(c.text, c.unseen_reason) for c in first] == [
        ("a", ""),
        ("", "hidden_column"),
        ("b", ""),
    ]
    assert [c.unseen_reason for c in second] == ["hidden_row"] * 3
    assert [c.unseen for c in third] == ["", "y", ""]
    first, _ = table_of("<col><col style='display:none'><tr><td>a<td>b<td>c<tr><td>d<td>e<td>f")
    assert [(c.text, c.unseen) for c in first] == [("a", ""), ("", "b"), ("c", "")]


def test_a_hidden_cell_of_one_row_takes_no_place() -> None:
    rows = "<tr><td>a<td>b<td>c</tr><tr><td>d<td style='display:none'>x<td>e</tr>"
    first, second = table_of(rows)
    assert [c.text for c in second[:2]] == ["d", "e"]
    assert second[0].unseen == "x"
    assert len(first) == len(second) == 3


def test_numbers_are_shown_in_the_formats_of_excel() -> None:
    cells = (
        r"""<td style='mso-number-format:\@'>234.539</td>"""
        r"""<td style="mso-number-format:'0%'">0.45</td>"""
        r"""<td style='mso-number-format:"\#\,\#\#0\0022 tỷ\0022"'>1235</td>"""
        """<td x:num="234539">234,539</td><td x:num="0.5"></td>"""
    )
    ((*shown,),) = table_of(f"<tr>{cells}")
    assert [cell.text for cell in shown] == ["234.539", "45%", "1.235 tỷ", "234539", "0,5"]
    excel = "<meta name=Generator content='Microsoft Excel 15'>"
    ((first, _),) = table_of(r"""<tr><td style='mso-number-format:"0\.0\,\,"'>235<td>a""", excel)
    assert first.text == "235"


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = f"<table><tr>{ITEMS}<tr><td>1<td>Cầu<td>5<td>Đồ Sơn</table>"
    blocks = read_html(f"<table><tr><td>Tiêu đề<tr><td>{inner}</table>", 100)
    assert isinstance(blocks[0], Paragraph)
    assert isinstance(blocks[1], TableBlock)
    assert len(blocks) == 2


def test_a_small_table_in_a_cell_becomes_lines_of_it() -> None:
    inner = "<table><tr><td>Phần cầu<td>xong<tr><td>Đường dẫn<td><s>cũ</s> chưa xong</table>"
    ((_, cell, _),) = table_of(f"<tr><td>1<td>Kết quả: {inner}<td>2")
    assert cell.text == "Kết quả:\nPhần cầu: xong\nĐường dẫn: chưa xong"
    assert cell.unseen == "cũ"


def test_symbol_fonts_show_signs() -> None:
    html = "<font face=Symbol>\uf0b3</font>45%<span style='font-family:Wingdings'>\u00fe</span>"
    (found,) = read_html(f"<p>{html}", 10)
    assert isinstance(found, Paragraph)
    assert found.text == "≥45%☑"


def test_a_table_of_items_in_a_cell_names_its_cell() -> None:
    inner = f"<table><tr>{ITEMS}</table>"
    rows = f"<tr><td>a<td>b<td>c<tr><td>d<td>e {inner}<td>f"
    outer, nested = read_html(f"<table>{rows}</table>", 100)
    assert isinstance(outer, TableBlock)
    assert isinstance(nested, TableBlock)
    assert [cell.text for cell in outer.rows[1].cells] == ["d", "e", "f"]
    assert nested.inside is not None
    assert (nested.inside.table, nested.inside.row, nested.inside.column) == (1, 2, 2)


def test_forms_show_what_was_entered() -> None:
    form = (
        "<input type=hidden value=x><input value=45%><input type=checkbox checked>Hoàn thành"
        "<input type=checkbox>Không<select><option>a<option selected>b</select>"
    )
    assert texts_of(f"<tr><td>1<td>{form}") == [["1", "45%☒ Hoàn thành☐ Khôngb"]]


@pytest.mark.parametrize(
    ("html", "key"),
    [
        ("<div>" * 5000 + "x", "nested_too_deeply"),
        ("<table>" + "<tr><td>a" * 1001, "too_many_cells"),
        ("<table><tr><td rowspan=9999 colspan=900>a<td>b" + "<tr><td>c" * 9, "too_many_cells"),
    ],
)
def test_limits_are_kept(html: str, key: str) -> None:
    with pytest.raises(FileRefusedError, match=key):
        read_html(html, 1000)

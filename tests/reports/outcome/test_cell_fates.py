"""Each cell's fate follows from the places of values, questions, items and columns alone."""

from __future__ import annotations

from dataclasses import replace

from reports.model.document import (
    Document,
    Paragraph,
    SourcePlace,
    TableBlock,
    TableCell,
    TableRow,
)
from reports.model.extraction import (
    ColumnUse,
    ExtractedValue,
    Extraction,
    Indicator,
    LineBalance,
    PlacedCommune,
    ProjectRow,
    QueueEntry,
)
from reports.outcome.cell_fates import classify_cells, classify_lines, count_fates


def make_table(number: int, first_line: int, *rows: tuple[str, ...], page: int = 1) -> TableBlock:
    lines = []
    for index, texts in enumerate(rows):
        line = first_line + index
        places = [
            SourcePlace(line, line, page, number, index + 1, column + 1)
            for column in range(len(texts))
        ]
        cells = tuple(TableCell(text, place) for text, place in zip(texts, places, strict=True))
        lines.append(TableRow(cells, SourcePlace(line, line, page, number, index + 1)))
    last = first_line + len(rows) - 1
    return TableBlock(tuple(lines), SourcePlace(first_line, last, page, number))


def make_project(line: int, table: int, row: int, no: int, name: str) -> ProjectRow:
    def at(column: int) -> SourcePlace:
        return SourcePlace(line, line, 1, table, row, column)

    value = ExtractedValue("investment_mvnd", "5", "5", at(3), "Vốn")
    commune = PlacedCommune("11455", "stated", "certain", 1.0, "Đồ Sơn", at(4))
    place = SourcePlace(line, line, 1, table, row)
    return ProjectRow(no, "", "", "", "", name, name, "Đồ Sơn", (commune,), (value,), place)


def make_column(column: int, fate: str, *, table: int = 1, line: int = 4) -> ColumnUse:
    place = SourcePlace(line, line, 1, table, 1, column)
    return ColumnUse(table, column, f"Cột {column}", "", "", fate, 2, (), place)


HEAD = ("STT", "Tên", "Vốn", "Nơi", "Lạ")
TABLE = make_table(1, 2, HEAD, ("I", "Nhóm", "", "", ""), ("1", "Cầu", "5", "Đồ Sơn", "gì đó"))
DOCUMENT = Document(
    "x", "0" * 64, "xlsx", 1, (Paragraph("Có 5 dự án", SourcePlace(1, 1, 1)), TABLE)
)
READ = Extraction(
    DOCUMENT,
    (make_project(4, 1, 3, 1, "Cầu"),),
    indicators=(Indicator("key_projects", "listed", 5, None, "", "5", SourcePlace(1, 1, 1)),),
    balance=LineBalance(3, 1, 2, 0),
)


def test_what_a_value_a_name_or_a_place_stands_in_is_used_and_the_rest_is_not() -> None:
    fates = classify_cells(READ)
    assert {key: fate for key, fate in fates.items() if key[1] == 3} == {
        (1, 3, 1): "used",
        (1, 3, 2): "used",
        (1, 3, 3): "used",
        (1, 3, 4): "used",
        (1, 3, 5): "unused",
    }


def test_headings_and_groups_of_a_table_that_is_read_are_used_and_empty_cells_have_no_fate() -> (
    None
):
    fates = classify_cells(READ)
    assert fates[1, 1, 1] == fates[1, 2, 2] == "used"
    assert (1, 2, 3) not in fates


def test_a_column_says_what_became_of_its_cells() -> None:
    columns = (*(make_column(at, "used") for at in range(1, 5)), make_column(5, "unused"))
    fates = classify_cells(replace(READ, columns=columns))
    assert fates[1, 3, 5] == "unused"
    assert count_fates(fates.values()) == {"used": 11, "unused": 1}
    asked = (*columns[:4], make_column(5, "asked"))
    assert classify_cells(replace(READ, columns=asked))[1, 3, 5] == "asked"


def test_a_question_wins_over_a_value_and_one_about_a_line_is_the_line_s() -> None:
    cell = QueueEntry("ambiguous_number", "5", SourcePlace(4, 4, 1, 1, 3, 3))
    assert classify_cells(replace(READ, queue=(cell,)))[1, 3, 3] == "asked"
    line = QueueEntry("unattached_line", "I", SourcePlace(3, 3, 1, 1, 2))
    fates = classify_cells(replace(READ, queue=(line,)))
    assert fates[1, 2, 1] == fates[1, 2, 2] == "asked"
    assert fates[1, 1, 1] == "used"
    gap = QueueEntry("gap_in_numbers", "1 Cầu", SourcePlace(4, 4, 1, 1, 3))
    read = replace(READ, queue=(gap,))
    assert "asked" not in classify_cells(read).values()
    assert classify_lines(read)[4] == "asked"


def test_a_table_that_gave_nothing_is_not_used() -> None:
    other = make_table(2, 5, ("Mã", "Ghi"), ("a", "b"))
    document = replace(DOCUMENT, blocks=(*DOCUMENT.blocks, other))
    fates = classify_cells(replace(READ, document=document))
    assert {fate for key, fate in fates.items() if key[0] == 2} == {"unused"}


def test_the_next_page_s_part_of_a_table_has_the_columns_of_the_first() -> None:
    part = make_table(2, 5, ("2", "Đường", "6", "Đồ Sơn", "khác"), page=2)
    document = replace(DOCUMENT, blocks=(*DOCUMENT.blocks, part))
    columns = (*(make_column(at, "used") for at in range(1, 5)), make_column(5, "asked"))
    projects = (*READ.projects, make_project(5, 2, 1, 2, "Đường"))
    fates = classify_cells(replace(READ, document=document, columns=columns, projects=projects))
    assert fates[2, 1, 5] == "asked"
    assert fates[2, 1, 3] == "used"


def test_two_tables_below_one_another_have_columns_of_their_own() -> None:
    stacked = make_table(
        1, 2, HEAD, ("1", "Cầu", "5", "Đồ Sơn", "gì"), HEAD, ("2", "B", "", "", "c")
    )
    columns = (make_column(5, "unused", line=3), make_column(5, "used", line=5))
    read = replace(
        READ,
        document=replace(DOCUMENT, blocks=(stacked,)),
        projects=(make_project(3, 1, 2, 1, "Cầu"), make_project(5, 1, 4, 2, "B")),
        columns=columns,
        indicators=(),
    )
    fates = classify_cells(read)
    assert (fates[1, 2, 5], fates[1, 4, 5]) == ("unused", "used")


def test_a_table_in_a_cell_that_is_asked_about_is_asked_about() -> None:
    place = SourcePlace(4, 4, 1, 1, 3, 5)
    nested = replace(make_table(2, 5, ("a", "b")), inside=place)
    document = replace(DOCUMENT, blocks=(*DOCUMENT.blocks, nested))
    queue = (QueueEntry("unattached_line", "a | b", place),)
    fates = classify_cells(replace(READ, document=document, queue=queue))
    assert fates[2, 1, 1] == fates[2, 1, 2] == fates[1, 3, 5] == "asked"
    assert classify_cells(replace(READ, document=document))[2, 1, 1] == "unused"


def test_what_is_not_shown_is_told_apart() -> None:
    hidden = TableCell("", SourcePlace(2, 2, 1, 1, 1, 1), unseen="99", unseen_reason="hidden_row")
    partly = TableCell("4", SourcePlace(2, 2, 1, 1, 1, 2), unseen="5", unseen_reason="struck_out")
    row = TableRow((hidden, partly), SourcePlace(2, 2, 1, 1, 1))
    block = TableBlock((row,), SourcePlace(2, 2, 1, 1))
    fates = classify_cells(Extraction(replace(DOCUMENT, blocks=(block,))))
    assert fates == {(1, 1, 1): "unseen", (1, 1, 2): "unused"}


def test_paragraphs_have_a_fate_only_where_something_was_read_asked_or_hidden() -> None:
    blocks = (
        *DOCUMENT.blocks,
        Paragraph("lời dẫn", SourcePlace(5, 5, 1)),
        Paragraph("", SourcePlace(6, 6, 1), unseen="ẩn", unseen_reason="hidden_text"),
    )
    queue = (QueueEntry("not_understood", "?", SourcePlace(5, 5, 1)),)
    read = replace(READ, document=replace(DOCUMENT, blocks=blocks), queue=queue)
    assert classify_lines(read) == {1: "used", 5: "asked", 6: "unseen"}


def test_a_turned_table_has_its_columns_in_its_lines() -> None:
    block = make_table(1, 2, ("STT", "1", "2"), ("Tên", "Cầu", "Đường"), ("Lạ", "x", "y"))
    place = SourcePlace(2, 4, 1, 1, 0, 2)
    bridge = replace(make_project(2, 1, 1, 1, "Cầu"), values=(), communes=(), place=place)
    second = replace(bridge, no=2, name="Đường", place=replace(place, column=3))
    columns = tuple(
        replace(make_column(2, fate, line=line), place=SourcePlace(line, line, 1, 1, line - 1, 2))
        for line, fate in ((2, "used"), (3, "used"), (4, "unused"))
    )
    read = Extraction(replace(DOCUMENT, blocks=(block,)), (bridge, second), columns=columns)
    fates = classify_cells(read)
    assert {key for key, fate in fates.items() if fate == "unused"} == {(1, 3, 2), (1, 3, 3)} | {
        (1, 3, 1)
    }


def test_lines_of_another_period_in_the_same_table_are_not_used() -> None:
    stacked = make_table(
        1, 2, HEAD, ("1", "Cầu", "5", "Đồ Sơn", ""), HEAD, ("1", "Cầu", "4", "Đồ Sơn", "")
    )
    read = replace(
        READ,
        document=replace(DOCUMENT, blocks=(stacked,)),
        projects=(make_project(3, 1, 2, 1, "Cầu"),),
        balance=LineBalance(4, 1, 1, 0, in_other_periods=2),
    )
    fates = classify_cells(read)
    assert {fate for key, fate in fates.items() if key[1] == 4} == {"unused"}

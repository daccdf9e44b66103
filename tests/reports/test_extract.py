"""Project tables from text: rows joined over pages, every value with its place, nothing lost."""

import pytest

from reports.extract import extract_document
from reports.model.document import Document, SourcePlace, TableBlock, TableCell, TableRow
from reports.model.extraction_json import find_main_share
from tests.reports.sample_report import (
    HEADER,
    REPORT,
    SUBHEADER,
    TABLE,
    extracted,
    line,
    project,
    read,
    told,
)


def test_rows_are_joined_over_pages() -> None:
    """The repeated header is dropped; a row, a name and a percentage's words go on."""
    extraction = extracted()
    assert [row.no for row in extraction.projects] == [1, 2, 3, 4]
    first = project(extraction, 1)
    assert first.location_raw == "Hồng Bàng, Lê Chân, Hưng Đạo"
    assert [one.code for one in first.communes] == ["11311", "11383", "11689"]
    assert told(first, "forecast") == ["misses"]
    assert told(first, "asked_to_act") == ["UBND phường Hồng Bàng"]
    assert find_main_share(first.values, "planned_construction_pct") == 40
    assert find_main_share(first.values, "planned_clearance_pct") is None  # two parts that differ
    assert told(first, "physical_done") == ["12", "44", "0.5"]


def test_groups_give_funding_and_phase() -> None:
    rows = extracted().projects
    assert [(row.group, row.funding, row.phase) for row in rows] == [
        ("I.1", "city_budget", "start_2026"),
        ("I.1", "city_budget", "start_2026"),
        ("I.2", "non_budget", "start_2026"),
        ("II", "unknown", "ongoing"),
    ]


def test_every_value_has_a_place_and_its_words() -> None:
    """The place is a line of the text that holds the words, the column is the cell's heading."""
    lines = REPORT.split("\n")
    for row in extracted().projects:
        for value in row.values:
            assert 0 < value.confidence <= 1
            assert value.raw
            text = "".join(lines[value.place.line_from - 1 : value.place.line_to])
            assert value.raw.split()[0].strip("-") in text
        (money,) = [value for value in row.values if value.field == "investment_mvnd"]
        assert money.column == "Tổng mức đầu tư (triệu đồng)"
        assert money.place.column == 3


def test_a_count_that_differs_from_its_heading_is_asked_about() -> None:
    """The heading says two projects and the table has one."""
    found = [entry for entry in extracted().queue if entry.reason == "group_count_differs"]
    assert [entry.raw for entry in found] == ["Dự án sử dụng vốn ngoài ngân sách (02 dự án)"]


def test_a_forecast_not_understood_is_asked_about_and_left_empty() -> None:
    extraction = extracted()
    assert told(project(extraction, 4), "forecast") == []
    assert any(entry.raw == "Có thể" for entry in extraction.queue)


def test_an_amount_with_two_readings_is_never_guessed() -> None:
    """Without another number that shows how the column groups, "584,065" is asked about."""
    table = "\n".join([HEADER, SUBHEADER, line("1", "Dự án kè", "584,065", "Phường Đồ Sơn")])
    extraction = extracted(table)
    assert told(project(extraction, 1), "investment_mvnd") == []
    (entry,) = [entry for entry in extraction.queue if entry.reason == "ambiguous_number"]
    assert [value for value, _ in entry.candidates] == ["584065", "584.065"]


def test_a_gap_and_a_double_number_are_asked_about() -> None:
    table = "\n".join(
        [HEADER, SUBHEADER]
        + [line(no, f"Dự án {no}", "1,234,567", "Đồ Sơn") for no in ("1", "3", "3")]
    )
    extraction = extracted(table)
    assert [row.no for row in extraction.projects] == [1, 3, 3]
    assert [entry.reason for entry in extraction.queue].count("gap_in_numbers") == 2


def test_a_row_that_lost_its_number_stays_a_row() -> None:
    table = "\n".join(
        [
            HEADER,
            SUBHEADER,
            line("1", "Dự án A", "1,234,567", "Phường Đồ Sơn"),
            line("", "Dự án B", "2,234,567", "Phường Hồng Bàng"),
        ]
    )
    extraction = extracted(table)
    assert [row.name for row in extraction.projects] == ["Dự án A", "Dự án B"]
    assert "row_without_number" in [entry.reason for entry in extraction.queue]


def test_a_missing_column_is_said() -> None:
    rows = [HEADER, line("1", "Dự án A", "1,234,567", "Phường Đồ Sơn", "", "", "Hoàn thành")]
    table = "\n".join("\t".join(row.split("\t")[:2] + row.split("\t")[3:]) for row in rows)
    extraction = extracted(table)
    assert [row.no for row in extraction.projects] == [1]
    assert [entry.reason for entry in extraction.queue] == ["missing_column"]


def test_a_zone_of_several_communes_is_never_spread() -> None:
    """The communes of an economic zone are candidates for a person, none is taken."""
    table = "\n".join([HEADER, line("1", "Dự án A", "1,2,3", "Khu kinh tế Đình Vũ - Cát Hải")])
    extraction = extracted(table)
    assert extraction.projects[0].communes == ()
    (entry,) = [entry for entry in extraction.queue if entry.reason == "uncertain_place"]
    assert len(entry.candidates) > 5


def test_a_former_ward_in_the_name_places_a_project_of_a_zone() -> None:
    name = "Nhà ở tại phường Tràng Cát, quận Hải An thuộc Khu kinh tế Đình Vũ - Cát Hải"
    table = "\n".join([HEADER, line("1", name, "1,234,567", "Khu kinh tế Đình Vũ - Cát Hải")])
    (placed,) = extracted(table).projects[0].communes
    assert (placed.code, placed.how) == ("11413", "former_unit")


def _document(rows_of_blocks: list[list[list[tuple[str, int]]]]) -> Document:
    """Return a document as a DOCX or PDF reader makes it: cells with spans, no markup."""
    blocks, at = [], 0
    for rows in rows_of_blocks:
        made = []
        for row in rows:
            at += 1
            cells = tuple(
                TableCell(text, SourcePlace(at, at, page=1), spans) for text, spans in row
            )
            made.append(TableRow(cells, SourcePlace(at, at, page=1)))
        blocks.append(TableBlock(tuple(made), SourcePlace(made[0].place.line_from, at)))
    return Document("a.docx", "0" * 64, "docx", 1, tuple(blocks))


def test_the_same_table_from_cells_gives_the_same_rows() -> None:
    """Merged headings, one table without repeated headers: rows as from the text."""
    lines = [one for one in TABLE.split("\n") if one]
    cells = [[(cell, 1) for cell in one.split("\t")] for one in lines]
    for row in cells[2:5]:
        row[1:] = [(row[1][0], 8)]  # group headings over all columns
    whole = [row for at, row in enumerate(cells) if at not in {6, 7}]  # header only once
    for blocks in ([whole], [whole[:7], whole[7:]]):
        again = extract_document(_document(blocks))
        for one, other in zip(extracted().projects, again.projects, strict=True):
            assert (one.no, one.group, one.funding) == (other.no, other.group, other.funding)
            assert [c.code for c in one.communes] == [c.code for c in other.communes]
            fields = ("investment_mvnd", "forecast", "milestone_start")
            for field in fields:
                assert told(one, field) == told(other, field)
        assert again.balance.exact


def test_lines_before_any_row_go_to_the_queue() -> None:
    """What no row can take is a line in the queue, with its words."""
    stray = line("", "", "", "", "", "rơi từ trang trước")
    extraction = extracted(f"{stray}\n{line('', '', '', '', '', 'nữa')}")
    assert extraction.balance.in_queue == 2
    assert [entry.reason for entry in extraction.queue] == ["unattached_line"] * 2


@pytest.mark.parametrize("text", ["", "\n", "\t\t\t\n", "|||\n", "không có bảng"])
def test_documents_without_tables_balance(text: str) -> None:
    extraction = extracted(text)
    assert extraction.balance.exact
    assert extraction.projects == ()


def test_a_low_confidence_cell_is_asked_about() -> None:
    """Text recognised badly in a picture is queued beside the value it seems to have."""
    document = read(TABLE)
    block = document.blocks[0]
    assert isinstance(block, TableBlock)
    rows = tuple(
        TableRow(tuple(TableCell(c.text, c.place, c.spans, 0.4) for c in row.cells), row.place)
        for row in block.rows
    )
    faint = Document("a.pdf", "0" * 64, "scan", 1, (TableBlock(rows, block.place),))
    assert "low_confidence" in [entry.reason for entry in extract_document(faint).queue]

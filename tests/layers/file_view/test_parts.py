"""A file is looked at by pages or sheets, all of it there, the lines to look at told apart."""

from dataclasses import replace

from layers.file_view.parts import lay_out
from layers.file_view.readings import index_readings
from reports.model.document import SourcePlace
from reports.model.extraction import QueueEntry
from tests.reports.outcome.test_cell_fates import DOCUMENT, READ


def test_a_workbook_has_its_sheets_and_a_text_is_whole() -> None:
    (sheet,) = lay_out(replace(READ, document=replace(DOCUMENT, sheets=("Phụ lục",)))).parts
    assert (sheet.sheet, sheet.page, len(sheet.lines)) == ("Phụ lục", 1, 4)
    (page,) = lay_out(READ).parts
    assert page.sheet == ""


def test_pages_of_a_scan_that_were_not_read_are_there() -> None:
    document = replace(DOCUMENT, media="scan", pages=3, unread_pages=(2, 3))
    parts = lay_out(replace(READ, document=document)).parts
    assert [(part.page, len(part.lines)) for part in parts] == [(1, 4), (2, 0), (3, 0)]


def test_lines_to_look_at_are_those_asked_about_or_not_used_below_their_heads() -> None:
    gap = QueueEntry("gap_in_numbers", "I", SourcePlace(3, 3, 1, 1, 2))
    layout = lay_out(replace(READ, queue=(gap,)))
    (part,) = layout.parts
    shown = layout.list_lines(part, only_open=True)
    assert [line.place.line_from for line in shown] == [2, 3, 4]
    assert len(layout.list_lines(part, only_open=False)) == 4


def test_a_line_is_found_with_its_part() -> None:
    layout = lay_out(READ)
    assert layout.find_line(4) == (0, 3)
    assert layout.find_line(400) == (0, 3)
    assert layout.find_line(0) is None


def test_readings_stand_in_the_order_of_the_file_with_their_questions() -> None:
    inside = QueueEntry("ambiguous_number", "5", SourcePlace(4, 4, 1, 1, 3, 3))
    alone = QueueEntry("unattached_line", "I | Nhóm", SourcePlace(3, 3, 1, 1, 2))
    index = index_readings(replace(READ, queue=(inside, alone)))
    assert [reading.kind for reading in index.readings] == ["indicator", "question", "project"]
    assert [question.raw for question in index.readings[2].questions] == ["5"]
    assert (index.by_cell[1, 3, 3], index.by_line[4], index.by_line[3]) == (2, 2, 1)
    assert [number for number, _ in index.list_between(2, 3)] == [1]


def test_in_a_turned_table_a_question_belongs_to_the_item_of_its_column() -> None:
    (row,) = READ.projects
    first = replace(row, place=SourcePlace(2, 4, 1, 1, 0, 2))
    second = replace(row, no=2, place=SourcePlace(2, 4, 1, 1, 0, 3))
    queue = (QueueEntry("unplaced", "?", SourcePlace(3, 3, 1, 1, 2, 3)),)
    index = index_readings(replace(READ, projects=(first, second), queue=queue))
    assert [len(reading.questions) for reading in index.readings] == [0, 0, 1]

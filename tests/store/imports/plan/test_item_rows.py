"""What a row of a table says is of that row's project, whatever else bears its number."""

from dataclasses import replace

from reports.model.document import SourcePlace
from reports.model.extraction import ClearanceStatement, ProjectRow
from store.imports.plan.fact_rows import PENDING
from store.imports.plan.item_rows import ExtractedItems, extract_items
from tests.store.small_reports import BRIDGE, SCHOOL, project, report, value

SOURCE = {"doc": "d", "period": "2031-Q2", "parser_version": "1"}
STORED = {"item": "KP-07", "kind": "key_project", "name": "Trung tâm hội chợ triển lãm quốc tế"}


def at(no: int, name: str, line: int) -> ProjectRow:
    return replace(project(no, name), place=SourcePlace(line, line + 4, table=1, row=line))


def problem(no: int | None, line: int, *, table: int = 1) -> ClearanceStatement:
    place = SourcePlace(line, line, table=table)
    return ClearanceStatement("", no, "land_price", "Chưa có giá đất", "", "x", place)


def file(*rows: ProjectRow, clearance: tuple[ClearanceStatement, ...]) -> ExtractedItems:
    stored = [STORED | {"name_raw": STORED["name"]}]
    return extract_items(
        report("Hai nhóm", "2031-Q2", *rows, clearance=clearance), stored, {}, SOURCE
    )


def test_a_problem_is_of_its_row_where_numbers_begin_anew_in_every_group() -> None:
    made = file(at(1, BRIDGE, 10), at(1, SCHOOL, 20), clearance=(problem(1, 12), problem(1, 22)))
    names = {row["item"]: row["name"] for row in made.new}
    assert [names[row["item"]] for row in made.rows["clearance"]] == [BRIDGE, SCHOOL]


def test_a_row_without_a_number_keeps_its_problem() -> None:
    made = file(at(0, BRIDGE, 10), clearance=(problem(None, 12),))
    assert [row["item"] for row in made.rows["clearance"]] == [made.new[0]["item"]]


def test_a_problem_waits_with_the_row_whose_project_is_asked_about() -> None:
    unsure = "Trung tâm hội chợ triển lãm quốc gia Đông Bắc"
    made = file(at(1, unsure, 10), at(1, SCHOOL, 20), clearance=(problem(1, 12),))
    assert made.rows["clearance"] == []
    (question,) = made.questions
    waiting = [one["content"] for one in question.payload["add"] if one["table"] == "clearance"]
    assert [row["item"] for row in waiting] == [PENDING]


def test_a_problem_that_prose_tells_is_of_no_row() -> None:
    made = file(at(1, BRIDGE, 10), clearance=(problem(None, 12, table=0),))
    assert [row["item"] for row in made.rows["clearance"]] == [None]


def beside(no: int, name: str, *columns: int) -> ProjectRow:
    """Return a row that shares its lines with others: of a turned table, or of one beside."""
    values = tuple(
        replace(value("planned_work", "Thi công", 10), place=cell(column)) for column in columns
    )
    return replace(project(no, name, *values), place=SourcePlace(10, 14, table=1))


def cell(column: int) -> SourcePlace:
    return SourcePlace(11, 11, table=1, row=2, column=column)


def test_what_stands_in_lines_of_several_rows_is_of_the_nearest_columns() -> None:
    stuck = replace(problem(1, 11), place=cell(7))
    made = file(beside(1, BRIDGE, 2, 4), beside(1, SCHOOL, 6, 7), clearance=(stuck,))
    bridge, school = (row["item"] for row in made.new)
    assert [row["item"] for row in made.rows["clearance"]] == [school]
    assert [made.find_item_at(cell(column))["item"] for column in (1, 3, 5, 8)] == [
        bridge, bridge, school, school
    ]  # fmt: skip


def test_of_things_that_one_sentence_names_the_first_is_asked_about() -> None:
    made = file(beside(1, BRIDGE, 0), beside(1, SCHOOL, 0), clearance=())
    assert made.find_item_at(SourcePlace(11, 11))["item"] == made.new[0]["item"]
    assert made.find_item_at(SourcePlace(11, 15))["item"] == ""

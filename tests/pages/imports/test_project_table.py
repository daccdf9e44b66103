"""A question about a project stands in its own row of the preview."""

from pages.imports.project_table import _list_questions
from reports.model.document import SourcePlace
from reports.model.extraction import QueueEntry

ASKED = QueueEntry("unreadable_value", "45-50%", SourcePlace(8, 8, table=1, row=5, column=3))


def test_a_question_of_a_turned_table_is_of_its_column() -> None:
    rows = [SourcePlace(4, 9, table=1, column=column) for column in (2, 3, 4)]
    assert [_list_questions(row, {8: [ASKED]}) for row in rows] == [[], [ASKED], []]


def test_a_question_of_a_row_is_in_any_of_its_columns() -> None:
    row = SourcePlace(8, 9, table=1, row=5)
    assert _list_questions(row, {8: [ASKED], 10: [ASKED]}) == [ASKED]

"""An empty name cell is the row above's only where that cell reaches down, within one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.statements.tables.readings import list_said, list_unread_rows, read_table
from tests.reports.tables.grids import BELOW

if TYPE_CHECKING:
    from reports.model.document import TableCell

HEAD = ("TT", "Tên dự án", "Số hộ", "Tỷ lệ GPMB (%)")
LAU, GROUP = ("1", "Dự án đường Bến Gạch", "210", "85,5"), ("II", "Nhóm hai", "", "")


def subjects(*tables: list[tuple[str | TableCell, ...]]) -> list[tuple[str, float | str]]:
    return [(name, value) for name, _, value, _ in list_said(read_table(*tables), "households")]


def test_a_cell_that_reaches_down_names_the_row_below_it() -> None:
    assert subjects([HEAD, LAU, ("2", BELOW, "40", "100")])[-1] == ("Dự án đường Bến Gạch", 40)


def test_an_empty_cell_alone_names_nothing_and_is_asked_about() -> None:
    read = read_table([HEAD, LAU, ("2", "", "40", "100")])
    assert [value for _, _, value, _ in list_said(read, "households")] == [210]
    assert any("40" in row.left_over for row in list_unread_rows(read))


def test_no_name_reaches_over_a_group_s_heading() -> None:
    said = subjects([HEAD, LAU, GROUP, ("2", BELOW, "40", "100")])
    assert said == [("Dự án đường Bến Gạch", 210)]


def test_no_name_reaches_into_another_table() -> None:
    said = subjects([HEAD, LAU], [HEAD, ("2", BELOW, "40", "100")])
    assert said == [("Dự án đường Bến Gạch", 210)]

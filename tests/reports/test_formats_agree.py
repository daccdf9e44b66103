"""One table in several formats: each cell that is seen is accounted for, and all agree.

Tables of projects of any shape (headings of one to three lines, merged areas, hidden rows and
columns, struck-out words, units above, in the heading, in the number format or in the cell) are
written as Excel, Word, CSV, PDF, web page and OpenDocument, and read as any file is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.extract import extract_document
from reports.model.document import TableBlock
from reports.open import open_document
from reports.outcome.cell_fates import classify_cells
from tests.examples import at_most
from tests.reports.tables.grid.test_grid_properties import CONTENTS, HEADINGS
from tests.reports.written.formats import WRITERS
from tests.reports.written.judging import Expectation, judge_reading, list_values
from tests.reports.written.model import Cell, WrittenTable, list_shown
from tests.reports.written.project_tables import OLD, ORDINARY, TITLE, Shape, write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.extraction import Extraction
    from tests.reports.written.judging import Values
    from tests.reports.written.model import Block

QUICK: Final = ("xlsx", "docx", "csv")
ALL: Final = (*QUICK, "pdf", "html", "ods")
WHOLE: Final = ("xlsx", "docx", "pdf", "html", "ods")
"""The formats that hold merged areas."""

flags = st.booleans()
shapes = st.builds(
    Shape,
    projects=st.integers(1, 5),
    columns=st.permutations((*ORDINARY, "owner")).flatmap(
        lambda kinds: st.integers(3, len(kinds)).map(lambda count: tuple(kinds[:count]))
    ),
    unit=st.sampled_from(("heading", "above", "format", "cell")),
    billions=flags,
    sign=st.sampled_from(("dots", "blanks", "plain")),
    stored=flags,
    two_amounts=flags,
    percent_columns=flags,
    quarters=flags,
    column_numbers=flags,
    groups=flags,
    total=flags,
    one_place=flags,
    hidden_row=flags,
    hidden_column=flags,
    struck=flags,
    first=st.integers(0, 4),
)


@st.composite
def wild_tables(draw: st.DrawFn) -> WrittenTable:
    """Return a table of any headings and contents, some places merged, some not shown.

    It may make no sense, so that formats needn't agree: a sheet's title lines are told from its
    table by their words, Word's by the table itself.
    """
    width, heads, lines = draw(st.integers(2, 7)), draw(st.integers(1, 3)), draw(st.integers(1, 5))
    rows: list[list[Cell | None]] = [
        [Cell(draw(st.sampled_from(HEADINGS if row < heads else CONTENTS))) for _ in range(width)]
        for row in range(heads + lines)
    ]
    for _ in range(draw(st.integers(0, 3))):
        row, column = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, width - 1))
        down, across = draw(st.sampled_from(((1, 2), (2, 1), (2, 2), (1, 3))))
        area = [(r, c) for r in range(row, row + down) for c in range(column, column + across)]
        inside = row + down <= len(rows) and column + across <= width
        if inside and all((one := rows[r][c]) and one.rows == one.columns == 1 for r, c in area):
            first = rows[row][column] or Cell()
            for r, c in area:
                rows[r][c] = None
            rows[row][column] = Cell(first.text, across, down)
    # What Word shows of an area over several rows that begins in a hidden one is not known.
    plain = [
        number
        for number in range(heads, len(rows))
        if all(cell is None or cell.rows == 1 for cell in rows[number])
    ]
    table = WrittenTable(
        tuple(map(tuple, rows)),
        frozenset(draw(st.sets(st.sampled_from(plain), max_size=1)) if plain else ()),
        frozenset(draw(st.sets(st.integers(1, width - 1), max_size=1))),
    )
    return _mark_hidden(table)


def _mark_hidden(table: WrittenTable) -> WrittenTable:
    """Return the table with a mark in all that is not to be seen."""
    rows = [list(row) for row in table.rows]
    for number, column, cell in table.iterate_cells():
        down = set(range(number, number + cell.rows)) - table.hidden_rows
        across = set(range(column, column + cell.columns)) - table.hidden_columns
        if cell.text and not (down and across):
            rows[number][column] = Cell(f"{OLD} {cell.text}", cell.columns, cell.rows)
    return WrittenTable(tuple(map(tuple, rows)), table.hidden_rows, table.hidden_columns)


def read_all(blocks: Sequence[Block], formats: Sequence[str]) -> dict[str, Extraction]:
    """Return what is read of each format, all that is seen being accounted for."""
    read = {
        form: extract_document(open_document(WRITERS[form](blocks), f"a.{form}"))
        for form in formats
    }
    for form, extraction in read.items():
        check_account(extraction, blocks, form)
    return read


def check_account(extraction: Extraction, blocks: Sequence[Block], form: str) -> None:
    """Assert that the reader kept what is seen, and that every cell was used, asked or named."""
    assert extraction.balance.exact, form
    kept = {
        _squeeze(piece.text)
        for block in extraction.document.blocks
        for piece in (
            [cell for row in block.rows for cell in row.cells]
            if isinstance(block, TableBlock)
            else [block]
        )
    }
    kept |= {  # what a row has too much for its columns is set aside, and said to be
        _squeeze(cell.unseen)
        for block in extraction.document.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
        for cell in row.cells
        if cell.unseen_reason == "misfit"
    }
    everything = "\n".join(kept)
    for text in list_shown(blocks):
        assert _squeeze(text) in everything, (form, text)
    for project in extraction.projects:
        words = (project.name, *(value.raw for value in project.values))
        assert not any(OLD in word for word in words), (form, words)
    _check_unused(extraction, form)


def _squeeze(text: str) -> str:
    """Return a text without blanks, and without the signs that begin a heading in plain text."""
    return "".join(text.split()).replace("#", "")


def _check_unused(extraction: Extraction, form: str) -> None:
    if not extraction.balance.cells_unused:  # the heading of a table without rows has been read
        return
    messages = " ".join(" ".join(extraction.document.messages).split())
    headings = {
        (use.table, use.column): " ".join(use.heading.split())[:60] or f"#{use.column}"
        for use in extraction.columns
    }
    for (table, row, column), fate in classify_cells(extraction).items():
        if fate != "unused":
            continue
        heading = headings.get((table, column), "")
        named = heading and heading in messages
        assert named or f"Bảng {table}" in messages, (form, table, row, column, messages)


def drop_asked(values: Values, other: Values) -> tuple[Values, Values]:
    """Return of both readings what both have: one format may know more than another."""
    common = values.keys() & other.keys()
    return {key: values[key] for key in common}, {key: other[key] for key in common}


def check_shape(shape: Shape, formats: Sequence[str]) -> None:
    """Assert that no format says a false thing or is silent, and that formats agree."""
    blocks, facts = write_report(shape)
    read = read_all(blocks, formats)
    for form, extraction in read.items():
        verdict = judge_reading(extraction, Expectation(facts))
        assert verdict.word in {"right", "told"}, (form, verdict)
    whole = [list_values(read[form]) for form in formats if form in WHOLE]
    for values in whole[1:]:
        if shape.stored or shape.unit == "format":
            mine, theirs = drop_asked(whole[0], values)
            assert mine == theirs
        else:
            assert values == whole[0], (values, whole[0])


@settings(max_examples=at_most(10))
@given(shapes)
def test_project_tables_in_office_formats(shape: Shape) -> None:
    check_shape(shape, QUICK)


@settings(max_examples=at_most(10))
@given(wild_tables())
def test_any_tables_in_office_formats(table: WrittenTable) -> None:
    read_all([*TITLE, table], QUICK)


@pytest.mark.slow
@settings(max_examples=at_most(8))
@given(shapes)
def test_project_tables_in_all_formats(shape: Shape) -> None:
    check_shape(shape, ALL)


@pytest.mark.slow
@settings(max_examples=at_most(6))
@given(wild_tables())
def test_any_tables_in_all_formats(table: WrittenTable) -> None:
    read_all([*TITLE, table], ALL)

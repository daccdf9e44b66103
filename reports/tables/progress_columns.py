"""How far the works are: what the columns of planned and of reached progress say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.i18n import t
from geo.text import normalise_spelling
from reports.grammar.cell_parts import choose_ticked, is_dash
from reports.grammar.clause_shares import UnreadShare
from reports.grammar.numbers import format_decimal
from reports.grammar.progress import find_quantities, find_shares, read_bare_percentage
from reports.model.extraction import ExtractedValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.grammar.clause_shares import Share
    from reports.grammar.works_parts import Topic
    from reports.model.document import TableCell
    from reports.tables.grid.columns import Column
    from reports.tables.row_values import RowValues


def read_progress(row: RowValues) -> None:
    """Read what is planned and done, column by column."""
    for key in ("planned", "actual"):
        if any(not column.percent for column in row.table.list_columns(key, "")):
            _read_progress_text(row, key)
        for column in row.table.list_columns(key):
            if column.topic or column.percent:
                _read_share_column(row, column)


def _read_progress_text(row: RowValues, key: str) -> None:
    cell, heading = row.cell(key), row.get_heading(key)
    text = choose_ticked(cell.text)
    _add_shares(row, find_shares(text, planned=key == "planned"), key, cell, heading)
    if key == "actual":
        for quantity in find_quantities(text):
            row.add_at(quantity, cell, heading)


def _add_shares(
    row: RowValues, shares: Iterable[Share], key: str, cell: TableCell, heading: str
) -> None:
    """Keep the shares that a cell states; ask about those that may mean several."""
    for share in shares:
        if isinstance(share, UnreadShare):
            detail = t("reports.queue.percent")
            row.ask_at("unreadable_value", share.raw, cell, detail, share.readings)
        elif share.topic != "physical" or key == "actual":
            physical = share.topic == "physical"
            value = ExtractedValue(
                "physical_done" if physical else _name(key, share.topic),
                format_decimal(share.value), share.raw, component=share.component,
                total="100" if physical else "", unit="percent", basis=share.basis,
                qualifier=share.qualifier, confidence=share.confidence,
            )  # fmt: skip
            row.add_at(value, cell, heading)


def _name(key: str, topic: Topic) -> str:
    """Return the field of the percentages of one topic, planned or actual."""
    return f"{key}_{topic}_pct"


def _read_share_column(row: RowValues, column: Column) -> None:
    """Read a column whose heading says of what its percentages are."""
    cell = row.row.cell(column.index)
    if is_dash(cell.text):
        return
    share = read_bare_percentage(cell.text, column.topic)
    if share is None:
        _read_worded_shares(row, column, cell)
    elif not column.topic:
        row.ask_at("unreadable_value", cell.text, cell, t("reports.queue.percent"), [share.value])
    elif not column.percent and "%" not in cell.text:
        row.ask_at(
            "unreadable_value",
            cell.text,
            cell,
            t("reports.queue.no_unit"),
            field=_name(column.key, column.topic),
        )
    elif 0 < share.value < 1 and "%" not in cell.text:
        readings = [share.value * 100, share.value]
        row.ask_at(
            "ambiguous_number", cell.text, cell, t("reports.queue.share_or_percent"), readings,
            field=_name(column.key, column.topic),
        )  # fmt: skip
    else:
        _add_shares(row, [share], column.key, cell, column.heading)


def _read_worded_shares(row: RowValues, column: Column, cell: TableCell) -> None:
    chosen = choose_ticked(cell.text)
    shares = list(find_shares(chosen, column.topic, planned=column.key == "planned"))
    _add_shares(row, shares, column.key, cell, column.heading)
    if column.key == "actual":
        quantities = list(find_quantities(chosen))
        text = " ".join(cell.text.split())
        result = ExtractedValue("result_text", normalise_spelling(text), text)
        for value in (*quantities, result):
            row.add_at(value, cell, column.heading)
        if not (shares or quantities) and re.search(r"\d", text):
            row.ask_at("not_understood", text, cell, t("reports.queue.result_unread"))

"""A thing opened for editing: what it says and the token it is saved with, of one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.audit.edit_tokens import (
    compute_row_token,
    compute_rows_token,
    make_case_target,
    make_row_target,
    make_task_target,
    make_whole_item_target,
    read_rows_at,
)
from store.db.database import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.audit.rows import Row


@dataclass(frozen=True)
class OpenedItem:
    """An item with its communes, point and figures; every ``…_token`` is what a save names.

    ``figures`` are the rows of its observations by their ids, ``figure_tokens`` the tokens;
    ``seen`` stands for all of it together.
    """

    item: Row
    item_token: str
    places: tuple[Row, ...]
    communes_token: str
    point: Row | None
    point_token: str
    figures: dict[str, Row]
    figure_tokens: dict[str, str]
    seen: str


@dataclass(frozen=True)
class OpenedCase:
    """A case of the register with its steps by their name."""

    case: Row
    steps: dict[str, Row]
    token: str

    @property
    def seen(self) -> str:
        """Return what stands for all of it: a case is edited as one."""
        return self.token


@dataclass(frozen=True)
class OpenedRow:
    """One row that is edited by itself; ``seen`` is its token."""

    row: Row
    seen: str


@dataclass(frozen=True)
class OpenedTask:
    """What a document says of a task: rows and tokens of its statements by their keys."""

    rows: dict[str, Row]
    tokens: dict[str, str]
    seen: str


def read_row(table: str, key: str, seen: str = "") -> OpenedRow | None:
    """Return a row as it is now, or as it was when ``seen`` stood for it.

    ``None`` when there is none of that key, or it never was that.
    """
    with reading() as connection:
        rows = read_rows_at(connection, make_row_target(table, key), seen)
    found = _select_table_rows(rows or (), table)
    return OpenedRow(found[0], compute_rows_token(rows)) if rows and found else None


def read_task(statements: Sequence[str], seen: str = "") -> OpenedTask | None:
    """Return a task, by the keys of its statements, as it is now or was when ``seen`` stood for it.

    ``None`` when there is none of them, or it never was that.
    """
    with reading() as connection:
        rows = read_rows_at(connection, make_task_target(statements), seen)
    found = {str(row["key"]): row for row in _select_table_rows(rows or (), "statements")}
    tokens = {key: compute_row_token("statements", row) for key, row in found.items()}
    return OpenedTask(found, tokens, compute_rows_token(rows)) if rows and found else None


def read_item(item: str, seen: str = "") -> OpenedItem | None:
    """Return an item as it is now, or as it was when ``seen`` stood for it.

    ``None`` when there is none of that code, or it never was that.
    """
    with reading() as connection:
        rows = read_rows_at(connection, make_whole_item_target(item), seen)
    items = _select_table_rows(rows or (), "items")
    if rows is None or not items:
        return None

    def token(table: str) -> str:
        return compute_rows_token([row for row in rows if row["table"] == table])

    points = _select_table_rows(rows, "points")
    figures = {str(row["key"]): row for row in _select_table_rows(rows, "observations")}
    return OpenedItem(
        item=items[0],
        item_token=token("items"),
        places=tuple(_select_table_rows(rows, "places")),
        communes_token=token("places"),
        point=points[0] if points else None,
        point_token=token("points"),
        figures=figures,
        figure_tokens={obs: compute_row_token("observations", row) for obs, row in figures.items()},
        seen=compute_rows_token(rows),
    )


def read_case(case: str, seen: str = "") -> OpenedCase | None:
    """Return a case as it is now, or as it was when ``seen`` stood for it.

    ``None`` when there is none of that number, or it never was that.
    """
    with reading() as connection:
        rows = read_rows_at(connection, make_case_target(case), seen)
    cases = _select_table_rows(rows or (), "cases")
    if rows is None or not cases:
        return None
    return OpenedCase(
        case=cases[0],
        steps={str(row["step"]): row for row in _select_table_rows(rows, "case_steps")},
        token=compute_rows_token(rows),
    )


def _select_table_rows(rows: Sequence[Row], table: str) -> list[Row]:
    """Return the rows of one table in order, as the table has them."""
    table_rows = [row for row in rows if row["table"] == table]
    return [
        {name: value for name, value in row.items() if name != "table"}
        for row in sorted(table_rows, key=lambda row: int(row["position"]))
    ]

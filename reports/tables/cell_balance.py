"""What became of every column and every cell of the tables: used, asked about, or not used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from geo.i18n import t
from reports.grammar.cell_parts import is_dash
from reports.model.document import SourcePlace
from reports.model.extraction import ColumnUse
from reports.tables.grid.header_rows import position_cells
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import CellKey, TableCell, TableRow
    from reports.model.extraction import ColumnFate, QueueEntry
    from reports.tables.grid.columns import Column
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_READ_OF_PROJECTS: Final = frozenset(
    {
        "no", "name", "investment", "location", "planned", "actual", "forecast", "request",
        "note", "obstacles", "starts", "finishes", "inaugurates", "group",
    }
)  # fmt: skip
_READ_OF_TASKS: Final = frozenset({"no", "name", "when", "lead", "product"})
_READ_OF_PARTS: Final = frozenset({"no", "name", "planned", "actual", "obstacles"})
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 60
_LONGEST_NAME: Final = 60


class CellsRead(Protocol):
    """Cells that another reader used or asked about, and the ids of the lines that it read."""

    lines: set[int]
    cells: set[CellKey]
    asked: set[CellKey]


def list_column_uses(
    table: StitchedTable, queue: Sequence[QueueEntry], rows: CellsRead
) -> tuple[ColumnUse, ...]:
    """Return what became of each column of a table; ``queue`` holds the questions put.

    ``rows`` is what the reader of tables of any heading took.
    """
    read = list_read_keys(table)
    asked = _list_asked(queue) | rows.asked
    cells: dict[int, list[TableCell]] = {}
    unseen: set[int] = set()
    spare: dict[int, int] = {}
    for row in table.rows:
        for index in _list_spare(table, row):
            spare[index] = spare.get(index, 0) + 1
        for line in row.lines if row.kind == "row" else ():
            for index, cell in position_cells(line):
                if cell.text:
                    cells.setdefault(index, []).append(cell)
                elif cell.unseen:
                    unseen.add(index)
    first = _find_first_place(table)
    uses: list[ColumnUse] = []
    for column in table.columns:
        own = cells.get(column.index, [])
        fate = _judge_column(column, own, read, asked, rows)
        if own and spare.get(column.index, 0) == len(own):
            fate = "unused"
        if not own and column.index in unseen:
            fate = "unseen"
        uses.append(
            ColumnUse(
                table=first.table,
                column=own[0].place.column if own else column.index + 1,
                heading=column.heading,
                key=column.key,
                unit=_name_unit(column),
                fate=fate,
                cells=len(own),
                samples=tuple(" ".join(c.text.split())[:_SAMPLE_LENGTH] for c in own[:_SAMPLES]),
                place=own[0].place if own else first,
            )
        )
    return tuple(uses)


def _list_spare(table: StitchedTable, row: StitchedRow) -> list[int]:
    """Return the columns whose amount another one's of the same row says better."""
    if row.kind != "row":
        return []
    columns = [column.index for column in table.list_columns("investment", "")]
    return [index for index in columns if not is_dash(row.cell(index).text)][1:]


def _find_first_place(table: StitchedTable) -> SourcePlace:
    lines = [*table.header_lines, *(line for row in table.rows for line in row.lines)]
    lines += table.unattached
    return lines[0].place if lines else SourcePlace(0, 0)


def _name_unit(column: Column) -> str:
    if column.unit_name:
        return column.unit_name
    if column.percent:
        return "%"
    names = {1.0: "triệu đồng", 1000.0: "tỷ đồng", 0.000001: "đồng", 0.001: "nghìn đồng"}
    return names.get(column.unit, "") if column.unit is not None else ""


def list_read_keys(table: StitchedTable) -> frozenset[str]:
    """Return the keys of columns that are read of a table of its kind; empty for any other."""
    if is_project_table(table):
        return _READ_OF_PROJECTS
    if "lead" in table.keys and "name" in table.keys:
        return _READ_OF_TASKS
    return frozenset()


def _judge_column(
    column: Column,
    cells: Sequence[TableCell],
    read: frozenset[str],
    asked: set[CellKey],
    rows: CellsRead,
) -> ColumnFate:
    if not cells:
        return "empty"
    if column.state == "competing" or all(cell.place.cell_key in asked for cell in cells):
        return "asked"
    taken = column.state == "taken" and column.key in read
    return "used" if taken or any(cell.place.cell_key in rows.cells for cell in cells) else "unused"


def _list_asked(queue: Sequence[QueueEntry]) -> set[CellKey]:
    return {entry.place.cell_key for entry in queue if entry.place.table and entry.place.column}


def count_cells(
    tables: Sequence[StitchedTable], queue: Sequence[QueueEntry], period: str, rows: CellsRead
) -> tuple[int, int, int]:
    """Return how many cells of the tables that show something are used, asked, not used."""
    asked = _list_asked(queue) | rows.asked
    counts: dict[ColumnFate, int] = {"used": 0, "asked": 0, "unused": 0}
    for table in tables:
        other = table.period not in {"", period}
        for fate, cell in _iterate_fates(table, asked, rows):
            if cell.text:
                counts["unused" if other else fate] += 1
    return counts["used"], counts["asked"], counts["unused"]


def _iterate_fates(
    table: StitchedTable, asked: set[CellKey], rows: CellsRead
) -> Iterator[tuple[ColumnFate, TableCell]]:
    read = list_read_keys(table)
    known = bool(read) or _is_read(table, rows)
    columns = {column.index: column for column in table.columns}
    for line in table.header_lines:
        yield from (("used" if known else "unused", cell) for cell in line.cells)
    for line in table.unattached:
        yield from (("asked", cell) for cell in line.cells)
    for line in table.notes:
        yield from (("used" if table.letterhead else "unused", cell) for cell in line.cells)
    for row in table.rows:
        details = {id(line) for line in row.details}
        parts = {id(line) for part in row.parts for line in part.lines}
        for line in row.lines:
            if row.kind != "row":
                yield from ((_judge_sum(cell, rows, known=known), cell) for cell in line.cells)
                continue
            keys = frozenset() if id(line) in details else read
            keys = keys & _READ_OF_PARTS if id(line) in parts else keys
            spare = _list_spare(table, row)
            for column, cell in position_cells(line):
                judged = None if column in spare else columns.get(column)
                fate = _judge_cell(judged, cell, keys, asked)
                read_else = fate == "unused" and cell.place.cell_key in rows.cells
                yield "used" if read_else else fate, cell


def _is_read(table: StitchedTable, rows: CellsRead) -> bool:
    """Return True if some row of a table gave a statement."""
    return any(id(line) in rows.lines for row in table.rows for line in row.lines)


def _judge_sum(cell: TableCell, rows: CellsRead, *, known: bool) -> ColumnFate:
    """Return the fate of a cell of a group's heading or a sum."""
    if cell.place.cell_key in rows.asked:
        return "asked"
    return "used" if known or cell.place.cell_key in rows.cells else "unused"


def _judge_cell(
    column: Column | None, cell: TableCell, read: frozenset[str], asked: set[CellKey]
) -> ColumnFate:
    if cell.place.cell_key in asked:
        return "asked"
    if column is not None and column.state == "competing":
        return "asked"
    if column is not None and column.state == "taken" and column.key in read:
        return "used"
    return "unused"


def describe_unused(
    tables: Sequence[StitchedTable], columns: Sequence[ColumnUse], read: CellsRead
) -> tuple[str, ...]:
    """Return the messages that name what was not read: whole tables, columns, single lines."""
    messages: list[str] = []
    for table in tables:
        place = _find_first_place(table)
        name = _name_table(table, place)
        rows = sum(1 for row in table.rows if row.kind == "row")
        if not list_read_keys(table) and not _is_read(table, read):
            lines = rows or len(table.header_lines)
            if lines:
                messages.append(t("reports.columns.unread_table", table=name, rows=lines))
            continue
        own = [use for use in columns if use.table == place.table and use.cells]
        heads = {column.heading for column in table.columns}
        for fate in ("unused", "asked"):
            listed = ", ".join(
                t("reports.columns.column", heading=_name_column(use), cells=use.cells)
                for use in own
                if use.fate == fate and use.heading in heads
            )
            if listed:
                messages.append(t(f"reports.columns.{fate}", table=name, columns=listed))
        messages.extend(_describe_lines(table, name))
    return tuple(messages)


def _describe_lines(table: StitchedTable, name: str) -> Iterator[str]:
    rows: list[StitchedRow] = [row for row in table.rows if row.kind == "row"]
    details: list[TableRow] = [line for row in rows for line in row.details]
    if details:
        sample = details[0].text[:_SAMPLE_LENGTH]
        yield t("reports.columns.details", table=name, rows=len(details), sample=sample)
    if table.notes:
        sample = table.notes[0].text[:_SAMPLE_LENGTH]
        yield t("reports.columns.notes", table=name, rows=len(table.notes), sample=sample)
    parts = sum(len(row.parts) for row in rows)
    if parts:
        yield t("reports.columns.parts", table=name, rows=parts)


def _name_table(table: StitchedTable, place: SourcePlace) -> str:
    words = " ".join((table.sheet or table.title).split())
    number = t("reports.columns.table", table=place.table)
    return f"{number} (“{words[:_LONGEST_NAME]}”)" if words else number


def _name_column(use: ColumnUse) -> str:
    return " ".join(use.heading.split())[:_LONGEST_NAME] or f"#{use.column}"

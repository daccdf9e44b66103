"""A column of money beside the investment (planned, disbursed, compensation …) in another unit.

What it says is kept as statements, in million VND whatever the column is in.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reports.grammar.columns.meanings import understand_heading
from reports.grammar.numbers import format_decimal, read_number
from store.audit.ledger import read_current_rows
from store.db.schema import FACTS
from store.imports.plan.review_rows import strip_origin
from store.imports.questions.column_cells import UNITS, AmountCell
from store.imports.questions.column_units import (
    EACH,
    HeldColumns,
    OddColumn,
    find_unit,
    make_question,
)
from store.imports.questions.statement_amounts import ask_about_amount, find_middle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlalchemy as sa

    from reports.model.document import SourcePlace
    from reports.model.extraction import ColumnUse, Extraction
    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow
    from store.imports.questions.column_units import StoreKnowledge

MONEY_FIELDS: Final = frozenset({
    "equity", "construction_cost", "clearance_cost", "compensation", "allocated",
    "planned_disbursement", "disbursed", "remaining_money", "money",
})  # fmt: skip
"""What statements say in money, beside what is a fact."""

_CLOSE: Final = (Decimal("0.1"), Decimal(10))
"""What is paid and planned moves more from report to report than an investment; a unit more yet."""

_MILLIONS: Final = "triệu đồng"
_TWO_WAYS: Final = "value"
"""Why a statement is asked about whose digits may be read in two ways."""
_NO_UNIT: Final = "unit"
"""Why one is whose column states no unit."""

_Slot = tuple[str, ...]


def hold_statement_columns(
    connection: sa.Connection,
    read: Extraction,
    held: HeldColumns,
    known: StoreKnowledge,
    *,
    source: Content,
    named: Mapping[str, SourcePlace],
    decisions: Mapping[str, str],
) -> None:
    """Hold back the statements of columns that seem to be in another unit, and ask about these.

    In a column whose unit is not asked about, or is to be asked row by row, what does not fit what
    is known of its item is asked about alone.

    ``named`` are the places of the items' rows: what waits for its value is told by its row.
    """
    columns = dict(_list_columns(read, held.changes))
    if not columns:
        return
    before = _read_known(connection, known.ranks, str(source["period"]))
    items = {(place.table, place.row): item for item, place in named.items() if place.table}
    for use, changes in columns.values():
        cells = tuple(_make_cell(change, use.unit, items, before) for change in changes)
        middle = find_middle(cells)
        alone = {id(cell): ask_about_amount(cell, middle, known.names) for cell in cells}
        unit = find_unit(cells, use.unit)
        question = unit and make_question(read, OddColumn(use, unit, cells), known, source)
        if question:
            waiting = [_make_entry(cell, unit, alone[id(cell)]) for cell in cells]
            payload: dict[str, Any] = question.payload | {"key": use.key, "add": waiting}
            held.columns.append(replace(question, payload=payload))
        if question and decisions.get(question.fingerprint) != EACH:
            _hold_back(held, changes)
        else:
            asked = [(cell, one) for cell in cells if (one := alone[id(cell)])]
            _hold_back(held, [cell.change for cell, _ in asked if cell.change])
            held.columns += [one for _, one in asked]


def _make_entry(cell: AmountCell, unit: str, alone: ReviewRow | None) -> dict[str, Any]:
    """Return what a question about a column keeps of one of its statements."""
    return {
        "table": "statements",
        "content": strip_origin((cell.change and cell.change.after) or {}),
        "value": "",
        "changed": _read_in(cell, unit),
        "alone": [asdict(alone)] if alone else [],
    }


def _hold_back(held: HeldColumns, changes: Sequence[RowChange]) -> None:
    out = {id(change) for change in changes}
    held.changes = [one for one in held.changes if id(one) not in out]


def _list_columns(
    read: Extraction, changes: Sequence[RowChange]
) -> Iterator[tuple[tuple[int, int], tuple[ColumnUse, list[RowChange]]]]:
    """Yield the columns that are of one field, each with the unit that it states and its rows."""
    found: dict[tuple[int, int], list[RowChange]] = {}
    for change in changes:
        row = change.after if change.table == "statements" else None
        if row and row["field"] in MONEY_FIELDS and row["number"] and row["unit"] == _MILLIONS:
            found.setdefault((int(row["table_no"]), int(row["column_no"])), []).append(change)
    uses = {(use.table, use.column): use for use in read.columns}
    for place, rows in found.items():
        fields = {str(one.after["field"]) for one in rows if one.after}
        use = uses.get(place)
        if use is None or len(fields) != 1:
            continue
        unit = use.unit or understand_heading(use.heading).unit
        if unit in {"", *UNITS}:
            yield place, (replace(use, key=fields.pop(), unit=unit), rows)


def _read_known(
    connection: sa.Connection, ranks: Mapping[str, int], period: str
) -> Mapping[_Slot, Decimal]:
    """Return what earlier periods say of each item, in million VND, the latest."""
    table = FACTS["statements"]
    rows = read_current_rows(connection, "statements", table.c.field.in_(sorted(MONEY_FIELDS)))
    until = ranks.get(period, len(ranks))
    earlier = [
        (ranks[row["period"]], row) for row in rows
        if row["item"] and row["number"] and row["unit"] == _MILLIONS
        and ranks.get(row["period"], until) < until
    ]  # fmt: skip
    return {
        _get_slot(row): Decimal(str(row["number"]))
        for _, row in sorted(earlier, key=lambda one: one[0])
    }


def _make_cell(
    change: RowChange,
    own: str,
    items: Mapping[tuple[int, int], str],
    before: Mapping[_Slot, Decimal],
) -> AmountCell:
    row = dict(change.after or {})
    item = row["item"] or items.get((int(row["table_no"]), int(row["row_no"])))
    named = row | {"item": item or "", "raw": row["stated"]}
    numbers = read_number(str(row["stated"])) if row["why"] == _TWO_WAYS else ()
    written = Decimal(str(row["number"])) / UNITS.get(own, Decimal(1))
    known = before.get(_get_slot(named)) if item else None
    return AmountCell(numbers or (written,), named, change, before=known, close=_CLOSE)


def _read_in(cell: AmountCell, unit: str) -> Row:
    """Return what of a statement the unit changes; one that waits for it is sure then."""
    near = cell.read_in(unit)
    million = near or cell.numbers[0] * UNITS[unit]
    changed: Row = {"item": cell.row["item"] or None}
    if near is None and len(cell.numbers) > 1:
        return changed
    changed |= {"value": format_decimal(million), "number": float(million)}
    if cell.row["why"] in {_TWO_WAYS, _NO_UNIT}:
        changed |= {"state": "sure", "why": "", "candidates": ""}
    return changed


def _get_slot(row: Content) -> _Slot:
    return tuple(str(row[name] or "") for name in ("item", "field", "detail", "mood"))

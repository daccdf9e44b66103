"""An amount beside the investment that does not fit its item, or its column: asked by itself."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from statistics import median
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.grammar.numbers import format_decimal
from reports.model.ranges import MONEY
from store.imports.plan.fact_rows import find_bad_column
from store.imports.plan.review_rows import ReviewRow, strip_origin
from store.imports.questions.plausibility import (
    FEWEST,
    PLACE,
    UNUSUAL,
    find_jump,
    list_likely_readings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.audit.rows import Row
    from store.imports.questions.column_cells import AmountCell

_STATEMENTS: Final = "statements"


def find_middle(cells: Sequence[AmountCell]) -> float | None:
    """Return the middle of a column's amounts where it is long enough to have one."""
    found = [float(cell.row["number"]) for cell in cells if float(cell.row["number"]) > 0]
    return median(found) if len(found) >= FEWEST else None


def ask_about_amount(
    cell: AmountCell, middle: float | None, names: Mapping[str, str]
) -> ReviewRow | None:
    """Return the question about one amount, ``None`` where nothing of it is unusual.

    What waits for an answer already is not asked about twice.
    """
    row = cell.row
    if row["state"] != "sure" or cell.change is None:
        return None
    field, value = str(row["field"]), float(row["number"])
    before = float(cell.before) if cell.before else None
    why = "" if before == value else find_jump(field, value, before, middle)
    if not why:
        return None
    item = str(row["item"] or "")
    said = ", ".join(filter(None, (t(f"statements.field.{field}"), str(row["detail"] or ""))))
    name = names.get(item) or item or str(row["subject"])
    content = strip_origin(cell.change.after or {}) | {"item": item or None}
    return ReviewRow(
        reason=UNUSUAL,
        raw=str(row["stated"] or row["value"]),
        doc=str(row["doc"]),
        period=str(row["period"]),
        detail=t("store.unusual.of", name=name, field=said, why=why),
        place={name: row[column] for name, column in PLACE.items() if row[column]},
        candidates=list_likely_readings(value, before),
        payload={"add": [{"table": _STATEMENTS, "content": content}], "item": item},
    )


def is_about_amount(review: ReviewRow) -> bool:
    """Return whether a question is about an amount that statements hold."""
    return review.reason == UNUSUAL and any(
        entry["table"] == _STATEMENTS for entry in review.payload.get("add", ())
    )


def list_answered_amounts(review: ReviewRow, choice: str) -> list[Row]:
    """Return the rows of a question as an answer has them, '' for as they were read.

    An answer is an amount in million VND, also after its field and "=". None are returned where it
    is no amount of the field, or one that no row can hold.
    """
    rows: list[Row] = [dict(entry["content"]) for entry in review.payload["add"]]
    if choice:
        field, apart, value = choice.partition("=")
        try:
            amount = Decimal((value if apart else choice).strip())
        except InvalidOperation:
            return []
        other = apart and field.strip() != rows[0]["field"]
        if other or MONEY.fault(float(amount)):
            return []
        rows = [row | {"value": format_decimal(amount), "number": float(amount)} for row in rows]
    return [] if any(find_bad_column(row, _STATEMENTS) for row in rows) else rows

"""Figures that do not fit what is known of their item, or their column: asked before accepted."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from geo.i18n import format_number, t
from reports.model.dates import parse_span
from reports.model.schema import FIELDS
from reports.model.statement import MONEY_FIELDS
from store.analysis.change_direction import STATUS_RANK
from store.audit.rows import format_cell
from store.facts.labels import format_when, translate_word
from store.facts.stored.observation_order import ON_PAPER
from store.imports.plan.review_rows import ReviewRow, strip_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row

UNUSUAL: Final = "unusual"
_JUMPS: Final = ((8, 12), (80, 125), (800, 1250))
"""Factors by which a figure is likely a digit or more too long or too short."""

_FROM_MEDIAN: Final = 3.0
"""Powers of ten from the middle of its column at which a figure is asked about."""

_NEAR: Final = 3
"""A reading within this factor of what is stored is offered."""

FEWEST: Final = 8
"""Figures of a column from which its middle says something."""

_NUMBERS: Final = frozenset({"investment_mvnd", "land_payment_mvnd", "area_ha"})
_DONE: Final = frozenset({"actual_clearance_pct", "actual_construction_pct"})


def hold_unusual(
    changes: Sequence[RowChange],
    stored: Iterable[Row],
    ranks: Mapping[str, int],
    names: Mapping[str, str],
) -> tuple[list[RowChange], list[ReviewRow]]:
    """Return the changes without the figures that are to be asked about, and the questions.

    ``stored`` are the figures that the store has, ``ranks`` the order of periods, ``names`` what
    items are called.
    """
    history = collect_history(stored, ranks)
    columns = _collect_columns(_list_figures(changes))
    kept: list[RowChange] = []
    questions: list[ReviewRow] = []
    for change in changes:
        row = change.after if change.table == "observations" else None
        before = "" if row is None else find_before(row, history, ranks)
        why = "" if row is None or change.before else _find_fault(row, before, columns)
        if row is None or not why:
            kept.append(change)
        else:
            questions.append(_make_question(row, before, why, names))
    return kept, questions


def list_unusual(
    changes: Sequence[RowChange],
    stored: Sequence[Row],
    ranks: Mapping[str, int],
    names: Mapping[str, str],
) -> list[str]:
    """Return in words what a person's changes make unusual, each figure once.

    A figure is held against the earlier periods, as one of a report is, and an amount against the
    one that it replaces too. ``stored`` are the figures there are of the changed fields.
    """
    history, columns = collect_history(stored, ranks), _collect_columns(stored)
    said = []
    for change in changes:
        row = change.after if change.table == "observations" else None
        if row is None:
            continue
        why = _find_fault(row, find_before(row, history, ranks), columns)
        if not why and change.before and row["field"] in _NUMBERS:
            why = _find_fault(row, str(change.before["value"]), columns)
        if why:
            said.append(_say(row, why, names))
    return said


def find_known_reading(review: ReviewRow, stored: Iterable[Row]) -> str:
    """Return the reading of an ambiguous amount that its item had before, '' where there is none.

    ``stored`` are the figures of the store, earlier periods first.
    """
    if review.reason != "ambiguous_number":
        return ""
    item, before = review.payload.get("item"), ""
    for row in stored:
        if row["item"] == item and row["field"] == "investment_mvnd" and not row["component"]:
            before = str(row["value"])
    return before if before and before in {reading for reading, _ in review.candidates} else ""


def collect_history(
    stored: Iterable[Row], ranks: Mapping[str, int]
) -> dict[tuple[str, ...], list[Row]]:
    """Return the figures of each item, field and part, the latest last."""
    known: dict[tuple[str, ...], list[Row]] = {}
    for row in sorted(stored, key=lambda one: ranks.get(str(one["period"]), -1)):
        known.setdefault(_get_slot(row), []).append(row)
    return known


def _list_figures(changes: Iterable[RowChange]) -> list[Content]:
    return [change.after for change in changes if change.table == "observations" and change.after]


def _collect_columns(figures: Iterable[Content]) -> dict[str, float]:
    """Return the middle of each column of amounts that is long enough to have one."""
    columns: dict[str, list[float]] = {}
    for row in figures:
        if row["field"] in _NUMBERS and float(row["value"] or 0) > 0:
            columns.setdefault(str(row["field"]), []).append(float(row["value"]))
    return {field: median(found) for field, found in columns.items() if len(found) >= FEWEST}


def find_before(
    row: Content, history: Mapping[tuple[str, ...], Sequence[Row]], ranks: Mapping[str, int]
) -> str:
    """Return what was known of a figure before its period, '' for nothing."""
    rank = ranks.get(str(row["period"]), len(ranks))
    earlier = [
        one for one in history.get(_get_slot(row), ()) if ranks.get(str(one["period"]), -1) < rank
    ]
    return str(earlier[-1]["value"]) if earlier else ""


def _find_fault(row: Content, before: str, columns: Mapping[str, float]) -> str:
    """Return in words what is unusual of a figure, '' for nothing."""
    field, value = str(row["field"]), str(row["value"])
    if before == value:
        return ""
    if field in _NUMBERS:
        return find_jump(field, float(value), float(before) if before else None, columns.get(field))
    if field in _DONE and before:
        return _find_share_fault(field, value, before)
    if field == "status" and before and _is_undone(value, before):
        words = translate_word("status", before), translate_word("status", value)
        return t("store.unusual.status", before=words[0], now=words[1])
    if FIELDS[field].kind == "when" and before and _is_earlier(value, before):
        return t(
            "store.unusual.earlier", before=format_when(before, "vi"), now=format_when(value, "vi")
        )
    return ""


def find_jump(field: str, value: float, before: float | None, middle: float | None) -> str:
    """Return in words what an amount has a digit too many or too few of, '' for nothing.

    ``middle`` is that of its column, against which it is held where nothing was known ``before``.
    """
    if before and value:
        factor = max(value / before, before / value)
        if any(low <= factor <= high for low, high in _JUMPS):
            return _say_jump(field, value, before)
        return ""
    if middle and value and abs(math.log10(value / middle)) > _FROM_MEDIAN:
        now, usual = _write(field, str(value)), _write(field, str(middle))
        return t("store.unusual.column", now=now, usual=usual)
    return ""


def _find_share_fault(field: str, value: str, before: str) -> str:
    """Return that a share falls, or that it has the digits of the one before without its comma."""
    this, that = float(value), float(before)
    if this < that:
        return t("store.unusual.falls", before=_write(field, before), now=_write(field, value))
    shifted = any(math.isclose(this, that * factor) for factor in (10, 100))
    return _say_jump(field, this, that) if shifted else ""


def _say_jump(field: str, value: float, before: float) -> str:
    return t(
        f"store.unusual.{'more' if value > before else 'less'}",
        times=format_number(max(value / before, before / value), 1),
        before=_write(field, str(before)),
        now=_write(field, str(value)),
    )


def _is_undone(now: str, before: str) -> bool:
    """Return whether an item would stand before its start, or before its end, where it is past it.

    What is true of it still (approved, established) undoes nothing.
    """
    if now in ON_PAPER or now not in STATUS_RANK:
        return False
    this, that = STATUS_RANK[now], STATUS_RANK.get(before, 0)
    return any(this < STATUS_RANK[step] <= that for step in ("started", "inaugurated"))


def _is_earlier(now: str, before: str) -> bool:
    """Return whether a time lies wholly before another: the same said finer is no change."""
    this, that = parse_span(now), parse_span(before)
    return this is not None and that is not None and this[1] < that[0]


def _make_question(row: Content, before: str, why: str, names: Mapping[str, str]) -> ReviewRow:
    field = str(row["field"])
    place = {name: row[column] for name, column in PLACE.items() if row[column]}
    readings: tuple[tuple[str, float], ...] = ()
    if field in _NUMBERS | _DONE:
        known = float(before) if before else None
        readings = list_likely_readings(float(row["value"]), known, same=field in _DONE)
    return ReviewRow(
        reason=UNUSUAL,
        raw=str(row["raw"] or row["value"]),
        doc=str(row["doc"]),
        period=str(row["period"]),
        detail=_say(row, why, names),
        place=place,
        candidates=readings,
        payload={
            "add": [{"table": "observations", "content": strip_origin(row)}],
            "item": str(row["item"]),
        },
    )


def list_likely_readings(
    value: float, before: float | None, *, same: bool = False
) -> tuple[tuple[str, float], ...]:
    """Return what a number may be with digits more or fewer: near what was known, or the ``same``.

    Nothing is offered where nothing was known.
    """
    if not before:
        return ()
    tens = [value * 10.0**power for power in (-3, -2, -1, 1, 2, 3)]
    likely = [one for one in tens if 1 / _NEAR < one / before < _NEAR]
    kept = [one for one in likely if math.isclose(one, before)] if same else likely
    return tuple((format_cell(one), 0.5) for one in kept)


def _say(row: Content, why: str, names: Mapping[str, str]) -> str:
    item, field = str(row["item"]), translate_word("field", str(row["field"]))
    return t("store.unusual.of", name=names.get(item, item), field=field, why=why)


PLACE: Final = {
    "line_from": "line_from", "line_to": "line_to", "page": "page", "table": "table_no",
    "row": "row_no", "column": "column_no",
}  # fmt: skip


def _get_slot(row: Content) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("item", "field", "component", "basis"))


def _write(field: str, value: str) -> str:
    """Return a number of a field in Vietnamese, with its unit."""
    number = float(value)
    decimals = next((count for count in (0, 1) if round(number, count) == number), 2)
    text = format_number(number, decimals)
    money = field.endswith("_mvnd") or field in MONEY_FIELDS
    unit = "mvnd" if money else "pct" if field.endswith("_pct") else "ha"
    return t(f"store.unusual.unit_{unit}", number=text)

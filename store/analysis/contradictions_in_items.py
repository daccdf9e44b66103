"""Contradictions between what one period says of one item."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from reports.model.dates import parse_span
from reports.model.schema import FIELDS
from store.analysis.contradiction import Contradiction, make_contradiction
from store.column_values import list_cells, list_rows
from store.facts.statements import Row, Statement, statement_from_row
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts

ON_SCHEDULE: Final = frozenset({"meets", "exceeds"})
NOT_STARTED: Final = frozenset({"preparing", "not_started"})
_SAYS_ON_SCHEDULE: Final = re.compile(r"(?:đảm bảo|bám sát|đúng|vượt) tiến độ", re.IGNORECASE)
_APPROVAL: Final = re.compile(r"phê duyệt|chấp thuận", re.IGNORECASE)
_BEGUN: Final = re.compile(r"(lập|trình|thẩm định)[^.]*phê duyệt", re.IGNORECASE)
"""A goal that is only to prepare and submit what is then approved."""

_PENDING: Final = re.compile(
    r"\b(?:để lập|hoàn thiện (?:hồ sơ|thủ tục|đề án)|thống nhất lại|dừng|tiếp tục|đang|chưa"
    r"|xin ý kiến)\b",
    re.IGNORECASE,
)
"""A step before an approval that is still in hand; a result that is only silent denies nothing."""

_MANY: Final = [name for name, field in FIELDS.items() if field.many]
_CHECKED: Final = (
    "forecast", "obstacle", "result_text", "planned_work", "milestone_start", "status",
)  # fmt: skip
_Rows = dict[str, list[Row]]


def find_item_contradictions(facts: Facts) -> Iterator[Contradiction]:
    """Give what contradicts itself within one period's statements of one item."""
    for period in _list_doubtful_periods(facts):
        yield from _find_conflicting_values(facts, period)
    for rows in _group_by_item_and_document(facts):
        yield from _check_forecast_obstacle(facts, rows)
        yield from _check_forecast_result(facts, rows)
        yield from _check_goal_result(facts, rows)
        yield from _check_due_status(facts, rows)
    yield from _check_group_status(facts)


def _list_doubtful_periods(facts: Facts) -> list[str]:
    """Return the periods in which some field of some item has two values, for whatever reason."""
    single = facts.observations[~facts.observations["field"].isin(_MANY)]
    same = ["period", "item", "field", "component", "basis"]
    values = single[[*same, "value"]].drop_duplicates()
    twice = set(values.loc[values.duplicated(same), "period"])
    return [period for period in facts.periods["period"] if period in twice]


def _find_conflicting_values(facts: Facts, period: str) -> Iterator[Contradiction]:
    """Give fields with two values: each value is compared with the one that is in use."""
    values = compute_values_at(facts, period, carry=False)
    values = values[values["conflicted"] & ~values["field"].isin(_MANY)]
    for (item, field), rows in values.groupby(["item", "field"], sort=True):
        used = list_rows(rows[rows["chosen"]])
        for row in list_rows(rows[~rows["chosen"]].drop_duplicates("value")):
            same = [candidate for candidate in used if _get_slot(candidate) == _get_slot(row)]
            if same and same[0]["value"] != row["value"]:
                a, b = statement_from_row(facts, row), statement_from_row(facts, same[0])
                yield make_contradiction("values", str(field), a, b, item=str(item))


def _get_slot(row: Row) -> tuple[str, str]:
    return row["component"], row["basis"]


def _group_by_item_and_document(facts: Facts) -> Iterator[_Rows]:
    """Give what one document says of one item, by field, where a check may find something."""
    docs = facts.document_ranks
    grouped: dict[tuple[str, str], _Rows] = defaultdict(lambda: defaultdict(list))
    for row in list_rows(_select_doubtful_rows(facts.observations)):
        grouped[row["item"], row["doc"]][row["field"]].append(row)
    for key in sorted(grouped, key=lambda pair: (pair[0], docs[pair[1]])):
        yield grouped[key]


def _select_doubtful_rows(seen: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of which one document says both halves of a contradiction of one item."""
    seen = seen[seen["field"].isin(_CHECKED)]
    field, value = seen["field"], seen["value"]
    on_schedule = (field == "forecast") & value.isin(ON_SCHEDULE)
    misses = (field == "forecast") & (value == "misses")
    asks = (field == "planned_work") & value.str.contains(_APPROVAL)
    halves = (
        (on_schedule, field == "obstacle"),
        (misses, (field == "result_text") & value.str.contains(_SAYS_ON_SCHEDULE)),
        (on_schedule, asks),
        (field == "milestone_start", (field == "status") & value.isin(NOT_STARTED)),
    )
    said = pd.Series(
        pd.factorize(seen["item"])[0] * (seen["doc"].nunique() + 1) + pd.factorize(seen["doc"])[0],
        index=seen.index,
    )
    doubtful = [
        said[one].unique()[np.isin(said[one].unique(), said[other])] for one, other in halves
    ]
    return seen[said.isin(np.concatenate(doubtful))]


def _check_forecast_obstacle(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    for forecast in rows.get("forecast", ()):
        if forecast["value"] in ON_SCHEDULE and rows.get("obstacle"):
            obstacle = rows["obstacle"][0]
            yield make_contradiction(
                "on_schedule_but_obstacle",
                "forecast",
                statement_from_row(facts, forecast),
                statement_from_row(facts, obstacle),
                item=forecast["item"],
            )


def _check_forecast_result(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    for forecast in rows.get("forecast", ()):
        for result in rows.get("result_text", ()):
            if forecast["value"] == "misses" and _SAYS_ON_SCHEDULE.search(result["value"]):
                yield make_contradiction(
                    "misses_but_on_schedule",
                    "forecast",
                    statement_from_row(facts, result),
                    statement_from_row(facts, forecast),
                    item=forecast["item"],
                )


def _check_goal_result(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    results = [row for row in rows.get("result_text", ()) if not row["component"]]
    goals = [row for row in rows.get("planned_work", ()) if not row["component"]]
    for forecast in rows.get("forecast", ()):
        lines = forecast["line_from"], forecast["line_to"]
        goal = next((row for row in goals if _is_in_row(row, lines) and _is_approval(row)), None)
        row_results = [row for row in results if _is_in_row(row, lines)]
        silent = any(_PENDING.search(row["value"]) for row in row_results) and not any(
            _APPROVAL.search(row["value"]) for row in row_results
        )
        if forecast["value"] in ON_SCHEDULE and goal and silent:
            yield make_contradiction(
                "meets_but_goal_unsaid",
                "forecast",
                statement_from_row(facts, goal),
                statement_from_row(facts, row_results[0]),
                item=forecast["item"],
            )


def _is_in_row(row: Row, lines: tuple[int, int]) -> bool:
    """Return whether a statement stands in the table's row that the lines belong to."""
    return bool(row["line_from"] <= lines[1] and lines[0] <= row["line_to"])


def _is_approval(row: Row) -> bool:
    text = row["value"]
    return bool(_APPROVAL.search(text)) and not _BEGUN.match(text)


def _check_due_status(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    day = facts.period_ends
    for due in rows.get("milestone_start", ()):
        span = parse_span(due["value"])
        for status in rows.get("status", ()):
            late = span is not None and span[1].isoformat() <= day[status["period"]]
            if late and status["value"] in NOT_STARTED and status["component"] == due["component"]:
                yield make_contradiction(
                    "due_but_not_started",
                    "milestone_start",
                    statement_from_row(facts, due),
                    statement_from_row(facts, status),
                    item=due["item"],
                )


def _check_group_status(facts: Facts) -> Iterator[Contradiction]:
    """Give items under the heading "under way" whose row says that they have not started."""
    phase = dict(list_cells(facts.items, "item", "phase"))
    heading = {
        row["doc"]: row
        for row in list_rows(facts.indicators)
        if row["measure"] == "ongoing" and row["subject"] == "key_projects"
    }
    seen = facts.observations
    waiting = (seen["field"] == "status") & (seen["component"] == "")
    waiting &= seen["value"].isin(NOT_STARTED) & seen["doc"].isin(heading)
    for row in list_rows(seen[waiting]):
        if phase.get(row["item"]) == "ongoing":
            a: Statement = statement_from_row(facts, heading[row["doc"]], value="ongoing")
            yield make_contradiction(
                "group_but_not_started",
                "status",
                a,
                statement_from_row(facts, row),
                item=row["item"],
            )

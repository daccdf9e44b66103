"""Contradictions between what one period says of one item."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reports.model.dates import span_of
from reports.model.schema import FIELDS
from store.analysis.contradiction import Contradiction, found
from store.facts.facts import document_ranks
from store.facts.statements import Row, Said, said_of
from store.facts.values import values_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts

ON_SCHEDULE: Final = frozenset({"meets", "exceeds"})
NOT_STARTED: Final = frozenset({"preparing", "not_started"})
_SAYS_ON_SCHEDULE: Final = re.compile(r"(đảm bảo|bám sát|đúng|vượt) tiến độ", re.IGNORECASE)
_APPROVAL: Final = re.compile(r"phê duyệt|chấp thuận", re.IGNORECASE)
_BEGUN: Final = re.compile(r"(lập|trình|thẩm định)[^.]*phê duyệt", re.IGNORECASE)
"""A goal that is only to prepare and submit what is then approved."""

_Rows = dict[str, list[Row]]


def item_contradictions(facts: Facts) -> Iterator[Contradiction]:
    """Give what contradicts itself within one period's statements of one item."""
    for period in _doubtful(facts):
        yield from _values(facts, period)
    for rows in _by_item_and_document(facts):
        yield from _forecast_against_obstacle(facts, rows)
        yield from _forecast_against_result(facts, rows)
        yield from _goal_against_result(facts, rows)
        yield from _due_against_status(facts, rows)
    yield from _group_against_status(facts)


def _doubtful(facts: Facts) -> list[str]:
    """Return the periods in which some field of some item has two values, for whatever reason."""
    single = facts.observations[~facts.observations["field"].map(_many).astype(bool)]
    same = ["period", "item", "field", "component", "basis"]
    twice = set(single.loc[single.groupby(same)["value"].transform("nunique") > 1, "period"])
    return [period for period in facts.periods["period"] if period in twice]


def _values(facts: Facts, period: str) -> Iterator[Contradiction]:
    """Give fields with two values: each value is compared with the one that is in use."""
    values = values_at(facts, period, carry=False)
    values = values[values["conflicted"] & ~values["field"].map(_many).astype(bool)]
    for (item, field), rows in values.groupby(["item", "field"], sort=True):
        used = rows[rows["chosen"]].to_dict("records")
        for row in rows[~rows["chosen"]].drop_duplicates("value").to_dict("records"):
            same = [one for one in used if _slot(one) == _slot(row)]
            if same and same[0]["value"] != row["value"]:
                a, b = said_of(facts, row), said_of(facts, same[0])
                yield found("values", str(field), a, b, item=str(item))


def _many(field: str) -> bool:
    return FIELDS[field].many


def _slot(row: Row) -> tuple[str, str]:
    return row["component"], row["basis"]


def _by_item_and_document(facts: Facts) -> Iterator[_Rows]:
    """Give what one document says of one item, by field."""
    docs = document_ranks(facts)
    grouped: dict[tuple[str, str], _Rows] = defaultdict(lambda: defaultdict(list))
    for row in facts.observations.to_dict("records"):
        grouped[row["item"], row["doc"]][row["field"]].append(row)
    for key in sorted(grouped, key=lambda one: (one[0], docs[one[1]])):
        yield grouped[key]


def _forecast_against_obstacle(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    for forecast in rows.get("forecast", ()):
        if forecast["value"] in ON_SCHEDULE and rows.get("obstacle"):
            obstacle = rows["obstacle"][0]
            yield found(
                "on_schedule_but_obstacle",
                "forecast",
                said_of(facts, forecast),
                said_of(facts, obstacle),
                item=forecast["item"],
            )


def _forecast_against_result(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    for forecast in rows.get("forecast", ()):
        for result in rows.get("result_text", ()):
            if forecast["value"] == "misses" and _SAYS_ON_SCHEDULE.search(result["value"]):
                yield found(
                    "misses_but_on_schedule",
                    "forecast",
                    said_of(facts, result),
                    said_of(facts, forecast),
                    item=forecast["item"],
                )


def _goal_against_result(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    results = [row for row in rows.get("result_text", ()) if not row["component"]]
    goals = [row for row in rows.get("planned_work", ()) if not row["component"]]
    for forecast in rows.get("forecast", ()):
        lines = forecast["line_from"], forecast["line_to"]
        goal = next((row for row in goals if _in_row(row, lines) and _is_approval(row)), None)
        told = [row for row in results if _in_row(row, lines)]
        silent = told and not any(_APPROVAL.search(row["value"]) for row in told)
        if forecast["value"] in ON_SCHEDULE and goal and silent:
            yield found(
                "meets_but_goal_unsaid",
                "forecast",
                said_of(facts, goal),
                said_of(facts, told[0]),
                item=forecast["item"],
            )


def _in_row(row: Row, lines: tuple[int, int]) -> bool:
    """Return whether a statement stands in the table's row that the lines belong to."""
    return bool(row["line_from"] <= lines[1] and lines[0] <= row["line_to"])


def _is_approval(row: Row) -> bool:
    text = row["value"]
    return bool(_APPROVAL.search(text)) and not _BEGUN.match(text)


def _due_against_status(facts: Facts, rows: _Rows) -> Iterator[Contradiction]:
    day = dict(zip(facts.periods["period"], facts.periods["as_of"], strict=True))
    for due in rows.get("milestone_start", ()):
        span = span_of(due["value"])
        for status in rows.get("status", ()):
            late = span is not None and span[1].isoformat() <= day[status["period"]]
            if late and status["value"] in NOT_STARTED and status["component"] == due["component"]:
                yield found(
                    "due_but_not_started",
                    "milestone_start",
                    said_of(facts, due),
                    said_of(facts, status),
                    item=due["item"],
                )


def _group_against_status(facts: Facts) -> Iterator[Contradiction]:
    """Give items under the heading "under way" whose row says that they have not started."""
    phase = dict(zip(facts.items["item"], facts.items["phase"], strict=True))
    heading = {
        row["doc"]: row
        for row in facts.indicators.to_dict("records")
        if row["measure"] == "ongoing" and row["subject"] == "key_projects"
    }
    seen = facts.observations
    for row in seen[(seen["field"] == "status") & (seen["component"] == "")].to_dict("records"):
        listed = phase.get(row["item"]) == "ongoing" and row["doc"] in heading
        if listed and row["value"] in NOT_STARTED:
            a: Said = said_of(facts, heading[row["doc"]], value="ongoing")
            yield found("group_but_not_started", "status", a, said_of(facts, row), item=row["item"])

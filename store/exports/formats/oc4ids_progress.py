"""Progress in OC4IDS: what was planned and done, period by period, and milestones that moved."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from reports.model.dates import is_day, parse_span
from store.analysis.milestones.milestone_delays import MILESTONES, count_days_moved
from store.exports.tables.columns import format_sources
from store.facts.labels import format_observation, format_when, get_period_label, translate_word
from store.facts.sources import source_from_row
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.exports.tables.content import ExportContent
    from store.facts.facts import Facts

Row = dict[str, Any]

METRICS: Final = {
    "actual_construction_pct": "physicalProgress",
    "actual_clearance_pct": "landClearance",
    "physical_done": "quantityDone",
}
FORECASTS: Final = {
    "planned_construction_pct": "physicalProgress",
    "planned_clearance_pct": "landClearance",
    "forecast": "quarterGoal",
}
"""The metric that each field is an observation of. ``physicalProgress`` is the standard's; its list
of metrics is open, and the others are this program's."""

CODES: Final = {"milestone_start": "commencement", "milestone_finish": "completion"}
"""Milestones that the standard's list has; it has no inauguration."""

REACHED: Final = {
    "milestone_start": frozenset({"started", "under_construction", "inaugurated", "in_operation"}),
    "milestone_inauguration": frozenset({"inaugurated", "in_operation"}),
    "milestone_finish": frozenset({"in_operation"}),
}
"""Statuses that say that a milestone was met."""

OPEN_ENDED: Final = frozenset({"inaugurated", "paused", "removed_from_list", "undetermined", ""})
"""Statuses that leave open whether something later was met."""


def make_metrics(content: ExportContent, rows: Iterable[Row], which: dict[str, str]) -> list[Row]:
    """Return the metrics that an item's observations make, in the order of ``which``."""
    by_metric: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["field"] in which:
            by_metric[which[row["field"]]].append(_make_observation(content, row))
    return [
        {
            "id": name,
            "title": t(f"exports.oc4ids.{name}", content.language),
            "observations": observations,
        }
        for name in dict.fromkeys(which.values())
        if (observations := by_metric.get(name))
    ]


def make_milestones(content: ExportContent, status: str, rows: Iterable[Row]) -> list[Row]:
    """Return an item's milestones with when they are due, and when they were said to be before.

    ``rows`` are its observations up to the period, in order of time; ``status`` the one known.
    """
    by_milestone: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["field"] in MILESTONES and parse_span(row["value"]) is not None:
            by_milestone[row["field"], row["component"]].append(row)
    return [_make_milestone(content, status, statements) for statements in by_milestone.values()]


def format_moment(day: str | date, *, end: bool = False) -> str:
    """Return the beginning or the end of a day here as a date-time; '' for ''."""
    return f"{day}T{'23:59:59' if end else '00:00:00'}+07:00" if day else ""


def make_period_span(content: ExportContent, period: str) -> Row:
    """Return a period as a start and an end."""
    start, end = map_period_days(content.facts)[period]
    return {"startDate": format_moment(start), "endDate": format_moment(end, end=True)}


@cache_on_facts()
def map_period_days(facts: Facts) -> dict[str, tuple[str, str]]:
    """Return the first day of every period ('' where unknown) and the last it speaks of."""
    rows = facts.periods[["period", "start", "as_of"]]
    return {str(row.period): (str(row.start), str(row.as_of)) for row in rows.itertuples()}


def _make_observation(content: ExportContent, row: Row) -> Row:
    share = row["field"].endswith("_pct") or row["unit"] == "percent"
    unit = {"name": "%", "scheme": "UNCEFACT", "id": "P1"} if share else {"name": row["unit"]}
    numeric = row["field"] != "forecast"
    return {
        "id": row["obs"],
        "period": make_period_span(content, row["period"]),
        "measure": row["number"] if numeric else row["value"],
        "unit": unit if numeric and unit["name"] else None,
        "notes": _format_notes(content, row),
    }


def _format_notes(content: ExportContent, row: Row) -> str:
    """Return the value in words, the part it is of, what it is a share of, and where it stands."""
    language = content.language
    parts = [
        format_observation(row, language),
        row["component"],
        translate_word("basis", row["basis"], language).rstrip("."),
        row["note"].rstrip("."),
        _format_source(content, row),
    ]
    return ". ".join(part for part in parts if part)


def _make_milestone(content: ExportContent, status: str, rows: list[Row]) -> Row:
    language = content.language
    now = rows[-1]
    field, component = now["field"], now["component"]
    span = parse_span(now["value"])
    due = format_moment(span[1], end=True) if span else ""
    as_of = _get_as_of(content, content.selection.period)
    state = (
        _is_milestone_met(field, status, span[1] if span else None, as_of)
        if not component
        else None
    )
    met = state == "met" and is_day(now["value"]) and span is not None and span[1] <= as_of
    title = translate_word("field", field, language)
    return {
        "id": f"{field}/{component}" if component else field,
        "title": f"{title}: {component}" if component else title,
        "type": "delivery",
        "code": CODES.get(field),
        "description": " ".join(_format_history(content, rows)),
        "dueDate": due,
        "dateMet": format_moment(span[1]) if met and span else None,
        "dateModified": format_moment(_get_as_of(content, now["period"])),
        "status": state,
    }


def _is_milestone_met(field: str, status: str, due: date | None, as_of: date) -> str | None:
    """Return whether a milestone was met, as far as the status tells; ``None`` where it is open."""
    if status in REACHED[field]:
        return "met"
    if due is None or status in OPEN_ENDED:
        return None
    return "notMet" if due < as_of else "scheduled"


def _format_history(content: ExportContent, rows: list[Row]) -> list[str]:
    """Return every time said of a milestone in words, and by how many days it moved."""
    language = content.language
    sentences: list[str] = []
    before: Row | None = None
    for row in rows:
        sentence = t(
            "exports.oc4ids.said",
            language,
            period=get_period_label(content.facts, row["period"], language),
            when=format_when(row["value"], language),
            source=_format_source(content, row),
        )
        days = count_days_moved(before["value"], row["value"]) if before else None
        if days:
            key = "later" if days > 0 else "sooner"
            sentence = f"{sentence} {t(f'exports.oc4ids.{key}', language, days=abs(days))}"
        sentences.append(sentence)
        before = row
    return sentences


def _format_source(content: ExportContent, row: Row) -> str:
    return format_sources([source_from_row(content.facts, row)], content.language)


def _get_as_of(content: ExportContent, period: str) -> date:
    return date.fromisoformat(map_period_days(content.facts)[period][1])

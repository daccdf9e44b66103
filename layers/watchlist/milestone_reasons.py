"""Milestones as reasons to watch an item: put off by a later report, or over without the event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.labels.statement_labels import format_field_label, format_statement
from layers.watchlist.reason import Found, WatchContext, WatchReason, format_span
from reports.model.dates import parse_span
from store.analysis.milestone_delays import (
    count_days_moved,
    find_last_statuses,
    get_current_milestone,
    is_milestone_passed,
    list_delays,
    list_milestone_statements,
)
from store.facts.labels import (
    format_iso_day,
    format_when,
    get_as_of_date,
    get_period_label,
    translate_word,
)
from store.facts.statements import statement_from_row

if TYPE_CHECKING:
    from store.analysis.difference import Difference


def find_delay_reasons(asked: WatchContext) -> Found:
    """Return the milestones still ahead that a later report puts later than an earlier one."""
    moved: dict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    status = dict(zip(asked.items["item"], asked.items["status"], strict=True))
    for one in list_delays(asked.facts, until=asked.period):
        ahead = one.item in status and not is_past_milestone(one.field, status[one.item])
        if one.what != "overdue" and ahead:
            moved[one.item, one.field, one.component].append(one)
    found: Found = defaultdict(list)
    for (item, _, _), same in moved.items():
        before, after = same[0], same[-1]
        days = count_days_moved(before.before.value, after.after.value)
        if days is not None and days > 0:
            found[item].append(_build_delay_reason(asked, before, after, days))
    return found


def is_past_milestone(field: str, status: str) -> bool:
    """Return whether a status puts a milestone behind the item; "undetermined" does not."""
    return status not in {"", "undetermined"} and is_milestone_passed(field, status)


def _build_delay_reason(
    asked: WatchContext, first: Difference, last: Difference, days: int
) -> WatchReason:
    label = format_field_label(first.field, first.component, asked.language)
    span = format_span(days, asked.language)
    return WatchReason(
        key="slipped",
        label=t("leader.label.slipped", asked.language, label=label, span=span),
        sentence=t(
            "leader.reason.slipped",
            asked.language,
            label=label,
            span=span,
            before=format_statement(asked.facts, first.field, first.before, asked.language),
            after=format_statement(asked.facts, last.field, last.after, asked.language),
            period=get_period_label(asked.facts, last.after.period, asked.language),
        ),
        since=get_as_of_date(asked.facts, first.after.period),
        sources=(*first.before.sources, *last.after.sources),
        days=days,
    )


def find_overdue_reasons(asked: WatchContext) -> Found:
    """Return the milestones of whole items whose time is over without a report of the event.

    Parts of an item have no status of their own and are left out, as in
    ``store.analysis.milestone_delays``.
    """
    ranks, found = asked.facts.period_ranks, Found()
    rows = {row.item: row for row in asked.items.itertuples(index=False)}
    statuses = find_last_statuses(asked.facts, asked.period)
    for (item, field, component), all_told in list_milestone_statements(asked.facts).items():
        spoken = [one for one in all_told if ranks[one["period"]] <= ranks[asked.period]]
        if component or item not in rows or not spoken:
            continue
        held, now = get_current_milestone(spoken), statuses.get(item)
        span = parse_span(held["value"])
        begun = field == "milestone_start" and rows[item].construction > 0
        if span is None or span[1] >= asked.day or begun:
            continue
        if now is not None and is_past_milestone(field, now["value"]):
            continue
        confirmed = (
            now is not None and get_as_of_date(asked.facts, now["period"]) > span[1].isoformat()
        )
        key = "overdue" if confirmed else "overdue_unsaid"
        label = format_field_label(field, "", asked.language)
        late = format_span((asked.day - span[1]).days, asked.language)
        status = translate_word("status", now["value"], asked.language) if now else ""
        found.setdefault(item, []).append(
            WatchReason(
                key=key,
                label=t(f"leader.label.{key}", asked.language, label=label, span=late),
                sentence=t(
                    f"leader.reason.{key}",
                    asked.language,
                    label=label,
                    due=format_when(held["value"], asked.language),
                    span=late,
                    status=status,
                    day=format_iso_day(get_as_of_date(asked.facts, now["period"]), asked.language)
                    if now
                    else "",
                ),
                since=span[1].isoformat(),
                sources=(
                    *statement_from_row(asked.facts, held).sources,
                    *(statement_from_row(asked.facts, now).sources if confirmed and now else ()),
                ),
            )
        )
    return found

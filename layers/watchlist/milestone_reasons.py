"""Milestones as reasons to watch an item: put off by a later report, or over without the event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.labels.short_names import shorten_name
from layers.labels.statement_labels import format_field_label, format_statement
from layers.watchlist.reason import INHERITED, Found, WatchContext, WatchReason, format_span
from reports.model.dates import parse_span
from store.analysis.milestones.milestone_delays import (
    count_days_moved,
    find_last_statuses,
    get_current_milestone,
    is_milestone_passed,
    list_delays,
    list_milestone_statements,
)
from store.column_values import list_cells
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


def find_delay_reasons(context: WatchContext) -> Found:
    """Return the milestones still ahead that a later report puts later than an earlier one."""
    moved: dict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    status = dict(list_cells(context.items, "item", "status"))
    for delay in list_delays(context.facts, until=context.period):
        ahead = delay.item in status and not is_past_milestone(delay.field, status[delay.item])
        if delay.what != "overdue" and ahead:
            moved[delay.item, delay.field, delay.component].append(delay)
    reasons: Found = defaultdict(list)
    for (item, _, _), same in moved.items():
        before, after = same[0], same[-1]
        days = count_days_moved(before.before.value, after.after.value)
        if days is not None and days > 0:
            reasons[item].append(_build_delay_reason(context, before, after, days))
    return reasons


def drop_lone_inherited(reasons: list[WatchReason]) -> list[WatchReason]:
    """Return the reasons; none where all there is are milestones of another item."""
    return [] if all(reason.key == INHERITED for reason in reasons) else reasons


def is_past_milestone(field: str, status: str) -> bool:
    """Return whether a status puts a milestone behind the item; "undetermined" does not."""
    return status not in {"", "undetermined"} and is_milestone_passed(field, status)


def _build_delay_reason(
    context: WatchContext, first: Difference, last: Difference, days: int
) -> WatchReason:
    key = INHERITED if last.carrier else "slipped"
    part = "" if last.carrier else first.component
    label = format_field_label(first.field, part, context.language)
    span = format_span(days, context.language)
    carrier = context.facts.item_names.get(last.carrier, "")
    return WatchReason(
        key=key,
        label=t(
            f"leader.label.{key}",
            context.language,
            label=label,
            span=span,
            carrier=shorten_name(carrier) if carrier else "",
        ),
        sentence=t(
            f"leader.reason.{key}",
            context.language,
            label=label,
            carrier=carrier,
            span=span,
            before=format_statement(context.facts, first.field, first.before, context.language),
            after=format_statement(context.facts, last.field, last.after, context.language),
            period=get_period_label(context.facts, last.after.period, context.language),
        ),
        since=get_as_of_date(context.facts, first.after.period),
        sources=(*first.before.sources, *last.after.sources),
        days=days,
    )


def find_overdue_reasons(context: WatchContext) -> Found:
    """Return the milestones of whole items whose time is over without a report of the event.

    Parts of an item have no status of their own and are left out, as in
    ``store.analysis.milestones.milestone_delays``.
    """
    ranks, reasons = context.facts.period_ranks, Found()
    items = context.items
    construction = dict(list_cells(items, "item", "construction"))
    statuses = find_last_statuses(context.facts, context.period)
    for (item, field, component), all_told in list_milestone_statements(context.facts).items():
        spoken = [
            statement
            for statement in all_told
            if ranks[statement["period"]] <= ranks[context.period]
        ]
        if component or item not in construction or not spoken:
            continue
        current, now = get_current_milestone(spoken), statuses.get(item)
        span = parse_span(current["value"])
        begun = field == "milestone_start" and construction[item] > 0
        if span is None or span[1] >= context.day or begun:
            continue
        if now is not None and is_past_milestone(field, now["value"]):
            continue
        confirmed = (
            now is not None and get_as_of_date(context.facts, now["period"]) > span[1].isoformat()
        )
        key = "overdue" if confirmed else "overdue_unsaid"
        label = format_field_label(field, "", context.language)
        late = format_span((context.day - span[1]).days, context.language)
        status = translate_word("status", now["value"], context.language) if now else ""
        reasons.setdefault(item, []).append(
            WatchReason(
                key=key,
                label=t(f"leader.label.{key}", context.language, label=label, span=late),
                sentence=t(
                    f"leader.reason.{key}",
                    context.language,
                    label=label,
                    due=format_when(current["value"], context.language),
                    span=late,
                    status=status,
                    day=format_iso_day(
                        get_as_of_date(context.facts, now["period"]), context.language
                    )
                    if now
                    else "",
                ),
                since=span[1].isoformat(),
                sources=(
                    *statement_from_row(context.facts, current).sources,
                    *(statement_from_row(context.facts, now).sources if confirmed and now else ()),
                ),
            )
        )
    return reasons

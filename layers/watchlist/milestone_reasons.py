"""Milestones as reasons to watch an item: put off by a later report, or over without the event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.labels.statement_labels import field_label, said_text
from layers.watchlist.reason import Asked, Found, WatchReason, span_text
from reports.model.dates import span_of
from store.analysis.milestone_delays import (
    days_between,
    held_of,
    last_statuses,
    reached,
    slips,
    told,
)
from store.facts.facts import period_ranks
from store.facts.labels import as_of, iso_day, period_label, when_text, word
from store.facts.statements import said_of

if TYPE_CHECKING:
    from store.analysis.milestone_delays import Slip


def slip_reasons(asked: Asked) -> Found:
    """Return the milestones still ahead that a later report puts later than an earlier one."""
    moved: dict[tuple[str, str, str], list[Slip]] = defaultdict(list)
    status = dict(zip(asked.items["item"], asked.items["status"], strict=True))
    for one in slips(asked.facts, until=asked.period):
        ahead = one.item in status and not passed(one.field, status[one.item])
        if one.how != "overdue" and ahead:
            moved[one.item, one.field, one.component].append(one)
    found: Found = defaultdict(list)
    for (item, _, _), same in moved.items():
        before, after = same[0], same[-1]
        days = days_between(before.before.value, after.after.value)
        if days is not None and days > 0:
            found[item].append(_slip(asked, before, after, days))
    return found


def passed(field: str, status: str) -> bool:
    """Return whether a status puts a milestone behind the item; "undetermined" does not."""
    return status not in {"", "undetermined"} and reached(field, status)


def _slip(asked: Asked, first: Slip, last: Slip, days: int) -> WatchReason:
    label = field_label(first.field, first.component, asked.language)
    span = span_text(days, asked.language)
    return WatchReason(
        key="slipped",
        label=t("leader.label.slipped", asked.language, label=label, span=span),
        sentence=t(
            "leader.reason.slipped",
            asked.language,
            label=label,
            span=span,
            before=said_text(asked.facts, first.field, first.before, asked.language),
            after=said_text(asked.facts, last.field, last.after, asked.language),
            period=period_label(asked.facts, last.after.period, asked.language),
        ),
        since=as_of(asked.facts, first.after.period),
        sources=(*first.before.sources, *last.after.sources),
        days=days,
    )


def overdue_reasons(asked: Asked) -> Found:
    """Return the milestones of whole items whose time is over without a report of the event.

    Parts of an item have no status of their own and are left out, as in
    ``store.analysis.milestone_delays``.
    """
    ranks, found = period_ranks(asked.facts), Found()
    rows = {row.item: row for row in asked.items.itertuples(index=False)}
    statuses = last_statuses(asked.facts, asked.period)
    for (item, field, component), all_told in told(asked.facts).items():
        spoken = [one for one in all_told if ranks[one["period"]] <= ranks[asked.period]]
        if component or item not in rows or not spoken:
            continue
        held, now = held_of(spoken), statuses.get(item)
        span = span_of(held["value"])
        begun = field == "milestone_start" and rows[item].construction > 0
        if span is None or span[1] >= asked.day or begun:
            continue
        if now is not None and passed(field, now["value"]):
            continue
        confirmed = now is not None and as_of(asked.facts, now["period"]) > span[1].isoformat()
        key = "overdue" if confirmed else "overdue_unsaid"
        label = field_label(field, "", asked.language)
        late = span_text((asked.day - span[1]).days, asked.language)
        status = word("status", now["value"], asked.language) if now else ""
        found.setdefault(item, []).append(
            WatchReason(
                key=key,
                label=t(f"leader.label.{key}", asked.language, label=label, span=late),
                sentence=t(
                    f"leader.reason.{key}",
                    asked.language,
                    label=label,
                    due=when_text(held["value"], asked.language),
                    span=late,
                    status=status,
                    day=iso_day(as_of(asked.facts, now["period"]), asked.language) if now else "",
                ),
                since=span[1].isoformat(),
                sources=(
                    *said_of(asked.facts, held).sources,
                    *(said_of(asked.facts, now).sources if confirmed and now else ()),
                ),
            )
        )
    return found

"""What staff write down themselves as reasons to watch an item: register cases, visits' gaps."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geo.i18n import format_percent, t
from layers.tables.claimed_vs_observed import list_visit_gaps, to_vietnam_day
from layers.watchlist.reason import Found, WatchContext, WatchReason, format_span
from store.facts.labels import format_iso_day, format_quantity, translate_word

if TYPE_CHECKING:
    from store.facts.statements import Row

_UNITS: Final = {"construction": "percent", "clearance": "percent", "handed": "hectares"}


def find_case_reasons(context: WatchContext) -> Found:
    """Return the open cases of the clearance register that were there by the day asked for.

    A case past its deadline counts from the deadline, another from the day it was opened.
    """
    reasons: Found = defaultdict(list)
    wanted, until = set(context.items["item"].tolist()), context.day.isoformat()
    cases = context.facts.cases[context.facts.cases["state"] == "open"]
    for row in cases.sort_values(["deadline", "case"]).to_dict("records"):
        if row["item"] in wanted and row["opened"] <= until:
            reasons[row["item"]].append(
                _build_case_reason(context, row, late="" < row["deadline"] < until)
            )
    return reasons


def _build_case_reason(context: WatchContext, row: Row, *, late: bool) -> WatchReason:
    key = "case_overdue" if late else "case_open"
    names = context.facts.commune_names
    since = row["deadline"] if late else row["opened"]
    span = _format_span_since(context, since)
    category = translate_word("obstacle", row["category"], context.language)
    where = names.get(row["commune"], "")
    return WatchReason(
        key=key,
        label=t(f"leader.label.{key}", context.language, category=category.lower(), span=span),
        sentence=t(
            f"leader.reason.{key}",
            context.language,
            place=where or t("leader.body.no_place", context.language),
            category=category.lower(),
            statement=row["statement"],
            deadline=format_iso_day(row["deadline"], context.language)
            or t("leader.body.no_deadline", context.language),
            span=span,
        ),
        since=since,
        sources=(),
        bodies=(row["body"],) if row["body"] else (),
    )


def _format_span_since(context: WatchContext, since: str) -> str:
    if not since:
        return t("layers.value.unknown", context.language)
    return format_span(
        (context.day - type(context.day).fromisoformat(since)).days, context.language
    )


def find_gap_reasons(context: WatchContext) -> Found:
    """Return the gaps between what is claimed and what the latest visit saw."""
    reasons: Found = defaultdict(list)
    wanted = set(context.items["item"].tolist())
    gaps = list_visit_gaps(context.facts, context.period, today=context.day)
    for row in gaps[gaps["flagged"].astype(bool)].to_dict("records"):
        if row["item"] in wanted:
            reasons[row["item"]].append(_build_gap_reason(context, row))
    return reasons


def _build_gap_reason(context: WatchContext, row: Row) -> WatchReason:
    def shown(value: float) -> str:
        if _UNITS[row["measure"]] == "percent":
            return format_percent(value, context.language)
        return t(
            "leader.span.hectares", context.language, area=format_quantity(value, context.language)
        )

    day = to_vietnam_day(row["at"])
    values = {
        "measure": t(f"leader.measure.{row['measure']}", context.language),
        "claimed": shown(row["claimed"]),
        "observed": shown(row["observed"]),
        "day": format_iso_day(day, context.language),
        "points": format_quantity(round(row["points"], 1), context.language),
    }
    return WatchReason(
        key="gap",
        label=t("leader.label.gap", context.language, **values),
        sentence=t("leader.reason.gap", context.language, **values),
        since=day,
        sources=(),
    )

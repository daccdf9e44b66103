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


def find_case_reasons(asked: WatchContext) -> Found:
    """Return the open cases of the clearance register that were there by the day asked for.

    A case past its deadline counts from the deadline, another from the day it was opened.
    """
    found: Found = defaultdict(list)
    wanted, until = set(asked.items["item"]), asked.day.isoformat()
    cases = asked.facts.cases[asked.facts.cases["state"] == "open"]
    for row in cases.sort_values(["deadline", "case"]).to_dict("records"):
        if row["item"] in wanted and row["opened"] <= until:
            found[row["item"]].append(
                _build_case_reason(asked, row, late="" < row["deadline"] < until)
            )
    return found


def _build_case_reason(asked: WatchContext, row: Row, *, late: bool) -> WatchReason:
    key = "case_overdue" if late else "case_open"
    names = asked.facts.commune_names
    since = row["deadline"] if late else row["opened"]
    span = _format_span_since(asked, since)
    category = translate_word("obstacle", row["category"], asked.language)
    where = names.get(row["commune"], "")
    return WatchReason(
        key=key,
        label=t(f"leader.label.{key}", asked.language, category=category.lower(), span=span),
        sentence=t(
            f"leader.reason.{key}",
            asked.language,
            place=where or t("leader.body.no_place", asked.language),
            category=category.lower(),
            statement=row["statement"],
            deadline=format_iso_day(row["deadline"], asked.language)
            or t("leader.body.no_deadline", asked.language),
            span=span,
        ),
        since=since,
        sources=(),
        bodies=(row["body"],) if row["body"] else (),
    )


def _format_span_since(asked: WatchContext, since: str) -> str:
    if not since:
        return t("layers.value.unknown", asked.language)
    return format_span((asked.day - type(asked.day).fromisoformat(since)).days, asked.language)


def find_gap_reasons(asked: WatchContext) -> Found:
    """Return the gaps between what is claimed and what the latest visit saw."""
    found: Found = defaultdict(list)
    wanted = set(asked.items["item"])
    gaps = list_visit_gaps(asked.facts, asked.period, today=asked.day)
    for row in gaps[gaps["flagged"].astype(bool)].to_dict("records"):
        if row["item"] in wanted:
            found[row["item"]].append(_build_gap_reason(asked, row))
    return found


def _build_gap_reason(asked: WatchContext, row: Row) -> WatchReason:
    def shown(value: float) -> str:
        if _UNITS[row["measure"]] == "percent":
            return format_percent(value, asked.language)
        return t(
            "leader.span.hectares", asked.language, area=format_quantity(value, asked.language)
        )

    day = to_vietnam_day(row["at"])
    values = {
        "measure": t(f"leader.measure.{row['measure']}", asked.language),
        "claimed": shown(row["claimed"]),
        "observed": shown(row["observed"]),
        "day": format_iso_day(day, asked.language),
        "points": format_quantity(round(row["points"], 1), asked.language),
    }
    return WatchReason(
        key="gap",
        label=t("leader.label.gap", asked.language, **values),
        sentence=t("leader.reason.gap", asked.language, **values),
        since=day,
        sources=(),
    )

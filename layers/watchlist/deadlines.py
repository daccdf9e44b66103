"""What falls due in the next days, and what fell due without a report of the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from layers.labels.statement_labels import format_field_label
from layers.watchlist.milestone_reasons import is_past_milestone
from layers.watchlist.reason import format_span
from reports.model.dates import parse_span
from store.analysis.milestones.milestone_delays import (
    find_last_statuses,
    get_current_milestone,
    list_milestone_statements,
)
from store.column_values import list_cells
from store.facts.labels import format_when, translate_word
from store.facts.selection import select_items
from store.facts.statements import statement_from_row
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source

AHEAD_DAYS: Final = 30


@dataclass(frozen=True)
class Deadline:
    """One day by which something is to happen; the texts are in the reader's language.

    ``kind``: a milestone's field, or ``case`` for a deadline of the clearance register, which has
    no ``sources``. ``day``: the last day of what the report names (a quarter ends with its last
    day). ``late``: days past it, 0 for what is still ahead.
    """

    day: date
    kind: str
    item: str
    name: str
    text: str
    late: int
    sources: tuple[Source, ...] = ()


def list_deadlines(
    facts: Facts, filters: Filters, today: date, *, language: str
) -> tuple[Deadline, ...]:
    """Return what the filters choose that is due by ``AHEAD_DAYS`` after ``today``, in its order.

    Milestones of whole items that no status puts behind them, all that was missed among them, and
    open cases of the register. Of what documents say all periods count, not the filters' alone.
    """
    return _list_deadlines(facts, filters.with_changes(period="", forecasts=()), today, language)


@cache_on_facts(most=16)
def _list_deadlines(
    facts: Facts, filters: Filters, today: date, language: str
) -> tuple[Deadline, ...]:
    if facts.periods.empty:
        return ()
    newest = str(facts.periods["period"].iloc[-1])
    items = select_items(facts, filters.with_changes(period=newest)).items
    chosen = dict(list_cells(items, "item", "construction"))
    found = [
        *_list_milestones(facts, chosen, today, language),
        *_list_cases(facts, set(chosen), today, language),
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.item, one.kind)))


def _list_milestones(
    facts: Facts, chosen: dict[str, float], today: date, language: str
) -> Iterator[Deadline]:
    statuses = find_last_statuses(facts)
    for (item, field, component), stated in list_milestone_statements(facts).items():
        if component or item not in chosen:
            continue
        row = get_current_milestone(stated)
        span, status = parse_span(row["value"]), statuses.get(item)
        begun = field == "milestone_start" and chosen[item] > 0
        over = status is not None and is_past_milestone(field, status["value"])
        if span is None or begun or over or span[1] > today + timedelta(days=AHEAD_DAYS):
            continue
        text = t(
            "leader.due.milestone",
            language,
            label=format_field_label(field, "", language),
            when=format_when(row["value"], language),
        )
        yield _make_deadline(
            facts,
            span[1],
            today,
            field,
            item,
            text,
            language,
            statement_from_row(facts, row).sources,
        )


def _list_cases(facts: Facts, chosen: set[str], today: date, language: str) -> Iterator[Deadline]:
    cases = facts.cases[(facts.cases["state"] == "open") & (facts.cases["deadline"] != "")]
    for row in cases.to_dict("records"):
        day = type(today).fromisoformat(row["deadline"])
        if (row["item"] and row["item"] not in chosen) or (
            day > today + timedelta(days=AHEAD_DAYS)
        ):
            continue
        text = t(
            "leader.due.case",
            language,
            place=facts.commune_names.get(row["commune"], "")
            or t("leader.body.no_place", language),
            category=translate_word("obstacle", row["category"], language).lower(),
            body=row["body"] or t("leader.body.unknown", language),
        )
        yield _make_deadline(facts, day, today, "case", row["item"], text, language)


def _make_deadline(  # noqa: PLR0917 - one call, split off for its length
    facts: Facts,
    day: date,
    today: date,
    kind: str,
    item: str,
    text: str,
    language: str,
    sources: Any = (),
) -> Deadline:
    late = max((today - day).days, 0)
    if late:
        text = t("leader.due.late", language, text=text, span=format_span(late, language))
    return Deadline(day, kind, item, facts.item_names.get(item, ""), text, late, sources)

"""Clearance problems as a list: by who is asked to act, with cause, money, age and who leads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.details.clearance_lines import list_problem_lines
from layers.labels.short_names import shorten_name
from layers.watchlist.acting_bodies import list_leads
from layers.watchlist.reason import make_watch_context
from layers.watchlist.watchlist import find_watch_day
from store.column_values import iterate_rows, list_cells, mark_members
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_vnd
from store.facts.selection import select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layers.details.clearance_lines import ProblemLine
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source


@dataclass(frozen=True)
class ClearanceRow:
    """One problem, or the same statement of several communes in which no item is named.

    ``places`` are communes by code and name; of an item that reports place in several, those that
    it lies in, ``along`` then saying that none is named. ``item`` is '' where none is named.
    ``money_vnd`` is the whole investment of the item, ``None`` where unknown. ``lead`` names the
    bodies that lead the item by a programme, and by which. ``carried``: an earlier period states
    it and the one shown does not repeat it. Texts are in the reader's language.
    """

    places: tuple[tuple[str, str], ...]
    along: bool
    item: str
    item_name: str
    cause: str
    statement: str
    severity: int
    severity_label: str
    money_vnd: int | None
    money: str
    lead: str
    period: str
    carried: bool
    age_days: int
    households: int | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ClearanceGroup:
    """The problems that the same bodies are asked to deal with; ``body`` is '' for none named."""

    body: str
    rows: tuple[ClearanceRow, ...]
    money: str


@cache_on_facts(most=32)
def list_clearance_groups(
    facts: Facts, filters: Filters, language: str = DEFAULT_LANGUAGE
) -> tuple[ClearanceGroup, ...]:
    """Return the problems under the filters by who is asked to act, the most money first."""
    problems = list_problem_lines(facts, list_clearance_problems(facts, filters), language=language)
    items = select_items(facts, filters).items
    known = items[items["investment_mvnd"].notna()]
    amounts = dict(list_cells(known, "item", "investment_mvnd"))
    stuck = {line.item for line in problems if line.item}
    leads = _map_leads(facts, filters, stuck, language)
    told: dict[tuple[str, ...], list[ProblemLine]] = defaultdict(list)
    for line in problems:
        alone = (line.item, line.problem) if line.item else ("", line.raw.split("[…]")[0])
        told[line.asked_to_act, line.category, line.statement, *alone].append(line)
    by_body: dict[str, list[ClearanceRow]] = defaultdict(list)
    for same in told.values():
        row = _build_row(facts, same, amounts, leads, language)
        by_body[same[0].asked_to_act].append(row)
    groups = [
        ClearanceGroup(body, tuple(sorted(rows, key=_rank_row)), _sum_money(rows, language))
        for body, rows in by_body.items()
    ]
    return tuple(sorted(groups, key=lambda group: (_rank_row(group.rows[0]), group.body)))


def _build_row(
    facts: Facts,
    same: Sequence[ProblemLine],
    amounts: dict[str, int],
    leads: dict[str, str],
    language: str,
) -> ClearanceRow:
    line = max(same, key=lambda one: one.severity)
    codes = [one.code for one in same if one.code]
    along = not codes and bool(line.item)
    names = facts.commune_names
    if along:
        codes = [code for code in facts.item_communes.get(line.item, ()) if code in names]
    amount = amounts.get(line.item)
    money = None if amount is None else int(amount) * VND_PER_MVND
    return ClearanceRow(
        places=tuple((code, names[code]) for code in dict.fromkeys(codes)),
        along=along,
        item=line.item,
        item_name=shorten_name(line.item_name) if line.item_name else "",
        cause=line.category_label,
        statement=line.statement,
        severity=line.severity,
        severity_label=line.severity_label,
        money_vnd=money,
        money="" if money is None else format_vnd(money, language),
        lead=leads.get(line.item, ""),
        period=line.period_label,
        carried=line.carried,
        age_days=line.age_days,
        households=line.households,
        sources=tuple(dict.fromkeys(source for one in same for source in one.sources)),
    )


def _map_leads(
    facts: Facts, filters: Filters, wanted: Collection[str], language: str
) -> dict[str, str]:
    """Return who leads each of the wanted items by a programme, with its name, as a sentence.

    Of those that the watch list has: what is opened already needs nobody's decision.
    """
    day = find_watch_day(facts, filters)
    if day is None:
        return {}
    context = make_watch_context(facts, filters, (), day, language)
    items = context.items[mark_members(context.items["item"], wanted)]
    return {
        row.item: ". ".join(f"{named.label}: {named.text}" for named in list_leads(context, row))
        for row in iterate_rows(items[["item", "lead_obs"]])
    }


def _rank_row(row: ClearanceRow) -> tuple[int, int, str]:
    return -(row.money_vnd or 0), -row.severity, row.item_name


def _sum_money(rows: Iterable[ClearanceRow], language: str) -> str:
    amounts = {row.item: row.money_vnd for row in rows if row.money_vnd}
    return format_vnd(sum(amounts.values()), language) if amounts else ""


def count_places(groups: Iterable[ClearanceGroup]) -> tuple[int, int]:
    """Return in how many communes reports state a problem, and of how many items."""
    rows = [row for group in groups for row in group.rows]
    communes = {code for row in rows if not row.along for code, _ in row.places}
    return len(communes), len({row.item for row in rows if row.item})


def describe_scope(facts: Facts, filters: Filters, language: str = DEFAULT_LANGUAGE) -> str:
    """Return in one line how many places, items and how much money the list is about."""
    groups = list_clearance_groups(facts, filters, language)
    communes, items = count_places(groups)
    amounts = {row.item: row.money_vnd or 0 for group in groups for row in group.rows if row.item}
    return t(
        "layers.side.clearance_scope",
        language,
        communes=communes,
        items=items,
        money=format_vnd(sum(amounts.values()), language),
    )

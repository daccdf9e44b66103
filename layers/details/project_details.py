"""Everything that the panel of an item (project, park, cluster) shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.details.clearance_lines import ProblemLine, list_problem_lines
from layers.details.contradiction_lines import StatementConflict, list_conflicts
from layers.details.stated_lines import StatedLine, list_stated_lines
from layers.details.value_lines import ValueLine, list_value_lines, sort_values_to_read
from store.column_values import iterate_rows, list_cells
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND, compute_equal_shares
from store.facts.filters import Filters
from store.facts.item_snapshot import REMOVED, build_item_snapshot
from store.facts.labels import format_vnd, translate_word
from store.facts.selection import resolve_period
from store.facts.sources import Source, find_sources, source_from_row
from store.facts.stored.approved_facts import get_facts_as_approved
from store.facts.stored.item_attributes import ItemAttribute, list_item_attributes
from store.facts.stored.period_corrections import PeriodApproval, find_period_approval
from store.facts.values import compute_values_at
from store.facts_cache import cache_on_facts
from store.imports.item_statements import list_item_statements

if TYPE_CHECKING:
    from store.facts.facts import Facts


@dataclass(frozen=True)
class ItemPlace:
    """A commune that an item lies in, how that is known and how much of its money it is given."""

    code: str
    name: str
    how: str
    how_label: str
    certainty: str
    certainty_label: str
    share_vnd: int | None
    share_text: str
    sources: tuple[Source, ...]
    note: str


@dataclass(frozen=True)
class ItemDetails:
    """An item's panel: what is known at the period, and what every period said (``history``).

    ``known`` is false where no report up to the period names the item yet; ``listed`` is false once
    a report has taken it off its list. ``lines`` are what holds at the period, carried values
    marked; ``history`` is every observation of every period, newest first.
    """

    item: str
    name: str
    name_raw: str
    kind: str
    kind_label: str
    funding_label: str
    phase_label: str
    zone: str
    zone_name: str
    known: bool
    listed: bool
    places: tuple[ItemPlace, ...]
    lines: tuple[ValueLine, ...]
    history: tuple[ValueLine, ...]
    problems: tuple[ProblemLine, ...]
    conflicts: tuple[StatementConflict, ...]
    note: str
    stated: tuple[StatedLine, ...]
    """What documents state of it that is no figure of ours."""
    attributes: tuple[ItemAttribute, ...] = ()
    """What the reports told it to be, such as its owner."""
    approval: PeriodApproval | None = None
    """When the period was approved and what was corrected since, ``None`` where it is not."""


def find_item_details(
    facts: Facts, filters: Filters, item: str, *, language: str = DEFAULT_LANGUAGE
) -> ItemDetails | None:
    """Return what is known of an item at the filters' period; ``None`` for an unknown item.

    The other filters do not hide the item: a link to it opens it. An approved period has what was
    known when it was approved; ``history`` is everything.
    """
    period = resolve_period(facts, filters)
    details = _find_item_details(facts.reports, item, period, filters.carry, language)
    return details and replace(
        details,
        attributes=list_item_attributes(facts, item, period),
        approval=find_period_approval(facts, period),
    )


@cache_on_facts(most=128)
def _find_item_details(
    facts: Facts, item: str, period: str, carry: bool, language: str
) -> ItemDetails | None:
    shown = get_facts_as_approved(facts, period)
    row = shown.item_rows.get(item) or facts.item_rows.get(item)
    if row is None:
        return None
    known = build_item_snapshot(facts, period, carry=carry)
    known = known[known["item"] == item]
    values = compute_values_at(facts, period, carry=carry, items=(item,))
    listed = bool(known["listed"].all())
    alone = Filters(
        period=period,
        carry=carry,
        statuses=() if listed else (REMOVED,),
    )
    stated = list_item_statements(facts, item, period, carry=carry)
    problems = [
        problem for problem in list_clearance_problems(facts, alone) if problem.item == item
    ]
    return ItemDetails(
        item=item,
        name=str(row["name"]),
        name_raw=str(row["name_raw"]),
        kind=str(row["kind"]),
        kind_label=translate_word("kind", str(row["kind"]), language),
        funding_label=translate_word("funding", str(row["funding"]), language),
        phase_label=translate_word("phase", str(row["phase"]), language),
        zone=str(row["zone"]),
        zone_name=_find_zone_name(facts, str(row["zone"])),
        known=bool(len(known)),
        listed=listed,
        places=_list_places(shown, item, known, language),
        lines=list_value_lines(shown, values, language=language),
        history=_list_history(facts, item, language),
        problems=list_problem_lines(shown, problems, language=language),
        conflicts=list_conflicts(shown, item),
        note=str(row["note"]),
        stated=list_stated_lines(shown, stated, language=language),
    )


HEADLINES: Final = ("investment_mvnd", "actual_construction_pct", "forecast", "status")
"""The fields that stand for an item in a list, in no order."""


def list_headline_sources(facts: Facts, filters: Filters, item: str) -> tuple[Source, ...]:
    """Return the sources of the headline fields of an item at the filters' period; shared.

    Each source once, in the order in which the fields stand in the item's panel.
    """
    reports = facts.reports
    observations = _map_headlines(reports, resolve_period(facts, filters), filters.carry)
    return tuple(dict.fromkeys(find_sources(reports, observations.get(item, ()))))


@cache_on_facts(most=16)
def _map_headlines(facts: Facts, period: str, carry: bool) -> dict[str, list[str]]:
    """Return the observations of the headline fields of every item."""
    values = compute_values_at(facts, period, carry=carry)
    rows = sort_values_to_read(values[values["field"].isin(HEADLINES)])
    observations: dict[str, list[str]] = {}
    for item, observation in list_cells(rows, "item", "obs"):
        observations.setdefault(item, []).append(observation)
    return observations


def _find_zone_name(facts: Facts, zone: str) -> str:
    names = facts.zones.loc[facts.zones["zone"] == zone, "name"]
    return str(names.iloc[0]) if zone and len(names) else ""


def _list_places(
    facts: Facts, item: str, known: pd.DataFrame, language: str
) -> tuple[ItemPlace, ...]:
    names = facts.commune_names
    rows = facts.places[facts.places["item"] == item].sort_values("commune")
    amount = known["investment_mvnd"].iloc[0] if len(known) else pd.NA
    shares = (
        {}
        if pd.isna(amount)
        else compute_equal_shares(int(amount) * VND_PER_MVND, list(rows["commune"]))
    )
    unknown = t("layers.value.unknown", language)
    return tuple(
        ItemPlace(
            code=row.commune,
            name=names[row.commune],
            how=row.how,
            how_label=translate_word("how", row.how, language),
            certainty=row.certainty,
            certainty_label=translate_word("certainty", row.certainty, language),
            share_vnd=shares.get(row.commune),
            share_text=format_vnd(shares[row.commune], language)
            if row.commune in shares
            else unknown,
            sources=(source_from_row(facts, row._asdict()),) if row.doc else (),
            note=row.note,
        )
        for row in iterate_rows(rows)
    )


def _list_history(facts: Facts, item: str, language: str) -> tuple[ValueLine, ...]:
    rows = facts.observations[facts.observations["item"] == item]
    ranks = facts.period_ranks
    lines: list[ValueLine] = []
    for period in sorted(rows["period"].unique(), key=ranks.__getitem__, reverse=True):
        lines.extend(list_value_lines(facts, rows[rows["period"] == period], language=language))
    return tuple(lines)

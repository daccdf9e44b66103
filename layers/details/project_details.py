"""Everything that the panel of an item (project, park, cluster) shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.details.clearance_lines import Problem, problem_lines
from layers.details.contradiction_lines import Conflict, conflicts_of
from layers.details.value_lines import FactLine, value_lines
from store.facts.clearance_problems import problems_at
from store.facts.commune_shares import VND_PER_MVND, equal_shares
from store.facts.facts import period_ranks
from store.facts.filters import Filters
from store.facts.item_snapshot import known_at
from store.facts.labels import vnd, word
from store.facts.selection import period_of
from store.facts.sources import Source, source_at
from store.facts.values import values_at

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
class ItemFacts:
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
    lines: tuple[FactLine, ...]
    history: tuple[FactLine, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    note: str


def item_facts(
    facts: Facts, filters: Filters, item: str, *, language: str = DEFAULT_LANGUAGE
) -> ItemFacts | None:
    """Return what is known of an item at the filters' period; ``None`` for an unknown item.

    The other filters do not hide the item: a link to it opens it.
    """
    found = facts.items[facts.items["item"] == item]
    if not len(found):
        return None
    row = found.iloc[0]
    period = period_of(facts, filters)
    known = known_at(facts, period, carry=filters.carry)
    known = known[known["item"] == item]
    values = values_at(facts, period, carry=filters.carry)
    listed = bool(known["listed"].all())
    alone = Filters(
        period=filters.period,
        carry=filters.carry,
        statuses=() if listed else ("removed_from_list",),
    )
    problems = problems_at(facts, alone)
    return ItemFacts(
        item=item,
        name=str(row["name"]),
        name_raw=str(row["name_raw"]),
        kind=str(row["kind"]),
        kind_label=word("kind", str(row["kind"]), language),
        funding_label=word("funding", str(row["funding"]), language),
        phase_label=word("phase", str(row["phase"]), language),
        zone=str(row["zone"]),
        zone_name=_zone_name(facts, str(row["zone"])),
        known=bool(len(known)),
        listed=listed,
        places=_places(facts, item, known, language),
        lines=value_lines(facts, values[values["item"] == item], language=language),
        history=_history(facts, item, language),
        problems=problem_lines(facts, problems[problems["item"] == item], language=language),
        conflicts=conflicts_of(facts, item),
        note=str(row["note"]),
    )


def _zone_name(facts: Facts, zone: str) -> str:
    found = facts.zones.loc[facts.zones["zone"] == zone, "name"]
    return str(found.iloc[0]) if zone and len(found) else ""


def _places(facts: Facts, item: str, known: pd.DataFrame, language: str) -> tuple[ItemPlace, ...]:
    names = dict(zip(facts.communes["code"], facts.communes["name"], strict=True))
    rows = facts.places[facts.places["item"] == item].sort_values("commune")
    amount = known["investment_mvnd"].iloc[0] if len(known) else pd.NA
    shares = (
        {} if pd.isna(amount) else equal_shares(int(amount) * VND_PER_MVND, list(rows["commune"]))
    )
    unknown = t("layers.value.unknown", language)
    return tuple(
        ItemPlace(
            code=row.commune,
            name=names[row.commune],
            how=row.how,
            how_label=word("how", row.how, language),
            certainty=row.certainty,
            certainty_label=word("certainty", row.certainty, language),
            share_vnd=shares.get(row.commune),
            share_text=vnd(shares[row.commune], language) if row.commune in shares else unknown,
            sources=_place_sources(facts, row.doc, row.line, row.raw),
            note=row.note,
        )
        for row in rows.itertuples(index=False)
    )


def _place_sources(facts: Facts, doc: str, line: object, raw: str) -> tuple[Source, ...]:
    if not doc:
        return ()
    return (source_at(facts, doc, 0 if pd.isna(line) else int(str(line)), raw=raw),)


def _history(facts: Facts, item: str, language: str) -> tuple[FactLine, ...]:
    rows = facts.observations[facts.observations["item"] == item]
    ranks = period_ranks(facts)
    lines: list[FactLine] = []
    for period in sorted(rows["period"].unique(), key=ranks.__getitem__, reverse=True):
        lines.extend(value_lines(facts, rows[rows["period"] == period], language=language))
    return tuple(lines)

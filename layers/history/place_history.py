"""A commune or a former district over all periods: its items, problems, totals and old names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.clock import today
from geo.i18n import DEFAULT_LANGUAGE
from layers.details.commune_details import FormerUnit, former_units_of
from layers.details.contradiction_lines import ContradictionLine, contradiction_lines
from layers.history.period_matrix import MatrixRow, PeriodColumn, period_columns
from layers.history.place_totals import PlaceTotals, is_of_place, place_of, place_totals
from layers.history.project_history import (
    ItemHistory,
    commune_names,
    communes_of,
    item_histories,
    statement_rows,
)
from store.clearance.register_view import register_at
from store.facts.filters import Filters
from store.facts.labels import word
from store.facts.selection import select
from store.facts.sources import Source, source_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from layers.details.places import Place
    from store.analysis.contradictions import Settlement
    from store.facts.facts import Facts


@dataclass(frozen=True)
class CalledAs:
    """A name under which documents place items here, how that is read, and which items they are."""

    raw: str
    how_label: str
    commune: str
    items: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, eq=False)
class PlaceHistory:
    """Everything known of a place, over the periods.

    ``communes`` are the communes of today (code and name) that it is. ``items`` are all ever placed
    there, the largest share of investment first. ``problems`` are rows of clearance statements
    that name the place and no item. ``former_units`` are the communes of before, for a commune.
    ``cases`` are the rows of the clearance register (``store.clearance.register_view``) of the
    place and of
    its items that name no commune, as they stand on the day asked for.
    """

    place: Place
    communes: tuple[tuple[str, str], ...]
    columns: tuple[PeriodColumn, ...]
    totals: tuple[PlaceTotals, ...]
    items: tuple[ItemHistory, ...]
    problems: tuple[MatrixRow, ...]
    cases: pd.DataFrame
    called: tuple[CalledAs, ...]
    former_units: tuple[FormerUnit, ...]
    contradictions: tuple[ContradictionLine, ...]


def place_history(
    facts: Facts,
    key: str,
    settled: Mapping[str, Settlement] | None = None,
    *,
    day: date | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> PlaceHistory | None:
    """Return everything known of a commune (by code) or a former district (by id).

    ``settled`` are decisions on contradictions, ``day`` is when the register is looked at: today
    where none is given. ``None`` for a key that is neither.
    """
    place = place_of(facts, key, language=language)
    if place is None:
        return None
    names = commune_names(facts)
    columns = period_columns(facts, language)
    here = frozenset(place.communes)
    items = _items(facts, here)
    statements = facts.clearance
    stated = statements[statements["commune"].isin(here) & (statements["item"] == "")]
    lines = contradiction_lines(facts, settled, language=language)
    register = register_at(facts, day or today())
    return PlaceHistory(
        place=place,
        communes=tuple((code, names[code]) for code in place.communes),
        columns=columns,
        totals=tuple(
            place_totals(facts, place, column.period, language=language) for column in columns
        ),
        items=item_histories(facts, items, language=language),
        problems=statement_rows(facts, stated.to_dict("records"), columns, 0, language),
        cases=register[is_of_place(register, here, items)].reset_index(drop=True),
        called=_called(facts, here, language),
        former_units=former_units_of(facts, key, language) if place.kind == "commune" else (),
        contradictions=tuple(
            one for one in lines if not set(items).isdisjoint((one.item, *one.items))
        ),
    )


def _items(facts: Facts, here: frozenset[str]) -> list[str]:
    """Return every item ever placed in the communes, the largest known investment first."""
    placed = {item for item, codes in communes_of(facts).items() if not here.isdisjoint(codes)}
    last = str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""
    statuses = ("removed_from_list",)
    listed = select(facts, Filters(period=last)).items
    dropped = select(facts, Filters(period=last, statuses=statuses)).items
    money = {
        row.item: int(row.investment_mvnd)
        for frame in (listed, dropped)
        for row in frame[["item", "investment_mvnd"]].itertuples(index=False)
        if not pd.isna(row.investment_mvnd)
    }
    return sorted(placed, key=lambda item: (-money.get(item, -1), item))


def _called(facts: Facts, here: frozenset[str], language: str) -> tuple[CalledAs, ...]:
    """Return the names in documents that stand for the place, each once with its items."""
    names = commune_names(facts)
    rows = facts.places[facts.places["commune"].isin(here) & (facts.places["raw"] != "")]
    found: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for row in rows.sort_values(["commune", "raw", "item"]).to_dict("records"):
        found.setdefault((row["commune"], row["how"], row["raw"]), []).append(row)
    return tuple(
        CalledAs(
            raw=raw,
            how_label=word("how", how, language),
            commune=names[commune],
            items=tuple(dict.fromkeys(str(row["item"]) for row in told)),
            sources=tuple(
                source_at(
                    facts,
                    str(row["doc"]),
                    0 if pd.isna(row["line"]) else int(str(row["line"])),
                    raw=raw,
                )
                for row in told
                if row["doc"]
            ),
        )
        for (commune, how, raw), told in found.items()
    )

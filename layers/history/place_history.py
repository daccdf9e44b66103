"""A commune or a former district over all periods: its items, problems, totals and old names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.clock import today
from geo.i18n import DEFAULT_LANGUAGE
from layers.details.commune_details import FormerUnitShare, list_former_units
from layers.details.contradiction_lines import ContradictionLine, list_contradiction_lines
from layers.history.period_matrix import MatrixRow, PeriodColumn, list_period_columns
from layers.history.place_totals import (
    PlaceTotals,
    compute_place_totals,
    find_commune_or_district,
    is_of_place,
)
from layers.history.project_history import (
    ItemHistory,
    build_statement_rows,
    list_item_histories,
    load_item_communes,
)
from store.clearance.register_view import build_register
from store.facts.filters import Filters
from store.facts.labels import translate_word
from store.facts.selection import select_items
from store.facts.sources import Source, source_from_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from layers.details.places import ChosenPlace
    from store.analysis.contradictions import ContradictionDecision
    from store.facts.facts import Facts


@dataclass(frozen=True)
class PlaceNameUse:
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
    there, the largest share of investment first. ``problems`` are rows of clearance statements that
    name the place and no item. ``former_units`` are the communes of before, for a commune.
    ``cases`` are the rows of the clearance register (``store.clearance.register_view``) of the
    place and of its items that name no commune, as they stand on the day asked for.
    """

    place: ChosenPlace
    communes: tuple[tuple[str, str], ...]
    columns: tuple[PeriodColumn, ...]
    totals: tuple[PlaceTotals, ...]
    items: tuple[ItemHistory, ...]
    problems: tuple[MatrixRow, ...]
    cases: pd.DataFrame
    called: tuple[PlaceNameUse, ...]
    former_units: tuple[FormerUnitShare, ...]
    contradictions: tuple[ContradictionLine, ...]


def find_place_history(
    facts: Facts,
    key: str,
    settled: Mapping[str, ContradictionDecision] | None = None,
    *,
    day: date | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> PlaceHistory | None:
    """Return everything known of a commune (by code) or a former district (by id).

    ``settled`` are decisions on contradictions, ``day`` is when the register is looked at: today
    where none is given. ``None`` for a key that is neither.
    """
    place = find_commune_or_district(facts, key, language=language)
    if place is None:
        return None
    names = facts.commune_names
    columns = list_period_columns(facts, language)
    here = frozenset(place.communes)
    items = _list_items(facts, here)
    statements = facts.clearance
    stated = statements[statements["commune"].isin(here) & (statements["item"] == "")]
    lines = list_contradiction_lines(facts, settled, language=language)
    register = build_register(facts, day or today())
    return PlaceHistory(
        place=place,
        communes=tuple((code, names[code]) for code in place.communes),
        columns=columns,
        totals=tuple(
            compute_place_totals(facts, place, column.period, language=language)
            for column in columns
        ),
        items=list_item_histories(facts, items, language=language),
        problems=build_statement_rows(facts, stated.to_dict("records"), columns, 0, language),
        cases=register[is_of_place(register, here, items)].reset_index(drop=True),
        called=_list_name_uses(facts, here, language),
        former_units=list_former_units(facts, key, language) if place.kind == "commune" else (),
        contradictions=tuple(
            line for line in lines if not set(items).isdisjoint((line.item, *line.items))
        ),
    )


def _list_items(facts: Facts, here: frozenset[str]) -> list[str]:
    """Return every item ever placed in the communes, the largest known investment first."""
    placed = {
        item for item, codes in load_item_communes(facts).items() if not here.isdisjoint(codes)
    }
    last = str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""
    statuses = ("removed_from_list",)
    listed = select_items(facts, Filters(period=last)).items
    dropped = select_items(facts, Filters(period=last, statuses=statuses)).items
    money = {
        row.item: int(row.investment_mvnd)
        for frame in (listed, dropped)
        for row in frame[["item", "investment_mvnd"]].itertuples(index=False)
        if not pd.isna(row.investment_mvnd)
    }
    return sorted(placed, key=lambda item: (-money.get(item, -1), item))


def _list_name_uses(facts: Facts, here: frozenset[str], language: str) -> tuple[PlaceNameUse, ...]:
    """Return the names in documents that stand for the place, each once with its items."""
    names = facts.commune_names
    rows = facts.places[facts.places["commune"].isin(here) & (facts.places["raw"] != "")]
    rows_by_name: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for row in rows.sort_values(["commune", "raw", "item"]).to_dict("records"):
        rows_by_name.setdefault((row["commune"], row["how"], row["raw"]), []).append(row)
    return tuple(
        PlaceNameUse(
            raw=raw,
            how_label=translate_word("how", how, language),
            commune=names[commune],
            items=tuple(dict.fromkeys(str(row["item"]) for row in name_rows)),
            sources=tuple(source_from_row(facts, row) for row in name_rows if row["doc"]),
        )
        for (commune, how, raw), name_rows in rows_by_name.items()
    )

"""A commune or a former district over all periods: its items, problems, totals and old names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from geo.clock import today
from geo.i18n import DEFAULT_LANGUAGE
from layers.details.commune_details import FormerUnitShare, list_former_units
from layers.details.contradiction_lines import ContradictionLine, describe_contradiction
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
)
from layers.history.stated_rows import build_stated_rows
from store.analysis.contradictions import list_contradictions
from store.clearance.register_view import build_register
from store.column_values import iterate_rows, list_rows
from store.facts.filters import Filters
from store.facts.item_snapshot import REMOVED, list_item_communes
from store.facts.labels import translate_word
from store.facts.selection import select_items
from store.facts.sources import Source, source_from_row
from store.facts_cache import cache_on_facts

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
    name the place and no item, ``stated`` what else documents state of
    its communes. ``former_units`` are the communes of before, for a commune.
    ``cases`` are the rows of the clearance register (``store.clearance.register_view``) of the
    place and of its items that name no commune, as they stand on the day asked for.
    """

    place: ChosenPlace
    communes: tuple[tuple[str, str], ...]
    columns: tuple[PeriodColumn, ...]
    totals: tuple[PlaceTotals, ...]
    items: tuple[ItemHistory, ...]
    problems: tuple[MatrixRow, ...]
    stated: tuple[MatrixRow, ...]
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
    history = _find_reported_history(facts, key, language)
    if history is None:
        return None
    here = frozenset(history.place.communes)
    items = [item_history.item for item_history in history.items]
    placed = set(items)
    register = build_register(facts, day or today())
    return replace(
        history,
        cases=register[is_of_place(register, here, items)].reset_index(drop=True),
        contradictions=tuple(
            describe_contradiction(facts, contradiction, language)
            for contradiction in list_contradictions(facts, settled)
            if not placed.isdisjoint((contradiction.item, *contradiction.items))
        ),
    )


@cache_on_facts(most=12)
def _find_reported_history(facts: Facts, key: str, language: str) -> PlaceHistory | None:
    """Return what reports say of a place, without cases and contradictions."""
    place = find_commune_or_district(facts, key, language=language)
    if place is None:
        return None
    names = facts.commune_names
    columns = list_period_columns(facts, language)
    here = frozenset(place.communes)
    statements = facts.clearance
    stated = statements[statements["commune"].isin(here) & (statements["item"] == "")]
    return PlaceHistory(
        place=place,
        communes=tuple((code, names[code]) for code in place.communes),
        columns=columns,
        totals=tuple(
            compute_place_totals(facts, place, column.period, language=language)
            for column in columns
        ),
        items=list_item_histories(facts, _list_items(facts, here), language=language),
        problems=build_statement_rows(facts, list_rows(stated), columns, 0, language),
        stated=build_stated_rows(
            facts, place.communes, columns, language, named=place.kind != "commune"
        ),
        cases=facts.cases.iloc[:0],
        called=_list_name_uses(facts, here, language),
        former_units=list_former_units(facts, key, language) if place.kind == "commune" else (),
        contradictions=(),
    )


def _list_items(facts: Facts, here: frozenset[str]) -> list[str]:
    """Return every item ever placed in the communes, the largest known investment first."""
    placed = {
        item for item, codes in list_item_communes(facts).items() if not here.isdisjoint(codes)
    }
    last = str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""
    statuses = (REMOVED,)
    listed = select_items(facts, Filters(period=last)).items
    dropped = select_items(facts, Filters(period=last, statuses=statuses)).items
    money = {
        row.item: int(row.investment_mvnd)
        for frame in (listed, dropped)
        for row in iterate_rows(frame[["item", "investment_mvnd"]])
        if not pd.isna(row.investment_mvnd)
    }
    return sorted(placed, key=lambda item: (-money.get(item, -1), item))


def _list_name_uses(facts: Facts, here: frozenset[str], language: str) -> tuple[PlaceNameUse, ...]:
    """Return the names in documents that stand for the place, each once with its items."""
    names = facts.commune_names
    rows = facts.places[facts.places["commune"].isin(here) & (facts.places["raw"] != "")]
    rows_by_name: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for row in list_rows(rows.sort_values(["commune", "raw", "item"])):
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

"""A commune or a former district over all periods: its items, problems, totals and old names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.commune_facts import FormerUnit, former_units_of
from layers.contradictions import ContradictionLine, contradiction_lines
from layers.item_history import (
    ItemHistory,
    commune_names,
    communes_of,
    item_histories,
    statement_rows,
)
from layers.matrix import MatrixRow, PeriodColumn, period_columns
from layers.places import Place, find_place
from layers.shares import share_table
from layers.words import as_of, count_text, percent_or_unknown, vnd, word
from store.escalation import today
from store.filters import Filters
from store.means import progress_of
from store.problems import problems_at
from store.register_view import register_at
from store.selection import select
from store.sources import Source, source_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from store.contradictions import Settlement
    from store.facts import Facts

PLACE_KINDS = ("commune", "district")


@dataclass(frozen=True)
class PlaceTotals:
    """What was known of a place by one period; texts are in the reader's language.

    ``items`` on the lists by then, of which ``shared`` lie in other communes too;
    ``investment_vnd`` is the place's share (see ``store.shares``), ``None`` where no item's amount
    is known; ``known`` items have one. ``progress`` is the mean that the map shows. ``problems``
    are clearance problems stated in the place, ``elsewhere`` those of its items of which no report
    says in which commune they are. ``cases`` is how many cases of the clearance register were open
    on the period's day, ``None`` where the register has none of the place at all.
    """

    period: str
    items: int
    shared: int
    investment_vnd: int | None
    investment_text: str
    known: int
    progress: float
    progress_text: str
    progress_of: int
    problems: int
    elsewhere: int
    cases: int | None


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
    ``cases`` are the rows of the clearance register (``store.register_view``) of the place and of
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


def place_of(facts: Facts, key: str, *, language: str = DEFAULT_LANGUAGE) -> Place | None:
    """Return the commune (by code) or the former district (by id) of a key; ``None`` for others."""
    found = find_place(facts, "commune", key, language=language)
    found = found or find_place(facts, "district", key, language=language)
    return found if found and found.kind in PLACE_KINDS else None


def area_filters(place: Place, filters: Filters | None = None) -> Filters:
    """Return filters narrowed to a place, other places in them dropped."""
    base = filters or Filters()
    if place.kind == "district":
        return base.with_changes(communes=(), district=place.key)
    return base.with_changes(communes=(place.key,), district="")


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
    of_place = statements[statements["commune"].isin(here) & (statements["item"] == "")]
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
        problems=statement_rows(facts, of_place.to_dict("records"), columns, 0, language),
        cases=register[_of_place(register, here, items)].reset_index(drop=True),
        called=_called(facts, here, language),
        former_units=former_units_of(facts, key, language) if place.kind == "commune" else (),
        contradictions=tuple(
            one for one in lines if not set(items).isdisjoint((one.item, *one.items))
        ),
    )


def place_totals(
    facts: Facts, place: Place, period: str, *, language: str = DEFAULT_LANGUAGE
) -> PlaceTotals:
    """Return what was known of a place by a period, by the same rules as the map."""
    filters = area_filters(place, Filters(period=period))
    items = select(facts, filters).items
    here = frozenset(place.communes)
    shares = share_table(items)
    shares = shares[shares["code"].isin(here)].groupby("item")["share_vnd"].sum(min_count=1)
    amounts = items["item"].map(shares).astype("Int64")
    known = int(amounts.notna().sum())
    total = int(amounts.sum()) if known else None
    one = progress_of(items, amounts)
    problems = problems_at(facts, filters)
    return PlaceTotals(
        period=period,
        items=len(items),
        shared=int(items["communes"].map(lambda codes: not here.issuperset(codes)).sum()),
        investment_vnd=total,
        investment_text=t("layers.value.unknown", language)
        if total is None
        else vnd(total, language),
        known=known,
        progress=one.mean,
        progress_text=percent_or_unknown(one.mean, language),
        progress_of=one.known,
        problems=int(problems["code"].isin(here).sum()),
        elsewhere=int((problems["code"] == "").sum()),
        cases=_open_cases(facts, here, as_of(facts, period)),
    )


def _of_place(cases: pd.DataFrame, here: frozenset[str], items: list[str]) -> pd.Series:
    return cases["commune"].isin(here) | ((cases["commune"] == "") & cases["item"].isin(items))


def _open_cases(facts: Facts, here: frozenset[str], day: str) -> int | None:
    """Return how many cases of the place were open on a day (ISO); ``None`` where there is none.

    A case of which nobody knows since when it is counts on no day.
    """
    items = [item for item, codes in communes_of(facts).items() if not here.isdisjoint(codes)]
    cases = facts.cases[_of_place(facts.cases, here, items)]
    if cases.empty:
        return None
    opened = (cases["opened"] != "") & (cases["opened"] <= day)
    return int((opened & ((cases["closed"] == "") | (cases["closed"] > day))).sum())


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


def totals_lines(
    totals: tuple[PlaceTotals, ...], language: str = DEFAULT_LANGUAGE
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the totals as rows of a table: a label, and for every period a text and its detail."""

    def line(key: str, cells: list[tuple[str, str]]) -> tuple[str, tuple[tuple[str, str], ...]]:
        return t(f"bench.totals.{key}", language), tuple(cells)

    def told(key: str, **values: object) -> str:
        return t(f"bench.totals.{key}", language, **values)

    rows = [
        line(
            "items",
            [
                (count_text(one.items, language), told("shared", count=one.shared))
                if one.shared
                else (count_text(one.items, language), "")
                for one in totals
            ],
        ),
        line(
            "investment",
            [
                (one.investment_text, told("known", known=one.known, items=one.items))
                if one.items
                else ("–", "")
                for one in totals
            ],
        ),
        line(
            "progress",
            [
                (one.progress_text, told("progress_of", known=one.progress_of, items=one.items))
                if one.items
                else ("–", "")
                for one in totals
            ],
        ),
        line(
            "problems",
            [
                (
                    count_text(one.problems, language),
                    told("elsewhere", count=one.elsewhere) if one.elsewhere else "",
                )
                for one in totals
            ],
        ),
    ]
    if any(one.cases is not None for one in totals):
        cells = [
            ("–" if one.cases is None else count_text(one.cases, language), "") for one in totals
        ]
        rows.append(line("cases", cells))
    return tuple(rows)

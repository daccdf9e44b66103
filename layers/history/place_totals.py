"""What was known of a place by each period: how much lies there and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.details.places import ChosenPlace, find_place
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import make_share_table
from store.facts.filters import Filters
from store.facts.item_snapshot import list_item_communes
from store.facts.labels import format_count, format_known_percent, format_vnd, get_as_of_date
from store.facts.progress_mean import MEASURE_COLUMN, compute_progress
from store.facts.selection import select_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from store.facts.facts import Facts

PLACE_KINDS: Final = ("commune", "district")


@dataclass(frozen=True)
class PlaceTotals:
    """What was known of a place by one period; texts are in the reader's language.

    ``items`` on the lists by then, of which ``shared`` lie in other communes too;
    ``investment_vnd`` is the place's share (see ``store.facts.commune_shares``), ``None`` where no
    item's amount is known; ``known`` items have one. ``progress`` is the mean that the map shows.
    ``problems`` are clearance problems stated in the place, ``elsewhere`` those of its items of
    which no report says in which commune they are. ``carried`` says of ``investment``,
    ``progress`` and ``problems`` how many of their parts only earlier periods state. ``cases`` is
    how many cases of the clearance register were open on the period's day, ``None`` where the
    register has none of the place at all.
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
    carried: Mapping[str, int]
    cases: int | None


def find_commune_or_district(
    facts: Facts, key: str, *, language: str = DEFAULT_LANGUAGE
) -> ChosenPlace | None:
    """Return the commune (by code) or the former district (by id) of a key; ``None`` for others."""
    place = find_place(facts, "commune", key, language=language)
    place = place or find_place(facts, "district", key, language=language)
    return place if place and place.kind in PLACE_KINDS else None


def narrow_to_place(place: ChosenPlace, filters: Filters | None = None) -> Filters:
    """Return filters narrowed to a place, other places in them dropped."""
    base = filters or Filters()
    if place.kind == "district":
        return base.with_changes(communes=(), district=place.key)
    return base.with_changes(communes=(place.key,), district="")


def compute_place_totals(
    facts: Facts, place: ChosenPlace, period: str, *, language: str = DEFAULT_LANGUAGE
) -> PlaceTotals:
    """Return what was known of a place by a period, by the same rules as the map."""
    filters = narrow_to_place(place, Filters(period=period))
    items = select_items(facts, filters).items
    here = frozenset(place.communes)
    shares = make_share_table(items)
    shares = shares[shares["code"].isin(here)].groupby("item")["share_vnd"].sum(min_count=1)
    amounts = items["item"].map(shares).astype("Int64")
    known = int(amounts.notna().sum())
    total = int(amounts.sum()) if known else None
    progress = compute_progress(items, amounts)
    problems = list_clearance_problems(facts, filters)
    return PlaceTotals(
        period=period,
        items=len(items),
        shared=int(items["communes"].map(lambda codes: not here.issuperset(codes)).sum()),
        investment_vnd=total,
        investment_text=t("layers.value.unknown", language)
        if total is None
        else format_vnd(total, language),
        known=known,
        progress=progress.mean,
        progress_text=format_known_percent(progress.mean, language),
        progress_of=progress.known,
        problems=sum(problem.code in here for problem in problems),
        elsewhere=sum(not problem.code for problem in problems),
        carried={
            "investment": _count_earlier(_list_stating_periods(items, "investment_mvnd"), period),
            "progress": _count_earlier(
                _list_stating_periods(items, MEASURE_COLUMN["actual"]), period
            ),
            "problems": _count_earlier(
                [problem.period for problem in problems if problem.code in here], period
            ),
        },
        cases=_count_open_cases(facts, here, get_as_of_date(facts, period)),
    )


def _list_stating_periods(items: pd.DataFrame, column: str) -> list[str]:
    """Return which period states the value of each item that has one."""
    return [str(period) for period in items.loc[items[column].notna(), f"{column}_period"]]


def _count_earlier(periods: Iterable[str], period: str) -> int:
    return sum(bool(stated) and stated != period for stated in periods)


def is_of_place(cases: pd.DataFrame, here: frozenset[str], items: list[str]) -> pd.Series:
    """Return of every case whether it is of a place: there, or of an item there and nowhere."""
    return cases["commune"].isin(here) | ((cases["commune"] == "") & cases["item"].isin(items))


def _count_open_cases(facts: Facts, here: frozenset[str], day: str) -> int | None:
    """Return how many cases of the place were open on a day (ISO); ``None`` where there is none.

    A case of which nobody knows since when it is counts on no day.
    """
    items = [
        item for item, codes in list_item_communes(facts).items() if not here.isdisjoint(codes)
    ]
    cases = facts.cases[is_of_place(facts.cases, here, items)]
    if cases.empty:
        return None
    opened = (cases["opened"] != "") & (cases["opened"] <= day)
    return int((opened & ((cases["closed"] == "") | (cases["closed"] > day))).sum())


def build_totals_lines(
    totals: tuple[PlaceTotals, ...], language: str = DEFAULT_LANGUAGE
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the totals as rows of a table: a label, and for every period a text and its detail."""

    def line(key: str, cells: list[tuple[str, str]]) -> tuple[str, tuple[tuple[str, str], ...]]:
        return t(f"bench.totals.{key}", language), tuple(cells)

    def detail(key: str, **values: object) -> str:
        return t(f"bench.totals.{key}", language, **values)

    def with_carried(key: str, text: str, total: PlaceTotals, parts: int) -> str:
        count = total.carried[key]
        part = "all" if count == parts else "some"
        return "; ".join(
            filter(None, (text, detail(f"carried_{part}", count=count) if count else ""))
        )

    rows = [
        line(
            "items",
            [
                (format_count(total.items, language), detail("shared", count=total.shared))
                if total.shared
                else (format_count(total.items, language), "")
                for total in totals
            ],
        ),
        line(
            "investment",
            [
                (
                    total.investment_text,
                    with_carried(
                        "investment",
                        detail("known", known=total.known, items=total.items),
                        total,
                        total.known,
                    ),
                )
                if total.items
                else ("–", "")
                for total in totals
            ],
        ),
        line(
            "progress",
            [
                (
                    total.progress_text,
                    with_carried(
                        "progress",
                        detail("progress_of", known=total.progress_of, items=total.items),
                        total,
                        total.progress_of,
                    ),
                )
                if total.items
                else ("–", "")
                for total in totals
            ],
        ),
        line(
            "problems",
            [
                (
                    format_count(total.problems, language)
                    if total.problems
                    else detail("none_stated"),
                    with_carried(
                        "problems",
                        detail("elsewhere", count=total.elsewhere) if total.elsewhere else "",
                        total,
                        total.problems,
                    ),
                )
                for total in totals
            ],
        ),
    ]
    if any(total.cases is not None for total in totals):
        cells = [
            ("–" if total.cases is None else format_count(total.cases, language), "")
            for total in totals
        ]
        rows.append(line("cases", cells))
    return tuple(rows)

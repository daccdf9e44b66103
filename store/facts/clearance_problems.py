"""Clearance problems by commune: what is stated, how grave, since when, and who must act.

A problem is one statement of a report that land is not free: a row of the clearance table, or an
item's obstacle of a land category. An obstacle stands in the item's commune where it has one only;
where it has several, no report says in which the land is missing, and the problem is the item's
without a commune. The same commune, item and category is one problem however often it is said;
what is said last counts. Sentences that name neither commune nor item ("some projects are late")
are kept apart: they are no problem of any place.

Severity is a count of signs, each readable in the reports, from 1 to 5:

- 1 because a report states the problem;
- 1 more if its item is forecast to miss the quarter's goal in the same period;
- 1 more if clearance is behind: less cleared than planned, or, without a plan, less than half;
- 1 more if there is no ground to build on at all (category ``ground_not_ready``);
- 1 more if a report of an earlier period had stated a problem there already.

The commune's severity is that of its gravest problem.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from reports.model.schema import CLEARANCE_CATEGORIES
from store.facts.item_snapshot import build_item_snapshot
from store.facts.selection import Selection, has_item_filters, select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

HALF: Final = 50.0
MAX_SEVERITY: Final = 5
SIGNS: Final = ("stated", "misses", "behind", "no_ground", "again")
PROBLEM_COLUMNS: Final = (
    "problem",
    "code",
    "item",
    "category",
    "statement",
    "raw",
    "asked_to_act",
    "period",
    "doc",
    "line_from",
    "line_to",
    "obs",
    "area_ha",
    "households",
    "carried",
    "since",
    "age_days",
    "signs",
    "severity",
)
"""``problem`` id; ``code`` '' where no commune is known; ``item`` '' where none is named; ``obs``
the observation where it comes from one; ``since`` first period that stated a problem of the item
(or, without one, of the commune), ``age_days`` from that period's date to the date looked at;
``signs`` tuple out of ``SIGNS``; ``severity`` their number."""


def list_clearance_problems(facts: Facts, filters: Filters) -> pd.DataFrame:
    """Return the clearance problems that the filters choose, ``PROBLEM_COLUMNS``, sorted by code.

    A problem of an item is chosen with its item. A statement that names no item is chosen by its
    commune alone, and left out when the filters ask for what only an item has.
    """
    return _compute_problems(facts, filters).copy()


def list_general_statements(facts: Facts, period: str) -> pd.DataFrame:
    """Return a period's clearance rows that name neither a commune nor an item."""
    rows = facts.clearance
    general = (rows["commune"] == "") & (rows["item"] == "") & (rows["period"] == period)
    return rows[general].reset_index(drop=True)


@cache_on_facts(most=32)
def _compute_problems(facts: Facts, filters: Filters) -> pd.DataFrame:
    selection = select_items(facts, filters)
    ranks = facts.period_ranks
    now = ranks.get(selection.period, -1)
    stated = pd.concat(
        [_list_stated_problems(facts), _list_obstacle_problems(facts)], ignore_index=True
    )
    stated = stated.assign(rank=stated["period"].map(ranks).astype("int64"))
    stated = stated[stated["rank"] <= now]
    firsts = stated.groupby(["code", "item"])["rank"].min()
    if not filters.carry:
        stated = stated[stated["rank"] == now]
    current = _select_latest(stated, facts)
    current = current.assign(carried=current["rank"] < now)
    current = current[_match_filters(current, selection, filters)]
    keys = pd.MultiIndex.from_frame(current[["code", "item"]])
    first = firsts.reindex(keys).to_numpy() if len(current) else current["rank"].to_numpy()
    periods = facts.periods["period"].to_numpy()
    current = current.assign(since=[str(periods[int(rank)]) for rank in first])
    current = current.assign(age_days=_compute_ages(facts, current["since"], selection.period))
    signs = _compute_severity(facts, current)
    current = current.assign(signs=signs, severity=[len(found) for found in signs])
    ordered = current.sort_values(["code", "severity", "problem"], ascending=[True, False, True])
    return ordered.reset_index(drop=True)[list(PROBLEM_COLUMNS)]


def _list_stated_problems(facts: Facts) -> pd.DataFrame:
    """Return the rows of the clearance table that name a commune or an item, as problems."""
    rows = facts.clearance[(facts.clearance["commune"] != "") | (facts.clearance["item"] != "")]
    return rows.assign(problem=rows["clearance"], code=rows["commune"], obs="")[
        [*PROBLEM_COLUMNS[:14]]
    ]


def _list_obstacle_problems(facts: Facts) -> pd.DataFrame:
    """Return the items' obstacles of a land category as problems.

    An obstacle that the clearance table states for the same item and period is left to it.
    """
    seen = facts.observations
    found = seen[(seen["field"] == "obstacle") & seen["value"].isin(CLEARANCE_CATEGORIES)]
    stated = set(zip(facts.clearance["item"], facts.clearance["period"], strict=True))
    told = [pair in stated for pair in zip(found["item"], found["period"], strict=True)]
    found = found[~pd.Series(told, index=found.index, dtype=bool)]
    bodies = _join_texts_by_item(seen, "asked_to_act")
    texts = _join_texts_by_item(seen, "obstacle_text")
    key = list(zip(found["item"], found["period"], strict=True))
    only = facts.places.drop_duplicates(["item", "commune"]).drop_duplicates("item", keep=False)
    return found.assign(
        problem=found["obs"],
        code=found["item"].map(only.set_index("item")["commune"]).astype(object).fillna(""),
        category=found["value"],
        statement=[texts.get(pair, "") for pair in key],
        asked_to_act=[bodies.get(pair, "") for pair in key],
        area_ha=float("nan"),
        households=pd.Series(pd.NA, index=found.index, dtype="Int64"),
    )[[*PROBLEM_COLUMNS[:14]]]


def _join_texts_by_item(seen: pd.DataFrame, field: str) -> dict[tuple[str, str], str]:
    """Return the values of a text field by item and period, several with semicolons."""
    told: dict[tuple[str, str], list[str]] = {}
    rows = seen[seen["field"] == field]
    for item, period, value in zip(rows["item"], rows["period"], rows["value"], strict=True):
        told.setdefault((item, period), []).append(value)
    return {key: "; ".join(dict.fromkeys(values)) for key, values in told.items()}


def _select_latest(stated: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the statement made last of each commune, item and category."""
    issued = stated["doc"].map(facts.document_ranks).astype("int64")
    ordered = stated.assign(_issued=issued).sort_values(["rank", "_issued", "line_from", "problem"])
    kept = ordered.drop_duplicates(["code", "item", "category"], keep="last")
    return kept.drop(columns="_issued")


def _match_filters(current: pd.DataFrame, selection: Selection, filters: Filters) -> pd.Series:
    named = current["item"] != ""
    closed = current["carried"] & current["item"].isin(_list_opened_items(selection))
    kept = named & current["item"].isin(selection.items["item"]) & ~closed
    if not has_item_filters(filters):
        kept |= ~named
    if selection.area is not None:
        kept &= current["code"].isin(selection.area) | (current["code"] == "")
    return kept.astype(bool)


def _list_opened_items(selection: Selection) -> set[str]:
    """Return the items that are open: what held them up before no longer does."""
    return set(selection.items.loc[selection.items["opened"], "item"])


def _compute_ages(facts: Facts, since: pd.Series, period: str) -> list[int]:
    days = facts.period_ends
    until = date.fromisoformat(days[period]) if period in days else date.min
    return [(until - date.fromisoformat(days[first])).days for first in since]


def _compute_severity(facts: Facts, current: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the signs of severity of every problem, read in the period that states it."""
    misses: set[tuple[str, str]] = set()
    behind: set[tuple[str, str]] = set()
    for period in current["period"].unique():
        items = build_item_snapshot(facts, period)
        late = (items["clearance"] < items["planned_clearance"]) | (
            items["planned_clearance"].isna() & (items["clearance"] < HALF)
        )
        misses |= {(item, period) for item in items.loc[items["forecast"] == "misses", "item"]}
        behind |= {(item, period) for item in items.loc[late, "item"]}
    return [
        tuple(
            sign
            for sign, shown in zip(
                SIGNS,
                (
                    True,
                    (row.item, row.period) in misses,
                    (row.item, row.period) in behind,
                    row.category == "ground_not_ready",
                    row.since != row.period,
                ),
                strict=True,
            )
            if shown
        )
        for row in current.itertuples(index=False)
    ]

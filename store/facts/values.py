"""What the reports say of each item as of a period, value by value.

A field's current value is the one reported last at or before the period; what speaks of one
quarter's goal (planned shares, planned work, forecast) holds for its own period only. Where a
period's documents differ on a value, all are kept and marked, and the one of the document issued
later is chosen; within one document, the more precise of two times, else the one further down. Two
times of which one lies within the other ("tháng 5" and "quý II") do not differ.

Which of several percentages is *the* progress of an item: reports give shares of different wholes
(of the contracts' value, of the total investment, of one phase, of one component). The headline
comes from the period that reported last, and there:

1. A share of the whole item comes before a share of components.
2. Among these, the share of the contracts' value comes first: it is the work done of the work
   ordered, which is what progress on site means to those who plan it. Then a share whose basis
   the report leaves unsaid ("Thi công xây dựng (45%)": of the work), then a share of the total
   investment, which also counts clearance and contingency and runs lower.
3. Where the report totals the work over the construction packages only ("tổng khối lượng xây lắp
   3 gói thầu đạt khoảng 45% giá trị hợp đồng") and gives no other component, that total stands for
   the item, and its component is shown with it. Several components give no headline: a mean of
   them would be our figure, not the report's.
4. A share of one phase says nothing of the whole: it is shown, but is not comparable and counts
   as unknown in any mean.

The basis is always shown beside the figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.model.dates import parse_span
from store.column_values import mark_members
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.stored.observation_order import find_outdated_statuses, order_observations
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from store.facts.facts import Facts
    from store.facts.stored.observation_order import ObservationOrder


@dataclass(frozen=True, eq=False)
class HeldValues:
    """The observations whose values are current at a period, and three marks on each.

    ``entries`` are places in ``order``, rising; the marks are those of ``compute_values_at``.
    """

    order: ObservationOrder
    entries: NDArray[np.int64]
    carried: NDArray[np.bool_]
    conflicted: NDArray[np.bool_]
    chosen: NDArray[np.bool_]

    def of_field(self, field: str) -> NDArray[np.int64]:
        """Return where in ``entries`` the values of a field are."""
        return np.flatnonzero(
            self.order.field[self.entries] == self.order.fields.get_indexer([field])
        )


def compute_values_at(
    facts: Facts,
    period: str,
    *,
    carry: bool = True,
    items: Collection[str] = (),
    fields: Collection[str] = (),
) -> pd.DataFrame:
    """Return every current value of every item: the observations' columns and three marks.

    ``carried``: the value is of an earlier period than ``period``. ``conflicted``: a document of
    the same period gives another value of the same field, component and basis. ``chosen``: this
    is the one to use. ``carry=False`` keeps what the period's own documents say. An unknown
    period gives no rows. ``items`` and ``fields`` leave out all others.
    """
    known = get_facts_known_at(facts, period)
    held = find_held_values(known, period, carry)
    places = np.arange(len(held.entries))
    if items:
        places = places[held.order.items.isin(items)[held.order.item[held.entries]]]
    if fields:
        wanted = held.order.fields.isin(fields)[held.order.field[held.entries[places]]]
        places = places[wanted]
    return take_values(known, held, places)


def take_values(facts: Facts, held: HeldValues, places: NDArray[np.int64]) -> pd.DataFrame:
    """Return some of the values that are held as ``compute_values_at`` does."""
    rows = held.order.rows[held.entries[places]]
    return (
        facts.observations.take(rows)
        .reset_index(drop=True)
        .assign(
            carried=held.carried[places],
            conflicted=held.conflicted[places],
            chosen=held.chosen[places],
        )
    )


@cache_on_reports(most=32)
def find_held_values(facts: Facts, period: str, carry: bool) -> HeldValues:
    """Return what is current at a period in just these facts."""
    order = order_observations(facts)
    now = facts.period_ranks.get(period, -1)
    at = np.flatnonzero(
        ((order.period == now) | ((order.period < now) & order.carries))
        & ~_mark_outdated_statuses(facts)
        if carry
        else order.period == now
    )
    last = np.full(order.strand.max(initial=-1) + 1, -1)
    np.maximum.at(last, order.strand[at], order.period[at])
    at = at[order.period[at] == last[order.strand[at]]]
    group = order.group[at]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(np.append(starts, len(group)))
    chosen = np.zeros(len(at), dtype=bool)
    chosen[starts + sizes - 1] = True
    return HeldValues(
        order=order,
        entries=at,
        carried=order.period[at] < now,
        conflicted=np.repeat(_find_conflicts(order, at, starts, sizes), sizes),
        chosen=chosen,
    )


@cache_on_reports()
def _mark_outdated_statuses(facts: Facts) -> NDArray[np.bool_]:
    """Return which entries of the order are statuses that say less than one told before."""
    marks = mark_members(facts.observations["obs"], find_outdated_statuses(facts))
    return marks[order_observations(facts).rows]


def _find_conflicts(
    order: ObservationOrder,
    at: NDArray[np.int64],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return of every group of values whether some contradict each other."""
    value = order.value[at]
    if not len(value):
        return np.zeros(0, dtype=bool)
    lowest, highest = (limit.reduceat(value, starts) for limit in (np.minimum, np.maximum))
    differs: NDArray[np.bool_] = lowest != highest
    for group in np.flatnonzero(differs & order.is_time[at[starts]]):
        here = slice(starts[group], starts[group] + sizes[group])
        differs[group] = _has_disjoint_times(order.texts[np.unique(value[here])])
    return differs


def _has_disjoint_times(times: Iterable[str]) -> bool:
    """Return whether some of the times do not lie within each other."""
    spans = sorted(filter(None, map(parse_span, times)), key=lambda span: span[0] - span[1])
    return any(inner[0] < outer[0] or inner[1] > outer[1] for outer, inner in pairwise(spans))


PREFERENCE: Final = (
    "contract_value",
    "volume",
    "unstated",
    "",
    "total_investment",
    "area",
    "phase",
)
NOT_COMPARABLE: Final = frozenset({"phase"})
PACKAGES: Final = re.compile(r"\d+ gói thầu\b.*")
"""A component that is a total over counted packages: "3 gói thầu", "05 gói thầu xây lắp …"."""


def find_main_percentages(
    held: HeldValues, field: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where in ``held.entries`` the main percentage of each item is, and if comparable.

    An item has one at most; ``field`` is that of the percentage.
    """
    order = held.order
    places = held.of_field(field)
    places = places[held.chosen[places]]
    at = held.entries[places]
    newest = np.full(len(order.items), -1)
    np.maximum.at(newest, order.item[at], order.period[at])
    places = places[order.period[at] == newest[order.item[at]]]
    at = held.entries[places]
    item, component, is_whole = order.item[at], order.component[at], order.whole[at]
    comparable = ~order.bases.isin(NOT_COMPARABLE)[order.basis[at]]
    is_total = np.zeros(len(order.components), dtype=bool)
    parts = np.unique(component[~is_whole])
    is_total[parts] = [bool(PACKAGES.fullmatch(order.components[part])) for part in parts]
    lowest, highest = np.full(len(order.items), len(order.components)), np.full(len(newest), -1)
    np.minimum.at(lowest, item, component)
    np.maximum.at(highest, item, component)
    is_alone = lowest[item] == highest[item]
    taken = np.flatnonzero(is_whole | (is_alone & (is_total[component] | ~comparable)))
    ranks = {basis: rank for rank, basis in enumerate(PREFERENCE)}
    rank = np.array([ranks.get(basis, len(ranks)) for basis in order.bases], dtype=np.int64)
    preferred = np.lexsort((order.obs[at], rank[order.basis[at]], ~is_whole, item))
    preferred = preferred[np.isin(preferred, taken)]
    firsts = preferred[np.unique(item[preferred], return_index=True)[1]]
    return places[firsts], comparable[firsts]

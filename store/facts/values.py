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
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.model.schema import FIELDS
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.facts.facts import Facts

_MANY: Final = frozenset(name for name, field in FIELDS.items() if field.many)
_TIMES: Final = frozenset(name for name, field in FIELDS.items() if field.kind == "when")
_CARRIED: Final = frozenset(name for name, field in FIELDS.items() if field.carried)


def compute_values_at(facts: Facts, period: str, *, carry: bool = True) -> pd.DataFrame:
    """Return every current value of every item: the observations' columns and three marks.

    ``carried``: the value is of an earlier period than ``period``. ``conflicted``: a document of
    the same period gives another value of the same field, component and basis. ``chosen``: this
    is the one to use. ``carry=False`` keeps what the period's own documents say. An unknown
    period gives no rows.
    """
    return compute_values(get_facts_known_at(facts, period), period, carry).copy()


@cache_on_facts(most=32)
def compute_values(facts: Facts, period: str, carry: bool) -> pd.DataFrame:
    """Return what ``compute_values_at`` does of just these facts; shared, not to be changed."""
    ranks = facts.period_ranks
    now = ranks.get(period, -1)
    seen = facts.observations
    seen = seen.assign(
        _when=seen["period"].map(ranks).astype("int64"),
        _issued=seen["doc"].map(facts.document_ranks).astype("int64"),
    )
    holds = seen["field"].isin(_CARRIED) if carry else seen["field"].isna()
    seen = seen[(seen["_when"] == now) | ((seen["_when"] < now) & holds)]
    many = seen["field"].isin(_MANY)
    seen = seen.assign(
        # Values of a field that may have many stand side by side, each a thing of its own.
        _key=seen["value"].where(many, ""),
        _component=seen["component"].where(~many, ""),
        _basis=seen["basis"].where(~many, ""),
        _precise=[
            _rank_precision(time) for time in seen["value"].where(seen["field"].isin(_TIMES), "")
        ],
    )
    last = seen.groupby(["item", "field", "_component", "_basis"])["_when"].transform("max")
    seen = seen[seen["_when"] == last].sort_values(
        ["item", "field", "component", "basis", "_key", "_issued", "_precise", "line_from", "obs"],
        ignore_index=True,
    )
    group = ["item", "field", "component", "basis", "_key"]
    marked = seen.assign(
        carried=seen["_when"] < now,
        conflicted=_mark_conflicts(seen, group),
        chosen=~seen.duplicated(group, keep="last"),
    )
    return marked.drop(columns=["_when", "_issued", "_key", "_component", "_basis", "_precise"])


def _rank_precision(value: str) -> int:
    """Return how precise a time is: 0 for a year (or no time), then quarter, month and day."""
    return 1 if "Q" in value else {7: 2, 10: 3}.get(len(value), 0)


def _mark_conflicts(seen: pd.DataFrame, group: list[str]) -> pd.Series:
    """Return of every row whether another of its group contradicts it."""
    differs = seen.groupby(group)["value"].transform("nunique") > 1
    times = seen[differs & seen["field"].isin(_TIMES)]
    for _, rows in times.groupby(group):
        differs.loc[rows.index] = _has_disjoint_times(rows["value"].unique())
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


def select_main_percentages(facts: Facts, values: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return one row per item that has the percentage ``field``, indexed by ``item``.

    ``values`` is what ``store.facts.values.compute_values_at`` gives. Columns: the observation's
    (``component`` is '' where the share is of the whole item), and ``comparable`` (bool).
    """
    order = {basis: rank for rank, basis in enumerate(PREFERENCE)}
    shares = values[(values["field"] == field) & values["chosen"]]
    shares = shares.assign(
        _basis=shares["basis"].map(order).fillna(len(order)).astype("int64"),
        _age=-shares["period"].map(facts.period_ranks).astype("int64"),
        _part=(shares["component"] != "").astype("int64"),
        comparable=~shares["basis"].isin(NOT_COMPARABLE),
    )
    shares = shares[shares["_age"] == shares.groupby("item")["_age"].transform("min")]
    parts = shares.groupby("item")["component"].transform("nunique")
    totalled = (parts == 1) & (shares["component"].str.fullmatch(PACKAGES) | ~shares["comparable"])
    shares = shares[(shares["_part"] == 0) | totalled]
    shares = shares.sort_values(["item", "_part", "_basis", "obs"]).drop_duplicates("item")
    return shares.drop(columns=["_basis", "_age", "_part"]).set_index("item")

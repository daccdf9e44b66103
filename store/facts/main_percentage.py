"""Which of several percentages is *the* progress of an item.

Reports give shares of different wholes: of the contracts' value, of the total investment, of one
phase, of one component. The headline comes from the period that reported last, and there:

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
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts

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
    found = values[(values["field"] == field) & values["chosen"]]
    found = found.assign(
        _basis=found["basis"].map(order).fillna(len(order)).astype("int64"),
        _age=-found["period"].map(facts.period_ranks).astype("int64"),
        _part=(found["component"] != "").astype("int64"),
        comparable=~found["basis"].isin(NOT_COMPARABLE),
    )
    found = found[found["_age"] == found.groupby("item")["_age"].transform("min")]
    parts = found.groupby("item")["component"].transform("nunique")
    totalled = (parts == 1) & (found["component"].str.fullmatch(PACKAGES) | ~found["comparable"])
    found = found[(found["_part"] == 0) | totalled]
    found = found.sort_values(["item", "_part", "_basis", "obs"]).drop_duplicates("item")
    return found.drop(columns=["_basis", "_age", "_part"]).set_index("item")

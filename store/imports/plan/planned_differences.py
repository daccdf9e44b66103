"""What a planned import changes against what was known before, value by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.gazetteer import load_gazetteer
from reports.model.schema import FIELDS
from store.facts.facts import make_facts, read_stored_facts_from
from store.facts.item_snapshot import build_item_snapshot
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from store.audit.changes import RowChange

COLUMNS: Final = (
    "change",
    "item",
    "name",
    "field",
    "component",
    "before",
    "after",
    "period_before",
)


def compare_with_stored(
    connection: sa.Connection, changes: Sequence[RowChange], period: str, lists_projects: bool
) -> pd.DataFrame:
    """Return how the rows of a plan differ from the newest period that is stored.

    Columns: ``change`` (``new_item``, ``not_named``, ``new``, ``changed``), ``item``, ``name``,
    ``field``, ``component``, ``before`` and ``after`` (values, '' where there is none) and
    ``period_before``. Texts are left out. ``not_named``: a key project known before that a report
    with a project table does not name.
    """
    gazetteer = load_gazetteer()
    facts = make_facts(
        read_stored_facts_from(connection),
        communes=gazetteer.communes,
        former_units=gazetteer.former_units,
        zones=gazetteer.zones,
    )
    added = {table: [o.after for o in changes if o.table == table and o.after] for table in _USED}
    earlier = [one for one in facts.periods["period"] if one != period]
    if not earlier or not changes:
        return pd.DataFrame(columns=list(COLUMNS), dtype=str)
    last = earlier[-1]
    names = {**facts.item_names, **{row["item"]: row["name"] for row in added["items"]}}
    rows = [("new_item", row["item"], "", "", "", "", "") for row in added["items"]]
    if lists_projects:
        named = {row["item"] for row in added["observations"]}
        known = build_item_snapshot(facts, last)
        gone = known[known["listed"] & (known["kind"] == "key_project")]
        rows += [
            ("not_named", item, "", "", "", "", last) for item in gone["item"] if item not in named
        ]
    before = compute_values_at(facts, last)
    before = before[before["chosen"]]
    at = {
        (row.item, row.field, row.component, row.basis): (row.value, row.period)
        for row in before[["item", "field", "component", "basis", "value", "period"]].itertuples()
    }
    for row in added["observations"]:
        if FIELDS[row["field"]].kind == "text" or FIELDS[row["field"]].many:
            continue
        slot = row["item"], row["field"], row["component"], row["basis"]
        value, when = at.get(slot, ("", ""))
        if value != row["value"]:
            change = "changed" if value else "new"
            rows.append((change, slot[0], slot[1], slot[2], value, row["value"], when))
    table = [(row[0], row[1], names.get(row[1], ""), *row[2:]) for row in rows]
    return pd.DataFrame(table, columns=list(COLUMNS), dtype=str)


_USED: Final = ("items", "observations")

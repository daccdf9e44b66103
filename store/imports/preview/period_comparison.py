"""What a report changes against what was known before it: planned rows beside the newest period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.gazetteer import load_gazetteer
from geo.text import normalise_spelling
from reports.model.dates import is_same_time
from reports.model.schema import FIELDS
from store.facts.item_snapshot import build_item_snapshot
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reports.model.item_mention import NamedItem
    from store.audit.changes import RowChange
    from store.facts.facts import Facts

PLAN_COLUMNS: Final = (
    "change",
    "item",
    "name",
    "field",
    "component",
    "before",
    "after",
    "period_before",
)


_NOT_CARRIED: Final = frozenset(name for name, field in FIELDS.items() if not field.carried)


def compare_with_stored(
    facts: Facts,
    changes: Sequence[RowChange],
    period: str,
    lists_projects: bool,
    named: Sequence[tuple[NamedItem, str]] = (),
) -> pd.DataFrame:
    """Return how the rows of a plan differ from the newest period of the facts stored.

    Columns: ``change`` (``new_item``, ``not_named``, ``respelt``, ``new``, ``changed``), ``item``,
    ``name``, ``field``, ``component``, ``before`` and ``after`` (values, '' where there is none)
    and ``period_before``. Texts are left out. ``not_named``: a key project known before that a
    report with a project table does not name; ``respelt``: the name of a commune and how the
    report writes it, of the things ``named``.
    """
    added = {
        table: [o.after for o in changes if o.table == table and o.after]
        for table in ("items", "observations")
    }
    earlier = [known for known in facts.periods["period"] if known != period]
    if not earlier or not changes:
        return pd.DataFrame(columns=list(PLAN_COLUMNS), dtype=str)
    last = earlier[-1]
    names = {**facts.item_names, **{row["item"]: row["name"] for row in added["items"]}}
    rows = [("new_item", row["item"], "", "", "", "", "") for row in added["items"]]
    if lists_projects:
        told = {row["item"] for row in added["observations"]}
        known = build_item_snapshot(facts, last)
        gone = known[known["listed"] & (known["kind"] == "key_project")]
        rows += [
            ("not_named", item, "", "", "", "", last) for item in gone["item"] if item not in told
        ]
    places = zip(facts.places["item"], facts.places["raw"].map(normalise_spelling), strict=True)
    rows += [
        ("respelt", item, "", "", facts.commune_names[code], words, "")
        for item, code, words in find_respelt_places(named, set(places))
    ]
    stored_values = _list_values_before(facts, last)
    for row in added["observations"]:
        if FIELDS[row["field"]].kind == "text" or FIELDS[row["field"]].many:
            continue
        slot = row["item"], row["field"], row["component"], row["basis"]
        value, when = stored_values.get(slot, ("", ""))
        if value == row["value"] and row["field"] in _NOT_CARRIED:
            value, when = "", ""
        if value != row["value"] and not is_same_time(row["value"], value):
            change = "changed" if value else "new"
            rows.append((change, slot[0], slot[1], slot[2], value, row["value"], when))
    table = [(row[0], row[1], names.get(row[1], ""), *row[2:]) for row in rows]
    return pd.DataFrame(table, columns=list(PLAN_COLUMNS), dtype=str)


def _list_values_before(facts: Facts, last: str) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return value and period by item, field, component and basis, as known at the last period.

    What is not carried from quarter to quarter is that told last: a plan or a forecast that
    differs from it is a change to be seen.
    """
    columns = ["item", "field", "component", "basis", "value", "period"]
    known = compute_values_at(facts, last)
    told = facts.observations[facts.observations["field"].isin(_NOT_CARRIED)]
    told = told.sort_values("period", key=lambda one: one.map(facts.period_ranks), kind="stable")
    frames = [told[columns], known.loc[known["chosen"], columns]]
    return {
        (row.item, row.field, row.component, row.basis): (row.value, row.period)
        for frame in frames
        for row in frame.itertuples()
    }


_BY_NAME: Final = frozenset({"stated", "former_unit"})


def find_respelt_places(
    named: Iterable[tuple[NamedItem, str]], accepted: Collection[tuple[str, str]] = ()
) -> list[tuple[str, str, str]]:
    """Return item, commune (its code) and the report's words where these do not spell its name.

    Case and the place of a tone mark are no other spelling, and neither is the name of a former
    unit of the commune. ``accepted`` are the items with the words that the store has already.
    """
    found = {
        (item, place.code, normalise_spelling(place.raw)): None
        for subject, item in named
        for place in subject.communes
        if place.how in _BY_NAME
        and (item, normalise_spelling(place.raw)) not in accepted
        and not is_spelt(place.raw, place.code)
    }
    return list(found)


def is_spelt(words: str, code: str) -> bool:
    """Return True if words hold a commune's name, or that of a former unit of it, as written."""
    gazetteer = load_gazetteer()
    names = [gazetteer.commune_by_code[code].short_name]
    names += [part.unit.name for part in gazetteer.parts_by_code[code]]
    spelt = normalise_spelling(words).casefold()
    return any(normalise_spelling(name).casefold() in spelt for name in names)

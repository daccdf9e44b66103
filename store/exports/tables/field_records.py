"""What staff keep beside the reports: the clearance register, its steps, visits in the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.exports.tables.columns import ITEM, declare_commune, declare_item_name, declare_word
from store.exports.tables.table import (
    ExportColumn,
    ExportInput,
    Row,
    TableDeclaration,
    frame_to_records,
)
from store.facts.selection import has_item_filters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def _select_cases(given: ExportInput) -> pd.DataFrame:
    """Return the cases of the register that the filters choose, by code.

    A case of an item is chosen with its item; one that names no item by its commune alone, and
    left out when the filters ask for what only an item has.
    """
    cases, selection = given.facts.cases, given.selection
    named = cases["item"] != ""
    is_chosen = named & cases["item"].isin(selection.items["item"])
    if not has_item_filters(given.filters):
        is_chosen |= ~named
    if selection.area is not None:
        is_chosen &= cases["commune"].isin(selection.area) | (cases["commune"] == "")
    return cases[is_chosen.astype(bool)].sort_values("case", ignore_index=True)


def _list_steps(given: ExportInput) -> list[dict[str, object]]:
    steps = given.facts.case_steps
    chosen = steps[steps["case"].isin(set(_select_cases(given)["case"]))]
    return frame_to_records(chosen.sort_values("case", kind="stable"))


def _list_visits(given: ExportInput) -> Iterator[Row]:
    facts = given.facts
    photos = facts.photos["visit"].value_counts()
    seen = facts.visits[facts.visits["item"].isin(given.selection.items["item"])]
    for row in frame_to_records(seen.sort_values(["item", "at", "visit"])):
        yield row | {"photos": photos.get(row["visit"], 0)}


def _compute_handed_percent(_: ExportInput, row: Row) -> float | None:
    """Return the area handed over of the area to clear, in percent; unknown where either is."""
    handed, area = row["handed_ha"], row["area_ha"]
    return 100 * handed / area if area > 0 and handed >= 0 else None


CASES: Final = TableDeclaration(
    "cases",
    (
        ExportColumn("case", "code", 14),
        ITEM,
        declare_item_name(40),
        *declare_commune(),
        *declare_word("category", 24, "layers.obstacle"),
        ExportColumn("statement", "long", 40),
        ExportColumn("body", "long", 28),
        ExportColumn("opened", "date", 12),
        ExportColumn("deadline", "date", 12),
        ExportColumn("area_to_clear_ha", "number", 11, read="area_ha"),
        ExportColumn("handed_ha", "number", 11),
        ExportColumn("handed_pct", "number", 10, read=_compute_handed_percent),
        ExportColumn("households", "integer", 9),
        ExportColumn("households_left", "integer", 9),
        *declare_word("case_state", 16, "exports.case_state", read="state"),
        ExportColumn("closed", "date", 12),
        ExportColumn("note", "long", 30),
        ExportColumn("problem", "code", 14, "more", "clearance"),
        ExportColumn("visit", "code", 14, "more"),
    ),
    lambda given: frame_to_records(_select_cases(given)),
)

CASE_STEPS: Final = TableDeclaration(
    "case_steps",
    (
        ExportColumn("case", "code", 14),
        *declare_word("step", 30, "exports.step"),
        *declare_word("step_state", 18, "exports.step_state", read="state"),
        ExportColumn("step_day", "date", 12, read="day"),
        ExportColumn("reason", "long", 50),
    ),
    _list_steps,
)

VISITS: Final = TableDeclaration(
    "visits",
    (
        ITEM,
        declare_item_name(40),
        ExportColumn("at", "moment", 17),
        ExportColumn("inspector", "text", 18),
        ExportColumn("claimed_construction_pct", "number", 11),
        ExportColumn("observed_construction_pct", "number", 11),
        ExportColumn("claimed_clearance_pct", "number", 11),
        ExportColumn("observed_clearance_pct", "number", 11),
        ExportColumn("observed_handed_ha", "number", 11),
        ExportColumn("works", "long", 36),
        ExportColumn("visit_problem", "long", 36, read="problem"),
        ExportColumn("note", "long", 30),
        ExportColumn("photos", "integer", 8),
        ExportColumn("lon", "number", 12),
        ExportColumn("lat", "number", 12),
        ExportColumn("accuracy_m", "number", 10),
        ExportColumn("visit_source", "code", read="source", coded=True),
        ExportColumn("visit", "code", 38, "more"),
    ),
    _list_visits,
)
"""The visits to the chosen items, by item and time: claimed beside observed."""

"""What staff keep beside the reports: the clearance register, its steps, visits in the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.i18n import t
from store.exports.tables.items import format_commune_names
from store.exports.tables.table import ColumnFactory, ExportColumn, ExportTable, make_table
from store.facts.labels import translate_word
from store.facts.selection import has_item_filters

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection


def select_cases(facts: Facts, filters: Filters, selection: Selection) -> pd.DataFrame:
    """Return the cases of the register that the filters choose, by code.

    A case of an item is chosen with its item; one that names no item by its commune alone, and
    left out when the filters ask for what only an item has.
    """
    cases = facts.cases
    named = cases["item"] != ""
    kept = named & cases["item"].isin(selection.items["item"])
    if not has_item_filters(filters):
        kept |= ~named
    if selection.area is not None:
        kept &= cases["commune"].isin(selection.area) | (cases["commune"] == "")
    return cases[kept.astype(bool)].sort_values("case", ignore_index=True)


def make_cases_table(
    facts: Facts, filters: Filters, selection: Selection, language: str
) -> ExportTable:
    """Return the chosen cases; ``handed_pct`` is the area handed over of the area to clear."""
    make = ColumnFactory(language)
    columns = [
        make.one("case", "code", 14),
        make.one("item", "code", 14),
        make.one("name", "long", 40),
        make.one("commune", "code", 9),
        make.one("commune_name", "text", 24),
        *make.word("category", 24),
        make.one("statement", "long", 40),
        make.one("body", "long", 28),
        make.one("opened", "date", 12),
        make.one("deadline", "date", 12),
        make.one("area_to_clear_ha", "number", 11),
        make.one("handed_ha", "number", 11),
        make.one("handed_pct", "number", 10),
        make.one("households", "integer", 9),
        make.one("households_left", "integer", 9),
        *make.word("case_state", 16),
        make.one("closed", "date", 12),
        make.one("note", "long", 30),
        make.one("problem", "code", 14, "more"),
        make.one("visit", "code", 14, "more"),
    ]
    names = facts.item_names
    rows = [
        row
        | {
            "name": names.get(row["item"], ""),
            "commune_name": format_commune_names(facts, [row["commune"]] if row["commune"] else []),
            "category_text": translate_word("obstacle", row["category"], language),
            "area_to_clear_ha": row["area_ha"],
            "handed_pct": _compute_percent(row["handed_ha"], row["area_ha"]),
            "case_state": row["state"],
            "case_state_text": t(f"exports.case_state.{row['state']}", language),
            "problem": row["clearance"],
        }
        for row in frame_to_records(select_cases(facts, filters, selection))
    ]
    return make_table("cases", t("exports.sheet.cases", language), columns, rows)


def make_steps_table(
    facts: Facts, filters: Filters, selection: Selection, language: str
) -> ExportTable:
    """Return the steps of the chosen cases."""
    make = ColumnFactory(language)
    columns = [
        make.one("case", "code", 14),
        *make.word("step", 30),
        *make.word("step_state", 18),
        make.one("step_day", "date", 12),
        make.one("reason", "long", 50),
    ]
    chosen = set(select_cases(facts, filters, selection)["case"])
    steps = facts.case_steps[facts.case_steps["case"].isin(chosen)]
    rows = [
        row
        | {
            "step_text": t(f"exports.step.{row['step']}", language),
            "step_state": row["state"],
            "step_state_text": t(f"exports.step_state.{row['state']}", language),
            "step_day": row["day"],
        }
        for row in frame_to_records(steps.sort_values("case", kind="stable"))
    ]
    return make_table("case_steps", t("exports.sheet.case_steps", language), columns, rows)


def make_visits_table(facts: Facts, selection: Selection, language: str) -> ExportTable:
    """Return the visits to the chosen items, by item and time: claimed beside observed."""
    make = ColumnFactory(language)
    columns = [
        make.one("item", "code", 14),
        make.one("name", "long", 40),
        make.one("at", "code", 22),
        make.one("inspector", "text", 18),
        make.one("claimed_construction_pct", "number", 11),
        make.one("observed_construction_pct", "number", 11),
        make.one("claimed_clearance_pct", "number", 11),
        make.one("observed_clearance_pct", "number", 11),
        make.one("observed_handed_ha", "number", 11),
        make.one("works", "long", 36),
        make.one("visit_problem", "long", 36),
        make.one("note", "long", 30),
        make.one("photos", "integer", 8),
        make.one("lon", "number", 12),
        make.one("lat", "number", 12),
        make.one("accuracy_m", "number", 10),
        ExportColumn("visit_source", make.title("visit_source"), "code", coded=True),
        make.one("visit", "code", 38, "more"),
    ]
    names = facts.item_names
    photos = facts.photos["visit"].value_counts()
    seen = facts.visits[facts.visits["item"].isin(selection.items["item"])]
    rows = [
        row
        | {
            "name": names.get(row["item"], ""),
            "visit_problem": row["problem"],
            "visit_source": row["source"],
            "photos": photos.get(row["visit"], 0),
        }
        for row in frame_to_records(seen.sort_values(["item", "at", "visit"]))
    ]
    return make_table("visits", t("exports.sheet.visits", language), columns, rows)


def frame_to_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as dicts by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _compute_percent(handed: float, area: float) -> float | None:
    """Return a part in percent, unknown where either is or there is nothing to clear."""
    return 100 * handed / area if area > 0 and handed >= 0 else None

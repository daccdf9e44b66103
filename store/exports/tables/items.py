"""The chosen items, one row each: every value with the period and the lines it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import t
from store.exports.tables.columns import (
    declare_pair,
    declare_source,
    declare_word,
    format_commune_names,
    format_district_names,
)
from store.exports.tables.table import (
    ExportColumn,
    ExportInput,
    Place,
    Row,
    TableDeclaration,
    frame_to_records,
)
from store.facts.labels import format_forecast, get_period_label, translate_word
from store.facts.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.sources import Source

VALUES: Final = (
    "investment_mvnd", "construction", "planned_construction", "clearance", "planned_clearance",
    "forecast", "status", "milestone_start", "milestone_inauguration", "milestone_finish",
    "obstacles", "asked_to_act", "lead", "area_ha", "land_payment_mvnd",
)  # fmt: skip
"""What ``known_at`` gives of an item, each with its period and its source."""

SHARES: Final = ("construction", "planned_construction", "clearance", "planned_clearance")


def _list_items(given: ExportInput) -> Iterator[Row]:
    """Yield the chosen items as known at the period, the largest investment first."""
    ordered = given.selection.items.sort_values(
        ["investment_mvnd", "item"], ascending=[False, True], na_position="last"
    )
    for number, row in enumerate(frame_to_records(ordered), start=1):
        yield row | {"number": number}


def _declare_share(name: str, place: Place) -> tuple[ExportColumn, ExportColumn]:
    """Return the columns that say what a share is of, in words, and which part it means."""
    title = f"exports.column.{name}"

    def read_part(_: ExportInput, row: Row) -> str:
        return "" if pd.isna(row[name]) else row[f"{name}_component"]

    def read_basis(given: ExportInput, row: Row) -> str:
        if pd.isna(row[name]):
            return ""
        basis = translate_word("basis", row[f"{name}_basis"], given.language)
        part = read_part(given, row)
        return f"{part}. {basis}".strip() if part else basis

    return (
        ExportColumn(f"{name}_basis", "long", 20, place, read_basis,
                     title_key=title, title_form="basis_of"),
        ExportColumn(f"{name}_component", "long", read=read_part, coded=True,
                     title_key=title, title_form="part_of"),
    )  # fmt: skip


def _declare_place(name: str) -> tuple[ExportColumn, ...]:
    """Return the columns that say from which period and which lines a value is."""
    title = f"exports.column.{name}"

    def is_missing(row: Row) -> bool:
        return name in SHARES and bool(pd.isna(row[name]))

    def read_period(_: ExportInput, row: Row) -> str:
        return "" if is_missing(row) else row[f"{name}_period"]

    def read_label(given: ExportInput, row: Row) -> str:
        return get_period_label(given.facts, read_period(given, row), given.language)

    def find(given: ExportInput, row: Row) -> tuple[Source, ...]:
        if is_missing(row):
            return ()
        ids = row[f"{name}_obs"]
        return find_sources(given.facts, ids if isinstance(ids, tuple) else (ids,))

    return (
        ExportColumn(f"{name}_period", "code", read=read_period, coded=True,
                     title_key=title, title_form="period_of"),
        ExportColumn(f"{name}_period_text", "text", 16, "source", read_label,
                     title_key=title, title_form="period_of"),
        *declare_source(f"{name}_source", 48, find, place="source",
                        title_key=title, title_form="source_of"),
    )  # fmt: skip


def _read_obstacles(given: ExportInput, row: Row) -> str:
    return "; ".join(
        translate_word("obstacle", obstacle, given.language) for obstacle in row["obstacles"]
    )


def _read_forecast(given: ExportInput, row: Row) -> str:
    goal = bool(row["year_goal"])
    return format_forecast(row["forecast"], year_goal=goal, language=given.language)


def _read_disputed(given: ExportInput, row: Row) -> str:
    disputed = (name for name in VALUES if row[f"{name}_conflicted"])
    return "; ".join(t(f"exports.column.{name}", given.language) for name in disputed)


ITEMS: Final = TableDeclaration(
    "items",
    (
        ExportColumn("number", "integer", 5),
        ExportColumn("item", "code", 13),
        ExportColumn("name", "long", 40),
        *declare_word("kind", 16, "layers.kind"),
        *declare_word("funding", 16, "layers.funding"),
        ExportColumn("communes", "long", 24,
                     read=lambda given, row: format_commune_names(given.facts, row["communes"])),
        ExportColumn("commune_codes", "code", read=lambda _, row: " ".join(row["communes"]),
                     coded=True),
        ExportColumn("districts", "long", 20,
                     read=lambda given, row: format_district_names(
                         given.facts, row["communes"], given.language)),
        ExportColumn("investment_mvnd", "integer", 14),
        ExportColumn("construction", "number", 9),
        *_declare_share("construction", "main"),
        ExportColumn("planned_construction", "number", 11),
        ExportColumn("clearance", "number", 9),
        ExportColumn("planned_clearance", "number", 11),
        *declare_pair("forecast", 20, _read_forecast),
        *declare_word("status", 15, "layers.status"),
        ExportColumn("milestone_start", "when", 12),
        ExportColumn("milestone_inauguration", "when", 12),
        ExportColumn("milestone_finish", "when", 12),
        *declare_pair("obstacles", 20, _read_obstacles,
                      read=lambda _, row: "; ".join(row["obstacles"])),
        ExportColumn("asked_to_act", "long", 24,
                     read=lambda _, row: "; ".join(row["asked_to_act"])),
        ExportColumn("lead", "long", 24, read=lambda _, row: "; ".join(row["lead"])),
        ExportColumn("note", "long", 30),
        *declare_word("phase", 20, "layers.phase", place="more"),
        ExportColumn("disputed", "long", 22, "more", _read_disputed),
        ExportColumn("reported", "flag", 10, "more"),
        ExportColumn("area_ha", "number", 10, "more"),
        ExportColumn("land_payment_mvnd", "integer", 15, "more"),
        ExportColumn("zone", "long", 24, "more",
                     lambda given, row: given.facts.zone_names.get(row["zone"], row["zone"])),
        ExportColumn("group", "text", 10, "more"),
        ExportColumn("no", "ordinal", 10, "more"),
        *(column for name in SHARES[1:] for column in _declare_share(name, "more")),
        *(column for name in VALUES for column in _declare_place(name)),
    ),
    _list_items,
)  # fmt: skip
"""The items; ``commune_codes`` are those in ``communes``, with spaces."""

"""The whole list of items as paper has it: every row of the filters, what chose them said above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import clock
from geo.i18n import format_date, format_number, t
from layers.labels.short_names import shorten_name
from layers.tables.aligned_numbers import align_numbers
from layers.tables.item_groups import build_group_table
from layers.tables.item_table import build_item_table, format_item_table
from layers.tables.table_columns import COLUMNS
from layers.tables.word_colours import COLOURED, list_coloured_words
from store.exports.tables.filters_text import describe_filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from layers.tables.table_settings import TableSettings
    from store.facts.facts import Facts
    from store.facts.filters import Filters

_WIDTHS: Final = {name: column.width for name, column in COLUMNS.items()} | {
    "item": 115,
    "communes": 270,
}
"""What columns take of the sheet: on paper no cell is cut, so codes and long lists have more."""

_A4_WIDTH: Final = 2300
"""What an A4 sheet on its side takes in letters that can be read."""

_GROUP_NUMBERS: Final = (
    "items",
    "investment_bvnd",
    "unknown",
    "construction",
    "misses",
    "problems",
)
_COUNTING: Final = frozenset({"weight", "leave_out_outlier"})
"""Choices of the map that leave a list as it is."""


@dataclass(frozen=True)
class PrintedColumn:
    """A column: its heading, its part of the sheet in percent, whether it holds numbers."""

    label: str
    percent: float
    is_number: bool


@dataclass(frozen=True)
class PrintedTable:
    """A table's columns and rows; a cell is its text and the colour of its ground, '' for none."""

    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class PrintedItems:
    """The list: what chose it, how many rows it has, its groups where it is grouped, its rows."""

    chosen: tuple[str, ...]
    about: str
    sheet: str
    groups: PrintedTable | None
    items: PrintedTable


def build_printed_items(
    facts: Facts, filters: Filters, view: TableSettings, *, language: str
) -> PrintedItems:
    """Return the items of the filters in the columns and order of the view, their names whole."""
    grouped = view.group and build_group_table(facts, filters, view.group, language=language)
    labels = dict(zip(grouped.frame["key"], grouped.frame["label"], strict=True)) if grouped else {}
    if view.part not in labels:
        view = view.with_changes(part="")
    columns = tuple(dict.fromkeys((*view.columns, "name")))
    table = build_item_table(
        facts, filters, view=view.with_changes(columns=columns), language=language
    )
    whole_names = [shorten_name(name, most=len(name)) for name in table["name"]]
    table = table.assign(short_name=whole_names)[list(view.columns)]
    chosen = [
        value if name == "period" else f"{label}: {value}"
        for name, label, value in describe_filters(facts, filters, language=language)
        if name not in _COUNTING and not (name == "carry" and filters.carry)
    ]
    if view.part:
        chosen.append(f"{t(f'bench.groups.{view.group}', language)}: {labels[view.part]}")
    return PrintedItems(
        chosen=tuple(chosen),
        about=_describe_list(len(table), view, language),
        sheet="A4" if sum(_WIDTHS[name] for name in view.columns) <= _A4_WIDTH else "A3",
        groups=_lay_out_groups(grouped.frame, view.group, shares=grouped.shares, language=language)
        if grouped and not view.part
        else None,
        items=_lay_out_items(table, language),
    )


def _describe_list(count: int, view: TableSettings, language: str) -> str:
    sorts = ", ".join(
        f"{t(f'bench.column.{name}', language)} {'↓' if down else '↑'}" for name, down in view.sort
    )
    now = clock.now()
    return t(
        "bench.paper.about",
        language,
        count=format_number(count, 0, language),
        sort=sorts,
        at=f"{now:%H:%M} {format_date(now.date(), language)}",
    )


def _lay_out_items(table: pd.DataFrame, language: str) -> PrintedTable:
    names = [str(name) for name in table.columns]
    whole = sum(_WIDTHS[name] for name in names)
    columns = [
        PrintedColumn(
            t(f"bench.column.{name}", language),
            round(100 * _WIDTHS[name] / whole, 2),
            COLUMNS[name].kind in {"number", "count"},
        )
        for name in names
    ]
    shown = format_item_table(table, language=language)
    cells = [_write_cells(name, shown[name], language) for name in names]
    return PrintedTable(tuple(columns), tuple(zip(*cells, strict=True)))


def _write_cells(name: str, values: Iterable[object], language: str) -> list[tuple[str, str]]:
    if name not in COLOURED:
        return [(str(value).strip(), "") for value in values]
    words = list_coloured_words(name, language)
    texts = [value[0] if isinstance(value, list) else str(value) for value in values]
    found = [words.get(text, ("", text)) for text in texts]
    return [(short, colour) for colour, short in found]


def _lay_out_groups(
    frame: pd.DataFrame, group: str, *, shares: bool, language: str
) -> PrintedTable:
    money = "share" if shares else "investment_bvnd"
    columns = [PrintedColumn(t(f"bench.groups.{group}", language), 34, is_number=False)]
    cells = [[(str(label), "") for label in frame["label"]]]
    for name in _GROUP_NUMBERS:
        label = t(f"bench.grouped.{money if name == 'investment_bvnd' else name}", language)
        columns.append(PrintedColumn(label, 11, is_number=True))
        numbers = align_numbers(frame[name], language=language)
        cells.append([(number.strip(), "") for number in numbers])
    return PrintedTable(tuple(columns), tuple(zip(*cells, strict=True)))

"""All selected items as one table: what is known of each at the period."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from geo.text import fold_text
from layers.details.places import format_district_name, map_communes_to_districts
from layers.labels.short_names import shorten_name
from layers.tables.aligned_numbers import align_numbers
from layers.tables.item_groups import list_group_members
from layers.tables.table_columns import COLUMNS, TableColumn
from layers.tables.table_settings import Sort, TableSettings
from layers.tables.word_colours import COLOURED
from reports.model.dates import parse_span
from reports.model.schema import FORECASTS, ITEM_KINDS, PHASES, STATUSES
from store.analysis.change_direction import STATUS_RANK
from store.column_values import list_cells
from store.facts.clearance_problems import list_clearance_problems
from store.facts.labels import format_forecast, format_when, get_period_label, translate_word
from store.facts.selection import select_items
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.facts.facts import Facts
    from store.facts.filters import Filters

_ORDERS: Final[dict[str, dict[str, int]]] = {
    "kind": {value: rank for rank, value in enumerate(ITEM_KINDS)},
    "phase": {value: rank for rank, value in enumerate(PHASES)},
    "forecast": {value: rank for rank, value in enumerate(reversed(FORECASTS))},
    "status": dict.fromkeys(STATUSES, 0) | STATUS_RANK,
}
"""What words are sorted by that have an order of their own: worst first, least far first."""

_KEY: Final = "sort:"

_MOST_OF_NAME: Final = 44
"""Letters of a short name that fit into its column."""


def build_item_table(
    facts: Facts,
    filters: Filters,
    *,
    view: TableSettings | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> pd.DataFrame:
    """Return the selected items, one row each, in the columns and order of the view.

    Without a view ``DEFAULT_COLUMNS``, the largest investment first. Numbers are numbers,
    everything else is text: ``communes`` names with commas, ``milestone`` all that are known;
    ``construction`` and ``clearance`` are percent as the reports give them (bases differ: the
    item's panel says which); unknown is empty.
    """
    view = view or TableSettings()
    rows = _sort_rows(facts, filters, view.sort, (view.group, view.part), language)
    return rows[list(view.columns)].reset_index(drop=True)


@cache_on_reports(most=8)
def _sort_rows(
    facts: Facts, filters: Filters, sort: tuple[Sort, ...], group: tuple[str, str], language: str
) -> pd.DataFrame:
    """Return the items of a group (of all, without one) in order, in every column."""
    rows = _build_rows(facts, filters, language)
    if all(group):
        of_part = list_group_members(facts, filters, group[0])
        rows = rows[rows["item"].isin(of_part.loc[of_part["key"] == group[1], "item"])]
    by = [_KEY + name for name, _ in sort]
    order = [not down for _, down in sort]
    return rows.sort_values([*by, "item"], ascending=[*order, True], na_position="last")


def format_item_table(table: pd.DataFrame, *, language: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """Return a table of items as it is sent: numbers as aligned texts, repeated texts once.

    A word that has a colour is a list of itself, as a column of coloured words wants it.
    """
    return pd.DataFrame(
        {name: _format_column(table[name], language=language) for name in table.columns}
    )


def _format_column(values: pd.Series, *, language: str) -> object:
    name = str(values.name)
    if COLUMNS[name].kind in {"number", "count"}:
        return align_numbers(values, language=language)
    unknown = t("pages.table.unknown", language)
    if name in COLOURED:
        return [[text or unknown] for text in values]
    return _compact_texts(values.fillna(unknown))


def _compact_texts(texts: pd.Series) -> pd.Series:
    """Return texts as categories where few differ: a browser gets each only once."""
    return texts.astype("category") if texts.nunique() * 4 < len(texts) else texts


@cache_on_reports(most=16)
def _build_rows(facts: Facts, filters: Filters, language: str) -> pd.DataFrame:
    """Return every column of the selected items, each with what it is sorted by."""
    items = select_items(facts, filters).items
    counts = Counter(problem.item for problem in list_clearance_problems(facts, filters))
    texts = _format_texts(facts, items, language)
    given: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        if name == "investment_bvnd":
            values = items["investment_mvnd"].astype("Float64") / 1000
        elif name == "problems":
            values = items["item"].map(counts).fillna(0).astype("int64")
        elif column.kind == "number":
            values = items[name].astype("Float64")
        else:
            values = texts[name]
        given[name] = values
        given[_KEY + name] = _compute_sort_key(column, items, values)
    return pd.DataFrame(given)


def _format_texts(facts: Facts, items: pd.DataFrame, language: str) -> dict[str, pd.Series]:
    names = facts.commune_names
    districts = map_communes_to_districts(facts)

    def district(codes: tuple[str, ...]) -> str:
        keys = dict.fromkeys(districts[code] for code in codes if code in districts)
        return ", ".join(format_district_name(facts, key, language) for key in keys)

    texts: dict[str, pd.Series] = {}
    for column in COLUMNS.values():
        if column.kind == "word":
            write = partial(translate_word, column.section, language=language)
            texts[column.name] = _format_each(items[column.name], write)
        elif column.kind == "when":
            texts[column.name] = _format_each(
                items[column.source], partial(_format_when, language=language)
            )
    return texts | {
        "forecast": _format_forecasts(items, language),
        "item": items["item"],
        "name": items["name"],
        "short_name": _format_each(items["name"], partial(shorten_name, most=_MOST_OF_NAME)),
        "communes": _format_each(
            items["communes"], lambda codes: ", ".join(names[code] for code in codes)
        ),
        "district": _format_each(items["communes"], district),
        "milestone": _format_milestones(items, texts, language),
        "obstacles": _format_each(
            items["obstacles"],
            lambda obstacles: "; ".join(
                translate_word("obstacle", obstacle, language) for obstacle in obstacles
            ),
        ),
        "asked_to_act": _format_each(items["asked_to_act"], "; ".join),
        "lead": _format_each(items["lead"], "; ".join),
        "reported": _find_last_reported(facts, items, language),
    }


def _format_forecasts(items: pd.DataFrame, language: str) -> pd.Series:
    said = pd.Series(list_cells(items, "forecast", "year_goal"), index=items.index)
    return _format_each(
        said, lambda pair: format_forecast(pair[0], year_goal=bool(pair[1]), language=language)
    )


def _format_when(when: str, language: str) -> str:
    return format_when(when, language) if when else ""


def _format_each(values: pd.Series, write: Callable[[Any], str]) -> pd.Series:
    """Return the text of every value; each that differs is written once."""
    cells = values.tolist()
    texts = {value: write(value) for value in set(cells)}
    return pd.Series([texts[value] for value in cells], index=values.index, dtype=object)


def _format_milestones(
    items: pd.DataFrame, times: dict[str, pd.Series], language: str
) -> pd.Series:
    """Return the milestones known, in the order in which they come in a project's life."""
    parts = [
        (translate_word("field", COLUMNS[name].source, language), times[name])
        for name in ("start", "inauguration", "finish")
    ]
    rows = zip(*(series.tolist() for _, series in parts), strict=True)
    labels = [label for label, _ in parts]
    return pd.Series(
        [
            "; ".join(f"{label}: {time}" for label, time in zip(labels, row, strict=True) if time)
            for row in rows
        ],
        index=items.index,
        dtype=object,
    )


def _find_last_reported(facts: Facts, items: pd.DataFrame, language: str) -> pd.Series:
    """Return the last period up to the one shown whose documents speak of each item."""
    seen = pd.concat(
        [frame[["item", "period"]] for frame in (facts.observations, facts.clearance)]
    ).drop_duplicates()
    last = seen["period"].map(facts.period_ranks).groupby(seen["item"]).max()
    periods = list(facts.periods["period"])
    return _format_each(
        items["item"].map(last).fillna(-1).astype("int64"),
        lambda rank: get_period_label(facts, periods[rank], language) if rank >= 0 else "",
    )


def _compute_sort_key(column: TableColumn, items: pd.DataFrame, values: Any) -> Any:
    """Return what a column's rows are sorted by; missing where there is nothing."""
    if column.kind in {"number", "count"}:
        return values
    if column.kind == "when":
        return pd.Series(
            [span[1].toordinal() if (span := parse_span(str(when))) else None
             for when in items[column.source].tolist()],
            index=items.index, dtype="Int64",
        )  # fmt: skip
    order = _ORDERS.get(column.name)
    if order is not None:
        return items[column.name].map(order).astype("Int64")
    return pd.Series(
        [fold_text(text) if text else None for text in values.tolist()],
        index=items.index,
        dtype=object,
    )

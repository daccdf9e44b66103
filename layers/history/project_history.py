"""An item over all periods and communes: every field, every clearance statement, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.history.identity_rows import build_identity_rows
from layers.history.period_matrix import (
    CellValue,
    MatrixRow,
    PeriodColumn,
    build_field_rows,
    classify_set_change,
    list_observations_of,
    list_period_columns,
    make_empty_cells,
)
from layers.history.stated_rows import build_stated_rows
from store.column_values import list_cells, list_rows
from store.facts.item_snapshot import find_first_ranks, list_item_communes
from store.facts.labels import format_count, format_quantity, translate_word
from store.facts.sources import source_from_row
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.facts import Facts


@dataclass(frozen=True)
class ItemHistory:
    """What every period said of an item.

    ``communes`` are codes and names; ``reported`` tells of each column whether the period's own
    documents speak of the item, ``known`` whether any had by then. ``name``, ``kind_label`` and
    ``communes`` are those of now. ``rows`` are what periods have otherwise of these, the fields in
    reading order, clearance statements (key ``clearance``, one row for each commune), and what
    documents state beside the facts.
    """

    item: str
    name: str
    kind_label: str
    communes: tuple[tuple[str, str], ...]
    columns: tuple[PeriodColumn, ...]
    reported: tuple[bool, ...]
    known: tuple[bool, ...]
    rows: tuple[MatrixRow, ...]


def find_item_history(
    facts: Facts, item: str, *, language: str = DEFAULT_LANGUAGE
) -> ItemHistory | None:
    """Return what every period said of an item; ``None`` for an unknown one."""
    return next(iter(list_item_histories(facts, [item], language=language)), None)


def list_item_histories(
    facts: Facts, items: Iterable[str], *, language: str = DEFAULT_LANGUAGE
) -> tuple[ItemHistory, ...]:
    """Return the histories of some items, in the order asked for; unknown ones are left out."""
    return _list_item_histories(facts, tuple(items), language)


@cache_on_reports(most=12)
def _list_item_histories(
    facts: Facts, items: tuple[str, ...], language: str
) -> tuple[ItemHistory, ...]:
    known = facts.items[facts.items["item"].isin(items)]
    rows = {row["item"]: row for row in list_rows(known)}
    said = list_observations_of(facts, items) if rows else {}
    columns = list_period_columns(facts, language)
    return tuple(
        _build_history(facts, rows[item], said.get(item, ()), columns, language)
        for item in items
        if item in rows
    )


def build_statement_rows(
    facts: Facts,
    statements: Sequence[dict[str, Any]],
    columns: tuple[PeriodColumn, ...],
    first: int | None,
    language: str,
) -> tuple[MatrixRow, ...]:
    """Return a row for every commune that rows of the clearance table speak of.

    ``first`` is the rank of the first period that could have stated a problem; a category first
    stated later is new.
    """
    ranks = facts.period_ranks
    names = facts.commune_names
    by_commune: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(statements, key=lambda row: (ranks[row["period"]], row["line_from"])):
        by_commune[row["commune"]].append(row)
    return tuple(
        MatrixRow(
            key="clearance",
            label=t("bench.matrix.clearance", language),
            note=names.get(code, "") or t("bench.matrix.no_commune", language),
            cells=_build_statement_cells(facts, by_commune[code], columns, first, language),
        )
        for code in sorted(by_commune)
    )


@cache_on_reports()
def _load_statements(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in list_rows(facts.clearance):
        statements[row["item"]].append(row)
    return statements


@cache_on_reports()
def _load_reported_pairs(facts: Facts) -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for frame in (facts.observations, facts.clearance):
        pairs.update(list_cells(frame, "item", "period"))
    return frozenset(pairs)


def _build_history(
    facts: Facts,
    row: dict[str, Any],
    said: Sequence[tuple[int, dict[str, Any]]],
    columns: tuple[PeriodColumn, ...],
    language: str,
) -> ItemHistory:
    item = str(row["item"])
    first = find_first_ranks(facts).get(item)
    names, spoken = facts.commune_names, _load_reported_pairs(facts)
    statements = _load_statements(facts).get(item, [])
    return ItemHistory(
        item=item,
        name=str(row["name"]),
        kind_label=translate_word("kind", str(row["kind"]), language),
        communes=tuple((code, names[code]) for code in list_item_communes(facts).get(item, ())),
        columns=columns,
        reported=tuple((item, column.period) in spoken for column in columns),
        known=tuple(first is not None and first <= rank for rank in range(len(columns))),
        rows=(
            *build_identity_rows(facts, item, columns, first, language),
            *build_field_rows(facts, said, first, language),
            *build_statement_rows(facts, statements, columns, first, language),
            *build_stated_rows(facts, (item,), columns, language),
        ),
    )


def _build_statement_cells(
    facts: Facts,
    statements: list[dict[str, Any]],
    columns: tuple[PeriodColumn, ...],
    first: int | None,
    language: str,
) -> tuple[tuple[CellValue, ...], ...]:
    ranks = facts.period_ranks
    cells = make_empty_cells(columns)
    seen: dict[int, set[str]] = defaultdict(set)
    for row in statements:
        rank = ranks[row["period"]]
        earlier = set().union(*(seen[before] for before in seen if before < rank))
        change = classify_set_change(row["category"], earlier, at=rank, first=first, problem=True)
        seen[rank].add(row["category"])
        cells[rank].append(
            CellValue(
                text=_format_statement(row, language),
                sources=(source_from_row(facts, row),),
                change=change,
                remark=str(row["note"]),
            )
        )
    return tuple(tuple(cell) for cell in cells)


def _format_statement(row: dict[str, Any], language: str) -> str:
    parts = [f"{translate_word('obstacle', row['category'], language)}: {row['statement']}"]
    if not pd.isna(row["area_ha"]):
        area = format_quantity(float(row["area_ha"]), language)
        parts.append(t("bench.matrix.area", language, area=area))
    if not pd.isna(row["households"]):
        count = format_count(int(row["households"]), language)
        parts.append(t("bench.matrix.households", language, count=count))
    if row["asked_to_act"]:
        parts.append(t("bench.matrix.asked", language, body=row["asked_to_act"]))
    return "; ".join(parts)

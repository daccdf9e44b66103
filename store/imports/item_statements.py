"""What documents say of items and communes that no field of the facts holds: households, land.

Such statements stay what they are (``docs/statements.md``): pages and exports show them beside the
facts, each with its document and line; they are in no sum.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.text import fold_text
from store.column_values import list_rows
from store.facts.sources import make_source
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.stored.last_stated import select_last_stated
from store.facts_cache import cache_on_reports
from store.imports.statement_queue import statement_from_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.statement import Statement
    from store.facts.facts import Facts
    from store.facts.sources import Source

GROUND_FIELDS: Final = frozenset({
    "land_to_clear", "land_cleared", "land_handed_over", "land_remaining", "compensation",
    "clearance_cost", "households", "households_agreed", "households_paid", "households_cleared",
    "households_remaining", "organisations", "graves",
})  # fmt: skip
"""Fields that tell of the clearance of land."""

_NO_CELL: Final[dict[Any, Any]] = dict.fromkeys(("page", "table_no", "row_no", "column_no"), 0)
"""The frames of the store leave these out; the line is what a reader is led to."""
_KIND: Final = re.compile(r"^(?:(?:xa|phuong|thi tran|dac khu|ubnd|p\.|x\.|tt\.)\s*)+")
_SAME: Final = ("about", "field", "detail", "mood")
"""What statements share that take one another's place from period to period."""
_REPEATED: Final = (*_SAME, "value", "unit", "when", "part_of")


@dataclass(frozen=True)
class ShownStatement:
    """One statement of an item or a commune with the period of its document and where it stands.

    ``key`` is the statement's id, ``item`` the item's code, '' for what is said of communes alone;
    ``about`` what the commune is called, without its kind and as names are compared, so that
    "Xã Vĩnh Bảo" and "Vĩnh Bảo" are one; '' for an item.
    """

    key: str
    item: str
    about: str
    statement: Statement
    period: str
    source: Source


def list_item_statements(
    facts: Facts, item: str, period: str, *, carry: bool = True
) -> tuple[ShownStatement, ...]:
    """Return what holds of an item by a period and is no fact, the newest period first.

    Of what several periods tell, the last is left; ``carry`` false leaves the period's own. An
    approved period has what was known when it was approved, its own as it is corrected. Nothing is
    told of an item that the facts do not have.
    """
    if item not in facts.item_rows:
        return ()
    known = get_facts_known_at(facts, period)
    return _select_last(known, _group_rows(known)[0].get(item), period, carry=carry)


def list_commune_statements(
    facts: Facts, code: str, period: str, *, carry: bool = True
) -> tuple[ShownStatement, ...]:
    """Return what holds of a commune itself by a period and is no fact, as of items.

    What is said of a former commune is told of each commune of today in which the document
    places it, under the name that the document has.
    """
    known = get_facts_known_at(facts, period)
    return _select_last(known, _group_rows(known)[1].get(code), period, carry=carry)


def name_commune(subject: str) -> str:
    """Return what a commune is called without its kind, as names are compared."""
    return _KIND.sub("", fold_text(subject))


@cache_on_reports(most=1)
def list_all_statements(facts: Facts) -> tuple[ShownStatement, ...]:
    """Return every such statement of every period, in the order of time and of documents."""
    ordered = _sort_rows(facts).sort_values("_rank", kind="stable")
    return tuple(_make_shown(facts, row) for row in list_rows(ordered))


@cache_on_reports(most=1)
def _group_rows(facts: Facts) -> tuple[Mapping[str, pd.DataFrame], Mapping[str, pd.DataFrame]]:
    """Return the rows by item, and those that name none by commune."""
    rows = _sort_rows(facts)
    unnamed = rows[rows["item"] == ""].reset_index(drop=True)
    places: dict[str, list[int]] = defaultdict(list)
    for position, codes in enumerate(unnamed["communes"]):
        for code in codes.split():
            places[code].append(position)
    by_item = {str(item): group for item, group in rows[rows["item"] != ""].groupby("item")}
    return by_item, {code: unnamed.iloc[positions] for code, positions in places.items()}


def _sort_rows(facts: Facts) -> pd.DataFrame:
    """Return the rows of known periods by document and line, with the rank of their period."""
    rows = facts.statements.assign(_rank=facts.statements["period"].map(facts.period_ranks))
    rows = rows[rows["_rank"].notna()]
    subjects = rows["subject"].where(rows["item"] == "", "")
    rows = rows.assign(about=subjects.map(name_commune))
    return rows.sort_values(["doc", "line_from", "start", "statement"], na_position="first")


def _select_last(
    facts: Facts, rows: pd.DataFrame | None, period: str, *, carry: bool
) -> tuple[ShownStatement, ...]:
    if rows is None:
        return ()
    distinct: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in select_last_stated(facts, rows, period, _SAME, carry=carry):
        distinct.setdefault(tuple(str(row[name]) for name in _REPEATED), row)
    return tuple(_make_shown(facts, row) for row in distinct.values())


def _make_shown(facts: Facts, row: dict[str, Any]) -> ShownStatement:
    cells = {name: None if pd.isna(value) else value for name, value in row.items()}
    line_from, line_to = int(cells["line_from"] or 0), int(cells["line_to"] or 0)
    return ShownStatement(
        key=str(row["statement"]),
        item=str(row["item"]),
        about=str(row["about"]),
        statement=statement_from_row(_NO_CELL | cells),
        period=str(row["period"]),
        source=make_source(facts, str(row["doc"]), line_from, line_to, raw=str(row["sentence"])),
    )

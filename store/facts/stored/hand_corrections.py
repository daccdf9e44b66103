"""Figures that a person has corrected by hand: when, and what stood there before."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from store.audit.rows import make_row_key
from store.db.database import reading
from store.db.schema import AUDIT, IMPORTS
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts

OBSERVATIONS: Final = "observations"
INDICATORS: Final = "indicators"
_TABLES: Final = frozenset({OBSERVATIONS, INDICATORS})
_AT_ONCE: Final = 500
"""Changes that are asked for in one query."""


@dataclass(frozen=True)
class HandCorrection:
    """What a figure was before it was corrected: the value as its document was read.

    ``moments`` are those (UTC, ISO) of all its corrections that stand, the earliest first.
    ``field`` is '' for a figure of the city.
    """

    moments: tuple[str, ...]
    field: str
    value: str
    total: float | None
    unit: str
    qualifier: str
    raw: str


@cache_on_reports(most=4)
def map_hand_corrections(facts: Facts) -> Mapping[tuple[str, str], HandCorrection]:
    """Return the corrections that stand, by table and key of the figure as it is now.

    What was taken back, or corrected back to what it was, is none. Empty for facts of no store.
    """
    if not facts.url:
        return {}
    rows = _read_edits(facts.url)
    known: dict[tuple[str, str], HandCorrection] = {}
    for at, table, before_text, after_text in rows:
        before, after = json.loads(before_text), json.loads(after_text)
        first = known.pop((table, make_row_key(before, table)), None)
        if _get_figure(before) != _get_figure(after):
            first = _make_correction(at, first, before)
        if first is not None and (first.value, first.total) != _get_figure(after):
            known[table, make_row_key(after, table)] = first
    return known


def _read_edits(url: str) -> list[tuple[str, str, str, str]]:
    """Return moment, table, row before and row after of the edits that stand, oldest first.

    The edits are few and looked up first: the audit has a row for all that was ever imported.
    """
    undone = sa.select(IMPORTS.c.undoes).where(IMPORTS.c.undoes.is_not(None))
    edits = sa.select(IMPORTS.c.id).where(IMPORTS.c.kind == "edit", IMPORTS.c.id.not_in(undone))
    columns = [AUDIT.c[name] for name in ("at", "table_name", "before", "after")]
    rows: list[tuple[str, str, str, str]] = []
    with reading(url) as connection:
        numbers = list(connection.scalars(edits.order_by(IMPORTS.c.id)))
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            query = sa.select(*columns).where(AUDIT.c.import_id.in_(part)).order_by(AUDIT.c.id)
            rows += [(at, table, before, after)
                     for at, table, before, after in connection.execute(query)
                     if table in _TABLES and before and after]  # fmt: skip
    return rows


def _make_correction(
    at: str, first: HandCorrection | None, before: Mapping[str, Any]
) -> HandCorrection:
    """Return a correction made at a moment: of one corrected before, what it was at first."""
    if first is not None:
        return replace(first, moments=(*first.moments, at))
    value, total = _get_figure(before)
    field, qualifier = str(before.get("field", "")), str(before.get("qualifier", ""))
    return HandCorrection((at,), field, value, total, str(before["unit"]), qualifier, before["raw"])


def _get_figure(row: Mapping[str, Any]) -> tuple[str, float | None]:
    return str(row["value"]), row["total"]

"""What undoing an import would take away, looked at before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from store.audit.rows import get_locking_period
from store.db.database import reading
from store.db.schema import APPROVALS, FACTS, IMPORTS
from store.imports.apply import list_dependent_imports, list_resting_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class UndoPreview:
    """What goes with an import: its rows by table, the answers to its questions.

    ``since`` are later changes of its rows that have to be undone first; ``locked`` is the approved
    period that it touches, '' for none: then it cannot be undone, only corrected.
    """

    rows: Mapping[str, int]
    decisions: int
    since: tuple[int, ...]
    locked: str


def preview_undo(number: int) -> UndoPreview:
    """Return what undoing an import would take away; nothing is written."""
    with reading() as connection:
        counts, periods = {}, set[str]()
        for name, table in FACTS.items():
            brought = sa.select(table).where(
                table.c.added_by == number, table.c.removed_by.is_(None)
            )
            rows = [dict(row) for row in connection.execute(brought).mappings()]
            periods |= {get_locking_period(row, name) for row in rows}
            if rows:
                counts[name] = len(rows)
        kind = connection.scalar(sa.select(IMPORTS.c.kind).where(IMPORTS.c.id == number))
        decisions = list_resting_decisions(connection, number)
        since = list_dependent_imports(connection, number) - decisions
        approved = set(connection.scalars(sa.select(APPROVALS.c.period)))
    locked = sorted(periods & approved) if kind == "report" else []
    return UndoPreview(counts, len(decisions), tuple(sorted(since)), locked[0] if locked else "")

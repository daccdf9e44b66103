"""Where reports, or two places of one, do not say the same: both sides with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.sources import Source, source_at

if TYPE_CHECKING:
    from store.facts import Facts


@dataclass(frozen=True)
class Conflict:
    """Two statements about one thing that differ, each with where it stands."""

    subject: str
    value_a: str
    source_a: Source
    value_b: str
    source_b: Source
    note: str


def conflicts_of(facts: Facts, item: str | None = None) -> tuple[Conflict, ...]:
    """Return the contradictions noted of an item, of everything without one, by number."""
    rows = facts.conflicts if item is None else facts.conflicts[facts.conflicts["item"] == item]
    rows = rows.fillna({"line_a": 0, "line_b": 0}).sort_values("conflict")
    return tuple(
        Conflict(
            subject=row.subject,
            value_a=row.value_a,
            source_a=source_at(facts, row.doc_a, int(row.line_a)),
            value_b=row.value_b,
            source_b=source_at(facts, row.doc_b, int(row.line_b)),
            note=row.note,
        )
        for row in rows.itertuples(index=False)
    )

"""The documents behind the facts, and what is doubtful in them, as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.column_values import iterate_rows
from store.facts.sources import Source, source_from_row
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts


@dataclass(frozen=True)
class DocumentEntry:
    """One document and how many values were read from it. ``as_of`` is ISO."""

    doc: str
    title: str
    issuer: str
    as_of: str
    status: str
    sha256: str
    values: int


@dataclass(frozen=True)
class CorrectionEntry:
    """What a scan says, what is read instead, and why."""

    raw: str
    corrected: str
    why: str
    source: Source


@dataclass(frozen=True)
class UnplacedRow:
    """An item that no report places in a commune, and what is known."""

    item: str
    name: str
    note: str


@cache_on_reports(most=1)
def list_documents(facts: Facts) -> tuple[DocumentEntry, ...]:
    """Return all documents, the latest first."""
    tables = (facts.observations, facts.clearance, facts.indicators)
    ordered = facts.documents.sort_values(["as_of", "doc"], ascending=False)
    return tuple(
        DocumentEntry(
            doc=row.doc,
            title=row.title,
            issuer=row.issuer,
            as_of=row.as_of,
            status=row.status,
            sha256=row.sha256,
            values=sum(int((table["doc"] == row.doc).sum()) for table in tables),
        )
        for row in iterate_rows(ordered)
    )


@cache_on_reports(most=1)
def list_corrections(facts: Facts) -> tuple[CorrectionEntry, ...]:
    """Return every correction of a scan."""
    return tuple(
        CorrectionEntry(
            raw=row.raw,
            corrected=row.corrected,
            why=row.why,
            source=source_from_row(facts, row._asdict()),
        )
        for row in iterate_rows(facts.corrections)
    )


@cache_on_reports(most=1)
def list_unplaced_items(facts: Facts) -> tuple[UnplacedRow, ...]:
    """Return the items without a commune, by code."""
    placed = set(facts.places["item"].tolist())
    rows = facts.items.loc[~facts.items["item"].isin(placed)].sort_values("item")
    return tuple(
        UnplacedRow(item=row.item, name=row.name, note=row.note) for row in iterate_rows(rows)
    )

"""What of a planned import does not fit what the store knows: held back, and asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.extraction import ProjectRow
from store.audit.ledger import read_current_rows
from store.imports.questions.column_units import StoreKnowledge, hold_columns
from store.imports.questions.listed_items import ask_about_list
from store.imports.questions.moved_items import hold_moved
from store.imports.questions.plausibility import hold_unusual
from store.imports.questions.statement_units import hold_statement_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import sqlalchemy as sa

    from reports.model.extraction import Extraction
    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row
    from store.imports.plan.item_rows import ExtractedItems
    from store.imports.plan.review_rows import ReviewRow


def hold_doubtful(
    connection: sa.Connection,
    changes: Sequence[RowChange],
    items: ExtractedItems,
    asked: Sequence[ReviewRow],
    *,
    source: Content,
    read: Extraction,
    decisions: Mapping[str, str],
) -> tuple[list[RowChange], list[ReviewRow]]:
    """Return a plan's changes without what is doubtful, and its questions with those about that.

    ``asked`` are the questions there are already, ``source`` has the document and its period,
    ``decisions`` are answers by fingerprint.
    """
    coming = [change.after for change in changes if change.table == "periods" and change.after]
    ranks = _rank_periods(connection, coming)
    known = read_current_rows(connection, "items")
    names = {str(row["item"]): str(row["name"]) for row in (*known, *items.new)}
    stored = read_figures_by_period(connection)
    about = StoreKnowledge(stored, ranks, names)
    held = hold_columns(read, changes, asked, about, source=source, decisions=decisions)
    named = {
        code: subject.place for subject, code in items.named if isinstance(subject, ProjectRow)
    }
    hold_statement_columns(
        connection, read, held, about, source=source, named=named, decisions=decisions
    )
    kept, unusual = hold_unusual(held.changes, stored, ranks, names)
    kept, moved = hold_moved(kept, read_current_rows(connection, "places"), named, names)
    listed = ask_about_list(known, named, stored, asked, source)
    return kept, [*held.asked, *held.columns, *unusual, *moved, *listed]


def read_figures_by_period(connection: sa.Connection) -> list[Row]:
    """Return the figures that the store has, earlier periods first."""
    ranks = _rank_periods(connection)
    stored = read_current_rows(connection, "observations")
    return sorted(stored, key=lambda row: ranks[str(row["period"])])


def _rank_periods(connection: sa.Connection, coming: Iterable[Content] = ()) -> dict[str, int]:
    """Return the order of the periods that there are, and of those that are ``coming``."""
    known: list[Content] = [*read_current_rows(connection, "periods"), *coming]
    periods = sorted(known, key=_get_period_order)
    return {str(row["period"]): rank for rank, row in enumerate(periods)}


def _get_period_order(row: Content) -> tuple[str, str]:
    return str(row["as_of"]), str(row["period"])

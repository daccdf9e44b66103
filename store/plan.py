"""What importing a report would do, worked out without writing anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from store.differences import Difference, differences_frame
from store.rows import frame_columns, frame_of

if TYPE_CHECKING:
    import pandas as pd

    from reports.extraction import Extraction
    from store.aliases import Alias
    from store.ledger import RowChange
    from store.matching import ItemMatch
    from store.review_rows import ReviewRow


@dataclass(frozen=True)
class Problem:
    """Something to know before accepting; ``blocking``: the import is refused because of it."""

    key: str
    blocking: bool
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words."""
        return t(f"store.problem.{self.key}", language, **dict(self.values))


@dataclass(frozen=True)
class Settled:
    """A question that was answered before it was asked: by a draft, or by an earlier decision."""

    review: ReviewRow
    choice: str
    remembered: bool


@dataclass(frozen=True, eq=False)
class ImportPlan:
    """What importing a report would do to the store as it was at ``version``.

    ``already`` is the number of the import that brought the same document in, 0 for none: then
    nothing is to be done. ``matches`` says of every named thing which item it was taken for.
    ``diff`` is what changes against the period before, see ``store.plan_diff``.
    """

    extraction: Extraction
    version: str
    sha256: str
    doc: str
    period: str
    already: int = 0
    changes: tuple[RowChange, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    settled: tuple[Settled, ...] = ()
    aliases: tuple[Alias, ...] = ()
    matches: tuple[tuple[str, ItemMatch], ...] = ()
    differing: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    diff: pd.DataFrame | None = field(default=None)

    @property
    def blocked(self) -> bool:
        """Whether the import would be refused."""
        return any(problem.blocking for problem in self.problems)

    def rows(self, table: str) -> pd.DataFrame:
        """Return the rows that would be added to a facts table, with its columns."""
        added = [one.after for one in self.changes if one.table == table and one.after]
        return frame_of([[row[name] for name in frame_columns(table)] for row in added], table)

    def counts(self) -> dict[str, int]:
        """Return how many rows would be added by table, and the questions left open."""
        tables = [one.table for one in self.changes if one.after]
        added = {table: tables.count(table) for table in dict.fromkeys(tables)}
        return added | {"reviews": len(self.reviews), "settled": len(self.settled)}

    def differences(self, language: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
        """Return how the store and the reading differ on this document, explained."""
        return differences_frame(self.differing, language)

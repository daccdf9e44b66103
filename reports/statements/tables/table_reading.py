"""What the tables of a document gave: statements, rows and cells used, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.model.statement import StatementReading

if TYPE_CHECKING:
    from reports.model.document import CellKey
    from reports.model.extraction import QueueEntry
    from reports.model.statement import Statement, UnreadSentence


@dataclass
class TableReading:
    """What was read of tables of any heading.

    ``lines`` are the ids of table lines that gave a statement or stand above those that did;
    ``cells`` the places of the cells used, ``asked`` of those that a question is about.
    """

    statements: list[Statement] = field(default_factory=list)
    unread: list[UnreadSentence] = field(default_factory=list)
    queue: list[QueueEntry] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    cells: set[CellKey] = field(default_factory=set)
    asked: set[CellKey] = field(default_factory=set)

    @property
    def reading(self) -> StatementReading:
        """Return the statements and what is left over."""
        return StatementReading(tuple(self.statements), tuple(self.unread))

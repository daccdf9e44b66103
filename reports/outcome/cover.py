"""The lines and cells that some places name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model.document import SourcePlace, TableCell


@dataclass
class PlaceCover:
    """What some places name: whole lines, and columns of lines."""

    lines: set[int] = field(default_factory=set)
    columns: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, places: Iterable[SourcePlace]) -> PlaceCover:
        """Return the cover of places; one without a column names its lines."""
        cover = cls()
        cover.add(places)
        return cover

    def add(self, places: Iterable[SourcePlace]) -> None:
        """Cover further places too."""
        for place in places:
            lines = range(place.line_from, place.line_to + 1)
            if place.column:
                for line in lines:
                    self.columns[line].add(place.column)
            else:
                self.lines.update(lines)

    def holds_line(self, place: SourcePlace) -> bool:
        """Return True if something names the line or one of its cells."""
        lines = range(place.line_from, place.line_to + 1)
        return any(line in self.lines or line in self.columns for line in lines)

    def holds(self, cell: TableCell) -> bool:
        """Return True if something names the cell, or its whole line."""
        return self.holds_cell_at(cell.place, cell.spans)

    def holds_cell_at(self, place: SourcePlace, spans: int = 1) -> bool:
        """Return True if something names the cell of a place, or its whole line."""
        own = range(place.column, place.column + spans)
        return any(
            line in self.lines or not self.columns.get(line, set()).isdisjoint(own)
            for line in range(place.line_from, place.line_to + 1)
        )

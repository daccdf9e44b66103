"""What is read from a report: typed rows, each value with its source, and what is left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from reports.model.document import NO_PLACE
from reports.model.statement import StatementReading

if TYPE_CHECKING:
    from reports.model.document import Document, SourcePlace

PARSER_VERSION = "1"
"""Goes up when the same document would be read differently."""

Reason = Literal[
    "ambiguous_number",
    "unreadable_value",
    "unplaced",
    "uncertain_place",
    "unmatched_item",
    "uncertain_item",
    "row_without_number",
    "gap_in_numbers",
    "group_count_differs",
    "unattached_line",
    "unread_row",
    "low_confidence",
    "missing_column",
    "not_understood",
    "columns_compete",
    "unknown_column",
    "unknown_unit",
    "merged_value",
]
"""Why something goes to the review queue."""


@dataclass(frozen=True)
class ExtractedValue:
    """One value read: the field (``schema.FIELDS``), its parts, the raw words, the place.

    ``value`` is written as ``data/facts`` writes it (money whole million VND, percent 0-100,
    periods ``2026-Q3``). ``column`` is the heading of its cell, or ``text``/``footnote 52``.
    ``confidence`` is from 0 to 1. What a grammar finds in words has no place or column yet.
    """

    field: str
    value: str
    raw: str
    place: SourcePlace = NO_PLACE
    column: str = ""
    component: str = ""
    total: str = ""
    unit: str = ""
    basis: str = ""
    qualifier: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class PlacedCommune:
    """A commune an item lies in, as the geocoder says it. ``certainty`` as in the facts tables."""

    code: str
    how: str
    certainty: str
    confidence: float
    raw: str
    place: SourcePlace
    left_out: tuple[str, ...] = ()
    """Other communes that have a sliver of the former one that is named."""


@dataclass(frozen=True)
class ProjectRow:
    """One row of a project table, stitched over its pages."""

    kind: ClassVar[str] = "key_project"
    no: int
    group: str
    group_title: str
    funding: str
    phase: str
    name: str
    name_raw: str
    location_raw: str
    communes: tuple[PlacedCommune, ...]
    values: tuple[ExtractedValue, ...]
    place: SourcePlace


@dataclass(frozen=True)
class TaskRow:
    """One row of a table of tasks: what is to be done, who leads, by when.

    ``values`` are milestones (``milestone_start`` …) and which body leads it (``lead``).
    """

    no: int
    name: str
    when_raw: str
    values: tuple[ExtractedValue, ...]
    place: SourcePlace


@dataclass(frozen=True)
class Indicator:
    """A count that the document states, such as 9 of 31: subject and measure as in the facts."""

    subject: str
    measure: str
    value: float
    total: float | None
    unit: str
    raw: str
    place: SourcePlace


@dataclass(frozen=True)
class ClearanceStatement:
    """A statement that land is not free, by commune or by project number."""

    commune: str
    project_no: int | None
    category: str
    statement: str
    asked_to_act: str
    raw: str
    place: SourcePlace


@dataclass(frozen=True)
class ParkMention:
    """A park, cluster or zone that the text names, with what it says of it."""

    no: ClassVar[int] = 0
    group: ClassVar[str] = ""
    funding: ClassVar[str] = ""
    phase: ClassVar[str] = ""
    kind: str
    name: str
    name_raw: str
    values: tuple[ExtractedValue, ...]
    communes: tuple[PlacedCommune, ...]
    place: SourcePlace
    zone: str = ""
    """Its id in the gazetteer's zones; '' where the name was not recognised."""


@dataclass(frozen=True)
class QueueEntry:
    """Something for a person: why, the raw words, where, and the candidates with their scores.

    ``field`` is the one that a value is asked for, '' where that is part of the question.
    """

    reason: Reason
    raw: str
    place: SourcePlace
    detail: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
    field: str = ""


ColumnFate = Literal["used", "asked", "unused", "empty", "unseen"]
"""What became of a table's column: read, asked about, not used, or nothing to see in it."""


@dataclass(frozen=True)
class ColumnUse:
    """A column of a table and what became of it.

    ``table`` and ``column`` count from 1 as in ``SourcePlace``; ``table`` is that of the first
    part of a table over several pages. ``key`` is what the column was taken for
    (``tables.headings``), ``unit`` its unit in words, '' where none is stated. ``cells`` is how
    many of its cells below the heading hold something, ``samples`` the first three.
    """

    table: int
    column: int
    heading: str
    key: str
    unit: str
    fate: ColumnFate
    cells: int
    samples: tuple[str, ...]
    place: SourcePlace


_KEYS_OF_PROJECTS: Final = (
    "name", "investment", "location", "planned", "actual", "forecast", "request", "note",
    "obstacles", "planned_clearance", "planned_construction", "actual_clearance",
    "actual_construction",
)  # fmt: skip
_KEYS_OF_STATEMENTS: Final = (
    "park", "cluster", "housing", "body", "task",
    "area", "industrial_land", "land_to_clear", "land_cleared", "land_handed_over",
    "land_remaining", "length",
    "households", "households_agreed", "households_paid", "households_cleared",
    "households_remaining", "organisations", "graves", "dwellings", "buildings", "count",
    "equity", "construction_cost", "clearance_cost", "compensation", "allocated",
    "planned_disbursement", "disbursed", "remaining_money", "money",
    "disbursed_pct", "occupancy_pct", "pct",
    "start", "finish", "inauguration", "deadline", "established_on",
    "owner", "lead", "unit",
)  # fmt: skip
COLUMN_KEYS: Final = (*_KEYS_OF_PROJECTS, *_KEYS_OF_STATEMENTS, "ignore")
"""What a person may say that a column is; ``actual_clearance``: cleared so far, in per cent.

The second kind are fields of statements and whom rows are about (``grammar.columns.meanings``).
"""

COLUMN_UNITS: Final = (
    "triệu đồng", "tỷ đồng", "đồng", "triệu USD", "%", "ha", "m2", "km", "m", "hộ", "căn",
)  # fmt: skip


@dataclass(frozen=True)
class ColumnChoice:
    """What a person says a column means: ``extract_document`` takes it before its own reading.

    ``heading`` is the column's heading as ``geo.text.fold_text`` writes it, blanks single;
    ``issuer`` whose reports it holds for, as the document names it, '' for all. ``key`` is one of
    ``COLUMN_KEYS``; of ``ignore`` the cells stay named as not used, and nothing is asked.
    ``unit`` is one of ``COLUMN_UNITS``, as a heading would say it; '' as the file says.
    """

    heading: str
    key: str
    unit: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class LineBalance:
    """Where the lines and the cells of all tables went, and the pages.

    Every line is in a row, a header or the queue, or belongs to another period; every cell that
    shows something is used, asked about, or named as not used.
    """

    table_lines: int
    in_rows: int
    in_headers: int
    in_queue: int
    in_other_periods: int = 0
    cells: int = 0
    cells_used: int = 0
    cells_asked: int = 0
    cells_unused: int = 0
    pages: int = 0
    pages_unread: int = 0

    @property
    def exact(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        lines = self.in_rows + self.in_headers + self.in_queue + self.in_other_periods
        cells = self.cells_used + self.cells_asked + self.cells_unused
        return self.table_lines == lines and self.cells == cells

    @property
    def complete(self) -> bool:
        """Whether all that can be seen was read or is asked about: nothing is left unused."""
        return self.exact and not (self.cells_unused or self.pages_unread or self.in_other_periods)


@dataclass(frozen=True)
class Extraction:
    """Everything read from one document."""

    document: Document
    projects: tuple[ProjectRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    clearance: tuple[ClearanceStatement, ...] = ()
    parks: tuple[ParkMention, ...] = ()
    queue: tuple[QueueEntry, ...] = ()
    balance: LineBalance = field(default_factory=lambda: LineBalance(0, 0, 0, 0))
    columns: tuple[ColumnUse, ...] = ()
    reading: StatementReading = field(default_factory=StatementReading)
    """What sentences and rows say, statement by statement, and what of them is left over."""
    parser_version: str = PARSER_VERSION

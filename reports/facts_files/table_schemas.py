"""The tables of ``data/facts``, each declared once: the row class of a table says it all.

A row class is the type of the table's rows wherever they are made. Its annotations say how a cell
of the file is read, what it refers to and within which range a number lies: ``TABLES`` has them as
``TableSchema``, from which the check of a file, the columns of the database and the one form of a
row follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, TypeAlias, TypedDict, get_type_hints

from reports.model.ranges import CONFIDENCE, COUNTS, HECTARES, HOUSEHOLDS, LINES, PLACES, WORK
from reports.model.schema import (
    BASES,
    CERTAINTIES,
    CLEARANCE_CATEGORIES,
    DOCUMENT_STATUSES,
    FIELDS,
    FUNDINGS,
    HOW_PLACED,
    ITEM_KINDS,
    PHASES,
    QUALIFIERS,
    ColumnSchema,
    TableSchema,
)


def allow_words(*words: str, required: bool = True) -> ColumnSchema:
    """Return the rule of a column that holds one of these words."""
    return ColumnSchema(kind="word", required=required, allowed=frozenset(words))


def _refer(table: str, *, required: bool = False) -> ColumnSchema:
    return ColumnSchema(kind="code", required=required, refers=table)


Text: TypeAlias = Annotated[str, ColumnSchema()]
Bodies: TypeAlias = Annotated[str, ColumnSchema(kind="body")]
FullText: TypeAlias = Annotated[str, ColumnSchema(required=True)]
Code: TypeAlias = Annotated[str, ColumnSchema(kind="code", required=True)]
Day: TypeAlias = Annotated[str, ColumnSchema(kind="date")]
Line: TypeAlias = Annotated[int, ColumnSchema(kind="integer", required=True, limits=LINES)]
AnyLine: TypeAlias = Annotated[int | None, ColumnSchema(kind="integer", limits=LINES)]
CommuneCode: TypeAlias = Annotated[str, _refer("communes")]
ItemCode: TypeAlias = Annotated[str, _refer("items", required=True)]
AnyItem: TypeAlias = Annotated[str | None, _refer("items")]
PeriodCode: TypeAlias = Annotated[str, _refer("periods", required=True)]
AnyPeriod: TypeAlias = Annotated[str | None, _refer("periods")]
DocumentCode: TypeAlias = Annotated[str, _refer("documents", required=True)]
Place: TypeAlias = Annotated[
    int, ColumnSchema(kind="integer", limits=PLACES, in_file=False, default=0)
]


class ChapterRow(TypedDict):
    """The folder of a row's file: those tables have one file per chapter."""

    chapter: Annotated[str, ColumnSchema(in_file=False)]


class SourcedRow(TypedDict):
    """Where in its document a row stands, and how surely (0 to 1) which program read it."""

    page: Place
    table_no: Place
    row_no: Place
    column_no: Place
    confidence: Annotated[
        float, ColumnSchema(kind="number", limits=CONFIDENCE, in_file=False, default=1.0)
    ]
    parser_version: Annotated[str, ColumnSchema(in_file=False, default="")]


class DocumentRow(TypedDict):
    """A report: who says what as of when."""

    doc: Code
    title: FullText
    issuer: Text
    issued: Day
    as_of: Day
    period: PeriodCode
    status: Annotated[str, allow_words(*DOCUMENT_STATUSES)]
    file: Text
    sha256: Text
    note: Text


class PeriodRow(TypedDict):
    """A period that reports speak of."""

    period: Code
    label_vi: FullText
    label_en: FullText
    start: Day
    as_of: Annotated[str, ColumnSchema(kind="date", required=True)]


class ItemRow(ChapterRow):
    """A project, park, cluster or zone."""

    item: Code
    kind: Annotated[str, allow_words(*ITEM_KINDS)]
    name: FullText
    name_raw: Text
    funding: Annotated[str, allow_words(*FUNDINGS)]
    phase: Annotated[str, allow_words(*PHASES, required=False)]
    group: Text
    no: Text
    zone: Annotated[str, _refer("zones")]
    note: Text


class PlaceRow(ChapterRow, SourcedRow):
    """A commune that an item lies in."""

    item: ItemCode
    commune: Annotated[str, _refer("communes", required=True)]
    how: Annotated[str, allow_words(*HOW_PLACED)]
    certainty: Annotated[str, allow_words(*CERTAINTIES)]
    raw: Text
    doc: Annotated[str | None, _refer("documents")]
    line: AnyLine
    note: Text


class ObservationRow(ChapterRow, SourcedRow):
    """One value of one item in one document."""

    item: ItemCode
    period: PeriodCode
    doc: DocumentCode
    line_from: Line
    line_to: Line
    cell: Text
    field: Annotated[str, allow_words(*FIELDS)]
    component: Text
    value: FullText
    total: Annotated[float | None, ColumnSchema(kind="number", limits=WORK)]
    unit: Text
    basis: Annotated[str, allow_words(*BASES, required=False)]
    qualifier: Annotated[str, allow_words(*QUALIFIERS, required=False)]
    raw: Text
    note: Text


class ClearanceRow(SourcedRow):
    """A statement that land is not free."""

    clearance: Code
    period: PeriodCode
    doc: DocumentCode
    line_from: Line
    line_to: Line
    commune: CommuneCode
    item: AnyItem
    category: Annotated[str, allow_words(*CLEARANCE_CATEGORIES)]
    statement: Text
    raw: Text
    asked_to_act: Bodies
    area_ha: Annotated[float | None, ColumnSchema(kind="number", limits=HECTARES)]
    households: Annotated[int | None, ColumnSchema(kind="integer", limits=HOUSEHOLDS)]
    note: Text


class IndicatorRow(SourcedRow):
    """A count that a document states for the whole city."""

    indicator: Code
    period: PeriodCode
    doc: DocumentCode
    line_from: Line
    line_to: Line
    subject: Code
    measure: Code
    value: Annotated[float, ColumnSchema(kind="number", required=True, limits=COUNTS)]
    total: Annotated[float | None, ColumnSchema(kind="number", limits=COUNTS)]
    unit: Text
    raw: Text
    note: Text


class CorrectionRow(TypedDict):
    """A scanning error that was corrected."""

    doc: DocumentCode
    line: Line
    raw: FullText
    corrected: FullText
    why: Text


class ConflictRow(TypedDict):
    """Two statements that contradict one another."""

    conflict: Code
    subject: FullText
    item: AnyItem
    period_a: AnyPeriod
    doc_a: DocumentCode
    line_a: AnyLine
    value_a: FullText
    period_b: AnyPeriod
    doc_b: DocumentCode
    line_b: AnyLine
    value_b: FullText
    note: Text


def make_table_schema(name: str, row: type, *key: str) -> TableSchema:
    """Return the table that a row class declares, known by its ``key`` columns."""
    hints = get_type_hints(row, include_extras=True)
    columns = [replace(hint.__metadata__[0], name=column) for column, hint in hints.items()]
    return TableSchema(
        name,
        tuple(column for column in columns if column.in_file),
        key,
        tuple(column for column in columns if not column.in_file),
    )


_OBSERVED: Final = ("period", "doc", "line_from", "cell", "field", "component", "basis", "value")
TABLES: Final = {
    table.name: table
    for table in (
        make_table_schema("documents", DocumentRow, "doc"),
        make_table_schema("periods", PeriodRow, "period"),
        make_table_schema("items", ItemRow, "item"),
        make_table_schema("places", PlaceRow, "item", "commune"),
        make_table_schema("observations", ObservationRow, "item", *_OBSERVED),
        make_table_schema("clearance", ClearanceRow, "clearance"),
        make_table_schema("indicators", IndicatorRow, "indicator"),
        make_table_schema("corrections", CorrectionRow, "doc", "line", "raw"),
        make_table_schema("conflicts", ConflictRow, "conflict"),
    )
}

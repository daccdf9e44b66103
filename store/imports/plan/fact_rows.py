"""Rows of facts made of what was read from a report, each with its source; nothing is decided here.

What a row is about is an item's code once the item is known; until then ``PENDING``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.facts_files.csv_table import find_cell_fault
from reports.facts_files.curated import WHOLE_NUMBER_FIELDS
from reports.model.schema import FIELDS
from store.audit.canonical import find_range_faults, normalise_row
from store.audit.rows import CHAPTER, NO_SOURCE, format_cell
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from reports.model.document import SourcePlace
    from reports.model.extraction import (
        ClearanceStatement,
        ExtractedValue,
        Extraction,
        Indicator,
        PlacedCommune,
    )
    from store.audit.rows import Content, Row

PENDING: Final = "?"
"""Stands for the item in rows that wait until it is known."""

LOW: Final = 0.65
"""A value read less surely than this is asked about."""

PREFIXES: Final = {
    "key_project": "KP",
    "industrial_park": "KCN",
    "industrial_cluster": "CCN",
    "economic_zone": "KKT",
    "housing": "HOU",
    "resettlement": "TDC",
    "transport": "TRA",
    "investment": "INV",
}
_PARKS: Final = frozenset({"industrial_park", "industrial_cluster", "economic_zone"})


@dataclass(frozen=True)
class ReportSubject:
    """Something that the report names, and everything that it says of it."""

    kind: str
    name: str
    name_raw: str
    funding: str
    phase: str
    group: str
    no: int
    said: tuple[ExtractedValue, ...]
    communes: tuple[PlacedCommune, ...]
    place: SourcePlace

    @property
    def chapter(self) -> str:
        """The chapter of the facts that it belongs to."""
        return "key_projects" if self.kind == "key_project" else get_chapter(self.kind)


def get_chapter(kind: str) -> str:
    """Return the chapter of the facts for a kind of item."""
    if kind == "key_project":
        return "key_projects"
    return "parks" if kind in _PARKS else "other"


def list_subjects(read: Extraction) -> list[ReportSubject]:
    """Return the projects of the tables and the parks of the text, in the document's order."""
    projects = [
        ReportSubject(
            "key_project",
            row.name,
            row.name_raw,
            row.funding or "unknown",
            row.phase,
            row.group,
            row.no,
            row.values,
            row.communes,
            row.place,
        )
        for row in read.projects
    ]
    parks = [
        ReportSubject(
            park.kind,
            park.name,
            park.name_raw,
            "unknown",
            "",
            "",
            0,
            park.values,
            park.communes,
            park.place,
        )
        for park in read.parks
    ]
    return projects + parks


def make_item_row(subject: ReportSubject, code: str, zone: str = "") -> Row:
    """Return the row of an item that was not known before."""
    return {
        "item": code,
        "kind": subject.kind,
        "name": subject.name,
        "name_raw": subject.name_raw,
        "funding": subject.funding,
        "phase": subject.phase,
        "group": subject.group,
        "no": str(subject.no) if subject.no else "",
        "zone": zone,
        "note": "",
        CHAPTER: subject.chapter,
    }


def make_item_code(kind: str, name: str, no: int, taken: set[str]) -> str:
    """Return a code for a new item: a running number for key projects, else made of the name."""
    prefix = PREFIXES.get(kind, "INV")
    if kind == "key_project":
        codes = (f"KP-{at:02d}" for at in range(no or 1, 10_000))
        return next(code for code in codes if code not in taken)
    words = re.sub(r"[^a-z0-9]+", "-", fold_text(name)).strip("-").upper()
    stem = f"{prefix}-{words.removeprefix(f'{prefix}-')[:40].strip('-')}"
    return next(code for at in range(1, 10_000) if (code := _number_code(stem, at)) not in taken)


def _number_code(stem: str, at: int) -> str:
    return stem if at == 1 else f"{stem}-{at}"


def make_observation_row(value: ExtractedValue, subject: ReportSubject, source: Content) -> Row:
    """Return the row of one value of an item that is still to be named."""
    row: Row = {
        "item": PENDING,
        "period": source["period"],
        "doc": source["doc"],
        "line_from": value.place.line_from,
        "line_to": value.place.line_to,
        "cell": value.column,
        "field": value.field,
        "component": value.component,
        "value": value.value,
        "total": float(value.total) if value.total else None,
        "unit": value.unit,
        "basis": value.basis,
        "qualifier": value.qualifier,
        "raw": value.raw,
        "note": "",
        CHAPTER: subject.chapter,
    }
    return normalise_row(
        row | make_provenance(value.place, value.confidence, source), "observations"
    )


def make_place_row(commune: PlacedCommune, subject: ReportSubject, source: Content) -> Row:
    """Return the row of one commune that an item still to be named lies in."""
    return {
        "item": PENDING,
        "commune": commune.code,
        "how": commune.how,
        "certainty": commune.certainty,
        "raw": commune.raw,
        "doc": source["doc"],
        "line": commune.place.line_from,
        "note": "",
        CHAPTER: subject.chapter,
    } | make_provenance(commune.place, commune.confidence, source)


def make_clearance_row(said: ClearanceStatement, source: Content) -> Row:
    """Return the row of a statement about land; the item is empty or still to be named."""
    return {
        "clearance": _make_row_id(
            "CL", source, said.place, said.commune, said.category, said.statement
        ),
        "period": source["period"],
        "doc": source["doc"],
        "line_from": said.place.line_from,
        "line_to": said.place.line_to,
        "commune": said.commune,
        "item": PENDING if said.project_no else None,
        "category": said.category,
        "statement": said.statement,
        "raw": said.raw,
        "asked_to_act": said.asked_to_act,
        "area_ha": None,
        "households": None,
        "note": "",
    } | make_provenance(said.place, 1.0, source)


def make_indicator_row(count: Indicator, source: Content) -> Row:
    """Return the row of a count that the report states."""
    told = (count.subject, count.measure, f"{count.value:g}", count.raw)
    return {
        "indicator": _make_row_id("IN", source, count.place, *told),
        "period": source["period"],
        "doc": source["doc"],
        "line_from": count.place.line_from,
        "line_to": count.place.line_to,
        "subject": count.subject,
        "measure": count.measure,
        "value": float(count.value),
        "total": None if count.total is None else float(count.total),
        "unit": count.unit,
        "raw": count.raw,
        "note": "",
    } | make_provenance(count.place, 1.0, source)


def make_provenance(place: SourcePlace, confidence: float, source: Content) -> Row:
    """Return where in the document a row stands and how surely it was read."""
    return dict(NO_SOURCE) | {
        "page": place.page,
        "table_no": place.table,
        "row_no": place.row,
        "column_no": place.column,
        "confidence": float(confidence),
        "parser_version": source["parser_version"],
    }


def find_bad_column(row: Content, table: str) -> str:
    """Return the column of a row that is not what the schema asks for, '' when all are."""
    for name in find_range_faults(row, table):
        return name
    for column in ALL_TABLES[table].columns:
        text = format_cell(row[column.name])
        if text != PENDING and find_cell_fault(text, column):
            return column.name
    if table == "observations":
        value, field = str(row["value"]), FIELDS[row["field"]]
        whole = row["field"] in WHOLE_NUMBER_FIELDS and "." in value
        return "value" if whole or find_cell_fault(value, field) else ""
    return ""


def _make_row_id(prefix: str, source: Content, place: SourcePlace, *told: str) -> str:
    joined = "\x1f".join([source["doc"], str(place.line_from), str(place.column), *told])
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:10]}"

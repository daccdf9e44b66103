"""Rows of facts made of what a report says, each with its source; nothing is decided here.

What a row is about is an item's code once the item is known; until then ``PENDING``.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from geo.text import fold_text
from reports.model.dates import is_day, parse_span
from reports.model.schema import FIELDS, find_cell_fault
from store.audit.rows import find_range_faults, format_cell, normalise_row
from store.db.staff_tables import ALL_TABLES
from store.imports.plan.matching import PARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.facts_files.table_schemas import (
        ClearanceRow,
        IndicatorRow,
        ItemRow,
        ObservationRow,
        PeriodRow,
        PlaceRow,
        SourcedRow,
    )
    from reports.model.document import SourcePlace
    from reports.model.extraction import (
        ClearanceStatement,
        ExtractedValue,
        Indicator,
        PlacedCommune,
    )
    from reports.model.item_mention import NamedItem
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
_PERIOD: Final = re.compile(r"([12]\d{3})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?", re.ASCII)
_ROMAN: Final = ("I", "II", "III", "IV")


def get_chapter(kind: str) -> str:
    """Return the chapter of the facts for a kind of item."""
    if kind == "key_project":
        return "key_projects"
    return "parks" if kind in PARKS else "other"


def make_item_row(subject: NamedItem, code: str, zone: str = "") -> ItemRow:
    """Return the row of an item that was not known before."""
    return {
        "item": code,
        "kind": subject.kind,
        "name": subject.name,
        "name_raw": subject.name_raw,
        "funding": subject.funding or "unknown",
        "phase": subject.phase,
        "group": subject.group,
        "no": str(subject.no) if subject.no else "",
        "zone": zone,
        "note": "",
        "chapter": get_chapter(subject.kind),
    }


def make_item_code(kind: str, name: str, no: int, taken: set[str]) -> str:
    """Return a code for a new item: a running number for key projects, else made of the name."""
    prefix = PREFIXES.get(kind, "INV")
    if kind == "key_project":
        codes = (f"KP-{number:02d}" for number in range(no or 1, 10_000))
        return next(code for code in codes if code not in taken)
    words = re.sub(r"[^a-z0-9]+", "-", fold_text(name)).strip("-").upper()
    stem = f"{prefix}-{words.removeprefix(f'{prefix}-')[:40].strip('-')}"
    return next(
        code for number in range(1, 10_000) if (code := _number_code(stem, number)) not in taken
    )


def _number_code(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def make_observation_row(value: ExtractedValue, item: str, kind: str, source: Content) -> Row:
    """Return the row of one value of an item, in its one form."""
    row: ObservationRow = {
        "item": item,
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
        "raw": value.raw.strip(),
        "note": "",
        "chapter": get_chapter(kind),
        **make_provenance(value.place, value.confidence, source),
    }
    return normalise_row(row, "observations")


def make_place_row(commune: PlacedCommune, item: str, kind: str, source: Content) -> PlaceRow:
    """Return the row of one commune that an item lies in."""
    return {
        "item": item,
        "commune": commune.code,
        "how": commune.how,
        "certainty": commune.certainty,
        "raw": commune.raw,
        "doc": source["doc"],
        "line": commune.place.line_from,
        "note": _describe_slivers(commune.left_out),
        "chapter": get_chapter(kind),
        **make_provenance(commune.place, commune.confidence, source),
    }


def _describe_slivers(codes: Sequence[str]) -> str:
    """Return which other communes have a sliver of the former one that a document names."""
    if not codes:
        return ""
    communes = load_gazetteer().communes.set_index("code")["name"]
    return t("store.place.slivers", names=", ".join(communes.loc[list(codes)]))


def make_clearance_row(
    statement: ClearanceStatement, item: str | None, source: Content
) -> ClearanceRow:
    """Return the row of a statement about land, of an item or of none."""
    return {
        "clearance": _make_row_id(
            "CL",
            source,
            statement.place,
            statement.commune,
            statement.category,
            statement.statement,
        ),
        "period": source["period"],
        "doc": source["doc"],
        "line_from": statement.place.line_from,
        "line_to": statement.place.line_to,
        "commune": statement.commune,
        "item": item,
        "category": statement.category,
        "statement": statement.statement,
        "raw": statement.raw,
        "asked_to_act": statement.asked_to_act,
        "area_ha": None,
        "households": None,
        "note": "",
        **make_provenance(statement.place, 1.0, source),
    }


def make_indicator_row(count: Indicator, source: Content) -> IndicatorRow:
    """Return the row of a count that the report states."""
    identity = (count.subject, count.measure, f"{count.value:g}", count.raw)
    return {
        "indicator": _make_row_id("IN", source, count.place, *identity),
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
        **make_provenance(count.place, 1.0, source),
    }


def make_provenance(place: SourcePlace, confidence: float, source: Content) -> SourcedRow:
    """Return where in the document a row stands and how surely it was read."""
    return {
        "page": place.page,
        "table_no": place.table,
        "row_no": place.row,
        "column_no": place.column,
        "confidence": float(confidence),
        "parser_version": source["parser_version"],
    }


def make_period_row(period: str, as_of: str) -> PeriodRow | None:
    """Return the row of a period (``2026``, ``2026-Q1``, ``2026-H1``, ``2026-05``) or ``None``.

    ``as_of`` is the day that a report of it says it speaks of ('' where it does not). A part of a
    year is then known at its end; a whole year at its beginning, for what reports on none of its
    parts is the year's programme.
    """
    match = _PERIOD.fullmatch(period)
    span = _get_period_span(period) if match else None
    if not match or span is None:
        return None
    year, quarter, half, month = match.groups()
    values = {"year": year, "number": month and int(month)}
    kind = "year"
    if quarter:
        kind, values["number"] = "quarter", _ROMAN[int(quarter) - 1]
    elif half:
        kind = f"half_{half}"
    elif month:
        kind, values["month"] = "month", date(2000, int(month), 1).strftime("%B")
    start, end = span
    known = as_of if is_day(as_of) else (start if kind == "year" else end).isoformat()
    return {
        "period": period,
        "label_vi": t(f"store.period.{kind}", "vi", **values),
        "label_en": t(f"store.period.{kind}", "en", **values),
        "start": start.isoformat(),
        "as_of": known,
    }


def _get_period_span(period: str) -> tuple[date, date] | None:
    year = period[:4]
    if period.endswith("-H1"):
        return date(int(year), 1, 1), date(int(year), 6, 30)
    if period.endswith("-H2"):
        return date(int(year), 7, 1), date(int(year), 12, 31)
    return parse_span(period)


def find_bad_column(row: Content, table: str) -> str:
    """Return the column of a row that is not what the schema asks for, '' when all are."""
    for name in find_range_faults(row, table):
        return name
    for column in ALL_TABLES[table].columns:
        text = format_cell(row[column.name])
        if text != PENDING and find_cell_fault(text, column):
            return column.name
    if table == "observations" and find_cell_fault(str(row["value"]), FIELDS[row["field"]]):
        return "value"
    return ""


def _make_row_id(prefix: str, source: Content, place: SourcePlace, *parts: str) -> str:
    joined = "\x1f".join([source["doc"], str(place.line_from), str(place.column), *parts])
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:10]}"

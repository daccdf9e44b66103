"""An extraction in writing: the JSON of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from reports.model.head.document_scope import read_document_scope
from reports.model.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.model.document import Document, SourcePlace
    from reports.model.extraction import ExtractedValue, Extraction, PlacedCommune, ProjectRow
    from reports.model.statement import Mood

_SHARES: Final = ("clearance_pct", "construction_pct")
_FINISHES: Final = frozenset({"milestone_inauguration", "milestone_finish"})


def extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    """Return the extraction as plain data; the keys are those of ``python -m reports extract``."""
    return {
        "document": _dump_document(extraction.document),
        "parser_version": extraction.parser_version,
        "projects": [_dump_project(row) for row in extraction.projects],
        "tasks": [
            {
                "no": task.no,
                "name": task.name,
                "when_raw": task.when_raw,
                "milestones": _dump_milestones(task.values),
                "lead": _list_values(task.values, "lead"),
                "values": _dump_values(task.values),
                "source": _dump_source(task.place),
            }
            for task in extraction.tasks
        ],
        "indicators": [
            {**asdict(indicator), "place": _dump_place(indicator.place)}
            for indicator in extraction.indicators
        ],
        "clearance": [
            {**asdict(statement), "place": _dump_place(statement.place)}
            for statement in extraction.clearance
        ],
        "parks": [
            {
                "kind": park.kind,
                "zone": park.zone,
                "name": park.name,
                "name_raw": park.name_raw,
                "communes": [commune.code for commune in park.communes],
                "values": _dump_values(park.values),
                "place": _dump_place(park.place),
            }
            for park in extraction.parks
        ],
        "queue": [
            {
                "reason": entry.reason,
                "raw": entry.raw,
                "place": _dump_place(entry.place),
                "detail": entry.detail,
                "candidates": [list(candidate) for candidate in entry.candidates],
            }
            for entry in extraction.queue
        ],
        "statements": [
            *(_dump_statement(entry) for entry in extraction.reading.statements),
            *(_dump_statement(entry) for row in extraction.projects for entry in _state_row(row)),
        ],
        "unread": [
            {
                "line": entry.place.line_from,
                "sentence": entry.sentence,
                "left_over": [*entry.left_over, *map(_plain, entry.values)],
                "why": entry.why,
                "place": _dump_place(entry.place),
            }
            for entry in extraction.reading.unread
        ],
        "balance": {
            **asdict(extraction.balance),
            "exact": extraction.balance.exact and extraction.reading.balance.exact,
            "sentences": asdict(extraction.reading.balance),
        },
    }


def _plain(value: float | str) -> float | str:
    return value if isinstance(value, str) else _to_whole_number(value)


def _dump_statement(statement: Statement) -> dict[str, Any]:
    plain = asdict(statement)
    plain["value"] = _plain(statement.value)
    return plain | {"line": statement.place.line_from, "place": _dump_place(statement.place)}


def _state_row(row: ProjectRow) -> Iterator[Statement]:
    """Yield what a row of a project table says in the form of statements."""
    codes = tuple(commune.code for commune in row.communes)
    if codes:
        yield Statement(
            row.name, "project", "located_in", row.location_raw, row.location_raw, row.place,
            stated=row.location_raw, communes=codes,
        )  # fmt: skip
    for value in row.values:
        if value.field not in _ROW_FIELDS:
            continue
        name, mood, unit = _ROW_FIELDS[value.field]
        number = bool(unit)
        yield Statement(
            row.name, "project", name, float(value.value) if number else value.value, value.raw,
            value.place, stated=value.raw, unit=unit, qualifier=value.qualifier or "exact",
            mood=mood, when="" if number else value.value, communes=codes,
            detail=value.component or value.basis,
        )  # fmt: skip


_ROW_FIELDS: Final[dict[str, tuple[str, Mood, str]]] = {
    "investment_mvnd": ("investment", "measured", "triệu đồng"),
    "area_ha": ("area", "measured", "ha"),
    "actual_clearance_pct": ("clearance_pct", "done", "%"),
    "planned_clearance_pct": ("clearance_pct", "planned", "%"),
    "actual_construction_pct": ("construction_pct", "done", "%"),
    "planned_construction_pct": ("construction_pct", "planned", "%"),
    "milestone_start": ("start", "planned", ""),
    "milestone_inauguration": ("inauguration", "planned", ""),
    "milestone_finish": ("finish", "planned", ""),
    "status": ("status", "done", ""),
    "obstacle_text": ("obstacle", "done", ""),
    "asked_to_act": ("asked_to_act", "required", ""),
}
"""Fields of a project table's row as statements name them, with their mood and unit."""


def _dump_document(document: Document) -> dict[str, Any]:
    names = ("name", "sha256", "media", "pages", "title", "issuer", "issued", "as_of", "period")
    more = ("number", "dated", "area", "province")
    properties: dict[str, Any] = {name: getattr(document, name) for name in (*names, *more)}
    scope = {"scope": asdict(read_document_scope(document))}
    properties |= {"draft": document.draft, "signed": document.signed}
    return properties | {"messages": list(document.messages)} | scope


def _dump_project(row: ProjectRow) -> dict[str, Any]:
    return {
        "no": row.no,
        "group": row.group,
        "group_title": row.group_title,
        "funding": row.funding,
        "phase": row.phase,
        "name": row.name,
        "investment_mvnd": _parse_number(_get_first_value(row.values, "investment_mvnd")),
        "location_raw": row.location_raw,
        "communes": [commune.code for commune in row.communes],
        "places": [_dump_commune(commune) for commune in row.communes],
        "planned": {share: find_main_share(row.values, f"planned_{share}") for share in _SHARES},
        "actual": {share: find_main_share(row.values, f"actual_{share}") for share in _SHARES},
        "forecast": _get_first_value(row.values, "forecast") or None,
        "obstacles": _list_values(row.values, "obstacle"),
        "asked_to_act": _list_values(row.values, "asked_to_act"),
        "milestones": _dump_milestones(row.values),
        "source": _dump_source(row.place),
        "values": _dump_values(row.values),
    }


def find_main_share(values: Iterable[ExtractedValue], name: str) -> float | None:
    """Return the one percentage that a row gives for a field; ``None`` for none or several.

    Of the same progress told on two bases (40 % of the contracts, 19.3 % of the investment) the
    first is taken. Several parts that differ have no percentage in common: they are in ``values``.
    """
    shares = [value for value in values if value.field == name]
    preferred_values = [value for value in shares if value.basis != "total_investment"] or shares
    whole = [value for value in preferred_values if not value.component]
    chosen = whole or preferred_values
    numbers = {float(value.value) for value in chosen}
    return _to_whole_number(numbers.pop()) if len(numbers) == 1 else None


def _dump_milestones(values: Iterable[ExtractedValue]) -> list[dict[str, str]]:
    milestones: dict[tuple[str, str], None] = {}
    for value in values:
        if value.field == "milestone_start":
            milestones["start", value.value] = None
        elif value.field in _FINISHES:
            milestones["finish", value.value] = None
    return [{"kind": kind, "when": when} for kind, when in milestones]


def _dump_values(values: Sequence[ExtractedValue]) -> list[dict[str, Any]]:
    return [{**asdict(value), "place": _dump_place(value.place)} for value in values]


def _dump_commune(commune: PlacedCommune) -> dict[str, Any]:
    plain = asdict(commune) | {"place": _dump_place(commune.place)}
    return plain if commune.left_out else {k: v for k, v in plain.items() if k != "left_out"}


def _dump_place(place: SourcePlace) -> dict[str, int]:
    return {name: number for name, number in asdict(place).items() if number}


def _dump_source(place: SourcePlace) -> dict[str, int]:
    return _dump_place(place) | {"from_line": place.line_from, "to_line": place.line_to}


def _get_first_value(values: Iterable[ExtractedValue], name: str) -> str:
    return next((value.value for value in values if value.field == name), "")


def _list_values(values: Iterable[ExtractedValue], name: str) -> list[str]:
    return list(dict.fromkeys(value.value for value in values if value.field == name))


def _parse_number(text: str) -> float | int | None:
    return _to_whole_number(float(text)) if text else None


def _to_whole_number(number: float) -> float | int:
    return int(number) if number.is_integer() else number

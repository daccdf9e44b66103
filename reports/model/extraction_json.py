"""An extraction in writing: the JSON of the command line, and a summary for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Document, Place
    from reports.model.extraction import Extraction, PlacedCommune, ProjectRow, Value

_SHARES: Final = ("clearance_pct", "construction_pct")
_FINISHES: Final = frozenset({"milestone_inauguration", "milestone_finish"})


def as_json(extraction: Extraction) -> dict[str, Any]:
    """Return the extraction as plain data; the keys are those of ``python -m reports extract``."""
    return {
        "document": _document(extraction.document),
        "parser_version": extraction.parser_version,
        "projects": [_project(row) for row in extraction.projects],
        "tasks": [
            {
                "no": task.no,
                "name": task.name,
                "when_raw": task.when_raw,
                "milestones": _milestones(task.values),
                "asked_to_act": _all(task.values, "asked_to_act"),
                "values": _values(task.values),
                "source": _source(task.place),
            }
            for task in extraction.tasks
        ],
        "indicators": [
            {**asdict(one), "place": _place(one.place)} for one in extraction.indicators
        ],
        "clearance": [{**asdict(one), "place": _place(one.place)} for one in extraction.clearance],
        "parks": [
            {
                "kind": park.kind,
                "zone": park.zone,
                "name": park.name,
                "name_raw": park.name_raw,
                "communes": [one.code for one in park.communes],
                "values": _values(park.values),
                "place": _place(park.place),
            }
            for park in extraction.parks
        ],
        "queue": [
            {
                "reason": entry.reason,
                "raw": entry.raw,
                "place": _place(entry.place),
                "detail": entry.detail,
                "candidates": [list(candidate) for candidate in entry.candidates],
            }
            for entry in extraction.queue
        ],
        "balance": {**asdict(extraction.balance), "exact": extraction.balance.exact},
        "not_understood": extraction.not_understood,
    }


def summary(extraction: Extraction) -> str:
    """Return what was read, in a few lines, with the balance of the table lines."""
    document, balance = extraction.document, extraction.balance
    lines = [
        t("reports.summary.title", title=document.title or document.name),
        t("reports.summary.dates", period=document.period or "–", as_of=document.as_of or "–"),
        t(
            "reports.summary.found",
            projects=len(extraction.projects),
            indicators=len(extraction.indicators),
            clearance=len(extraction.clearance),
            parks=len(extraction.parks),
            queue=len(extraction.queue),
        ),
        t("reports.summary.balance", **asdict(balance)),
        t("reports.summary.exact" if balance.exact else "reports.summary.not_exact"),
        t("reports.summary.not_understood", count=extraction.not_understood),
        *document.messages,
    ]
    return "\n".join(lines) + "\n"


def _document(document: Document) -> dict[str, Any]:
    names = ("name", "sha256", "media", "pages", "title", "issuer", "issued", "as_of", "period")
    told: dict[str, Any] = {name: getattr(document, name) for name in names}
    return told | {"draft": document.draft, "messages": list(document.messages)}


def _project(row: ProjectRow) -> dict[str, Any]:
    return {
        "no": row.no,
        "group": row.group,
        "group_title": row.group_title,
        "funding": row.funding,
        "phase": row.phase,
        "name": row.name,
        "investment_mvnd": _number(_first(row.values, "investment_mvnd")),
        "location_raw": row.location_raw,
        "communes": [one.code for one in row.communes],
        "places": [_commune(one) for one in row.communes],
        "planned": {share: main_share(row.values, f"planned_{share}") for share in _SHARES},
        "actual": {share: main_share(row.values, f"actual_{share}") for share in _SHARES},
        "forecast": _first(row.values, "forecast") or None,
        "obstacles": _all(row.values, "obstacle"),
        "asked_to_act": _all(row.values, "asked_to_act"),
        "milestones": _milestones(row.values),
        "source": _source(row.place),
        "values": _values(row.values),
    }


def main_share(values: Iterable[Value], name: str) -> float | None:
    """Return the one percentage that a row gives for a field; ``None`` for none or several.

    Of the same progress told on two bases (40 % of the contracts, 19.3 % of the investment) the
    first is taken. Several parts that differ have no percentage in common: they are in ``values``.
    """
    found = [value for value in values if value.field == name]
    told = [value for value in found if value.basis != "total_investment"] or found
    whole = [value for value in told if not value.component]
    chosen = whole or told
    numbers = {float(value.value) for value in chosen}
    return _whole(numbers.pop()) if len(numbers) == 1 else None


def _milestones(values: Iterable[Value]) -> list[dict[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for value in values:
        if value.field == "milestone_start":
            found["start", value.value] = None
        elif value.field in _FINISHES:
            found["finish", value.value] = None
    return [{"kind": kind, "when": when} for kind, when in found]


def _values(values: Sequence[Value]) -> list[dict[str, Any]]:
    return [{**asdict(value), "place": _place(value.place)} for value in values]


def _commune(one: PlacedCommune) -> dict[str, Any]:
    return {**asdict(one), "place": _place(one.place)}


def _place(place: Place) -> dict[str, int]:
    return {name: number for name, number in asdict(place).items() if number}


def _source(place: Place) -> dict[str, int]:
    return _place(place) | {"from_line": place.line_from, "to_line": place.line_to}


def _first(values: Iterable[Value], name: str) -> str:
    return next((value.value for value in values if value.field == name), "")


def _all(values: Iterable[Value], name: str) -> list[str]:
    return list(dict.fromkeys(value.value for value in values if value.field == name))


def _number(text: str) -> float | int | None:
    return _whole(float(text)) if text else None


def _whole(number: float) -> float | int:
    return int(number) if number.is_integer() else number

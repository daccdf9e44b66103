"""The facts of ``data/facts`` in one form, to be compared with what reading alone gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from benchmarks.reading.naming import is_most
from benchmarks.reading.values import list_words
from geo.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.facts_files.curated import CuratedFacts

_FIELDS: Final = {
    "investment_mvnd": ("triệu đồng", "investment"),
    "land_payment_mvnd": ("triệu đồng", "land_payment"),
    "area_ha": ("ha", "area"),
    "planned_clearance_pct": ("%", ""),
    "actual_clearance_pct": ("%", ""),
    "planned_construction_pct": ("%", ""),
    "actual_construction_pct": ("%", ""),
    "physical_done": ("", ""),
    "status": ("", "established_on approved_on start inauguration"),
    "milestone_start": ("", "start milestone"),
    "milestone_inauguration": ("", "inauguration finish"),
    "milestone_finish": ("", "finish deadline milestone inauguration works_from_to"),
    "obstacle": ("", "clearance_delayed"),
    "obstacle_text": ("", "obstacle clearance_delayed"),
    "asked_to_act": ("", "lead"),
    "lead": ("", "asked_to_act"),
    "request_text": ("", "asked_to_act deadline planned_work"),
}
"""By field: its unit, and the statement fields that it may be read as besides its own name."""
_COUNTED_AS: Final = {
    "project": "count physical_done",
    "park": "count",
    "cluster": "count",
    "dwelling": "dwellings count",
    "percent": "disbursed_pct pct",
    "ha": "area industrial_land",
    "million_vnd": (
        "investment disbursed planned_disbursement disbursement_target allocated "
        "land_payment money remaining_money"
    ),
    "rank": "count",
}
_UNITS: Final = {"percent": "%", "ha": "ha", "million_vnd": "triệu đồng", "km": "km"}
_OPEN_TEXTS: Final = frozenset({"planned_work", "result_text"})
"""Texts that any statement of the item may carry: its sentence is what counts."""
_OF_WHOLE: Final = re.compile(r"Toàn (?:tuyến|bộ)\s")
_LIES_IN: Final = re.compile(r"\s(?:thuộc|trong|tại|ở)\s")
_LINE: Final = re.compile(r"(?<=dòng )\d+|(?<=\d[-–])\d+(?=\))")


@dataclass(frozen=True)
class CuratedFact:
    """One fact of the tables: where it stands, what it is about, what it says.

    ``form`` is how ``value`` is compared; ``fields`` are the fields of rows and statements that
    it may be read as, none for any. ``communes`` of a place are all that the item has. ``cited``
    are the report's own words of it, ``noted`` further lines that its note names ("Nhiệm vụ nêu ở
    dòng 77"). ``unstated`` says why no report states it, '' for one that does.
    """

    table: str
    field: str
    doc: str
    lines: tuple[int, int]
    form: str
    value: float | str
    unit: str = ""
    total: float | None = None
    items: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    component: str = ""
    many: bool = False
    cited: str = ""
    noted: tuple[int, ...] = ()
    unstated: str = ""


def list_curated_facts(facts: CuratedFacts) -> list[CuratedFact]:
    """Return every observation, count, clearance statement and place of the tables."""
    items = {row["item"]: row for row in facts.items.to_dict("records")}
    misread = {
        (row["doc"], row["raw"])
        for row in facts.corrections.to_dict("records")
        if re.search(r"\d", row["raw"])
    }
    return [
        *_list_observations(facts, items),
        *_list_indicators(facts, misread),
        *_list_clearance(facts, items),
        *_list_places(facts, items),
    ]


def _list_observations(facts: CuratedFacts, items: dict[str, Any]) -> Iterator[CuratedFact]:
    from reports.model.schema import FIELDS  # noqa: PLC0415 - of this table only

    for row in facts.observations.to_dict("records"):
        field, schema = row["field"], FIELDS[row["field"]]
        unit, others = _FIELDS.get(field, ("", ""))
        forms = {"number": "number", "when": "time", "word": "word"}
        open_text = field in _OPEN_TEXTS
        yield CuratedFact(
            "observations",
            field,
            row["doc"],
            _lines(row),
            forms.get(schema.kind, "words"),
            float(row["number"]) if schema.kind == "number" else row["value"],
            unit or _UNITS.get(row["unit"], ""),
            _total(row["total"]),
            *_about(row, items),
            frozenset() if open_text else frozenset({field, *others.split()}),
            component=row["component"],
            many=schema.many,
            cited=row["raw"],
            noted=_noted(row),
        )


def _list_indicators(
    facts: CuratedFacts, misread: Collection[tuple[str, str]]
) -> Iterator[CuratedFact]:
    for row in facts.indicators.to_dict("records"):
        name = f"{row['subject']}.{row['measure']}"
        yield CuratedFact(
            "indicators",
            row["subject"],
            row["doc"],
            _lines(row),
            "number",
            float(row["value"]),
            _UNITS.get(row["unit"], ""),
            _total(row["total"]),
            fields=frozenset({name, *_COUNTED_AS.get(row["unit"], "").split()}),
            cited=row["raw"],
            unstated="corrected" if (row["doc"], row["raw"]) in misread else "",
        )


def _list_clearance(facts: CuratedFacts, items: dict[str, Any]) -> Iterator[CuratedFact]:
    for row in facts.clearance.to_dict("records"):
        yield CuratedFact(
            "clearance",
            "clearance",
            row["doc"],
            _lines(row),
            "category",
            row["category"],
            "",
            None,
            *(_about(row, items) if row["item"] else (frozenset(), ())),
            frozenset({"clearance", "clearance_delayed", "obstacle"}),
            frozenset({row["commune"]} - {""}),
            cited=row["raw"],
            noted=_noted(row),
        )


def _list_places(facts: CuratedFacts, items: dict[str, Any]) -> Iterator[CuratedFact]:
    every: dict[str, set[str]] = {}
    rows = facts.places.to_dict("records")
    for row in rows:
        every.setdefault(row["item"], set()).add(row["commune"])
    for row in rows:
        line = int(row["line"]) if row["doc"] else 0
        yield CuratedFact(
            "places",
            row["how"],
            row["doc"],
            (line, line),
            "place",
            row["commune"],
            "",
            None,
            *_about(row, items),
            communes=frozenset(every[row["item"]]),
            cited=row["raw"],
            unstated=row["how"] if not row["doc"] or row["how"] == "public_source" else "",
        )


def _about(row: dict[str, Any], items: dict[str, Any]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the ids of a fact's thing, and its names, that of the whole it is told of too."""
    item = items[row["item"]]
    names = [item["name"], item["name_raw"]]
    if _OF_WHOLE.match(row.get("component", "")):
        names.append(row["component"])
    zone = {item["zone"]} if item["zone"] and _is_zone(item) else set()
    return frozenset({row["item"], *zone}), tuple(names)


def _is_zone(item: dict[str, Any]) -> bool:
    """Return True for an item that is its zone, not one that lies in it."""
    name = _zone_names().get(item["zone"], "")
    if not name or item["item"] == item["zone"]:
        return True
    return is_most(list_words(name), list_words(_LIES_IN.split(item["name"])[0]), 0.6)


@cache
def _zone_names() -> dict[str, str]:
    zones = load_gazetteer().zones
    return dict(zip(zones["zone"], zones["name"], strict=True))


def _noted(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(map(int, _LINE.findall(row["note"])))


def _lines(row: dict[str, Any]) -> tuple[int, int]:
    return int(row["line_from"]), int(row["line_to"])


def _total(cell: Any) -> float | None:
    number = float(cell) if str(cell) not in {"", "nan", "<NA>"} else None
    return None if number is None or number != number else number  # noqa: PLR0124 - not a number

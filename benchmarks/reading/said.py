"""What reading one report alone gives, flat: rows, parks, counts, clearance, statements, questions.

The report is read by a new process with an empty state folder and a copy of ``data/`` that has no
``facts/``, so that nothing typed in by hand can help.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.paths import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNITS: Final = {"million_vnd": "triệu đồng", "percent": "%"}
_SHARES: Final = ("construction_pct", "clearance_pct")
_DONE: Final = frozenset({"done", "measured"})
_STATES: Final = {
    "established_on": "established",
    "approved_on": "approved",
    "start": "started",
    "inauguration": "inaugurated",
}
"""The state that an item is in once such a thing is done."""
_FIRST_QUARTER: Final = "q1-2026"
"""The document whose project table numbers the key projects as the facts do."""


@dataclass(frozen=True)
class SaidValue:
    """One thing that the reading says, sure of it or asking.

    ``field`` is that of a row or of a statement (percentages of one are ``planned_…`` or
    ``actual_…`` by its mood); ``items`` are the ids of what it is about, ``about`` its names.
    """

    doc: str
    lines: tuple[int, int]
    field: str
    value: float | str
    unit: str = ""
    total: float | None = None
    when: str = ""
    about: str = ""
    items: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    words: str = ""
    bodies: str = ""
    detail: str = ""
    state: str = ""
    sure: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOver:
    """What the reading lists as not understood on some lines."""

    doc: str
    lines: tuple[int, int]
    parts: tuple[str, ...]


@contextmanager
def prepare_bare_data() -> Iterator[Mapping[str, str]]:
    """Give the environment of a program with an empty state folder and no facts."""
    with tempfile.TemporaryDirectory() as folder:
        data, state = Path(folder, "data"), Path(folder, "state")
        shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("facts"))
        state.mkdir()
        yield {**os.environ, "HPMAP_DATA_DIR": str(data), "HPMAP_STATE_DIR": str(state)}


def read_report(
    doc: str, file: Path, environment: Mapping[str, str]
) -> tuple[list[SaidValue], list[LeftOver]]:
    """Return what a report says when it is read in an environment."""
    command = [sys.executable, "-m", "reports", "extract", str(file), "--json"]
    done = subprocess.run(  # noqa: S603 - the program itself
        command, check=True, capture_output=True, cwd=ROOT, env=dict(environment)
    )
    found = json.loads(done.stdout)
    said = [
        *_list_rows(doc, found),
        *_list_counts(doc, found),
        *(_from_statement(doc, one) for one in found["statements"]),
        *(_from_question(doc, one) for one in found["queue"]),
    ]
    left = [
        LeftOver(doc, _lines(one["place"]), tuple(map(str, one["left_over"])))
        for one in found["unread"]
    ]
    return said, left


def _lines(place: dict[str, int]) -> tuple[int, int]:
    return place["line_from"], max(place["line_from"], place["line_to"])


def _list_rows(doc: str, found: dict[str, Any]) -> Iterator[SaidValue]:
    """Yield the values and communes of project rows, tasks and parks."""
    for row in found["projects"]:
        items = frozenset({f"KP-{row['no']:02}"} if doc == _FIRST_QUARTER else ())
        codes = frozenset(row["communes"])
        yield SaidValue(
            doc, _lines(row["source"]), "located_in", row["location_raw"],
            about=row["name"], items=items, communes=codes,
        )  # fmt: skip
        for value in row["values"]:
            yield _from_value(doc, value, row["name"], items)
    for task in found["tasks"]:
        for value in task["values"]:
            yield _from_value(doc, value, task["name"], frozenset())
    for park in found["parks"]:
        names, items = f"{park['name']} {park['name_raw']}", frozenset({park["zone"]} - {""})
        place = _lines(park["place"])
        codes = frozenset(park["communes"])
        yield SaidValue(doc, place, "located_in", "", about=names, items=items, communes=codes)
        for value in park["values"]:
            yield _from_value(doc, value, names, items)


def _from_value(doc: str, value: dict[str, Any], name: str, items: frozenset[str]) -> SaidValue:
    return SaidValue(
        doc,
        _lines(value["place"]),
        value["field"],
        _to_number(value["value"], value["field"]),
        _UNITS.get(value["unit"], value["unit"]),
        float(value["total"]) if value["total"] else None,
        about=name,
        items=items,
        words=value["raw"],
        bodies=value["value"],
        detail=value["component"],
    )


def _list_counts(doc: str, found: dict[str, Any]) -> Iterator[SaidValue]:
    """Yield counts (their field is subject and measure) and clearance statements."""
    for one in found["indicators"]:
        yield SaidValue(
            doc, _lines(one["place"]), f"{one['subject']}.{one['measure']}", one["value"],
            _UNITS.get(one["unit"], one["unit"]), one["total"], words=one["raw"],
        )  # fmt: skip
    for one in found["clearance"]:
        number = one["project_no"]
        yield SaidValue(
            doc, _lines(one["place"]), "clearance", one["category"],
            items=frozenset({f"KP-{number:02}"} if number else ()),
            communes=frozenset({one["commune"]} - {""}),
            words=one["raw"], bodies=one["asked_to_act"],
        )  # fmt: skip


def _from_statement(doc: str, one: dict[str, Any]) -> SaidValue:
    field, done = one["field"], one["mood"] in _DONE
    if field in _SHARES:
        field = f"{'actual' if done else 'planned'}_{field}"
    sentence = " ".join((one["stated"], str(one["value"]), one["detail"], one["sentence"]))
    return SaidValue(
        doc,
        _lines(one["place"]),
        field,
        one["cause"] if field in {"obstacle", "clearance_delayed"} else one["value"],
        one["unit"],
        one["total"],
        one["when"],
        one["subject"],
        frozenset({one["item"]} - {""}),
        frozenset(one["communes"]),
        sentence,
        " ".join((str(one["value"]), *one["bodies"])),
        one["detail"],
        # A plan of a thing that is approved is no approval of the thing.
        _STATES.get(field, "") if done and not one["detail"] else "",
        one["status"] == "sure",
        tuple(map(str, one["candidates"])),
    )


def _from_question(doc: str, one: dict[str, Any]) -> SaidValue:
    offered = tuple(str(text) for text, _ in one["candidates"])
    return SaidValue(
        doc, _lines(one["place"]), "", "", words=one["raw"], sure=False, candidates=offered
    )


def _to_number(text: str, field: str) -> float | str:
    """Return a row's value as a number; a time stays as it is written, a year too."""
    if field.startswith("milestone"):
        return text
    try:
        return float(text)
    except ValueError:
        return text

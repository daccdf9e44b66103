"""Rows of a table of tasks: who leads, and the starts and completions that it sets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.grammar.bodies import find_lead_bodies
from reports.grammar.milestone import find_milestones, find_times
from reports.model.extraction import ExtractedValue, TaskRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.grammar.milestone import Milestone
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_START: Final = re.compile(r"khoi cong|dong tho")
_FINISH: Final = re.compile(
    r"hoan thanh (?:va dua|viec xay dung|xay dung)|dua (?:cong trinh )?vao (?:su dung|van hanh)"
)
_ONLY_TIME: Final = re.compile(
    r"(?:trong |truoc )?(?:quy|thang|nam|ngay) [ivx\d/]+(?: ?,? nam 20\d\d)?"
)
_PART: Final = re.compile(r"\b(?:ben|doan|goi thau|giai doan|khu) [\w, -]*?\d(?=\s)")
_STATED: Final = 0.95
_COMBINED: Final = 0.85
"""Where the event stands in one column and the time in another."""


def read_tasks(table: StitchedTable, geocoder: Geocoder, as_of: date | None) -> tuple[TaskRow, ...]:
    """Return the rows of a table that has a column of leading bodies; () for any other table."""
    if "lead" not in table.keys or "name" not in table.keys:
        return ()
    return tuple(
        _read_task(table, row, geocoder, as_of)
        for row in table.rows
        if row.kind == "row" and row.number is not None
    )


def _read_task(
    table: StitchedTable, row: StitchedRow, geocoder: Geocoder, as_of: date | None
) -> TaskRow:
    when = row.cell(table.column("when")).text
    values = [*_read_milestones(table, row, when), *_read_leads(table, row, geocoder, as_of)]
    return TaskRow(
        no=row.number or 0,
        name=normalise_spelling(row.cell(table.column("name")).text),
        when_raw=" ".join(when.split()),
        values=tuple(values),
        place=row.place,
    )


def _read_milestones(table: StitchedTable, row: StitchedRow, when: str) -> Iterator[ExtractedValue]:
    column = table.column("when")
    cell = row.cell(column)
    if column is None or not cell.text:
        return
    place, heading = cell.place, table.headings[column]
    milestones = list(_find_by_clause(when))
    for milestone in milestones:
        yield ExtractedValue(
            f"milestone_{milestone.kind}",
            milestone.when,
            milestone.raw,
            place,
            heading,
            component=_find_part(milestone.raw),
            qualifier=milestone.qualifier,
            confidence=_STATED,
        )
    if milestones:
        return
    task = fold_text(
        f"{row.cell(table.column('product')).text}; {row.cell(table.column('name')).text}"
    )
    kind = "start" if _START.search(task) else "finish" if _FINISH.search(task) else ""
    if kind and _ONLY_TIME.fullmatch(fold_text(when).strip(" .;-")):
        for value, raw in list(find_times(when))[:1]:
            yield ExtractedValue(
                f"milestone_{kind}", value, raw, place, heading, confidence=_COMBINED
            )


def _find_by_clause(when: str) -> Iterator[Milestone]:
    """Yield the milestones of a cell; a clause with a time alone goes on with the event before."""
    last: Milestone | None = None
    for clause in re.split(r"[;\n]", when):
        milestones = list(find_milestones(clause))
        lead = clause[: milestones[0].start] if milestones else clause
        if last is not None and _PART.search(fold_text(lead)):
            for value, _ in list(find_times(lead))[:1]:
                yield replace(last, when=value, raw=lead.strip(" ,"))
        yield from milestones
        last = milestones[0] if milestones else last


def _find_part(raw: str) -> str:
    """Return the part of the works that a milestone names ("bến 7-8")."""
    match = _PART.search(fold_text(raw))
    return raw[match.start() : match.end()] if match and len(fold_text(raw)) == len(raw) else ""


def _read_leads(
    table: StitchedTable, row: StitchedRow, geocoder: Geocoder, as_of: date | None
) -> Iterator[ExtractedValue]:
    column = table.column("lead")
    cell = row.cell(column)
    if column is None or not cell.text:
        return
    for body in find_lead_bodies(cell.text, geocoder, as_of):
        yield ExtractedValue(
            "lead", body, cell.text, cell.place, table.headings[column], confidence=0.9
        )

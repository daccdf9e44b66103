"""The things that a report names, taken for items, and the rows that speak of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.imports.plan.fact_rows import (
    LOW,
    PENDING,
    find_bad_column,
    list_subjects,
    make_clearance_row,
    make_indicator_row,
    make_item_code,
    make_item_row,
    make_observation_row,
    make_place_row,
)
from store.imports.plan.matching import (
    ItemMatch,
    collect_known_names,
    get_kind_group,
    match_item,
    normalise_name,
)
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.document import SourcePlace
    from reports.model.extraction import Extraction
    from store.audit.rows import Content, Row
    from store.imports.plan.fact_rows import ReportSubject

READ: Final = "read"
TABLES: Final = ("observations", "places", "clearance", "indicators")
_ITEM_COLUMNS: Final = ("item", "kind", "name", "name_raw", "zone")


@dataclass
class ExtractedItems:
    """What was made of an extraction.

    ``new`` are rows of items not known before. ``rows`` by table are ready to be added; what is to
    be asked first is in ``questions``, with the rows that wait for the answer. ``matches`` says
    of every name what it was taken for; ``spans`` of every thing, where it stands in the document.
    """

    new: list[Row] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    questions: list[ReviewRow] = field(default_factory=list)
    matches: list[tuple[str, ItemMatch]] = field(default_factory=list)
    spans: list[tuple[SourcePlace, str, str]] = field(default_factory=list)


def extract_items(
    read: Extraction, items: Sequence[Content], aliases: Mapping[str, str], source: Content
) -> ExtractedItems:
    """Return the rows of an extraction; ``source`` has ``doc``, ``period``, ``parser_version``."""
    made = ExtractedItems()
    frame = pd.DataFrame(
        [[row[name] for name in _ITEM_COLUMNS] for row in items], columns=list(_ITEM_COLUMNS)
    )
    gazetteer = load_gazetteer()
    known = collect_known_names(frame, gazetteer.zones, aliases)
    taken = set(frame["item"])
    taken |= set(gazetteer.zones["zone"])
    by_number: dict[int, _NumberedRow] = {}
    fresh: dict[tuple[str, str], str] = {}
    for subject in list_subjects(read):
        match = match_item((subject.name, subject.name_raw), subject.kind, known)
        made.matches.append((subject.name, match))
        code = match.item
        if match.how == "new":
            named = (get_kind_group(subject.kind), normalise_name(subject.name))
            zone = code
            code = fresh.get(named, "") or code
            if not code:
                code = make_item_code(subject.kind, subject.name, subject.no, taken)
            if code not in fresh.values():
                made.new.append(make_item_row(subject, code, zone))
                taken.add(code)
            fresh[named] = code
        made.spans.append((subject.place, code, subject.chapter))
        rows = _add_subject_rows(subject, code or PENDING, source, made)
        held: list[Row] = []
        if code:
            for table, row in rows:
                made.rows[table].append(row)
        else:
            held += [{"table": table, "content": row} for table, row in rows]
            made.questions.append(_make_item_question(subject, match, held, source))
        if subject.no:
            by_number[subject.no] = _NumberedRow(code, held)
    _add_statements(read, made, by_number, source)
    return made


@dataclass(frozen=True)
class _NumberedRow:
    """A row of the project table by its number: the item, or the rows that wait for it."""

    code: str
    held: list[Row]


def _add_subject_rows(
    subject: ReportSubject, item: str, source: Content, made: ExtractedItems
) -> list[tuple[str, Row]]:
    """Return the rows about one thing; what is unreadable or unsure becomes a question."""
    rows: list[tuple[str, Row]] = []
    for value in subject.said:
        row = make_observation_row(value, subject, source) | {"item": item}
        wrong = find_bad_column(row, "observations")
        if wrong or value.confidence < LOW:
            made.questions.append(
                ReviewRow(
                    reason="unreadable_value" if wrong else "low_confidence",
                    raw=value.raw,
                    doc=source["doc"],
                    period=source["period"],
                    detail=t("store.question.value", name=subject.name, field=value.field),
                    place=vars(value.place),
                    candidates=() if wrong else ((READ, value.confidence),),
                    payload={
                        "add": [{"table": "observations", "content": row}],
                        "name": subject.name,
                    },
                )
            )
        else:
            rows.append(("observations", row))
    for commune in subject.communes:
        row = make_place_row(commune, subject, source) | {"item": item}
        if not find_bad_column(row, "places"):
            rows.append(("places", row))
    return rows


def _make_item_question(
    subject: ReportSubject, match: ItemMatch, held: list[Row], source: Content
) -> ReviewRow:
    code = make_item_code(subject.kind, subject.name, subject.no, set())
    return ReviewRow(
        reason="uncertain_item",
        raw=subject.name_raw,
        doc=source["doc"],
        period=source["period"],
        detail=t("store.question.item", name=subject.name),
        place=vars(subject.place),
        candidates=match.candidates,
        payload={"add": held, "new_item": make_item_row(subject, code), "name": subject.name},
    )


def _add_statements(
    read: Extraction,
    made: ExtractedItems,
    by_number: Mapping[int, _NumberedRow],
    source: Content,
) -> None:
    for said in read.clearance:
        row = make_clearance_row(said, source)
        if find_bad_column(row, "clearance"):
            continue
        about = by_number.get(said.project_no or 0)
        if about and not about.code:
            about.held.append({"table": "clearance", "content": row})
        else:
            made.rows["clearance"].append(row | {"item": about.code if about else None})
    for count in read.indicators:
        row = make_indicator_row(count, source)
        if not find_bad_column(row, "indicators"):
            made.rows["indicators"].append(row)


def find_item_at(items: ExtractedItems, place: SourcePlace) -> tuple[str, str]:
    """Return the item whose row covers a place in the document, and its chapter ('' if none)."""
    for span, code, chapter in items.spans:
        if span.line_from <= place.line_from and place.line_to <= span.line_to:
            return code, chapter
    return "", ""

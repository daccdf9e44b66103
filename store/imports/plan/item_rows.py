"""What importing a report would bring: the rows about its items, and what is to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.rows import extract_content, make_row_key
from store.imports.plan.fact_rows import (
    LOW,
    PENDING,
    find_bad_column,
    get_chapter,
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reports.model.document import SourcePlace
    from reports.model.extraction import ExtractedValue, Extraction
    from reports.model.item_mention import NamedItem
    from store.audit.rows import Content, Row
    from store.imports.plan.differences import ImportDifference

READ: Final = "read"
TABLES: Final = ("observations", "places", "clearance", "indicators")
_NOT_ASKED: Final = frozenset({"other_source"})
"""Differences that are listed but need no decision."""


@dataclass
class ExtractedItems:
    """What was made of an extraction.

    ``new`` are rows of items not known before. ``rows`` by table are ready to be added; what is to
    be asked first is in ``questions``, with the rows that wait for the answer. ``matches`` says
    of every name what it was taken for; ``spans`` of every thing, where it stands in the document;
    ``named`` which item each thing is that is known to be one.
    """

    new: list[Content] = field(default_factory=list)
    rows: dict[str, list[Content]] = field(default_factory=lambda: {name: [] for name in TABLES})
    questions: list[ReviewRow] = field(default_factory=list)
    matches: list[tuple[str, ItemMatch]] = field(default_factory=list)
    spans: list[tuple[SourcePlace, str, str]] = field(default_factory=list)
    named: list[tuple[NamedItem, str]] = field(default_factory=list)

    def find_item_at(self, place: SourcePlace) -> tuple[str, str]:
        """Return the item whose row covers a place, and its chapter ('' if none)."""
        for span, code, chapter in self.spans:
            if span.line_from <= place.line_from and place.line_to <= span.line_to:
                return code, chapter
        return "", ""


def extract_items(
    read: Extraction, items: Sequence[Content], aliases: Mapping[str, str], source: Content
) -> ExtractedItems:
    """Return the rows of an extraction; ``source`` has ``doc``, ``period``, ``parser_version``."""
    made = ExtractedItems()
    zones = load_gazetteer().zones
    known = collect_known_names(items, zones, aliases)
    taken = {*known.items, *zones["zone"]}
    by_number: dict[int, tuple[str, list[Row]]] = {}
    fresh: dict[tuple[str, str], str] = {}
    named_items: list[NamedItem] = [*read.projects, *read.parks]
    for subject in named_items:
        match = match_item((subject.name, subject.name_raw), subject.kind, known)
        made.matches.append((subject.name, match))
        code = match.item
        if match.how == "new":
            named = (get_kind_group(subject.kind), normalise_name(subject.name))
            code = fresh.get(named, "") or code
            if not code:
                code = make_item_code(subject.kind, subject.name, subject.no, taken)
            if code not in fresh.values():
                made.new.append(make_item_row(subject, code, match.item))
                taken.add(code)
            fresh[named] = code
        made.spans.append((subject.place, code, get_chapter(subject.kind)))
        made.named += [(subject, code)] if code else []
        rows = list(make_subject_rows(subject, code or PENDING, source, made.questions))
        waiting: list[Row] = []
        if code:
            for table, row in rows:
                made.rows[table].append(row)
        else:
            waiting += [{"table": table, "content": row} for table, row in rows]
            made.questions.append(ask_item(subject, match, waiting, source))
        if subject.no:
            by_number[subject.no] = code, waiting
    _add_statements(read, made, by_number, source)
    return made


def make_subject_rows(
    subject: NamedItem, item: str, source: Content, questions: list[ReviewRow]
) -> Iterator[tuple[str, Content]]:
    """Yield the rows about one thing; what is unreadable or unsure is added to ``questions``."""
    for value in subject.values:
        row = make_observation_row(value, item, subject.kind, source)
        bad = find_bad_column(row, "observations")
        if bad or value.confidence < LOW:
            questions.append(_ask_value(subject, value, row, source, readable=not bad))
        else:
            yield "observations", row
    for commune in subject.communes:
        place = make_place_row(commune, item, subject.kind, source)
        if not find_bad_column(place, "places"):
            yield "places", place


def _ask_value(
    subject: NamedItem, value: ExtractedValue, row: Row, source: Content, *, readable: bool
) -> ReviewRow:
    return ReviewRow(
        reason="low_confidence" if readable else "unreadable_value",
        raw=value.raw,
        doc=source["doc"],
        period=source["period"],
        detail=t("store.question.value", name=subject.name, field=value.field),
        place=vars(value.place),
        candidates=((READ, value.confidence),) if readable else (),
        payload={"add": [{"table": "observations", "content": row}], "name": subject.name},
    )


def ask_item(
    subject: NamedItem, match: ItemMatch, waiting: list[Row], source: Content
) -> ReviewRow:
    """Return the question which item a thing is; ``waiting`` are the rows about it."""
    code = make_item_code(subject.kind, subject.name, subject.no, set())
    return ReviewRow(
        reason="uncertain_item",
        raw=subject.name_raw,
        doc=source["doc"],
        period=source["period"],
        detail=t("store.question.item", name=subject.name),
        place=vars(subject.place),
        candidates=match.candidates,
        payload={"add": waiting, "new_item": make_item_row(subject, code), "name": subject.name},
    )


def _add_statements(
    read: Extraction,
    made: ExtractedItems,
    by_number: Mapping[int, tuple[str, list[Row]]],
    source: Content,
) -> None:
    for statement in read.clearance:
        item, waiting = by_number.get(statement.project_no or 0, (None, []))
        row = make_clearance_row(statement, PENDING if item == "" else item, source)
        if find_bad_column(row, "clearance"):
            continue
        if item == "":
            waiting.append({"table": "clearance", "content": row})
        else:
            made.rows["clearance"].append(row)
    for count in read.indicators:
        indicator = make_indicator_row(count, source)
        if not find_bad_column(indicator, "indicators"):
            made.rows["indicators"].append(indicator)


def make_queue_questions(
    read: Extraction, items: ExtractedItems, source: Content, settled_places: Mapping[str, str]
) -> list[ReviewRow]:
    """Return the entries of the extraction's queue, each tied to the item in whose row it stands.

    A place that a person has settled before is asked with that answer as its first candidate.
    """
    asked_already = {
        (question.place.get("line_from"), question.raw)
        for question in items.questions
        if question.reason[0] != "u"
    }
    questions = []
    for entry in read.queue:
        if entry.reason == "low_confidence" and (entry.place.line_from, entry.raw) in asked_already:
            continue
        item, chapter = items.find_item_at(entry.place)
        settled = settled_places.get(normalise_name(entry.raw), "")
        before = ((settled, 1.0),) if settled else ()
        questions.append(
            ReviewRow(
                reason=entry.reason,
                raw=entry.raw,
                doc=source["doc"],
                period=source["period"],
                detail=entry.detail,
                place=vars(entry.place),
                candidates=(*before, *entry.candidates),
                payload={"item": item, "chapter": chapter},
            )
        )
    return questions


def make_difference_questions(
    differences: Iterable[ImportDifference], new_items: Mapping[str, Content], source: Content
) -> list[ReviewRow]:
    """Return one question per difference; what the reader did not find is asked item by item.

    ``new_items`` are rows of items that are only known once such a difference is accepted.
    """
    questions: list[ReviewRow] = []
    gaps: dict[tuple[str, str], list[ImportDifference]] = {}
    for difference in differences:
        if difference.why in _NOT_ASKED:
            continue
        if difference.why == "only_stored":
            gaps.setdefault((difference.table, difference.item), []).append(difference)
        else:
            questions.append(_make_question(difference.why, [difference], new_items, source))
    return [
        *questions,
        *(_make_question("reader_gap", group, new_items, source) for group in gaps.values()),
    ]


def _make_question(
    reason: str, group: list[ImportDifference], new_items: Mapping[str, Content], source: Content
) -> ReviewRow:
    first = group[0]
    rows = [difference.told for difference in group]
    fields = [f"{row.get('field') or row.get('commune') or row.get('subject')}" for row in rows]
    lines = [int(row.get("line_from") or row.get("line") or 0) for row in rows]
    ends = [int(row.get("line_to") or row.get("line") or 0) for row in rows]
    return ReviewRow(
        reason=reason,
        table=first.table,
        key=make_row_key(first.stored or first.told, first.table),
        raw=str(first.told.get("raw") or ""),
        doc=source["doc"],
        period=source["period"],
        detail=t(
            f"store.question.{reason}", item=first.item, what=", ".join(dict.fromkeys(fields))
        ),
        place={"line_from": min(lines), "line_to": max(ends)},
        payload={
            "item": first.item,
            "remove": [
                {
                    "table": difference.table,
                    "key": make_row_key(difference.stored, difference.table),
                }
                for difference in group
                if difference.stored
            ],
            "stored": [
                extract_content(difference.stored, difference.table)
                for difference in group
                if difference.stored
            ],
            "add": [
                *({"table": "items", "content": new} for new in _list_new_items(first, new_items)),
                *(
                    {
                        "table": difference.table,
                        "content": extract_content(difference.read, difference.table),
                    }
                    for difference in group
                    if difference.read
                ),
            ],
        },
    )


def _list_new_items(
    difference: ImportDifference, new_items: Mapping[str, Content]
) -> list[Content]:
    return [new_items[difference.item]] if difference.read and difference.item in new_items else []

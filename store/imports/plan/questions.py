"""Questions for the review queue: what the reading left open, and what differs from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.rows import extract_content, make_row_key
from store.imports.plan.item_rows import find_item_at
from store.imports.plan.matching import normalise_name
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.model.extraction import Extraction
    from store.audit.rows import Content
    from store.imports.plan.differences import ImportDifference
    from store.imports.plan.item_rows import ExtractedItems

_NOT_ASKED: Final = frozenset({"other_source"})
"""Differences that are listed but need no decision."""


def make_queue_questions(
    read: Extraction, items: ExtractedItems, source: Content, settled_places: Mapping[str, str]
) -> list[ReviewRow]:
    """Return the entries of the extraction's queue, each tied to the item in whose row it stands.

    A place that a person has settled before is asked with that answer as its first candidate.
    """
    asked_already = {
        (one.place.get("line_from"), one.raw) for one in items.questions if one.reason[0] != "u"
    }
    asked = []
    for entry in read.queue:
        if entry.reason == "low_confidence" and (entry.place.line_from, entry.raw) in asked_already:
            continue
        item, chapter = find_item_at(items, entry.place)
        settled = settled_places.get(normalise_name(entry.raw), "")
        before = ((settled, 1.0),) if settled else ()
        asked.append(
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
    return asked


def make_difference_questions(
    found: Iterable[ImportDifference], new_items: Mapping[str, Content], source: Content
) -> list[ReviewRow]:
    """Return one question per difference; what the reader did not find is asked item by item.

    ``new_items`` are rows of items that are only known once such a difference is accepted.
    """
    asked: list[ReviewRow] = []
    gaps: dict[tuple[str, str], list[ImportDifference]] = {}
    for one in found:
        if one.why in _NOT_ASKED:
            continue
        if one.why == "only_stored":
            gaps.setdefault((one.table, one.item), []).append(one)
        else:
            asked.append(_make_question(one.why, [one], new_items, source))
    return [
        *asked,
        *(_make_question("reader_gap", group, new_items, source) for group in gaps.values()),
    ]


def _make_question(
    reason: str, group: list[ImportDifference], new_items: Mapping[str, Content], source: Content
) -> ReviewRow:
    first = group[0]
    told = [
        f"{one.told.get('field') or one.told.get('commune') or one.told.get('subject')}"
        for one in group
    ]
    lines = [int(one.told.get("line_from") or one.told.get("line") or 0) for one in group]
    ends = [int(one.told.get("line_to") or one.told.get("line") or 0) for one in group]
    return ReviewRow(
        reason=reason,
        table=first.table,
        key=make_row_key(first.stored or first.told, first.table),
        raw=str(first.told.get("raw") or ""),
        doc=source["doc"],
        period=source["period"],
        detail=t(f"store.question.{reason}", item=first.item, what=", ".join(dict.fromkeys(told))),
        place={"line_from": min(lines), "line_to": max(ends)},
        payload={
            "item": first.item,
            "remove": [
                {"table": one.table, "key": make_row_key(one.stored, one.table)}
                for one in group
                if one.stored
            ],
            "stored": [extract_content(one.stored, one.table) for one in group if one.stored],
            "add": [
                *({"table": "items", "content": new} for new in _list_new_items(first, new_items)),
                *(
                    {"table": one.table, "content": extract_content(one.read, one.table)}
                    for one in group
                    if one.read
                ),
            ],
        },
    )


def _list_new_items(one: ImportDifference, new_items: Mapping[str, Content]) -> list[Content]:
    return [new_items[one.item]] if one.read and one.item in new_items else []

"""Questions for the review queue: what the reading left open, and what differs from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.rows import content_of, key_of
from store.imports.plan.item_rows import item_at
from store.imports.plan.matching import plain
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.model.extraction import Extraction
    from store.audit.rows import Content
    from store.imports.plan.differences import Difference
    from store.imports.plan.item_rows import ReadItems

_NOT_ASKED: Final = frozenset({"other_source"})
"""Differences that are listed but need no decision."""


def asked_of_queue(
    read: Extraction, items: ReadItems, source: Content, settled_places: Mapping[str, str]
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
        item, chapter = item_at(items, entry.place)
        settled = settled_places.get(plain(entry.raw), "")
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


def asked_of_differences(
    found: Iterable[Difference], new_items: Mapping[str, Content], source: Content
) -> list[ReviewRow]:
    """Return one question per difference; what the reader did not find is asked item by item.

    ``new_items`` are rows of items that are only known once such a difference is accepted.
    """
    asked: list[ReviewRow] = []
    gaps: dict[tuple[str, str], list[Difference]] = {}
    for one in found:
        if one.why in _NOT_ASKED:
            continue
        if one.why == "only_stored":
            gaps.setdefault((one.table, one.item), []).append(one)
        else:
            asked.append(_question(one.why, [one], new_items, source))
    return [*asked, *(_question("reader_gap", group, new_items, source) for group in gaps.values())]


def _question(
    reason: str, group: list[Difference], new_items: Mapping[str, Content], source: Content
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
        key=key_of(first.stored or first.told, first.table),
        raw=str(first.told.get("raw") or ""),
        doc=source["doc"],
        period=source["period"],
        detail=t(f"store.question.{reason}", item=first.item, what=", ".join(dict.fromkeys(told))),
        place={"line_from": min(lines), "line_to": max(ends)},
        payload={
            "item": first.item,
            "remove": [
                {"table": one.table, "key": key_of(one.stored, one.table)}
                for one in group
                if one.stored
            ],
            "stored": [content_of(one.stored, one.table) for one in group if one.stored],
            "add": [
                *({"table": "items", "content": new} for new in _items(first, new_items)),
                *(
                    {"table": one.table, "content": content_of(one.read, one.table)}
                    for one in group
                    if one.read
                ),
            ],
        },
    )


def _items(one: Difference, new_items: Mapping[str, Content]) -> list[Content]:
    return [new_items[one.item]] if one.read and one.item in new_items else []

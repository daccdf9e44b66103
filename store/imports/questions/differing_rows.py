"""Rows that the store has of a document otherwise than they are read from it: asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.rows import extract_content, make_row_key
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.audit.rows import Content
    from store.imports.plan.differences import ImportDifference

_NOT_ASKED: Final = frozenset({"other_source"})
"""Differences that are listed but need no decision."""


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

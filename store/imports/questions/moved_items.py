"""Items that a report's table places elsewhere than the store does: asked before accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.rows import make_row_key
from store.imports.plan.review_rows import ReviewRow, strip_origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row

MOVED: Final = "place_moved"


def hold_moved(
    changes: Sequence[RowChange],
    stored: Iterable[Row],
    listed: Collection[str],
    names: Mapping[str, str],
) -> tuple[list[RowChange], list[ReviewRow]]:
    """Return the changes without the places of items that would move, and the questions.

    An item moves where a row of the report's table (``listed`` are their items) names a commune
    that the store does not place it in. ``stored`` are the places that the store has.
    """
    known: dict[str, list[Row]] = {}
    for row in stored:
        known.setdefault(str(row["item"]), []).append(row)
    coming: dict[str, list[Content]] = {}
    for change in changes:
        if change.table == "places" and change.after and change.after["item"] in listed:
            coming.setdefault(str(change.after["item"]), []).append(change.after)
    moved = {
        item
        for item, rows in coming.items()
        if known.get(item) and _communes(rows) - _communes(known[item])
    }
    kept = [
        change
        for change in changes
        if not (change.table == "places" and change.after and change.after["item"] in moved)
    ]
    questions = [_make_question(item, known[item], coming[item], names) for item in sorted(moved)]
    return kept, questions


def _make_question(
    item: str, known: Sequence[Row], coming: Sequence[Content], names: Mapping[str, str]
) -> ReviewRow:
    first = coming[0]
    detail = t(
        "store.moved.of",
        name=names.get(item, item),
        before=_name_communes(known),
        now=_name_communes(coming),
    )
    return ReviewRow(
        reason=MOVED,
        raw="; ".join(dict.fromkeys(str(row["raw"]) for row in coming)),
        doc=str(first["doc"]),
        period="",
        detail=detail,
        place={"line_from": int(first["line"] or 0), "line_to": int(first["line"] or 0)},
        payload={
            "item": item,
            "remove": [
                {"table": "places", "key": make_row_key(row, "places")}
                for row in known
                if row["commune"] not in _communes(coming)
            ],
            "add": [
                {"table": "places", "content": strip_origin(row)}
                for row in coming
                if row["commune"] not in _communes(known)
            ],
        },
    )


def _communes(rows: Iterable[Content]) -> set[str]:
    return {str(row["commune"]) for row in rows}


def _name_communes(rows: Iterable[Content]) -> str:
    communes = load_gazetteer().commune_by_code
    return ", ".join(sorted(communes[code].name for code in _communes(rows)))

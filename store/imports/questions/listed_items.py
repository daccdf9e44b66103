"""Key projects that a report's list no longer names, or names again: in or out, a person says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.extraction import ExtractedValue
from store.analysis.list_standing import WHOLE_LIST
from store.facts.item_snapshot import REMOVED
from store.imports.plan.fact_rows import make_observation_row
from store.imports.plan.matching import KEY_PROJECT, THIN
from store.imports.plan.review_rows import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reports.model.document import SourcePlace
    from store.audit.rows import Content, Row

NOT_NAMED: Final = "not_named"
NAMED_AGAIN: Final = "named_again"


def ask_about_list(
    known: Sequence[Row],
    named: Mapping[str, SourcePlace],
    stored: Iterable[Row],
    asked: Sequence[ReviewRow],
    source: Content,
) -> list[ReviewRow]:
    """Return a question for each key project that the list leaves out or takes up again.

    ``known`` are the items of the store and ``stored`` its figures, earlier periods first;
    ``named`` are the items of the report's table with where they stand. A project that one of the
    questions ``asked`` may be about is not missing.
    """
    states: dict[str, list[str]] = {}
    reported: set[str] = set()
    for row in stored:
        reported.add(str(row["item"]))
        if row["field"] == "status" and not row["component"]:
            states.setdefault(str(row["item"]), []).append(str(row["value"]))
    out = {item for item, values in states.items() if values[-1] == REMOVED}
    expected = {
        str(row["item"]): str(row["name"])
        for row in known
        if row["kind"] == KEY_PROJECT and row["item"] in reported
    }
    inside = expected.keys() - out
    if not named or len(inside & named.keys()) < WHOLE_LIST * len(inside):
        return []
    maybe = {item for one in asked for item, score in one.candidates if score >= THIN}
    maybe |= {str(item) for one in asked for item in one.payload.get("gone", ())}
    start = min(named.values(), key=lambda place: place.line_from)
    missing = [
        _make_question(NOT_NAMED, (item, expected[item]), start, REMOVED, source)
        for item in sorted(inside - named.keys() - maybe)
    ]
    return [
        *missing,
        *(
            _make_question(
                NAMED_AGAIN,
                (item, expected[item]),
                named[item],
                _last_state(states[item]),
                source,
            )
            for item in sorted(out & named.keys() & expected.keys())
        ),
    ]


def _last_state(states: Sequence[str]) -> str:
    """Return the latest state before a project was taken off the list."""
    return next((state for state in reversed(states) if state != REMOVED), "undetermined")


def _make_question(
    reason: str, project: tuple[str, str], place: SourcePlace, status: str, source: Content
) -> ReviewRow:
    item, name = project
    row = make_observation_row(
        ExtractedValue("status", status, "", place, ""), item, KEY_PROJECT, source
    )
    return ReviewRow(
        reason=reason,
        raw=f"{item} · {name}",
        doc=str(source["doc"]),
        period=str(source["period"]),
        detail=t(f"store.listing.{reason}"),
        place=vars(place),
        payload={"item": item, "add": [{"table": "observations", "content": row}]},
    )

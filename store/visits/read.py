"""Visits as they are shown: what reports claim beside what was seen, with what to mind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from store.db.database import reading
from store.db.schema_accounts import VISIT_CONFLICTS
from store.db.staff_tables import VISIT_NUMBERS
from store.facts.visit_clock import RECEIVED, sort_newest_first
from store.users.permissions import require_permission
from store.visits.quality_flags import QualityFlag, find_quality_flags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.facts.facts import Facts
    from store.users.users import User


@dataclass(frozen=True)
class RecordedPhoto:
    """A photo: its address is ``/hpmap/photo/<photo>``, with ``/thumb`` the small one.

    ``taken`` ISO or ''; ``lon``, ``lat`` degrees (EPSG:4326) as the photo's file said, or ``None``.
    """

    photo: str
    taken: str
    lon: float | None
    lat: float | None
    width: int
    height: int
    note: str = ""


@dataclass(frozen=True)
class RecordedVisit:
    """A visit; unknown numbers are ``None``. Shares in percent, ``observed_handed_ha`` hectares.

    ``at`` is an ISO moment in UTC; ``case`` the case of the register that it raised, '' for none.
    ``why`` is '' for a visit among the facts, else why it is kept as a conflict (``differs``,
    ``item_gone``), and ``number`` what it is settled by (``store.visits.resolve_duplicates``).
    """

    visit: str
    item: str
    inspector: str
    at: str
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    claimed_construction_pct: float | None
    claimed_clearance_pct: float | None
    observed_construction_pct: float | None
    observed_handed_ha: float | None
    observed_clearance_pct: float | None
    works: str
    note: str
    problem: str
    source: str
    case: str
    flags: tuple[QualityFlag, ...]
    photos: tuple[RecordedPhoto, ...]
    why: str = ""
    number: int = 0


_TEXTS: Final = ("visit", "item", "inspector", "at", "works", "note", "problem", "source")


def list_item_visits(facts: Facts, item: str) -> tuple[RecordedVisit, ...]:
    """Return the visits to an item, the newest first, from facts that the reader may see."""
    rows = sort_newest_first(facts.visits[facts.visits["item"] == item])
    communes = set(facts.places.loc[facts.places["item"] == item, "commune"])
    gone = not (facts.items["item"] == item).any()
    cases = dict(zip(facts.cases["visit"], facts.cases["case"], strict=True))
    photos = facts.photos[facts.photos["visit"].isin(rows["visit"])].to_dict("records")
    return tuple(
        _make_visit(
            row,
            flags=find_quality_flags(row, communes, item_gone=gone),
            case=str(cases.get(row["visit"], "")),
            photos=[one for one in photos if one["visit"] == row["visit"]],
        )
        for row in rows.to_dict("records")
    )


def read_conflicting_visits(user: User) -> tuple[RecordedVisit, ...]:
    """Return the conflicting visits that are not resolved, the newest first.

    For who settles them and reads everything. Raises ``NotAllowedError`` for others.
    """
    require_permission(user, "visit.settle")
    found = sa.select(VISIT_CONFLICTS).where(VISIT_CONFLICTS.c.state == "open")
    with reading() as connection:
        rows = connection.execute(found.order_by(VISIT_CONFLICTS.c.id.desc())).mappings().all()
    return tuple(
        _make_visit(
            row["content"],
            flags=find_quality_flags(
                row["content"] | {RECEIVED: row["at"]}, (), item_gone=row["why"] == "item_gone"
            ),
            photos=row["content"]["photos"],
            why=str(row["why"]),
            number=int(row["id"]),
        )
        for row in rows
        if user.sees_all or row["actor"] == user.name
    )


def _make_visit(
    row: Mapping[Any, Any],
    *,
    flags: tuple[QualityFlag, ...],
    photos: Sequence[Mapping[Any, Any]],
    case: str = "",
    why: str = "",
    number: int = 0,
) -> RecordedVisit:
    numbers = {name: _to_number(row[name]) for name in VISIT_NUMBERS}
    texts = {name: str(row[name]) for name in _TEXTS}
    pictures = tuple(
        RecordedPhoto(
            photo=str(one["photo"]),
            taken=str(one["taken"]),
            lon=_to_number(one["lon"]),
            lat=_to_number(one["lat"]),
            width=int(one["width"]),
            height=int(one["height"]),
            note=str(one["note"]),
        )
        for one in photos
    )
    told: dict[str, Any] = {**numbers, **texts}
    return RecordedVisit(**told, case=case, flags=flags, photos=pictures, why=why, number=number)


def _to_number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN

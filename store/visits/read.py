"""Visits as they are read back: with their photos and what to mind about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model.visit import Visit
from store.column_values import list_cells
from store.db.database import reading
from store.db.schema_accounts import VISIT_CONFLICTS
from store.db.staff_tables import VISIT_NUMBERS
from store.facts.visit_clock import RECEIVED, sort_newest_first
from store.users.permissions import require_permission
from store.visits.quality_flags import QualityFlag, find_quality_flags, to_number
from store.visits.submission import CONTENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from store.facts.facts import Facts
    from store.users.users import User


@dataclass(frozen=True)
class VisitPhoto:
    """A photo: its address is ``/hpmap/photo/<photo>``, with ``/thumb`` the small one.

    ``original`` is the SHA-256 of what was sent, ``taken`` the moment that its file says, or ''.
    """

    photo: str
    original: str
    taken: str
    note: str


class StoredVisit(Visit):
    """A visit as the store keeps it.

    ``communes`` are codes of those that its item lies in; ``case`` is the case of the register that
    it raised, or ''. ``why`` is '' for a visit among the facts, else why it is kept as a conflict
    (``differs``, ``item_gone``), and ``number`` what it is settled by
    (``store.visits.resolve_duplicates``).
    """

    photos: tuple[VisitPhoto, ...] = ()
    flags: tuple[QualityFlag, ...] = ()
    communes: tuple[str, ...] = ()
    case: str = ""
    why: str = ""
    number: int = 0


def read_visits(facts: Facts, item: str = "") -> tuple[StoredVisit, ...]:
    """Return the visits to an item (all, for ''), the newest first, of facts the reader may see."""
    visits = facts.visits if not item else facts.visits[facts.visits["item"] == item]
    cases = dict(list_cells(facts.cases, "visit", "case"))
    photos: dict[str, list[dict[Any, Any]]] = {}
    for photo in facts.photos.to_dict("records"):
        photos.setdefault(str(photo["visit"]), []).append(photo)
    return tuple(
        make_stored_visit(
            row,
            photos.get(str(row["visit"]), ()),
            facts.item_communes.get(row["item"], ()),
            item_gone=row["item"] not in facts.item_names,
            case=str(cases.get(row["visit"], "")),
        )
        for row in sort_newest_first(visits).to_dict("records")
    )


def read_conflicting_visits(facts: Facts, user: User) -> tuple[StoredVisit, ...]:
    """Return the conflicting visits that are not resolved, the newest first.

    For who settles them and reads everything. Raises ``NotAllowedError`` for others.
    """
    require_permission(user, "visit.settle")
    query = sa.select(VISIT_CONFLICTS).where(VISIT_CONFLICTS.c.state == "open")
    with reading() as connection:
        rows = connection.execute(query.order_by(VISIT_CONFLICTS.c.id.desc())).mappings().all()
    return tuple(
        make_stored_visit(
            row["content"] | {RECEIVED: row["at"]},
            row["content"]["photos"],
            facts.item_communes.get(row["content"]["item"], ()),
            item_gone=row["content"]["item"] not in facts.item_names,
            why=str(row["why"]),
            number=int(row["id"]),
        )
        for row in rows
        if user.sees_all or row["actor"] == user.name
    )


def make_stored_visit(
    row: Mapping[Any, Any],
    photos: Iterable[Mapping[Any, Any]],
    communes: Collection[str],
    *,
    item_gone: bool,
    **more: Any,
) -> StoredVisit:
    """Return a row of ``visits`` and its rows of ``photos`` as a visit; ``more`` fields as named.

    Nothing is checked again: what the store keeps was checked when it came in.
    """
    fields: dict[str, Any] = {
        name: to_number(row[name]) if name in VISIT_NUMBERS else str(row[name]) for name in CONTENT
    }
    return StoredVisit.model_construct(
        **fields,
        photos=tuple(
            VisitPhoto(*(str(photo[name]) for name in VisitPhoto.__dataclass_fields__))
            for photo in photos
        ),
        flags=find_quality_flags(row, communes, item_gone=item_gone),
        communes=tuple(communes),
        **more,
    )

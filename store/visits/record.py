"""Recording visits: the same sent twice is kept once, and nothing that was sent is lost.

A visit is known by the UUID that the phone gave it and by the hash of what it sent. The same UUID
with other content, or a visit to an item that is not on the list, is kept apart
(``visit_conflicts``) until somebody settles it: it never overwrites and never stops the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger
from store.audit.row_scope import list_item_communes
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.errors import NotAllowedError, VisitError
from store.db.schema import FACTS, IMPORTS
from store.db.schema_accounts import VISIT_CONFLICTS
from store.facts.visit_clock import RECEIVED
from store.users.permissions import guard_action, require_permission
from store.visits.read import make_stored_visit
from store.visits.submission import (
    make_case_row,
    make_problem_content,
    make_visit_row,
    validate_visit_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.visit import Visit
    from store.audit.rows import Row
    from store.users.users import User
    from store.visits.read import StoredVisit

RecordState = Literal["stored", "same", "conflict", "item_gone"]
"""What became of a visit: ``stored`` now, the ``same`` was there already, ``conflict`` (kept beside
another version of it), ``item_gone`` (kept as a conflict: its item is not on the list)."""

DIFFERS: Final = "differs"
ITEM_GONE: Final = "item_gone"


class UnknownVisitError(VisitError):
    """A photo names a visit that is not there, or is another inspector's. Send the visit first."""


@guard_action("visit.record")
def record_visit(sent: Visit, *, actor: User) -> RecordState:
    """Keep a visit of the actor's own; a problem it raises becomes a case in the same transaction.

    Raises ``VisitError`` for content that cannot be, ``NotAllowedError`` for a visit of somebody
    else or of an item outside the actor's communes.
    """
    if sent.inspector != actor.name:
        raise NotAllowedError(t("phone.fault.other_account", by=sent.inspector))
    with writing() as connection:
        return _store_submission(connection, sent, actor)


def confirm_stored_visits(version_ids: Iterable[str], user: User) -> list[StoredVisit | None]:
    """Return the visits under ids of versions that the user recorded, ``None`` for what is not."""
    with reading() as connection:
        return [_find_stored_visit(connection, version, user) for version in version_ids]


def _store_submission(connection: sa.Connection, sent: Visit, actor: User) -> RecordState:
    known = _find_stored_duplicate(connection, sent)
    if known:
        return known
    table = FACTS["visits"]
    row = make_visit_row(sent)
    validate_visit_row(row, "visits")
    is_known = is_item(connection, sent.item)
    communes = _list_item_communes(connection, sent.item, now=is_known)
    if communes or is_known:
        require_permission(actor, "visit.record", communes)
    another = connection.scalar(sa.select(table.c.id).where(table.c.visit == sent.visit).limit(1))
    apart = connection.scalar(
        sa.select(VISIT_CONFLICTS.c.id).where(VISIT_CONFLICTS.c.visit == sent.visit).limit(1)
    )
    if another or apart or not is_known:
        why = DIFFERS if another or apart else ITEM_GONE
        return _store_conflict(connection, sent, row, actor, why)
    changes = [RowChange("visits", None, _make_new_row(row))]
    case = make_case_row(sent, _resolve_problem_commune(sent, communes, actor))
    if case is not None:
        validate_visit_row(case, "cases")
        changes.append(RowChange("cases", None, _make_new_row(case)))
    Ledger(connection, Changeset("visit", actor, name=sent.visit)).apply(changes)
    return "stored"


def _find_stored_duplicate(connection: sa.Connection, sent: Visit) -> RecordState | None:
    """Return what is already held of the very same visit, also of one that was taken back since."""
    table = FACTS["visits"]
    same = sa.select(table.c.id).where(
        table.c.visit == sent.visit, table.c.sent_hash == sent.sent_hash
    )
    if connection.scalar(same.limit(1)) is not None:
        return "same"
    apart = sa.select(VISIT_CONFLICTS.c.why).where(
        VISIT_CONFLICTS.c.visit == sent.visit, VISIT_CONFLICTS.c.hash == sent.sent_hash
    )
    why = connection.scalar(apart)
    if why is None:
        return None
    return "item_gone" if why == ITEM_GONE else "conflict"


def _store_conflict(
    connection: sa.Connection, sent: Visit, row: Row, actor: User, why: str
) -> RecordState:
    content: dict[str, Any] = row | {"raised": make_problem_content(sent), "photos": []}
    ledger = Ledger(connection, Changeset("note", actor, name=sent.visit))
    connection.execute(
        VISIT_CONFLICTS.insert().values(
            visit=sent.visit,
            hash=sent.sent_hash,
            at=ledger.at,
            actor=actor.name,
            content=content,
            state="open",
            why=why,
        )
    )
    ledger.note("visit_conflicts", sent.version_id, after=to_canonical_json(content))
    return "item_gone" if why == ITEM_GONE else "conflict"


def _make_new_row(row: Row) -> Row:
    return row | {"origin": "person", "position": None}


def is_item(connection: sa.Connection, item: str) -> bool:
    """Return True if an item is on the list."""
    items = FACTS["items"]
    query = sa.select(items.c.id).where(items.c.item == item, items.c.removed_by.is_(None))
    return connection.scalar(query.limit(1)) is not None


def _list_item_communes(connection: sa.Connection, item: str, *, now: bool) -> set[str]:
    """Return where an item lies; of one that has gone, where it ever lay."""
    return list_item_communes(connection, item) if now else list_past_communes(connection, item)


def list_past_communes(connection: sa.Connection, item: str) -> set[str]:
    """Return the codes of all communes that an item has ever been placed in."""
    places = FACTS["places"]
    ever = sa.select(places.c.commune).where(places.c.item == item)
    return {str(code) for code in connection.scalars(ever)}


def _resolve_problem_commune(sent: Visit, communes: set[str], actor: User) -> str:
    """Return where the problem raised is: as said, if that is a commune and the actor's to name."""
    commune = sent.problem_commune
    if not commune:
        return next(iter(communes)) if len(communes) == 1 else ""
    allowed = actor.scope is None or commune in actor.scope
    return commune if allowed and commune in set(load_gazetteer().communes["code"]) else ""


def _find_stored_visit(connection: sa.Connection, version: str, user: User) -> StoredVisit | None:
    row = find_visit_version(connection, version, user)
    if row is not None:
        table = FACTS["photos"]
        query = sa.select(table).where(table.c.visit == row["visit"]).order_by(table.c.id)
        photos: Sequence[Any] = connection.execute(query).mappings().all()
        gone = not is_item(connection, str(row["item"]))
        content = row | {RECEIVED: _get_received_time(connection, row)}
    else:
        conflict = find_conflicting_version(connection, version, user)
        if conflict is None:
            return None
        content = conflict["content"] | {RECEIVED: conflict["at"]}
        photos = content["photos"]
        gone = conflict["why"] == ITEM_GONE
    communes = _list_item_communes(connection, str(content["item"]), now=not gone)
    return make_stored_visit(content, photos, communes, item_gone=gone)


def _get_received_time(connection: sa.Connection, row: Row) -> str:
    """Return when a version of a visit came in."""
    return str(connection.scalar(sa.select(IMPORTS.c.at).where(IMPORTS.c.id == row["added_by"])))


def find_visit_version(connection: sa.Connection, version_id: str, user: User) -> Row | None:
    """Return the row of a version of a visit, current or not, if the user recorded it."""
    visits = FACTS["visits"]
    visit, _, part = version_id.partition(".")
    query = sa.select(visits).where(visits.c.visit == visit, visits.c.inspector == user.name)
    for row in connection.execute(query.order_by(visits.c.id.desc())).mappings():
        if str(row["sent_hash"]).startswith(part):
            return dict(row)
    return None


def find_conflicting_version(connection: sa.Connection, version_id: str, user: User) -> Row | None:
    """Return the conflicting version under an id, if the user recorded it."""
    visit, _, part = version_id.partition(".")
    query = sa.select(VISIT_CONFLICTS).where(
        VISIT_CONFLICTS.c.visit == visit, VISIT_CONFLICTS.c.actor == user.name
    )
    for row in connection.execute(query).mappings():
        if str(row["hash"]).startswith(part):
            return dict(row)
    return None

"""Recording visits: the same sent twice is kept once, and nothing that was sent is lost.

A visit is known by the UUID that the phone gave it and by the hash of what it sent. The same UUID
with other content, or a visit to an item that is not on the list, is kept apart
(``visit_conflicts``) until somebody settles it: it never overwrites and never stops the others.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from store.visits.quality_flags import QualityFlag, find_quality_flags
from store.visits.submission import (
    SubmittedVisit,
    make_case_row,
    make_problem_content,
    make_visit_row,
    validate_visit_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.audit.rows import Row
    from store.users.users import User

State = Literal["stored", "same", "conflict", "item_gone"]
DIFFERS: Final = "differs"
ITEM_GONE: Final = "item_gone"


class UnknownVisitError(VisitError):
    """A photo names a visit that is not there, or is another inspector's. Send the visit first."""


@dataclass(frozen=True)
class RecordResult:
    """What became of a visit.

    ``state``: ``stored`` now, the ``same`` was there already, ``conflict`` (kept beside another
    version of it), ``item_gone`` (kept as a conflict: its item is not on the list). ``held`` is the
    id of this version, ``hash`` that of what was sent.
    """

    state: State
    held: str
    hash: str


@dataclass(frozen=True)
class StoredVisit:
    """What the store holds of a visit: ``hash`` '' when nothing; ``photos`` hashes as sent."""

    held: str
    hash: str = ""
    photos: tuple[str, ...] = ()
    flags: tuple[QualityFlag, ...] = ()


@guard_action("visit.record")
def record_visit(sent: SubmittedVisit, *, actor: User) -> RecordResult:
    """Keep a visit of the actor's own; a problem it raises becomes a case in the same transaction.

    Raises ``VisitError`` for content that cannot be, ``NotAllowedError`` for a visit of somebody
    else or of an item outside the actor's communes.
    """
    if sent.inspector != actor.name:
        raise NotAllowedError(t("phone.fault.other_account", by=sent.inspector))
    with writing() as connection:
        return _store_submission(connection, sent, actor)


def confirm_stored_visits(asked: Iterable[str], user: User) -> list[StoredVisit]:
    """Return what is held of visits (ids as in ``Recorded.held``) that the user recorded."""
    with reading() as connection:
        return [_get_stored_visit(connection, held, user) for held in asked]


def _store_submission(connection: sa.Connection, sent: SubmittedVisit, actor: User) -> RecordResult:
    known = _find_stored_duplicate(connection, sent)
    if known:
        return known
    table = FACTS["visits"]
    row = make_visit_row(sent) | {"sent_hash": sent.hash}
    validate_visit_row(row, "visits")
    there = is_item(connection, sent.item)
    communes = _list_item_communes(connection, sent.item, now=there)
    if communes or there:
        require_permission(actor, "visit.record", communes)
    another = connection.scalar(sa.select(table.c.id).where(table.c.visit == sent.visit).limit(1))
    apart = connection.scalar(
        sa.select(VISIT_CONFLICTS.c.id).where(VISIT_CONFLICTS.c.visit == sent.visit).limit(1)
    )
    if another or apart or not there:
        why = DIFFERS if another or apart else ITEM_GONE
        return _store_conflict(connection, sent, row, actor, why)
    changes = [RowChange("visits", None, _make_new_row(row))]
    case = make_case_row(sent, _resolve_problem_commune(sent, communes, actor))
    if case is not None:
        validate_visit_row(case, "cases")
        changes.append(RowChange("cases", None, _make_new_row(case)))
    Ledger(connection, Changeset("visit", actor, name=sent.visit)).apply(changes)
    return RecordResult("stored", sent.held, sent.hash)


def _find_stored_duplicate(connection: sa.Connection, sent: SubmittedVisit) -> RecordResult | None:
    """Return what is already held of the very same visit, also of one that was taken back since."""
    table = FACTS["visits"]
    same = sa.select(table.c.id).where(table.c.visit == sent.visit, table.c.sent_hash == sent.hash)
    if connection.scalar(same.limit(1)) is not None:
        return RecordResult("same", sent.held, sent.hash)
    apart = sa.select(VISIT_CONFLICTS.c.why).where(
        VISIT_CONFLICTS.c.visit == sent.visit, VISIT_CONFLICTS.c.hash == sent.hash
    )
    why = connection.scalar(apart)
    if why is None:
        return None
    return RecordResult("item_gone" if why == ITEM_GONE else "conflict", sent.held, sent.hash)


def _store_conflict(
    connection: sa.Connection, sent: SubmittedVisit, row: Row, actor: User, why: str
) -> RecordResult:
    content: dict[str, Any] = row | {"raised": make_problem_content(sent), "photos": []}
    ledger = Ledger(connection, Changeset("note", actor, name=sent.visit))
    connection.execute(
        VISIT_CONFLICTS.insert().values(
            visit=sent.visit,
            hash=sent.hash,
            at=ledger.at,
            actor=actor.name,
            content=content,
            state="open",
            why=why,
        )
    )
    ledger.note("visit_conflicts", sent.held, after=to_canonical_json(content))
    return RecordResult("item_gone" if why == ITEM_GONE else "conflict", sent.held, sent.hash)


def _make_new_row(row: Row) -> Row:
    return row | {"origin": "person", "position": None}


def is_item(connection: sa.Connection, item: str) -> bool:
    """Return True if an item is on the list."""
    items = FACTS["items"]
    found = sa.select(items.c.id).where(items.c.item == item, items.c.removed_by.is_(None))
    return connection.scalar(found.limit(1)) is not None


def _list_item_communes(connection: sa.Connection, item: str, *, now: bool) -> set[str]:
    """Return where an item lies; of one that has gone, where it ever lay."""
    return list_item_communes(connection, item) if now else list_past_communes(connection, item)


def list_past_communes(connection: sa.Connection, item: str) -> set[str]:
    """Return the codes of all communes that an item has ever been placed in."""
    places = FACTS["places"]
    ever = sa.select(places.c.commune).where(places.c.item == item)
    return {str(code) for code in connection.scalars(ever)}


def _resolve_problem_commune(sent: SubmittedVisit, communes: set[str], actor: User) -> str:
    """Return where the problem raised is: as said, if that is a commune and the actor's to name."""
    said = sent.problem.commune if sent.problem else ""
    if not said:
        return next(iter(communes)) if len(communes) == 1 else ""
    allowed = actor.scope is None or said in actor.scope
    return said if allowed and said in set(load_gazetteer().communes["code"]) else ""


def _get_stored_visit(connection: sa.Connection, held: str, user: User) -> StoredVisit:
    row = find_visit_version(connection, held, user)
    photos = FACTS["photos"]
    if row is not None:
        mine = sa.select(photos.c.original).where(photos.c.visit == row["visit"])
        kept = tuple(str(one) for one in connection.scalars(mine.order_by(photos.c.id)))
        there = is_item(connection, str(row["item"]))
        content, why = (
            row | {RECEIVED: _get_received_time(connection, row)},
            "" if there else ITEM_GONE,
        )
    else:
        apart = find_conflicting_version(connection, held, user)
        if apart is None:
            return StoredVisit(held)
        content, why = apart["content"] | {RECEIVED: apart["at"]}, str(apart["why"])
        kept = tuple(str(one["original"]) for one in content["photos"])
    gone = why == ITEM_GONE
    communes = _list_item_communes(connection, str(content["item"]), now=not gone)
    flags = find_quality_flags(content, communes, item_gone=gone)
    return StoredVisit(held, str(content["sent_hash"]), tuple(dict.fromkeys(kept)), flags)


def _get_received_time(connection: sa.Connection, row: Row) -> str:
    """Return when a version of a visit came in."""
    return str(connection.scalar(sa.select(IMPORTS.c.at).where(IMPORTS.c.id == row["added_by"])))


def find_visit_version(connection: sa.Connection, held: str, user: User) -> Row | None:
    """Return the row of a version of a visit, current or not, if the user recorded it."""
    visits = FACTS["visits"]
    visit, _, part = held.partition(".")
    mine = sa.select(visits).where(visits.c.visit == visit, visits.c.inspector == user.name)
    for row in connection.execute(mine.order_by(visits.c.id.desc())).mappings():
        if str(row["sent_hash"]).startswith(part):
            return dict(row)
    return None


def find_conflicting_version(connection: sa.Connection, held: str, user: User) -> Row | None:
    """Return the conflicting version under an id, if the user recorded it."""
    visit, _, part = held.partition(".")
    mine = sa.select(VISIT_CONFLICTS).where(
        VISIT_CONFLICTS.c.visit == visit, VISIT_CONFLICTS.c.actor == user.name
    )
    for row in connection.execute(mine).mappings():
        if str(row["hash"]).startswith(part):
            return dict(row)
    return None

"""Photos of visits: kept with the visit, in the database, and shown to who may see its item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.errors import PhotoError, VisitError
from store.db.schema import FACTS
from store.db.schema_accounts import PHOTO_FILES, VISIT_CONFLICTS
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.users.permissions import guard_action, is_allowed, require_permission
from store.visits.photo_processing import ProcessedPhoto, process_photo
from store.visits.quality_flags import load_field_limits
from store.visits.record import UnknownVisitError, find_conflicting_version, find_visit_version

if TYPE_CHECKING:
    from store.audit.rows import Row
    from store.users.users import User


@guard_action("visit.record")
def store_photo(version_id: str, sent: bytes, *, actor: User) -> ProcessedPhoto:
    """Keep a photo (a file as it was sent) with a visit that the actor recorded.

    ``version_id``: the id of the visit's version (``Visit.version_id``). The same photo
    again is kept once. Raises ``PhotoError`` for a file that is not taken, or one too many;
    ``UnknownVisitError`` when there is no such visit of the actor's, ``VisitError`` when it was
    taken back since.
    """
    picture = process_photo(sent)
    with writing() as connection:
        version = find_visit_version(connection, version_id, actor)
        if version is None:
            _store_conflict_photo(connection, version_id, picture, actor)
        else:
            _store_visit_photo(connection, str(version["visit"]), picture, actor)
    return picture


def read_photo_content(photo: str, user: User, *, small: bool = False) -> bytes | None:
    """Return a kept picture (JPEG) or its thumbnail; ``None`` when the user sees none of that id.

    Raises ``NotAllowedError`` for who may see no photo at all.
    """
    require_permission(user, "photo.see")
    seen = narrow_facts_to_user(load_facts(), user).photos
    if not (seen["photo"] == photo).any() and not _is_conflict_photo(photo, user):
        return None
    column = PHOTO_FILES.c.thumb if small else PHOTO_FILES.c.content
    with reading() as connection:
        content = connection.scalar(sa.select(column).where(PHOTO_FILES.c.photo == photo))
    return None if content is None else bytes(content)


def _store_visit_photo(
    connection: sa.Connection, visit: str, picture: ProcessedPhoto, actor: User
) -> None:
    visits, photos = FACTS["visits"], FACTS["photos"]
    query = sa.select(photos.c.photo, photos.c.original).where(photos.c.visit == visit)
    if any(picture.original == original for _, original in connection.execute(query)):
        return
    now = sa.select(visits.c.id).where(visits.c.visit == visit, visits.c.removed_by.is_(None))
    if connection.scalar(now) is None:
        raise VisitError(t("phone.photo.taken_back"))
    current_photos = connection.execute(query.where(photos.c.removed_by.is_(None))).all()
    _refuse_too_many(len(current_photos))
    if any(picture.photo == photo for photo, _ in current_photos):
        raise PhotoError(t("phone.photo.twice"))
    store_photo_file(connection, picture)
    row = make_photo_row(visit, picture) | {"origin": "person", "position": None}
    ledger = Ledger(connection, Changeset("visit", actor, name=visit))
    ledger.apply([RowChange("photos", None, row)])


def _store_conflict_photo(
    connection: sa.Connection, version_id: str, picture: ProcessedPhoto, actor: User
) -> None:
    row = find_conflicting_version(connection, version_id, actor)
    if row is None:
        raise _make_unknown_error(version_id)
    content: dict[str, Any] = row["content"]
    if any(photo["original"] == picture.original for photo in content["photos"]):
        return
    _refuse_too_many(len(content["photos"]))
    store_photo_file(connection, picture)
    photo_row = make_photo_row(str(row["visit"]), picture)
    ledger = Ledger(connection, Changeset("note", actor, name=str(row["visit"])))
    connection.execute(
        VISIT_CONFLICTS.update()
        .where(VISIT_CONFLICTS.c.id == row["id"])
        .values(content=content | {"photos": [*content["photos"], photo_row]})
    )
    ledger.note("visit_conflicts", version_id, after=to_canonical_json(photo_row))


def make_photo_row(visit: str, picture: ProcessedPhoto) -> Row:
    """Return the row of ``photos`` that a picture becomes."""
    return {
        "photo": picture.photo,
        "visit": visit,
        "original": picture.original,
        "taken": picture.taken,
        "lon": picture.lon,
        "lat": picture.lat,
        "width": picture.width,
        "height": picture.height,
        "bytes": len(picture.content),
        "note": "",
    }


def store_photo_file(connection: sa.Connection, picture: ProcessedPhoto) -> None:
    """Keep a picture's bytes within a writing transaction; the same picture is kept once."""
    query = sa.select(PHOTO_FILES.c.photo).where(PHOTO_FILES.c.photo == picture.photo)
    if connection.scalar(query) is None:
        values = {"content": picture.content, "thumb": picture.thumb}
        connection.execute(PHOTO_FILES.insert().values(photo=picture.photo, **values))


def _refuse_too_many(count: int) -> None:
    limit = load_field_limits().max_photos_per_visit
    if count >= limit:
        raise PhotoError(t("phone.photo.too_many", limit=limit))


def _make_unknown_error(version_id: str) -> UnknownVisitError:
    return UnknownVisitError(t("phone.photo.no_visit", visit=version_id))


def _is_conflict_photo(photo: str, user: User) -> bool:
    """Return True if a photo is of a conflicting visit that the user settles, or recorded."""
    settles = is_allowed(user, "visit.settle") and user.sees_all
    query = sa.select(VISIT_CONFLICTS.c.content)
    if not settles:
        query = query.where(VISIT_CONFLICTS.c.actor == user.name)
    with reading() as connection:
        for content in connection.scalars(query):
            if any(entry["photo"] == photo for entry in content["photos"]):
                return True
    return False

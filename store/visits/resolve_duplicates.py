"""Settling a visit that is kept apart: it takes its place among the facts, or stays aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.i18n import t
from reports.model.visit import Visit
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import writing
from store.db.errors import ChoiceError
from store.db.schema import FACTS
from store.db.schema_accounts import VISIT_CONFLICTS
from store.facts.visit_clock import RECEIVED
from store.users.permissions import guard_action, require_permission
from store.visits.record import is_item, list_past_communes
from store.visits.submission import CONTENT, make_case_row

if TYPE_CHECKING:
    from store.audit.rows import Row
    from store.users.users import User

CHOICES: Final = ("kept", "dropped")
"""Take this version for what was seen; leave it aside. Nothing is deleted either way."""


@guard_action("visit.settle")
def settle_visit(number: int, choice: str, *, actor: User, why: str = "") -> None:
    """Settle the conflicting visit under a number (``StoredVisit.number``).

    ``kept``: it becomes the current version, with its photos and the problem it raises; the version
    before stays in the audit. Raises ``ChoiceError`` for one that is settled already, another
    choice, or an item that is not on the list; ``NotAllowedError`` outside the actor's communes.
    """
    if choice not in CHOICES:
        raise ChoiceError(t("store.fault.choice", choice=choice[:40], allowed=", ".join(CHOICES)))
    with writing() as connection:
        query = sa.select(VISIT_CONFLICTS).where(
            VISIT_CONFLICTS.c.id == number, VISIT_CONFLICTS.c.state == "open"
        )
        row = connection.execute(query).mappings().first()
        if row is None:
            raise ChoiceError(t("store.fault.not_open", number=number))
        content: dict[str, Any] = row["content"]
        require_permission(
            actor, "visit.settle", list_past_communes(connection, str(content["item"]))
        )
        keeps = choice == "kept"
        change = Changeset("visit" if keeps else "note", actor, why, name=str(row["visit"]))
        ledger = Ledger(connection, change)
        if keeps:
            if not is_item(connection, str(content["item"])):
                raise ChoiceError(t("phone.settle.no_item", item=content["item"]))
            ledger.apply(_make_changes(connection, content | {RECEIVED: str(row["at"])}))
        condition = VISIT_CONFLICTS.c.id == number
        connection.execute(VISIT_CONFLICTS.update().where(condition).values(state=choice))
        key = f"{row['visit']}.{row['hash'][:12]}"
        ledger.note("visit_conflicts", key, before="open", after=choice)


def _make_changes(connection: sa.Connection, content: dict[str, Any]) -> list[RowChange]:
    """Return the changes that put a version in its place."""
    visit = str(content["visit"])
    visits, photos, cases = FACTS["visits"], FACTS["photos"], FACTS["cases"]
    before = next(iter(read_current_rows(connection, "visits", visits.c.visit == visit)), None)
    values = {name: content[name] for name in CONTENT}
    changes = [RowChange("visits", before, _make_new_row(values))]
    stored_photos = {
        row["photo"] for row in read_current_rows(connection, "photos", photos.c.visit == visit)
    }
    for photo in content["photos"]:
        if photo["photo"] not in stored_photos:
            stored_photos.add(photo["photo"])
            changes.append(RowChange("photos", None, _make_new_row(photo)))
    raised = content["raised"]
    if raised and not read_current_rows(connection, "cases", cases.c.visit == visit):
        shown = Visit.model_construct(
            **values | {f"problem_{name}": raised[name] for name in ("category", "commune")}
        )
        case = make_case_row(shown, "", str(content.get(RECEIVED, "")))
        if case is not None:
            changes.append(RowChange("cases", None, _make_new_row(case)))
    return changes


def _make_new_row(row: Row) -> Row:
    return row | {"origin": "person", "position": None}

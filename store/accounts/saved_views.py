"""Saved views: a page and the query of its address under a name, one's own or shared with all.

A view holds an address and no figures: whoever opens it sees what they may see. Only the keys that
a page reads are kept of a query, for what is kept was written by anybody.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.errors import ViewError
from store.db.schema_accounts import SAVED_VIEWS
from store.facts.filters import Filters
from store.users.permissions import guard_action, is_allowed, require_permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.users.users import User

_FILTERS: Final = frozenset(field.name for field in fields(Filters))
VIEW_PAGES: Final[dict[str, frozenset[str]]] = {
    "ban-do": _FILTERS | {"layer", "open", "v"},
    "danh-muc": _FILTERS | {"open", "cols", "group", "part", "sort"},
    "dia-ban": frozenset({"place", "every", "only_changed"}),
}
"""The pages of which views can be saved, each with the keys of its address that are kept."""

OPENED: Final = "opened"
_USUAL_PAGES: Final = VIEW_PAGES | {OPENED: frozenset({"item", "place", "doc"})}
"""Of what ``usual_views`` keep something: what was opened last is of no page."""

NAMELESS: Final = " "
"""What the name of no saved view begins with: rows of ``usual_views`` stand in the same table."""

MAX_NAME_CHARS: Final = 80
MAX_VALUE_CHARS: Final = 2000
MAX_QUERY_CHARS: Final = 6000
MAX_VIEWS: Final = 200
"""How many views one person may keep."""


@dataclass(frozen=True)
class SavedView:
    """One saved view. ``mine``: the reader's own; ``shared``: everybody may open it."""

    number: int
    owner: str
    page: str
    name: str
    query: tuple[tuple[str, str], ...]
    shared: bool
    at: str
    mine: bool

    @property
    def token(self) -> str:
        """Return what stands for what of it can be changed: its name, and for whom it is."""
        return hashlib.sha256(f"{self.shared} {self.name}".encode()).hexdigest()[:16]


def list_views(user: User) -> tuple[SavedView, ...]:
    """Return the views that a user may open: their own, then the others' shared ones, by name."""
    rows = SAVED_VIEWS.c
    wanted = sa.or_(rows.owner == user.name, rows.shared)
    if not user.name:
        wanted = rows.shared.is_(True)
    with reading() as connection:
        records = connection.execute(sa.select(SAVED_VIEWS).where(wanted)).mappings().all()
    views = [
        _view_from_row(dict(row), user)
        for row in records
        if row["page"] in VIEW_PAGES and not row["name"].startswith(NAMELESS)
    ]
    return tuple(sorted(views, key=lambda view: (not view.mine, view.name.casefold(), view.number)))


@guard_action("view.save")
def save_view(
    page: str, name: str, query: Mapping[str, object], actor: User, *, shared: bool = False
) -> int:
    """Keep a page's address under a name and return the view's number.

    Raises ``ViewError`` for a page that has no views, an empty name or one in use, too long an
    address and too many views; ``NotAllowedError`` for a shared one where that is not allowed.
    """
    if page not in VIEW_PAGES:
        raise ViewError(t("bench.views.fault_page"))
    if shared:
        require_permission(actor, "view.share")
    name, selected_query = _clean_view_name(name), select_view_query(page, query)
    with writing() as connection:
        _refuse_duplicate(connection, actor.name, name)
        count = sa.select(sa.func.count()).where(SAVED_VIEWS.c.owner == actor.name)
        if int(connection.scalar(count) or 0) >= MAX_VIEWS:
            raise ViewError(t("bench.views.fault_many", most=MAX_VIEWS))
        values = {
            "owner": actor.name,
            "page": page,
            "name": name,
            "query": selected_query,
            "shared": shared,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        ledger = Ledger(connection, Changeset("note", actor))
        added = connection.execute(SAVED_VIEWS.insert().values(**values))
        ledger.note("saved_views", f"{actor.name}/{name}", after=to_canonical_json(values))
        return int((added.inserted_primary_key or (0,))[0])


@guard_action("view.save")
def change_view(
    number: int,
    actor: User,
    *,
    name: str | None = None,
    shared: bool | None = None,
    seen: str = "",
) -> None:
    """Give a view of one's own another name, or share it (or no longer).

    ``seen``: the token (``SavedView.token``) of what the change was made from; a view that is
    something else by now is not changed. Raises ``ViewError`` for that, for a view that is not
    there or not one's own, and as ``save_view`` does.
    """
    with writing() as connection:
        before = _get_own_view(connection, number, actor)
        if seen and seen != _view_from_row(before, actor).token:
            raise ViewError(t("bench.views.fault_changed", name=before["name"]))
        after = dict(before)
        if name is not None and _clean_view_name(name) != before["name"]:
            after["name"] = _clean_view_name(name)
            _refuse_duplicate(connection, actor.name, after["name"])
        if shared is not None and shared != before["shared"]:
            if shared:
                require_permission(actor, "view.share")
            after["shared"] = shared
        if after == before:
            return
        ledger = Ledger(connection, Changeset("note", actor))
        changed = {"name": after["name"], "shared": after["shared"]}
        connection.execute(SAVED_VIEWS.update().where(SAVED_VIEWS.c.id == number).values(**changed))
        _note_view_change(ledger, before, after)


@guard_action("view.save")
def delete_view(number: int, actor: User) -> None:
    """Delete a view of one's own; an administrator may delete a shared one of anybody.

    Raises ``ViewError`` for a view that is not there or not one's own.
    """
    with writing() as connection:
        before = _get_own_view(
            connection, number, actor, others=is_allowed(actor, "account.manage")
        )
        ledger = Ledger(connection, Changeset("note", actor))
        connection.execute(SAVED_VIEWS.delete().where(SAVED_VIEWS.c.id == number))
        _note_view_change(ledger, before, None)


def select_view_query(page: str, query: Mapping[str, object]) -> dict[str, str]:
    """Return the part of an address that a view of the page keeps.

    Keys that the page does not read are left out. Raises ``ViewError`` for one that is too long.
    """
    keys = _USUAL_PAGES.get(page, frozenset())
    selected_query = {
        key: str(value) for key, value in sorted(query.items()) if key in keys and value
    }
    if any(len(value) > MAX_VALUE_CHARS for value in selected_query.values()) or (
        sum(map(len, selected_query.values())) > MAX_QUERY_CHARS
    ):
        raise ViewError(t("bench.views.fault_long"))
    return selected_query


def _view_from_row(row: Mapping[str, Any], user: User) -> SavedView:
    given = row["query"] if isinstance(row["query"], dict) else {}
    keys = VIEW_PAGES[row["page"]]
    selected_items = tuple((key, str(value)) for key, value in sorted(given.items()) if key in keys)
    return SavedView(
        number=int(row["id"]),
        owner=str(row["owner"]),
        page=str(row["page"]),
        name=str(row["name"]),
        query=selected_items,
        shared=bool(row["shared"]),
        at=str(row["at"]),
        mine=bool(user.name) and row["owner"] == user.name,
    )


def _clean_view_name(text: str) -> str:
    """Return a name in one line of letters that can be seen; ``ViewError`` where none is left."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    name = " ".join(unicodedata.normalize("NFC", shown).split())
    if not name:
        raise ViewError(t("bench.views.fault_name"))
    if len(name) > MAX_NAME_CHARS:
        raise ViewError(t("bench.views.fault_name_long", most=MAX_NAME_CHARS))
    return name


def _refuse_duplicate(connection: sa.Connection, owner: str, name: str) -> None:
    same = sa.select(SAVED_VIEWS.c.id).where(
        SAVED_VIEWS.c.owner == owner, SAVED_VIEWS.c.name == name
    )
    if connection.scalar(same) is not None:
        raise ViewError(t("bench.views.fault_double", name=name))


def _get_own_view(
    connection: sa.Connection, number: int, actor: User, *, others: bool = False
) -> dict[str, Any]:
    records = connection.execute(
        sa.select(SAVED_VIEWS).where(SAVED_VIEWS.c.id == number)
    ).mappings()
    row = records.one_or_none()
    allowed = row is not None and (row["owner"] == actor.name or (others and bool(row["shared"])))
    if row is None or not allowed:
        raise ViewError(t("bench.views.fault_gone"))
    return dict(row)


def _note_view_change(ledger: Ledger, before: dict[str, Any], after: dict[str, Any] | None) -> None:
    ledger.note(
        "saved_views",
        f"{before['owner']}/{before['name']}",
        before=to_canonical_json(before),
        after=to_canonical_json(after) if after else "",
    )

"""How a person last arranged a page, so that it opens that way: kept beside their saved views.

It is no fact and nobody else reads it: it has no audit, as ``last_visits`` has none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from store.accounts.saved_views import NAMELESS, OPENED, select_view_query
from store.db.database import reading, writing
from store.db.schema_accounts import SAVED_VIEWS
from store.users.current_account import require_current_account
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.users.users import User

__all__ = ["OPENED", "keep_usual_view", "read_usual_view"]

_ROWS = SAVED_VIEWS.c


def read_usual_view(page: str, user: User) -> dict[str, str]:
    """Return the part of a page's address that a person chose last; nothing for nobody known."""
    if not user.name:
        return {}
    with reading() as connection:
        query = connection.scalar(sa.select(_ROWS.query).where(_is_of(page, user)))
    return select_view_query(page, query) if isinstance(query, dict) else {}


@guard_action("view.save")
def keep_usual_view(page: str, query: Mapping[str, object], actor: User) -> None:
    """Keep part of a page's address as what the person chose last; nothing: forget it.

    Raises ``ViewError`` for one that is too long, ``NotAllowedError`` for an account that was
    closed or changed since.
    """
    values = {
        "owner": actor.name,
        "page": page,
        "name": NAMELESS + page,
        "query": select_view_query(page, query),
        "shared": False,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with writing() as connection:
        require_current_account(connection, actor)
        connection.execute(SAVED_VIEWS.delete().where(_is_of(page, actor)))
        if values["query"]:
            connection.execute(SAVED_VIEWS.insert().values(**values))


def _is_of(page: str, user: User) -> sa.ColumnElement[bool]:
    return sa.and_(_ROWS.owner == user.name, _ROWS.name == NAMELESS + page)

"""Who made a briefing, of what: written down in the audit as every export is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from store.audit.changes import Change
from store.audit.ledger import Ledger
from store.audit.rows import text_of
from store.bootstrap import ensure_store
from store.db.database import writing
from store.users.permissions import action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.filters import Filters
    from store.users.users import User


@action("briefing.make")
def record_briefing(files: Mapping[str, bytes], filters: Filters, actor: User) -> None:
    """Write down that ``actor`` made these files (content by name) of what the filters choose.

    The facts stay as they are. Raises ``NotAllowedError``.
    """
    with writing(ensure_store()) as connection:
        ledger = Ledger(connection, Change("note", actor))
        for name, content in files.items():
            told = {
                "filters": filters.to_query(),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            ledger.note("exports", name, after=text_of(told))

"""Who made a file, of what: written down in the audit."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.schema import AUDIT
from store.exports.file_options import CSV_STYLES
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.exports.file_options import CsvStyle
    from store.facts.filters import Filters
    from store.users.users import User


def record_files(
    connection: sa.Connection, files: Mapping[str, bytes], actor: User, **about: object
) -> None:
    """Write down that ``actor`` made these files (content by name), with what is said of them.

    The facts stay as they are, and so does their version.
    """
    ledger = Ledger(connection, Changeset("note", actor))
    for name, content in files.items():
        seal = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        ledger.note("exports", name, after=to_canonical_json(about | seal))


def read_last_csv_style(reader: User) -> CsvStyle | None:
    """Return the form in which somebody last took CSV, ``None`` where they never did.

    The audit remembers it, so that it holds in every browser.
    """
    notes = sa.select(AUDIT.c.after).where(
        AUDIT.c.table_name == "exports",
        AUDIT.c.actor == reader.name,
        AUDIT.c.after.like('%"csv":%'),
    )
    with reading() as connection:
        note = connection.scalar(notes.order_by(AUDIT.c.id.desc()).limit(1))
    style = json.loads(note).get("csv") if note else None
    return style if style in CSV_STYLES else None


@guard_action("briefing.make")
def record_briefing(files: Mapping[str, bytes], filters: Filters, actor: User) -> None:
    """Write down who made a briefing's files of what the filters choose.

    Raises ``NotAllowedError``.
    """
    with writing() as connection:
        record_files(connection, files, actor, filters=filters.to_query())

"""Which form the tables of a store have."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

HEAD: Final = "0002"
"""The newest migration: the form that this program works with."""


def revision_of(connection: sa.Connection) -> str:
    """Return the migration that a store was last brought to, '' for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or "")

"""Bringing the tables of a store to the form that the program works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from store.db.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0005"
"""The newest migration: the form that this program works with."""


def read_revision(connection: sa.Connection) -> str:
    """Return the migration that a store was last brought to, '' for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or "")


SCRIPTS: Final = Path(__file__).with_name("migrations")


def migrate(connection: sa.Connection) -> bool:
    """Bring the store to the newest form in the caller's transaction; return True if it changed.

    Raises ``StoreError`` when the store was made by a newer program.
    """
    now = read_revision(connection)
    if now == HEAD:
        return False

    from alembic import command  # noqa: PLC0415  # slow to load and seldom needed
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = make_alembic_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if now and now not in known:
        raise StoreError(t("store.fault.newer", revision=now))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
    return True


def make_alembic_config() -> Config:
    """Return Alembic's settings: only where the scripts lie."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config

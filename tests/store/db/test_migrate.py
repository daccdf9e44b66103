"""The steps lead to the tables that the program works with, and are told from a newer program's."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.db.database import reading, writing
from store.db.errors import StoreError
from store.db.migrate import HEAD, make_alembic_config, migrate, read_revision
from store.db.schema import load_metadata


def test_the_steps_lead_to_the_tables_of_the_schema(empty_url: str) -> None:
    with writing(empty_url, new=True) as connection:
        assert migrate(connection)
        context = MigrationContext.configure(connection)
        diffs = compare_metadata(context, load_metadata())
        assert [diff for diff in diffs if not _foreign(diff)] == []


def test_a_second_run_does_nothing(empty_url: str) -> None:
    with writing(empty_url, new=True) as connection:
        migrate(connection)
        assert not migrate(connection)
    with reading(empty_url) as connection:
        assert read_revision(connection) == HEAD


def test_the_newest_step_is_the_one_the_program_names() -> None:
    assert ScriptDirectory.from_config(make_alembic_config()).get_current_head() == HEAD


def test_a_store_of_a_newer_program_is_refused(empty_url: str) -> None:
    with writing(empty_url, new=True) as connection:
        migrate(connection)
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with writing(empty_url) as connection, pytest.raises(StoreError, match="9999"):
        migrate(connection)


def _foreign(diff: object) -> bool:
    """Whether it is a table that the server has of itself (PostGIS keeps its reference systems)."""
    return isinstance(diff, tuple) and "spatial_ref_sys" in str(diff)

"""A store of the first form that has data in it becomes one of the newest form, and stays whole."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from geo.paths import DATA
from reports.facts_files.curated import read_curated
from store.accounts.sessions import get_session_user, sign_in
from store.audit.changes import Changeset
from store.audit.integrity import check_store
from store.audit.ledger import Ledger
from store.bootstrap import ensure_store
from store.db.database import is_sqlite, reading, writing
from store.db.errors import StoreError
from store.db.migrate import make_alembic_config, migrate, read_revision
from store.db.schema import load_metadata
from store.facts.facts import load_facts
from store.imports.apply import apply_import, list_imports
from store.imports.curated import hash_facts_folder, import_curated
from store.imports.plan.planning import plan_import
from tests.accounts_here import PASSWORD, make, quick_store  # noqa: F401
from tests.people import ADMIN, AN
from tests.store.small_reports import HALF, QUARTER


def first_form(url: str, *sources: sa.Connection) -> None:
    """Make a store by the first step alone, and put the rows of another store into it."""
    with writing(url, new=True) as connection:
        config = make_alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        there = set(sa.inspect(connection).get_table_names())
        for table in load_metadata().sorted_tables:
            for source in sources if table.name in there else ():
                rows = [dict(row) for row in source.execute(sa.select(table)).mappings()]
                if rows:
                    connection.execute(table.insert(), rows)
        if not is_sqlite(url):
            for table in there - {"alembic_version"}:
                columns = {one["name"] for one in sa.inspect(connection).get_columns(table)}
                if "id" in columns:
                    connection.execute(
                        sa.text(
                            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                            f"(SELECT coalesce(max(id), 1) FROM {table}))"
                        )
                    )


@pytest.fixture
def imported(quick_store: str, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: F811
    """Return a store with two reports, without what the first program did not keep of them."""
    monkeypatch.setattr("store.imports.plan.planning.make_attribute_rows", lambda *_: ())
    apply_import(plan_import(QUARTER), AN)
    apply_import(plan_import(HALF), AN)
    return quick_store


def test_imports_and_facts_are_kept_and_everything_new_works(
    imported: str, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = empty_url.replace("+psycopg", "")
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", imported)
        before, listed = load_facts(), list_imports()
    with reading(imported) as source:
        first_form(empty_url, source)
    monkeypatch.setenv("DATABASE_URL", address)
    with writing(empty_url) as connection:
        assert read_revision(connection) == "0001"
        assert migrate(connection)
    ensure_store()
    after = load_facts()
    assert after.version == before.version
    assert list_imports().equals(listed)
    make("chu", "administrator")
    assert get_session_user(sign_in("chu", PASSWORD).token) is not None
    with writing(empty_url) as connection:
        for kind in ("edit", "visit", "note"):
            Ledger(connection, Changeset(kind, ADMIN))
    with pytest.raises(sa.exc.IntegrityError), writing(empty_url) as connection:
        Ledger(connection, Changeset("nonsense", ADMIN))
    with reading(empty_url) as connection:
        assert check_store(connection) == []


def test_the_curated_facts_of_an_older_program_are_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    folder = DATA / "facts"
    first_form(url)
    with writing(url) as connection:
        import_curated(connection, read_curated(folder), hash_facts_folder(folder))
    with writing(url) as connection:
        migrate(connection)
    with reading(url) as connection:
        assert check_store(connection) == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'imports'")
        assert "'undo', 'edit', 'visit', 'note')" in str(made.scalar())
        assert connection.exec_driver_sql("PRAGMA writable_schema").scalar() == 0


def test_a_reader_that_was_open_before_sees_the_new_form(tmp_path: Path) -> None:
    """Another process with the file open reads the changed table anew."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    first_form(url)
    engine = sa.create_engine(url)
    with engine.connect() as other:
        assert other.exec_driver_sql("SELECT count(*) FROM imports").scalar() == 0
        other.rollback()
        with writing(url) as connection:
            migrate(connection)
        other.exec_driver_sql(
            "INSERT INTO imports (kind, token, at, actor, balance, counts, manifest) "
            "VALUES ('note', 't', '', '', '{}', '{}', '{}')"
        )
        other.rollback()
    engine.dispose()


def test_a_step_that_fails_half_way_leaves_the_store_as_it_was(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    first_form(url)
    with writing(url) as connection:
        connection.exec_driver_sql("CREATE TABLE photos (x)")
    with pytest.raises(StoreError), writing(url) as connection:
        migrate(connection)
    with reading(url) as connection:
        assert read_revision(connection) == "0001"
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'imports'")
        assert "'note'" not in str(made.scalar())

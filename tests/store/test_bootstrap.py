"""A store is made with the program's facts, once, and holds exactly them."""

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from geo.errors import DataFileError
from geo.paths import DATA, ROOT
from reports.facts_files.curated import CuratedFacts, read_curated
from store import bootstrap
from store.audit.changes import Changeset
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import get_sqlite_file, get_store_url, is_sqlite, reading, writing
from store.db.errors import StoreError, StoreUnreachableError
from store.db.schema import AUDIT, FACTS, IMPORTS, REVIEWS
from store.facts.facts import load_facts, read_facts_version
from store.facts.stored.tables import read_stored_facts
from tests.people import person
from tests.small_facts import write_tables


def assert_same(one: CuratedFacts, other: CuratedFacts) -> None:
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if field.name == "periods":
            left, right = (f.sort_values("period", ignore_index=True) for f in (left, right))
        pd.testing.assert_frame_equal(left, right, obj=field.name)


def test_the_store_gives_the_facts_exactly_as_the_files_do(store: str) -> None:
    assert_same(read_stored_facts(store), read_curated(DATA / "facts"))


@pytest.mark.usefixtures("empty_url")
def test_a_start_makes_the_store() -> None:
    bootstrap.ensure_store()
    assert len(load_facts().items) == len(read_stored_facts().items) > 50


def test_facts_are_read_again_only_when_something_was_committed(store: str) -> None:
    before, version = load_facts(), read_facts_version(store)
    assert load_facts() is before
    with writing(store) as connection:
        Ledger(connection, Changeset("report", person("someone")))
    assert read_facts_version(store) != version
    assert load_facts().version == before.version  # the content is as before


def test_every_row_of_the_first_import_is_in_the_audit(store: str) -> None:
    with reading(store) as connection:
        rows = sum(len(read_current_rows(connection, table)) for table in FACTS)
        audits = connection.scalar(sa.select(sa.func.count()).select_from(AUDIT))
    assert rows == audits > 1000


@pytest.mark.slow
def test_programs_that_start_at_once_make_one_store(empty_url: str) -> None:
    code = (
        "from store.bootstrap import ensure_store; ensure_store(); "
        "from store.facts.facts import load_facts; print(load_facts().version)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    versions = {process.communicate()[0] for process in started}
    assert len(versions) == 1
    assert all(process.returncode == 0 for process in started)
    with reading(empty_url) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(IMPORTS)) == 1


def test_a_later_version_of_the_files_supersedes_with_history(
    empty_url: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(DATA / "facts", tmp_path / "facts")
    bootstrap.ensure_store(folder=folder)
    first = read_stored_facts(empty_url)
    path = folder / "key_projects" / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("1198916", "1198917"), "utf-8")
    bootstrap.ensure_store(folder=folder)
    assert_same(read_stored_facts(empty_url), read_curated(folder))
    assert_same(read_stored_facts(empty_url, as_of=1), first)
    with reading(empty_url) as connection:
        told = connection.execute(sa.select(AUDIT).where(AUDIT.c.import_id == 2)).mappings().all()
        assert connection.scalars(sa.select(IMPORTS.c.kind)).all() == ["curated", "curated"]
        assert connection.scalar(sa.select(sa.func.count()).select_from(REVIEWS)) == 0
    assert {row["actor"] for row in told} == {"data/facts"}
    assert any("1198916" in row["before"] for row in told)
    assert any("1198917" in row["after"] for row in told)


def test_files_with_faults_leave_no_store_half_made(empty_url: str, tmp_path: Path) -> None:
    write_tables(tmp_path, periods=[{"period": "2026-Q1", "label_vi": "Quý I"}])
    with pytest.raises(DataFileError):
        bootstrap.ensure_store(folder=tmp_path)
    with writing(empty_url, new=True) as connection:
        assert sa.inspect(connection).get_table_names() in ([], ["spatial_ref_sys"])


def test_a_reader_cannot_write(store: str) -> None:
    with reading(store) as connection, pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.?only"):
        connection.execute(sa.text("DELETE FROM settings"))
    assert is_sqlite(store) or "psycopg" in store


def test_a_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/db")
    with pytest.raises(StoreError, match="mysql"):
        get_store_url()


def test_a_store_that_cannot_be_opened_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    with pytest.raises(StoreError):
        bootstrap.ensure_store()


def test_a_start_that_failed_is_tried_again(empty_url: str) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a PostgreSQL database is empty at first")
    file = get_sqlite_file(empty_url)
    file.write_bytes(b"")
    start = bootstrap.StoreStart()
    with pytest.raises(StoreUnreachableError, match="rỗng"):
        start.make_ready()
    file.unlink()
    start.make_ready()
    assert len(load_facts().items) > 50


def test_faulty_files_close_no_server_that_has_a_store(
    empty_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(bootstrap, "DATA", tmp_path)
    folder = tmp_path / "facts"
    write_tables(folder, periods=[{"period": "2026-Q1", "label_vi": "Quý I"}])
    with pytest.raises(DataFileError):
        bootstrap.StoreStart().make_ready()
    shutil.rmtree(folder)
    shutil.copytree(DATA / "facts", folder)
    bootstrap.ensure_store()
    first = read_stored_facts(empty_url)
    (folder / "periods.csv").write_text("x\n", "utf-8")
    bootstrap.StoreStart().make_ready()
    assert_same(read_stored_facts(empty_url), first)
    assert "periods.csv" in caplog.text


def other_program(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_empty_file_is_not_made_a_new_store(empty_url: str) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a PostgreSQL database is empty at first")
    file = get_sqlite_file(empty_url)
    file.write_bytes(b"")
    for curated in (True, False):
        with pytest.raises(StoreUnreachableError, match="rỗng") as told:
            bootstrap.ensure_store(curated=curated)
        assert str(file) in str(told.value)
        assert "xóa tệp này" in str(told.value)
    assert file.read_bytes() == b""


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("PRAGMA user_version = 3",), "rỗng"),
        (("CREATE TABLE cookies (x)",), "không phải kho dữ liệu"),
        (("CREATE TABLE alembic_version (version_num)", "CREATE TABLE x (y)"), "không phải"),
    ],
)
def test_another_program_s_file_is_left_as_it_is(
    empty_url: str, statements: tuple[str, ...], said: str
) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a PostgreSQL database is empty at first")
    file = get_sqlite_file(empty_url)
    other_program(file, *statements)
    before = file.read_bytes()
    with pytest.raises(StoreUnreachableError, match=said) as told:
        bootstrap.ensure_store()
    assert str(file) in str(told.value)
    assert file.read_bytes() == before


def test_a_store_that_lost_its_step_is_refused(store: str) -> None:
    with writing(store) as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    with pytest.raises(StoreUnreachableError, match="bước phiên bản"):
        bootstrap.ensure_store()


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_lost_while_the_program_runs_is_not_made_anew(
    store: str, left: bytes | None
) -> None:
    if not is_sqlite(store):
        pytest.skip("a server keeps its files itself")
    file = get_sqlite_file(store)
    start = bootstrap.StoreStart()
    start.make_ready()
    for one in file.parent.glob("store.sqlite*"):
        one.unlink()
    if left is not None:
        file.write_bytes(left)
    start.make_ready()
    with pytest.raises(StoreUnreachableError, match=r"store\.sqlite"):
        load_facts()
    with pytest.raises(StoreUnreachableError), writing(store) as connection:
        connection.exec_driver_sql("DELETE FROM settings")
    assert not file.exists() or left is not None


def test_changes_left_of_a_lost_store_bar_a_new_one(empty_url: str) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a server keeps its files itself")
    file = get_sqlite_file(empty_url)
    changes = file.with_name(f"{file.name}-wal")
    changes.write_bytes(b"changes")
    with pytest.raises(StoreUnreachableError, match=r"store\.sqlite-wal"):
        bootstrap.ensure_store()
    assert not file.exists()
    assert changes.read_bytes() == b"changes"


def test_nothing_is_left_beside_a_store_just_made(store: str) -> None:
    if is_sqlite(store):
        assert [one.name for one in get_sqlite_file(store).parent.glob(".*")] == []

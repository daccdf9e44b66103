"""Copies are made and put back while the program runs; what is not whole is not put back."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from geo import clock
from geo.paths import ROOT
from store.audit.integrity import check_store
from store.backup import backup, restore
from store.bootstrap import ensure_store
from store.cli.main import main
from store.db.database import get_sqlite_file, is_sqlite, reading, writing
from store.db.errors import StoreError, StoreUnreachableError
from store.facts.facts import load_facts
from store.facts.stored.tables import read_stored_facts
from store.imports.apply import apply_import, list_imports
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import HALF, QUARTER
from tests.store.test_bootstrap import assert_same


def assert_whole(url: str) -> None:
    with reading(url) as connection:
        assert check_store(connection) == []


def test_a_copy_put_back_is_the_store_as_it_was(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    before = read_stored_facts(bare_store)
    file = backup(tmp_path / "copy")
    apply_import(plan_import(HALF), AN)
    assert len(load_facts().documents) == 2
    kept = restore(file)
    assert_same(read_stored_facts(bare_store), before)
    assert len(load_facts().documents) == 1  # a program that ran on sees it
    assert_whole(bare_store)
    apply_import(plan_import(HALF), AN)
    assert_whole(bare_store)
    if is_sqlite(bare_store):
        assert kept is not None
        assert len(read_stored_facts(f"sqlite:///{kept}").documents) == 2


@pytest.mark.slow
def test_copies_are_whole_while_another_program_writes(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    code = (
        "from store.imports.apply import apply_import, undo_import\n"
        "from store.imports.plan.planning import plan_import\n"
        "from tests.people import AN\n"
        "from tests.store.small_reports import HALF\n"
        "for _ in range(12): undo_import(apply_import(plan_import(HALF), AN), AN, 'x')\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ))
    sizes = set()
    for at in range(6):
        file = backup(tmp_path / f"copy-{at}")
        if is_sqlite(bare_store):
            sizes.add(len(read_stored_facts(f"sqlite:///{file}").observations))
    assert writer.wait(60) == 0
    assert sizes <= {4, 7}
    assert_whole(bare_store)


def test_readers_go_on_while_a_copy_is_put_back(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    file = backup(tmp_path / "copy")
    apply_import(plan_import(HALF), AN)
    seen: set[int] = set()
    faults: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add(len(read_stored_facts(bare_store).observations))
            except StoreError as fault:
                faults.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    restore(file)
    stop.set()
    reader.join()
    assert faults == []
    assert seen <= {4, 7}
    assert len(read_stored_facts(bare_store).observations) == 4


def test_what_is_no_whole_copy_is_not_put_back(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    copy = backup(tmp_path / "copy").read_bytes()
    (tmp_path / "text").write_text("not a store")
    (tmp_path / "half").write_bytes(copy[: len(copy) // 2])
    (tmp_path / "empty").write_bytes(b"")
    for name in ("text", "half", "empty", "missing"):
        with pytest.raises(StoreError):
            restore(tmp_path / name)
    assert len(read_stored_facts(bare_store).observations) == 4
    assert len(list_imports()) == 1
    assert_whole(bare_store)


def damaged(live: Path, how: str) -> bytes:
    """Damage a store's file in one of the ways that disks and people do; return what it is now."""
    content = live.read_bytes()
    pages = bytearray(content)
    if how == "pages":
        pages[8192:40960] = os.urandom(40960 - 8192)
    made = {
        "empty": b"",
        "text": b"not a store",
        "half": content[: len(content) // 2],
        "header": bytes(100) + content[100:],
        "garbage": os.urandom(len(content)),
        "pages": bytes(pages),
    }[how]
    live.write_bytes(made)
    return made


WAYS = ("empty", "text", "half", "header", "garbage", "pages")


@pytest.mark.slow
@pytest.mark.parametrize("how", WAYS)
def test_a_copy_is_put_in_the_place_of_a_damaged_store(
    bare_store: str, tmp_path: Path, how: str
) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("a server looks after its files itself")
    apply_import(plan_import(QUARTER), AN)
    file = backup(tmp_path / "copy")
    live = get_sqlite_file(bare_store)
    made = damaged(live, how)
    kept = restore(file)
    assert kept is not None
    assert kept.stat().st_size == len(made)
    assert how == "pages" or kept.read_bytes() == made
    assert len(load_facts().documents) == 1
    assert_whole(bare_store)
    apply_import(plan_import(HALF), AN)
    assert_whole(bare_store)


def test_changes_beside_a_damaged_store_are_set_aside_with_it(
    bare_store: str, tmp_path: Path
) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("a server looks after its files itself")
    apply_import(plan_import(QUARTER), AN)
    file = backup(tmp_path / "copy")
    live = get_sqlite_file(bare_store)
    for how in ("empty", "missing"):
        live.write_bytes(b"")
        if how == "missing":
            live.unlink()
        changes = live.with_name(f"{live.name}-wal")
        changes.write_bytes(b"changes of the lost store")
        kept = restore(file)
        assert kept is not None
        aside = kept.with_name(f"{kept.name}-wal")
        assert aside.read_bytes() == b"changes of the lost store"
        assert not changes.exists() or changes.read_bytes() != aside.read_bytes()
        assert len(load_facts().documents) == 1
        assert_whole(bare_store)


def test_nothing_that_was_set_aside_is_written_over(
    bare_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("nothing is set aside on PostgreSQL")
    apply_import(plan_import(QUARTER), AN)
    file = backup(tmp_path / "copy")
    apply_import(plan_import(HALF), AN)
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # all within one second
    kept = [restore(file) for _ in range(3)]
    assert len(set(kept)) == 3
    counts = [len(read_stored_facts(f"sqlite:///{one}").documents) for one in kept]
    assert counts == [2, 1, 1]


def test_a_copy_that_cannot_be_set_aside_leaves_the_store_and_nothing_else(
    bare_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("nothing is set aside on PostgreSQL")
    apply_import(plan_import(QUARTER), AN)
    file = backup(tmp_path / "copy")
    apply_import(plan_import(HALF), AN)

    def full(_source: Path, _target: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("store.backup._copy_pages", full)
    with pytest.raises(StoreError, match=r"store\.sqlite") as told:
        restore(file)
    assert "disk is full" in str(told.value)
    assert list(tmp_path.glob("*before-restore*")) == []
    assert len(load_facts().documents) == 2


@pytest.mark.parametrize("how", WAYS[:-1])
def test_a_damaged_store_is_never_taken_for_a_new_one(
    bare_store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("a server looks after its files itself")
    apply_import(plan_import(QUARTER), AN)
    made = damaged(get_sqlite_file(bare_store), how)
    with pytest.raises(StoreUnreachableError, match="python -m store restore"):
        ensure_store()
    assert main(["backup", str(tmp_path / "new")]) == 1
    assert "python -m store restore" in capsys.readouterr().err
    assert get_sqlite_file(bare_store).read_bytes() == made
    assert not (tmp_path / "new").exists()


def test_a_backup_of_a_store_that_is_not_whole_blames_the_store(
    bare_store: str, tmp_path: Path
) -> None:
    apply_import(plan_import(QUARTER), AN)
    if not is_sqlite(bare_store):
        pytest.skip("pg_dump copies what there is")
    with writing(bare_store) as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE id = 3")
    with pytest.raises(StoreError, match=r"store\.sqlite không toàn vẹn"):
        backup(tmp_path / "copy")


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(store: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        backup(tmp_path / "no" / "such" / "folder")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert not is_sqlite(store) or get_sqlite_file(store).exists()

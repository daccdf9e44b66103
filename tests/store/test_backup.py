"""Copies are made and put back while the program runs; what is not whole is not put back."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from geo.paths import ROOT
from store.audit.integrity import check
from store.backup import backup, restore
from store.db.database import is_sqlite, reading, sqlite_file
from store.db.errors import StoreError
from store.facts.facts import load_facts, stored_facts
from store.imports.apply import apply_import, imports
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import HALF, QUARTER
from tests.store.test_bootstrap import assert_same


def assert_whole(url: str) -> None:
    with reading(url) as connection:
        assert check(connection) == []


def test_a_copy_put_back_is_the_store_as_it_was(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    before = stored_facts(bare_store)
    file = backup(tmp_path / "copy")
    apply_import(plan_import(HALF), AN)
    assert len(load_facts().documents) == 2
    kept = restore(file)
    assert_same(stored_facts(bare_store), before)
    assert len(load_facts().documents) == 1  # a program that ran on sees it
    assert_whole(bare_store)
    apply_import(plan_import(HALF), AN)
    assert_whole(bare_store)
    if is_sqlite(bare_store):
        assert kept is not None
        assert len(stored_facts(f"sqlite:///{kept}").documents) == 2


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
            sizes.add(len(stored_facts(f"sqlite:///{file}").observations))
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
                seen.add(len(stored_facts(bare_store).observations))
            except StoreError as fault:
                faults.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    restore(file)
    stop.set()
    reader.join()
    assert faults == []
    assert seen <= {4, 7}
    assert len(stored_facts(bare_store).observations) == 4


def test_what_is_no_whole_copy_is_not_put_back(bare_store: str, tmp_path: Path) -> None:
    apply_import(plan_import(QUARTER), AN)
    copy = backup(tmp_path / "copy").read_bytes()
    (tmp_path / "text").write_text("not a store")
    (tmp_path / "half").write_bytes(copy[: len(copy) // 2])
    (tmp_path / "empty").write_bytes(b"")
    for name in ("text", "half", "empty", "missing"):
        with pytest.raises(StoreError):
            restore(tmp_path / name)
    assert len(stored_facts(bare_store).observations) == 4
    assert len(imports()) == 1
    assert_whole(bare_store)


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(store: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        backup(tmp_path / "no" / "such" / "folder")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert not is_sqlite(store) or sqlite_file(store).exists()

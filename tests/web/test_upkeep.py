"""Beside the readers: views made again after every change, readers first, no garbage that stays."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from weakref import ref

import pytest

from geo.paths import ROOT
from store.bootstrap import StoreStart
from store.db.errors import StoreUnreachableError
from store.facts.facts import Facts, load_facts, read_facts_version
from store.facts_cache import cache_on_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from tests.accounts_here import quick_store  # noqa: F401
from tests.people import ADMIN, AN
from tests.store.small_reports import QUARTER
from web import server, upkeep
from web.server import warm_up
from web.upkeep import ReaderRuns, Upkeep, freeze_heap
from web.usual_views import make_usual_views

WAIT = 120.0
ANOTHER = """
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import QUARTER

apply_import(plan_import(QUARTER), AN)
"""


@pytest.fixture(autouse=True)
def _frozen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the heap of all tests frozen as it is: to look through it takes seconds each time."""
    monkeypatch.setattr(upkeep, "SECONDS_BETWEEN", 0.01)
    for module in (upkeep, server):
        monkeypatch.setattr(module, "freeze_heap", lambda: None)
    monkeypatch.setattr(upkeep, "freeze_new", lambda: None)


@contextmanager
def keeping_up(
    make_views: Callable[[Facts], None], make_ready: Callable[[], None] = lambda: None
) -> Iterator[Upkeep]:
    kept = Upkeep(make_ready, make_views)
    kept.start()
    assert kept.ready.wait(WAIT)
    yield kept
    kept.stop()


class Holder:
    """A result that holds what it was made of: a circle, for the facts keep their results."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts


@cache_on_facts()
def hold(facts: Facts) -> Holder:
    return Holder(facts)


@pytest.mark.usefixtures("quick_store")
def test_old_facts_die_with_the_next_change_even_where_they_are_frozen_in_a_circle() -> None:
    number = apply_import(plan_import(QUARTER), AN)
    hold(load_facts())
    seen = ref(load_facts())
    freeze_heap()
    undo_import(number, ADMIN, "thử")
    load_facts()
    assert seen()
    freeze_heap()
    assert seen() is None
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("quick_store")
def test_what_lasts_is_frozen_after_the_views_of_every_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen: list[int] = []
    again = Event()

    def freeze() -> None:
        frozen.append(len(load_facts().items))
        if len(frozen) == 2:
            again.set()

    monkeypatch.setattr(upkeep, "freeze_heap", freeze)
    with keeping_up(lambda _facts: None):
        apply_import(plan_import(QUARTER), AN)
        assert again.wait(WAIT)
    assert frozen == [0, len(QUARTER.projects)]


@pytest.mark.usefixtures("quick_store")
def test_the_usual_views_are_made_of_every_new_version_before_anybody_asks() -> None:
    came: list[tuple[int, bool]] = []
    again = Event()

    def views(facts: Facts) -> None:
        make_usual_views(facts)
        came.append((len(facts.items), facts is load_facts()))
        if len(came) == 2:
            again.set()

    with keeping_up(views):
        apply_import(plan_import(QUARTER), AN)
        assert again.wait(WAIT)
    assert came[0] == (0, True)
    assert came[1] == (len(load_facts().items), True)


@pytest.mark.usefixtures("quick_store")
def test_what_another_process_changes_is_seen_here_without_anybody_asking() -> None:
    counts: list[int] = []
    again = Event()

    def views(facts: Facts) -> None:
        counts.append(len(facts.items))
        if len(counts) == 2:
            again.set()

    with keeping_up(views):
        subprocess.run([sys.executable, "-c", ANOTHER], cwd=ROOT, check=True)
        assert again.wait(WAIT)
    assert counts == [0, len(QUARTER.projects)]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_store")
def test_a_view_that_fails_is_logged_and_the_next_version_is_made(
    caplog: pytest.LogCaptureFixture,
) -> None:
    counts: list[int] = []
    again = Event()

    def views(facts: Facts) -> None:
        counts.append(len(facts.items))
        if len(counts) == 1:
            raise ValueError
        again.set()

    with keeping_up(views):
        apply_import(plan_import(QUARTER), AN)
        assert again.wait(WAIT)
    assert "a usual view was not made" in caplog.text


def test_a_store_that_is_not_there_yet_is_waited_for(
    quick_store: str,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = Event()
    tries: list[str] = []

    def make_ready() -> None:
        tries.append(quick_store)
        if len(tries) < 3:
            raise StoreUnreachableError(quick_store)

    with keeping_up(lambda _facts: made.set(), make_ready):
        assert made.wait(WAIT)
    assert caplog.text.count("the map is not ready") == 1


def test_a_server_stopped_while_it_starts_waits_for_no_views() -> None:
    """What waits for the first views is let go, or the server never ends."""
    kept = Upkeep(lambda: None, lambda _facts: None)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(kept.ready.wait, WAIT)
        kept.stop()
        assert waiting.result()


def test_the_page_that_the_server_opens_itself_finds_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a new machine nobody has made it yet, and no middleware does for a page from within."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    versions: list[str] = []

    async def open_first_page() -> None:
        versions.append(read_facts_version())

    async def start() -> None:
        monkeypatch.setattr(Upkeep, "start", lambda _self: None)
        async with warm_up(StoreStart(), open_first_page, open_first_page, None):
            while not versions:  # noqa: ASYNC110 - the page is opened beside the start
                await asyncio.sleep(0.01)

    # In a thread of its own: in this one a browser of another test may keep a loop running.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(asyncio.wait_for(start(), WAIT))).result()
    assert versions


def test_who_waits_goes_on_once_the_last_run_has_ended() -> None:
    runs, waiting = ReaderRuns(), Event()

    def wait() -> bool:
        waiting.set()
        return runs.wait_for_none(WAIT)

    with ThreadPoolExecutor(1) as pool:
        with runs.count_run(), runs.count_run():
            waited = pool.submit(wait)
            assert waiting.wait(WAIT)
            assert not waited.done()
        assert waited.result(WAIT)


def test_it_has_been_quiet_only_some_time_after_the_last_run() -> None:
    runs = ReaderRuns()
    assert runs.has_been_quiet(0.01)
    with runs.count_run():
        assert not runs.has_been_quiet(0)
    assert not runs.has_been_quiet(60)
    assert runs.has_been_quiet(0)


@pytest.mark.usefixtures("quick_store")
def test_what_may_be_asked_for_next_is_made_of_the_newest_version_while_nobody_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(upkeep, "SECONDS_QUIET", 0.0)
    made: list[int] = []
    again = Event()

    def list_next(facts: Facts) -> Iterator[tuple[Callable[[], object], ...]]:
        yield lambda: 1 / 0, lambda: made.append(len(facts.items))
        yield (lambda: again.set() if made[-1] else None,)

    with upkeep.READER_RUNS.count_run():
        kept = Upkeep(lambda: None, lambda _facts: None, list_next)
        kept.start()
        assert kept.ready.wait(WAIT)
        apply_import(plan_import(QUARTER), AN)
        assert not again.wait(0.2)
    assert made == []
    assert again.wait(WAIT)
    kept.stop()
    assert made[-1] == len(QUARTER.projects)
    assert "a view that may be asked for next was not made" in caplog.text


def test_a_run_that_does_not_end_is_not_waited_for_forever() -> None:
    runs = ReaderRuns()
    with runs.count_run():
        assert not runs.wait_for_none(0.01)
    assert runs.wait_for_none(0.01)


def test_a_run_that_fails_has_ended() -> None:
    runs = ReaderRuns()
    with pytest.raises(ValueError, match="page"), runs.count_run():
        raise ValueError("page")
    assert runs.wait_for_none(0.01)

"""What a server does beside its readers: the usual views made ready, the garbage looked after.

A thread of each process looks every second whether the store has changed, by whatever process. If
it has, it reads what changed and makes what most readers ask for, so that the next one finds it
made; a reader who is faster makes it, or waits for what is under way. Between two views it lets
readers' runs go first: of two threads at work each has half of the processor. Then, while nobody
asks for anything, it makes what is one press away, for some seconds of the processor.

**Garbage.** Python looks for garbage among everything that has not been looked through often: with
the facts and the loaded modules that takes longer than a page's run, and Streamlit used to have it
done after each. What lasts is therefore frozen (``gc.freeze``) once the views are made: looked
through no more. What it costs: what dies among the frozen in circles of references stays until
the next change of the store, when everything is thawed, looked through once (a pause of about
a tenth of a second on real facts) and frozen again; so no more than one version's circles ever
wait. What no circle holds, above all old facts, goes at once as ever.
"""

from __future__ import annotations

import gc
import logging
import time
from contextlib import contextmanager
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Final

from geo.errors import ProjectMapError
from store.facts.facts import load_facts, read_facts_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from store.facts.facts import Facts

    Views = Iterable[Callable[[], object]]

GARBAGE_EVERY: Final = (50_000, 20, 100)
"""How much is made before Python looks for garbage among it (``gc.set_threshold``).

By its own measure it looks every 700 objects: making the views of thousands of items, a sixth of
the time went by looking through what stays. Streamlit looks after every run as well.
"""
SECONDS_BETWEEN: Final = 1.0
"""How long another process's change may stand before this one makes its views again."""

SECONDS_AHEAD: Final = 4.0
"""How long choices that somebody may make next are worked out: of 10,000 items five periods."""

SECONDS_QUIET: Final = 0.3
"""How long nobody must have asked for anything meanwhile."""

_LOG = logging.getLogger(__name__)


class ReaderRuns:
    """The count of the runs under way in this process."""

    def __init__(self) -> None:
        self._count = 0
        self._ended = 0.0
        self._changed = Condition()

    @contextmanager
    def count_run(self) -> Iterator[None]:
        """Count what is done within as a run."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._ended = time.monotonic()
                self._changed.notify_all()

    def wait_for_none(self, seconds: float) -> bool:
        """Wait until no run is under way, so many seconds at most; return whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, seconds)

    def has_been_quiet(self, seconds: float) -> bool:
        """Return whether no run is under way, nor has been for so many seconds."""
        with self._changed:
            return not self._count and time.monotonic() - self._ended >= seconds


READER_RUNS: Final = ReaderRuns()
"""Of this process: the script that runs pages and the thread beside it share nothing else."""


def freeze_heap() -> None:
    """Look for garbage once in all that lives, and never again in what is left (see above)."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def freeze_new() -> None:
    """Look for garbage in what has come since, and never again in what is left of it."""
    gc.collect()
    gc.freeze()


class Upkeep:
    """The thread that keeps one process's views ready.

    ``ready`` is set once it did so first, or was stopped: whoever waits for it never waits in vain.
    """

    def __init__(
        self,
        make_ready: Callable[[], None],
        make_views: Callable[[Facts], None],
        list_next: Callable[[Facts], Iterator[Views]] = lambda _facts: iter(()),
    ) -> None:
        self.ready = Event()
        self._make_ready = make_ready
        self._make_views = make_views
        self._list_next = list_next
        self._next: Iterator[Views] = iter(())
        self._steps: list[Callable[[], object]] = []
        self._seconds_left = 0.0
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """End it, after what it is at."""
        self._stopping.set()
        self.ready.set()

    def _run(self) -> None:
        made_of: str | None = None
        while not self._stopping.is_set():
            try:
                made_of = self._keep_up(made_of)
            except ProjectMapError:
                # The page says it to whoever opens it; the log keeps it for the operator, once.
                if not self.ready.is_set():
                    _LOG.exception("the map is not ready")
            self.ready.set()
            if not self._make_next():
                self._stopping.wait(SECONDS_BETWEEN)

    def _keep_up(self, made_of: str | None) -> str:
        """Make the views again if the store has changed; return the version they are made of."""
        self._make_ready()
        version = read_facts_version()
        if version != made_of:
            try:
                self.prepare_views()
            except ProjectMapError:
                raise
            except Exception:  # noqa: BLE001 - one view's fault must not end the upkeep
                # Whoever opens the view is told; the server goes on without it.
                _LOG.exception("a usual view was not made")
        return version

    def _make_next(self) -> bool:
        """Make one of the views that may be asked for next; return whether there may be more.

        None while somebody is asking for something. What a choice needs is frozen once it is made:
        it lasts as long as the facts.
        """
        if self._seconds_left <= 0 or not READER_RUNS.has_been_quiet(SECONDS_QUIET):
            return False
        begun = time.thread_time()
        if not self._steps:
            self._steps = list(next(self._next, ()))
        if self._steps:
            self._make_step(self._steps.pop(0))
            if not self._steps:
                freeze_new()
        else:
            self._seconds_left = 0.0
        self._seconds_left -= time.thread_time() - begun
        if self._seconds_left <= 0:
            self._forget_next()
        return self._seconds_left > 0

    @staticmethod
    def _make_step(make: Callable[[], object]) -> None:
        try:
            make()
        except Exception:  # noqa: BLE001 - as above
            _LOG.exception("a view that may be asked for next was not made")

    def _forget_next(self) -> None:
        """Let go of the facts that the next views would be made of."""
        self._next, self._steps, self._seconds_left = iter(()), [], 0.0

    def prepare_views(self) -> None:
        """Read the facts as they are now, make the usual views of them, and freeze what lasts."""
        begun = time.monotonic()
        self._forget_next()
        facts = load_facts()
        self._make_views(facts)
        freeze_heap()
        self._next, self._seconds_left = self._list_next(facts), SECONDS_AHEAD
        _LOG.info("views made in %.2f s", time.monotonic() - begun)

"""Which runs of pages are under way: what the server does beside the readers lets them go first.

One process runs one thing at a time: a view made ahead while a reader's page is being made would
take half of the processor from it.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class ReaderRuns:
    """The count of the runs under way in this process."""

    def __init__(self) -> None:
        self._count = 0
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
                self._changed.notify_all()

    def wait_for_none(self, seconds: float) -> bool:
        """Wait until no run is under way, so many seconds at most; return whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, seconds)


READER_RUNS: Final = ReaderRuns()
"""Of this process: the script that runs pages and the thread beside it share nothing else."""

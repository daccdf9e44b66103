"""What goes on beside the readers waits for their runs, for no longer than it may."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from web.reader_runs import ReaderRuns

LONG, SHORT = 60.0, 0.01


def test_who_waits_goes_on_once_the_last_run_has_ended() -> None:
    runs, waiting = ReaderRuns(), Event()

    def wait() -> bool:
        waiting.set()
        return runs.wait_for_none(LONG)

    with ThreadPoolExecutor(1) as pool:
        with runs.count_run(), runs.count_run():
            waited = pool.submit(wait)
            assert waiting.wait(LONG)
            assert not waited.done()
        assert waited.result(LONG)


def test_a_run_that_does_not_end_is_not_waited_for_forever() -> None:
    runs = ReaderRuns()
    with runs.count_run():
        assert not runs.wait_for_none(SHORT)
    assert runs.wait_for_none(SHORT)


def test_a_run_that_fails_has_ended() -> None:
    runs = ReaderRuns()
    with pytest.raises(ValueError, match="page"), runs.count_run():
        raise ValueError("page")
    assert runs.wait_for_none(SHORT)

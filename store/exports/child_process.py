"""Work of seconds done in a process of its own: readers go on meanwhile, and it can be stopped.

Python runs one thread at a time; a workbook or a briefing made by the server would make every
reader wait for its turn. What is to be done is a function of a module with its arguments, pickled
between our own two processes; what comes back are its steps, then its result or its fault.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from geo.errors import ProjectMapError
from geo.i18n import get_reader_language, t, use_language
from reports.child_process import limit_memory, make_child_environment, stop_process_group
from store.db.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_AT_ONCE: Final = 2
"""Processes at a time; who comes later waits for one to end."""

MOST_SECONDS: Final = 180.0
_MEMORY: Final = 4 * 1024**3
_NICER: Final = 5
"""Readers come first where there are fewer processors than work."""

_LOUD: Final = 2000
_ROOM: Final = threading.BoundedSemaphore(MOST_AT_ONCE)
_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def run_in_child(
    work: Callable[Concatenate[Callable[[str], None], P], T],
    progress: Callable[[str], None],
    seconds: float = MOST_SECONDS,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Return ``work(progress, *args, **kwargs)``, worked out in a process of its own.

    ``work`` is a function of a module, and it, its arguments and its result can be pickled. Raises
    the ``ProjectMapError`` that it raises, and ``ExportError`` where it takes longer than
    ``seconds``, too many are under way for as long, or it ends without a result.
    """
    if not _ROOM.acquire(timeout=seconds):
        raise ExportError(t("exports.fault.busy", get_reader_language()))
    try:
        task = pickle.dumps((get_reader_language(), work, args, kwargs))
        result: T = _run(task, progress, seconds)
        return result
    finally:
        _ROOM.release()


def _run(task: bytes, progress: Callable[[str], None], seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryFile() as faults:
        process = subprocess.Popen(
            [sys.executable, "-m", "store.exports.child_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=faults,
            env=make_child_environment(),
            start_new_session=True,
        )
        answers: queue.Queue[tuple[str, Any]] = queue.Queue()
        exchange = threading.Thread(target=_exchange, args=(process, task, answers), daemon=True)
        exchange.start()
        try:
            return _await_result(answers, progress, deadline, seconds)
        finally:
            stop_process_group(process)
            exchange.join()  # it ends with the process, and closes the pipes
            faults.seek(0)
            if said := faults.read().decode("utf-8", "replace").strip():
                _log.warning("a child process said: %s", said[-_LOUD:])


def _await_result(
    answers: queue.Queue[tuple[str, Any]],
    progress: Callable[[str], None],
    deadline: float,
    seconds: float,
) -> Any:
    while True:
        try:
            kind, value = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            message = t("exports.fault.too_slow", get_reader_language(), seconds=round(seconds))
            raise ExportError(message) from None
        if kind == "step":
            progress(value)
        elif kind == "fault":
            raise value
        else:
            return value


def _exchange(
    process: subprocess.Popen[bytes], task: bytes, answers: queue.Queue[tuple[str, Any]]
) -> None:
    """Give the task, take the answers; where they break off, a fault is the last one."""
    ended = "fault", ExportError(t("exports.fault.child"))
    if process.stdin is None or process.stdout is None:
        answers.put(ended)
        return
    try:
        with process.stdout as said:
            with process.stdin as given:
                given.write(task)
            while True:
                answers.put(pickle.load(said))  # noqa: S301 - our own process wrote it
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        answers.put(ended)


def main() -> int:
    """Do the one task given on the standard input; answer on the standard output alone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer
    _hold_back()
    language, work, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - see the module
    use_language(language)
    try:
        result = work(lambda step: _answer(answers, "step", step), *args, **kwargs)
    except ProjectMapError as fault:
        _answer(answers, "fault", fault)
    else:
        _answer(answers, "result", result)
    return 0


def _answer(answers: IO[bytes], kind: str, value: Any) -> None:
    answers.write(pickle.dumps((kind, value)))
    answers.flush()


def _hold_back() -> None:
    """Let others go first, and take no more memory than there is for it."""
    if hasattr(os, "nice"):
        os.nice(_NICER)
    limit_memory(_MEMORY)


if __name__ == "__main__":
    raise SystemExit(main())

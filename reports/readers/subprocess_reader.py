"""Reading pages in a process of its own, so that time and memory limits are real.

PDF and picture libraries cannot be stopped from within: a page may unpack to gigabytes or never
end. The process hands over one JSON line per page, so progress is seen and what is late is cut.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reports.child_process import make_child_environment, stop_process_group
from reports.model.document import OPTIONS
from reports.model.errors import ReportError
from reports.readers.raw_pages import page_from_json
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reports.model.document import ReadLimits, ReadOptions
    from reports.readers.raw_pages import PicturePart, RawPage

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageNote:
    """What the process says of a page; of the file where ``page`` is 0.

    ``key`` is of ``reports.open`` for a page that could not be read, else of ``reports.scan``.
    """

    page: int
    key: str
    values: dict[str, Any]
    unread: bool


@dataclass
class PageReading:
    """The pages as read, the number of all in the file, and what is said of them.

    ``fault`` is why reading ended early, where the pages so far are good enough.
    """

    pages: list[RawPage] = field(default_factory=list)
    total: int = 0
    notes: list[PageNote] = field(default_factory=list)
    fault: ReportError | None = None


def read_pages(
    kind: str,
    data: bytes,
    name: str,
    limits: ReadLimits,
    *,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
    only: Mapping[int, Sequence[PicturePart]] | None = None,
    patient: bool = False,
) -> PageReading:
    """Return the pages asked for; ``kind`` is ``pdf``, ``scan`` or an ``office.RECORD_KINDS``.

    ``only`` names the pages of a scan to read, and those of their parts, where not all of the
    page. Raises ``ReportError`` with the child's own reason, or when time or memory are used up;
    with ``patient`` the pages so far are returned with that fault.
    """
    deadline = time.monotonic() + limits.max_seconds
    reading = PageReading()
    settings = {
        "pages": limits.max_pages,
        "cells": limits.max_cells,
        "seconds": limits.max_seconds,
        "ranges": options.pages,
        "only": None if only is None else [[page, list(parts)] for page, parts in only.items()],
        "patient": patient,
    }
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path = Path(folder) / "report"
        path.write_bytes(data)
        with (Path(folder) / "faults").open("w+b") as faults:
            process = _start_process(kind, path, settings, faults)
            try:
                _collect_pages(reading, process, name, limits, deadline, progress)
            except ReportError as fault:
                if not patient:
                    raise
                reading.fault = fault
            finally:
                _stop_process(process)
                _log_faults(faults)
    return reading


def _start_process(
    kind: str, path: Path, settings: Mapping[str, Any], faults: IO[bytes]
) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "reports.readers", kind, str(path), json.dumps(settings)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=faults,
        encoding="utf-8",
        env=make_child_environment(OMP_THREAD_LIMIT="1"),
        start_new_session=True,
    )


def _collect_pages(  # noqa: PLR0917 - one call, split off for its length
    reading: PageReading,
    process: subprocess.Popen[str],
    name: str,
    limits: ReadLimits,
    deadline: float,
    progress: Callable[[int, int], None] | None,
) -> None:
    lines: queue.Queue[str | None] = queue.Queue()
    if process.stdout is None:
        raise make_refusal("damaged", name)
    threading.Thread(target=_pump_lines, args=(process.stdout, lines), daemon=True).start()
    count = done = 0
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise make_refusal("too_slow", name, seconds=round(limits.max_seconds)) from None
        if line is None:
            break
        record: dict[str, Any] = json.loads(line)
        if "refused" in record:
            raise make_refusal(record["refused"], name, **record["values"])
        if "count" in record:
            count = record["count"]
            reading.total = record.get("total", count)
        elif "note" in record:
            values, unread = record["values"], record["unread"]
            reading.notes.append(PageNote(record["of"], record["note"], values, unread))
            done += unread
        else:
            reading.pages.append(page_from_json(record))
            done += 1
        if progress is not None:
            progress(done, count)
    if process.wait(timeout=5) != 0 or done != count:
        _log.warning("reading ended with status %s after page %s", process.returncode, done)
        raise make_refusal("damaged", name)


def _log_faults(faults: IO[bytes]) -> None:
    """Log what the process said last: a fault of the program ends there, not at the user."""
    faults.seek(0)
    message = faults.read().decode("utf-8", "replace").strip()
    if message:
        _log.warning("reading pages said: %s", message[-2000:])


def _pump_lines(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    try:
        for line in stream:
            lines.put(line)
    except (OSError, ValueError):
        pass
    finally:
        lines.put(None)


def _stop_process(process: subprocess.Popen[str]) -> None:
    """End the process and what it started (Tesseract), and give back its pipe."""
    stop_process_group(process)
    if process.stdout is not None:
        process.stdout.close()

"""Reading pages in a process of its own, so that time and memory limits are real.

PDF and picture libraries cannot be stopped from within: a page may unpack to gigabytes or never
end. The process hands over one JSON line per page, so progress is seen and what is late is cut.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from reports.model.document import OPTIONS
from reports.readers.raw_pages import page_from_json
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import ReadLimits, ReadOptions
    from reports.readers.raw_pages import RawPage

Progress = "Callable[[int, int], None]"
"""Called with the number of pages read and the number of pages to read."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


def read_pages(
    kind: str,
    data: bytes,
    name: str,
    limits: ReadLimits,
    *,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> tuple[list[RawPage], int]:
    """Return the parts of the pages asked for and the number of all.

    ``kind`` is ``pdf``, ``scan`` or one of ``office.RECORD_KINDS``. Raises ``ReportError`` with
    the child's own reason, or when time or memory are used up.
    """
    deadline = time.monotonic() + limits.max_seconds
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path = Path(folder) / "report"
        path.write_bytes(data)
        with (Path(folder) / "faults").open("w+b") as faults:
            process = _start_process(kind, path, limits, options, faults)
            try:
                return _collect_pages(process, name, limits, deadline, progress)
            finally:
                _stop_process(process)
                _log_faults(faults)


def _start_process(
    kind: str, path: Path, limits: ReadLimits, options: ReadOptions, faults: IO[bytes]
) -> subprocess.Popen[str]:
    settings = json.dumps(
        {
            "pages": limits.max_pages,
            "cells": limits.max_cells,
            "seconds": limits.max_seconds,
            "ranges": options.pages,
        }
    )
    paths = [str(_ROOT), *([os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [])]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "reports.readers", kind, str(path), settings],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=faults,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    )


def _collect_pages(
    process: subprocess.Popen[str],
    name: str,
    limits: ReadLimits,
    deadline: float,
    progress: Callable[[int, int], None] | None,
) -> tuple[list[RawPage], int]:
    lines: queue.Queue[str | None] = queue.Queue()
    if process.stdout is None:
        raise make_refusal("damaged", name)
    threading.Thread(target=_pump_lines, args=(process.stdout, lines), daemon=True).start()
    pages: list[RawPage] = []
    count = total = 0
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
            total = record.get("total", count)
        else:
            pages.append(page_from_json(record))
        if progress is not None:
            progress(len(pages), count)
    if process.wait(timeout=5) != 0 or len(pages) != count:
        _log.warning("reading ended with status %s after page %s", process.returncode, len(pages))
        raise make_refusal("damaged", name)
    return pages, total


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
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (OSError, AttributeError):
            process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()

"""Opening a large report in a process of its own, so that limits of time and memory are real.

Readers count cells and look at the clock, but a library may spend minutes or gigabytes between
two looks. A large file is therefore read by a child that is stopped when its time is over; small
files, and those whose readers have a child of their own (PDF, pictures, LibreOffice), are not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from reports.child_process import limit_memory, make_child_environment, stop_process_group
from reports.model.document import OPTIONS, Document, ReadLimits, ReadOptions
from reports.model.errors import (
    EncryptedReportError,
    ReportError,
    ReportLimitError,
    ReportToolError,
    UnreadableReportError,
)
from reports.open import LIMITS, open_document
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGE: Final = 400_000
"""Bytes; a report of a hundred pages in Word or Excel is smaller."""
_MEMORY: Final = 3 * 1024**3
_GRACE: Final = 5
"""Seconds to start the child and to hand the document over."""
_OWN_CHILD: Final = (
    b"%PDF",
    b"\xd0\xcf\x11\xe0",  # old Office files
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",  # JPEG
    b"II*",  # TIFF
    b"MM\0",
)
_DOCUMENT: Final = TypeAdapter(Document)
_ERRORS: Final = {
    error.__name__: error
    for error in (EncryptedReportError, ReportLimitError, ReportToolError, UnreadableReportError)
}


def open_stoppable(
    data: bytes,
    name: str,
    *,
    limits: ReadLimits = LIMITS,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document that a file holds, as ``open_document`` does, within the limits.

    Raises a ``ReportError``, also when the time or the memory of the child is used up.
    """
    if len(data) < _LARGE or data.startswith(_OWN_CHILD):
        return open_document(data, name, limits=limits, progress=progress, options=options)
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path, made = Path(folder) / "report", Path(folder) / "document"
        path.write_bytes(data)
        settings = {"name": name, "limits": asdict(limits), "options": asdict(options)}
        code = _run_child([str(path), str(made), json.dumps(settings)], limits, name)
        if code or not made.is_file():
            raise make_refusal("too_much_memory", name)
        kind, _, body = made.read_bytes().partition(b"\n")
    if kind != b"document":
        raise _ERRORS.get(kind.decode(), ReportError)(body.decode())
    return _DOCUMENT.validate_json(body)


def _run_child(arguments: list[str], limits: ReadLimits, name: str) -> int:
    """Return the child's exit status; stop it and raise when its time is over."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "reports.stoppable", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=make_child_environment(),
        start_new_session=True,
    )
    try:
        return process.wait(timeout=limits.max_seconds + _GRACE)
    except subprocess.TimeoutExpired:
        raise make_refusal("too_slow", name, seconds=round(limits.max_seconds)) from None
    finally:
        stop_process_group(process)


def main(arguments: list[str]) -> int:
    """Read the file named first; write the document, or why it is refused, to the second."""
    path, made, text = arguments
    settings = json.loads(text)
    limit_memory(_MEMORY)
    options = settings["options"]
    options["pages"] = tuple(tuple(pair) for pair in options["pages"])
    try:
        document = open_document(
            Path(path).read_bytes(),
            settings["name"],
            limits=ReadLimits(**settings["limits"]),
            options=ReadOptions(**options),
        )
    except ReportError as fault:
        Path(made).write_bytes(f"{type(fault).__name__}\n{fault}".encode())
        return 0
    except MemoryError:
        return 1
    Path(made).write_bytes(b"document\n" + _DOCUMENT.dump_json(document))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

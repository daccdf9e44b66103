"""Looking into a zip-based office file before anything is unpacked from it.

A reader may open the file only after ``check_package``: then no part is larger than the limits,
none is packed as tightly as only a bomb is, none is locked, and no XML part declares a document
type (office files have none; it is how entities that multiply or point outside come in).
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from reports.model.errors import ReportError
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from reports.model.document import ReadLimits

MEGABYTE: Final = 1_000_000
MAX_PARTS: Final = 5_000
MAX_XML_MB: Final = 60
"""One XML part becomes a tree some ten times its size in memory."""
MAX_RATIO: Final = 250
"""Office XML packs 10 to 60 times; above this only runs of one byte do."""
_RATIO_FROM_BYTES: Final = 2_000_000
_CHUNK: Final = 1 << 18
_LOCKED: Final = 0x1
_DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def list_package_parts(data: bytes, name: str) -> frozenset[str]:
    """Return the names of the package's parts without unpacking any.

    Raises ``UnreadableReportError`` for a damaged package.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise make_refusal("damaged", name) from fault


def check_package(
    data: bytes, name: str, limits: ReadLimits, *, unread: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the names of the package's parts.

    Parts that are ``unread``, whatever they hold, may declare a document type. Raises
    ``ReportError`` for a damaged, locked or bomb-like package.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _check_sizes(entries, name, limits)
            for entry in entries:
                _check_part(package, entry, name, unread)
            return frozenset(entry.filename for entry in entries)
    except ReportError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as fault:
        raise make_refusal("damaged", name) from fault


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, limits: ReadLimits) -> None:
    if len(entries) > MAX_PARTS:
        raise make_refusal("too_many_parts", name, count=len(entries), limit=MAX_PARTS)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise make_refusal("encrypted_office", name)
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_uncompressed_mb * MEGABYTE:
        raise make_refusal(
            "unpacks_too_large",
            name,
            size=round(total / MEGABYTE),
            limit=limits.max_uncompressed_mb,
        )
    for entry in entries:
        if entry.file_size > MAX_XML_MB * MEGABYTE and entry.filename.endswith(".xml"):
            size = round(entry.file_size / MEGABYTE)
            raise make_refusal("unpacks_too_large", name, size=size, limit=MAX_XML_MB)
        tight = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if tight and entry.file_size > _RATIO_FROM_BYTES:
            ratio = round(entry.file_size / max(entry.compress_size, 1))
            raise make_refusal("packed_too_tightly", name, ratio=ratio)


def _check_part(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, unread: frozenset[str]
) -> None:
    """Read the part through once: its sum must be right; XML must declare no document type."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_xml = is_xml and entry.filename not in unread
    tail = b""
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            window = tail + chunk
            if is_xml and any(word in window for word in _DOCTYPES):
                raise make_refusal("forbidden_xml", name)
            tail = window[-40:]

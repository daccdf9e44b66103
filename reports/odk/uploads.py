"""What was uploaded, told apart: tables, workbooks, XML instances, photos.

Nothing is ever written to a disk: an entry of a package is only looked up and read. Still a package
whose entries would leave its folder is refused whole, for no honest program makes one.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from reports.model.document import ReadLimits
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.odk.submission import ODK_LIMITS
from reports.readers.zip_safety import check_package, list_package_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.errors import ReportError
    from reports.odk.submission import OdkLimits

_MEGABYTE: Final = 1_000_000
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
_PICTURE_HEADS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True)
class UploadPart:
    """One file of an upload: the name to tell, its folder within its package, its bytes."""

    name: str
    folder: str
    data: bytes


@dataclass
class PhotoFiles:
    """The photos that were uploaded, read when they are asked for."""

    _entries: list[tuple[str, bytes, str]] = field(default_factory=list)
    """Folder and name, the package's (or the file's own) bytes, the entry's name in the package."""

    def add(self, path: str, data: bytes, entry: str = "") -> None:
        """Take a photo in: a file of its own, or an entry of a package."""
        self._entries.append((path, data, entry))

    @property
    def names(self) -> tuple[str, ...]:
        """All photos by folder and name."""
        return tuple(path for path, _, _ in self._entries)

    def find(self, name: str, *near: str) -> list[str]:
        """Return the photos of a name; those in a folder named by ``near`` where there are any."""
        paths = [path for path in self.names if posixpath.basename(path) == name]
        if len(paths) > 1:
            for folder in filter(None, near):
                closer = [path for path in paths if folder in posixpath.dirname(path)]
                if closer:
                    return closer
        return paths

    def read(self, path: str) -> bytes:
        """Return the bytes of a photo that ``find`` named."""
        for known, data, entry in self._entries:
            if known == path:
                if not entry:
                    return data
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    return package.read(entry)
        raise KeyError(path)


@dataclass
class UploadBundle:
    """All that was uploaded together; ``other`` are names of files that nothing is read from."""

    tables: list[UploadPart] = field(default_factory=list)
    books: list[UploadPart] = field(default_factory=list)
    instances: list[UploadPart] = field(default_factory=list)
    media: PhotoFiles = field(default_factory=PhotoFiles)
    other: list[str] = field(default_factory=list)


def unpack_uploads(
    uploads: Sequence[tuple[str, bytes]], limits: OdkLimits = ODK_LIMITS
) -> UploadBundle:
    """Return what files (name, bytes) hold, told by their content.

    Raises ``ReportError`` for one that is empty, damaged, locked, made to harm or too large.
    """
    size = sum(len(data) for _, data in uploads)
    if size > limits.max_upload_mb * _MEGABYTE:
        raise _make_limit_error(
            "too_large", size=round(size / _MEGABYTE), limit=f"{limits.max_upload_mb:g}"
        )
    bundle = UploadBundle()
    for name, data in uploads:
        _take_file(bundle, name, data, limits)
    if len(bundle.media.names) + len(bundle.instances) > limits.max_files:
        raise _make_limit_error("too_many_files", limit=limits.max_files)
    return bundle


def _take_file(bundle: UploadBundle, name: str, data: bytes, limits: OdkLimits) -> None:
    head = data[:16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip():
        raise _make_refusal("empty", name=name)
    if data.startswith(b"PK"):
        _take_package(bundle, name, data, limits)
    elif data.startswith(_PICTURE_HEADS) or data[4:8] == b"ftyp":
        bundle.media.add(posixpath.basename(name), data)
    elif head.startswith(b"<"):
        bundle.instances.append(UploadPart(name, "", data))
    else:
        bundle.tables.append(UploadPart(name, "", data))


def _take_package(bundle: UploadBundle, name: str, data: bytes, limits: OdkLimits) -> None:
    bounds = ReadLimits(max_uncompressed_mb=limits.max_uncompressed_mb)
    if any(part.startswith("xl/") for part in list_package_parts(data, name)):
        check_package(data, name, bounds)
        bundle.books.append(UploadPart(name, "", data))
        return
    entries = sorted(check_package(data, name, bounds))
    if len(entries) > limits.max_files:
        raise _make_limit_error("too_many_files", limit=limits.max_files)
    for entry in entries:
        _check_path(entry, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in entries:
                _take_entry(bundle, name, data, package, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise _make_refusal("damaged", name=name) from fault


def _take_entry(
    bundle: UploadBundle, name: str, data: bytes, package: zipfile.ZipFile, entry: str
) -> None:
    kind = posixpath.splitext(entry.lower())[1]
    base = posixpath.basename(entry)
    if not base or base.startswith(".") or "__MACOSX/" in entry:
        return
    if kind in _PICTURES:
        bundle.media.add(f"{name}/{entry}", data, entry)
    elif kind in {".csv", ".tsv"}:
        bundle.tables.append(UploadPart(base, posixpath.dirname(entry), package.read(entry)))
    elif kind == ".xml":
        folder = f"{name}/{posixpath.dirname(entry)}"
        bundle.instances.append(UploadPart(entry, folder, package.read(entry)))
    else:
        bundle.other.append(entry)


def _check_path(entry: str, name: str) -> None:
    parts = entry.replace("\\", "/").split("/")
    if "\\" in entry or entry.startswith("/") or _DRIVE.match(entry) or ".." in parts:
        raise _make_refusal("unsafe_path", name=name, entry=entry[:80])


def _make_refusal(key: str, **values: Any) -> ReportError:
    return UnreadableReportError(t(f"odk.refuse.{key}", **values))


def _make_limit_error(key: str, **values: Any) -> ReportError:
    return ReportLimitError(t(f"odk.refuse.{key}", **values))

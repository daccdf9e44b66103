"""Fetching a set of boundary files from a folder, a zip archive or a web address.

Nothing of the source is trusted: only files of the expected names are read, each up to a limit,
nothing is unpacked to disk, and an address must be https (http only to this machine).
"""

from __future__ import annotations

import io
import ipaddress
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from geo.boundaries.official import DATASET_URL, Delivery
from geo.errors import BoundaryError, BoundarySourceError
from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from geo.boundaries.official import ExpectedFile

FILE_MAX_BYTES: Final = 4_000_000
"""The largest of the dataset's files has 1.2 MB."""

SET_MAX_BYTES: Final = 64_000_000
ARCHIVE_MAX_BYTES: Final = 64_000_000
ARCHIVE_MAX_ENTRIES: Final = 50_000
TIMEOUT_SECONDS: Final = 30.0
CONNECTIONS: Final = 4

_ENCRYPTED: Final = 0x1
_GONE: Final = frozenset({404, 410})


def fetch_delivery(source: str | None, expected: Sequence[ExpectedFile]) -> Delivery:
    """Return what a source delivers; ``None`` is the dataset's public address.

    Raises ``BoundarySourceError`` when the source cannot be read at all, ``BoundaryError`` when
    it is of a kind that is not taken.
    """
    if source is None:
        return fetch_url(DATASET_URL, expected)
    if "://" in source:
        return fetch_url(source, expected)
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            return fetch_folder(path, expected)
        if path.is_file():
            if path.stat().st_size > ARCHIVE_MAX_BYTES:
                raise BoundaryError(
                    t("geo.boundaries.archive_too_large", limit=ARCHIVE_MAX_BYTES // 1_000_000)
                )
            return fetch_zip(path.read_bytes(), expected)
    except OSError as fault:
        if isinstance(fault, BoundarySourceError):
            raise
        raise BoundarySourceError(
            t("geo.boundaries.unreadable", source=source, fault=fault)
        ) from fault
    raise BoundarySourceError(t("geo.boundaries.no_such_source", source=source))


def fetch_folder(folder: Path, expected: Sequence[ExpectedFile]) -> Delivery:
    """Return the expected files of a folder (not of its subfolders)."""
    contents: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    for file in expected:
        path = folder / file.file
        if not path.is_file():
            continue
        try:
            with path.open("rb") as stream:
                _take_file(stream, file.file, contents, faults)
        except OSError as fault:
            faults[file.file] = t("geo.boundaries.fault.unreadable", fault=fault.strerror)
    names = [path.name for path in folder.iterdir()]
    return Delivery(contents, faults, _list_unexpected_files(names, expected))


def fetch_zip(archive: bytes, expected: Sequence[ExpectedFile]) -> Delivery:
    """Return the expected files of a zip archive, in whichever folder of it they lie.

    Raises ``BoundaryError`` when it is no zip archive, or one made to do harm.
    """
    contents: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    wanted = {file.file for file in expected}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as bundle:
            entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
            _check_entries(entries)
            for entry in entries:
                name = PurePosixPath(entry.filename).name
                if name not in wanted:
                    continue
                if name in contents or name in faults:
                    faults[name] = t("geo.boundaries.fault.double")
                elif entry.flag_bits & _ENCRYPTED:
                    faults[name] = t("geo.boundaries.fault.encrypted")
                else:
                    with bundle.open(entry) as stream:
                        _take_file(stream, name, contents, faults)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as fault:
        if isinstance(fault, BoundaryError):
            raise
        raise BoundaryError(t("geo.boundaries.bad_zip", fault=fault)) from fault
    names = [PurePosixPath(entry.filename).name for entry in entries]
    return Delivery(contents, faults, _list_unexpected_files(names, expected))


def fetch_url(address: str, expected: Sequence[ExpectedFile]) -> Delivery:
    """Return the expected files of a web address: a zip archive, or a folder that has them.

    Raises ``BoundaryError`` for an address that is not taken, ``BoundarySourceError`` when the
    other side cannot be reached or answers with an error.
    """
    _check_address(address)
    opener = build_opener(_CheckedRedirects)
    if urlsplit(address).path.lower().endswith(".zip"):
        archive = _download_file(opener, address, ARCHIVE_MAX_BYTES)
        if archive is None:
            raise BoundarySourceError(t("geo.boundaries.no_such_source", source=address))
        if len(archive) > ARCHIVE_MAX_BYTES:
            raise BoundaryError(
                t("geo.boundaries.archive_too_large", limit=ARCHIVE_MAX_BYTES // 1_000_000)
            )
        return fetch_zip(archive, expected)

    folder = address if address.endswith("/") else address + "/"
    contents: dict[str, bytes] = {}
    faults: dict[str, str] = {}

    def get(file: ExpectedFile) -> bytes | None:
        return _download_file(opener, urljoin(folder, quote(file.file)), FILE_MAX_BYTES)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for file, content in zip(expected, pool.map(get, expected), strict=True):
            if content is not None:
                _take_file(io.BytesIO(content), file.file, contents, faults)
    return Delivery(contents, faults, ())


class _CheckedRedirects(HTTPRedirectHandler):
    """Follows a redirect only to an address that would have been taken itself."""

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        try:
            _check_address(newurl)
        except BoundaryError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise BoundaryError(t("geo.boundaries.bad_address", address=address)) from None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        raise BoundaryError(t("geo.boundaries.bad_address", address=address))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _download_file(opener: OpenerDirector, address: str, limit: int) -> bytes | None:
    """Return at most ``limit`` + 1 bytes of what an address holds, ``None`` if nothing."""
    request = Request(address, headers={"User-Agent": "haiphong-map"})  # noqa: S310 - checked
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            content: bytes = answer.read(limit + 1)
    except HTTPError as fault:
        with fault:
            if fault.code in _GONE:
                return None
        raise BoundarySourceError(
            t("geo.boundaries.unreachable", address=address, fault=fault)
        ) from fault
    except (OSError, HTTPException) as fault:
        if isinstance(fault, BoundarySourceError):
            raise
        raise BoundarySourceError(
            t("geo.boundaries.unreachable", address=address, fault=fault)
        ) from fault
    return content


def _take_file(
    stream: IO[bytes], name: str, contents: dict[str, bytes], faults: dict[str, str]
) -> None:
    content = stream.read(FILE_MAX_BYTES + 1)
    taken = sum(len(other) for other in contents.values())
    if len(content) > FILE_MAX_BYTES or taken + len(content) > SET_MAX_BYTES:
        faults[name] = t("geo.boundaries.fault.too_large", limit=FILE_MAX_BYTES // 1_000_000)
    else:
        contents[name] = content


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > ARCHIVE_MAX_ENTRIES:
        raise BoundaryError(t("geo.boundaries.too_many_entries", limit=ARCHIVE_MAX_ENTRIES))
    for entry in entries:
        # zipfile has already cut the name at a NUL and turned backslashes on Windows only.
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise BoundaryError(t("geo.boundaries.unsafe_entry", name=entry.filename[:80]))


def _list_unexpected_files(names: Sequence[str], expected: Sequence[ExpectedFile]) -> list[str]:
    wanted = {file.file for file in expected}
    return sorted(name for name in names if name.endswith(".geojson") and name not in wanted)

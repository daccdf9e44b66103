"""Where built layers lie on disk, and which of them is in use.

``<state>/boundaries/`` holds one folder per version, made under another name and renamed when
it is whole, and ``active.json``, replaced in one step. A process that dies half-way therefore
leaves what was in use in use. One lock serialises all that write; readers need none.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock

from geo.errors import BoundaryError
from geo.i18n import t
from geo.paths import get_state_dir

if TYPE_CHECKING:
    from collections.abc import Callable

APPROXIMATE: Final = "approximate"
"""Stands for whichever approximate layer the inputs of the moment give."""

HISTORY_MAX: Final = 10
UNUSED_KEPT: Final = 3
"""Versions kept that are neither in use nor to go back to: others may still be reading them."""

_POINTER: Final = "active.json"
_HALF_MADE: Final = "tmp-"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ActiveVersion:
    """What is in use (``APPROXIMATE`` or a version), and what was before, oldest first."""

    version: str = APPROXIMATE
    history: tuple[str, ...] = ()


def get_store_dir() -> Path:
    """Return the folder of all boundary layers, made if need be."""
    folder = get_state_dir() / "boundaries"
    folder.mkdir(exist_ok=True)
    return folder


def get_version_dir(version: str) -> Path:
    """Return the folder of a version, whether it exists or not."""
    return get_store_dir() / version


def read_active_version() -> ActiveVersion:
    """Return what is in use; the approximate layer when nothing was ever installed.

    Raises ``BoundaryError`` when the file that says so is damaged.
    """
    path = get_store_dir() / _POINTER
    try:
        stored = json.loads(path.read_text("utf-8"))
        return ActiveVersion(str(stored["version"]), tuple(map(str, stored["history"])))
    except FileNotFoundError:
        return ActiveVersion()
    except (ValueError, KeyError, TypeError) as fault:
        raise BoundaryError(t("geo.boundaries.damaged_pointer", file=path)) from fault


def activate_version(version: str) -> None:
    """Put a version in use and remember the one before. Call it under ``hold_store_lock()``.

    It also mends a damaged ``active.json``, though what was before is then forgotten.
    """
    before = _read_active_or_default()
    if before.version == version:
        _write_active(before)
        return
    history = (*before.history, before.version)[-HISTORY_MAX:]
    _write_active(ActiveVersion(version, history))


def restore_previous_version() -> None:
    """Put the version before in use again. Call it under ``hold_store_lock()``.

    Raises ``BoundaryError`` when there is none.
    """
    now = read_active_version()
    _write_active(ActiveVersion(get_previous_version(now), now.history[:-1]))


def get_previous_version(now: ActiveVersion) -> str:
    """Return the version that was in use before.

    Raises ``BoundaryError`` when there is none.
    """
    if not now.history:
        raise BoundaryError(t("geo.boundaries.nothing_before"))
    return now.history[-1]


def rename_version(old: str, new: str) -> None:
    """Let ``new`` stand wherever ``old`` stood. Call it under ``hold_store_lock()``."""
    now = read_active_version()
    names = [new if version == old else version for version in (now.version, *now.history)]
    _write_active(ActiveVersion(names[0], tuple(names[1:])))


def add_version(version: str, write: Callable[[Path], None]) -> Path:
    """Make a version's folder with what ``write`` puts into it, and return it.

    The folder appears under its name only when it is whole. Call it under ``hold_store_lock()``.
    """
    final = get_version_dir(version)
    making = Path(tempfile.mkdtemp(prefix=_HALF_MADE, dir=get_store_dir()))
    try:
        write(making)
        for file in making.iterdir():
            _flush_to_disk(file)
        making.chmod(0o755)
        if final.exists():  # damaged, or it would not be made again
            aside = making.with_name(making.name + "-old")
            final.rename(aside)
        making.rename(final)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _flush_to_disk(get_store_dir())
    _remove_stale_versions()
    return final


def hold_store_lock() -> FileLock:
    """Return the one lock of all that write, for ``with``; it waits for it as long as it takes."""
    return FileLock(get_store_dir() / "lock")


def _read_active_or_default() -> ActiveVersion:
    try:
        return read_active_version()
    except BoundaryError:
        _log.warning("boundaries: %s is damaged", _POINTER)
        return ActiveVersion()


def _write_active(active: ActiveVersion) -> None:
    content = {"version": active.version, "history": list(active.history)}
    handle, name = tempfile.mkstemp(prefix=_HALF_MADE, dir=get_store_dir())
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
        path.chmod(0o644)
        _flush_to_disk(path)
        path.replace(get_store_dir() / _POINTER)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _flush_to_disk(get_store_dir())


def _remove_stale_versions() -> None:
    """Take away what dead processes left half made, and versions long out of use."""
    folders = [path for path in get_store_dir().iterdir() if path.is_dir()]
    half_made = [path for path in folders if path.name.startswith(_HALF_MADE)]
    now = _read_active_or_default()
    versions = [
        path
        for path in sorted(folders, key=lambda path: path.stat().st_mtime_ns)
        if path not in half_made and path.name not in {now.version, *now.history}
    ]
    for path in [*half_made, *versions[:-UNUSED_KEPT]]:
        _log.info("boundaries: taking away %s", path.name)
        shutil.rmtree(path, ignore_errors=True)


def _flush_to_disk(path: Path) -> None:
    """Have the system write a file or folder to disk before what follows."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

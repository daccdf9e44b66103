"""Stores of invented items, made once in a folder and copied for every use."""

from __future__ import annotations

import asyncio
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.invented_facts import copy_dictionaries, write_invented_data
from benchmarks.load.reader import Door, Reader, sign_in
from benchmarks.load.sites import make_accounts, make_store, name_person
from tests.accounts_here import PASSWORD
from tests.servers import own_environment, start_app, stop_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LONGEST_SECONDS = 120


@dataclass(frozen=True)
class InventedStore:
    """A state folder with a store of invented items, and the data folder that it came from."""

    items: int
    periods: int
    data: Path
    state: Path

    @property
    def settings(self) -> dict[str, str]:
        """The settings that make a program work on it."""
        return {"HPMAP_DATA_DIR": str(self.data), "HPMAP_STATE_DIR": str(self.state)}


def prepare_store(folder: Path, items: int, periods: int) -> InventedStore:
    """Return a store of so many items over so many periods, made unless the folder has it."""
    place = folder / f"{items}x{periods}"
    store = InventedStore(items, periods, place / "data", place / "state")
    done = place / "done"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        write_invented_data(place, items, periods)
        make_store(own_environment(store.settings))
        make_accounts(f"sqlite:///{store.state / 'store.sqlite'}", 1)
        _serve_once(store, place)
        done.touch()
    copy_dictionaries(store.data)  # a store that was kept works with the program as it is now
    return store


def _serve_once(store: InventedStore, folder: Path) -> None:
    """Open the map once, so that the state folder has all that is built once, as one in use has."""
    process, address = start_app(store.settings, log=folder / "log")
    try:
        asyncio.run(_open_map(sign_in(Door(address), name_person(0), PASSWORD)))
        end = time.monotonic() + LONGEST_SECONDS
        while not any(store.state.rglob("surroundings-*.json")) and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        stop_app(process)


async def _open_map(door: Door) -> None:
    async with Reader(door) as reader:
        await reader.open()


@dataclass(frozen=True)
class Served:
    """A running app: an administrator's door, its process, seconds from start until health."""

    door: Door
    pid: int
    seconds_to_health: float


@contextmanager
def serve_copy(store: InventedStore, folder: Path, *, port: int = 0) -> Iterator[Served]:
    """Start the app on a copy of a store."""
    shutil.copytree(store.state, folder / "state")
    settings = store.settings | {"HPMAP_STATE_DIR": str(folder / "state")}
    started = time.perf_counter()
    process, address = start_app(settings, port=port, log=folder / "log")
    seconds = time.perf_counter() - started
    try:
        yield Served(sign_in(Door(address), name_person(0), PASSWORD), process.pid, seconds)
    finally:
        stop_app(process)
        shutil.rmtree(folder / "state")

"""How soon a server with an existing store answers, and whether its first page is slower."""

from __future__ import annotations

import asyncio
import statistics
from typing import TYPE_CHECKING

from benchmarks.load.reader import Reader
from benchmarks.scale.stores import InventedStore, serve_copy

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.load.reader import Door

RUNS = 3


def measure_start(store: InventedStore, folder: Path, *, port: int = 0) -> dict[str, float]:
    """Return medians in seconds: until health, the map's first and second run; without sign-in."""
    taken: dict[str, list[float]] = {}
    for number in range(RUNS):
        with serve_copy(store, folder / f"start-{number}", port=port) as served:
            first, second = asyncio.run(_open_twice(served.door))
        for name, seconds in (
            ("until health", served.seconds_to_health),
            ("first run of the map", first),
            ("second run of the map", second),
            ("health and the map's first run", served.seconds_to_health + first),
        ):
            taken.setdefault(name, []).append(seconds)
    return {name: statistics.median(values) for name, values in taken.items()}


async def _open_twice(door: Door) -> list[float]:
    seconds = []
    for _ in range(2):
        async with Reader(door) as reader:
            seconds.append((await reader.open()).seconds)
    return seconds

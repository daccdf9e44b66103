"""Every page by the size of the store: for its first reader, the next, and after a write."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.alone import measure_run
from benchmarks.load.journeys import MapJourney
from benchmarks.load.reader import LONGEST_SECONDS, Reader
from benchmarks.processes import read_cpu_seconds, read_memory_mb
from benchmarks.scale.use import MAP, edit_note, list_addresses

if TYPE_CHECKING:
    from benchmarks.load.reader import Door

FIRST, NEXT, WRITTEN = "first", "next", "after a write"
ASKED_AFTER_WRITE = (MAP, "dieu-hanh", "danh-muc", "dia-ban", "du-an", "so-sanh", "hai-ban-do")
SECONDS_TO_PREPARE = 4.0
"""Before changes, and between the write and its first reader: what the app makes by itself may be
ready by then."""


@dataclass
class PageCosts:
    """Milliseconds of the processor, seconds waited and kilobytes, by turn and page."""

    cpu_ms: dict[str, dict[str, float]] = field(default_factory=dict)
    waited: dict[str, dict[str, float]] = field(default_factory=dict)
    kilobytes: dict[str, float] = field(default_factory=dict)
    changes_ms: dict[str, float] = field(default_factory=dict)
    memory_mb: float = 0.0
    faults: list[str] = field(default_factory=list)


async def measure_pages(door: Door, pid: int, *, write: bool = True) -> PageCosts:
    """Open every page in a session of its own, twice; then write, and open those that change."""
    costs = PageCosts()
    for turn in (FIRST, NEXT):
        await _measure_turn(door, pid, turn, tuple(list_addresses()), costs)
    await asyncio.sleep(SECONDS_TO_PREPARE)
    await _measure_changes(door, pid, costs)
    if write:
        started = time.perf_counter()
        await edit_note(door, 1)
        costs.changes_ms["saving an edit, waited"] = 1000 * (time.perf_counter() - started)
        await asyncio.sleep(SECONDS_TO_PREPARE)
        await _measure_turn(door, pid, WRITTEN, ASKED_AFTER_WRITE, costs)
    costs.memory_mb = read_memory_mb([pid])
    return costs


async def _measure_turn(
    door: Door, pid: int, turn: str, names: tuple[str, ...], costs: PageCosts
) -> None:
    addresses = list_addresses()
    cpu, waited = costs.cpu_ms.setdefault(turn, {}), costs.waited.setdefault(turn, {})
    for name in names:
        async with Reader(door) as reader:
            spent = read_cpu_seconds([pid])
            try:
                cpu[name], run = await measure_run([pid], reader.open(*addresses[name]))
            except TimeoutError:
                cpu[name] = 1000 * (read_cpu_seconds([pid]) - spent)
                costs.faults.append(f"{name} ({turn}): no answer within {LONGEST_SECONDS} s")
                continue
            waited[name], costs.kilobytes[name] = run.seconds, run.bytes / 1000
            costs.faults += reader.state.faults


async def _measure_changes(door: Door, pid: int, costs: PageCosts) -> None:
    """Change the layer, click, filter: each once as the first and once as the next."""
    journey = MapJourney()
    async with Reader(door) as reader:
        await reader.open()
        for turn in (FIRST, NEXT):
            for kind in dict.fromkeys(journey.changes):
                spent, _ = await measure_run([pid], journey.change(reader, kind, 7))
                costs.changes_ms[f"{kind}, {turn}"] = spent
            costs.faults += reader.state.faults

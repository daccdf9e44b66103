"""Many people at once: they open the page together, then each thinks and acts on their own."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.journeys import READING, Journey, MapJourney, list_pages
from benchmarks.load.reader import Door, Reader, Run
from benchmarks.processes import read_cpu_seconds, read_memory_mb

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass
class Phase:
    """What people waited for in one part of a run, and what the server spent on it."""

    runs: list[Run] = field(default_factory=list)
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the processor for each thing done; 0 if nothing was."""
        return 1000 * self.cpu_seconds / len(self.runs) if self.runs else 0.0


@dataclass
class CrowdResult:
    """What a number of people at once came to."""

    people: int
    think: float
    phases: dict[str, Phase] = field(default_factory=dict)
    memory_mb: float = 0.0
    faults: list[str] = field(default_factory=list)


async def run_crowd(
    doors: list[Door], pids: list[int], journey: Journey, *, think: float, seconds: float
) -> CrowdResult:
    """Let one person come in by each door; return what they waited for.

    ``think``: seconds on average between what a person sees and what they do next. The parts for
    changes and for other pages take ``seconds`` each, and what was begun in them is waited for.
    """
    result = CrowdResult(len(doors), think)
    readers = [Reader(door) for door in doors]

    async def run_phase(name: str, act: Callable[[int, Reader, Phase], Awaitable[None]]) -> None:
        phase = result.phases[name] = Phase()
        spent, started = read_cpu_seconds(pids), time.perf_counter()
        await asyncio.gather(*(act(number, one, phase) for number, one in enumerate(readers)))
        phase.seconds = time.perf_counter() - started
        await asyncio.sleep(0.3)  # the collection after the last run
        phase.cpu_seconds = read_cpu_seconds(pids) - spent

    async def open_page(_number: int, reader: Reader, phase: Phase) -> None:
        phase.runs.append(await reader.open())
        await journey.settle(reader)

    async def change_view(number: int, reader: Reader, phase: Phase) -> None:
        choice, turn, end = random.Random(number), number, time.perf_counter() + seconds  # noqa: S311
        while await _think(choice, think, end):
            kind = journey.changes[turn % len(journey.changes)]
            phase.runs.append(await journey.change(reader, kind, turn))
            turn += 1

    async def turn_pages(number: int, reader: Reader, phase: Phase) -> None:
        choice, turn, end = random.Random(number), number, time.perf_counter() + seconds  # noqa: S311
        pages = list_pages()
        while await _think(choice, think, end):
            phase.runs.append(await reader.go(*pages[READING[turn % len(READING)]]))
            turn += 1

    try:
        await run_phase("open", open_page)
        await run_phase("change", change_view)
        if isinstance(journey, MapJourney):
            await run_phase("page", turn_pages)
        result.memory_mb = read_memory_mb(pids)
    finally:
        await asyncio.gather(*(one.close() for one in readers))
    result.faults = [fault for one in readers for fault in one.state.faults]
    return result


async def _think(choice: random.Random, think: float, end: float) -> bool:
    """Wait for as long as a person thinks; return True while there is time left."""
    await asyncio.sleep(choice.uniform(0.5, 1.5) * think)
    return time.perf_counter() < end

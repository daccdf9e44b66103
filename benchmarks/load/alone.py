"""One reader alone: what each thing done costs the processor, and what it sends."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.journeys import Journey, MapJourney, list_pages
from benchmarks.load.reader import Door, Reader, Run
from benchmarks.processes import read_cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Awaitable

STILL_SECONDS = 0.15
"""After a run the server collects what it left behind; that counts as the run's."""


@dataclass
class Cost:
    """Milliseconds of the processor, seconds waited and bytes received, once per time done."""

    cpu_ms: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def add(self, cpu_ms: float, run: Run) -> None:
        """Add one time done."""
        self.cpu_ms.append(cpu_ms)
        self.seconds.append(run.seconds)
        self.bytes.append(run.bytes)

    @property
    def middle_cpu_ms(self) -> float:
        """The median of the processor's milliseconds."""
        return statistics.median(self.cpu_ms)


@dataclass
class AloneResult:
    """The costs by what was done, and the faults that pages showed."""

    costs: dict[str, Cost] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


async def measure_alone(
    door: Door, pids: list[int], journey: Journey, *, rounds: int, pages: bool = True
) -> AloneResult:
    """Do everything in turn, ``rounds`` times and once before that is not counted."""
    result = AloneResult()

    async def note(name: str, act: Awaitable[Run], *, keep: bool) -> None:
        cpu_ms, run = await measure_run(pids, act)
        if keep:
            result.costs.setdefault(name, Cost()).add(cpu_ms, run)

    turn = 0
    for number in range(rounds + 1):
        async with Reader(door) as reader:
            await note("open the map", _open_page(reader, journey), keep=number > 0)
            for kind in journey.changes:
                turn += 1
                await note(kind, journey.change(reader, kind, turn), keep=number > 0)
            if pages and isinstance(journey, MapJourney):
                for name, (path, query) in list_pages().items():
                    await note(name, reader.go(path, query), keep=number > 0)
            result.faults += reader.state.faults
    return result


async def measure_run(pids: list[int], act: Awaitable[Run]) -> tuple[float, Run]:
    """Return the milliseconds of the processor that a run took, and the run."""
    spent = read_cpu_seconds(pids)
    run = await act
    await asyncio.sleep(STILL_SECONDS)
    return 1000 * (read_cpu_seconds(pids) - spent), run


async def _open_page(reader: Reader, journey: Journey) -> Run:
    """Open the page; the run that a browser then asks for by itself is the server's work too."""
    run = await reader.open()
    await journey.settle(reader)
    return run

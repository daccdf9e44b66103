"""How memory grows with use: pages loaded, edits saved, sessions opened and left."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.reader import Reader
from benchmarks.processes import read_memory_mb
from benchmarks.scale.use import edit_note, list_addresses

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from benchmarks.load.reader import Door

PARTS = 10
"""Memory is read ten times on the way; what the first part adds is warming up."""


@dataclass
class Growth:
    """Megabytes held by the server after each tenth of one kind of use; times it was done."""

    count: int
    memory_mb: list[float] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """How much more is held at the end than once it was warm, in per cent."""
        warm, *_, last = self.memory_mb[1:]
        return 100 * (last / warm - 1)


async def measure_growth(
    door: Door, pid: int, *, loads: int, edits: int, sessions: int
) -> dict[str, Growth]:
    """Do each kind of use so many times; return what the server then holds."""
    addresses = list(list_addresses().values())

    async def load_page(turn: int) -> None:
        async with Reader(door) as reader:
            await reader.open(*addresses[turn % len(addresses)])

    async def save_edit(turn: int) -> None:
        await edit_note(door, turn)

    async def leave_session(turn: int) -> None:
        # As somebody who closes the browser while the page still runs, every second time.
        reader = Reader(door)
        opening = asyncio.ensure_future(reader.open(*addresses[0]))
        if turn % 2:
            await opening
        else:
            await asyncio.sleep(0.3)
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
        await reader.close()

    grown = {}
    for name, count, act in (
        ("page loads", loads, load_page),
        ("edits", edits, save_edit),
        ("sessions opened and left", sessions, leave_session),
    ):
        if count:
            grown[name] = await _repeat(act, count, pid)
    return grown


async def _repeat(act: Callable[[int], Awaitable[None]], count: int, pid: int) -> Growth:
    growth = Growth(count, [read_memory_mb([pid])])
    for part in range(PARTS):
        for turn in range(count * part // PARTS, count * (part + 1) // PARTS):
            await act(turn)
        await asyncio.sleep(0.5)
        growth.memory_mb.append(read_memory_mb([pid]))
    return growth

"""How many readers a process bears, worked out from what a change costs: a queue, no server.

``python -m benchmarks.scale.simulate --cost-ms 40`` lets readers think and act at processes that
serve one at a time, as Python does, each reader kept on one process, as the proxy does; and prints
how long they wait. ``benchmarks.load`` measures the same with a server, for as many as this machine
can play: where both say the same, the larger numbers here may be believed.
"""

from __future__ import annotations

import heapq
import random
import sys
from dataclasses import dataclass

import click

from benchmarks.load.tables import find_percentile

SEED = 5
SPREAD = 0.35
"""How far a change's cost differs from the middle one: the shape of a log-normal distribution."""

WARM = 0.2
"""Share of the time that is not counted: all begin at once, as nobody does."""


@dataclass(frozen=True)
class Crowd:
    """Readers at one process: how many, seconds that they think, what a change costs (seconds)."""

    readers: int
    think: float
    cost: float


def simulate_waits(crowd: Crowd, *, seconds: float = 300.0) -> list[float]:
    """Return what readers waited, in seconds, at one process that serves one after another."""
    chance = random.Random(SEED)  # noqa: S311
    asking = [(chance.uniform(0, crowd.think), number) for number in range(crowd.readers)]
    heapq.heapify(asking)
    free_at, waits = 0.0, []
    while asking:
        asked, number = heapq.heappop(asking)
        if asked > seconds:
            break
        free_at = max(free_at, asked) + crowd.cost * chance.lognormvariate(0, SPREAD)
        if asked > WARM * seconds:
            waits.append(free_at - asked)
        heapq.heappush(asking, (free_at + chance.uniform(0.5, 1.5) * crowd.think, number))
    return waits


def find_most_readers(think: float, cost: float, limit: float) -> int:
    """Return how many readers one process bears while half of them wait at most ``limit`` s."""
    low, high = 0, 1
    while _wait(Crowd(high, think, cost)) <= limit:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _wait(Crowd(middle, think, cost)) <= limit:
            low = middle
        else:
            high = middle
    return low


def _wait(crowd: Crowd) -> float:
    return find_percentile(simulate_waits(crowd), 50)


@click.command(help=__doc__)
@click.option("--cost-ms", default=40.0, help="of the processor for a change (benchmarks.load)")
@click.option("--limit", default=0.5, help="seconds that half of the readers may wait")
@click.option("--readers", default=5000, help="of the whole country, at once")
def main(*, cost_ms: float, limit: float, readers: int) -> None:
    """Print how many readers a process bears, and how many processes all of them need."""
    head = ["thinking, s", f"readers a process, p50 ≤ {limit:g} s", "p95 then, s"]
    head += [f"processes for {readers:,}"]
    sys.stdout.write(f"{cost_ms:g} ms a change\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n")
    for think in (1.0, 5.0, 10.0, 30.0):
        most = find_most_readers(think, cost_ms / 1000, limit)
        if most:
            late = find_percentile(simulate_waits(Crowd(most, think, cost_ms / 1000)), 95)
            needed = -(-readers // most)
            sys.stdout.write(f"| {think:g} | {most} | {late:.2f} | {needed} |\n")


if __name__ == "__main__":
    main()

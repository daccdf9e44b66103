"""The tables of ``benchmarks.scale``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.load.tables import format_percentiles
from benchmarks.scale.pages import FIRST, NEXT, WRITTEN
from benchmarks.scale.use import MAP

if TYPE_CHECKING:
    from benchmarks.scale.growth import Growth
    from benchmarks.scale.pages import PageCosts
    from benchmarks.scale.phones import PhoneCosts

MANY = 10_000
MANY_MS, FIRST_AFTER_WRITE_S = 200, 2.0
FLAT_PERCENT, REAL_MB, MANY_MB = 10, 700, 1500
START_S = 3.0


def format_pages(costs: dict[str, PageCosts]) -> str:
    """Return the table of pages, a column of each size of the store for every turn."""
    turns = (FIRST, NEXT, WRITTEN)
    head = ["processor of a run, ms", *(f"{size}: {turn}" for size in costs for turn in turns)]
    head += [f"{size}: kB" for size in costs]
    lines = [_join(head), "|" + "---|" * len(head)]
    names = list(next(iter(costs.values())).cpu_ms[FIRST])
    for name in names:
        cells = [
            _show(cost.cpu_ms.get(turn, {}).get(name)) for cost in costs.values() for turn in turns
        ]
        sent = [_show(cost.kilobytes.get(name)) for cost in costs.values()]
        lines.append(_join([name, *cells, *sent]))
    for name in next(iter(costs.values())).changes_ms:
        values = [_show(cost.changes_ms.get(name)) for cost in costs.values()]
        filled = [cell for value in values for cell in (value, "", "")]
        lines.append(_join([f"change: {name}", *filled, *[""] * len(costs)]))
    memory = [cell for cost in costs.values() for cell in (f"{cost.memory_mb:.0f}", "", "")]
    lines.append(_join(["memory, MB", *memory, *[""] * len(costs)]))
    lines.append("")
    lines += [
        f"{size}: first map after a write waited {_wait(cost)} s" for size, cost in costs.items()
    ]
    lines.append(
        f"targets with {MANY} items: a run ≤ {MANY_MS} ms, the first after a write "
        f"≤ {FIRST_AFTER_WRITE_S:g} s, memory ≤ {MANY_MB} MB (real facts: ≤ {REAL_MB} MB)"
    )
    return "\n".join(lines)


def format_growth(grown: dict[str, dict[str, Growth]]) -> str:
    """Return the table of what is held in memory before, when warm, and at the end of each use."""
    lines = [
        _join(["memory, MB", "before", "warm", "at the end", "grown", "target"]),
        "|---" * 6 + "|",
    ]
    for size, kinds in grown.items():
        for name, growth in kinds.items():
            held = growth.memory_mb
            cells = [
                f"{held[0]:.0f}",
                f"{held[1]:.0f}",
                f"{held[-1]:.0f}",
                f"{growth.percent:+.1f} %",
            ]
            lines.append(_join([f"{size}: {growth.count} {name}", *cells, f"≤ {FLAT_PERCENT} %"]))
    return "\n".join(lines)


def format_start(started: dict[str, dict[str, float]]) -> str:
    """Return the table of the seconds that a server takes to answer."""
    names = list(next(iter(started.values())))
    lines = [
        _join(["start with an existing store, s", *started, "target"]),
        "|---" * (len(started) + 2) + "|",
    ]
    for name in names:
        target = f"≤ {START_S:g}" if name.startswith("health and") else ""
        values = [f"{times[name]:.2f}" for times in started.values()]
        lines.append(_join([name, *values, target]))
    return "\n".join(lines)


def format_phones(sent: dict[str, PhoneCosts]) -> str:
    """Return the table of what phones send: processor, what a phone waits, how many a second."""
    head = ["from phones, eight at once", "processor, ms", "waited p50 / p95, s", "a second"]
    lines = [_join(head), "|" + "---|" * len(head)]
    for size, costs in sent.items():
        photo = f"photo of {costs.photo_bytes / 1000:.0f} kB"
        for name, phase in (("visit", costs.visits), (photo, costs.photos)):
            rate = f"{len(phase.runs) / phase.seconds:.1f}"
            waited = format_percentiles(phase)
            lines.append(_join([f"{size}: {name}", f"{phase.cpu_ms:.0f}", waited, rate]))
    return "\n".join(lines)


def _wait(cost: PageCosts) -> str:
    waited = cost.waited.get(WRITTEN, {}).get(MAP)
    return f"{waited:.2f}" if waited is not None else "–"


def _show(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _join(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

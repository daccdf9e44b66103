"""The tables of ``benchmarks.load``."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.load.alone import AloneResult
    from benchmarks.load.crowd import CrowdResult, Phase

EMPTY_TIMES = 2.5
CHANGE_MS, OPEN_MS, PAGE_MS, MANY_MS = 40, 100, 80, 200
OPEN = "open the map"
CHANGES = ("layer", "click", "period", "opening filters", "filter", "filter of two kinds")


def format_alone(results: dict[str, AloneResult], *, many: bool = False) -> str:
    """Return the table of what each thing costs one reader, a line for each thing done.

    ``many``: the targets are those of many-fold facts.
    """
    empty = results.get("empty page")
    base = empty.costs["layer"].middle_cpu_ms if empty else 0.0
    head = ["one reader alone, median", "app", "processor, ms", "target, ms"]
    head += ["times the empty page's change", "waited, ms", "received, kB"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for app, result in results.items():
        for name, cost in result.costs.items():
            cells = [
                name if name not in CHANGES else f"change: {name}",
                app,
                f"{cost.middle_cpu_ms:.0f}",
                _format_target(name, base, many=many) if app == "this app" else "",
                f"{cost.middle_cpu_ms / base:.1f}" if base else "",
                f"{1000 * statistics.median(cost.seconds):.0f}",
                f"{statistics.median(cost.bytes) / 1000:.1f}",
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def format_crowd(results: dict[str, list[CrowdResult]], *, processes: int = 1) -> str:
    """Return the table of many people at once, a line for each app and number of people."""
    head = ["people at once (thinking)", "app", "open p50 / p95, s", "change p50 / p95, s"]
    head += ["target", "other pages p50 / p95, s", "processor of open / change / page, ms"]
    head += ["changes a second", "received a change, kB", "memory, MB"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for name, rows in results.items():
        for row in rows:
            change = row.phases["change"]
            received = statistics.mean(run.bytes for run in change.runs) if change.runs else 0
            cpu = " / ".join(f"{phase.cpu_ms:.0f}" for phase in row.phases.values())
            cells = [
                f"{row.people} ({row.think:g} s)",
                name,
                format_percentiles(row.phases["open"]),
                format_percentiles(change),
                _find_crowd_target(row.people, processes) if name == "this app" else "",
                format_percentiles(row.phases["page"]) if "page" in row.phases else "",
                cpu,
                f"{len(change.runs) / change.seconds:.1f}",
                f"{received / 1000:.1f}",
                f"{row.memory_mb:.0f}",
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def format_percentiles(phase: Phase) -> str:
    """Return the 50th and the 95th percentile of the seconds waited, '–' if nobody waited."""
    seconds = [run.seconds for run in phase.runs]
    if not seconds:
        return "–"
    return f"{find_percentile(seconds, 50):.2f} / {find_percentile(seconds, 95):.2f}"


def find_percentile(values: list[float], percent: float) -> float:
    """Return the smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(int(rank), 1) - 1]


def _format_target(name: str, base: float, *, many: bool) -> str:
    if many:
        return f"≤ {MANY_MS}"
    if name == OPEN:
        return f"≤ {OPEN_MS}"
    if name not in CHANGES:
        return f"≤ {PAGE_MS}"
    return f"≤ {min(CHANGE_MS, EMPTY_TIMES * base):.0f}" if base else f"≤ {CHANGE_MS}"


def _find_crowd_target(people: int, processes: int) -> str:
    if people == 30 and processes == 1:
        return "≤ 0.5 / 1.2"
    return "≤ 0.5 / –" if people == 100 and processes == 2 else ""

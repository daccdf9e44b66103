"""What a running program has used, as the system counts it."""

from __future__ import annotations

import time
from pathlib import Path


def read_cpu_seconds(pids: list[int]) -> float:
    """Return the seconds of the processor that processes have used, user and system together.

    The processes' own clocks: what ``/proc/PID/stat`` says in hundredths, to the nanosecond, with
    the threads that have ended.
    """
    return sum(time.clock_gettime(~pid << 3 | 2) for pid in pids)


def read_memory_mb(pids: list[int]) -> float:
    """Return the memory that processes hold (RSS), in megabytes."""
    return sum(_read_status_kb(pid, "VmRSS") for pid in pids) / 1000


def read_peak_memory_mb(pids: list[int]) -> float:
    """Return the most that processes have held at once, each at its own time, in megabytes."""
    return sum(_read_status_kb(pid, "VmHWM") for pid in pids) / 1000


def _read_status_kb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return float(line.split()[1]) * 1.024
    raise LookupError(name)

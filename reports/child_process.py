"""What every child process of ours needs: where to import from, how much memory, how to end."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess

_ROOT: Final = Path(__file__).resolve().parents[1]


def make_child_environment(**further: str) -> dict[str, str]:
    """Return this process's environment in which a child finds our rooms, with further values."""
    paths = [str(_ROOT), *([os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **further}


def limit_memory(size: int) -> None:
    """Let this process take at most ``size`` bytes, where the system can hold it to that."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def stop_process_group(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a process that was started in a session of its own, and everything that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        if process.poll() is None:
            process.kill()
    process.wait()

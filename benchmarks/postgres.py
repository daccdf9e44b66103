"""A PostgreSQL server of its own for a benchmark, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "postgres"
"""Whoever it runs as when root asks for it: it refuses to run as root."""


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's newest programs, ``None`` without any."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, default=None, key=lambda path: int(path.parent.name))


@contextmanager
def run_postgres() -> Iterator[str]:
    """Start a server on a free port; yield the address of its empty database ``hpmap``.

    Raises ``FileNotFoundError`` where PostgreSQL is not installed.
    """
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp())
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    control = [str(programs / "pg_ctl"), "-D", data]
    _run_as_owner(
        [str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "hpmap", "-E", "UTF8"], folder
    )
    _run_as_owner([*control, "-w", "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        create = ["-h", "127.0.0.1", "-p", str(port), "-U", "hpmap", "hpmap"]
        _run_as_owner([str(programs / "createdb"), *create], folder)
        yield f"postgresql://hpmap@127.0.0.1:{port}/hpmap"
    finally:
        _run_as_owner([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def _run_as_owner(command: list[str], folder: Path) -> None:
    before = ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []
    subprocess.run([*before, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603

"""The real app on a free port of this machine; few of them serve all tests of a run.

``open_app`` has no accounts and gets its store anew for every module that asks for it;
``guarded_app`` has an account of every role.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from geo.paths import ROOT
from store.db.schema_accounts import ROLES
from tests import templates
from tests.accounts_here import make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def own_environment(chosen: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program under test.

    With a state folder of its own it also has its own store in there, not the tests' common one.
    """
    whole = os.environ | {"PYTHONPATH": str(ROOT)} | chosen
    if "HPMAP_STATE_DIR" in chosen:
        whole.pop("DATABASE_URL", None)
    return whole


def start_app(
    environment: dict[str, str] | None = None,
    *,
    script: str = "app.py",
    port: int = 0,
    log: Path | None = None,
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app as README says, on a free port; return the process and its address.

    What it says goes to ``log``.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # of one just killed
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    told: Any = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
        cwd=ROOT,
        env=own_environment(environment or {}),
        stdout=told,
        stderr=told,
    )
    if log:
        told.close()
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            health = f"{address}/_stcore/health"
            with urllib.request.urlopen(health, timeout=2) as answer:  # noqa: S310 - our own
                if answer.status == 200:
                    return process, address
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    message = "the app did not start within 120 s"
    raise RuntimeError(message)


def stop_app(process: subprocess.Popen[bytes]) -> None:
    """Stop the app."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class App:
    """A running app with a state folder of its own."""

    address: str
    state: Path
    given: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """What it was given last, and how its store's files stood then."""

    @property
    def log(self) -> Path:
        """Return the file that the app's words go to."""
        return self.state / "log"

    def put(self, store: Path) -> None:
        """Give it what another store holds, as a restore does while it runs.

        Not again where nothing has been written since: it would work everything out anew.
        """
        if self.given.get(store) == self._list_file_states():
            return
        with (
            closing(sqlite3.connect(store)) as source,
            closing(sqlite3.connect(self.state / "store.sqlite", timeout=30)) as target,
        ):
            source.backup(target)
        self.given.clear()
        self.given[store] = self._list_file_states()

    def _list_file_states(self) -> tuple[str, ...]:
        """Return the size and the time of the last write of each file of its store."""
        files = (self.state / f"store.sqlite{end}" for end in ("", "-wal"))
        states = (file.stat() for file in files if file.exists())
        return tuple(f"{state.st_size} {state.st_mtime_ns}" for state in states)

    @contextmanager
    def store_here(self) -> Iterator[None]:
        """Make its store the one that this process works on."""
        with store_in(self.state):
            yield


@contextmanager
def store_in(state: Path) -> Iterator[None]:
    """Make the store of a state folder the one that this process works on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{state / 'store.sqlite'}")
        yield


@pytest.fixture(scope="session")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return the app on real data, without accounts."""
    state = templates.copy_state(tmp_path_factory.mktemp("open"))
    process, address = start_app({"HPMAP_STATE_DIR": str(state)})
    yield App(address, state)
    stop_app(process)


@pytest.fixture(scope="module")
def app_address(open_app: App) -> str:
    """Return the address of the app on real data, as nobody has changed them yet."""
    open_app.put(templates.curated_store())
    return open_app.address


@pytest.fixture(scope="session")
def guarded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return the app with an account of every role (``vai-viewer`` and so on), and some more."""
    state = templates.copy_state(tmp_path_factory.mktemp("guarded"))
    with store_in(state):
        for role in ROLES:
            make(f"vai-{role}", role)
        make("chu", "administrator", shown="Chủ Kho")
        make("xem", "viewer", shown="Người Xem")
    process, address = start_app({"HPMAP_STATE_DIR": str(state)}, log=state / "log")
    yield App(address, state)
    stop_app(process)

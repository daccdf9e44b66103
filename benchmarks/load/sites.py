"""The servers that are measured, each started with a folder and accounts of its own."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.load.journeys import EmptyJourney, Journey, MapJourney, PlainJourney
from benchmarks.load.reader import Door, sign_in
from benchmarks.many_data import many_data
from benchmarks.postgres import run_postgres
from benchmarks.yardstick import PLAIN
from tests.accounts_here import PASSWORD, make
from tests.servers import own_environment, start_app, stop_app
from tests.templates import close_connections

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts in folders of their own: Streamlit puts the script's folder first on the path.
EMPTY = Path(__file__).resolve().parents[1] / "empty" / "app.py"
OURS = "this app"


@dataclass
class Site:
    """A running server: by which door each person comes in, its processes, what people do there."""

    name: str
    doors: list[Door]
    pids: list[int]
    journey: Journey


@contextmanager
def serve_app(folder: Path, people: int, *, times: int = 1, port: int = 0) -> Iterator[Site]:
    """Start the app on a new store, with every item ``times`` times and an account for each person.

    The first is an administrator, who sees every page; the others are planners.
    """
    state = folder / "state"
    own = {"HPMAP_STATE_DIR": str(state), **choose_data(folder, times)}
    make_store(own_environment(own))
    make_accounts(f"sqlite:///{state / 'store.sqlite'}", people)
    process, address = start_app(own, port=port, log=folder / "log")
    try:
        doors = [sign_in(Door(address), name_person(one), PASSWORD) for one in range(people)]
        yield Site(OURS, doors, [process.pid], MapJourney())
    finally:
        stop_app(process)


@contextmanager
def serve_behind_proxy(folder: Path, people: int, *, times: int = 1) -> Iterator[Site]:
    """Start the server of ``docs/operations.md``: two processes behind nginx, on PostgreSQL."""
    with run_postgres() as database:
        os.environ["HPMAP_TEST_DATABASE_URL"] = database
        from tests.operations import site  # noqa: PLC0415 - reads the address

        operated = site.Site(folder, "public")
        operated.environment |= choose_data(folder, times)
        make_store(operated.environment)
        make_accounts(operated.database, people)
        operated.start()
        try:
            trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
            door = Door(f"https://{site.HOST}:{operated.ports['443']}", "", trusted, "127.0.0.1")
            doors = [sign_in(door, name_person(one), PASSWORD) for one in range(people)]
            pids = [operated.processes[port].pid for port in operated.apps]
            yield Site(OURS, doors, pids, MapJourney())
        finally:
            operated.stop()


@contextmanager
def serve_plain(folder: Path, people: int, *, port: int = 0) -> Iterator[Site]:
    """Start the plain app."""
    own = {"PLAIN_DIR": str(folder / "plain")}
    with _serve_script(PLAIN / "app.py", own, port) as (address, pid):
        yield Site("plain app", [Door(address)] * people, [pid], PlainJourney())


@contextmanager
def serve_empty(people: int, *, port: int = 0) -> Iterator[Site]:
    """Start the empty page."""
    with _serve_script(EMPTY, {}, port) as (address, pid):
        yield Site("empty page", [Door(address)] * people, [pid], EmptyJourney())


def choose_data(folder: Path, times: int) -> dict[str, str]:
    """Return the setting for a folder of facts with every item ``times`` times, made here."""
    return {"HPMAP_DATA_DIR": str(many_data(folder, times))} if times > 1 else {}


def make_store(environment: dict[str, str]) -> None:
    """Make the store before the server starts: that is not what is measured."""
    command = [sys.executable, "-m", "store", "init"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def make_accounts(url: str, people: int) -> None:
    """Make an account for each person in a store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        for number in range(people):
            make(name_person(number), "planner" if number else "administrator")
    close_connections()


def name_person(number: int) -> str:
    """Return the name of an account."""
    return f"nguoi-{number:03}"


@contextmanager
def _serve_script(script: Path, own: dict[str, str], port: int) -> Iterator[tuple[str, int]]:
    process, address = start_app(own, script=str(script), port=port)
    try:
        yield address, process.pid
    finally:
        stop_app(process)

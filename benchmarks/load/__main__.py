"""What the server takes with 1, 10, 30 and 100 people at it, through Streamlit's own protocol.

``python -m benchmarks.load`` starts the app on a new store with an account for each person, who
signs in by the app's own form, beside a plain streamlit-folium app and an empty Streamlit page of
20 widgets with its heap frozen; opens sockets as browsers do, without a browser; and prints two
tables: what each thing done costs one reader alone (the server's own processor time, script,
serialisation and collection in one), and what many wait for who act at once.

While making the app faster:

    python -m benchmarks.load --quick            # about a minute: one reader, then ten
    python -m benchmarks.load --quick --only app --part alone     # 30 s, the processor only

The processor's milliseconds hold beside other work on the machine; the seconds do not. ``faults``
below a table are exceptions and errors that pages showed: there must be none.

``--times N`` has every item N times, ``--people 30 --people 100`` chooses the crowds, ``--think``
their thinking (1 s; 5 s for more than 30 people), ``--processes 2`` the server of
``docs/operations.md``: two processes behind nginx on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.load.alone import AloneResult, measure_alone
from benchmarks.load.crowd import CrowdResult, run_crowd
from benchmarks.load.sites import (
    Site,
    serve_app,
    serve_behind_proxy,
    serve_empty,
    serve_plain,
)
from benchmarks.load.tables import format_alone, format_crowd
from benchmarks.yardstick import describe_yardstick

LONG_THINKING = 5.0
MANY_PEOPLE = 30


@click.command(help=__doc__)
@click.option("--people", multiple=True, type=int, help="how many at once; may be given often")
@click.option("--seconds", default=20.0, help="of changes, and of other pages, with each crowd")
@click.option("--think", type=float, help="seconds between what one sees and does")
@click.option("--times", default=1, help="copies of every item (benchmarks/many_data.py)")
@click.option("--rounds", default=4, help="times that one reader alone does everything")
@click.option(
    "--only", type=click.Choice(["app", "all"]), default="all", help="leave out the others"
)
@click.option("--part", type=click.Choice(["alone", "crowd", "all"]), default="all")
@click.option("--quick", is_flag=True, help="about a minute: without the plain app, ten people")
@click.option("--processes", type=click.IntRange(1, 2), default=1, help="2: behind nginx")
@click.option(
    "--port", default=0, help="the app's, any free one without; the next two are used too"
)
def main(
    *,
    people: tuple[int, ...],
    seconds: float,
    think: float | None,
    times: int,
    rounds: int,
    only: str,
    part: str,
    quick: bool,
    processes: int,
    port: int,
) -> None:
    """Measure and print."""
    crowds = people or ((10,) if quick else (1, 10, 30, 100))
    if quick:
        seconds, rounds = min(seconds, 6.0), min(rounds, 2)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = [port + number if port else 0 for number in range(3)]
        most = max(crowds)
        ours = (
            serve_behind_proxy(folder, most, times=times)
            if processes > 1
            else serve_app(folder, most, times=times, port=ports[0])
        )
        sites = [stack.enter_context(ours)]
        if only == "all":
            if not quick:
                sites.append(stack.enter_context(serve_plain(folder, most, port=ports[1])))
            sites.append(stack.enter_context(serve_empty(most, port=ports[2])))
        if part != "crowd":
            alone = {site.name: measure_site(site, rounds) for site in sites}
            show(
                format_alone(alone, many=times > 1),
                [f for one in alone.values() for f in one.faults],
            )
        if part != "alone":
            crowd = {
                site.name: [measure_crowd(site, n, think, seconds) for n in crowds]
                for site in sites
            }
            show(
                format_crowd(crowd, processes=processes),
                [f for rows in crowd.values() for row in rows for f in row.faults],
            )
        if len(sites) > 2:
            sys.stdout.write(f"{describe_yardstick()}\n")


def measure_crowd(site: Site, people: int, think: float | None, seconds: float) -> CrowdResult:
    """Return what a number of people at once wait for."""
    pause = think or (1.0 if people <= MANY_PEOPLE else LONG_THINKING)
    doors = site.doors[:people]
    return asyncio.run(run_crowd(doors, site.pids, site.journey, think=pause, seconds=seconds))


def measure_site(site: Site, rounds: int) -> AloneResult:
    """Return what one reader alone costs a server."""
    return asyncio.run(measure_alone(site.doors[0], site.pids, site.journey, rounds=rounds))


def show(table: str, faults: list[str]) -> None:
    """Print a table and the faults that pages showed."""
    told = f"\nfaults: {len(faults)}, the first: {faults[0]}" if faults else ""
    sys.stdout.write(f"{table}{told}\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

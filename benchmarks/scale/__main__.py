"""How the app bears 80, 1,000 and 10,000 items over 12 periods, and a long time of being used.

``python -m benchmarks.scale`` makes stores of invented items (the same every time), starts the app
on each, and prints: the processor's time of every page for its first reader, for the next and
after a write; how memory grows with page loads, edits, and sessions opened and left; how soon the
server answers; what visits and photos from phones cost. All through the server's own protocols
with a signed-in account, without a browser.

    python -m benchmarks.scale --items 10000 --part pages       # one size, one part
    python -m benchmarks.scale --items 1000 --folder STORES     # keeps the store for next time

Making the store of 10,000 items takes a minute of the processor; ``--folder`` keeps it.
``--part growth`` takes ``--loads``, ``--edits`` and ``--sessions``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.scale.growth import measure_growth
from benchmarks.scale.pages import measure_pages
from benchmarks.scale.phones import measure_phones
from benchmarks.scale.start import measure_start
from benchmarks.scale.stores import prepare_store, serve_copy
from benchmarks.scale.tables import format_growth, format_pages, format_phones, format_start

PARTS = ("pages", "growth", "start", "phones")


@click.command(help=__doc__)
@click.option("--items", multiple=True, type=int, default=(80, 1000, 10_000))
@click.option("--periods", default=12)
@click.option("--part", multiple=True, type=click.Choice(PARTS), default=PARTS)
@click.option("--folder", type=click.Path(path_type=Path), help="keeps the stores that are made")
@click.option("--loads", default=300)
@click.option("--edits", default=200)
@click.option("--sessions", default=100)
@click.option("--phones", default=100, help="visits with a photo each, eight at once")
@click.option("--port", default=0)
def main(
    *,
    items: tuple[int, ...],
    periods: int,
    part: tuple[str, ...],
    folder: Path | None,
    loads: int,
    edits: int,
    sessions: int,
    phones: int,
    port: int,
) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        own = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {
            f"{count:,} × {periods}": prepare_store(folder or own, count, periods)
            for count in items
        }
        pages, grown, started, sent = {}, {}, {}, {}
        for size, store in stores.items():
            if "pages" in part:
                with serve_copy(store, own / "pages", port=port) as served:
                    pages[size] = asyncio.run(measure_pages(served.door, served.pid))
            if "growth" in part:
                with serve_copy(store, own / "growth", port=port) as served:
                    using = measure_growth(
                        served.door, served.pid, loads=loads, edits=edits, sessions=sessions
                    )
                    grown[size] = asyncio.run(using)
            if "phones" in part:
                with serve_copy(store, own / "phones", port=port) as served:
                    sent[size] = measure_phones(served.door, served.pid, phones)
            if "start" in part:
                started[size] = measure_start(store, own, port=port)
    for made in (
        format_pages(pages) if pages else "",
        format_growth(grown) if grown else "",
        format_start(started) if started else "",
        format_phones(sent) if sent else "",
    ):
        sys.stdout.write(f"{made}\n\n" if made else "")
    for size, costs in pages.items():
        if costs.faults:
            sys.stdout.write(f"{size}: faults {len(costs.faults)}, first {costs.faults[0]}\n")


if __name__ == "__main__":
    main()

"""The facts of a whole country in one store: what reading and drawing them takes, by size.

``python -m benchmarks.scale.country`` writes stores of invented items over 20 periods straight as
the store would hold them (without their audit rows, which no page reads whole), and prints for each
size what the database weighs, what processor time one process takes to read the facts and to make
the first map of them, and what it then holds in memory. A province is some 3,000 items, the country
100,000 (``--items 100000``: 4 million rows). ``docs/scale.md`` says what follows from it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.invented_facts import CHAPTER, iterate_tables, write_invented_data
from benchmarks.load.sites import make_store
from reports.facts_files.table_schemas import TABLES
from store.audit.rows import extract_content, hash_row, make_canonical_row, make_row_key
from store.db.database import writing
from store.db.schema import FACTS, KNOWN, find_anchor_table
from tests.servers import own_environment
from tests.templates import close_connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

SIZES = (3_000, 10_000, 30_000)
PERIODS = 20
CHUNK = 20_000


@click.command(help=__doc__)
@click.option("--items", multiple=True, type=int, default=SIZES)
@click.option("--periods", default=PERIODS)
@click.option("--watch/--no-watch", default=True, help="the watch list too, the slowest of all")
def main(*, items: tuple[int, ...], periods: int, watch: bool) -> None:
    """Measure each size in a process of its own and print the table."""
    head = [
        "items × periods",
        "rows",
        "database, MB",
        "written, s",
        "facts read, processor s",
        "read again, s",
    ]
    head += ["a layer, s", "table of items, s", "watch list, s", "memory (most), MB"]
    sys.stdout.write(f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n")
    for count in items:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            own, rows = write_country(Path(folder), count, periods)
            written = time.perf_counter() - started
            size = (Path(folder) / "state" / "store.sqlite").stat().st_size / 1e6
            command = [sys.executable, "-m", "benchmarks.scale.country_facts"]
            command += ["--watch"] if watch else []
            answer = subprocess.run(  # noqa: S603 - our own
                command, env=own_environment(own), check=True, capture_output=True, text=True
            )
            told = json.loads(answer.stdout.splitlines()[-1])
            cells = [f"{count:,} × {periods}", f"{rows:,}", f"{size:.0f}", f"{written:.0f}"]
            cells += [f"{told[name]:.1f}" for name in ("read", "again", "layer", "table")]
            cells += [f"{told['watch']:.1f}" if watch else "–"]
            cells += [f"{told['memory']:.0f} ({told['most']:.0f})"]
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()


def write_country(folder: Path, items: int, periods: int) -> tuple[dict[str, str], int]:
    """Write a store of so many items; return the settings that lead to it, and its rows."""
    data = write_invented_data(folder, 0, periods)
    state = folder / "state"
    own = {"HPMAP_DATA_DIR": str(data), "HPMAP_STATE_DIR": str(state)}
    make_store(own_environment(own))
    url, count = f"sqlite:///{state / 'store.sqlite'}", 0
    with writing(url) as connection:
        for table, rows in iterate_tables(items, periods):
            if table in {"periods", "documents"}:
                continue
            for number, chunk in enumerate(batched_rows(rows)):
                insert_rows(connection, table, chunk, number * CHUNK)
                count += len(chunk)
    close_connections()
    return own, count


def batched_rows(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Return rows in lists of at most ``CHUNK``."""
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def insert_rows(
    connection: sa.Connection, table: str, rows: list[dict[str, Any]], position: int
) -> None:
    """Insert rows of a facts table as current since the first import."""
    if table == "items":
        known = [{"item": row["item"], "added_by": 1} for row in rows]
        connection.execute(KNOWN["items"].insert(), known)
    values = []
    for offset, row in enumerate(rows):
        whole = complete_row(row, table)
        sealed = {"key": make_row_key(whole, table), "hash": hash_row(whole, table)}
        own = {"origin": "curated", "position": position + offset, "added_by": 1}
        values.append(extract_content(whole, table) | sealed | own)
    connection.execute(FACTS[table].insert(), values)


def complete_row(row: dict[str, Any], table: str) -> dict[str, Any]:
    """Return an invented row with every column that the store has, in its one form."""
    schema = TABLES[table]
    whole: dict[str, Any] = {}
    for column in schema.all_columns:
        unknown = column.kind in {"integer", "number"} or find_anchor_table(column, schema)
        empty = column.default if column.default is not None else (None if unknown else "")
        whole[column.name] = row.get(column.name, empty)
    if schema.per_chapter:
        whole["chapter"] = CHAPTER
    if table == "observations":
        whole["value"] = str(whole["value"])
    return make_canonical_row(whole, table)


if __name__ == "__main__":
    main()

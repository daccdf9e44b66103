"""Exports: processor time and size of every format, for the real facts and for 5,000 items.

Run from the checkout: ``python -m benchmarks.exports``. Nothing is written to the store.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.bootstrap import ensure_store
from store.exports.export import FORMATS
from store.exports.tables.content import make_content
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from store.users.users import make_operator

if TYPE_CHECKING:
    from store.facts.facts import Facts

ITEMS: Final = 5000


def main() -> int:
    """Print the table of the benchmark; return 0."""
    ensure_store()
    facts = load_facts()
    timed = [_timed(facts), _timed(many(facts, ITEMS))]
    heads = "".join(f"{one['items'][1]:>22} items" for one in timed)
    print(f"{'':<12}{heads}")
    for name in ("content", *FORMATS):
        cells = []
        for seconds, size in (one[name] for one in timed):
            told = f"{size / 1e6:.1f} MB" if size else ""
            cells.append(f"{seconds:>16.2f} s {told:>10}")
        print(f"{name:<12}{''.join(cells)}")
    return 0


def many(facts: Facts, count: int) -> Facts:
    """Return facts with at least so many items: the real ones over and over, under other codes."""
    rounds = -(-count // len(select_items(facts, Filters()).items))
    keys = {"items": (), "places": (), "observations": ("obs",), "clearance": ("clearance",)}
    made = {
        table: pd.concat(
            [_copy(getattr(facts, table), ("item", *own), turn) for turn in range(rounds)],
            ignore_index=True,
        )
        for table, own in keys.items()
    }
    return replace(facts, version=f"many-{count}", conflicts=facts.conflicts.iloc[:0], **made)


def _copy(frame: pd.DataFrame, keys: tuple[str, ...], turn: int) -> pd.DataFrame:
    return frame.assign(
        **{key: frame[key].where(frame[key] == "", frame[key] + f"-{turn}") for key in keys}
    )


def _timed(facts: Facts) -> dict[str, tuple[float, int]]:
    start = time.process_time()
    at = datetime.now().astimezone()
    content = make_content(facts, Filters(), actor=make_operator("benchmark"), at=at)
    found = {"items": (0.0, content.rows), "content": (time.process_time() - start, 0)}
    for name, chosen in FORMATS.items():
        start = time.process_time()
        data = chosen.write(content)
        found[name] = (time.process_time() - start, len(data))
    return found


if __name__ == "__main__":
    sys.exit(main())

"""Read the facts of a store, draw a layer, list what to watch; tell what each took, as JSON.

A program of its own (``benchmarks.scale.country`` starts it), so that its memory is its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.processes import read_memory_mb, read_peak_memory_mb
from layers.choropleth.registry import build_layer
from layers.tables.item_table import build_item_table
from layers.watchlist.watchlist import build_watchlist
from store.facts.facts import load_facts
from store.facts.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Measure and tell."""
    told: dict[str, float] = {}

    def measure(name: str, act: Callable[[], Any]) -> Any:
        started = time.process_time()
        made = act()
        told[name] = time.process_time() - started  # what else runs here counts nothing
        return made

    facts = measure("read", load_facts)
    measure("again", load_facts)
    measure("layer", lambda: build_layer(facts, "investment", Filters()))
    measure("table", lambda: build_item_table(facts, Filters()))
    if "--watch" in sys.argv:
        measure("watch", lambda: build_watchlist(facts, Filters(), settled=frozenset()))
    told["memory"], told["most"] = read_memory_mb([os.getpid()]), read_peak_memory_mb([os.getpid()])
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()

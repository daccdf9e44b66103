"""The current facts as the files that ``data/facts`` consists of."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geo.errors import StoreError
from geo.i18n import t
from reports.tables import TABLES
from store.ensure import ensure_store
from store.read import stored_facts
from store.rows import CHAPTER, cell_text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from reports.schema import Table


def export(folder: Path) -> int:
    """Write the facts as CSV files into a folder; return the number of rows.

    The folder reads as ``data/facts`` does. Raises ``StoreError`` when it cannot be written.
    """
    facts = stored_facts(ensure_store())
    rows = 0
    try:
        for table in TABLES.values():
            frame = getattr(facts, table.name)
            rows += len(frame)
            if not table.per_chapter:
                _write(folder / table.file, frame, table)
                continue
            for chapter in sorted(set(facts.items[CHAPTER])):
                _write(folder / chapter / table.file, frame[frame[CHAPTER] == chapter], table)
    except OSError as fault:
        raise StoreError(t("store.fault.cannot_write", file=folder, reason=fault)) from fault
    return rows


def _write(file: Path, frame: pd.DataFrame, table: Table) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    cells = frame[list(table.header)].astype(object).where(frame[list(table.header)].notna(), None)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows([cell_text(cell) for cell in row] for row in cells.itertuples(index=False))

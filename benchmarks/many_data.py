"""A folder of facts with every item many times over, for an app of its own to be measured."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
OWN_KEYS = {
    "items.csv": ("item",),
    "places.csv": ("item",),
    "observations.csv": ("item",),
    "clearance.csv": ("clearance", "item"),
}
"""The columns that a copy of a row has under another id."""


def many_data(folder: Path, times: int) -> Path:
    """Copy ``data/`` to the folder with every item ``times`` times; return the copy.

    Amounts differ from copy to copy, so that sorting has something to sort.
    """
    target = folder / "data"
    shutil.copytree(DATA, target)
    for path in sorted((target / "facts").rglob("*.csv")):
        keys = OWN_KEYS.get(path.name)
        if not keys:
            continue
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        with path.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            for copy in range(1, times):
                writer.writerows(_copied(row, keys, copy) for row in rows)
    return target


def _copied(row: dict[str, str], keys: tuple[str, ...], copy: int) -> dict[str, str]:
    copied = row | {key: f"{row[key]}-{copy:02}" for key in keys if row[key]}
    if row.get("field") == "investment_mvnd":
        copied["value"] = str(round(float(row["value"]) * (1 + copy * 0.137)))
    if "name" in row and "item" in row:
        copied["name"] = f"{row['name']} {copy:02}"
    return copied

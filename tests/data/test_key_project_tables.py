"""The tables of the key projects are whole: composed text, sorted, nothing points nowhere."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest

from tests.data.key_project_rows import FACTS, rows_of

OWN_TABLES = (
    "documents.csv",
    "periods.csv",
    "clearance.csv",
    "indicators.csv",
    "corrections.csv",
    "conflicts.csv",
    "key_projects/items.csv",
    "key_projects/places.csv",
    "key_projects/observations.csv",
)


def test_documents_periods_and_items_referred_to_exist() -> None:
    """Nothing points at a document, period or item that is not there."""
    documents = {row["doc"]: row["period"] for row in rows_of("documents.csv")}
    periods = {row["period"] for row in rows_of("periods.csv")}
    assert set(documents.values()) <= periods
    assert len(documents) == 5
    items = {row["item"] for row in rows_of("key_projects/items.csv")}
    for row in rows_of("key_projects/observations.csv"):
        assert row["item"] in items
        assert documents[row["doc"]] == row["period"]
    for name in ("clearance.csv", "indicators.csv"):
        for row in rows_of(name):
            assert documents[row["doc"]] == row["period"]
    for row in rows_of("conflicts.csv"):
        assert documents[row["doc_a"]] == row["period_a"]
        assert documents[row["doc_b"]] == row["period_b"]


@pytest.mark.parametrize("name", OWN_TABLES)
def test_tables_are_composed_unix_text_without_loose_spaces(name: str) -> None:
    """UTF-8, NFC, LF, one newline at the end, as many cells as columns."""
    text = (FACTS / name).read_bytes().decode()
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    for row in rows_of(name):
        assert None not in row
        assert all(cell is not None and cell == cell.strip() for cell in row.values())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("key_projects/items.csv", ("item",)),
        ("key_projects/places.csv", ("item", "commune")),
        ("clearance.csv", ("clearance",)),
        ("indicators.csv", ("indicator",)),
        ("conflicts.csv", ("conflict",)),
        ("periods.csv", ("as_of",)),
    ],
)
def test_tables_are_sorted_and_their_keys_are_unique(name: str, key: tuple[str, ...]) -> None:
    """A change of one fact is a change of one line."""
    keys = [tuple(row[column] for column in key) for row in rows_of(name)]
    assert all(before < after for before, after in pairwise(keys))


def test_observations_are_sorted_by_item_then_report() -> None:
    """An item's observations stand together, oldest report first."""
    order = [row["period"] for row in rows_of("periods.csv")]
    keys = [
        (row["item"], order.index(row["period"]), int(row["line_from"]))
        for row in rows_of("key_projects/observations.csv")
    ]
    assert keys == sorted(keys)

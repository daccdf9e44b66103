"""Visits, photos, points and cases put to the small facts, as tests need them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.audit.rows import frame_from_rows, list_frame_columns
from tests.small_facts import HAI_AN, RING_ROAD, small_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts

Row = dict[str, Any]


def visit(
    code: str, item: str = RING_ROAD, at: str = "2026-11-20T01:30:00+00:00", **more: Any
) -> Row:
    """Return a row of visits: the ring road, seen in Hải An."""
    return {
        "visit": code, "item": item, "inspector": "an", "at": at, "lon": 106.72, "lat": 20.85,
        "accuracy_m": 8.0, "works": "", "note": "", "problem": "", "source": "phone",
        "sent_hash": "0" * 64, **more,
    }  # fmt: skip


def photo(code: str, of: str, **more: Any) -> Row:
    """Return a row of photos."""
    return {
        "photo": code, "visit": of, "original": "1" * 64, "taken": "", "width": 800, "height": 600,
        "bytes": 90_000, "note": "", **more,
    }  # fmt: skip


def point(item: str, **more: Any) -> Row:
    """Return a row of points."""
    return {"item": item, "lon": 106.7, "lat": 20.84, "how": "gps", "note": "", **more}


def case(code: str, item: str = RING_ROAD, **more: Any) -> Row:
    """Return a row of the clearance register."""
    return {
        "case": code, "item": item, "commune": HAI_AN, "category": "land_price",
        "statement": "Chưa thống nhất giá đất", "body": "UBND phường Hải An",
        "opened": "2026-03-01", "deadline": "", "state": "open", "closed": "", "clearance": "",
        "visit": "", "note": "", **more,
    }  # fmt: skip


def with_staff(facts: Facts | None = None, **tables: list[Row]) -> Facts:
    """Return facts (the small ones) with rows of the tables that people fill."""
    base = facts or small_facts()
    frames = {
        name: frame_from_rows(
            [[row.get(column) for column in list_frame_columns(name)] for row in rows], name
        )
        for name, rows in tables.items()
    }
    return replace(base, version="".join(sorted(tables)), **frames)

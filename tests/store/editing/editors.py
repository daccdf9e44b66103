"""One item as two editors see it, in a store with one report."""

from __future__ import annotations

from store.audit.integrity import check_store
from store.db.database import reading
from store.editing.open_record import OpenedItem, read_item
from store.facts.facts import load_facts
from tests.people import person

LAN, MINH = person("lan", "planner", scope=None), person("minh", "planner")
WHY = "theo công văn 12"
BRIDGE = "KP-01"


def opened(item: str = BRIDGE) -> OpenedItem:
    found = read_item(item)
    assert found is not None
    return found


def figure(field: str, item: str = BRIDGE) -> str:
    rows = opened(item).figures
    return next(obs for obs, row in rows.items() if row["field"] == field)


def is_whole(url: str) -> bool:
    with reading(url) as connection:
        return check_store(connection) == []


def communes(item: str = BRIDGE) -> dict[str, str]:
    rows = load_facts().places
    rows = rows[rows["item"] == item]
    return dict(zip(rows["commune"], rows["how"], strict=True))

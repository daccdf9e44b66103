"""The facts that an approved period is seen with: those of the moment at which it was approved.

What an item is called, its kind, its communes, its point, and what earlier periods said, stay for
an approved period as they were; only corrections of the period's own rows show, which are counted
and dated (``store.facts.period_corrections``). Every version of every row is in the store, so that
nothing has to be copied for it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.db.database import reading
from store.facts.narrowing import narrow_to_scope, select_staff
from store.facts.stored.content_hash import hash_frame, hash_words
from store.facts.stored.tables import BESIDE_FACTS, read_frame, select_shown_rows
from store.facts_cache import cache_on_facts, cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts

_TABLES: Final = (
    "documents", "periods", "items", "places", "observations", "clearance", "indicators",
    "corrections", "conflicts", "points", *BESIDE_FACTS,
)  # fmt: skip
_DATED: Final = ("observations", "clearance", "indicators", *BESIDE_FACTS)
_OF_ITEMS: Final = ("observations", "clearance")
_KEYS: Final = {"items": ["item"], "places": ["item", "commune"]}
_SAID_KEYS: Final = {
    "observations": ["obs"],
    "clearance": ["clearance"],
    "statements": ["statement"],
    "item_attributes": ["item", "period", "doc", "attribute", "value"],
}


def get_facts_known_at(facts: Facts, period: str) -> Facts:
    """Return the facts to see a period with; the same object where nothing of it has changed.

    A period that is not approved is seen with what is known now.
    """
    known = _find_facts_known_at(facts, period)
    return facts if known is None else known


def get_facts_as_approved(facts: Facts, period: str) -> Facts:
    """Return the facts of the moment of a period's approval, without anything that came later.

    The same as ``get_facts_known_at`` where nothing of later is to be seen even beside the period:
    later documents, and contradictions with them. ``version`` of their ``reports`` stays the same
    until the period is corrected.
    """
    known = _make_reports_known_at(facts, period)
    return facts if known is None else _add_staff(facts, known, period)


@cache_on_facts(most=32)
def _find_facts_known_at(facts: Facts, period: str) -> Facts | None:
    known = _make_reports_known_at(facts, period)
    if known is None:
        return None
    points = _select_points_then(facts, known, period)
    moved = not _sort(points, ["item"]).equals(_sort(facts.points, ["item"]))
    return _add_staff(facts, known, period) if moved or _differs_now(facts, period) else None


@cache_on_facts(most=32)
def _add_staff(facts: Facts, known: Facts, period: str) -> Facts:
    """Return reports of then with what people recorded, points as they were then."""
    staff = select_staff(facts, known) | {"points": _select_points_then(facts, known, period)}
    if all(frame.empty for frame in staff.values()):
        return known
    seal = hash_words(known.version, *map(hash_frame, staff.values()))
    return replace(known, version=seal, reported=known, **staff)


def _select_points_then(facts: Facts, known: Facts, period: str) -> pd.DataFrame:
    points = _read_tables_then(facts.url, *facts.approvals[period])["points"]
    if facts.scope is None:
        return points
    return points[points["item"].isin(set(known.items["item"].tolist()))].reset_index(drop=True)


@cache_on_reports(most=32)
def _differs_now(facts: Facts, period: str) -> bool:
    known = _make_reports_known_at(facts, period)
    return known is not None and _differs(facts, known, period)


@cache_on_reports(most=32)
def _make_reports_known_at(facts: Facts, period: str) -> Facts | None:
    approval = facts.approvals.get(period)
    if approval is None or not facts.url:
        return None
    then = _read_tables_then(facts.url, *approval)
    frames = {name: then[name] for name in ("items", "places", "corrections", "conflicts")}
    for name in _DATED:
        frames[name] = _take_corrections(then[name], getattr(facts, name), period)
    own = {name: frames[name][frames[name]["period"] == period] for name in _DATED}
    corrected = pd.concat([own[name] for name in _OF_ITEMS])
    for name in ("items", "places"):
        frames[name] = _add_corrected_items(frames[name], getattr(facts, name), corrected)
    if {doc for rows in own.values() for doc in rows["doc"]} <= set(then["documents"]["doc"]):
        frames |= {name: then[name] for name in ("documents", "periods")}
        frames["periods"] = frames["periods"].sort_values(["as_of", "period"], ignore_index=True)
    seal = hash_words(period, approval[1], *map(hash_frame, own.values()))
    known = replace(facts, version=seal, approvals={}, **frames)
    return known if facts.scope is None else narrow_to_scope(known, facts.scope)


@lru_cache(maxsize=24)
def _read_tables_then(url: str, number: int, _token: str) -> Mapping[str, pd.DataFrame]:
    """Return tables as they were once an import was done; that never changes."""
    with reading(url) as connection:
        return {
            name: read_frame(connection, name, number, *select_shown_rows(name)) for name in _TABLES
        }


def _take_corrections(then: pd.DataFrame, now: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the rows of then, those of the period itself as they are now."""
    before, after = then[then["period"] == period], now[now["period"] == period]
    if before.reset_index(drop=True).equals(after.reset_index(drop=True)):
        return then
    return pd.concat([then[then["period"] != period], after], ignore_index=True)


def _add_corrected_items(
    then: pd.DataFrame, now: pd.DataFrame, corrected: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows of then, with those of items that only a correction of the period names."""
    named = set(corrected["item"].dropna()) - set(then["item"].tolist()) - {""}
    if not named:
        return then
    return pd.concat([then, now[now["item"].isin(named)]], ignore_index=True)


def _differs(facts: Facts, known: Facts, period: str) -> bool:
    """Return True if a period looks otherwise with the facts of then than with those of now."""
    now = facts.period_ranks.get(period, -1)
    items = set(known.items["item"].tolist())
    for name, key in _KEYS.items():
        then, current = getattr(known, name), getattr(facts, name)
        if not _sort(then, key).equals(_sort(current[current["item"].isin(items)], key)):
            return True
    for name, key in _SAID_KEYS.items():
        then, current = getattr(known, name), getattr(facts, name)
        earlier = current[current["period"].map(facts.period_ranks) <= now]
        if not _sort(then[then["period"].isin(set(earlier["period"].tolist()))], key).equals(
            _sort(earlier, key)
        ):
            return True
    return _names_new_items(facts, items, now)


def _names_new_items(facts: Facts, items: set[str], now: int) -> bool:
    """Return True if a document up to a period places an item that was not known then."""
    ranks = facts.documents.set_index("doc")["period"].map(facts.period_ranks)
    placed = facts.places["doc"].map(ranks)
    return bool((~facts.places["item"].isin(items) & (placed <= now)).any())


def _sort(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return frame.sort_values(key, ignore_index=True)

"""The facts that an approved period is seen with: those of the moment at which it was approved.

What an item is called, its kind and its communes, and what earlier periods said, stay for an
approved period as they were; only corrections of the period's own rows show. Every version of
every row is in the store, so that nothing has to be copied for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.db.database import reading
from store.facts.facts import Facts, narrow_to_scope
from store.facts.stored.tables import read_frame
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLES: Final = ("documents", "periods", "items", "places", "observations", "clearance")
_DATED: Final = ("observations", "clearance")
_KEYS: Final = {"items": ["item"], "places": ["item", "commune"]}


def get_facts_known_at(facts: Facts, period: str) -> Facts:
    """Return the facts to see a period with; the same object where nothing of it has changed.

    A period that is not approved is seen with what is known now.
    """
    known = _find_facts_known_at(facts, period)
    return facts if known is None else known


@cache_on_facts(most=32)
def _find_facts_known_at(facts: Facts, period: str) -> Facts | None:
    approval = facts.approvals.get(period)
    if approval is None or not facts.url:
        return None
    then = _read_tables_then(facts.url, *approval)
    frames = {name: then[name] for name in ("items", "places")}
    for name in _DATED:
        frames[name] = _take_corrections(then[name], getattr(facts, name), period)
    corrected = pd.concat([frames[name][frames[name]["period"] == period] for name in _DATED])
    for name in ("items", "places"):
        frames[name] = _add_corrected_items(frames[name], getattr(facts, name), corrected)
    if set(corrected["doc"]) <= set(then["documents"]["doc"]):
        frames |= {name: then[name] for name in ("documents", "periods")}
        frames["periods"] = frames["periods"].sort_values(["as_of", "period"], ignore_index=True)
    seal = hashlib.sha256(f"{facts.version} {period}".encode()).hexdigest()[:16]
    known = replace(facts, version=seal, approvals={}, **frames)
    if facts.scope is not None:
        known = narrow_to_scope(known, facts.scope)
    return known if _differs(facts, known, period) else None


@lru_cache(maxsize=24)
def _read_tables_then(url: str, number: int, _token: str) -> Mapping[str, pd.DataFrame]:
    """Return tables as they were once an import was done; that never changes."""
    with reading(url) as connection:
        return {name: read_frame(connection, name, number) for name in _TABLES}


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
    named = set(corrected["item"].dropna()) - set(then["item"]) - {""}
    if not named:
        return then
    return pd.concat([then, now[now["item"].isin(named)]], ignore_index=True)


def _differs(facts: Facts, known: Facts, period: str) -> bool:
    """Return True if a period looks otherwise with the facts of then than with those of now."""
    now = facts.period_ranks.get(period, -1)
    items = set(known.items["item"])
    for name, key in _KEYS.items():
        then, current = getattr(known, name), getattr(facts, name)
        if not _sort(then, key).equals(_sort(current[current["item"].isin(items)], key)):
            return True
    for name in _DATED:
        then, current = getattr(known, name), getattr(facts, name)
        earlier = current[current["period"].map(facts.period_ranks) <= now]
        key = ["obs"] if name == "observations" else ["clearance"]
        if not _sort(then[then["period"].isin(set(earlier["period"]))], key).equals(
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

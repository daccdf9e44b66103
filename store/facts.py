"""The facts as everything above reads them: frames with a content version, and their periods."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from store.ensure import ensure_store
from store.read import facts_version, stored_facts, stored_staff
from store.rows import frame_of
from store.staff_tables import STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from reports.curated import CuratedFacts

MOST: Final = 0.5
"""Share of the key projects that a period must say something of to be opened first."""

_READING: Final = Lock()


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts tables and the gazetteer tables they point at. Frames are not to be changed.

    ``version`` is a hash of the content: the same facts have the same version in every process.
    ``periods`` are in order of time. ``observations`` are as ``reports.curated`` gives them.
    ``points`` to ``photos`` have the columns of ``store.staff_tables``.
    ``communes`` has 114 rows sorted by ``code``.
    """

    version: str
    documents: pd.DataFrame
    periods: pd.DataFrame
    items: pd.DataFrame
    places: pd.DataFrame
    observations: pd.DataFrame
    clearance: pd.DataFrame
    indicators: pd.DataFrame
    corrections: pd.DataFrame
    conflicts: pd.DataFrame
    points: pd.DataFrame
    cases: pd.DataFrame
    case_steps: pd.DataFrame
    visits: pd.DataFrame
    photos: pd.DataFrame
    communes: pd.DataFrame
    former_units: pd.DataFrame
    zones: pd.DataFrame


def load_facts() -> Facts:
    """Return the facts of the store, read again only when something was committed to it.

    A store that is not there yet is made with the facts that come with the program. Raises
    ``StoreError`` when it cannot be opened, ``DataFileError`` that names every fault of the files.
    """
    url = ensure_store()
    with _READING:
        return _facts_of(url, facts_version(url))


@lru_cache(maxsize=2)
def _facts_of(url: str, _at: str) -> Facts:
    gazetteer = load_gazetteer()
    return make_facts(
        stored_facts(url),
        communes=gazetteer.communes,
        former_units=gazetteer.former_units,
        zones=gazetteer.zones,
        staff=stored_staff(url),
    )


def make_facts(
    curated: CuratedFacts,
    *,
    communes: pd.DataFrame,
    former_units: pd.DataFrame,
    zones: pd.DataFrame,
    staff: Mapping[str, pd.DataFrame] | None = None,
) -> Facts:
    """Return facts from checked tables: periods put in order of time, communes sorted by code.

    ``staff``: what people recorded, by the names of ``store.staff_tables``; nothing where left out.
    """
    frames = {field.name: getattr(curated, field.name) for field in fields(curated)}
    frames["periods"] = frames["periods"].sort_values(["as_of", "period"], ignore_index=True)
    frames |= {name: frame_of([], name) for name in STAFF} | dict(staff or {})
    frames["communes"] = communes.sort_values("code", ignore_index=True)
    frames["former_units"] = former_units
    frames["zones"] = zones
    return Facts(version=_version(frames), **frames)


@lru_cache(maxsize=8)
def period_ranks(facts: Facts) -> dict[str, int]:
    """Return the place of every period in time, from 0."""
    return {period: rank for rank, period in enumerate(facts.periods["period"])}


@lru_cache(maxsize=8)
def document_ranks(facts: Facts) -> dict[str, int]:
    """Return the place of every document in the order of issue, from 0.

    A document without a date of issue stands where its ``as_of`` puts it.
    """
    dated = facts.documents.assign(
        day=facts.documents["issued"].where(
            facts.documents["issued"] != "", facts.documents["as_of"]
        )
    )
    return {doc: rank for rank, doc in enumerate(dated.sort_values(["day", "doc"])["doc"])}


@lru_cache(maxsize=8)
def default_period(facts: Facts) -> str:
    """Return the newest period whose reports speak of most key projects one by one.

    A newer report that only gives totals would open an almost empty map. Without such a period,
    the newest one; '' when there is none at all.
    """
    key_projects = set(facts.items.loc[facts.items["kind"] == "key_project", "item"])
    seen = facts.observations[facts.observations["item"].isin(key_projects)]
    spoken_of = seen.groupby("period")["item"].nunique()
    for period in reversed(list(facts.periods["period"])):
        if spoken_of.get(period, 0) > MOST * len(key_projects):
            return str(period)
    return str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""


def _version(frames: dict[str, pd.DataFrame]) -> str:
    digest = hashlib.sha256()
    for name in sorted(frames):
        digest.update(name.encode())
        digest.update(frames[name].to_csv(index=False).encode())
    return digest.hexdigest()[:16]

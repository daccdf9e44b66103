"""The facts as everything above reads them: frames with a content version, and their periods."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from geo.gazetteer import load_gazetteer
from store.audit.ledger import read_last_token
from store.audit.rows import frame_from_rows
from store.db.database import get_store_url, reading
from store.db.staff_tables import STAFF
from store.facts.stored.tables import (
    read_approvals,
    read_staff_tables,
    read_stored_facts_from,
)
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from reports.facts_files.curated import CuratedFacts
    from store.users.users import User


def narrow_facts_to_user(facts: Facts, user: User) -> Facts:
    """Return the facts narrowed to what the user may read; the same object for who reads all.

    Narrowed: items with a place in the scope, with all that is said of them, and clearance there.
    Counts of the whole city, corrections of scans, and items without a place are left out, for
    nothing tells where they belong. Documents and periods stay, as names of sources.
    """
    if user.sees_all:
        return facts
    return narrow_to_scope(facts, user.scope or frozenset())


@cache_on_facts(most=16)
def narrow_to_scope(facts: Facts, scope: frozenset[str]) -> Facts:
    """Return the facts narrowed to communes, see ``narrow_facts_to_user``."""
    items = set(facts.places.loc[facts.places["commune"].isin(scope), "item"])
    clearance = facts.clearance[
        facts.clearance["commune"].isin(scope)
        | (facts.clearance["item"].isin(items) & (facts.clearance["commune"] == ""))
    ]
    cases = facts.cases[
        facts.cases["commune"].isin(scope)
        | (facts.cases["item"].isin(items) & (facts.cases["commune"] == ""))
    ]
    visits = facts.visits[facts.visits["item"].isin(items)]
    seal = hashlib.sha256(" ".join([facts.version, *sorted(scope)]).encode()).hexdigest()
    return replace(
        facts,
        version=seal[:16],
        scope=scope,
        items=facts.items[facts.items["item"].isin(items)].reset_index(drop=True),
        places=_select_rows(facts.places, "item", items),
        observations=_select_rows(facts.observations, "item", items),
        clearance=clearance.reset_index(drop=True),
        indicators=facts.indicators.iloc[:0],
        corrections=facts.corrections.iloc[:0],
        conflicts=_select_rows(facts.conflicts, "item", items),
        points=_select_rows(facts.points, "item", items),
        cases=cases.reset_index(drop=True),
        case_steps=_select_rows(facts.case_steps, "case", set(cases["case"])),
        visits=visits.reset_index(drop=True),
        photos=_select_rows(facts.photos, "visit", set(visits["visit"])),
    )


def _select_rows(frame: pd.DataFrame, column: str, keys: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(keys)].reset_index(drop=True)


def read_facts_version(url: str | None = None) -> str:
    """Return a word that is another after every committed import, decision or correction."""
    with reading(url) as connection:
        return read_last_token(connection)


def read_stored_facts(url: str | None = None, *, as_of: int | None = None) -> CuratedFacts:
    """Return all facts as of one moment, with the columns that ``curated`` describes.

    ``as_of`` is the number of an import: the facts as they were once it was done.
    """
    with reading(url) as connection:
        return read_stored_facts_from(connection, as_of=as_of)


MOST: Final = 0.5
"""Share of the key projects that a period must say something of to be opened first."""

_READING: Final = Lock()


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts tables and the gazetteer tables they point at, and what is looked up in them.

    Nothing of it is to be changed.

    ``version`` is a hash of the content: the same facts have the same version in every process.
    ``periods`` are in order of time. ``observations`` are as ``reports.facts_files.curated`` gives
    them. ``points`` to ``photos`` have the columns of ``store.db.staff_tables``. ``communes`` has
    114 rows sorted by ``code``.
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
    approvals: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """The change that approved each approved period: its number and token."""
    url: str = ""
    """The store that the facts were read from, '' for none."""
    scope: frozenset[str] | None = None
    """The communes that the facts are narrowed to, ``None`` for all."""
    derived: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)
    """What is worked out of these facts (``store.facts_cache``), to live as long as they do."""

    @cached_property
    def period_ranks(self) -> Mapping[str, int]:
        """The place of every period in time, from 0."""
        return {period: rank for rank, period in enumerate(self.periods["period"])}

    @cached_property
    def period_ends(self) -> Mapping[str, str]:
        """The last day of every period, ISO."""
        return dict(zip(self.periods["period"], self.periods["as_of"], strict=True))

    @cached_property
    def document_ranks(self) -> Mapping[str, int]:
        """The place of every document in the order of issue, from 0.

        A document without a date of issue stands where its ``as_of`` puts it.
        """
        known = self.documents
        dated = known.assign(day=known["issued"].where(known["issued"] != "", known["as_of"]))
        return {doc: rank for rank, doc in enumerate(dated.sort_values(["day", "doc"])["doc"])}

    @cached_property
    def document_rows(self) -> Mapping[str, dict[str, Any]]:
        """The documents by their id."""
        return {row["doc"]: row for row in self.documents.to_dict("records")}

    @cached_property
    def item_rows(self) -> Mapping[str, dict[str, Any]]:
        """The items by their code."""
        return {row["item"]: row for row in self.items.to_dict("records")}

    @cached_property
    def item_names(self) -> Mapping[str, str]:
        """The name of every item by its code."""
        return dict(zip(self.items["item"], self.items["name"], strict=True))

    @cached_property
    def item_communes(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the communes of every placed item, by its code."""
        communes: dict[str, tuple[str, ...]] = (
            self.places.groupby("item")["commune"].agg(tuple).to_dict()
        )
        return communes

    def find_only_commune(self, item: str) -> str:
        """Return the code of the commune of an item that has one only, else ''."""
        codes = set(self.item_communes.get(item, ()))
        return codes.pop() if len(codes) == 1 else ""

    @cached_property
    def observation_rows(self) -> Mapping[str, dict[str, Any]]:
        """The observations by their id."""
        return {row["obs"]: row for row in self.observations.to_dict("records")}

    @cached_property
    def commune_names(self) -> Mapping[str, str]:
        """The name of every commune by its code."""
        return dict(zip(self.communes["code"], self.communes["name"], strict=True))

    @cached_property
    def zone_names(self) -> Mapping[str, str]:
        """The name of every zone by its code."""
        return dict(zip(self.zones["zone"], self.zones["name"], strict=True))


def load_facts() -> Facts:
    """Return the facts of the store, read again only when something was committed to it.

    Raises ``StoreError`` when it cannot be opened.
    """
    url = get_store_url()
    with _READING:
        return _load_facts_at(url, read_facts_version(url))


@lru_cache(maxsize=2)
def _load_facts_at(url: str, _at: str) -> Facts:
    gazetteer = load_gazetteer()
    return make_facts(
        read_stored_facts(url),
        communes=gazetteer.communes,
        former_units=gazetteer.former_units,
        zones=gazetteer.zones,
        staff=read_staff_tables(url),
        approvals=read_approvals(url),
        url=url,
    )


def make_facts(
    curated: CuratedFacts,
    *,
    communes: pd.DataFrame,
    former_units: pd.DataFrame,
    zones: pd.DataFrame,
    staff: Mapping[str, pd.DataFrame] | None = None,
    approvals: Mapping[str, tuple[int, str]] | None = None,
    url: str = "",
) -> Facts:
    """Return facts from checked tables: periods put in order of time, communes sorted by code.

    ``staff``: what people recorded, by the names of ``store.db.staff_tables``; nothing where left
    out. ``approvals`` and ``url`` are those of the store that the tables are from.
    """
    frames = {
        table_field.name: getattr(curated, table_field.name) for table_field in fields(curated)
    }
    frames["periods"] = frames["periods"].sort_values(["as_of", "period"], ignore_index=True)
    frames |= {name: frame_from_rows([], name) for name in STAFF} | dict(staff or {})
    frames["communes"] = communes.sort_values("code", ignore_index=True)
    frames["former_units"] = former_units
    frames["zones"] = zones
    version = _hash_frames(frames)
    if approvals:  # what an approved period shows depends on when it was approved
        seal = f"{version} {sorted((period, token) for period, (_, token) in approvals.items())}"
        version = hashlib.sha256(seal.encode()).hexdigest()[:16]
    return Facts(version=version, **frames, approvals=dict(approvals or {}), url=url)


@cache_on_facts()
def find_default_period(facts: Facts) -> str:
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


def _hash_frames(frames: dict[str, pd.DataFrame]) -> str:
    digest = hashlib.sha256()
    for name in sorted(frames):
        digest.update(name.encode())
        digest.update(frames[name].to_csv(index=False).encode())
    return digest.hexdigest()[:16]

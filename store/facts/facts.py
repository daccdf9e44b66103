"""The facts as everything above reads them: frames with a content version, and their periods."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from geo.gazetteer import load_gazetteer
from reports.facts_files.curated import CuratedFacts
from reports.facts_files.table_schemas import TABLES
from store.audit.ledger import read_last_token
from store.audit.rows import frame_from_rows
from store.column_values import list_cells, list_rows
from store.db.database import get_store_url, reading
from store.db.staff_tables import STAFF
from store.facts.stored.content_hash import hash_frame, hash_gazetteer, hash_words
from store.facts.stored.current_tables import CurrentTables, read_current_tables
from store.facts.stored.tables import BESIDE_FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def read_facts_version(url: str | None = None) -> str:
    """Return a word that is another after every committed import, decision or correction."""
    with reading(url) as connection:
        return read_last_token(connection)


_REPORTED: Final = (*TABLES, *BESIDE_FACTS, "communes", "former_units", "zones")
"""The tables of facts that no visit, case, point or photo touches."""

_READING: Final = Lock()
_KEPT: Final[dict[str, tuple[CurrentTables, Facts]]] = {}
"""The newest facts read and what they were made of, by the store's address: one at a time."""


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts tables and the gazetteer tables they point at, and what is looked up in them.

    Nothing of it is to be changed.

    ``version`` is a hash of the content: the same facts have the same version in every process.
    ``periods`` are in order of time. ``observations`` are as ``reports.facts_files.curated`` gives
    them. ``statements`` are those that are shown beside the facts, ``item_attributes`` what
    documents tell items to be, with the columns of ``store.db.statement_tables``; ``points`` to
    ``photos`` have those of ``store.db.staff_tables``. ``communes`` has 114 rows sorted by
    ``code``.
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
    statements: pd.DataFrame
    item_attributes: pd.DataFrame
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
    reported: Facts | None = field(default=None, repr=False)
    """What ``reports`` is, from who made the facts: the one that other versions share."""
    derived: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)
    """What is worked out of these facts (``store.facts_cache``), to live as long as they do."""

    @property
    def reports(self) -> Facts:
        """The facts without what people recorded: the tables of ``STAFF`` have no rows.

        Versions with the same reports share it, so that what is made of it outlives a visit.
        """
        return self._reports if self._has_staff_rows else self

    @cached_property
    def _has_staff_rows(self) -> bool:
        return any(len(getattr(self, name)) for name in STAFF)

    @cached_property
    def _reports(self) -> Facts:
        shared = self.reported
        same = (*_REPORTED, "url", "scope", "approvals")
        if shared and all(getattr(shared, name) is getattr(self, name) for name in same):
            return shared
        reports = {name: hash_frame(getattr(self, name)) for name in _REPORTED}
        staff = {name: getattr(self, name).iloc[:0] for name in STAFF}
        version = _name_version(reports, self.approvals)
        return replace(self, version=version, reported=None, **staff)

    @cached_property
    def period_ranks(self) -> Mapping[str, int]:
        """The place of every period in time, from 0."""
        return {period: rank for rank, period in enumerate(self.periods["period"])}

    @cached_property
    def period_ends(self) -> Mapping[str, str]:
        """The last day of every period, ISO."""
        return dict(list_cells(self.periods, "period", "as_of"))

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
        return {row["doc"]: row for row in list_rows(self.documents)}

    @cached_property
    def item_rows(self) -> Mapping[str, dict[str, Any]]:
        """The items by their code."""
        return {row["item"]: row for row in list_rows(self.items)}

    @cached_property
    def item_names(self) -> Mapping[str, str]:
        """The name of every item by its code."""
        return dict(list_cells(self.items, "item", "name"))

    @cached_property
    def item_communes(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the communes of every placed item, by its code."""
        communes: dict[str, list[str]] = {}
        for item, code in list_cells(self.places, "item", "commune"):
            communes.setdefault(item, []).append(code)
        return {item: tuple(communes[item]) for item in sorted(communes)}

    def find_only_commune(self, item: str) -> str:
        """Return the code of the commune of an item that has one only, else ''."""
        codes = set(self.item_communes.get(item, ()))
        return codes.pop() if len(codes) == 1 else ""

    @cached_property
    def commune_codes(self) -> tuple[str, ...]:
        """The codes of all communes, sorted: the order in which the map has them."""
        return tuple(self.communes["code"])

    @cached_property
    def commune_names(self) -> Mapping[str, str]:
        """The name of every commune by its code."""
        return dict(list_cells(self.communes, "code", "name"))

    @cached_property
    def zone_names(self) -> Mapping[str, str]:
        """The name of every zone by its code."""
        return dict(list_cells(self.zones, "zone", "name"))


def load_facts() -> Facts:
    """Return the facts of the store, read again only when something was committed to it.

    What was committed before the call is in them. Raises ``StoreError`` when it cannot be opened.
    """
    url = get_store_url()
    kept = _KEPT.get(url)
    if kept and kept[0].word == read_facts_version(url):
        return kept[1]
    with _READING:
        kept = _KEPT.get(url)
        with reading(url) as connection:
            if kept and kept[0].word == read_last_token(connection):
                return kept[1]
            tables = read_current_tables(connection, kept and kept[0])
        facts = _make_current_facts(url, tables, kept)
        _KEPT.clear()
        _KEPT[url] = tables, facts
    return facts


def _make_current_facts(
    url: str, tables: CurrentTables, before: tuple[CurrentTables, Facts] | None
) -> Facts:
    """Return the facts of tables; the part that reports fill is as before where it is the same."""
    frames = {name: table.shown for name, table in tables.tables.items()}
    staff = {name: frames.pop(name) for name in STAFF}
    beside = {name: frames.pop(name) for name in BESIDE_FACTS}
    if before and _have_same_reports(tables, before[0]):
        reports = before[1].reports
    else:
        gazetteer = load_gazetteer()
        reports = make_facts(
            CuratedFacts(**frames),
            communes=gazetteer.communes,
            former_units=gazetteer.former_units,
            zones=gazetteer.zones,
            staff={name: frame.iloc[:0] for name, frame in staff.items()},
            beside=beside,
            approvals=tables.approvals,
            url=url,
            seals={**hash_gazetteer(), **{name: one.seal for name, one in tables.tables.items()}},
        )
    return _add_staff(reports, staff, {name: tables.tables[name].seal for name in STAFF})


def _have_same_reports(tables: CurrentTables, before: CurrentTables) -> bool:
    same = all(tables.tables[name] is before.tables[name] for name in (*TABLES, *BESIDE_FACTS))
    return same and tables.approvals == before.approvals


def make_facts(
    curated: CuratedFacts,
    *,
    communes: pd.DataFrame,
    former_units: pd.DataFrame,
    zones: pd.DataFrame,
    staff: Mapping[str, pd.DataFrame] | None = None,
    beside: Mapping[str, pd.DataFrame] | None = None,
    approvals: Mapping[str, tuple[int, str]] | None = None,
    url: str = "",
    seals: Mapping[str, str] | None = None,
) -> Facts:
    """Return facts from checked tables: periods put in order of time, communes sorted by code.

    ``staff``: what people recorded, by the names of ``store.db.staff_tables``; nothing where left
    out. ``beside``: what else reports say, by the names of ``BESIDE_FACTS``, likewise.
    ``approvals`` and ``url`` are those of the store that the tables are from. ``seals`` are the
    hashes (``store.facts.stored.content_hash``) of tables whose hash is known.
    """
    frames = {
        table_field.name: getattr(curated, table_field.name) for table_field in fields(curated)
    }
    frames["periods"] = frames["periods"].sort_values(["as_of", "period"], ignore_index=True)
    frames["communes"] = communes.sort_values("code", ignore_index=True)
    frames["former_units"] = former_units
    frames["zones"] = zones
    frames |= {name: frame_from_rows([], name) for name in BESIDE_FACTS} | dict(beside or {})
    staff = {name: frame_from_rows([], name) for name in STAFF} | dict(staff or {})
    known = dict(seals or {})
    reported = {name: known.get(name) or hash_frame(frame) for name, frame in frames.items()}
    reports = Facts(
        version=_name_version(reported, approvals or {}),
        **frames,
        **{name: frame.iloc[:0] for name, frame in staff.items()},
        approvals=dict(approvals or {}),
        url=url,
    )
    return _add_staff(
        reports,
        staff,
        {name: known.get(name) or hash_frame(frame) for name, frame in staff.items()},
    )


def _add_staff(
    reports: Facts, staff: Mapping[str, pd.DataFrame], seals: Mapping[str, str]
) -> Facts:
    """Return the facts of reports with what people recorded, the same object where that is none."""
    if not any(len(frame) for frame in staff.values()):
        return reports
    version = hash_words(reports.version, *(seals[name] for name in STAFF))
    return replace(reports, version=version, reported=reports, **staff)


def _name_version(seals: Mapping[str, str], approvals: Mapping[str, tuple[int, str]]) -> str:
    """Return the version of reports; what an approved period shows depends on its approval too."""
    approved = sorted(f"{period} {token}" for period, (_, token) in approvals.items())
    return hash_words(*(f"{name} {seals[name]}" for name in sorted(seals)), *approved)

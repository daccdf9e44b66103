"""What an export holds, whatever its format: tables, and what it says of itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.boundaries.active import active_layer
from geo.i18n import DEFAULT_LANGUAGE, day, number, t
from geo.paths import ROOT
from store.exports.tables.field_records import cases_table, steps_table, visits_table
from store.exports.tables.filters_text import filter_lines
from store.exports.tables.items import commune_names, items_table
from store.exports.tables.places import communes_table, places_table
from store.exports.tables.statements import (
    clearance_table,
    contradictions_table,
    observations_table,
)
from store.exports.tables.table import Columns, ExportTable, clean, table_of
from store.facts.commune_shares import VND_PER_MVND, balance
from store.facts.facts import facts_for, period_ranks
from store.facts.labels import as_of, iso_day, period_label
from store.facts.selection import Selection, select
from store.users.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from geo.boundaries.layer import BoundaryLayer
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.users.users import User

DEFINED: Final = (
    "items",
    "investment",
    "share",
    "construction",
    "planned",
    "basis",
    "clearance_pct",
    "forecast",
    "milestone",
    "carry",
    "place",
    "progress",
    "problem",
    "severity",
    "held_up",
    "case",
    "visit",
    "used",
    "disputed",
    "source",
    "unknown",
)


@dataclass(frozen=True)
class About:
    """One thing that a file says of itself: a key for machines, a label and a value in words."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, eq=False)
class ExportContent:
    """Everything that the formats write, made once.

    ``at`` is the time of making (with its zone), ``user`` the name of who asked. ``documents``
    are those that a row of the other tables cites, and those of the period.
    """

    facts: Facts
    filters: Filters
    selection: Selection
    language: str
    user: str
    at: datetime
    layer: BoundaryLayer
    title: str
    about: tuple[About, ...]
    items: ExportTable
    places: ExportTable
    communes: ExportTable
    observations: ExportTable
    clearance: ExportTable
    contradictions: ExportTable
    cases: ExportTable
    case_steps: ExportTable
    visits: ExportTable
    documents: ExportTable
    definitions: ExportTable

    @property
    def tables(self) -> tuple[ExportTable, ...]:
        """The tables in the order in which they are read."""
        return (
            self.items,
            self.places,
            self.communes,
            self.observations,
            self.clearance,
            self.contradictions,
            self.cases,
            self.case_steps,
            self.visits,
            self.documents,
            self.definitions,
        )

    @property
    def rows(self) -> int:
        """The number of items that the filters chose."""
        return len(self.items.rows)


def make_content(
    facts: Facts, filters: Filters, *, actor: User, at: datetime, language: str = DEFAULT_LANGUAGE
) -> ExportContent:
    """Return what the filters choose of the facts that ``actor`` may read, ready to be written.

    Raises ``NotAllowedError`` for who may not export, ``BoundaryError`` or ``BoundarySourceError``
    when the boundaries in use cannot be read.
    """
    require(actor, "export.make")
    facts = facts_for(facts, actor)
    selection = select(facts, filters)
    layer = active_layer()
    observations = observations_table(facts, filters, selection, language)
    clearance = clearance_table(facts, filters, language)
    cited = _cited(facts, selection, (observations, clearance))
    return ExportContent(
        facts=facts,
        filters=filters,
        selection=selection,
        language=language,
        user=actor.name,
        at=at,
        layer=layer,
        title=t("exports.about.title_text", language),
        about=_about(facts, filters, selection, layer, actor=actor, at=at, language=language),
        items=items_table(facts, selection, language),
        places=places_table(facts, selection, language),
        communes=communes_table(facts, filters, selection, language),
        observations=observations,
        clearance=clearance,
        contradictions=contradictions_table(facts, selection, language),
        cases=cases_table(facts, filters, selection, language),
        case_steps=steps_table(facts, filters, selection, language),
        visits=visits_table(facts, selection, language),
        documents=_documents_table(facts, cited, language),
        definitions=_definitions_table(layer, language),
    )


@cache
def program_version() -> str:
    """Return the program's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name']} {project['version']}"


def _about(
    facts: Facts,
    filters: Filters,
    selection: Selection,
    layer: BoundaryLayer,
    *,
    actor: User,
    at: datetime,
    language: str,
) -> tuple[About, ...]:
    sums = balance(selection.items)
    boundaries = t(
        f"exports.about.boundaries_{layer.provider}",
        language,
        source=layer.source,
        day=day(layer.date, language),
    )
    filtered = [
        f"{label}: {value}"
        for name, label, value in filter_lines(facts, filters, language=language)
        if name != "period"
    ]
    if not actor.sees_all and actor.scope is not None:
        names = commune_names(facts, sorted(actor.scope))
        filtered.append(t("exports.about.scope_text", language, names=names))
    period = selection.period
    told = {
        "title": t("exports.about.title_text", language),
        "period": period_label(facts, period, language),
        "period_id": period,
        "as_of": iso_day(as_of(facts, period), language),
        "filters": "; ".join(filtered),
        "items": number(sums.items, 0, language),
        "investment": _mvnd(sums.total_vnd, language),
        "not_placed": _mvnd(sums.not_placed_vnd, language),
        "unknown_items": number(sums.unknown_items, 0, language),
        "boundaries": boundaries,
        "made_at": f"{day(at.date(), language)} {at:%H:%M:%S %z}".strip(),
        "made_by": actor.name,
        "program": program_version(),
        "facts_version": facts.version,
        "shares": t("exports.about.shares_text", language),
    }
    return tuple(
        About(key, t(f"exports.about.{key}", language), clean(value))
        for key, value in told.items()
        if value
    )


def _mvnd(vnd: int, language: str) -> str:
    amount = number(vnd / VND_PER_MVND, 0, language)
    return t("exports.value.mvnd", language, amount=amount)


def _cited(facts: Facts, selection: Selection, tables: tuple[ExportTable, ...]) -> set[str]:
    """Return the documents that the export cites, with those of the period."""
    cited = set(facts.documents.loc[facts.documents["period"] == selection.period, "doc"])
    for table in tables:
        at = [column.key for column in table.columns].index("doc")
        cited |= {str(row[at]) for row in table.rows}
    chosen = facts.places["item"].isin(selection.items["item"])
    return cited | set(facts.places.loc[chosen, "doc"])


def _documents_table(facts: Facts, cited: set[str], language: str) -> ExportTable:
    make = Columns(language)
    columns = [
        make.one("doc", "code", 16),
        make.one("doc_title", "long", 60),
        make.one("issuer", "long", 34),
        make.one("issued", "date", 12),
        make.one("as_of", "date", 12),
        *make.word("period", 22),
        *make.word("doc_status", 14),
        make.one("sha256", "code", 66),
        make.one("note", "long", 36),
    ]
    ranks = period_ranks(facts)
    kept = facts.documents[facts.documents["doc"].isin(cited)]
    kept = kept.assign(_rank=kept["period"].map(ranks)).sort_values(["_rank", "doc"])
    rows = [
        {
            **{str(key): value for key, value in row.items()},
            "doc_title": row["title"],
            "period_text": period_label(facts, row["period"], language),
            "doc_status": row["status"],
            "doc_status_text": t(f"exports.doc_status.{row['status']}", language),
        }
        for row in kept.to_dict("records")
    ]
    return table_of("documents", t("exports.sheet.documents", language), columns, rows)


def _definitions_table(layer: BoundaryLayer, language: str) -> ExportTable:
    make = Columns(language)
    columns = [make.one("term", "text", 30), make.one("definition", "long", 110)]
    rows: list[dict[str, object]] = [
        {
            "term": t(f"exports.define.{name}", language),
            "definition": t(f"exports.define.{name}_text", language),
        }
        for name in (*DEFINED, f"boundaries_{layer.provider}")
    ]
    return table_of("definitions", t("exports.sheet.definitions", language), columns, rows)

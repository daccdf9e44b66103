"""What an export holds, whatever its format: tables, and what it says of itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.boundaries.active import get_active_layer
from geo.i18n import DEFAULT_LANGUAGE, format_date, format_number, t
from geo.paths import ROOT
from store.exports.tables.field_records import make_cases_table, make_steps_table, make_visits_table
from store.exports.tables.filters_text import describe_filters
from store.exports.tables.items import format_commune_names, make_items_table
from store.exports.tables.places import make_communes_table, make_places_table
from store.exports.tables.statements import (
    make_clearance_table,
    make_contradictions_table,
    make_observations_table,
)
from store.exports.tables.table import (
    ColumnFactory,
    ExportTable,
    make_table,
    strip_unsafe_characters,
)
from store.facts.commune_shares import VND_PER_MVND, compute_balance
from store.facts.facts import narrow_facts_to_user
from store.facts.labels import format_iso_day, get_as_of_date, get_period_label
from store.facts.selection import Selection, select_items
from store.users.permissions import require_permission

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
class AboutEntry:
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
    about: tuple[AboutEntry, ...]
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
    require_permission(actor, "export.make")
    facts = narrow_facts_to_user(facts, actor)
    selection = select_items(facts, filters)
    layer = get_active_layer()
    observations = make_observations_table(facts, filters, selection, language)
    clearance = make_clearance_table(facts, filters, language)
    cited = _list_cited_documents(facts, selection, (observations, clearance))
    return ExportContent(
        facts=facts,
        filters=filters,
        selection=selection,
        language=language,
        user=actor.name,
        at=at,
        layer=layer,
        title=t("exports.about.title_text", language),
        about=_make_about(facts, filters, selection, layer, actor=actor, at=at, language=language),
        items=make_items_table(facts, selection, language),
        places=make_places_table(facts, selection, language),
        communes=make_communes_table(facts, filters, selection, language),
        observations=observations,
        clearance=clearance,
        contradictions=make_contradictions_table(facts, selection, language),
        cases=make_cases_table(facts, filters, selection, language),
        case_steps=make_steps_table(facts, filters, selection, language),
        visits=make_visits_table(facts, selection, language),
        documents=_make_documents_table(facts, cited, language),
        definitions=_make_definitions_table(layer, language),
    )


@cache
def get_program_version() -> str:
    """Return the program's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name']} {project['version']}"


def _make_about(
    facts: Facts,
    filters: Filters,
    selection: Selection,
    layer: BoundaryLayer,
    *,
    actor: User,
    at: datetime,
    language: str,
) -> tuple[AboutEntry, ...]:
    sums = compute_balance(selection.items)
    boundaries = t(
        f"exports.about.boundaries_{layer.provider}",
        language,
        source=layer.source,
        day=format_date(layer.date, language),
    )
    filtered = [
        f"{label}: {value}"
        for name, label, value in describe_filters(facts, filters, language=language)
        if name != "period"
    ]
    if not actor.sees_all and actor.scope is not None:
        names = format_commune_names(facts, sorted(actor.scope))
        filtered.append(t("exports.about.scope_text", language, names=names))
    period = selection.period
    told = {
        "title": t("exports.about.title_text", language),
        "period": get_period_label(facts, period, language),
        "period_id": period,
        "as_of": format_iso_day(get_as_of_date(facts, period), language),
        "filters": "; ".join(filtered),
        "items": format_number(sums.items, 0, language),
        "investment": _format_mvnd(sums.total_vnd, language),
        "not_placed": _format_mvnd(sums.not_placed_vnd, language),
        "unknown_items": format_number(sums.unknown_items, 0, language),
        "boundaries": boundaries,
        "made_at": f"{format_date(at.date(), language)} {at:%H:%M:%S %z}".strip(),
        "made_by": actor.name,
        "program": get_program_version(),
        "facts_version": facts.version,
        "shares": t("exports.about.shares_text", language),
    }
    return tuple(
        AboutEntry(key, t(f"exports.about.{key}", language), strip_unsafe_characters(value))
        for key, value in told.items()
        if value
    )


def _format_mvnd(vnd: int, language: str) -> str:
    amount = format_number(vnd / VND_PER_MVND, 0, language)
    return t("exports.value.mvnd", language, amount=amount)


def _list_cited_documents(
    facts: Facts, selection: Selection, tables: tuple[ExportTable, ...]
) -> set[str]:
    """Return the documents that the export cites, with those of the period."""
    cited = set(facts.documents.loc[facts.documents["period"] == selection.period, "doc"])
    for table in tables:
        at = [column.key for column in table.columns].index("doc")
        cited |= {str(row[at]) for row in table.rows}
    chosen = facts.places["item"].isin(selection.items["item"])
    return cited | set(facts.places.loc[chosen, "doc"])


def _make_documents_table(facts: Facts, cited: set[str], language: str) -> ExportTable:
    make = ColumnFactory(language)
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
    ranks = facts.period_ranks
    kept = facts.documents[facts.documents["doc"].isin(cited)]
    kept = kept.assign(_rank=kept["period"].map(ranks)).sort_values(["_rank", "doc"])
    rows = [
        {
            **{str(key): value for key, value in row.items()},
            "doc_title": row["title"],
            "period_text": get_period_label(facts, row["period"], language),
            "doc_status": row["status"],
            "doc_status_text": t(f"exports.doc_status.{row['status']}", language),
        }
        for row in kept.to_dict("records")
    ]
    return make_table("documents", t("exports.sheet.documents", language), columns, rows)


def _make_definitions_table(layer: BoundaryLayer, language: str) -> ExportTable:
    make = ColumnFactory(language)
    columns = [make.one("term", "text", 30), make.one("definition", "long", 110)]
    rows: list[dict[str, object]] = [
        {
            "term": t(f"exports.define.{name}", language),
            "definition": t(f"exports.define.{name}_text", language),
        }
        for name in (*DEFINED, f"boundaries_{layer.provider}")
    ]
    return make_table("definitions", t("exports.sheet.definitions", language), columns, rows)

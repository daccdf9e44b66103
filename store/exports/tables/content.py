"""What an export holds, whatever its format: tables, and what it says of itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.boundaries.active import describe_source, get_active_layer
from geo.i18n import DEFAULT_LANGUAGE, format_date, format_number, t
from geo.paths import ROOT
from store.exports.file_options import DEFAULT_OPTIONS, FileOptions
from store.exports.tables.columns import declare_period, declare_word, format_commune_names
from store.exports.tables.field_records import CASE_STEPS, CASES, VISITS
from store.exports.tables.filters_text import describe_filters
from store.exports.tables.items import ITEMS
from store.exports.tables.places import COMMUNES, PLACES
from store.exports.tables.stated import STATED, list_stated
from store.exports.tables.statements import (
    CLEARANCE,
    CONTRADICTIONS,
    OBSERVATIONS,
    select_observations,
)
from store.exports.tables.table import (
    ExportColumn,
    ExportInput,
    ExportTable,
    Row,
    TableDeclaration,
    frame_to_records,
    strip_unsafe_characters,
)
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND, compute_balance
from store.facts.labels import format_iso_day, get_as_of_date, get_period_label
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import resolve_period, select_items
from store.facts.stored.approved_facts import get_facts_as_approved
from store.facts.stored.period_corrections import (
    describe_approval,
    describe_correction,
    find_period_approval,
)
from store.users.permissions import require_permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from geo.boundaries.layer import BoundaryLayer
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.users.users import User

DEFINED: Final = (
    "items", "investment", "share", "construction", "planned", "basis", "clearance_pct", "forecast",
    "milestone", "carry", "place", "progress", "problem", "severity", "held_up", "case", "visit",
    "used", "disputed", "source", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class AboutEntry:
    """One thing that a file says of itself: a key for machines, a label and a value in words."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, eq=False)
class ExportContent(ExportInput):
    """Everything that the formats write, made once.

    ``at`` is the time of making (with its zone), ``user`` the name of who asked. ``tables`` are in
    the order in which they are read.
    """

    user: str
    at: datetime
    layer: BoundaryLayer
    title: str
    about: tuple[AboutEntry, ...]
    tables: tuple[ExportTable, ...]
    options: FileOptions = DEFAULT_OPTIONS

    def get_table(self, key: str) -> ExportTable:
        """Return the table with a key."""
        return next(table for table in self.tables if table.key == key)

    @property
    def rows(self) -> int:
        """The number of rows of the first table: of what the filters chose."""
        return len(self.tables[0].rows)


def _list_documents(given: ExportInput) -> Iterator[Row]:
    """Yield the documents that the other tables cite, and those of the period, in order of time."""
    facts = given.facts
    cited = set(facts.documents.loc[facts.documents["period"] == given.selection.period, "doc"])
    cited |= set(select_observations(given)["doc"])
    cited |= {problem.doc for problem in list_clearance_problems(facts, given.filters)}
    cited |= {row["doc"] for row in list_stated(given)}
    chosen = facts.places["item"].isin(given.selection.items["item"])
    cited |= set(facts.places.loc[chosen, "doc"])
    documents = facts.documents[facts.documents["doc"].isin(cited)]
    ranked = documents.assign(_rank=documents["period"].map(facts.period_ranks))
    yield from frame_to_records(ranked.sort_values(["_rank", "doc"]))


DOCUMENTS: Final = TableDeclaration(
    "documents",
    (
        ExportColumn("doc", "code", 16, coded=True),
        ExportColumn("doc_title", "long", 60, read="title"),
        ExportColumn("issuer", "long", 34),
        ExportColumn("issued", "date", 12),
        ExportColumn("as_of", "date", 12),
        *declare_period("period", 22),
        *declare_word("doc_status", 14, "exports.doc_status", read="status"),
        ExportColumn("sha256", "code", 66),
        ExportColumn("note", "long", 36),
    ),
    _list_documents,
)

DEFINITIONS: Final = TableDeclaration(
    "definitions",
    (
        ExportColumn("term", "text", 30,
                     read=lambda given, row: t(f"exports.define.{row['name']}", given.language)),
        ExportColumn("definition", "long", 110,
                     read=lambda given, row: t(f"exports.define.{row['name']}_text",
                                               given.language)),
    ),
    lambda _: [{"name": name} for name in (*DEFINED, f"boundaries_{get_active_layer().provider}")],
)  # fmt: skip

TABLES: Final = (
    ITEMS, PLACES, COMMUNES, OBSERVATIONS, STATED, CLEARANCE, CONTRADICTIONS, CASES, CASE_STEPS,
    VISITS, DOCUMENTS, DEFINITIONS,
)  # fmt: skip
"""The tables of an export."""


def make_content(
    facts: Facts,
    filters: Filters,
    *,
    actor: User,
    at: datetime,
    language: str = DEFAULT_LANGUAGE,
    tables: Sequence[TableDeclaration] = TABLES,
    options: FileOptions = DEFAULT_OPTIONS,
) -> ExportContent:
    """Return what the filters choose of the facts that ``actor`` may read, ready to be written.

    An approved period has what was known when it was approved, and its corrections since, which
    the file tells of itself.

    Raises ``NotAllowedError`` for who may not export, ``BoundaryError`` or ``BoundarySourceError``
    when the boundaries in use cannot be read.
    """
    require_permission(actor, "export.make")
    now = narrow_facts_to_user(facts, actor)
    period = resolve_period(now, filters)
    facts, filters = get_facts_as_approved(now, period), replace(filters, period=period)
    given = ExportInput(facts, filters, select_items(facts, filters), language)
    layer = get_active_layer()
    return ExportContent(
        facts=facts,
        filters=filters,
        selection=given.selection,
        language=language,
        user=actor.name,
        at=at,
        layer=layer,
        title=t("exports.about.title_text", language),
        about=(
            *_make_about(given, layer, actor=actor, at=at),
            *_list_corrections(now, period, language),
        ),
        tables=tuple(table.make_table(given) for table in tables),
        options=options,
    )


@cache
def get_program_version() -> str:
    """Return the program's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name']} {project['version']}"


def _make_about(
    given: ExportInput, layer: BoundaryLayer, *, actor: User, at: datetime
) -> tuple[AboutEntry, ...]:
    facts, selection, language = given.facts, given.selection, given.language
    sums = compute_balance(selection.items)
    boundaries = t(
        f"exports.about.boundaries_{layer.provider}",
        language,
        source=describe_source(layer, language),
        day=format_date(layer.date, language),
    )
    filtered = [
        f"{label}: {value}"
        for name, label, value in describe_filters(facts, given.filters, language=language)
        if name != "period"
    ]
    if not actor.sees_all and actor.scope is not None:
        names = format_commune_names(facts, sorted(actor.scope))
        filtered.append(t("exports.about.scope_text", language, names=names))
    period = selection.period
    texts = {
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
        for key, value in texts.items()
        if value
    )


def _list_corrections(facts: Facts, period: str, language: str) -> Iterator[AboutEntry]:
    """Yield when an approved period was approved, and each correction since."""
    approval = find_period_approval(facts, period)
    if approval is None:
        return
    texts = [describe_approval(facts, period, approval, language)]
    texts += [describe_correction(one, language) for one in approval.corrections]
    for number, text in enumerate(texts):
        key = f"correction_{number}" if number else "approved"
        label = t(f"exports.about.{'correction' if number else 'approved'}", language)
        yield AboutEntry(key, label, strip_unsafe_characters(text))


def _format_mvnd(vnd: int, language: str) -> str:
    amount = format_number(vnd / VND_PER_MVND, 0, language)
    return t("exports.value.mvnd", language, amount=amount)

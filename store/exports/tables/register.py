"""The clearance register as files: exactly the cases that the reader chose, with their levels."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo import clock
from geo.clock import today
from geo.i18n import DEFAULT_LANGUAGE, t
from store.clearance.register_view import build_register
from store.db.database import writing
from store.db.errors import ExportError
from store.exports.audit_notes import record_files
from store.exports.child_process import MOST_SECONDS, run_in_child
from store.exports.export import FORMATS, ExportFile
from store.exports.tables.content import DOCUMENTS, ExportContent, make_content
from store.exports.tables.field_records import CASE_STEPS, CASES, VISITS
from store.exports.tables.statements import CLEARANCE
from store.exports.tables.table import ExportColumn, ExportInput, Row, TableDeclaration
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import Selection
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from store.facts.facts import Facts
    from store.users.users import User

REGISTER_FORMATS: Final = ("xlsx", "csv")


def _list_for_every_item(table: TableDeclaration) -> TableDeclaration:
    """Return a table of all items, also those off their list, which no filter of items chooses."""

    def list_rows(given: ExportInput) -> Iterable[Row]:
        every = Selection(given.selection.period, given.facts.items, None, (), ())
        return table.list_rows(replace(given, selection=every))

    return replace(table, list_rows=list_rows)


def _list_cases_with_levels(given: ExportInput) -> Iterator[Row]:
    """Yield the cases with age and level on the day of making, and why."""
    register = build_register(given.facts, today()).set_index("case")
    levels = register[["age_days", "overdue_days", "level", "reasons"]].to_dict("index")
    for row in CASES.list_rows(given):
        yield {**row, **levels[row["case"]]}


def _read_reasons(given: ExportInput, row: Row) -> str:
    return ", ".join(reason.text(given.language) for reason in row["reasons"])


REGISTER_CASES: Final = TableDeclaration(
    CASES.key,
    (
        *CASES.columns,
        ExportColumn("age_days", "integer", 9, title_key="register.export.age_days"),
        ExportColumn("overdue_days", "integer", 9, title_key="register.export.overdue_days"),
        ExportColumn("level", "integer", 9, title_key="register.export.level"),
        ExportColumn("reasons", "long", 30, read=_read_reasons, blank="",
                     title_key="register.export.reasons"),
    ),
    _list_cases_with_levels,
)  # fmt: skip
REGISTER_TABLES: Final = (
    _list_for_every_item(REGISTER_CASES),
    _list_for_every_item(CASE_STEPS),
    CLEARANCE,
    _list_for_every_item(VISITS),
    DOCUMENTS,
)
"""The cases, their steps, the statements and visits they came from, the documents."""


@guard_action("export.make")
def export_register(
    facts: Facts,
    cases: Collection[str],
    format_name: str,
    actor: User,
    *,
    filters_text: str = "",
    language: str = DEFAULT_LANGUAGE,
    called: str = "",
) -> ExportFile:
    """Return a file of some cases of the register, of those that ``actor`` may read.

    ``filters_text``: by which filters they were chosen, in words. Who made it, of what, stands in
    the audit. Raises ``ExportError`` for a format that is none of ``REGISTER_FORMATS``.
    """
    if format_name not in REGISTER_FORMATS:
        formats = ", ".join(REGISTER_FORMATS)
        raise ExportError(
            t("exports.fault.unknown_format", language, format=format_name[:20], formats=formats)
        )
    made_at = clock.now().replace(microsecond=0)
    content = _make_register_content(
        facts, cases, actor, filters_text=filters_text, at=made_at, language=language
    )
    written = FORMATS[format_name].write(content)
    name = called or make_register_file_name(format_name, made_at)
    about = {"format": format_name, "filters": filters_text, "cases": content.rows}
    with writing() as connection:
        record_files(connection, {name: written}, actor, **about)
    mime = FORMATS[format_name].mime
    return ExportFile(format_name, name, mime, written, content.rows, made_at)


@guard_action("export.make")
def export_register_apart(
    cases: Collection[str],
    format_name: str,
    actor: User,
    *,
    filters_text: str,
    language: str,
    called: str,
) -> ExportFile:
    """Return what ``export_register`` returns, of the store's facts, made in a process of its own.

    Raises as it and ``store.exports.child_process.run_in_child`` do.
    """
    return run_in_child(
        _export_from_store,
        lambda _step: None,
        MOST_SECONDS,
        tuple(cases),
        format_name,
        actor,
        filters_text,
        language,
        called,
    )


def _export_from_store(  # noqa: PLR0917 - what goes to another process
    _progress: Callable[[str], None],
    cases: tuple[str, ...],
    format_name: str,
    actor: User,
    filters_text: str,
    language: str,
    called: str,
) -> ExportFile:
    return export_register(
        load_facts(),
        cases,
        format_name,
        actor,
        filters_text=filters_text,
        language=language,
        called=called,
    )


def make_register_file_name(format_name: str, at: datetime) -> str:
    """Return a file's name: the time of making and the format."""
    return f"so-gpmb-hai-phong_{at:%Y%m%d-%H%M%S}{FORMATS[format_name].ending}"


def _make_register_content(
    facts: Facts,
    cases: Collection[str],
    actor: User,
    *,
    filters_text: str,
    at: datetime,
    language: str = DEFAULT_LANGUAGE,
) -> ExportContent:
    """Return what a file of the register holds."""
    narrowed_facts = _narrow_facts(narrow_facts_to_user(facts, actor), set(cases))
    content = make_content(
        narrowed_facts, Filters(), actor=actor, at=at, language=language, tables=REGISTER_TABLES
    )
    filtered = filters_text or t("register.export.all", language)
    about = (
        replace(entry, value=filtered) if entry.key == "filters" else entry
        for entry in content.about
    )
    return replace(content, title=t("register.page.title", language), about=tuple(about))


def _narrow_facts(facts: Facts, codes: set[str]) -> Facts:
    """Return the facts of some cases: their items, statements and visits, and nothing else."""
    cases = facts.cases[facts.cases["case"].isin(codes)].reset_index(drop=True)
    items, sources = (
        set(cases["item"].tolist()),
        set(cases["clearance"].tolist()) | set(cases["visit"].tolist()),
    )
    seal = hashlib.sha256(" ".join([facts.version, *sorted(codes)]).encode()).hexdigest()
    return replace(
        facts,
        version=seal[:16],
        approvals={},
        items=facts.items[facts.items["item"].isin(items)].reset_index(drop=True),
        places=facts.places[facts.places["item"].isin(items)].reset_index(drop=True),
        observations=facts.observations[facts.observations["obs"].isin(sources)].reset_index(
            drop=True
        ),
        clearance=facts.clearance[facts.clearance["clearance"].isin(sources)].reset_index(
            drop=True
        ),
        conflicts=facts.conflicts.iloc[:0],
        cases=cases,
        case_steps=facts.case_steps[facts.case_steps["case"].isin(codes)].reset_index(drop=True),
        visits=facts.visits[facts.visits["visit"].isin(sources)].reset_index(drop=True),
    )

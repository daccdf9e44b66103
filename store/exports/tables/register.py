"""The clearance register as files: exactly the cases that the reader chose, with their levels."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import clock
from geo.clock import today
from geo.i18n import DEFAULT_LANGUAGE, t
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.clearance.register_view import build_register
from store.db.database import writing
from store.db.errors import ExportError
from store.exports.export import FORMATS, ExportFile
from store.exports.tables.content import ExportContent, make_content
from store.exports.tables.field_records import make_cases_table, make_steps_table, make_visits_table
from store.exports.tables.table import ExportColumn, ExportTable
from store.facts.facts import narrow_facts_to_user
from store.facts.filters import Filters
from store.facts.selection import Selection
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from store.facts.facts import Facts
    from store.users.users import User

REGISTER_FORMATS: Final = ("xlsx", "csv")
_LEVELS: Final = ("age_days", "overdue_days", "level", "reasons")


class RegisterContent(ExportContent):
    """An export of the register: its own tables only."""

    @property
    def tables(self) -> tuple[ExportTable, ...]:
        """The cases, their steps, the statements and visits they came from, the documents."""
        return (self.cases, self.case_steps, self.clearance, self.visits, self.documents)

    @property
    def rows(self) -> int:
        """The number of cases chosen."""
        return len(self.cases.rows)


@guard_action("export.make")
def export_register(
    facts: Facts,
    cases: Collection[str],
    format_name: str,
    actor: User,
    *,
    told: str = "",
    at: datetime | None = None,
    language: str = DEFAULT_LANGUAGE,
    called: str = "",
) -> ExportFile:
    """Return a file of some cases of the register, of those that ``actor`` may read.

    ``told`` says in words by which filters they were chosen. Who made it, of what, stands in the
    audit. Raises ``ExportError`` for a format that is none of ``REGISTER_FORMATS``.
    """
    if format_name not in REGISTER_FORMATS:
        told = t("exports.fault.unknown_format", language, format=format_name[:20],
                 formats=", ".join(REGISTER_FORMATS))  # fmt: skip
        raise ExportError(told)
    made_at = (at or clock.now()).replace(microsecond=0)
    content = _make_register_content(facts, cases, actor, told=told, at=made_at, language=language)
    written = FORMATS[format_name].write(content)
    name = called or make_register_file_name(format_name, made_at)
    note = {
        "format": format_name,
        "filters": told,
        "cases": content.rows,
        "bytes": len(written),
        "sha256": hashlib.sha256(written).hexdigest(),
    }
    with writing() as connection:
        Ledger(connection, Changeset("note", actor)).note(
            "exports", name, after=to_canonical_json(note)
        )
    return ExportFile(format_name, name, FORMATS[format_name].mime, written, content.rows)


def make_register_file_name(format_name: str, at: datetime) -> str:
    """Return a file's name: the time of making and the format."""
    return f"so-gpmb-hai-phong_{at:%Y%m%d-%H%M%S}{FORMATS[format_name].ending}"


def _make_register_content(
    facts: Facts,
    cases: Collection[str],
    actor: User,
    *,
    told: str,
    at: datetime,
    language: str = DEFAULT_LANGUAGE,
) -> RegisterContent:
    """Return what a file of the register holds."""
    mine = _narrow_facts(narrow_facts_to_user(facts, actor), set(cases))
    whole = make_content(mine, Filters(), actor=actor, at=at, language=language)
    # Also the cases of items that a report took off its list, which no filter of items chooses.
    every = Selection(whole.selection.period, mine.items, None, (), ())
    about = tuple(
        replace(one, value=told or t("register.export.all", language))
        if one.key == "filters"
        else one
        for one in whole.about
    )
    parts = {field.name: getattr(whole, field.name) for field in fields(ExportContent)}
    parts |= {
        "title": t("register.page.title", language),
        "about": about,
        "cases": _add_levels(make_cases_table(mine, Filters(), every, language), mine, language),
        "case_steps": make_steps_table(mine, Filters(), every, language),
        "visits": make_visits_table(mine, every, language),
    }
    return RegisterContent(**parts)


def _narrow_facts(facts: Facts, codes: set[str]) -> Facts:
    """Return the facts of some cases: their items, statements and visits, and nothing else."""
    cases = facts.cases[facts.cases["case"].isin(codes)].reset_index(drop=True)
    items, sources = set(cases["item"]), set(cases["clearance"]) | set(cases["visit"])
    seal = hashlib.sha256(" ".join([facts.version, *sorted(codes)]).encode()).hexdigest()
    return replace(
        facts,
        version=seal[:16],
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


def _add_levels(table: ExportTable, facts: Facts, language: str) -> ExportTable:
    """Return the table of cases with age and level on the day of making, and why."""
    rows = build_register(facts, today()).set_index("case")
    at = next(place for place, column in enumerate(table.columns) if column.key == "case")
    extra = tuple(
        ExportColumn(name, t(f"register.export.{name}", language),
                     "long" if name == "reasons" else "integer", 30 if name == "reasons" else 9)
        for name in _LEVELS
    )  # fmt: skip
    told = []
    for row in table.rows:
        found = rows.loc[str(row[at])]
        why = ", ".join(one.text(language) for one in found["reasons"])
        numbers = (found[name] for name in _LEVELS[:-1])
        told.append((*row, *(None if pd.isna(one) else int(one) for one in numbers), why))
    return ExportTable(table.key, table.title, (*table.columns, *extra), tuple(told))

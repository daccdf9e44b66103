"""What was corrected in an approved period after its approval: counted, dated, with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import sqlalchemy as sa

from geo.clock import to_local_time
from geo.i18n import DEFAULT_LANGUAGE, format_date, t
from store.db.database import reading
from store.db.schema import APPROVALS, AUDIT
from store.facts.labels import format_observation, get_period_label, translate_word
from store.facts.stored.approved_facts import get_facts_as_approved
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts

_WORDS: Final = ("statement", "value", "title", "label_vi")
"""Columns that say in words what a row is, by table one of them."""


@dataclass(frozen=True)
class PeriodCorrection:
    """One row that was changed after its period's approval.

    ``at`` is the moment (UTC, ISO); ``before`` and ``after`` are the row's content, ``None`` where
    there was none or is none any more; ``item`` the item that it is about, ``name`` what that was
    called when the period was approved, '' for none.
    """

    at: str
    actor: str
    why: str
    table: str
    item: str
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class PeriodApproval:
    """When a period was approved (UTC, ISO), and what was corrected in it since, oldest first."""

    at: str
    corrections: tuple[PeriodCorrection, ...]

    def list_about(self, item: str) -> tuple[PeriodCorrection, ...]:
        """Return the corrections about an item."""
        return tuple(one for one in self.corrections if one.item == item)


@cache_on_facts(most=16)
def find_period_approval(facts: Facts, period: str) -> PeriodApproval | None:
    """Return how a period was approved and corrected since; ``None`` where it is not approved.

    Of facts narrowed to communes only what is corrected of their items is told.
    """
    if period not in facts.approvals or not facts.url:
        return None
    columns = ("at", "actor", "why", "table_name", "before", "after")
    changed = sa.select(*(AUDIT.c[name] for name in columns)).where(
        AUDIT.c.period == period,
        AUDIT.c.after_approval,
        AUDIT.c.import_id > facts.approvals[period][0],
    )
    approved = sa.select(APPROVALS.c.at).where(APPROVALS.c.period == period)
    with reading(facts.url) as connection:
        at = str(connection.scalar(approved) or "")
        rows = connection.execute(changed.order_by(AUDIT.c.id)).mappings().all()
    known = get_facts_as_approved(facts, period)
    names = {**facts.item_names, **known.item_names} if facts.scope is None else known.item_names
    corrections = [_make_correction(dict(row), names) for row in rows]
    return PeriodApproval(
        at, tuple(one for one in corrections if facts.scope is None or one.item in names)
    )


def describe_approval(
    facts: Facts, period: str, approval: PeriodApproval, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return when a period was approved, and how many corrections there were since."""
    count = len(approval.corrections)
    return t(
        f"store.correction.{'count' if count else 'none'}",
        language,
        period=get_period_label(facts, period, language),
        day=_format_day(approval.at, language),
        count=count,
    )


def describe_correction(correction: PeriodCorrection, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what was corrected in one line: day, item, what it is, before and after, why."""
    row = correction.after or correction.before or {}
    if correction.table == "observations":
        label = translate_word("field", str(row["field"]), language)
    else:
        label = t(f"store.table.{correction.table}", language)
    how = "changed" if correction.before and correction.after else "added"
    before, after = (
        _format_row(side, correction.table, language)
        for side in (correction.before, correction.after)
    )
    line = t(
        f"store.correction.{how if correction.after else 'removed'}",
        language,
        what=": ".join(text for text in (correction.name, label) if text),
        before=before,
        after=after,
    )
    day = _format_day(correction.at, language)
    return t("store.correction.line", language, day=day, line=line, why=correction.why or "–")


def _format_day(moment: str, language: str) -> str:
    return format_date(to_local_time(datetime.fromisoformat(moment)).date(), language)


def _format_row(row: Mapping[str, Any] | None, table: str, language: str) -> str:
    """Return what a row says in words; '' for none."""
    if row is None:
        return ""
    if table == "observations":
        number = pd.to_numeric(row["value"], errors="coerce")
        return format_observation({**row, "number": number}, language)
    return next((str(row[name]) for name in _WORDS if row.get(name)), "")


def _make_correction(row: Mapping[str, str], names: Mapping[str, str]) -> PeriodCorrection:
    sides = [json.loads(row[name]) if row[name] else None for name in ("before", "after")]
    item = next((str(side["item"]) for side in sides if side and side.get("item")), "")
    about = (row["at"], row["actor"], row["why"], row["table_name"], item, names.get(item, ""))
    return PeriodCorrection(*about, *sides)

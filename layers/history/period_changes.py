"""What is different between two periods, in sentences a reader can take in at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, format_money, format_number, t
from layers.labels.statement_labels import (
    format_count_label,
    format_field_label,
    format_item_name,
    format_stated_count,
    format_statement,
)
from reports.model.dates import parse_span
from store.analysis.milestones.milestone_delays import list_delays
from store.analysis.period_diff import compare_periods
from store.facts.labels import format_iso_day, format_quantity, get_period_label
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.analysis.difference import Difference
    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.facts.statements import Statement


@dataclass(frozen=True)
class ChangeLine:
    """One sentence and where both sides stand; ``direction`` is ``better``, ``worse`` or ''.

    ``key`` is the field's program name, or the indicator's ``subject/measure``. The item's name is
    not in the sentence: it stands over its lines.
    """

    key: str
    sentence: str
    direction: str
    before: tuple[Source, ...]
    after: tuple[Source, ...]


@dataclass(frozen=True)
class ItemChanges:
    """All lines of one item ('' for statements that name none), under its name and investment."""

    item: str
    title: str
    investment_mvnd: int | None
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class PeriodChanges:
    """A diff to read: ``headline`` first, then counts, then items by money, then moved times."""

    headline: str
    counts: tuple[ChangeLine, ...]
    new: tuple[ItemChanges, ...]
    gone: tuple[ItemChanges, ...]
    changed: tuple[ItemChanges, ...]
    slips: tuple[ItemChanges, ...]


@cache_on_reports(most=6)
def describe_period_changes(
    facts: Facts, before: str, after: str, *, language: str = DEFAULT_LANGUAGE
) -> PeriodChanges:
    """Return the differences between two periods in words.

    Counts that did not change are left out. Raises ``StoreError`` as
    ``store.analysis.period_diff.compare_periods`` does.
    """
    comparison = compare_periods(facts, before, after)
    counts = tuple(
        _build_line(facts, change, language) for change in comparison.counts if change.amount != 0
    )
    headline = t(
        "changes.diff.headline",
        language,
        before=get_period_label(facts, before, language),
        after=get_period_label(facts, after, language),
        new=len({change.item for change in comparison.new}),
        gone=len({change.item for change in comparison.gone}),
        changed=len({change.item for change in comparison.changed} - {""}),
    )
    goals = [line.sentence for line in counts if line.key == "key_projects/misses_goal"]
    return PeriodChanges(
        headline=" ".join([headline, *goals]),
        counts=counts,
        new=_group_by_item(facts, comparison.new, language),
        gone=_group_by_item(facts, comparison.gone, language),
        changed=_group_by_item(facts, comparison.changed, language),
        slips=_group_by_item(facts, _drop_inherited(comparison.slips), language),
    )


@cache_on_reports(most=2)
def describe_delays(facts: Facts, *, language: str = DEFAULT_LANGUAGE) -> tuple[ItemChanges, ...]:
    """Return every milestone that moved between any documents, in words, by money."""
    return _group_by_item(facts, _drop_inherited(list_delays(facts)), language)


def _drop_inherited(delays: Iterable[Difference]) -> list[Difference]:
    """Return the delays without those of a line that are said again of its parts."""
    return [delay for delay in delays if not delay.carrier]


def format_difference(facts: Facts, change: Difference, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a difference in a sentence without the item's name."""
    return t(
        f"changes.sentence.{_choose_wording(change)}",
        language,
        label=_format_label(change, language),
        before=_format_side(facts, change, change.before, language),
        after=_format_side(facts, change, change.after, language),
        places=", ".join(facts.commune_names.get(code, code) for code in change.places),
        by=_format_amount(change, language),
        raw=next((source.raw for source in change.after.sources or change.before.sources), ""),
        days=format_number(abs(change.days), 0, language),
        first=get_period_label(facts, change.before.period, language),
        then=get_period_label(facts, change.after.period, language),
        day=format_iso_day(facts.period_ends.get(change.after.period, ""), language),
    )


def _choose_wording(change: Difference) -> str:
    if change.what == "moved":
        return "slipped" if change.days > 0 else "forward"
    if change.what == "gone" or change.field in {"clearance", "places"}:
        where = "_at" if change.field == "clearance" and change.places else ""
        return "gone" if change.what == "gone" else f"{change.field}{where}"
    if change.field == "obstacle":
        return f"obstacle_{change.what}"
    if change.refined:
        return "precise" if _count_days(change.after) <= _count_days(change.before) else "vague"
    return change.what


def _count_days(statement: Statement) -> int:
    span = parse_span(statement.value)
    return (span[1] - span[0]).days if span else 0


def _format_label(change: Difference, language: str) -> str:
    if not change.unit:
        return format_field_label(change.field, change.component, language)
    return format_count_label(change.field, language)


def _format_side(facts: Facts, change: Difference, statement: Statement, language: str) -> str:
    if change.unit:
        bare = statement is change.before and change.unit not in {"million_vnd", "percent"}
        return format_stated_count(statement, "" if bare else change.unit, language)
    overdue = change.what == "overdue" and statement is change.after
    return format_statement(facts, "status" if overdue else change.field, statement, language)


def _format_amount(change: Difference, language: str) -> str:
    """Return by how much, in brackets; '' where that is no number."""
    if not change.amount:
        return ""
    size = abs(change.amount)
    sign = "more" if change.amount > 0 else "less"
    if change.field.startswith("milestone"):
        days = format_number(size, 0, language)
        return t(f"changes.by.{'later' if sign == 'more' else 'earlier'}", language, days=days)
    if change.field.endswith("_mvnd"):
        return t(f"changes.by.{sign}", language, amount=format_money(size, language))
    if change.field.endswith("_pct"):
        return t(f"changes.by.points_{sign}", language, points=format_quantity(size, language))
    return t(f"changes.by.{sign}", language, amount=format_quantity(size, language))


def _group_by_item(
    facts: Facts, changes: Iterable[Difference], language: str
) -> tuple[ItemChanges, ...]:
    groups = []
    for item, same in groupby(changes, key=lambda change: change.item):
        differences = list(same)
        money = differences[0].investment_mvnd
        named = format_item_name(differences[0].name, money, language)
        groups.append(
            ItemChanges(
                item=item,
                title=named if item else t("changes.name.none", language),
                investment_mvnd=money,
                lines=tuple(_build_line(facts, change, language) for change in differences),
            )
        )
    return tuple(groups)


def _build_line(facts: Facts, change: Difference, language: str) -> ChangeLine:
    return ChangeLine(
        key=change.field,
        sentence=format_difference(facts, change, language),
        direction=change.direction,
        before=change.before.sources,
        after=change.after.sources,
    )

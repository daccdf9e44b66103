"""What is different between two periods, in sentences a reader can take in at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, format_money, format_number, t
from layers.labels.statement_labels import (
    format_field_label,
    format_item_name,
    format_stated_count,
    format_statement,
)
from reports.model.dates import parse_span
from store.analysis.milestone_delays import list_delays
from store.analysis.period_diff import compare_periods
from store.facts.labels import format_iso_day, format_quantity, get_period_label, translate_word

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


def describe_period_changes(
    facts: Facts, before: str, after: str, *, language: str = DEFAULT_LANGUAGE
) -> PeriodChanges:
    """Return the differences between two periods in words.

    Counts that did not change are left out. Raises ``StoreError`` as
    ``store.analysis.period_diff.compare_periods`` does.
    """
    found = compare_periods(facts, before, after)
    counts = tuple(_build_line(facts, one, language) for one in found.counts if one.amount != 0)
    headline = t(
        "changes.diff.headline",
        language,
        before=get_period_label(facts, before, language),
        after=get_period_label(facts, after, language),
        new=len({one.item for one in found.new}),
        gone=len({one.item for one in found.gone}),
        changed=len({one.item for one in found.changed} - {""}),
    )
    goals = [line.sentence for line in counts if line.key == "key_projects/misses_goal"]
    return PeriodChanges(
        headline=" ".join([headline, *goals]),
        counts=counts,
        new=_group_by_item(facts, found.new, language),
        gone=_group_by_item(facts, found.gone, language),
        changed=_group_by_item(facts, found.changed, language),
        slips=_group_by_item(facts, found.slips, language),
    )


def describe_delays(facts: Facts, *, language: str = DEFAULT_LANGUAGE) -> tuple[ItemChanges, ...]:
    """Return every milestone that moved between any documents, in words, by money."""
    return _group_by_item(facts, list_delays(facts), language)


def format_difference(facts: Facts, one: Difference, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a difference in a sentence without the item's name."""
    return t(
        f"changes.sentence.{_choose_wording(one)}",
        language,
        label=_format_label(one, language),
        before=_format_side(facts, one, one.before, language),
        after=_format_side(facts, one, one.after, language),
        places=", ".join(facts.commune_names.get(code, code) for code in one.places),
        by=_format_amount(one, language),
        raw=next((source.raw for source in one.after.sources or one.before.sources), ""),
        days=format_number(abs(one.days), 0, language),
        first=get_period_label(facts, one.before.period, language),
        then=get_period_label(facts, one.after.period, language),
        day=format_iso_day(facts.period_ends.get(one.after.period, ""), language),
    )


def _choose_wording(one: Difference) -> str:
    if one.what == "moved":
        return "slipped" if one.days > 0 else "forward"
    if one.what == "gone" or one.field in {"clearance", "places"}:
        where = "_at" if one.field == "clearance" and one.places else ""
        return "gone" if one.what == "gone" else f"{one.field}{where}"
    if one.field == "obstacle":
        return f"obstacle_{one.what}"
    if one.refined:
        return "precise" if _count_days(one.after) <= _count_days(one.before) else "vague"
    return one.what


def _count_days(said: Statement) -> int:
    span = parse_span(said.value)
    return (span[1] - span[0]).days if span else 0


def _format_label(one: Difference, language: str) -> str:
    if not one.unit:
        return format_field_label(one.field, one.component, language)
    subject, _, measure = one.field.partition("/")
    named = {
        "subject": translate_word("subject", subject, language),
        "measure": translate_word("measure", measure, language),
    }
    return t("changes.count.label", language, **named)


def _format_side(facts: Facts, one: Difference, said: Statement, language: str) -> str:
    if one.unit:
        bare = said is one.before and one.unit != "million_vnd"
        return format_stated_count(said, "" if bare else one.unit, language)
    overdue = one.what == "overdue" and said is one.after
    return format_statement(facts, "status" if overdue else one.field, said, language)


def _format_amount(one: Difference, language: str) -> str:
    """Return by how much, in brackets; '' where that is no number."""
    if not one.amount:
        return ""
    size = abs(one.amount)
    sign = "more" if one.amount > 0 else "less"
    if one.field.startswith("milestone"):
        days = format_number(size, 0, language)
        return t(f"changes.by.{'later' if sign == 'more' else 'earlier'}", language, days=days)
    if one.field.endswith("_mvnd"):
        return t(f"changes.by.{sign}", language, amount=format_money(size, language))
    if one.field.endswith("_pct"):
        return t(f"changes.by.points_{sign}", language, points=format_quantity(size, language))
    return t(f"changes.by.{sign}", language, amount=format_quantity(size, language))


def _group_by_item(
    facts: Facts, found: Iterable[Difference], language: str
) -> tuple[ItemChanges, ...]:
    groups = []
    for item, same in groupby(found, key=lambda one: one.item):
        differences = list(same)
        money = differences[0].investment_mvnd
        named = format_item_name(differences[0].name, money, language)
        groups.append(
            ItemChanges(
                item=item,
                title=named if item else t("changes.name.none", language),
                investment_mvnd=money,
                lines=tuple(_build_line(facts, one, language) for one in differences),
            )
        )
    return tuple(groups)


def _build_line(facts: Facts, one: Difference, language: str) -> ChangeLine:
    return ChangeLine(
        key=one.field,
        sentence=format_difference(facts, one, language),
        direction=one.direction,
        before=one.before.sources,
        after=one.after.sources,
    )

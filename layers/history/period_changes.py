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

    from store.analysis.difference import ReportedChange
    from store.analysis.milestone_delays import MilestoneDelay
    from store.analysis.stated_counts import CountChange
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
    counts = tuple(_build_count_line(one, language) for one in found.counts if one.amount != 0)
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
        new=_group_changes(facts, found.new, language),
        gone=_group_changes(facts, found.gone, language),
        changed=_group_changes(facts, found.changed, language),
        slips=_group_delays(facts, found.slips, language),
    )


def describe_delays(facts: Facts, *, language: str = DEFAULT_LANGUAGE) -> tuple[ItemChanges, ...]:
    """Return every milestone that moved between any documents, in words, by money."""
    return _group_delays(facts, list_delays(facts), language)


def format_change(facts: Facts, one: ReportedChange, language: str = DEFAULT_LANGUAGE) -> str:
    """Return one change in a sentence without the item's name."""
    label = format_field_label(one.field, one.component, language)
    texts = {
        "label": label,
        "before": format_statement(facts, one.field, one.before, language) if one.before else "",
        "after": format_statement(facts, one.field, one.after, language) if one.after else "",
        "places": ", ".join(_list_commune_names(facts, one.places)),
        "by": _format_difference(one, language),
        "raw": _quote_source(one.after or one.before),
    }
    return t(f"changes.sentence.{_choose_wording(one)}", language, **texts)


def _quote_source(said: Statement | None) -> str:
    return said.sources[0].raw if said and said.sources else ""


def _choose_wording(one: ReportedChange) -> str:
    if one.what == "gone" or one.field in {"clearance", "places"}:
        where = "_at" if one.field == "clearance" and one.places else ""
        return "gone" if one.what == "gone" else f"{one.field}{where}"
    if one.field == "obstacle":
        return f"obstacle_{one.what}"
    if one.refined and one.before and one.after:
        return "precise" if _count_days(one.after) <= _count_days(one.before) else "vague"
    return one.what


def _count_days(said: Statement) -> int:
    span = parse_span(said.value)
    return (span[1] - span[0]).days if span else 0


def _format_difference(one: ReportedChange, language: str) -> str:
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


def _group_changes(
    facts: Facts, changes: Iterable[ReportedChange], language: str
) -> tuple[ItemChanges, ...]:
    groups = [list(same) for _, same in groupby(changes, key=lambda one: one.item)]
    return tuple(
        _build_item_changes(
            same, [_build_change_line(facts, one, language) for one in same], language
        )
        for same in groups
    )


def _build_item_changes(
    same: list[ReportedChange] | list[MilestoneDelay], lines: list[ChangeLine], language: str
) -> ItemChanges:
    first = same[0]
    named = format_item_name(first.name, first.investment_mvnd, language)
    return ItemChanges(
        item=first.item,
        title=named if first.item else t("changes.name.none", language),
        investment_mvnd=first.investment_mvnd,
        lines=tuple(lines),
    )


def _build_change_line(facts: Facts, one: ReportedChange, language: str) -> ChangeLine:
    return ChangeLine(
        key=one.field,
        sentence=format_change(facts, one, language),
        direction=one.direction,
        before=one.before.sources if one.before else (),
        after=one.after.sources if one.after else (),
    )


def _build_count_line(one: CountChange, language: str) -> ChangeLine:
    form = "other_year" if one.other_year else "same" if not one.amount else "count"
    sentence = t(
        f"changes.sentence.{form}",
        language,
        label=t(
            "changes.count.label",
            language,
            subject=translate_word("subject", one.subject, language),
            measure=translate_word("measure", one.measure, language),
        ),
        before=format_stated_count(
            one.before, "" if one.unit != "million_vnd" else one.unit, language
        ),
        after=format_stated_count(one.after, one.unit, language),
    )
    return ChangeLine(
        key=f"{one.subject}/{one.measure}",
        sentence=sentence,
        direction=one.direction,
        before=one.before.sources,
        after=one.after.sources,
    )


def _group_delays(
    facts: Facts, moved: Iterable[MilestoneDelay], language: str
) -> tuple[ItemChanges, ...]:
    groups = [list(same) for _, same in groupby(moved, key=lambda one: one.item)]
    return tuple(
        _build_item_changes(
            same, [_build_delay_line(facts, one, language) for one in same], language
        )
        for same in groups
    )


def _build_delay_line(facts: Facts, one: MilestoneDelay, language: str) -> ChangeLine:
    form = one.how if one.how != "moved" else "slipped" if one.days > 0 else "forward"
    shown = "status" if one.how == "overdue" else one.field
    days = facts.period_ends
    sentence = t(
        f"changes.sentence.{form}",
        language,
        label=format_field_label(one.field, one.component, language),
        before=format_statement(facts, one.field, one.before, language),
        after=format_statement(facts, shown, one.after, language),
        days=format_number(abs(one.days), 0, language),
        first=get_period_label(facts, one.before.period, language),
        then=get_period_label(facts, one.after.period, language),
        day=format_iso_day(days[one.after.period], language),
    )
    return ChangeLine(
        key=one.field,
        sentence=sentence,
        direction="worse" if one.days > 0 else "better",
        before=one.before.sources,
        after=one.after.sources,
    )


def _list_commune_names(facts: Facts, codes: Iterable[str]) -> list[str]:
    names = facts.commune_names
    return [names.get(code, code) for code in codes]

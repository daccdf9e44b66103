"""What is different between two periods, in sentences a reader can take in at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, money, number, t
from layers.labels.statement_labels import count_text, field_label, name_text, said_text
from reports.model.dates import span_of
from store.analysis.milestone_delays import slips
from store.analysis.period_diff import diff
from store.facts.labels import iso_day, period_label, quantity, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.analysis.difference import Change
    from store.analysis.milestone_delays import Slip
    from store.analysis.stated_counts import CountChange
    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.facts.statements import Said


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
class ItemLines:
    """All lines of one item ('' for statements that name none), under its name and investment."""

    item: str
    title: str
    investment_mvnd: int | None
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class DiffText:
    """A diff to read: ``headline`` first, then counts, then items by money, then moved times."""

    headline: str
    counts: tuple[ChangeLine, ...]
    new: tuple[ItemLines, ...]
    gone: tuple[ItemLines, ...]
    changed: tuple[ItemLines, ...]
    slips: tuple[ItemLines, ...]


def diff_text(
    facts: Facts, before: str, after: str, *, language: str = DEFAULT_LANGUAGE
) -> DiffText:
    """Return the differences between two periods in words.

    Counts that did not change are left out. Raises ``StoreError`` as
    ``store.analysis.period_diff.diff`` does.
    """
    found = diff(facts, before, after)
    counts = tuple(_count(one, language) for one in found.counts if one.amount != 0)
    headline = t(
        "changes.diff.headline",
        language,
        before=period_label(facts, before, language),
        after=period_label(facts, after, language),
        new=len({one.item for one in found.new}),
        gone=len({one.item for one in found.gone}),
        changed=len({one.item for one in found.changed} - {""}),
    )
    goals = [line.sentence for line in counts if line.key == "key_projects/misses_goal"]
    return DiffText(
        headline=" ".join([headline, *goals]),
        counts=counts,
        new=_grouped(facts, found.new, language),
        gone=_grouped(facts, found.gone, language),
        changed=_grouped(facts, found.changed, language),
        slips=_slip_groups(facts, found.slips, language),
    )


def slip_text(facts: Facts, *, language: str = DEFAULT_LANGUAGE) -> tuple[ItemLines, ...]:
    """Return every milestone that moved between any documents, in words, by money."""
    return _slip_groups(facts, slips(facts), language)


def change_sentence(facts: Facts, one: Change, language: str = DEFAULT_LANGUAGE) -> str:
    """Return one change in a sentence without the item's name."""
    label = field_label(one.field, one.component, language)
    texts = {
        "label": label,
        "before": said_text(facts, one.field, one.before, language) if one.before else "",
        "after": said_text(facts, one.field, one.after, language) if one.after else "",
        "places": ", ".join(_communes(facts, one.places)),
        "by": _by(one, language),
        "raw": _words_of(one.after or one.before),
    }
    return t(f"changes.sentence.{_form(one)}", language, **texts)


def _words_of(said: Said | None) -> str:
    return said.sources[0].raw if said and said.sources else ""


def _form(one: Change) -> str:
    if one.what == "gone" or one.field in {"clearance", "places"}:
        where = "_at" if one.field == "clearance" and one.places else ""
        return "gone" if one.what == "gone" else f"{one.field}{where}"
    if one.field == "obstacle":
        return f"obstacle_{one.what}"
    if one.refined and one.before and one.after:
        return "precise" if _days(one.after) <= _days(one.before) else "vague"
    return one.what


def _days(said: Said) -> int:
    span = span_of(said.value)
    return (span[1] - span[0]).days if span else 0


def _by(one: Change, language: str) -> str:
    """Return by how much, in brackets; '' where that is no number."""
    if not one.amount:
        return ""
    size = abs(one.amount)
    sign = "more" if one.amount > 0 else "less"
    if one.field.startswith("milestone"):
        days = number(size, 0, language)
        return t(f"changes.by.{'later' if sign == 'more' else 'earlier'}", language, days=days)
    if one.field.endswith("_mvnd"):
        return t(f"changes.by.{sign}", language, amount=money(size, language))
    if one.field.endswith("_pct"):
        return t(f"changes.by.points_{sign}", language, points=quantity(size, language))
    return t(f"changes.by.{sign}", language, amount=quantity(size, language))


def _grouped(facts: Facts, changes: Iterable[Change], language: str) -> tuple[ItemLines, ...]:
    groups = [list(same) for _, same in groupby(changes, key=lambda one: one.item)]
    return tuple(
        _item_lines(same, [_line(facts, one, language) for one in same], language)
        for same in groups
    )


def _item_lines(
    same: list[Change] | list[Slip], lines: list[ChangeLine], language: str
) -> ItemLines:
    first = same[0]
    named = name_text(first.name, first.investment_mvnd, language)
    return ItemLines(
        item=first.item,
        title=named if first.item else t("changes.name.none", language),
        investment_mvnd=first.investment_mvnd,
        lines=tuple(lines),
    )


def _line(facts: Facts, one: Change, language: str) -> ChangeLine:
    return ChangeLine(
        key=one.field,
        sentence=change_sentence(facts, one, language),
        direction=one.direction,
        before=one.before.sources if one.before else (),
        after=one.after.sources if one.after else (),
    )


def _count(one: CountChange, language: str) -> ChangeLine:
    form = "other_year" if one.other_year else "same" if not one.amount else "count"
    sentence = t(
        f"changes.sentence.{form}",
        language,
        label=t(
            "changes.count.label",
            language,
            subject=word("subject", one.subject, language),
            measure=word("measure", one.measure, language),
        ),
        before=count_text(one.before, "" if one.unit != "million_vnd" else one.unit, language),
        after=count_text(one.after, one.unit, language),
    )
    return ChangeLine(
        key=f"{one.subject}/{one.measure}",
        sentence=sentence,
        direction=one.direction,
        before=one.before.sources,
        after=one.after.sources,
    )


def _slip_groups(facts: Facts, moved: Iterable[Slip], language: str) -> tuple[ItemLines, ...]:
    groups = [list(same) for _, same in groupby(moved, key=lambda one: one.item)]
    return tuple(
        _item_lines(same, [_slip(facts, one, language) for one in same], language)
        for same in groups
    )


def _slip(facts: Facts, one: Slip, language: str) -> ChangeLine:
    form = one.how if one.how != "moved" else "slipped" if one.days > 0 else "forward"
    shown = "status" if one.how == "overdue" else one.field
    days = dict(zip(facts.periods["period"], facts.periods["as_of"], strict=True))
    sentence = t(
        f"changes.sentence.{form}",
        language,
        label=field_label(one.field, one.component, language),
        before=said_text(facts, one.field, one.before, language),
        after=said_text(facts, shown, one.after, language),
        days=number(abs(one.days), 0, language),
        first=period_label(facts, one.before.period, language),
        then=period_label(facts, one.after.period, language),
        day=iso_day(days[one.after.period], language),
    )
    return ChangeLine(
        key=one.field,
        sentence=sentence,
        direction="worse" if one.days > 0 else "better",
        before=one.before.sources,
        after=one.after.sources,
    )


def _communes(facts: Facts, codes: Iterable[str]) -> list[str]:
    names = dict(zip(facts.communes["code"], facts.communes["name"], strict=True))
    return [names.get(code, code) for code in codes]

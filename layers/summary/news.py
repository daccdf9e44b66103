"""What is new in the store since somebody looked: periods, documents, cases, milestones, figures.

It is told from facts that are narrowed to the reader: a change of what they may not see is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import t
from layers.history.period_changes import describe_period_changes
from layers.labels.field_labels import format_figure_value
from layers.labels.short_names import shorten_name
from layers.labels.statement_labels import format_field_label
from layers.summary.base_period import choose_base_period
from store.analysis.milestones.milestone_delays import MILESTONES
from store.facts.labels import format_iso_day, get_as_of_date, get_period_label, translate_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.accounts.last_visits import AuditedChange
    from store.facts.facts import Facts

MOST: Final = 6
"""Lines of one kind; of more, the others are counted."""

NewsKind = Literal["period", "document", "case_new", "case_closed", "milestone", "figure"]
KINDS: Final[tuple[NewsKind, ...]] = (
    "period", "document", "case_new", "case_closed", "milestone", "figure",
)  # fmt: skip


@dataclass(frozen=True)
class NewsLine:
    """One piece of news in the reader's language; it leads to ``item`` or ``period``, if given."""

    kind: NewsKind
    text: str
    item: str = ""
    period: str = ""


def describe_news(
    facts: Facts, changes: Sequence[AuditedChange], *, language: str
) -> tuple[NewsLine, ...]:
    """Return the news in ``changes`` that ``facts`` hold, most telling kind first."""
    by_table: dict[str, list[AuditedChange]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    periods = _find_new_periods(facts, by_table.get("periods", ()))
    lines = [
        *_describe_periods(facts, periods, language),
        *_describe_documents(facts, by_table.get("documents", ()), periods, language),
        *_describe_cases(facts, by_table.get("cases", ()), language),
        *_describe_values(facts, by_table.get("observations", ()), periods, language),
    ]
    return tuple(line for kind in KINDS for line in _shorten(lines, kind, language))


def _shorten(lines: Iterable[NewsLine], kind: NewsKind, language: str) -> Iterator[NewsLine]:
    same = list(dict.fromkeys(line for line in lines if line.kind == kind))
    yield from same[:MOST]
    if len(same) > MOST:
        yield NewsLine(kind, t(f"leader.news.more_{kind}", language, count=len(same) - MOST))


def _find_new_periods(facts: Facts, changes: Iterable[AuditedChange]) -> list[str]:
    added = {change.key for change in changes if change.after and not change.before}
    return [str(period) for period in facts.periods["period"] if period in added]


def _describe_periods(facts: Facts, periods: Iterable[str], language: str) -> Iterator[NewsLine]:
    for period in periods:
        label = get_period_label(facts, period, language)
        day = format_iso_day(get_as_of_date(facts, period), language)
        yield NewsLine(
            "period", t("leader.news.period", language, period=label, day=day), period=period
        )
        base = choose_base_period(facts, period)
        if not base:
            continue
        changes = describe_period_changes(facts, base, period, language=language)
        if facts.scope is None:
            yield NewsLine("period", changes.headline, period=period)
        for kind, groups in (("milestone", changes.slips), ("figure", changes.changed)):
            for group in groups:
                for line in group.lines[:1]:
                    yield NewsLine(
                        "milestone" if kind == "milestone" else "figure",
                        f"{shorten_name(group.title)}: {line.sentence}",
                        item=group.item,
                    )


def _describe_documents(
    facts: Facts, changes: Iterable[AuditedChange], periods: Sequence[str], language: str
) -> Iterator[NewsLine]:
    titles = facts.document_rows
    for change in changes:
        new = change.after and not change.before and change.key in titles
        if new and change.after["period"] not in periods:
            yield NewsLine(
                "document",
                t("leader.news.document", language, title=titles[change.key]["title"]),
                period=str(change.after["period"]),
            )


def _describe_cases(
    facts: Facts, changes: Iterable[AuditedChange], language: str
) -> Iterator[NewsLine]:
    readable = set(facts.cases["case"].tolist())
    for change in changes:
        row = change.after
        if not row or change.key not in readable:
            continue
        closed = row["state"] != "open"
        if change.before and (not closed or change.before.get("state") != "open"):
            continue
        values = {
            "place": facts.commune_names.get(str(row["commune"]), "")
            or t("leader.body.no_place", language),
            "category": translate_word("obstacle", str(row["category"]), language).lower(),
            "name": shorten_name(facts.item_names.get(str(row["item"]), "")),
        }
        kind: NewsKind = "case_closed" if closed else "case_new"
        yield NewsLine(kind, t(f"leader.news.{kind}", language, **values), item=str(row["item"]))


def _describe_values(
    facts: Facts, changes: Iterable[AuditedChange], periods: Sequence[str], language: str
) -> Iterator[NewsLine]:
    """Yield values that were changed or added; those that a new period brings are told with it."""
    for change in changes:
        row, before = change.after, change.before
        if not row or row["item"] not in facts.item_names or row["period"] in periods:
            continue
        if row["value"] == before.get("value"):
            continue
        field = str(row["field"])
        told = t(
            "leader.news.value" if before else "leader.news.value_new",
            language,
            name=shorten_name(facts.item_names.get(str(row["item"]), "")),
            label=format_field_label(field, str(row["component"]), language),
            before=format_figure_value(field, str(before.get("value", "")), language),
            after=format_figure_value(field, str(row["value"]), language),
        )
        kind: NewsKind = "milestone" if field in MILESTONES else "figure"
        yield NewsLine(kind, told, item=str(row["item"]))

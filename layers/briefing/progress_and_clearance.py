"""How things stand: progress against the plan, milestones, and land clearance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.i18n import format_percent
from layers.briefing.document import BriefingBlock, BriefingParagraph, BriefingSection
from layers.details.clearance_lines import ProblemLine, list_problem_lines
from layers.history.period_changes import describe_delays
from reports.model.schema import FORECASTS, STATUSES
from store.clearance.register_view import build_register, summarise_register
from store.column_values import iterate_rows
from store.facts.labels import format_iso_day, format_quantity, translate_word
from store.facts.selection import has_item_filters
from store.facts.sources import source_from_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from layers.briefing.context import BriefingContext

MOST_ITEMS: Final = 6
GRAVE: Final = 2
"""Severity from which a problem is told one by one."""


def build_progress_section(view: BriefingContext) -> BriefingSection:
    """Return the section of progress: states, plan against actual, forecasts, milestones."""
    blocks = (
        BriefingBlock(view.t("part.states"), tuple(_list_states(view))),
        BriefingBlock(view.t("part.plan"), tuple(_compare_with_plan(view))),
        BriefingBlock(view.t("part.milestones"), tuple(_list_moved_milestones(view))),
    )
    return BriefingSection(view.t("section.progress"), blocks)


def build_clearance_section(view: BriefingContext, day: date | None) -> BriefingSection:
    """Return the section of land clearance: the register, the worst problems, then the others.

    ``day`` is the day that the register's ages and deadlines are counted to.
    """
    lines = list_problem_lines(view.facts, view.problems, language=view.language)
    paragraphs = [*_summarise_register(view, day), *_describe_handed_over(view)]
    if not lines:
        paragraphs.append(BriefingParagraph(view.t("clearance.none")))
    grave = sorted(
        (line for line in lines if line.severity >= GRAVE or line.item),
        key=lambda line: (-line.severity, -line.age_days, line.code, line.item),
    )
    paragraphs += [_describe_problem(view, line) for line in grave[:MOST_ITEMS]]
    if len(grave) > MOST_ITEMS:
        paragraphs.append(
            BriefingParagraph(view.t("clearance.more", count=len(grave) - MOST_ITEMS))
        )
    others = [line for line in lines if line not in grave]
    if others:
        paragraphs.append(_summarise_others(view, others))
    if not view.is_narrowed:
        paragraphs += _list_general_statements(view)
    return BriefingSection(view.t("section.clearance"), (BriefingBlock("", tuple(paragraphs)),))


def _list_states(view: BriefingContext) -> Iterable[BriefingParagraph]:
    for section, words in (("status", STATUSES), ("forecast", FORECASTS)):
        counts = view.items[section].value_counts()
        parts = [
            f"{translate_word(section, word, view.language)}: {counts[word]}"
            for word in words
            if word in counts
        ]
        if "" in counts:
            parts.append(f"{view.unknown}: {counts['']}")
        if parts:
            yield BriefingParagraph(
                f"{'; '.join(parts)}.",
                view.list_sources(section),
                lead=view.t(f"progress.{section}"),
                listed=True,
            )
    if view.items.empty:
        yield BriefingParagraph(view.t("progress.no_items"))


def _compare_with_plan(view: BriefingContext) -> Iterable[BriefingParagraph]:
    """Yield plan against actual, where the period states both as shares of the same whole."""
    items = view.items
    both = items[
        items["construction"].notna()
        & items["planned_construction"].notna()
        & (items["construction_period"] == view.period)
        & (items["construction_basis"] == items["planned_construction_basis"])
        & (items["construction_component"] == items["planned_construction_component"])
    ]
    behind = both[both["construction"] < both["planned_construction"]]
    if both.empty:
        yield BriefingParagraph(view.t("progress.plan_none"))
        return
    yield BriefingParagraph(view.t("progress.plan", count=len(both), behind=len(behind)))
    ordered = behind.sort_values(["investment_mvnd", "item"], ascending=[False, True])
    for row in iterate_rows(ordered.head(MOST_ITEMS)):
        yield _describe_shortfall(view, row)
    if len(behind) > MOST_ITEMS:
        yield BriefingParagraph(view.t("progress.plan_more", count=len(behind) - MOST_ITEMS))


def _describe_shortfall(view: BriefingContext, row: Any) -> BriefingParagraph:
    return BriefingParagraph(
        view.t(
            "progress.behind",
            actual=format_percent(row.construction, view.language),
            planned=format_percent(row.planned_construction, view.language),
        ),
        view.list_row_sources(row, "construction", "planned_construction"),
        lead=f"{row.name}:",
        listed=True,
    )


def _list_moved_milestones(view: BriefingContext) -> Iterable[BriefingParagraph]:
    """Yield what is known by the period of milestones that moved."""
    paragraphs = []
    for group in describe_delays(view.facts, language=view.language):
        lines = [
            line
            for line in group.lines
            if view.is_by_now(source.period for source in (*line.before, *line.after))
        ]
        if lines and group.item in view.chosen:
            sources = dict.fromkeys(
                source for line in lines for source in (*line.before, *line.after)
            )
            text = " ".join(line.sentence for line in lines)
            paragraphs.append(
                BriefingParagraph(text, tuple(sources), lead=f"{group.title}:", listed=True)
            )
    yield BriefingParagraph(
        view.t("progress.milestones" if paragraphs else "progress.milestones_none")
    )
    yield from paragraphs[:MOST_ITEMS]
    if len(paragraphs) > MOST_ITEMS:
        yield BriefingParagraph(
            view.t("progress.milestones_more", count=len(paragraphs) - MOST_ITEMS)
        )


def _summarise_register(view: BriefingContext, day: date | None) -> Iterable[BriefingParagraph]:
    """Yield the clearance register in figures, where staff keep it for what is chosen."""
    cases = view.facts.cases
    if day is None or cases.empty:
        return
    rows = build_register(view.facts, day)
    area = view.selection.area
    chosen = rows["item"].isin(view.chosen) | (
        (rows["item"] == "") & (not has_item_filters(view.filters))
    )
    if area is not None:
        chosen &= rows["commune"].isin(area)
    rows = rows[chosen & (rows["opened"] <= day.isoformat())]
    if rows.empty:
        return
    summary = summarise_register(rows)
    share = (
        view.unknown
        if summary.handed_pct is None
        else format_percent(summary.handed_pct, view.language)
    )
    yield BriefingParagraph(
        view.t(
            "clearance.register",
            share=share,
            handed=format_quantity(summary.handed_ha, view.language),
            area=format_quantity(summary.area_ha, view.language),
            known=summary.known,
            unknown=summary.unknown,
            opened=summary.opened,
            overdue=summary.overdue,
            urgent=summary.urgent,
            households=summary.households_left,
            day=format_iso_day(day.isoformat(), view.language),
        ),
        lead=view.t("clearance.register_title"),
        listed=True,
    )


def _describe_handed_over(view: BriefingContext) -> Iterable[BriefingParagraph]:
    """Yield what share of the land is cleared, where reports say so."""
    known = view.items[view.items["clearance"].notna()]
    yield BriefingParagraph(view.t("clearance.known", known=len(known), items=len(view.items)))
    ordered = known.sort_values(["investment_mvnd", "item"], ascending=[False, True])
    for row in iterate_rows(ordered.head(MOST_ITEMS)):
        part = f" ({row.clearance_component})" if row.clearance_component else ""
        yield BriefingParagraph(
            view.t(
                "clearance.share", share=format_percent(row.clearance, view.language), part=part
            ),
            view.list_row_sources(row, "clearance"),
            lead=f"{row.name}:",
            listed=True,
        )


def _describe_problem(view: BriefingContext, line: ProblemLine) -> BriefingParagraph:
    where = _find_commune_name(view, line.code) or view.t("clearance.no_commune")
    sentences = [f"{line.category_label}."]
    if line.item_name:
        sentences.append(view.t("clearance.item", name=line.item_name))
    if line.statement:
        sentences.append(view.t("clearance.statement", text=line.statement))
    if line.households is not None:
        sentences.append(view.t("clearance.households", count=line.households))
    sentences.append(
        view.t("clearance.since", since=line.since_label, severity=line.severity_label)
    )
    body = line.asked_to_act or view.t("clearance.no_body")
    sentences.append(view.t("watch.body", body=body))
    return BriefingParagraph(" ".join(sentences), line.sources, lead=f"{where}:", listed=True)


def _summarise_others(view: BriefingContext, others: Sequence[ProblemLine]) -> BriefingParagraph:
    names = dict.fromkeys(_find_commune_name(view, line.code) for line in others)
    sources = dict.fromkeys(source for line in others for source in line.sources)
    text = view.t("clearance.elsewhere", count=len(names), names=", ".join(filter(None, names)))
    return BriefingParagraph(text, tuple(sources))


def _list_general_statements(view: BriefingContext) -> list[BriefingParagraph]:
    """Return what the period says of clearance without naming a commune or an item."""
    rows = view.facts.clearance
    rows = rows[(rows["commune"] == "") & (rows["item"] == "") & (rows["period"] == view.period)]
    return [
        BriefingParagraph(
            view.t("clearance.general", text=row.statement, body=row.asked_to_act)
            if row.asked_to_act
            else view.t("clearance.general_no_body", text=row.statement),
            (source_from_row(view.facts, row._asdict()),),
        )
        for row in iterate_rows(rows)
    ]


def _find_commune_name(view: BriefingContext, code: str) -> str:
    names = view.facts.communes.loc[view.facts.communes["code"] == code, "name"]
    return str(names.iloc[0]) if len(names) else ""

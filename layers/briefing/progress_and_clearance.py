"""How things stand: progress against the plan, milestones, and land clearance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.i18n import percent
from layers.briefing.document import Block, Paragraph, Section
from layers.details.clearance_lines import Problem, problem_lines
from layers.history.period_changes import slip_text
from reports.model.schema import FORECASTS, STATUSES
from store.clearance.register_view import headline, register_at
from store.facts.clearance_problems import general_statements
from store.facts.labels import iso_day, quantity, word
from store.facts.selection import filters_by_item
from store.facts.sources import source_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import pandas as pd

    from layers.briefing.context import View

MOST_ITEMS: Final = 6
GRAVE: Final = 2
"""Severity from which a problem is told one by one."""


def progress(view: View) -> Section:
    """Return the section of progress: states, plan against actual, forecasts, milestones."""
    blocks = (
        Block(view.t("part.states"), tuple(_states(view))),
        Block(view.t("part.plan"), tuple(_plan(view))),
        Block(view.t("part.milestones"), tuple(_milestones(view))),
    )
    return Section(view.t("section.progress"), blocks)


def clearance(view: View, day: date | None) -> Section:
    """Return the section of land clearance: the register, the worst problems, then the others.

    ``day`` is the day that the register's ages and deadlines are counted to.
    """
    lines = problem_lines(view.facts, view.problems, language=view.language)
    paragraphs = [*_register(view, day), *_handed_over(view)]
    if not lines:
        paragraphs.append(Paragraph(view.t("clearance.none")))
    grave = sorted(
        (one for one in lines if one.severity >= GRAVE or one.item),
        key=lambda one: (-one.severity, -one.age_days, one.code, one.item),
    )
    paragraphs += [_problem(view, one) for one in grave[:MOST_ITEMS]]
    if len(grave) > MOST_ITEMS:
        paragraphs.append(Paragraph(view.t("clearance.more", count=len(grave) - MOST_ITEMS)))
    others = [one for one in lines if one not in grave]
    if others:
        paragraphs.append(_elsewhere(view, others))
    if not view.narrowed:
        paragraphs += _general(view)
    return Section(view.t("section.clearance"), (Block("", tuple(paragraphs)),))


def _states(view: View) -> Iterable[Paragraph]:
    for section, words in (("status", STATUSES), ("forecast", FORECASTS)):
        counts = view.items[section].value_counts()
        told = [
            f"{word(section, one, view.language)}: {counts[one]}" for one in words if one in counts
        ]
        if "" in counts:
            told.append(f"{view.unknown}: {counts['']}")
        if told:
            yield Paragraph(
                f"{'; '.join(told)}.",
                view.behind(section),
                lead=view.t(f"progress.{section}"),
                listed=True,
            )
    if view.items.empty:
        yield Paragraph(view.t("progress.no_items"))


def _plan(view: View) -> Iterable[Paragraph]:
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
        yield Paragraph(view.t("progress.plan_none"))
        return
    yield Paragraph(view.t("progress.plan", count=len(both), behind=len(behind)))
    ordered = behind.sort_values(["investment_mvnd", "item"], ascending=[False, True])
    for row in ordered.head(MOST_ITEMS).itertuples(index=False):
        yield _behind(view, row)
    if len(behind) > MOST_ITEMS:
        yield Paragraph(view.t("progress.plan_more", count=len(behind) - MOST_ITEMS))


def _behind(view: View, row: Any) -> Paragraph:
    return Paragraph(
        view.t(
            "progress.behind",
            actual=percent(row.construction, view.language),
            planned=percent(row.planned_construction, view.language),
        ),
        view.of_row(row, "construction", "planned_construction"),
        lead=f"{row.name}:",
        listed=True,
    )


def _milestones(view: View) -> Iterable[Paragraph]:
    """Yield what is known by the period of milestones that moved."""
    told = []
    for group in slip_text(view.facts, language=view.language):
        lines = [
            line
            for line in group.lines
            if view.by_now(source.period for source in (*line.before, *line.after))
        ]
        if lines and group.item in view.chosen:
            sources = dict.fromkeys(one for line in lines for one in (*line.before, *line.after))
            text = " ".join(line.sentence for line in lines)
            told.append(Paragraph(text, tuple(sources), lead=f"{group.title}:", listed=True))
    yield Paragraph(view.t("progress.milestones" if told else "progress.milestones_none"))
    yield from told[:MOST_ITEMS]
    if len(told) > MOST_ITEMS:
        yield Paragraph(view.t("progress.milestones_more", count=len(told) - MOST_ITEMS))


def _register(view: View, day: date | None) -> Iterable[Paragraph]:
    """Yield the clearance register in figures, where staff keep it for what is chosen."""
    cases = view.facts.cases
    if day is None or cases.empty:
        return
    rows = register_at(view.facts, day)
    area = view.selection.area
    mine = rows["item"].isin(view.chosen) | (
        (rows["item"] == "") & (not filters_by_item(view.filters))
    )
    if area is not None:
        mine &= rows["commune"].isin(area)
    rows = rows[mine & (rows["opened"] <= day.isoformat())]
    if rows.empty:
        return
    found = headline(rows)
    share = view.unknown if found.handed_pct is None else percent(found.handed_pct, view.language)
    yield Paragraph(
        view.t(
            "clearance.register",
            share=share,
            handed=quantity(found.handed_ha, view.language),
            area=quantity(found.area_ha, view.language),
            known=found.known,
            unknown=found.unknown,
            opened=found.opened,
            overdue=found.overdue,
            urgent=found.urgent,
            households=found.households_left,
            day=iso_day(day.isoformat(), view.language),
        ),
        lead=view.t("clearance.register_title"),
        listed=True,
    )


def _handed_over(view: View) -> Iterable[Paragraph]:
    """Yield what share of the land is cleared, where reports say so."""
    known = view.items[view.items["clearance"].notna()]
    yield Paragraph(view.t("clearance.known", known=len(known), items=len(view.items)))
    ordered = known.sort_values(["investment_mvnd", "item"], ascending=[False, True])
    for row in ordered.head(MOST_ITEMS).itertuples(index=False):
        part = f" ({row.clearance_component})" if row.clearance_component else ""
        yield Paragraph(
            view.t("clearance.share", share=percent(row.clearance, view.language), part=part),
            view.of_row(row, "clearance"),
            lead=f"{row.name}:",
            listed=True,
        )


def _problem(view: View, one: Problem) -> Paragraph:
    where = _commune(view, one.code) or view.t("clearance.no_commune")
    told = [f"{one.category_label}."]
    if one.item_name:
        told.append(view.t("clearance.item", name=one.item_name))
    if one.statement:
        told.append(view.t("clearance.statement", text=one.statement))
    if one.households is not None:
        told.append(view.t("clearance.households", count=one.households))
    told.append(view.t("clearance.since", since=one.since_label, severity=one.severity_label))
    body = one.asked_to_act or view.t("clearance.no_body")
    told.append(view.t("watch.body", body=body))
    return Paragraph(" ".join(told), one.sources, lead=f"{where}:", listed=True)


def _elsewhere(view: View, others: Sequence[Problem]) -> Paragraph:
    names = dict.fromkeys(_commune(view, one.code) for one in others)
    sources = dict.fromkeys(source for one in others for source in one.sources)
    text = view.t("clearance.elsewhere", count=len(names), names=", ".join(filter(None, names)))
    return Paragraph(text, tuple(sources))


def _general(view: View) -> list[Paragraph]:
    rows: pd.DataFrame = general_statements(view.facts, view.period)
    return [
        Paragraph(
            view.t("clearance.general", text=row.statement, body=row.asked_to_act)
            if row.asked_to_act
            else view.t("clearance.general_no_body", text=row.statement),
            (source_at(view.facts, row.doc, int(row.line_from), int(row.line_to), raw=row.raw),),
        )
        for row in rows.itertuples(index=False)
    ]


def _commune(view: View, code: str) -> str:
    found = view.facts.communes.loc[view.facts.communes["code"] == code, "name"]
    return str(found.iloc[0]) if len(found) else ""

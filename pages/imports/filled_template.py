"""Templates filled with a period's figures: taken from here, and what a mended one would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.catalogue.change_preview import show_unusual
from pages.edit.approved_note import show_approved_note
from pages.imports import history
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets.export_button import choose_csv_style
from pages.widgets.tables import render_table
from store.facts.facts import read_facts_version
from store.facts.labels import get_period_label
from store.facts.selection import find_default_period
from store.templates.apply import apply_template
from store.templates.kinds import KINDS
from store.templates.make import TEMPLATE_FORMATS, make_template_file, make_template_name
from store.templates.plan import plan_template

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.exports.file_options import CsvStyle
    from store.templates.plan import TemplatePlan
    from store.templates.sheet import FilledSheet

_PLAN: Final = "import.template_plan"
_MOST_ROWS: Final = 500
"""Differences that are shown; the first line says how many there are."""


def show_template_downloads(ctx: PageContext) -> None:
    """Offer a template of every kind filled with what is known of a period."""
    periods = list(ctx.facts.periods.sort_values("as_of", ascending=False)["period"])
    if not periods or not ctx.may("export.make"):
        return
    opened = st.popover(
        ctx.t("templates.page.title"), key="import.templates_popover", on_change="rerun"
    )
    if not opened.open:
        return
    with opened, st.container(width=420):
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("templates.page.about")))
        period = st.selectbox(
            ctx.t("templates.page.period"),
            periods,
            index=periods.index(find_default_period(ctx.facts)),
            format_func=lambda period: get_period_label(ctx.facts, period, ctx.language),
            key="import.template_period",
        )
        style = choose_csv_style(ctx, "import.template_csv_style")
        for kind in KINDS:
            with st.container(horizontal=True, vertical_alignment="center"):
                show_markup(Html("<p>{}</p>").format(ctx.t(f"templates.kind.{kind}")))
                for name in TEMPLATE_FORMATS:
                    st.download_button(
                        ctx.t(f"templates.page.{name}"),
                        data=partial(_make_file, ctx, kind, period, name, style),
                        file_name=make_template_name(kind, period, name),
                        key=f"import.template_{kind}_{name}",
                        on_click="ignore",
                    )


def show_template_preview(ctx: PageContext, sheet: FilledSheet) -> None:
    """Show what a mended template differs in, and offer to take all of it over."""
    plan = _get_plan(ctx, sheet)
    kind = ctx.t(f"templates.kind.{sheet.kind.key}")
    found = ctx.t("templates.page.found", kind=kind, period=plan.period_label, rows=len(sheet.rows))
    cells = len(plan.differences)
    key = "changed" if cells else "nothing"
    lines = [ctx.t(f"templates.page.{key}", cells=cells)]
    new = len({difference.line for difference in plan.differences if not difference.key})
    if new:
        lines.append(ctx.t("templates.page.new_rows", count=new))
    if plan.missing:
        lines.append(ctx.t("templates.page.missing", count=plan.missing))
    show_markup(
        Html('<div class="hp-figure hp-outcome"><div>{}</div><div>{}</div></div>').format(
            found, " ".join(lines)
        )
    )
    if plan.faults:
        st.warning(escape_markdown(ctx.t("templates.page.faults", count=len(plan.faults))))
        _show_faults(ctx, plan)
    if cells:
        show_unusual(ctx, plan.unusual)
        show_approved_note(ctx, plan.corrects)
        _show_differences(ctx, plan)
    _show_buttons(ctx, plan)


def _get_plan(ctx: PageContext, sheet: FilledSheet) -> TemplatePlan:
    """Return what the template would change, worked out once for each state of the store."""
    version = read_facts_version()
    kept: tuple[FilledSheet, str, TemplatePlan] | None = st.session_state.get(_PLAN)
    if kept is None or kept[0] is not sheet or kept[1] != version:
        kept = (sheet, version, plan_template(sheet, ctx.facts, ctx.user))
        st.session_state[_PLAN] = kept
    return kept[2]


def _show_differences(ctx: PageContext, plan: TemplatePlan) -> None:
    def before(text: str, earlier: bool) -> str:
        shown = text or "–"
        return ctx.t("templates.page.earlier", before=shown) if earlier else shown

    rows = [
        (
            difference.line,
            difference.key or ctx.t("templates.page.new"),
            difference.name,
            difference.heading,
            before(difference.before, difference.earlier),
            Html("<b>{}</b>").format(difference.after or "–"),
        )
        for difference in plan.differences[:_MOST_ROWS]
    ]
    names = ("line", "code", "name", "column", "before", "after")
    show_markup(render_table([ctx.t(f"templates.page.{name}") for name in names], rows))


def _show_faults(ctx: PageContext, plan: TemplatePlan) -> None:
    rows = [
        (fault.line or "", fault.name, fault.heading, fault.text)
        for fault in plan.faults[:_MOST_ROWS]
    ]
    names = ("line", "name", "column", "fault")
    show_markup(render_table([ctx.t(f"templates.page.{name}") for name in names], rows))


def _show_buttons(ctx: PageContext, plan: TemplatePlan) -> None:
    cells = len(plan.differences)
    with st.container(horizontal=True, key="import.template_buttons"):
        accept = st.button(
            ctx.t("templates.page.accept", cells=cells),
            type="primary",
            disabled=not plan.changes,
            key="import.template_accept",
        )
        away = st.button(ctx.t("templates.page.away"), key="import.template_away")
    try:
        if accept:
            number = apply_template(plan, ctx.user, history.get_reason())
            history.finish_import(ctx.t("templates.page.done", cells=cells, number=number))
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
    if away:
        history.finish_import("")


def _make_file(
    ctx: PageContext, kind: str, period: str, format_name: str, style: CsvStyle
) -> bytes:
    made = make_template_file(ctx.facts, kind, period, format_name, ctx.user, csv=style)
    return made.content

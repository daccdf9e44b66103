"""What importing a report would do, before anything is written: table, questions, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.imports import preview_tabs
from pages.imports.project_table import show_project_table
from pages.shell.html import Html, join_markup, show_markup
from store.facts.labels import get_period_label
from store.imports.plan.fact_rows import make_period_row

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.plan.plan import ImportPlan


def show_preview(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the plan: the document, the balance, then one view at a time."""
    read = plan.extraction
    _show_document(ctx, plan)
    for problem in plan.problems:
        text = problem.text(ctx.language)
        (st.error if problem.blocking else st.warning)(text)
    for message in read.document.messages:
        st.warning(message)
    views = {
        "projects": len(read.projects),
        "queue": len(plan.reviews),
        "differences": len(plan.differing),
        "changes": 0 if plan.diff is None else len(plan.diff),
        "contradictions": len(preview_tabs.list_new_contradictions(ctx, plan)),
        "matches": len(plan.matches),
        "indicators": len(read.indicators),
        "clearance": len(read.clearance),
        "parks": len(read.parks),
    }
    chosen = st.segmented_control(
        ctx.t("imports.view.label"),
        list(views),
        default="projects" if read.projects else "indicators",
        format_func=lambda key: f"{ctx.t(f'imports.view.{key}')} ({views[key]})",
        key="import.view",
        required=True,
    )
    draw = {
        "projects": show_project_table,
        "queue": preview_tabs.show_questions,
        "differences": preview_tabs.show_differences,
        "changes": preview_tabs.show_changes,
        "contradictions": preview_tabs.show_contradictions,
        "matches": preview_tabs.show_matches,
        "indicators": preview_tabs.show_indicators,
        "clearance": preview_tabs.show_clearance,
        "parks": preview_tabs.show_parks,
    }
    draw[chosen](ctx, plan)


def _format_period(ctx: PageContext, period: str) -> str:
    """Return a period's name, also of one that the store does not have yet."""
    new = make_period_row(period, "")
    label = get_period_label(ctx.facts, period, ctx.language)
    if label == period and new is not None:
        return new["label_en"] if ctx.language == "en" else new["label_vi"]
    return label or ctx.t("imports.document.unknown")


def _show_document(ctx: PageContext, plan: ImportPlan) -> None:
    read, balance = plan.extraction, plan.extraction.balance
    verdict = ctx.t("imports.balance.exact" if balance.exact else "imports.balance.broken")
    lines = (
        ctx.t("imports.document.title", title=read.document.title or read.document.name),
        ctx.t(
            "imports.document.facts",
            issuer=read.document.issuer or ctx.t("imports.document.unknown"),
            period=_format_period(ctx, plan.period),
            sha256=plan.sha256[:16],
        ),
        ctx.t(
            "imports.balance.line",
            lines=balance.table_lines,
            rows=balance.in_rows,
            headers=balance.in_headers,
            queue=balance.in_queue,
            verdict=verdict,
        ),
    )
    body = join_markup(Html("<div>{}</div>").format(line) for line in lines)
    show_markup(Html('<div class="hp-figure">{}</div>').format(body))

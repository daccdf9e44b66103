"""Editing the figures of an item: one of a period at a time, beside the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.details.value_lines import ORDER
from layers.labels.field_labels import format_column_label, format_figure_value, list_differences
from pages.edit.figure_form import show_figure_form, show_new_figure_form
from pages.edit.save import EditDraft, show_save_form
from pages.shell.html import Html, show_markup
from pages.widgets.source_list import render_source_list
from store.editing.figures import add_figure, edit_figure, remove_figure
from store.facts.labels import get_period_label, translate_word
from store.facts.sources import source_from_row

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.audit.rows import Row
    from store.editing.open_record import OpenedItem

NEW: Final = "new"
MOST_SHOWN: Final = 60


def show_figures(ctx: PageContext, now: OpenedItem, *, allowed: bool) -> None:
    """Show the figures of a period, the form of one of them, and what saving changes."""
    code = str(now.item["item"])
    ranks = ctx.facts.period_ranks
    periods = sorted(ranks, key=ranks.__getitem__, reverse=True)
    reported_periods = {str(row["period"]) for row in now.figures.values()}
    first = next(
        (period_code for period_code in periods if period_code in reported_periods),
        periods[0] if periods else "",
    )
    left, right = st.columns([1, 4])
    with left:
        period = st.selectbox(
            format_column_label("period", ctx.language),
            periods,
            index=periods.index(first) if first else 0,
            format_func=lambda period_code: get_period_label(ctx.facts, period_code, ctx.language),
            key=f"edit.period-{code}",
        )
    with right:
        order = {field: rank for rank, field in enumerate(ORDER)}
        rows = {
            obs: row
            for obs, row in sorted(now.figures.items(), key=lambda entry: order[entry[1]["field"]])
            if row["period"] == period
        }
        key = f"edit.figure-{code}-{period}"
        if st.session_state.get(key) not in {*rows, NEW}:
            st.session_state.pop(key, None)  # its value was corrected: it has another id now
        obs = st.selectbox(
            ctx.t("edit.figure.choose", count=len(rows)),
            [*rows, NEW],
            format_func=lambda obs_id: _format_title(ctx, rows.get(obs_id)),
            key=key,
        )
    if obs == NEW:
        _show_new_figure(ctx, code, period, allowed=allowed)
    elif obs:
        _show_figure(ctx, now, obs, allowed=allowed)


def _format_title(ctx: PageContext, row: Row | None) -> str:
    if row is None:
        return ctx.t("edit.figure.new")
    value = format_figure_value(str(row["field"]), str(row["value"]), ctx.language)
    part = f" – {row['component']}" if row["component"] else ""
    return f"{translate_word('field', str(row['field']), ctx.language)}{part}: {value[:MOST_SHOWN]}"


def _show_figure(ctx: PageContext, now: OpenedItem, obs: str, *, allowed: bool) -> None:
    row, token = now.figures[obs], now.figure_tokens[obs]
    source = source_from_row(ctx.facts, row)
    show_markup(
        Html('<p class="hp-under">{} <q class="hp-quote" lang="vi">{}</q> {}</p>').format(
            ctx.t("edit.figure.words"), row["raw"] or "…", render_source_list(ctx, (source,))
        )
    )
    typed = show_figure_form(ctx, row, obs)
    if typed is None:
        return
    changes = {name: value for name, value in typed.items() if value != _to_form_value(row[name])}
    shown = {"field": row["field"]}
    lines = list_differences(
        ctx.facts,
        shown | {name: row[name] for name in changes},
        shown | changes,
        ctx.language,
    )
    show_save_form(
        ctx,
        EditDraft(
            f"figure-{obs}",
            lines,
            token,
            lambda seen, key, why: edit_figure(
                key or obs, changes, seen=seen, actor=ctx.user, why=why
            ),
            period=str(row["period"]),
        ),
        allowed=allowed,
    )
    with st.expander(ctx.t("edit.figure.remove"), key="edit.remove_figure"):
        gone = {name: row[name] for name in ("field", "component", "value")}
        show_save_form(
            ctx,
            EditDraft(
                f"gone-{obs}",
                list_differences(ctx.facts, gone, None, ctx.language),
                token,
                lambda seen, key, why: remove_figure(
                    key or obs, seen=seen, actor=ctx.user, why=why
                ),
                label="edit.figure.remove",
                period=str(row["period"]),
            ),
            allowed=allowed,
        )


def _show_new_figure(ctx: PageContext, code: str, period: str, *, allowed: bool) -> None:
    show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.figure.new_why")))
    typed = show_new_figure_form(ctx, period, f"{code}-{period}")
    if typed is None:
        return
    given: dict[str, Any] = {"item": code, "period": period} | typed
    filled_fields = {name: value for name, value in typed.items() if value not in {"", None}}
    complete = typed["value"] not in {"", None}
    show_save_form(
        ctx,
        EditDraft(
            f"new-{code}-{period}",
            list_differences(ctx.facts, None, filled_fields, ctx.language) if complete else (),
            "",
            lambda _seen, _key, why: add_figure(given, actor=ctx.user, why=why),
            period=period,
        ),
        allowed=allowed,
    )


def _to_form_value(value: object) -> object:
    return "" if value is None else value

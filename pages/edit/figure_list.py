"""Editing the figures of an item: one of a period at a time, beside the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.details.value_lines import ORDER
from layers.labels.field_labels import column_label, figure_value, lines_between
from pages.edit.figure_form import figure_form, new_figure_form
from pages.edit.save import Draft, offer
from pages.shell.html import Html, show
from pages.widgets.source_list import source_list
from store.editing.items import add_figure, edit_figure, remove_figure
from store.facts.facts import period_ranks
from store.facts.labels import period_label, word
from store.facts.sources import source_at

if TYPE_CHECKING:
    from pages.shell.context import Context
    from store.audit.rows import Row
    from store.editing.open_record import OpenedItem

NEW: Final = "new"
MOST_SHOWN: Final = 60


def show_figures(ctx: Context, now: OpenedItem, *, allowed: bool) -> None:
    """Show the figures of a period, the form of one of them, and what saving changes."""
    code = str(now.item["item"])
    ranks = period_ranks(ctx.facts)
    periods = sorted(ranks, key=ranks.__getitem__, reverse=True)
    held = {str(row["period"]) for row in now.figures.values()}
    first = next((one for one in periods if one in held), periods[0] if periods else "")
    left, right = st.columns([1, 4])
    with left:
        period = st.selectbox(
            column_label("period", ctx.language),
            periods,
            index=periods.index(first) if first else 0,
            format_func=lambda one: period_label(ctx.facts, one, ctx.language),
            key=f"edit.period-{code}",
        )
    with right:
        order = {field: rank for rank, field in enumerate(ORDER)}
        rows = {
            obs: row
            for obs, row in sorted(now.figures.items(), key=lambda one: order[one[1]["field"]])
            if row["period"] == period
        }
        key = f"edit.figure-{code}-{period}"
        if st.session_state.get(key) not in {*rows, NEW}:
            st.session_state.pop(key, None)  # its value was corrected: it has another id now
        obs = st.selectbox(
            ctx.t("edit.figure.choose", count=len(rows)),
            [*rows, NEW],
            format_func=lambda one: _title(ctx, rows.get(one)),
            key=key,
        )
    if obs == NEW:
        _new(ctx, code, period, allowed=allowed)
    elif obs:
        _one(ctx, now, obs, allowed=allowed)


def _title(ctx: Context, row: Row | None) -> str:
    if row is None:
        return ctx.t("edit.figure.new")
    value = figure_value(str(row["field"]), str(row["value"]), ctx.language)
    part = f" – {row['component']}" if row["component"] else ""
    return f"{word('field', str(row['field']), ctx.language)}{part}: {value[:MOST_SHOWN]}"


def _one(ctx: Context, now: OpenedItem, obs: str, *, allowed: bool) -> None:
    row, token = now.figures[obs], now.figure_tokens[obs]
    source = source_at(
        ctx.facts,
        str(row["doc"]),
        int(row["line_from"]),
        int(row["line_to"]),
        cell=str(row["cell"]),
        raw=str(row["raw"]),
    )
    show(
        Html('<p class="hp-under">{} <q class="hp-quote">{}</q> {}</p>').format(
            ctx.t("edit.figure.words"), row["raw"] or "…", source_list(ctx, (source,))
        )
    )
    typed = figure_form(ctx, row, obs)
    changes = {name: value for name, value in typed.items() if value != _plain(row[name])}
    shown = {"field": row["field"]}
    lines = lines_between(
        ctx.facts,
        shown | {name: row[name] for name in changes},
        shown | changes,
        ctx.language,
    )
    offer(
        ctx,
        Draft(
            f"figure-{obs}",
            lines,
            token,
            lambda seen, key, why: edit_figure(
                key or obs, changes, seen=seen, actor=ctx.user, why=why
            ),
        ),
        allowed=allowed,
    )
    with st.expander(ctx.t("edit.figure.remove"), key="edit.remove_figure"):
        gone = {name: row[name] for name in ("field", "component", "value")}
        offer(
            ctx,
            Draft(
                f"gone-{obs}",
                lines_between(ctx.facts, gone, None, ctx.language),
                token,
                lambda seen, key, why: remove_figure(
                    key or obs, seen=seen, actor=ctx.user, why=why
                ),
                label="edit.figure.remove",
            ),
            allowed=allowed,
        )


def _new(ctx: Context, code: str, period: str, *, allowed: bool) -> None:
    show(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.figure.new_why")))
    typed = new_figure_form(ctx, period, f"{code}-{period}")
    if typed is None:
        return
    given: dict[str, Any] = {"item": code, "period": period} | typed
    told = {name: value for name, value in typed.items() if value not in {"", None}}
    complete = typed["value"] not in {"", None}
    offer(
        ctx,
        Draft(
            f"new-{code}-{period}",
            lines_between(ctx.facts, None, told, ctx.language) if complete else (),
            "",
            lambda _seen, _key, why: add_figure(given, actor=ctx.user, why=why),
        ),
        allowed=allowed,
    )


def _plain(value: object) -> object:
    return "" if value is None else value

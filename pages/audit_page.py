"""The audit: who did what, when and why, field by field; with filters, page by page, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.i18n import number
from layers.labels.audit_labels import AuditWords, FieldChange, audit_words, table_name
from pages.shell.html import Html, join, show
from pages.widgets.tables import markup_table
from store.audit.audit_log import (
    MAX_CSV_ROWS,
    PAGE_ROWS,
    AuditFilter,
    audit_choices,
    audit_csv,
    audit_page,
    broken_seal,
)

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from pages.shell.context import Context

_KEPT_BY_PROGRAM = ("sign_ins", "sign-in")
FIELDS_AT_ONCE = 4
"""More changed fields than these are folded away."""


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.audit")
    show(Html("<h2>{}</h2>").format(ctx.t("audit.page.title")))
    wanted = _filters(ctx)
    page = int(st.session_state.get("audit.page", 0))
    rows, total = audit_page(wanted, page, ctx.user)
    if page and rows.empty:
        page = 0
        rows, total = audit_page(wanted, page, ctx.user)
    show(
        Html('<p class="hp-under" role="status">{}</p>').format(
            ctx.t("audit.page.count", count=number(total, 0, ctx.language))
        )
    )
    if total:
        show(_table(ctx, rows.to_dict("records")))
    _pages(ctx, page, total)
    _files(ctx, wanted, total)


def _filters(ctx: Context) -> AuditFilter:
    """Show the filters; another filter begins with the first page again."""
    choices = audit_choices(ctx.user)
    with st.container(horizontal=True, key="audit.filters"):
        actor = _choose(ctx, "actor", choices.actors)
        kind = _choose(ctx, "kind", choices.kinds)
        table = _choose(ctx, "table", choices.tables)
        key = st.text_input(ctx.t("audit.filter.key"), key="audit.key", max_chars=80, width=180)
        since = _day(ctx, "since")
        until = _day(ctx, "until")
    corrections = st.checkbox(ctx.t("audit.filter.corrections"), key="audit.corrections")
    wanted = AuditFilter(actor, since, until, table, key, kind, corrections)
    if st.session_state.setdefault("audit.wanted", wanted) != wanted:
        st.session_state.update({"audit.wanted": wanted, "audit.page": 0})
    return wanted


def _choose(ctx: Context, name: str, options: tuple[str, ...]) -> str:
    def told(value: str) -> str:
        if not value:
            return ctx.t("audit.filter.all")
        if name == "kind":
            return ctx.t(f"imports.kind.{value}")
        if name == "table":
            return table_name(value, ctx.language)
        return value

    return str(
        st.selectbox(
            ctx.t(f"audit.filter.{name}"),
            ("", *options),
            format_func=told,
            key=f"audit.{name}",
            width=190,
        )
    )


def _day(ctx: Context, name: str) -> date | None:
    label = ctx.t(f"audit.filter.{name}")
    return st.date_input(label, None, format="DD/MM/YYYY", key=f"audit.{name}", width=150)


def _table(ctx: Context, rows: list[dict[Any, Any]]) -> Markup:
    head = [ctx.t(f"audit.head.{name}") for name in ("at", "actor", "kind", "where", "what", "why")]
    return markup_table(head, [_cells(ctx, row) for row in rows])


def _cells(ctx: Context, row: dict[Any, Any]) -> list[object]:
    told = audit_words(row, ctx.language)
    mark = Html("")
    if row["after_approval"]:
        mark = Html(' <span class="hp-mark hp-mark-differs">{}</span>').format(
            ctx.t("audit.page.after_approval")
        )
    program = row["kind"] == "curated" or (row["table_name"], row["actor"]) == _KEPT_BY_PROGRAM
    actor = ctx.t("imports.past.program") if program else row["actor"]
    kind = Html("{}{}").format(ctx.t(f"imports.kind.{row['kind']}"), mark)
    return [ctx.moment(row["at"]), actor, kind, told.where, _fields(ctx, told), row["why"]]


def _fields(ctx: Context, told: AuditWords) -> Markup:
    if not told.fields:
        return Html("{}").format(told.what)
    lines = join([_field(ctx, one) for one in told.fields])
    if len(told.fields) <= FIELDS_AT_ONCE:
        return Html("{}<ul>{}</ul>").format(told.what, lines)
    more = ctx.t("audit.page.fields", count=len(told.fields))
    return Html('<details class="hp-source"><summary>{}: {}</summary><ul>{}</ul></details>').format(
        told.what, more, lines
    )


def _field(ctx: Context, one: FieldChange) -> Markup:
    if not one.before:
        return Html("<li>{}: {}</li>").format(one.label, one.after)
    after = one.after or ctx.t("audit.page.empty")
    return Html("<li>{}: <del>{}</del> → {}</li>").format(one.label, one.before, after)


def _pages(ctx: Context, page: int, total: int) -> None:
    last = max(0, (total - 1) // PAGE_ROWS)
    if not last:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="audit.pages"):
        for name, to, off in (
            ("first", 0, page == 0),
            ("back", page - 1, page == 0),
            ("next", page + 1, page == last),
            ("last", last, page == last),
        ):
            label = ctx.t(f"audit.page.{name}")
            st.button(label, key=f"audit.{name}", disabled=off, on_click=_turn, args=(to,))
        where = ctx.t("audit.page.page", page=page + 1, pages=last + 1)
        show(Html('<p class="hp-under">{}</p>').format(where))


def _turn(page: int) -> None:
    st.session_state["audit.page"] = page


def _files(ctx: Context, wanted: AuditFilter, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="audit.files"):
        st.download_button(
            ctx.t("audit.page.csv"),
            lambda: audit_csv(wanted, ctx.user),
            "nhat-ky.csv",
            "text/csv",
            key="audit.csv",
            disabled=not total,
            on_click="ignore",
        )
        if st.button(ctx.t("audit.page.check"), key="audit.check"):
            with st.spinner(ctx.t("audit.page.checking")):
                broken = broken_seal(ctx.user)
            if broken:
                st.error(ctx.t("audit.page.broken", number=broken))
            else:
                st.success(ctx.t("audit.page.whole"))
    if total > MAX_CSV_ROWS:
        st.info(ctx.t("audit.page.most", most=number(MAX_CSV_ROWS, 0, ctx.language)))

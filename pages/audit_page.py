"""The audit: who did what, when and why, field by field; with filters, page by page, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.i18n import format_number
from layers.labels.audit_labels import AuditEntryText, describe_audit_row, format_table_name
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.tables import render_table
from store.audit.audit_log import (
    MAX_CSV_ROWS,
    PAGE_ROWS,
    AuditFilter,
    export_audit_csv,
    find_broken_seal,
    list_audit_choices,
    read_audit_page,
)
from store.users.users import PERSONAL

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from layers.labels.field_labels import FieldDifference
    from pages.shell.context import PageContext

_KEPT_BY_PROGRAM = ("sign_ins", "sign-in")
FIELDS_AT_ONCE = 4
"""More changed fields than these are folded away."""


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.audit")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("audit.page.title")))
    wanted = _ask_filters(ctx)
    page = int(st.session_state.get("audit.page", 0))
    rows, total = read_audit_page(wanted, page, ctx.user)
    if page and rows.empty:
        page = 0
        rows, total = read_audit_page(wanted, page, ctx.user)
    show_markup(
        Html('<p class="hp-under" role="status">{}</p>').format(
            ctx.t("audit.page.count", count=format_number(total, 0, ctx.language))
        )
    )
    if total:
        show_markup(_render_table(ctx, rows.to_dict("records")))
    _show_pager(ctx, page, total)
    _show_downloads(ctx, wanted, total)


def _ask_filters(ctx: PageContext) -> AuditFilter:
    """Show the filters; another filter begins with the first page again."""
    choices = list_audit_choices(ctx.user)
    with st.container(horizontal=True, key="audit.filters"):
        actor = _ask_choice(ctx, "actor", choices.actors)
        kind = _ask_choice(ctx, "kind", choices.kinds)
        table = _ask_choice(ctx, "table", choices.tables)
        key = st.text_input(ctx.t("audit.filter.key"), key="audit.key", max_chars=80, width=180)
        since = _ask_day(ctx, "since")
        until = _ask_day(ctx, "until")
    corrections = st.checkbox(ctx.t("audit.filter.corrections"), key="audit.corrections")
    wanted = AuditFilter(actor, since, until, table, key, kind, corrections)
    if st.session_state.setdefault("audit.wanted", wanted) != wanted:
        st.session_state.update({"audit.wanted": wanted, "audit.page": 0})
    return wanted


def _ask_choice(ctx: PageContext, name: str, options: tuple[str, ...]) -> str:
    def format_option(value: str) -> str:
        if not value:
            return ctx.t("audit.filter.all")
        if name == "kind":
            return ctx.t(f"imports.kind.{value}")
        if name == "table":
            return format_table_name(value, ctx.language)
        return _format_actor(ctx, value)

    return str(
        st.selectbox(
            ctx.t(f"audit.filter.{name}"),
            ("", *options),
            format_func=format_option,
            key=f"audit.{name}",
            width=190,
        )
    )


def _ask_day(ctx: PageContext, name: str) -> date | None:
    label = ctx.t(f"audit.filter.{name}")
    return st.date_input(label, None, format="DD/MM/YYYY", key=f"audit.{name}", width=150)


def _render_table(ctx: PageContext, rows: list[dict[Any, Any]]) -> Markup:
    head = [ctx.t(f"audit.head.{name}") for name in ("at", "actor", "kind", "where", "what", "why")]
    return render_table(head, [_render_cells(ctx, row) for row in rows])


def _render_cells(ctx: PageContext, row: dict[Any, Any]) -> list[object]:
    entry = describe_audit_row(row, ctx.language)
    mark = Html("")
    if row["after_approval"]:
        mark = Html(' <span class="hp-mark hp-mark-differs">{}</span>').format(
            ctx.t("audit.page.after_approval")
        )
    program = row["kind"] == "curated" or (row["table_name"], row["actor"]) == _KEPT_BY_PROGRAM
    actor = ctx.t("imports.past.program") if program else _format_actor(ctx, row["actor"])
    kind = Html("{}{}").format(ctx.t(f"imports.kind.{row['kind']}"), mark)
    return [ctx.moment(row["at"]), actor, kind, entry.where, _render_fields(ctx, entry), row["why"]]


def _format_actor(ctx: PageContext, actor: str) -> str:
    """Return who did something; before the first account it is whoever sits at the machine."""
    return ctx.t("audit.page.this_machine") if actor == PERSONAL.name else actor


def _render_fields(ctx: PageContext, entry: AuditEntryText) -> Markup:
    if not entry.fields:
        return Html("{}").format(entry.what)
    lines = join_markup([_render_field(ctx, change) for change in entry.fields])
    if len(entry.fields) <= FIELDS_AT_ONCE:
        return Html("{}<ul>{}</ul>").format(entry.what, lines)
    more = ctx.t("audit.page.fields", count=len(entry.fields))
    return Html('<details class="hp-source"><summary>{}: {}</summary><ul>{}</ul></details>').format(
        entry.what, more, lines
    )


def _render_field(ctx: PageContext, change: FieldDifference) -> Markup:
    if not change.before:
        return Html("<li>{}: {}</li>").format(change.label, change.after)
    after = change.after or ctx.t("audit.page.empty")
    return Html("<li>{}: <del>{}</del> → {}</li>").format(change.label, change.before, after)


def _show_pager(ctx: PageContext, page: int, total: int) -> None:
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
            st.button(label, key=f"audit.{name}", disabled=off, on_click=_go_to_page, args=(to,))
        where = ctx.t("audit.page.page", page=page + 1, pages=last + 1)
        show_markup(Html('<p class="hp-under">{}</p>').format(where))


def _go_to_page(page: int) -> None:
    st.session_state["audit.page"] = page


def _show_downloads(ctx: PageContext, wanted: AuditFilter, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="audit.files"):
        st.download_button(
            ctx.t("audit.page.csv"),
            lambda: export_audit_csv(wanted, ctx.user),
            "nhat-ky.csv",
            "text/csv",
            key="audit.csv",
            disabled=not total,
            on_click="ignore",
        )
        if st.button(ctx.t("audit.page.check"), key="audit.check"):
            with st.spinner(ctx.t("audit.page.checking")):
                broken = find_broken_seal(ctx.user)
            if broken:
                st.error(ctx.t("audit.page.broken", number=broken))
            else:
                st.success(ctx.t("audit.page.whole"))
    if total > MAX_CSV_ROWS:
        st.info(ctx.t("audit.page.most", most=format_number(MAX_CSV_ROWS, 0, ctx.language)))

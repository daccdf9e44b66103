"""The accounts: who there is, what each may and where; and the table of permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.form_tokens import get_seen_token, refill_form
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets.tables import render_table
from store.accounts.account_passwords import set_password
from store.accounts.accounts import (
    Account,
    account_from_row,
    add_account,
    change_account,
    compute_account_token,
    end_all_sessions,
    list_accounts,
)
from store.db.schema_accounts import ROLES
from store.users.access_settings import load_access_settings
from store.users.areas import list_areas
from store.users.passwords import make_passphrase
from store.users.permissions import PERMISSIONS, get_action_label, list_roles
from store.users.users import Role

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext


NEW = "new"


def show_account_form(ctx: PageContext, key: str, row: dict[Any, Any] | None) -> Account | None:
    """Show the form of an account (``row`` of ``accounts()``, ``None`` for a new one).

    Return what was entered once it is sent, else ``None``.
    """
    named = list_areas(ctx.language)
    row = row or {"role": "viewer", "scopes": (), "sees_all": True, "active": True}
    with st.form(f"accounts.form-{key}", border=False):
        name = str(row.get("name", ""))
        if not name:
            name = st.text_input(
                _format_label(ctx, "name"), key=f"accounts.name-{key}", max_chars=60
            )
        left, right = st.columns(2)
        shown = left.text_input(
            _format_label(ctx, "shown"),
            row.get("shown", ""),
            key=f"accounts.shown-{key}",
            max_chars=80,
        )
        email = right.text_input(
            _format_label(ctx, "email"),
            row.get("email", ""),
            key=f"accounts.email-{key}",
            max_chars=190,
        )
        role: Role = st.selectbox(
            _format_label(ctx, "role"),
            [role for role in get_args(Role) if role in ROLES],
            index=ROLES.index(row["role"]),
            format_func=lambda role: ctx.t(f"permissions.role.{role}"),
            key=f"accounts.role-{key}",
        )
        scopes = st.multiselect(
            _format_label(ctx, "scopes"),
            list(named),
            [area for area in row["scopes"] if area in named],
            format_func=lambda area: named[area],
            placeholder=ctx.t("accounts.form.everywhere"),
            select_all=False,
            key=f"accounts.scopes-{key}",
        )
        own = st.checkbox(
            _format_label(ctx, "own_area"), not row["sees_all"], key=f"accounts.own-{key}"
        )
        active = st.checkbox(
            _format_label(ctx, "active"), row["active"], key=f"accounts.active-{key}"
        )
        label = ctx.t(f"accounts.form.{'make' if key == NEW else 'save'}")
        if not st.form_submit_button(label, type="primary"):
            return None
    return Account(name, role, shown, email, tuple(scopes), not own, active)


def _format_label(ctx: PageContext, name: str) -> str:
    return ctx.t(f"accounts.form.{name}")


_SEEN: Final = "accounts.seen"
DONE: Final = "accounts.done"
"""Where the session keeps what was just done, for one run."""


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.accounts")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("accounts.manage.title")))
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(escape_markdown(done[0]))
        if done[1]:
            st.code(done[1], language=None)
    rows = [
        {str(k): v for k, v in row.items()} for row in list_accounts(ctx.user).to_dict("records")
    ]
    if rows:
        show_markup(_render_table(ctx, rows))
    else:
        st.info(ctx.t("accounts.manage.none"))
    _show_change_form(ctx, rows)
    with st.expander(ctx.t("accounts.manage.add"), expanded=not rows, key="accounts.add"):
        made = show_account_form(ctx, NEW, None)
        if made is not None:
            _add_account(ctx, made)
    _show_permissions(ctx)


def _render_table(ctx: PageContext, rows: list[dict[str, Any]]) -> Markup:
    named = list_areas(ctx.language)
    head = [
        ctx.t(f"accounts.form.{name}")
        for name in ("name", "shown", "role", "scopes", "email", "state", "sessions")
    ]

    def where(row: dict[str, Any]) -> str:
        places = ", ".join(named.get(area, area[1]) for area in row["scopes"])
        own = "" if row["sees_all"] else f" ({ctx.t('accounts.form.own_area')})"
        return (places or ctx.t("accounts.form.everywhere")) + own

    def state(row: dict[str, Any]) -> str:
        if not row["active"]:
            return ctx.t("accounts.form.closed")
        return ctx.t(f"accounts.form.{'must_change' if row['must_change'] else 'open'}")

    return render_table(
        head,
        [
            [row["name"], row["shown"], ctx.t(f"permissions.role.{row['role']}"), where(row),
             row["email"], state(row), row["sessions"]]
            for row in rows
        ],
    )  # fmt: skip


def _show_change_form(ctx: PageContext, rows: list[dict[str, Any]]) -> None:
    """Offer to change one account, give it a new password, or end its sessions."""
    if not rows:
        return
    by_number = {int(row["id"]): row for row in rows}
    tokens = {
        number: compute_account_token(account_from_row(row)) for number, row in by_number.items()
    }
    seen = get_seen_token(_SEEN, "accounts.chosen", tokens)
    number = st.selectbox(
        ctx.t("accounts.manage.choose"),
        [0, *by_number],
        format_func=lambda choice: (
            f"{by_number[choice]['name']} – {by_number[choice]['shown']}"
            if choice
            else ctx.t("accounts.manage.nobody")
        ),
        key="accounts.chosen",
    )
    row = by_number.get(number)
    if row is None:
        return
    with st.container(border=True, key="accounts.one"):
        if seen != tokens[number]:
            st.info(ctx.t("accounts.manage.newer"))
        changed = show_account_form(ctx, f"{number}-{seen}", row)
        if changed is not None:
            refill_form(_SEEN)
            _run_action(
                ctx,
                "changed",
                row["name"],
                lambda: change_account(number, changed, ctx.user, seen=seen),
            )
        with st.container(horizontal=True, key="accounts.more"):
            if not load_access_settings().oidc and st.button(
                ctx.t("accounts.manage.password"), key="accounts.password"
            ):
                made = make_passphrase(str(row["name"]))
                _run_action(
                    ctx, "reset", row["name"], lambda: set_password(number, made, ctx.user), made
                )
            if st.button(ctx.t("accounts.manage.end"), key="accounts.end"):
                _run_action(ctx, "ended", row["name"], lambda: end_all_sessions(number, ctx.user))


def _add_account(ctx: PageContext, account: Account) -> None:
    password = "" if load_access_settings().oidc else make_passphrase(account.name)
    _run_action(
        ctx, "added", account.name, lambda: add_account(account, password, ctx.user), password
    )


def _run_action(ctx: PageContext, done: str, name: str, act: Any, secret: str = "") -> None:
    """Do it and say so, with a password shown this once; or say why it was not done."""
    try:
        act()
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    message = ctx.t(f"accounts.manage.{done}", name=name)
    once = f" {ctx.t('accounts.manage.once')}" if secret else ""
    st.session_state[DONE] = (message + once, secret)
    st.rerun()


def _show_permissions(ctx: PageContext) -> None:
    """Show who may do what, where, and why."""
    show_markup(Html("<h2>{}</h2>").format(ctx.t("accounts.manage.permissions")))
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("accounts.manage.deny")))
    yes = Html('<span title="{0}" aria-label="{0}">✓</span>').format(ctx.t("audit.flag.yes"))
    rows = []
    for name, permission in PERMISSIONS.items():
        limits = ("scoped", "whole", "everywhere")
        parts = [ctx.t(f"permissions.why.{name}")]
        parts += [
            ctx.t(f"accounts.manage.{limit}") for limit in limits if getattr(permission, limit)
        ]
        marks = [yes if role in list_roles(name) else "" for role in ("visitor", *ROLES)]
        rows.append([get_action_label(name, ctx.language), *marks, " ".join(parts)])
    head = [ctx.t("accounts.manage.action")]
    head += [ctx.t(f"permissions.role.{role}") for role in ("visitor", *ROLES)]
    show_markup(render_table([*head, ctx.t("accounts.manage.why")], rows))

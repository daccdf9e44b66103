"""The accounts: who there is, what each may and where; and the table of permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

import streamlit as st

from geo.errors import ProjectMapError
from pages.carried import see_anew, seen_of_chosen
from pages.shell.html import Html, plain, show
from pages.widgets.tables import markup_table
from store.accounts.accounts import (
    Account,
    account_of,
    account_token,
    accounts,
    add_account,
    change_account,
    end_all_sessions,
    set_password,
)
from store.db.schema_accounts import ROLES
from store.users.access_settings import access
from store.users.areas import areas
from store.users.passwords import made_passphrase
from store.users.permissions import PERMISSIONS, label, roles_of
from store.users.users import Role

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import Context


NEW = "new"


def ask_account(ctx: Context, key: str, row: dict[Any, Any] | None) -> Account | None:
    """Show the form of an account (``row`` of ``accounts()``, ``None`` for a new one).

    Return what was entered once it is sent, else ``None``.
    """
    named = areas(ctx.language)
    row = row or {"role": "viewer", "scopes": (), "sees_all": True, "active": True}
    with st.form(f"accounts.form-{key}", border=False):
        name = str(row.get("name", ""))
        if not name:
            name = st.text_input(_label(ctx, "name"), key=f"accounts.name-{key}", max_chars=60)
        left, right = st.columns(2)
        shown = left.text_input(
            _label(ctx, "shown"), row.get("shown", ""), key=f"accounts.shown-{key}", max_chars=80
        )
        email = right.text_input(
            _label(ctx, "email"), row.get("email", ""), key=f"accounts.email-{key}", max_chars=190
        )
        role: Role = st.selectbox(
            _label(ctx, "role"),
            [one for one in get_args(Role) if one in ROLES],
            index=ROLES.index(row["role"]),
            format_func=lambda one: ctx.t(f"permissions.role.{one}"),
            key=f"accounts.role-{key}",
        )
        scopes = st.multiselect(
            _label(ctx, "scopes"),
            list(named),
            [area for area in row["scopes"] if area in named],
            format_func=lambda area: named[area],
            placeholder=ctx.t("accounts.form.everywhere"),
            key=f"accounts.scopes-{key}",
        )
        own = st.checkbox(_label(ctx, "own_area"), not row["sees_all"], key=f"accounts.own-{key}")
        active = st.checkbox(_label(ctx, "active"), row["active"], key=f"accounts.active-{key}")
        label = ctx.t(f"accounts.form.{'make' if key == NEW else 'save'}")
        if not st.form_submit_button(label, type="primary"):
            return None
    return Account(name, role, shown, email, tuple(scopes), not own, active)


def _label(ctx: Context, name: str) -> str:
    return ctx.t(f"accounts.form.{name}")


_SEEN: Final = "accounts.seen"
DONE: Final = "accounts.done"
"""Where the session keeps what was just done, for one run."""


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.accounts")
    show(Html("<h2>{}</h2>").format(ctx.t("accounts.manage.title")))
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(plain(done[0]))
        if done[1]:
            st.code(done[1], language=None)
    rows = [{str(k): v for k, v in row.items()} for row in accounts(ctx.user).to_dict("records")]
    if rows:
        show(_table(ctx, rows))
    else:
        st.info(ctx.t("accounts.manage.none"))
    _change(ctx, rows)
    with st.expander(ctx.t("accounts.manage.add"), expanded=not rows, key="accounts.add"):
        made = ask_account(ctx, NEW, None)
        if made is not None:
            _add(ctx, made)
    _permissions(ctx)


def _table(ctx: Context, rows: list[dict[str, Any]]) -> Markup:
    named = areas(ctx.language)
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

    return markup_table(
        head,
        [
            [row["name"], row["shown"], ctx.t(f"permissions.role.{row['role']}"), where(row),
             row["email"], state(row), row["sessions"]]
            for row in rows
        ],
    )  # fmt: skip


def _change(ctx: Context, rows: list[dict[str, Any]]) -> None:
    """Offer to change one account, give it a new password, or end its sessions."""
    if not rows:
        return
    by_number = {int(row["id"]): row for row in rows}
    tokens = {number: account_token(account_of(row)) for number, row in by_number.items()}
    seen = seen_of_chosen(_SEEN, "accounts.chosen", tokens)
    number = st.selectbox(
        ctx.t("accounts.manage.choose"),
        [0, *by_number],
        format_func=lambda one: (
            plain(f"{by_number[one]['name']} – {by_number[one]['shown']}")
            if one
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
        changed = ask_account(ctx, f"{number}-{seen}", row)
        if changed is not None:
            see_anew(_SEEN)
            _try(
                ctx,
                "changed",
                row["name"],
                lambda: change_account(number, changed, ctx.user, seen=seen),
            )
        with st.container(horizontal=True, key="accounts.more"):
            if not access().oidc and st.button(
                ctx.t("accounts.manage.password"), key="accounts.password"
            ):
                made = made_passphrase()
                _try(ctx, "reset", row["name"], lambda: set_password(number, made, ctx.user), made)
            if st.button(ctx.t("accounts.manage.end"), key="accounts.end"):
                _try(ctx, "ended", row["name"], lambda: end_all_sessions(number, ctx.user))


def _add(ctx: Context, account: Account) -> None:
    password = "" if access().oidc else made_passphrase()
    _try(ctx, "added", account.name, lambda: add_account(account, password, ctx.user), password)


def _try(ctx: Context, done: str, name: str, act: Any, secret: str = "") -> None:
    """Do it and say so, with a password shown this once; or say why it was not done."""
    try:
        act()
    except ProjectMapError as fault:
        st.error(plain(fault))
        return
    told = ctx.t(f"accounts.manage.{done}", name=name)
    once = f" {ctx.t('accounts.manage.once')}" if secret else ""
    st.session_state[DONE] = (told + once, secret)
    st.rerun()


def _permissions(ctx: Context) -> None:
    """Show who may do what, where, and why."""
    show(Html("<h2>{}</h2>").format(ctx.t("accounts.manage.permissions")))
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("accounts.manage.deny")))
    yes = Html('<span title="{0}" aria-label="{0}">✓</span>').format(ctx.t("audit.flag.yes"))
    rows = []
    for name, permission in PERMISSIONS.items():
        limits = ("scoped", "whole", "everywhere")
        parts = [ctx.t(f"permissions.why.{name}")]
        parts += [ctx.t(f"accounts.manage.{one}") for one in limits if getattr(permission, one)]
        marks = [yes if role in roles_of(name) else "" for role in ("visitor", *ROLES)]
        rows.append([label(name, ctx.language), *marks, " ".join(parts)])
    head = [ctx.t("accounts.manage.action")]
    head += [ctx.t(f"permissions.role.{role}") for role in ("visitor", *ROLES)]
    show(markup_table([*head, ctx.t("accounts.manage.why")], rows))

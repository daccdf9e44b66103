"""One account in a form: its role, its area, whether it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from store.accounts import Account
from store.areas import areas
from store.people import Role
from store.schema_accounts import ROLES

if TYPE_CHECKING:
    from pages.frame import Context

NEW = "new"


def ask_account(ctx: Context, key: str, row: dict[Any, Any] | None) -> Account | None:
    """Show the form of an account (``row`` of ``store.accounts.accounts``, ``None`` for a new one).

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

"""What all pages share: who reads, their language, the facts, the look of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from geo.errors import ProjectMapError
from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, format_date, t, use_language
from layers.leaflet.asset_files import ASSETS
from pages.shell.html import Html, escape_markdown, show_markup
from store.facts.facts import load_facts, narrow_facts_to_user
from store.users.permissions import is_allowed, require_permission
from store.users.users import VISITOR
from web.access_middleware import OWN, SIGN_IN
from web.request_user import COOKIE, find_user_by_token

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from store.facts.facts import Facts
    from store.users.users import User


def show_fault(fault: Exception) -> bool:
    """Show a fault and return that it was shown.

    A fault that was meant for whoever reads says itself what to do. For any other the reader is
    told how to go on; what happened is for the operator, in the log, where Streamlit writes it.
    """
    message = escape_markdown(fault) if isinstance(fault, ProjectMapError) else None
    st.error(message or t("pages.fault.unexpected", find_reader_language()))
    return True


_STYLE: Final = Path(__file__).with_name("assets") / "page.css"
_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class PageContext:
    """What a page is given: its language, who reads it, and the facts that they may read."""

    language: str
    facts: Facts
    user: User = VISITOR

    def t(self, key: str, **values: object) -> str:
        """Return a text of the catalogue in the reader's language."""
        return t(key, self.language, **values)

    def list_names(self, names: Sequence[str], most: int) -> str:
        """Return names with commas; of more than ``most``, the first and how many others."""
        listed = ", ".join(names[:most])
        left = len(names) - most
        return self.t("pages.list.more", names=listed, count=left) if left > 0 else listed

    def may(self, action: str, communes: Collection[str] | None = None) -> bool:
        """Return True if the reader may do something (there)."""
        return is_allowed(self.user, action, communes)

    def require(self, action: str) -> None:
        """Raise ``NotAllowedError`` unless the reader may; every page asks before anything else."""
        require_permission(self.user, action)

    def moment(self, text: str) -> str:
        """Return a moment (ISO, UTC) as the day and time in Hải Phòng."""
        local = clock.to_local_time(datetime.fromisoformat(text))
        return f"{format_date(local.date(), self.language)} {local:%H:%M}"


def open_page() -> PageContext | None:
    """Set the page up and return its context, ``None`` for who may not see any page.

    Called once per run, before anything is shown.
    """
    language = find_reader_language()
    use_language(language)
    st.set_page_config(
        page_title=t("pages.nav.product", language),
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(str(ASSETS / "logo.svg"), size="large")
    st.html(_STYLE)
    token = st.context.cookies.get(COOKIE, "")
    user = find_user_by_token(
        token if isinstance(token, str) else ""
    )  # without a browser it is anything
    _reset_session_for_new_user(user)
    if user is None or user.must_change:
        return None
    _show_user(language, user)
    return PageContext(language=language, facts=narrow_facts_to_user(load_facts(), user), user=user)


def _reset_session_for_new_user(user: User | None) -> None:
    """Discard what the page kept for somebody else: a browser may take up an older page."""
    who = user.name if user is not None else ""
    if st.session_state.setdefault("frame.user", who) != who:
        st.session_state.clear()
        st.session_state["frame.user"] = who


def _show_user(language: str, user: User) -> None:
    """Show who is signed in, at the top of the page; it leads to signing out."""
    if user.standing == "account":
        title = t(f"permissions.role.{user.role}", language)
        show_markup(
            Html('<a class="hp-user" href="{}" target="_self" title="{}">{}</a>').format(
                OWN, title, user.shown
            )
        )
    elif user.standing == "visitor":
        show_markup(
            Html('<a class="hp-user" href="{}" target="_self">{}</a>').format(
                SIGN_IN, t("accounts.page.title", language)
            )
        )


def choose_language(ctx: PageContext) -> None:
    """Offer the other languages."""
    st.selectbox(
        ctx.t("pages.nav.language"),
        LANGUAGES,
        index=LANGUAGES.index(ctx.language),
        format_func=lambda code: _NAMES[code],
        key="frame.language",
        on_change=_keep_language,
    )


def _keep_language() -> None:
    st.session_state["frame.kept"] = st.session_state["frame.language"]
    st.query_params["lang"] = st.session_state["frame.language"]


def find_reader_language() -> str:
    """Return the language that the reader chose, or the address asks for."""
    language = st.session_state.get("frame.kept") or st.query_params.get("lang", "")
    return language if language in LANGUAGES else DEFAULT_LANGUAGE

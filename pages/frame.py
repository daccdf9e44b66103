"""What all pages share: the reader's language, the facts, the look of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, day, t
from store.facts import load_facts

if TYPE_CHECKING:
    from store.facts import Facts

_ASSETS: Final = Path(__file__).resolve().parent.parent / "layers" / "assets"
_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Context:
    """What a page is given: the language it speaks and the facts it shows."""

    language: str
    facts: Facts

    def t(self, key: str, **values: object) -> str:
        """Return a text of the catalogue in the reader's language."""
        return t(key, self.language, **values)

    def moment(self, text: str) -> str:
        """Return a moment (ISO, UTC) as this machine's day and time."""
        local = datetime.fromisoformat(text).astimezone()
        return f"{day(local.date(), self.language)} {local:%H:%M}"


def open_page() -> Context:
    """Set the page up and return its context. Called once per run, before anything is shown."""
    language = _language()
    st.set_page_config(
        page_title=t("pages.nav.product", language),
        page_icon=str(_ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(str(_ASSETS / "logo.svg"), size="large")
    st.html(_ASSETS / "page.css")
    return Context(language=language, facts=load_facts())


def choose_language(ctx: Context) -> None:
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


def _language() -> str:
    kept = st.session_state.get("frame.kept") or st.query_params.get("lang", "")
    return kept if kept in LANGUAGES else DEFAULT_LANGUAGE

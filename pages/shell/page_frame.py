"""What is round every page: its title, the language, the menu's current page, links inside.

Streamlit's own words are English only; a script in the browser puts those of the catalogue in
their place (``data/text/*/frame.toml``) and follows links from page to page in the open session.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.i18n import LANGUAGES, load_catalogue, t
from pages.shell.context import keep_language
from pages.shell.html import Html, show_markup
from web.access_middleware import OWN, SIGN_IN
from web.request_user import carry_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.navigation.page import StreamlitPage

    from store.users.users import User

_KEY: Final = "frame.script"
_KEPT: Final = ("frame.", "recent.")
"""What of a session another page's view begins with; everything else stands in its address."""
_MARK: Final = "inside"
"""In the address of a link that was followed without a new document, until its page begins."""
_SCRIPT: Final = (Path(__file__).with_name("assets") / "frame.js").read_text("utf-8")
_FRAME: Final = st.components.v2.component("hpmap_frame", js=_SCRIPT)
_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}


def show_page_frame(
    page: StreamlitPage,
    pages: Mapping[str, Sequence[StreamlitPage]],
    language: str,
    user: User | None,
) -> None:
    """Show a page's title and language, and let its links be followed without a new document."""
    paths = sorted(entry.url_path for entries in pages.values() for entry in entries)
    section = next((title for title, entries in pages.items() if title and page in entries), "")
    set_page_title(page.title, language)
    with st.container(key="frame"):
        _FRAME(
            key=_KEY,
            data=_describe_frame(page.url_path, section, paths, language),
            on_language_change=_keep_language,
        )
        show_markup(_render_corner(page.title, language, user))


def set_page_title(title: str, language: str) -> None:
    """Name what the page shows in the browser's tab."""
    st.set_page_config(page_title=f"{title} – {t('pages.nav.product', language)}")


def begin_link() -> None:
    """Begin the page of a link with nothing but its address, as a new document would.

    Called before anything of the page is made.
    """
    if st.query_params.pop(_MARK, None):
        for key in [key for key in st.session_state if not str(key).startswith(_KEPT)]:
            del st.session_state[key]


def _keep_language() -> None:
    language = getattr(st.session_state.get(_KEY), "language", None)
    if language in LANGUAGES:
        keep_language(str(language))


def _describe_frame(current: str, section: str, paths: list[str], language: str) -> dict[str, Any]:
    translated = language != "en"
    return {
        "language": language,
        "current": current,
        "section": section,
        "paths": paths,
        "mark": _MARK,
        "menu": t("frame.page.menu", language),
        "words": _pair_texts("frame.word.", language) if translated else [],
        "patterns": _pair_texts("frame.pattern.", language) if translated else [],
    }


def _pair_texts(section: str, language: str) -> list[tuple[str, str]]:
    """Return Streamlit's words, which are the English texts, each with those of the language."""
    texts = load_catalogue(language)
    return [
        (text, texts[key])
        for key, text in load_catalogue("en").items()
        if key.startswith(section) and key in texts
    ]


def _render_corner(title: str, language: str, user: User | None) -> Html:
    """Return the page's heading for who hears it, the other language, and who is signed in."""
    other = next(code for code in LANGUAGES if code != language)
    return Html(
        '<h1 class="hp-hidden">{}</h1><div class="hp-corner">'
        '<a class="hp-language" href="?lang={}" lang="{}" target="_self" title="{}">'
        '<span class="hp-wide">{}</span><span class="hp-narrow">{}</span></a>{}</div>'
    ).format(title, other, other, _NAMES[other], _NAMES[other], other.upper(),
             _render_user(language, user))  # fmt: skip


def _render_user(language: str, user: User | None) -> Html:
    """Return who is signed in, which leads to signing out; or where to sign in."""
    if user is not None and user.standing == "account":
        role = t(f"permissions.role.{user.role}", language)
        return Html('<a class="hp-user" href="{}" target="_self" title="{}">{}</a>').format(
            carry_language(OWN, language), role, user.shown
        )
    if user is not None and user.standing == "visitor":
        return Html('<a class="hp-user" href="{}" target="_self">{}</a>').format(
            carry_language(SIGN_IN, language), t("accounts.page.title", language)
        )
    return Html("")

"""The one page for a browser that may see no other: it leads to the way in."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geo.i18n import t
from layers.guard import SIGN_IN
from pages.safe import Html, show


def render() -> None:
    """Show the page."""
    wanted = urlencode({"next": st.query_params.get("next", "/")})
    show(
        Html('<p>{}</p><p><a target="_self" href="{}?{}">{}</a></p>').format(
            t("accounts.page.why"), SIGN_IN, wanted, t("accounts.page.title")
        )
    )

"""The one page for a browser that may see no other: it leads to the way in.

Where people sign in at the organisation's provider, they come back here: the address that the
provider vouches for is looked up, and the browser is sent on to begin a session of our own.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAuthError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, t
from layers.leaflet.asset_files import PREFIX
from pages.shell.html import Html, escape_markdown, show_markup
from store.accounts.accounts import find_account_by_email
from store.accounts.sessions import issue_ticket
from store.users.access_settings import load_access_settings
from web.access_middleware import SIGN_IN
from web.oidc import VerifiedEmail, verify_email
from web.page_templates import PROVIDER_OUT
from web.request_user import carry_language

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOG: Final = logging.getLogger(__name__)


def show_page() -> None:
    """Show the page."""
    claims = _read_claims() if load_access_settings().oidc else {}
    verified = (
        verify_email(claims, time.time(), trust_email=load_access_settings().trust_email)
        if claims
        else None
    )
    if verified is not None and verified.fault != "stale":
        _start_session(verified)
    elif load_access_settings().oidc and st.query_params.get("vao"):
        _ask_provider()
    else:
        way = carry_language(SIGN_IN, _read_language())
        _show_link(way, _say("why"), _say("title"))


def _ask_provider() -> None:
    """Send the browser to the provider; say so where its settings are not there or not right."""
    try:
        st.login()
    except StreamlitAuthError:
        _LOG.exception("the provider's settings in .streamlit/secrets.toml")
        st.error(_say("no_provider"))


def _read_claims() -> Mapping[str, object]:
    """Return what the provider said of whoever signed in there, nothing for nobody."""
    user = st.user.to_dict()
    return user if user.get("is_logged_in") else {}


def _start_session(verified: VerifiedEmail) -> None:
    """Send the browser on to a session of its own, or say why there is none for it."""
    account = 0 if verified.fault else find_account_by_email(verified.email)
    if not account:
        key = verified.fault or "no_account"
        st.error(escape_markdown(_say(key, email=verified.email)))
        _show_link(PROVIDER_OUT, "", _say("other"))
        return
    address = f"/{PREFIX}/enter?{urlencode({'ticket': issue_ticket(account)})}"
    _show_link(address, "", _say("go_on"))
    context = get_script_run_ctx()
    if context is not None:  # as st.login does it: the browser goes there by itself
        message = ForwardMsg()
        message.auth_redirect.url = address
        context.enqueue(message)


def _read_language() -> str:
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _say(key: str, **values: str) -> str:
    return t(f"accounts.page.{key}", _read_language(), **values)


def _show_link(address: str, why: str, label: str) -> None:
    show_markup(
        Html('<p>{}</p><p><a target="_self" href="{}">{}</a></p>').format(why, address, label)
    )

"""How people come in, as the operator set it: with accounts or alone, from where, for how long."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Final

from geo.i18n import get_reader_language, t
from store.db.errors import AccountError

ON: Final = frozenset({"1", "true", "yes", "on"})
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]+\]")
SESSION_HOURS: Final = 12
MAX_SESSION_HOURS: Final = 24 * 31


@dataclass(frozen=True)
class AccessSettings:
    """The settings of access.

    ``accounts_required``: nobody comes in without an account, even before the first one is made.
    ``public_reading``: who has not signed in may read what the table of permissions gives visitors.
    ``hosts``: names under which the server answers besides this machine's own.
    ``behind_proxy``: the caller's address and scheme are what a proxy on this machine says.
    ``oidc``: people sign in at the organisation's provider (``st.login``), not with a password.
    ``trust_email``: that provider vouches for addresses without saying so of each.
    """

    accounts_required: bool = False
    public_reading: bool = False
    hosts: frozenset[str] = frozenset()
    behind_proxy: bool = False
    oidc: bool = False
    trust_email: bool = False
    session_hours: int = SESSION_HOURS


def load_access_settings() -> AccessSettings:
    """Return the settings that the environment holds.

    Raises ``AccountError`` for one that cannot be meant, rather than guess at who may come in.
    """
    hosts = frozenset(_parse_hosts(os.environ.get("HPMAP_ALLOWED_HOSTS", "")))
    oidc = os.environ.get("HPMAP_SIGN_IN", "password").strip().lower()
    if oidc not in {"password", "oidc"}:
        raise AccountError(
            t(
                "accounts.fault.setting",
                get_reader_language(),
                name="HPMAP_SIGN_IN",
                value=oidc[:40],
            )
        )
    return AccessSettings(
        accounts_required=_is_on("HPMAP_ACCOUNTS_REQUIRED") or bool(hosts),
        public_reading=_is_on("HPMAP_PUBLIC_READING"),
        hosts=hosts,
        behind_proxy=_is_on("HPMAP_BEHIND_PROXY"),
        oidc=oidc == "oidc",
        trust_email=_is_on("HPMAP_OIDC_TRUST_EMAIL"),
        session_hours=_read_session_hours(),
    )


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in ON


def _parse_hosts(text: str) -> list[str]:
    names = [part.strip().lower() for part in text.split(",") if part.strip()]
    for name in names:
        if not _HOST.fullmatch(name):
            fault = t(
                "accounts.fault.setting",
                get_reader_language(),
                name="HPMAP_ALLOWED_HOSTS",
                value=name[:40],
            )
            raise AccountError(fault)
    return names


def _read_session_hours() -> int:
    text = os.environ.get("HPMAP_SESSION_HOURS", "").strip() or str(SESSION_HOURS)
    if not text.isdecimal() or not 1 <= int(text) <= MAX_SESSION_HOURS:
        fault = t(
            "accounts.fault.setting",
            get_reader_language(),
            name="HPMAP_SESSION_HOURS",
            value=text[:40],
        )
        raise AccountError(fault)
    return int(text)

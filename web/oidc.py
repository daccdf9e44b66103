"""Who the organisation's provider says somebody is, and whether that is enough to come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

FRESH_SECONDS: Final = 300
"""How old what the provider said may be. The browser keeps it for weeks; our own session is what
lasts, so a person whom the provider no longer knows does not come back in."""

_AHEAD_SECONDS: Final = 60


@dataclass(frozen=True)
class VerifiedEmail:
    """The address that the provider vouches for, or why there is none.

    ``fault``: ``stale`` (ask the provider again), ``no_email``, ``unverified`` or ''.
    """

    email: str
    fault: Literal["", "stale", "no_email", "unverified"] = ""


def verify_email(
    claims: Mapping[str, Any], now: float, *, trust_email: bool = False
) -> VerifiedEmail:
    """Return the address that claims of an ID token vouch for at a moment (seconds of the epoch).

    An address counts only when the provider has verified it, or the operator says that it always
    does (``trust_email``).
    """
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return VerifiedEmail("", "stale")
    if not -_AHEAD_SECONDS <= now - issued <= FRESH_SECONDS:
        return VerifiedEmail("", "stale")
    email = claims.get("email")
    if not isinstance(email, str) or "@" not in email:
        return VerifiedEmail("", "no_email")
    if not trust_email and claims.get("email_verified") is not True:
        return VerifiedEmail(email, "unverified")
    return VerifiedEmail(email)

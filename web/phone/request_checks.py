"""Who asks, whether they may, and what they sent: the checks before any route of the phone acts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, reader_language, t
from store.users.permissions import may
from web.request_user import headers_of, same_origin, user_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

    from store.users.users import User

OWN_HEADER: Final = "x-hpmap-phone"
"""Sent by our page with every request: another site's form cannot add a header."""

PERMISSION: Final = "phone.use"
_MB: Final = 1_000_000


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is answered with a refusal: its status, a word for it, and the reason."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message

    def answer(self) -> Response:
        """Return the refusal as JSON."""
        return told({"error": self.error, "message": self.message}, self.status)


def told(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return an answer that no cache keeps."""
    return JSONResponse(data, status, {"Cache-Control": "no-store", **(headers or {})})


def language_of(request: Request) -> str:
    """Return the language asked for."""
    asked = request.query_params.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def require_user(request: Request) -> User:
    """Return who asks. Raises ``Refused``: 401 for nobody, 403 for who may not use the phone."""
    user = user_of(request)
    if user is None or user.standing == "visitor":
        raise Refused(401, "sign_in", t("phone.fault.sign_in", reader_language()))
    if user.must_change:
        raise Refused(403, "must_change", t("phone.page.must_change", reader_language()))
    if not may(user, PERMISSION):
        raise Refused(403, "not_allowed", t("phone.fault.not_allowed", reader_language()))
    return user


def require_own_page(request: Request) -> None:
    """Raise ``Refused`` (403) unless our own page sent the request.

    Browsers say which site a request comes from; a program that says nothing must still send the
    header that no other site's page can.
    """
    headers = headers_of(request.scope)
    if not same_origin(headers) or headers.get(OWN_HEADER) != "1":
        raise Refused(403, "other_site", t("phone.fault.other_site", reader_language()))


def require_kind(request: Request, allowed: Collection[str]) -> str:
    """Return the type of what was sent. Raises ``Refused`` (415) for one not allowed."""
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found not in allowed:
        expected = ", ".join(sorted(allowed))
        raise Refused(
            415,
            "kind",
            t("phone.fault.kind", reader_language(), found=found[:60], expected=expected),
        )
    return found


async def body_of(request: Request, limit: int) -> bytes:
    """Return what was sent. Raises ``Refused`` (413) as soon as it is more than ``limit`` bytes."""
    said = request.headers.get("content-length", "0")
    too_large = Refused(
        413, "too_large", t("phone.fault.too_large", reader_language(), limit=_size(limit))
    )
    if not said.isdecimal() or int(said) > limit:
        raise too_large
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > limit:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def hash_of(body: bytes) -> str:
    """Return the SHA-256 of what was sent."""
    return hashlib.sha256(body).hexdigest()


def _size(limit: int) -> str:
    return f"{limit / _MB:g} MB" if limit >= _MB else f"{limit * 1000 / _MB:g} kB"

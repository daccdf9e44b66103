"""Who asks, whether they may, and what they sent: the checks before any route of the phone acts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from geo.i18n import get_reader_language, t
from store.users.permissions import is_allowed
from web.request_user import get_request_user, is_same_origin, read_headers

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

    from store.users.users import User

OWN_HEADER: Final = "x-hpmap-phone"
"""Sent by our page with every request: another site's form cannot add a header."""

PERMISSION: Final = "phone.use"
_MB: Final = 1_000_000


class RequestRefusedError(Exception):
    """A request that is answered with a refusal: its status, a word for it, and the reason."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message

    def answer(self) -> Response:
        """Return the refusal as JSON."""
        return make_json_response({"error": self.error, "message": self.message}, self.status)


def make_json_response(
    data: Any, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Return an answer that no cache keeps."""
    return JSONResponse(data, status, {"Cache-Control": "no-store", **(headers or {})})


def require_user(request: Request) -> User:
    """Return who asks; ``RequestRefusedError`` 401 for nobody, 403 without the right."""
    user = get_request_user(request)
    if user is None or user.standing == "visitor":
        raise RequestRefusedError(401, "sign_in", t("phone.fault.sign_in", get_reader_language()))
    if user.must_change:
        raise RequestRefusedError(
            403, "must_change", t("phone.page.must_change", get_reader_language())
        )
    if not is_allowed(user, PERMISSION):
        raise RequestRefusedError(
            403, "not_allowed", t("phone.fault.not_allowed", get_reader_language())
        )
    return user


def require_own_page(request: Request) -> None:
    """Raise ``RequestRefusedError`` (403) unless our own page sent the request.

    Browsers say which site a request comes from; a program that says nothing must still send the
    header that no other site's page can.
    """
    headers = read_headers(request.scope)
    if not is_same_origin(headers) or headers.get(OWN_HEADER) != "1":
        raise RequestRefusedError(
            403, "other_site", t("phone.fault.other_site", get_reader_language())
        )


def require_content_type(request: Request, allowed: Collection[str]) -> str:
    """Return the type of what was sent; ``RequestRefusedError`` (415) if not allowed."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in allowed:
        expected = ", ".join(sorted(allowed))
        raise RequestRefusedError(
            415,
            "kind",
            t(
                "phone.fault.kind",
                get_reader_language(),
                found=content_type[:60],
                expected=expected,
            ),
        )
    return content_type


async def read_body(request: Request, limit: int) -> bytes:
    """Return what was sent. Raises ``RequestRefusedError`` (413) past ``limit`` bytes."""
    declared_length = request.headers.get("content-length", "0")
    too_large = RequestRefusedError(
        413,
        "too_large",
        t("phone.fault.too_large", get_reader_language(), limit=_format_size(limit)),
    )
    if not declared_length.isdecimal() or int(declared_length) > limit:
        raise too_large
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > limit:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def hash_body(body: bytes) -> str:
    """Return the SHA-256 of what was sent."""
    return hashlib.sha256(body).hexdigest()


def _format_size(limit: int) -> str:
    return f"{limit / _MB:g} MB" if limit >= _MB else f"{limit * 1000 / _MB:g} kB"

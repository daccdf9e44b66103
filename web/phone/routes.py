"""The addresses of the field page: its files for everybody, its data for who may, one by one."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.errors import ProjectMapError
from geo.i18n import get_reader_language, t
from layers.details.places import load_label_points
from layers.leaflet.asset_files import PREFIX
from store.db.errors import NotAllowedError, PhotoError, VisitError
from store.facts.facts import load_facts
from store.facts_cache import cache_on_facts
from store.visits.photos import read_photo_content, store_photo
from store.visits.quality_flags import load_field_limits
from store.visits.record import UnknownVisitError, confirm_stored_visits, record_visit
from web.phone import app_shell
from web.phone.project_list import build_phone_data
from web.phone.request_checks import (
    RequestRefusedError,
    hash_body,
    make_json_response,
    read_body,
    require_content_type,
    require_own_page,
    require_user,
)
from web.phone.visit_payload import (
    is_hash,
    is_version_id,
    read_json,
    read_recorded_by,
    read_version_ids,
    read_visit,
)
from web.request_user import get_request_user, read_language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from store.users.users import User
    from store.visits.read import StoredVisit

_LOG = logging.getLogger(__name__)

MAX_VISIT_BYTES: Final = 64_000
MAX_CONFIRM_BYTES: Final = 16_000
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ROOT: Final = f"/{PREFIX}/phone"
_PHOTO_KINDS: Final = frozenset(
    {"image/jpeg", "image/png", "image/webp", "application/octet-stream"}
)
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types hpmap-phone"
    ),
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""Nothing but our own files acts or is asked, and no text can become a script."""

_PHOTO_HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def build_phone_routes() -> list[Route]:
    """Return the routes of the field page and of visits' photos."""
    get, post = ["GET"], ["POST"]
    return [
        Route(_ROOT, _redirect_to_page, methods=get),
        Route(f"{_ROOT}/", _serve_page, methods=get),
        Route(f"{_ROOT}/sw.js", _serve_worker, methods=get),
        Route(f"{_ROOT}/manifest.webmanifest", _serve_manifest, methods=get),
        Route(f"{_ROOT}/data", _handle_refusals(_serve_data), methods=get),
        Route(f"{_ROOT}/visits", _handle_refusals(_receive_visit), methods=post),
        Route(f"{_ROOT}/visits/{{held}}/photos", _handle_refusals(_receive_photo), methods=post),
        Route(f"{_ROOT}/confirm", _handle_refusals(_confirm_visits), methods=post),
        Route(f"{_ROOT}/{{version}}/{{name}}", _serve_file, methods=get),
        Route(f"/{PREFIX}/photo/{{photo}}", _serve_photo, methods=get),
        Route(f"/{PREFIX}/photo/{{photo}}/thumb", _serve_thumbnail, methods=get),
    ]


def _handle_refusals(
    route: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Return a route whose refusals and faults are answered as JSON with what to do."""

    @wraps(route)
    async def answered(request: Request) -> Response:
        try:
            answer = await route(request)
        except RequestRefusedError as refusal:
            answer = refusal.answer()
        except NotAllowedError as fault:
            answer = RequestRefusedError(403, "not_allowed", str(fault)).answer()
        except UnknownVisitError as fault:
            answer = RequestRefusedError(404, "no_visit", str(fault)).answer()
        except (PhotoError, VisitError) as fault:
            answer = RequestRefusedError(422, "content", str(fault)).answer()
        except ProjectMapError:
            _LOG.exception("the phone was not answered")
            answer = RequestRefusedError(
                503, "broken", t("phone.fault.broken", get_reader_language())
            ).answer()
        answer.headers.update(_HEADERS)
        return answer

    return answered


async def _redirect_to_page(request: Request) -> Response:
    query = request.url.query
    return RedirectResponse(f"{_ROOT}/?{query}" if query else f"{_ROOT}/", 308)


async def _serve_page(_request: Request) -> Response:
    headers = {"Cache-Control": "no-cache", **_HEADERS}
    return Response(app_shell.build_page(), media_type="text/html; charset=utf-8", headers=headers)


async def _serve_worker(_request: Request) -> Response:
    headers = {"Cache-Control": "no-cache", **_HEADERS}
    return Response(
        app_shell.build_worker(), media_type="text/javascript; charset=utf-8", headers=headers
    )


async def _serve_manifest(_request: Request) -> Response:
    headers = {"Cache-Control": "no-cache", **_HEADERS}
    return Response(
        app_shell.build_manifest(), media_type="application/manifest+json", headers=headers
    )


async def _serve_file(request: Request) -> Response:
    name = request.path_params["name"]
    shell_file = app_shell.find_shell_file(name)
    if shell_file is None or request.path_params["version"] != app_shell.compute_shell_version():
        return Response(status_code=404, headers=_HEADERS)
    body, kind = shell_file
    headers = {"Cache-Control": _FOR_GOOD, **_HEADERS}
    if kind != "image/png":
        body = app_shell.compress_shell_file(name)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, media_type=kind, headers=headers)


async def _serve_data(request: Request) -> Response:
    user = require_user(request)
    language = read_language(request)
    data = await asyncio.to_thread(_load_phone_data, user, language)
    etag = f'"{hash_body(bytes(JSONResponse(data).body))[:32]}"'
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie", "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return make_json_response(
        data | {"at": datetime.now(UTC).isoformat(timespec="seconds")}, headers=headers
    )


def _load_phone_data(user: User, language: str) -> dict[str, Any]:
    facts = load_facts()
    points = load_label_points()
    return _build_phone_data(facts, user, language, tuple(sorted(points.items())))


@cache_on_facts(most=8)
def _build_phone_data(facts: Any, user: User, language: str, points: Any) -> dict[str, Any]:
    return build_phone_data(facts, user, dict(points), language=language)


async def _receive_visit(request: Request) -> Response:
    require_own_page(request)
    user = require_user(request)
    require_content_type(request, {"application/json"})
    body = await read_body(request, MAX_VISIT_BYTES)
    data = read_json(body)
    by = read_recorded_by(data)
    if by != user.name:
        raise RequestRefusedError(
            409, "other_account", t("phone.fault.other_account", get_reader_language(), by=by)
        )
    sent = read_visit(data, user.name, hash_body(body))
    state = await asyncio.to_thread(record_visit, sent, actor=user)
    return make_json_response({"state": state, "held": sent.version_id, "hash": sent.sent_hash})


async def _receive_photo(request: Request) -> Response:
    require_own_page(request)
    user = require_user(request)
    require_content_type(request, _PHOTO_KINDS)
    version = request.path_params["held"]
    declared_hash = request.headers.get("x-hpmap-sha256", "")
    if not is_version_id(version):
        raise RequestRefusedError(
            404, "no_visit", t("phone.photo.no_visit", get_reader_language(), visit=version[:60])
        )
    limits = load_field_limits()
    body = await read_body(request, limits.max_photo_bytes)
    if not is_hash(declared_hash) or declared_hash != hash_body(body):
        raise RequestRefusedError(422, "hash", t("phone.photo.hash", get_reader_language()))
    photo = await asyncio.to_thread(store_photo, version, body, actor=user)
    return make_json_response(
        {
            "photo": photo.photo,
            "original": photo.original,
            "taken": photo.taken,
            "lon": photo.lon,
            "lat": photo.lat,
        }
    )


async def _confirm_visits(request: Request) -> Response:
    require_own_page(request)
    user = require_user(request)
    require_content_type(request, {"application/json"})
    ids = read_version_ids(read_json(await read_body(request, MAX_CONFIRM_BYTES)))
    stored_visits = await asyncio.to_thread(confirm_stored_visits, ids, user)
    return make_json_response(
        {"visits": [_describe_stored(*pair) for pair in zip(ids, stored_visits, strict=True)]}
    )


def _describe_stored(version_id: str, visit: StoredVisit | None) -> dict[str, Any]:
    photos = list(dict.fromkeys(photo.original for photo in visit.photos)) if visit else []
    return {
        "visit": version_id,
        "held": visit is not None,
        "hash": visit.sent_hash if visit else "",
        "count": len(photos),
        "photos": photos,
        "flags": [{"flag": flag.flag, **flag.values()} for flag in visit.flags] if visit else [],
    }


async def _serve_photo(request: Request) -> Response:
    return await _serve_picture(request, small=False)


async def _serve_thumbnail(request: Request) -> Response:
    return await _serve_picture(request, small=True)


async def _serve_picture(request: Request, *, small: bool) -> Response:
    user = get_request_user(request)
    if user is None:
        return Response(status_code=401, headers=_PHOTO_HEADERS | {"Cache-Control": "no-store"})
    photo = request.path_params["photo"]
    etag = f'"{photo[:64]}"'
    content = None
    if is_hash(photo):
        try:
            content = await asyncio.to_thread(read_photo_content, photo, user, small=small)
        except NotAllowedError:
            content = None
    if content is None:  # the same answer for what is not there and for what is not theirs
        return Response(status_code=404, headers=_PHOTO_HEADERS | {"Cache-Control": "no-store"})
    headers = _PHOTO_HEADERS | {"ETag": etag}  # kept by the browser, asked for anew every time
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="image/jpeg", headers=headers)

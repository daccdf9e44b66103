"""What a phone sends, checked field by field: nothing is guessed, nothing unknown is let in."""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import get_reader_language, t
from reports.model.ranges import HECTARES, LATITUDE, LONGITUDE, METRES, SHARE
from reports.model.schema import CLEARANCE_CATEGORIES
from store.db.errors import VisitError
from store.visits.submission import SubmittedProblem, SubmittedVisit

if TYPE_CHECKING:
    from collections.abc import Collection

    from reports.model.ranges import Range

MAX_TEXT_CHARS: Final = 2000
MAX_LISTED: Final = 100
_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,79}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_HELD: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{12}")
_MOMENT: Final = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_FORBIDDEN: Final = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)
"""Control characters, what turns the direction of writing, and halves of characters."""

_VISIT: Final = frozenset(
    {"visit", "by", "item", "at", "position", "claimed", "observed", "works", "note", "problem",
     "photos"}
)  # fmt: skip


def read_json(body: bytes) -> Any:
    """Return the data of a JSON text. Raises ``VisitError`` for what is none."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise VisitError(t("phone.fault.not_json", get_reader_language())) from fault


def read_visit(data: Any, inspector: str, sent_hash: str) -> SubmittedVisit:
    """Return the visit that a phone sent. Raises ``VisitError`` that names the field and why."""
    told = _require_object(data, "visit", _VISIT)
    position = _read_part(told, "position", {"lon", "lat", "accuracy_m", "at"})
    claimed = _read_part(told, "claimed", {"construction_pct", "clearance_pct"})
    observed = _read_part(told, "observed", {"construction_pct", "clearance_pct", "handed_ha"})
    photos = told.get("photos")
    if not isinstance(photos, list) or len(photos) > MAX_LISTED:
        raise _make_fault("photos", "list", limit=MAX_LISTED)
    if not all(isinstance(one, str) and _HASH.fullmatch(one) for one in photos):
        raise _make_fault("photos", "code")
    return SubmittedVisit(
        visit=_read_uuid(told, "visit"),
        item=_read_code(told, "item"),
        inspector=inspector,
        at=_read_moment(told, "at"),
        lon=_read_number(position, "lon", LONGITUDE, required=bool(position)),
        lat=_read_number(position, "lat", LATITUDE, required=bool(position)),
        accuracy_m=_read_number(position, "accuracy_m", METRES, required=bool(position)),
        claimed_construction_pct=_read_number(claimed, "construction_pct", SHARE),
        claimed_clearance_pct=_read_number(claimed, "clearance_pct", SHARE),
        observed_construction_pct=_read_number(observed, "construction_pct", SHARE),
        observed_clearance_pct=_read_number(observed, "clearance_pct", SHARE),
        observed_handed_ha=_read_number(observed, "handed_ha", HECTARES),
        works=_read_text(told, "works"),
        note=_read_text(told, "note"),
        problem=_read_problem(told),
        source="phone",
        sent_hash=sent_hash,
    )


def read_recorded_by(data: Any) -> str:
    """Return the name of the account that a visit says it was recorded by."""
    return _read_text(_require_object(data, "visit", None), "by", required=True)


def read_version_ids(data: Any) -> list[str]:
    """Return the ids that a phone asks about. Raises ``VisitError``."""
    told = _require_object(data, "confirm", {"visits"})
    ids = told.get("visits")
    if not isinstance(ids, list) or len(ids) > MAX_LISTED:
        raise _make_fault("visits", "list", limit=MAX_LISTED)
    if not all(isinstance(one, str) and _HELD.fullmatch(one) for one in ids):
        raise _make_fault("visits", "uuid")
    return [str(one) for one in ids]


def is_version_id(text: str) -> bool:
    """Return True if a text is the id of a version of a visit."""
    return bool(_HELD.fullmatch(text))


def is_hash(text: str) -> bool:
    """Return True if a text is a SHA-256 in lower-case digits."""
    return bool(_HASH.fullmatch(text))


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _make_fault(field: str, reason: str, **values: Any) -> VisitError:
    why = t(f"phone.fault.{reason}", **values)
    return VisitError(t("phone.fault.field", get_reader_language(), field=field[:60], reason=why))


def _require_object(data: Any, field: str, allowed: Collection[str] | None) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _make_fault(field, "object")
    unknown = sorted(set(data) - set(allowed)) if allowed is not None else []
    if unknown:
        raise _make_fault(unknown[0], "unknown_field")
    return data


def _read_part(told: dict[str, Any], name: str, allowed: Collection[str]) -> dict[str, Any]:
    value = told.get(name)
    return {} if value is None else _require_object(value, name, allowed)


def _read_number(
    told: dict[str, Any], name: str, limits: Range, *, required: bool = False
) -> float | None:
    value = told.get(name)
    if value is None and not required:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or limits.fault(value):
        raise _make_fault(name, "number", **limits.words())
    return float(limits.tidy(value))


def _read_text(told: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = told.get(name, "")
    sound = isinstance(value, str) and len(value) <= MAX_TEXT_CHARS
    if not sound or _FORBIDDEN.search(value):
        raise _make_fault(name, "text", limit=MAX_TEXT_CHARS)
    kept = unicodedata.normalize("NFC", value).strip()
    if required and not kept:
        raise _make_fault(name, "required")
    return kept


def _read_code(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise _make_fault(name, "code")
    return value


def _read_uuid(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    try:
        sound = isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        sound = False
    if not sound:
        raise _make_fault(name, "uuid")
    return str(value)


def _read_moment(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _make_fault(name, "moment")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as fault:
        raise _make_fault(name, "moment") from fault
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _read_problem(told: dict[str, Any]) -> SubmittedProblem | None:
    part = _read_part(told, "problem", {"category", "commune", "statement"})
    if told.get("problem") is None:
        return None
    category = part.get("category")
    if category not in CLEARANCE_CATEGORIES:
        raise _make_fault("category", "word", allowed=", ".join(CLEARANCE_CATEGORIES))
    commune = part.get("commune") or ""
    return SubmittedProblem(
        category=category,
        statement=_read_text(part, "statement", required=True),
        commune=_read_code(part, "commune") if commune else "",
    )

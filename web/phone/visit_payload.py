"""What a phone sends, checked field by field: nothing is guessed, nothing unknown is let in."""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from geo.i18n import get_reader_language, t
from reports.model.ranges import LATITUDE, LONGITUDE, METRES, Range
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.model.visit import Hectares, Share, Visit, check_number
from store.db.errors import VisitError

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


def _check_text(value: Any) -> str:
    sound = isinstance(value, str) and len(value) <= MAX_TEXT_CHARS
    if not sound or _FORBIDDEN.search(value):
        raise PydanticCustomError("text", "no text", {"limit": MAX_TEXT_CHARS})
    return unicodedata.normalize("NFC", value).strip()


def _check_some_text(value: Any) -> str:
    text = _check_text(value)
    if not text:
        raise PydanticCustomError("required", "empty")
    return text


def _check_code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise PydanticCustomError("code", "no code")
    return value


def _check_uuid(value: Any) -> str:
    try:
        if isinstance(value, str) and str(uuid.UUID(value)) == value:
            return value
    except ValueError:
        pass
    raise PydanticCustomError("uuid", "no UUID")


def _check_moment(value: Any) -> str:
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="seconds")
    except ValueError:
        pass
    raise PydanticCustomError("moment", "no moment")


def _check_category(value: Any) -> str:
    if value not in CLEARANCE_CATEGORIES:
        allowed = ", ".join(CLEARANCE_CATEGORIES)
        raise PydanticCustomError("word", "no category", {"allowed": allowed})
    return str(value)


def _check_list(value: Any, pattern: re.Pattern[str], reason: Literal["code", "uuid"]) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_LISTED:
        raise PydanticCustomError("list", "no list", {"limit": MAX_LISTED})
    if not all(isinstance(entry, str) and pattern.fullmatch(entry) for entry in value):
        raise PydanticCustomError(reason, "no ids")
    return value


_Text = Annotated[str, BeforeValidator(_check_text)]
_SomeText = Annotated[str, BeforeValidator(_check_some_text)]
_Code = Annotated[str, BeforeValidator(_check_code)]


class _Part(BaseModel):
    """An object of the JSON; what it must hold and does not is refused as ``null`` is."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _add_missing(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            raise PydanticCustomError("object", "no object")
        missing = {name: None for name, field in cls.model_fields.items() if field.is_required()}
        return missing | data


def _require_number(value: Any, limits: Range) -> float | None:
    return check_number(float("nan") if value is None else value, limits)


class _Position(_Part):
    lon: Annotated[float, BeforeValidator(partial(_require_number, limits=LONGITUDE))]
    lat: Annotated[float, BeforeValidator(partial(_require_number, limits=LATITUDE))]
    accuracy_m: Annotated[float, BeforeValidator(partial(_require_number, limits=METRES))]
    at: Any = None


class _Claimed(_Part):
    construction_pct: Share = None
    clearance_pct: Share = None


class _Observed(_Claimed):
    handed_ha: Hectares = None


class _Problem(_Part):
    category: Annotated[str, BeforeValidator(_check_category)]
    commune: Annotated[str, BeforeValidator(lambda value: _check_code(value) if value else "")] = ""
    statement: _SomeText = Field(default="", validate_default=True)


class _SentVisit(_Part):
    visit: Annotated[str, BeforeValidator(_check_uuid)]
    by: Any = None
    item: _Code
    at: Annotated[str, BeforeValidator(_check_moment)]
    position: Annotated[
        _Position | None, BeforeValidator(lambda value: None if value == {} else value)
    ] = None
    claimed: _Claimed | None = None
    observed: _Observed | None = None
    works: _Text = ""
    note: _Text = ""
    problem: _Problem | None = None
    photos: Annotated[
        list[str], BeforeValidator(partial(_check_list, pattern=_HASH, reason="code"))
    ]


class _Sender(_Part):
    model_config = ConfigDict(extra="ignore")

    by: _SomeText = Field(default="", validate_default=True)


class _Confirm(_Part):
    visits: Annotated[
        list[str], BeforeValidator(partial(_check_list, pattern=_HELD, reason="uuid"))
    ]


_Model = TypeVar("_Model", bound=BaseModel)


def read_json(body: bytes) -> Any:
    """Return the data of a JSON text. Raises ``VisitError`` for what is none."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise VisitError(t("phone.fault.not_json", get_reader_language())) from fault


def read_visit(data: Any, inspector: str, sent_hash: str) -> Visit:
    """Return the visit that a phone sent. Raises ``VisitError`` that names the field and why."""
    sent = _validate(_SentVisit, data, "visit")
    fields = sent.model_dump(include={"visit", "item", "at", "works", "note"})
    if sent.position:
        fields |= sent.position.model_dump(exclude={"at"})
    for name, part in (("claimed", sent.claimed), ("observed", sent.observed)):
        fields |= {f"{name}_{key}": value for key, value in part or ()}
    if sent.problem:
        category, commune, statement = (value for _, value in sent.problem)
        fields |= {"problem": statement, "problem_category": category, "problem_commune": commune}
    return Visit(inspector=inspector, sent_hash=sent_hash, **fields)


def read_recorded_by(data: Any) -> str:
    """Return the name of the account that a visit says it was recorded by."""
    return _validate(_Sender, data, "visit").by


def read_version_ids(data: Any) -> list[str]:
    """Return the ids that a phone asks about. Raises ``VisitError``."""
    return _validate(_Confirm, data, "confirm").visits


def is_version_id(text: str) -> bool:
    """Return True if a text is the id of a version of a visit."""
    return bool(_HELD.fullmatch(text))


def is_hash(text: str) -> bool:
    """Return True if a text is a SHA-256 in lower-case digits."""
    return bool(_HASH.fullmatch(text))


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _validate(model: type[_Model], data: Any, whole: str) -> _Model:
    """Return data as a model. Raises ``VisitError`` that names the first wrong field and why."""
    try:
        return model.model_validate(data)
    except ValidationError as faults:
        fault = faults.errors()[0]
        field = next((name for name in reversed(fault["loc"]) if isinstance(name, str)), whole)
        foreign = {"extra_forbidden", "invalid_key", "string_unicode"}
        reason = "unknown_field" if fault["type"] in foreign else fault["type"]
        why = t(f"phone.fault.{reason}", **fault.get("ctx", {}))
        message = t("phone.fault.field", get_reader_language(), field=field[:60], reason=why)
        raise VisitError(message) from faults

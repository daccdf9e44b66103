"""A submission's answers as a visit; what is no number, moment or position is never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BeforeValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from geo.clock import HERE
from reports.model.ranges import LATITUDE, LONGITUDE, METRES, Range
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.model.visit import Hectares, Share, Visit, check_number
from reports.odk.fields import ANSWERS, CAPTION, NO_PROBLEM, PLACE, PLACE_PARTS
from reports.odk.submission import make_fault

if TYPE_CHECKING:
    from geo.data_faults import DataFault
    from reports.odk.submission import RawSubmission

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?([eE][-+]?\d{1,2})?", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_CODE: Final = re.compile(r"[^\W_][\w.:/+-]*", re.UNICODE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REJECTED: Final = frozenset({"rejected", "validation_status_not_approved", "not approved"})
"""What the teams' own servers say of a submission that somebody there turned down."""

MOST_CAPTION: Final = 400
MOST_CODE: Final = 80
_FAR: Final = timedelta(days=1)
_FIRST_YEAR: Final = 2020
_BOUNDS: Final = (LATITUDE, LONGITUDE, Range(-10_000, 10_000), METRES)
"""Of ``PLACE_PARTS``."""


def parse_visit_id(instance: str) -> str:
    """Return the UUID of an instance (``uuid:…``), '' where it is none."""
    text = instance.strip().lower().removeprefix("uuid:")
    return text if _UUID.fullmatch(text) else ""


def clean_text(text: str) -> str:
    """Return text in NFC without control characters; line breaks and tabs stay."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def _read_text(text: str, most: int) -> str:
    clean = clean_text(text)
    if len(clean) > most:
        raise PydanticCustomError("too_long", "too long", {"limit": most})
    return clean


def _require(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty", "empty")
    return text


def _read_code(text: str) -> str:
    if len(text) > MOST_CODE or not _CODE.fullmatch(text):
        raise PydanticCustomError("bad_code", "no code")
    return text


def _read_category(text: str) -> str:
    if text not in {"", NO_PROBLEM, *CLEARANCE_CATEGORIES}:
        raise PydanticCustomError("bad_category", "no category")
    return text.removeprefix(NO_PROBLEM)


def _read_number(text: str) -> float | None:
    if text and not _NUMBER.fullmatch(text):
        raise PydanticCustomError("comma" if "," in text else "bad_number", "no number")
    return float(text) if text else None


def _read_moment(text: str, info: ValidationInfo[datetime]) -> str:
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=HERE) if at.tzinfo is None else at
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise PydanticCustomError("bad_moment", "no moment") from fault
    if at > info.context + _FAR or at.year < _FIRST_YEAR:
        raise PydanticCustomError("wrong_moment", "wrong moment")
    return at.isoformat(timespec="seconds")


_Required = BeforeValidator(_require)
_Name = Annotated[str, BeforeValidator(partial(_read_text, most=120)), _Required]
_Note = Annotated[str, BeforeValidator(partial(_read_text, most=4000))]
_TextShare = Annotated[Share, BeforeValidator(_read_number)]


class _OdkVisit(Visit):
    """A visit whose answers are texts, '' for none; its context is the moment it is read at."""

    problem_commune: Annotated[str, BeforeValidator(partial(_read_text, most=20))] = ""
    item: Annotated[str, BeforeValidator(_read_code), _Required]
    at: Annotated[str, BeforeValidator(_read_moment), _Required]
    inspector: _Name
    claimed_construction_pct: _TextShare = None
    observed_construction_pct: _TextShare = None
    claimed_clearance_pct: _TextShare = None
    observed_clearance_pct: _TextShare = None
    observed_handed_ha: Annotated[Hectares, BeforeValidator(_read_number)] = None
    works: _Note = ""
    problem_category: Annotated[str, BeforeValidator(_read_category)] = ""
    problem: _Note = ""
    note: _Note = ""
    source: str = "odk"


def read_answers(
    submission: RawSubmission, now: datetime | None = None
) -> tuple[Visit | None, list[DataFault]]:
    """Return a submission as a visit, and everything that is wrong with it: ``None`` if anything.

    A moment without a zone is Vietnam's. ``now`` (UTC) is what a moment may not be later than, by
    more than a day, since phones' clocks differ. The visit has no hash yet.
    """
    faults = list(submission.wrongs)
    visit_id = parse_visit_id(submission.instance)
    if not visit_id:
        key = "no_instance" if not submission.instance else "bad_instance"
        faults.append(submission.make_fault("instanceID", key, value=submission.instance))
    texts = {name: submission.values.get(name, "") for name in ANSWERS}
    fields = {"visit": visit_id, "problem_commune": texts.pop("commune"), **texts}
    visit: Visit | None = None
    try:
        visit = _OdkVisit.model_validate(fields, context=now or datetime.now(UTC))
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            column = "commune" if name == "problem_commune" else name
            key = "out_of_bounds" if fault["type"] == "number" else fault["type"]
            values = {"value": fields[name]} | fault.get("ctx", {})
            faults.append(submission.make_fault(column, key, **values))
    position = _read_position(submission.place)
    if position is None:
        text = " ".join(filter(None, submission.place.values()))
        faults.append(submission.make_fault(PLACE, "bad_place", value=text))
    if texts["problem_category"] in CLEARANCE_CATEGORIES and not clean_text(texts["problem"]):
        faults.append(submission.make_fault("problem", "problem_unsaid"))
    if submission.review in _REJECTED:
        faults.append(submission.make_fault("ReviewState", "rejected"))
    faults.extend(
        make_fault(photo.file, photo.row, CAPTION, "too_long", limit=MOST_CAPTION)
        for photo in submission.photos
        if len(clean_text(photo.caption)) > MOST_CAPTION
    )
    if faults or visit is None:
        return None, faults
    unnamed = {"problem_category": "unspecified"} if visit.problem else {}
    named = {} if visit.problem_category else unnamed
    return visit.model_copy(update=(position or {}) | named), []


def _read_position(parts: dict[str, str]) -> dict[str, float | None] | None:
    """Return longitude, latitude and accuracy as far as known; ``None`` for what is no position."""
    if "whole" in parts:
        parts = dict(zip(PLACE_PARTS, parts["whole"].split(), strict=False))
    if not any(parts.values()):
        return {}
    try:
        lat, lon, _, accuracy = (
            check_number(_read_number(parts.get(name, "")), limits)
            for name, limits in zip(PLACE_PARTS, _BOUNDS, strict=True)
        )
    except PydanticCustomError:
        return None
    if lat is None or lon is None:
        return None
    return {"lon": lon, "lat": lat, "accuracy_m": accuracy or None}

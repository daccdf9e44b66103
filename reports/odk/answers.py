"""Answers as values: numbers, moments, positions; what is none of these is told, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from geo.clock import HERE
from reports.model.ranges import HECTARES, LATITUDE, LONGITUDE, METRES, SHARE, Range
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.odk.fields import CAPTION, NO_PROBLEM, PLACE, PLACE_PARTS, VISIT_FIELDS
from reports.odk.submission import make_fault

if TYPE_CHECKING:
    from reports.odk.fields import VisitField
    from reports.odk.submission import RawSubmission, SubmissionFault

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?([eE][-+]?\d{1,2})?", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_CODE: Final = re.compile(r"[^\W_][\w.:/+-]*", re.UNICODE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REJECTED: Final = frozenset({"rejected", "validation_status_not_approved", "not approved"})
"""What the teams' own servers say of a submission that somebody there turned down."""

MOST_CAPTION: Final = 400
_FAR: Final = timedelta(days=1)
_FIRST_YEAR: Final = 2020
_BOUNDS: Final = {
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "altitude": Range(-10_000, 10_000),
    "accuracy": METRES,
}

Answers = dict[str, str | float | None]
"""By the form's names: text as text ('' for none), numbers as floats (``None`` for none); ``at`` an
ISO moment in UTC; ``lon``, ``lat``, ``accuracy_m``; ``visit`` the UUID."""


def parse_visit_id(instance: str) -> str:
    """Return the UUID of an instance (``uuid:…``), '' where it is none."""
    text = instance.strip().lower().removeprefix("uuid:")
    return text if _UUID.fullmatch(text) else ""


def clean_text(text: str) -> str:
    """Return text in NFC without control characters; line breaks and tabs stay."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def read_answers(
    one: RawSubmission, now: datetime | None = None
) -> tuple[Answers, list[SubmissionFault]]:
    """Return a submission's answers as values, and everything that is wrong with them.

    A moment without a zone is Vietnam's. ``now`` (UTC) is what a moment may not be later than, by
    more than a day, since phones' clocks differ.
    """
    wrongs = list(one.wrongs)
    answers: Answers = {"visit": parse_visit_id(one.instance)}
    if not answers["visit"]:
        key = "no_instance" if not one.instance else "bad_instance"
        wrongs.append(make_fault(one.file, one.row, "instanceID", key, value=one.instance))
    for field in VISIT_FIELDS:
        value, key = _read_value(field, one.values.get(field.name, ""), now or datetime.now(UTC))
        answers[field.name] = value
        if key:
            told = one.values.get(field.name, "")
            limit = field.most_chars
            wrongs.append(make_fault(one.file, one.row, field.name, key, value=told, limit=limit))
    place, key = _read_position(one.place)
    answers |= place
    if key:
        told = " ".join(filter(None, one.place.values()))
        wrongs.append(make_fault(one.file, one.row, PLACE, key, value=told))
    raised = answers["problem_category"] not in {"", NO_PROBLEM}
    if raised and not answers["problem"]:
        wrongs.append(make_fault(one.file, one.row, "problem", "problem_unsaid"))
    if one.review in _REJECTED:
        wrongs.append(make_fault(one.file, one.row, "ReviewState", "rejected"))
    wrongs.extend(
        make_fault(shot.file, shot.row, CAPTION, "too_long", limit=MOST_CAPTION)
        for shot in one.photos
        if len(clean_text(shot.caption)) > MOST_CAPTION
    )
    if answers["problem_category"] == NO_PROBLEM:
        answers["problem_category"] = ""
    return answers, wrongs


def _read_value(field: VisitField, text: str, now: datetime) -> tuple[str | float | None, str]:
    number = field.kind in {"share", "positive"}
    if not text:
        return (None if number else ""), ("empty" if field.required else "")
    if field.kind == "text":
        clean = clean_text(text)
        return clean, ("too_long" if len(clean) > field.most_chars else "")
    if field.kind == "code":
        fits = len(text) <= field.most_chars and _CODE.fullmatch(text)
        return text[: field.most_chars], ("" if fits else "bad_code")
    if field.kind == "category":
        known = text in CLEARANCE_CATEGORIES or text == NO_PROBLEM
        return text if known else "", ("" if known else "bad_category")
    if field.kind == "moment":
        return _read_moment(text, now)
    return _read_number(text, SHARE if field.kind == "share" else HECTARES)


def _read_number(text: str, limits: Range) -> tuple[float | None, str]:
    if not _NUMBER.fullmatch(text):
        return None, "comma" if "," in text else "bad_number"
    value = float(text)
    if limits.fault(value):
        return None, "out_of_bounds"
    return float(limits.tidy(value)), ""


def _read_moment(text: str, now: datetime) -> tuple[str, str]:
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=HERE) if at.tzinfo is None else at
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return "", "bad_moment"
    if at > now + _FAR or at.year < _FIRST_YEAR:
        return "", "wrong_moment"
    return at.isoformat(timespec="seconds"), ""


def _read_position(parts: dict[str, str]) -> tuple[Answers, str]:
    """Return longitude, latitude and accuracy; all or nothing of the first two."""
    nothing: Answers = {"lon": None, "lat": None, "accuracy_m": None}
    if "whole" in parts:
        parts = dict(zip(PLACE_PARTS, parts["whole"].split(), strict=False))
    if not any(parts.values()):
        return nothing, ""
    read: dict[str, float | None] = {}
    for name, limits in _BOUNDS.items():
        text = parts.get(name, "")
        read[name], key = _read_number(text, limits) if text else (None, "")
        if key:
            return nothing, "bad_place"
    if read["latitude"] is None or read["longitude"] is None:
        return nothing, "bad_place"
    place: Answers = {
        "lon": read["longitude"],
        "lat": read["latitude"],
        "accuracy_m": read["accuracy"] or None,
    }
    return place, ""

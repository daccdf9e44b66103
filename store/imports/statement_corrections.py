"""What a person may correct of a statement, checked before it becomes a fact."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, get_args

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from reports.model.dates import parse_span
from reports.model.schema import QUALIFIERS, is_body_name
from reports.model.statement import (
    FIELD_NAMES,
    NUMBER_FIELDS,
    SUBJECT_KINDS,
    TIME_FIELDS,
    Mood,
)
from store.db.errors import ChoiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.statement import Statement

CORRECTABLE: Final = (
    "subject", "subject_kind", "field", "value", "unit", "total", "qualifier", "mood", "when",
    "communes", "province", "cause", "bodies", "detail",
)  # fmt: skip
_WORDS: Final = {
    "subject_kind": frozenset(SUBJECT_KINDS),
    "field": frozenset(FIELD_NAMES),
    "mood": frozenset(get_args(Mood)),
    "qualifier": frozenset(QUALIFIERS),
}
_BODIES: Final = frozenset({"asked_to_act", "lead", "owner"})
_MOST: Final = 1000


def correct_statement(statement: Statement, corrections: Mapping[str, object]) -> Statement:
    """Return a statement as a person says it is: sure, and whole.

    Raises ``ChoiceError`` that names what cannot be.
    """
    changes: dict[str, Any] = {}
    for name, value in corrections.items():
        if name not in CORRECTABLE:
            raise _make_fault(name)
        changes[name] = _clean(name, value)
    if "subject" in changes and changes["subject"] != statement.subject:
        changes["item"] = ""
    corrected = replace(statement, **changes, status="sure")
    return replace(corrected, value=_check_value(corrected.field, corrected.value))


def _clean(name: str, value: object) -> Any:
    if name in {"communes", "bodies"}:
        texts = value.split() if isinstance(value, str) and name == "communes" else value
        if isinstance(texts, str) or not isinstance(texts, (list, tuple)):
            raise _make_fault(name)
        cleaned = tuple(dict.fromkeys(str(text).strip()[:_MOST] for text in texts if text))
        if name == "bodies" and not all(is_body_name(one) for one in cleaned):
            raise ChoiceError(t("reports.fault.bad_body", value="; ".join(cleaned)[:60]))
        if name == "communes" and set(cleaned) - set(load_gazetteer().commune_by_code):
            raise _make_fault(name)
        return cleaned
    if name == "total":
        return None if value in {None, ""} else _read_number(name, value)
    if name == "value" and isinstance(value, (int, float)):
        return float(value)
    text = str(value or "").strip()
    if len(text) > _MOST or (name in _WORDS and text not in _WORDS[name]):
        raise _make_fault(name)
    if name in {"subject", "field"} and not text:
        raise _make_fault(name)
    return text


def _check_value(field: str, value: float | str) -> float | str:
    if field in NUMBER_FIELDS:
        return _read_number("value", value)
    text = str(value).strip()
    ends = text.split("..")
    known = all(parse_span(end) for end in ends) and len(ends) <= 2  # noqa: PLR2004 - from, to
    if text and field in _BODIES and not is_body_name(text):
        raise ChoiceError(t("reports.fault.bad_body", value=text[:60]))
    if not text or (field in TIME_FIELDS and not known):
        raise _make_fault("value")
    return text


def _read_number(name: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError as fault:
        raise _make_fault(name) from fault
    if not math.isfinite(number):
        raise _make_fault(name)
    return number


def _make_fault(name: str) -> ChoiceError:
    return ChoiceError(t("store.fault.statement_value", field=name[:40]))

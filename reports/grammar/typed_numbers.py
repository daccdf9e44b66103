"""Numbers as people type them into a field: in Vietnamese or English writing, a unit behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from geo.text import fold_text
from reports.grammar.numbers import SPACED, read_number

Unit = Literal["", "mvnd", "percent", "ha"]
"""What a field counts in: million VND, per cent, hectares; '' for things without a unit."""

MILLIONS: Final = {
    "dong": 1e-6, "vnd": 1e-6, "trieu dong": 1.0, "trieu": 1.0, "ty dong": 1e3, "ty": 1e3,
    "ti dong": 1e3, "ti": 1e3, "nghin ty dong": 1e6, "nghin ty": 1e6,
}  # fmt: skip
"""Million VND in one of each unit of money, by its folded words."""

_FACTORS: Final[dict[Unit, dict[str, float]]] = {
    "": {},
    "mvnd": MILLIONS | {"trd": 1.0},
    "percent": {"%": 1.0, "phan tram": 1.0},
    "ha": {"ha": 1.0, "hec ta": 1.0, "m2": 1e-4, "km2": 100.0},
}
_AMOUNT: Final = re.compile(rf"(-?)\s*({SPACED}|\d[\d.,'’]*)\s*(\D.*)?")
_DECIMALS: Final = 10


@dataclass(frozen=True)
class TypedNumber:
    """What was typed into a field: ``value`` in the field's unit, ``None`` where it is no number.

    ``fault``: why not (``empty`` is none): ``unreadable``, or ``unit`` for words behind it that
    are no unit of the field.
    """

    value: float | None
    fault: Literal["", "empty", "unreadable", "unit"] = ""


def read_typed_number(text: str, unit: Unit = "", language: str = "vi") -> TypedNumber:
    """Return the number that a person typed, e.g. ``12,5``, ``1.296.200`` or ``8.398,723 tỷ``.

    A separator before three digits groups as the language does ("1.296" is 1296 in Vietnamese,
    "1,296" in English); everything else can be read in one way only.
    """
    text = " ".join(text.replace("\u2212", "-").split())
    if not text:
        return TypedNumber(None, "empty")
    match = _AMOUNT.fullmatch(text)
    readings = read_number(match[2], "." if language == "vi" else ",") if match else ()
    if match is None or len(readings) != 1:
        return TypedNumber(None, "unreadable")
    words = " ".join(fold_text((match[3] or "").replace("²", "2")).split())
    factor = _FACTORS[unit].get(words) if words else 1.0
    if factor is None:
        return TypedNumber(None, "unit")
    value = round(float(readings[0]) * factor, _DECIMALS)
    return TypedNumber((-value if match[1] else value) + 0.0)

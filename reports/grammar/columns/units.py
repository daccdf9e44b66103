"""Units as headings, cells and lines above a table name them, in one spelling each."""

from __future__ import annotations

import re
from typing import Final

from geo.text import fold_text

MONEY_UNITS: Final = {
    "nghìn tỷ đồng": 1_000_000.0, "tỷ đồng": 1000.0, "triệu đồng": 1.0, "nghìn đồng": 0.001,
    "đồng": 0.000001,
}  # fmt: skip
"""How many million VND one unit is."""
CURRENCY_UNITS: Final = {"tỷ USD": 1000.0, "triệu USD": 1.0, "USD": 0.000001}
"""Of another currency, how many million one unit is."""
SIZE_UNITS: Final = frozenset({"ha", "m2", "km2", "km", "m"})
COUNT_UNITS: Final = frozenset(
    {"hộ", "căn", "dự án", "tòa", "tổ chức", "ngôi mộ", "công trình", "cụm", "khu", "người"}
)

_SPELLINGS: Final = {
    "nghìn tỷ đồng": (
        "nghin ty dong", "ngan ty dong", "nghin ty", "ngan ty",
        "nghin ti dong", "ngan ti dong", "nghin ti", "ngan ti",
    ),
    "tỷ đồng": ("ty dong", "ti dong", "ty", "ti", "ty vnd", "ty d"),
    "triệu đồng": ("trieu dong", "trieu", "tr.d", "trd", "tr.dong", "trieu vnd", "tr dong"),
    "nghìn đồng": ("nghin dong", "ngan dong", "1.000 dong", "1000 dong", "1.000d", "1000d"),
    "đồng": ("dong", "vnd"),
    "tỷ USD": ("ty usd", "ti usd"),
    "triệu USD": ("trieu usd", "tr.usd", "tr usd", "trieu do la", "trieu do la my"),
    "USD": ("usd", "do la", "do la my"),
    "ha": ("ha", "hec ta", "hecta", "hec-ta"),
    "m2": ("m2", "m²", "met vuong"),
    "km2": ("km2", "km²"),
    "km": ("km", "kilomet", "ki-lo-met"),
    "m": ("m", "met"),
    "%": ("%", "phan tram"),
    "hộ": ("ho dan", "ho gia dinh", "ho"),
    "căn": ("can ho", "can"),
    "tòa": ("toa nha", "toa"),
    "dự án": ("du an",),
    "tổ chức": ("to chuc",),
    "ngôi mộ": ("ngoi mo", "mo"),
    "công trình": ("cong trinh",),
    "cụm": ("cum",),
    "khu": ("khu",),
    "người": ("nguoi",),
}  # fmt: skip
_BY_SPELLING: Final = {form: unit for unit, forms in _SPELLINGS.items() for form in forms}
_NOUNS: Final = {
    "%": "rate", "ha": "area", "m2": "area", "km2": "area", "km": "length", "m": "length",
    "hộ": "households", "căn": "dwellings", "tòa": "buildings", "ngôi mộ": "graves",
    "tổ chức": "organisations", "dự án": "count_projects",
}  # fmt: skip
_LEAD: Final = re.compile(r"^(?:don vi(?: tinh)?|dvt|tinh bang)\s*[:.]?\s*")
UNIT_PATTERN: Final = "|".join(
    sorted((re.escape(form) for form in _BY_SPELLING), key=len, reverse=True)
)
"""Of folded text."""


def find_unit(text: str) -> str:
    """Return the unit that is all of a text ("(tỷ đồng)", "ĐVT: ha"); '' for anything else."""
    words = _LEAD.sub("", " ".join(fold_text(text).split()).strip(" .,:;()[]"))
    return _BY_SPELLING.get(words.strip(" .,:;()"), "")


def find_noun(unit: str) -> str:
    """Return the word of ``columns.toml`` that a unit stands for ("ha": area); '' for none."""
    if unit in MONEY_UNITS or unit in CURRENCY_UNITS:
        return "money"
    return _NOUNS.get(unit, "")

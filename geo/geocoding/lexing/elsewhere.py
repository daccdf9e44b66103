"""Names of places outside the city: provinces, and districts behind their type word."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from geo.geocoding.lexing.lexicon import CITY, PROVINCE
from geo.provinces.province_list import load_provinces
from geo.text import fold_text

_NO_LETTERS: Final = re.compile(r"[^a-z0-9]")


@cache
def load_other_provinces() -> frozenset[str]:
    """Return the folded names, without spaces, of Vietnam's other provinces of all times."""
    names = (
        name
        for province in load_provinces().provinces
        for name in (province.name, *province.aliases)
    )
    return frozenset(map(_pack, names)) - {CITY, PROVINCE}


@cache
def load_other_districts() -> frozenset[str]:
    """Return the folded names of districts of other provinces that none of the city's bears."""
    listed = load_provinces().districts
    own = {_pack(district.name) for district in listed if district.is_own}
    return frozenset(_pack(district.name) for district in listed if not district.is_own) - own


def _pack(name: str) -> str:
    return _NO_LETTERS.sub("", fold_text(name))

"""The administrative units that folded text names, as the gazetteer spells them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.provinces.province_list import load_provinces
from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence


_UNIT_TYPES: Final = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "thi xa": "thị xã",
    "huyen": "huyện",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
    "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}
_UNIT: Final = re.compile(
    r"(?P<type>tinh|thanh pho|tp|thi xa|huyen|quan|xa|phuong|thi tran|dac khu)\b\.?\s+"
    r"(?P<name>[a-z][a-z -]*)"
)


def find_unit_in(text: str) -> str:
    """Return the first unit that folded text names anywhere."""
    return next(filter(None, (find_unit(text[m.start() :]) for m in _UNIT.finditer(text))), "")


def find_unit_start(words: Sequence[str]) -> int:
    """Return at which word the name of a unit begins; behind the last where there is none."""
    folded = [fold_text(word) for word in words]
    places = range(1, len(words))
    return next((i for i in places if find_unit(" ".join(folded[i:]))), len(words))


def find_unit(text: str) -> str:
    """Return the unit that folded text begins with, as the gazetteer spells it."""
    match = _UNIT.match(text)
    if match is None:
        return ""
    kind = _UNIT_TYPES[match["type"]]
    words = match["name"].split()
    names = load_unit_names()
    for length in range(min(6, len(words)), 0, -1):
        name = names.get((kind, " ".join(words[:length])))
        if name:
            return f"{kind} {name}"
    return ""


@cache
def load_unit_names() -> dict[tuple[str, str], str]:
    """Return the names of all provinces, districts and communes by type word and folded name."""
    names: dict[tuple[str, str], str] = {}
    spelled = {fold_text(word).replace(" ", "_"): word for word in _UNIT_TYPES.values()}
    gazetteer = load_gazetteer()
    listed = load_provinces()
    for unit in gazetteer.unit_by_id.values():
        names[spelled[unit.kind], fold_text(unit.name)] = unit.name
    for district in listed.districts:
        names.setdefault((spelled[district.kind], fold_text(district.name)), district.name)
    for commune in gazetteer.commune_by_code.values():
        names[spelled[commune.kind], fold_text(commune.short_name)] = commune.short_name
    for province in listed.provinces:
        names[spelled[province.kind], fold_text(province.name)] = province.name
        names.setdefault(("thành phố", fold_text(province.name)), province.name)
    return names

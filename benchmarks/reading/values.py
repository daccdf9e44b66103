"""Values of facts and statements made comparable: amounts, sizes, times, numbers among words."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

_SCALES: Final = {
    "triệu đồng": ("money", 1.0),
    "tỷ đồng": ("money", 1e3),
    "đồng": ("money", 1e-6),
    "%": ("share", 1.0),
    "ha": ("area", 1e4),
    "m2": ("area", 1.0),
    "km2": ("area", 1e6),
    "km": ("length", 1e3),
    "m": ("length", 1.0),
}
"""What a unit measures, and how many base units (million VND, %, m², m) one of it is."""
_MULTIPLES: Final = ((r"(?:nghìn|ngàn) t[ỷỉ]", 1e6), (r"t[ỷỉ]", 1e3), ("triệu", 1.0))
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})/(\d{1,2})")
_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "cac cua va tai trong theo cho voi den tu la co duoc du an thanh pho hai phong dau tu "
        "xay dung khu cum cong nghiep nghi quyet do thi dan cu nong thon moi nha o tuyen duong",
    )
)
_SAME: Final = 1e-6

Quantity = tuple[str, float]
"""What it measures ('' for a bare number), and how much in base units."""


def fold(text: object) -> str:
    """Return a text without accents and capitals."""
    parts = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def list_words(text: object) -> frozenset[str]:
    """Return the telling words of a text, folded."""
    return frozenset(re.findall(r"\w+", fold(text))) - _COMMON


def overlaps(fact: object, text: object, share: float = 0.5) -> bool:
    """Return True if a text has at least a share of the telling words of a fact's words."""
    wanted = list_words(fact)
    return bool(wanted) and len(wanted & list_words(text)) >= share * len(wanted)


def to_quantity(value: float, unit: str) -> Quantity:
    """Return a number with its unit in base units."""
    kind, scale = _SCALES.get(unit.strip().lower().replace("²", "2"), ("", 1.0))
    return kind, value * scale


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Return True if two are equal; a bare number may be of any kind, not of two known ones."""
    if one[0] and other[0] and one[0] != other[0]:
        return False
    return math.isclose(one[1], other[1], rel_tol=_SAME, abs_tol=1e-9)


def read_numbers(text: str) -> frozenset[float]:
    """Return every number that a text may hold: marks read either way, multiples applied or not."""
    found: set[float] = set()
    for match in _NUMBER.finditer(text.replace(" ,", ",").replace(", ", "; ")):
        readings = _read_number(match.group())
        found |= readings
        after = text[match.end() :].lstrip().lower()
        for pattern, factor in _MULTIPLES:
            if re.match(pattern, after):
                found |= {value * factor for value in readings}
                break
    return frozenset(found)


def _read_number(digits: str) -> set[float]:
    """Return what a written number may be: ``1.226,04`` is one, ``44.870`` two."""
    marks = set(re.sub(r"\d", "", digits))
    if not marks:
        return {float(digits)}
    if len(marks) > 1:
        whole = digits[: max(digits.rfind("."), digits.rfind(","))]
        return {float(re.sub(r"[.,]", "", whole) + "." + digits[len(whole) + 1 :])}
    groups = re.split(r"[.,]", digits)
    values: set[float] = set()
    if all(len(group) == 3 for group in groups[1:]):
        values.add(float("".join(groups)))
    if len(groups) == 2:
        values.add(float(".".join(groups)))
    return values


def same_time(wanted: str, given: str) -> bool:
    """Return True if two times or ranges of times are the same; ``28/5`` fits that of any year."""
    day = _DAY_AND_MONTH.fullmatch(wanted.strip())
    if day:
        return given.strip().endswith(f"-{int(day[2]):02}-{int(day[1]):02}")
    return bool(wanted) and wanted.strip().upper() == given.strip().upper()


def names_time(wanted: str, words: str) -> bool:
    """Return True if words as they stand (``19/12/2025``, ``quý IV/2025``) tell a time."""
    numbers = {int(part) for part in re.findall(r"\d+", words)}
    for part in wanted.replace("/", "-").split(".."):
        pieces = [piece for piece in part.split("-") if piece and not piece.startswith("Q")]
        if not pieces or int(pieces[-1]) not in numbers:
            return False
    return True

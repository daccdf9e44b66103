"""The quantities in a cell: number, unit, qualifier, and whether all of the cell is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.amounts.money import QUALIFIERS
from reports.grammar.amounts.money_cells import read_money_cell
from reports.grammar.cell_parts import says_nothing
from reports.grammar.columns.units import CURRENCY_UNITS, MONEY_UNITS, UNIT_PATTERN, find_unit
from reports.grammar.numbers import NUMBER, SPACED, read_number

if TYPE_CHECKING:
    from decimal import Decimal

    from reports.grammar.columns.meanings import ColumnMeaning, ValueClass
    from reports.grammar.numbers import Style

_BEFORE: Final = "|".join(sorted((re.escape(word) for word in QUALIFIERS), key=len, reverse=True))
_NUM: Final = rf"(?:{SPACED}|{NUMBER})"
_QUANTITY: Final = re.compile(
    rf"(?:(?<!\w)(?P<before>{_BEFORE})\s*)?(?<![\w.,/])(?P<number>{_NUM})"
    rf"(?:\s*/\s*(?P<total>{_NUM}))?(?:\s*(?P<unit>{UNIT_PATTERN})(?![\w]))?(?![\w/])"
)
_FILLER: Final = re.compile(
    r"\b(?:tong dien tich|tong so|dien tich|tong|cong|quy mo|va|gom|dan|duoc|dat|so|la)\b"
    r"|[\s,;:+.()-]"
)
_UNIT_IN_CELL: Final = re.compile(r"tỷ|tỉ|triệu|đồng|vnđ|vnd", re.IGNORECASE)
_FRACTION: Final = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_MOST_PERCENT: Final = 100
_SMALL_UNITS: Final = {
    "căn": "dwellings",
    "hộ": "households",
    "tòa": "buildings",
    "ngôi mộ": "graves",
    "tổ chức": "organisations",
}
FIELD_OF_UNIT: Final = {**_SMALL_UNITS, "ha": "area", "m2": "area", "km2": "area"}
"""What a quantity in a column of another meaning, or of several, is by its unit."""


@dataclass(frozen=True)
class CellValue:
    """A value in a cell: ``value`` is ``None`` where it is not clear, ``readings`` what it may be.

    ``start`` and ``end`` are where ``stated`` stands in the cell's text; ``unit`` is the cell's
    own, '' where it has none. ``why`` says what is open.
    """

    value: float | None
    stated: str
    start: int
    end: int
    unit: str = ""
    qualifier: str = "exact"
    total: float | None = None
    readings: tuple[float, ...] = ()
    why: str = ""


def read_values(
    text: str, value_class: ValueClass, unit: str, style: Style, *, whole: bool = False
) -> tuple[CellValue, ...]:
    """Return the values of a cell of a column of a class; () where there is none.

    ``unit`` is the column's, ``style`` how it groups thousands, ``whole`` that its fractions are
    told by another sign than its groups.
    """
    if says_nothing(text):
        return ()
    if value_class == "money" and not _has_other_unit(text):
        return _read_money(text, unit, style)
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    matches = list(_QUANTITY.finditer(folded))
    if not matches:
        return ()
    rest = _FILLER.sub("", _cut_out(folded, matches))
    values = [_make_value(text, match, value_class, unit, style, whole=whole) for match in matches]
    units = [value.unit for value in values]
    if rest or (len(values) > 1 and len(set(units)) < len(units)):
        readings = tuple(dict.fromkeys(one for value in values for one in _list_readings(value)))
        first, last = values[0], values[-1]
        same = len(set(units)) == 1
        return (
            CellValue(
                None, text[first.start : last.end] if same else first.stated, first.start,
                last.end if same else first.end, first.unit, first.qualifier, first.total,
                readings if same else _list_readings(first), "cell_with_words",
            ),
        )  # fmt: skip
    return tuple(values)


def _list_readings(value: CellValue) -> tuple[float, ...]:
    return value.readings if value.value is None else (value.value,)


def _has_other_unit(text: str) -> bool:
    """Return True if a cell of a money column holds other quantities alone."""
    found = _QUANTITY.finditer(fold_text(text))
    units = [find_unit(match["unit"]) for match in found if match["unit"]]
    return bool(units) and all(unit not in MONEY_UNITS and unit != "%" for unit in units)


def _read_money(text: str, unit: str, style: Style) -> tuple[CellValue, ...]:
    abroad = CURRENCY_UNITS.get(unit)
    factor = MONEY_UNITS.get(unit, abroad)
    scale = 1.0
    if factor is not None and (abroad is not None or (factor == 1 and _FRACTION.search(text))):
        # What is asked of a public work's investment in millions, has no fractions; others have.
        factor, scale = 1000.0, (abroad or 1.0) / 1000.0
    money = read_money_cell(text, factor, style)
    if money is None:
        return ()
    scale = 1.0 if _UNIT_IN_CELL.search(money.raw) or money.currency != "VND" else scale
    start = text.find(money.raw) if money.raw else 0
    start = max(start, 0)
    end = start + len(money.raw) if text[start : start + len(money.raw)] == money.raw else len(text)
    kept = {"USD": "triệu USD", "other": "?"}.get(money.currency, "triệu đồng")
    if abroad is not None and money.currency == "VND" and not _UNIT_IN_CELL.search(money.raw):
        kept = "triệu USD"
    value = None if money.value is None or kept == "?" else round(float(money.value) * scale, 6)
    if value is None and len(money.readings) == 1 and money.why == "other_currency" and kept != "?":
        value = float(money.readings[0])
    return (
        CellValue(
            value, text[start:end], start, end, kept, money.qualifier or "exact", None,
            tuple(round(float(reading) * scale, 6) for reading in money.readings),
            "" if value is not None else money.why or "ambiguous_number",
        ),
    )  # fmt: skip


def _cut_out(folded: str, matches: list[re.Match[str]]) -> str:
    rest, at = "", 0
    for match in matches:
        rest += folded[at : match.start()] + " "
        at = match.end()
    return rest + folded[at:]


def _make_value(
    text: str,
    match: re.Match[str],
    value_class: ValueClass,
    unit: str,
    style: Style,
    *,
    whole: bool,
) -> CellValue:
    own = find_unit(match["unit"]) if match["unit"] else ""
    counts = (own or unit) in _SMALL_UNITS or (value_class == "count" and not own)
    readings = _read_number(match["number"], style, counts=counts, whole=whole)
    total = (
        _read_number(match["total"], style, counts=counts, whole=whole) if match["total"] else ()
    )
    stated = text[match.start() : match.end()].strip()
    why = "" if len(readings) == 1 else "ambiguous_number"
    percent = own == "%" or (value_class == "percent" and not own)
    if percent and len(readings) == 1 and readings[0] > _MOST_PERCENT:
        why = "over_hundred"
    if match["total"] and (len(total) != 1 or not readings or total[0] < readings[0]):
        why = "ambiguous_number"
    if counts and readings and readings[0] != readings[0].to_integral_value():
        why = "ambiguous_number"
    numbers = tuple(float(reading) for reading in readings)
    return CellValue(
        None if why or not numbers else numbers[0],
        stated,
        match.start(),
        match.start() + len(stated),
        own,
        QUALIFIERS.get(match["before"] or "", "exact"),
        float(total[0]) if len(total) == 1 else None,
        numbers,
        why,
    )


def _read_number(raw: str, style: Style, *, counts: bool, whole: bool) -> tuple[Decimal, ...]:
    values = read_number(raw, style)
    if len(values) > 1 and counts:  # of what is counted there are no thousandths
        return tuple(value for value in values if value == value.to_integral_value())
    if len(values) > 1 and whole:
        return values[:1]
    return values


def name_number(unit: str) -> tuple[str, float, str]:
    """Return the field of a bare figure by its unit, its factor, and the unit that is kept."""
    if unit in MONEY_UNITS:
        return "money", MONEY_UNITS[unit], "triệu đồng"
    return "pct" if unit == "%" else FIELD_OF_UNIT.get(unit, "count"), 1.0, unit


def scale_value(value: CellValue, factor: float) -> CellValue:
    """Return a value with its number times a factor."""
    if factor == 1.0:
        return value
    number = None if value.value is None else value.value * factor
    return replace(value, value=number, readings=tuple(one * factor for one in value.readings))


def fits_unit(unit: str, meaning: ColumnMeaning) -> bool:
    """Return True if a unit may be that of a column's meaning."""
    if meaning.value_class == "percent":
        return unit == "%"
    if meaning.value_class == "count":
        return unit == meaning.unit
    if meaning.value_class == "money":
        return unit in MONEY_UNITS
    return unit in ({"km", "m"} if meaning.key == "length" else {"ha", "m2", "km2"})

"""Which figures may be parts of which: money of money, land of land, households of households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text import fold_text

if TYPE_CHECKING:
    from reports.model.statement import Statement

_COSTS: Final = frozenset({"money", "construction_cost", "clearance_cost", "compensation"})
_FAMILIES: Final[dict[str, frozenset[str]]] = {
    "investment": frozenset({"investment", "equity", "remaining_money", *_COSTS}),
    "allocated": frozenset({"allocated", *_COSTS}),
    "disbursed": frozenset({"disbursed", "money", "compensation", "clearance_cost"}),
    "planned_disbursement": frozenset({"planned_disbursement", "money"}),
    "disbursement_target": frozenset({"disbursement_target", "money"}),
    "construction_cost": frozenset({"construction_cost", "money"}),
    "clearance_cost": frozenset({"clearance_cost", "compensation", "money"}),
    "compensation": frozenset({"compensation", "money"}),
    "remaining_money": frozenset({"remaining_money", "money"}),
    "money": frozenset({"money", "compensation", "clearance_cost"}),
    "land_payment": frozenset({"land_payment", "money"}),
    "area": frozenset({"area", "industrial_land", "land_to_clear", "land_remaining"}),
    "industrial_land": frozenset({"industrial_land", "area"}),
    "land_to_clear": frozenset({"land_to_clear", "area"}),
    "land_cleared": frozenset({"land_cleared", "area"}),
    "land_handed_over": frozenset({"land_handed_over", "area"}),
    "households": frozenset({"households"}),
    "length": frozenset({"length"}),
}
_STAGES: Final[dict[str, frozenset[str]]] = {
    "households": frozenset({"households_agreed", "households_paid", "households_cleared"}),
    "area": frozenset({"land_cleared", "land_handed_over"}),
    "land_to_clear": frozenset({"land_cleared", "land_handed_over"}),
    "allocated": frozenset({"disbursed"}),
    "investment": frozenset({"disbursed"}),
    "length": frozenset({"physical_done", "land_handed_over"}),
}
"""What may be done of a total; one thing may be counted at several stages."""
_RESTS: Final = {
    "households": "households_remaining", "area": "land_remaining",
    "land_to_clear": "land_remaining", "allocated": "remaining_money",
    "investment": "remaining_money", "length": "length",
}  # fmt: skip
_OWN: Final = frozenset(
    {"households", "dwellings", "buildings", "organisations", "graves", "count"}
)
_UNITS: Final = {"ha": "area", "m2": "area", "km2": "area", "km": "length", "m": "length"}


def share_unit(one: Statement, other: Statement) -> bool:
    """Return True if two figures count the same thing: money, land, kilometres, flats."""
    if one.field == "count" and other.field == "count":
        first, second = fold_text(one.unit), fold_text(other.unit)
        return first.startswith(second) or second.startswith(first)
    if one.field in _OWN or other.field in _OWN:
        return _strip_stage(one.field) == _strip_stage(other.field)
    return _UNITS.get(one.unit, one.unit) == _UNITS.get(other.unit, other.unit)


def _strip_stage(field: str) -> str:
    return "households" if field.startswith("households") else field


def may_be_part(total: Statement, part: Statement) -> bool:
    """Return True if a figure may be a part of another one, by what both are figures of."""
    fields = _FAMILIES.get(total.field, frozenset({total.field}))
    return part.field in fields and share_unit(total, part) and "%" not in (total.unit, part.unit)


def is_stage(total: Statement, part: Statement) -> bool:
    """Return True for what is done of a total: paid or cleared households, money spent."""
    return part.field in _STAGES.get(total.field, frozenset()) and share_unit(total, part)


def may_be_rest(total: Statement, rest: Statement) -> bool:
    """Return True if a figure may be what is left of another one."""
    fields = {total.field, _RESTS.get(total.field, total.field), "money", "area"}
    return rest.field in fields and share_unit(total, rest)

"""Filters in words, as a file says what it was chosen by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from store.facts.labels import get_period_label, translate_word
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters


def describe_filters(
    facts: Facts, filters: Filters, *, language: str
) -> tuple[tuple[str, str, str], ...]:
    """Return what narrows or carries: name of the filter, its label and its value in words.

    The period stands first. Nothing that is at its default is named, save for the carrying of
    earlier values, which changes figures either way.
    """
    lines = [("period", get_period_label(facts, resolve_period(facts, filters), language))]
    for field, section in (
        ("kinds", "kind"),
        ("fundings", "funding"),
        ("phases", "phase"),
        ("forecasts", "forecast"),
        ("statuses", "status"),
    ):
        values = getattr(filters, field)
        if values:
            lines.append(
                (field, ", ".join(translate_word(section, value, language) for value in values))
            )
    if filters.communes:
        names = facts.commune_names
        communes = ", ".join(f"{names.get(code, code)} ({code})" for code in filters.communes)
        lines.append(("communes", communes))
    if filters.district:
        lines.append(("district", get_district_label(facts, filters.district, language)))
    if filters.text:
        lines.append(("text", f"“{filters.text}”"))
    if filters.items:
        lines.append(("items", ", ".join(filters.items)))
    if filters.leave_out_outlier:
        lines.append(("leave_out_outlier", t("exports.value.yes", language)))
    carry = "carried" if filters.carry else "own_only"
    lines.append(("carry", t(f"exports.filter.{carry}", language)))
    lines.append(("weight", t(f"exports.filter.weight_{filters.weight}", language)))
    return tuple((name, t(f"exports.filter.{name}", language), value) for name, value in lines)


def get_district_label(facts: Facts, unit: str, language: str) -> str:
    """Return a former district's name with its kind; the id where there is no such district."""
    units = facts.former_units[facts.former_units["unit"] == unit]
    if units.empty:
        return unit
    row = units.iloc[0]
    return t(f"map.former.{row['kind']}", language, name=row["name"])

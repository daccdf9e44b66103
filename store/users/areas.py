"""Areas that an account may have: communes of today and former districts, by code and by name."""

from __future__ import annotations

from functools import cache

from geo.gazetteer import load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE, get_reader_language, t
from geo.text import fold_text
from store.db.errors import AccountError

Area = tuple[str, str]
"""Kind (``commune`` or ``district``) and code (a commune's, or a former unit's id)."""


@cache
def list_areas(language: str = DEFAULT_LANGUAGE) -> dict[Area, str]:
    """Return the name of every area: the communes by code, then the former districts."""
    gazetteer = load_gazetteer()
    communes = sorted(gazetteer.commune_by_code.values(), key=lambda commune: commune.code)
    areas: dict[Area, str] = {("commune", commune.code): commune.name for commune in communes}
    units = gazetteer.former_units
    for row in units[units["relation"] == "set"].itertuples():
        areas["district", str(row.unit)] = t(f"map.former.{row.kind}", language, name=row.name)
    return areas


def find_area(text: str) -> Area:
    """Return the one area that somebody names: by code, or by its name with or without accents.

    A former district needs its word (“huyện Kim Thành”): communes carry the same names. Raises
    ``AccountError`` for none, and for several (the message lists them).
    """
    named = list_areas()
    wanted = fold_text(text.strip())
    exact = [area for area in named if area[1] == text.strip()]
    areas = exact or [
        area for area, name in named.items() if fold_text(_shorten_name(name)) == wanted
    ]
    if not areas:
        areas = [area for area, name in named.items() if wanted and wanted in fold_text(name)]
    if len(areas) == 1:
        return areas[0]
    if not areas:
        raise AccountError(t("accounts.fault.no_area", get_reader_language(), text=text[:60]))
    names = "; ".join(f"{named[area]} ({area[1]})" for area in areas[:8])
    raise AccountError(
        t("accounts.fault.many_areas", get_reader_language(), text=text[:60], names=names)
    )


def _shorten_name(name: str) -> str:
    return name.partition(" (")[0]

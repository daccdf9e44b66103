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
    communes = sorted(gazetteer.commune_by_code.values(), key=lambda one: one.code)
    found: dict[Area, str] = {("commune", one.code): one.name for one in communes}
    units = gazetteer.former_units
    for row in units[units["relation"] == "set"].itertuples():
        found["district", str(row.unit)] = t(f"map.former.{row.kind}", language, name=row.name)
    return found


def find_area(text: str) -> Area:
    """Return the one area that somebody names: by code, or by its name with or without accents.

    A former district needs its word (“huyện Kim Thành”): communes carry the same names. Raises
    ``AccountError`` for none, and for several (the message lists them).
    """
    named = list_areas()
    wanted = fold_text(text.strip())
    exact = [area for area in named if area[1] == text.strip()]
    found = exact or [
        area for area, name in named.items() if fold_text(_shorten_name(name)) == wanted
    ]
    if not found:
        found = [area for area, name in named.items() if wanted and wanted in fold_text(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise AccountError(t("accounts.fault.no_area", get_reader_language(), text=text[:60]))
    names = "; ".join(f"{named[area]} ({area[1]})" for area in found[:8])
    raise AccountError(
        t("accounts.fault.many_areas", get_reader_language(), text=text[:60], names=names)
    )


def _shorten_name(name: str) -> str:
    return name.partition(" (")[0]

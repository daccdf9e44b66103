"""The districts that the communes of today were of until the reform of 1 July 2025."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t

if TYPE_CHECKING:
    import pandas as pd

    from store.facts import Facts

LAST_DAY: Final = "2025-06-30"
"""The last day of the districts."""

BETWEEN: Final = "+"
"""Between the ids of several districts in one key."""


def last_districts(facts: Facts) -> pd.DataFrame:
    """Return the rows of ``former_units`` that are the districts of the last day."""
    units = facts.former_units
    lasted = (units["valid_to"] == LAST_DAY) & (units["district"] != "")
    return units[(units["relation"] == "set") & lasted]


@lru_cache(maxsize=8)
def district_keys(facts: Facts) -> dict[str, str]:
    """Return for every commune the id of its district, several with ``BETWEEN`` between them.

    A commune made of land of two districts is of both: it is a group of its own, for no report
    says what lies in which part.
    """
    found: dict[str, list[str]] = {}
    rows = last_districts(facts)
    for unit, communes in zip(rows["unit"], rows["communes"], strict=True):
        for code in communes.split():
            found.setdefault(code, []).append(unit)
    return {code: BETWEEN.join(sorted(units)) for code, units in found.items()}


def district_label(facts: Facts, key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a district, or of several in one key."""
    rows = last_districts(facts).set_index("unit")
    names = [
        t(f"map.former.{rows.loc[unit, 'kind']}", language, name=rows.loc[unit, "name"])
        for unit in key.split(BETWEEN)
        if unit in rows.index
    ]
    return t("bench.group.between", language).join(names) or key

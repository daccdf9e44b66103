"""All selected items as one table: what is known of each at the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from layers.words import when_text, word
from store.selection import select

if TYPE_CHECKING:
    import pandas as pd

    from store.facts import Facts
    from store.filters import Filters

ITEM_COLUMNS: Final = (
    "item",
    "kind",
    "name",
    "communes",
    "investment_bvnd",
    "construction",
    "clearance",
    "forecast",
    "status",
    "milestone",
    "asked_to_act",
)
"""``item`` code; ``kind``, ``forecast``, ``status`` in words; ``communes`` names with commas;
``investment_bvnd`` billion VND; ``construction`` and ``clearance`` percent as the reports give them
(bases differ: the item's panel says which); ``milestone`` the next one known; unknown is empty."""


def item_table(facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """Return the selected items, ``ITEM_COLUMNS``, the largest investment first."""
    items = select(facts, filters).items
    names = dict(zip(facts.communes["code"], facts.communes["name"], strict=True))
    table = items.assign(
        kind=[word("kind", kind, language) for kind in items["kind"]],
        communes=[", ".join(names[code] for code in codes) for codes in items["communes"]],
        investment_bvnd=items["investment_mvnd"].astype("Float64") / 1000,
        forecast=[word("forecast", one, language) for one in items["forecast"]],
        status=[word("status", one, language) for one in items["status"]],
        milestone=[_milestone(row, language) for row in items.to_dict("records")],
        asked_to_act=["; ".join(bodies) for bodies in items["asked_to_act"]],
    )
    ordered = table.sort_values(
        ["investment_bvnd", "item"], ascending=[False, True], na_position="last"
    )
    return ordered[list(ITEM_COLUMNS)].reset_index(drop=True)


def _milestone(row: dict[str, object], language: str) -> str:
    """Return the milestones known, in the order in which they come in a project's life."""
    told = [
        f"{word('field', name, language)}: {when_text(str(row[name]), language)}"
        for name in ("milestone_start", "milestone_inauguration", "milestone_finish")
        if row[name]
    ]
    return "; ".join(told)

"""The one sentence that a leader reads first: goals missed, land that holds up, time run out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.summary.key_figure import describe_carried
from layers.summary.key_figures import list_key_figures
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.facts import Facts
    from store.facts.filters import Filters

_OVERDUE: Final = frozenset({"overdue", "overdue_unsaid", "case_overdue"})


def write_lead_sentence(
    facts: Facts, filters: Filters, rows: Iterable[WatchlistRow], *, language: str
) -> str:
    """Return the sentence of what the filters choose; ``rows`` is its watch list.

    What is unknown is left out, and so is what there is none of; what is carried over from an
    earlier period says so. '' in an empty store.
    """
    if not resolve_period(facts, filters):
        return ""
    figures = {figure.key: figure for figure in list_key_figures(facts, filters, language=language)}
    parts = []
    if figures["misses"].value > 0:
        parts.append(t("leader.lead.misses", language, count=figures["misses"].text))
    if figures["clearance_communes"].value > 0:
        key = "clearance_money" if figures["held_up"].value > 0 else "clearance"
        text = t(
            f"leader.lead.{key}",
            language,
            communes=figures["clearance_communes"].text,
            money=figures["held_up"].text,
        )
        carried = describe_carried(facts, figures["clearance_communes"].carried, language)
        parts.append(f"{text} ({carried})" if carried else text)
    overdue = sum(any(reason.key in _OVERDUE for reason in row.reasons) for row in rows)
    if overdue:
        parts.append(t("leader.lead.overdue", language, count=overdue))
    if not parts:
        return t("leader.lead.nothing", language)
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."

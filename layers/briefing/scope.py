"""What the briefing is about, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.exports.filters_text import filter_lines

if TYPE_CHECKING:
    from layers.briefing.view import View

_ELSEWHERE: Final = frozenset({"period", "weight", "carry"})
"""Filters that the text tells of in other places, or that only a map shows."""


def scope_text(view: View) -> str:
    """Return what the briefing is about: the whole city, or what the filters and the reader choose.

    ``view.partial``: the facts are those of one account's area, not of the city.
    """
    told = [
        f"{label}: {value}"
        for name, label, value in filter_lines(view.facts, view.filters, language=view.language)
        if name not in _ELSEWHERE
    ]
    if not view.filters.carry:
        told.append(view.t("scope.period_only"))
    if view.partial:
        told.insert(0, view.t("scope.partial"))
    return "; ".join(told) if told else view.t("scope.all")

"""The colours of the table's words: how an item stands is seen before it is read."""

from __future__ import annotations

from typing import Final

from geo.i18n import t
from reports.model.schema import FORECASTS, STATUSES
from store.facts.labels import format_forecast, translate_word

_GOOD: Final = "#d1fadf"
_BUSY: Final = "#dbe8f7"
_DOUBTFUL: Final = "#fef0c7"
_BAD: Final = "#fee4e2"
_WAITING: Final = "#eaecf0"
_UNKNOWN: Final = "#ffffff"

COLOURED: Final[dict[str, dict[str, str]]] = {
    "status": {
        "started": _BUSY,
        "under_construction": _BUSY,
        "paused": _BAD,
        "removed_from_list": _BAD,
        "inaugurated": _GOOD,
        "in_operation": _GOOD,
        "undetermined": _DOUBTFUL,
    },
    "forecast": {
        "exceeds": _GOOD,
        "meets": _GOOD,
        "may_meet": _GOOD,
        "strives": _GOOD,
        "misses": _BAD,
        "undetermined": _DOUBTFUL,
    },
}
"""The columns of coloured words, each with the colours of its words; others are grey."""


def list_coloured_words(column: str, language: str) -> dict[str, tuple[str, str]]:
    """Return the texts that stand in a column of coloured words, each with colour and short text.

    The colour is of the background; a forecast is short because the column's head says of what.
    """
    colours = COLOURED[column]
    unknown = t("pages.table.unknown", language)
    words: dict[str, tuple[str, str]] = {unknown: (_UNKNOWN, unknown)}
    if column == "status":
        texts = {word: translate_word("status", word, language) for word in STATUSES}
        return words | {text: (colours.get(word, _WAITING), text) for word, text in texts.items()}
    for word in FORECASTS:
        short = t(f"bench.forecast.{word}", language)
        year = t("bench.forecast.year", language, text=short)
        words[format_forecast(word, language=language)] = colours[word], short
        words[format_forecast(word, year_goal=True, language=language)] = colours[word], year
    return words

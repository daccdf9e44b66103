"""The program's own words as a reader sees them (``store.words``), for the layers and pages."""

from store.words import (
    as_of,
    count_text,
    iso_day,
    percent_or_unknown,
    period_label,
    quantity,
    value_text,
    vnd,
    when_text,
    word,
)

__all__ = [
    "as_of",
    "count_text",
    "iso_day",
    "percent_or_unknown",
    "period_label",
    "quantity",
    "value_text",
    "vnd",
    "when_text",
    "word",
]

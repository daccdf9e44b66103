"""Numbers as text that reads as the language writes it and sorts as numbers do.

A browser's table sorts text letter by letter. Numbers written with the same number of decimals
and filled with spaces on the left to one width sort rightly that way: a space comes before any
digit. Against a pandas Styler this takes a thirtieth of the time and half the bytes, and against
the table's own number format it does not depend on the language of the browser. What is unknown is
written too: an empty cell's own sign is too pale to be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, t

if TYPE_CHECKING:
    from collections.abc import Iterable


def align_numbers(values: Iterable[object], *, language: str = DEFAULT_LANGUAGE) -> list[str]:
    """Return numbers as texts of one width; unknown ones as the word for it, before all others.

    They have one decimal, none where all are whole. Negative numbers have no place here: their
    texts would not sort.
    """
    known = [None if pd.isna(value) else float(str(value)) for value in values]
    whole = all(value is None or value.is_integer() for value in known)
    texts = [
        None if value is None else format_number(value, 0 if whole else 1, language)
        for value in known
    ]
    width = max((len(text) for text in texts if text is not None), default=0)
    # More spaces than any number has: who sorts the largest first finds what is unknown last.
    unknown = " " * width + t("pages.table.unknown", language)
    return [unknown if text is None else text.rjust(width) for text in texts]

"""Whether the quarter's goal will be met: the column "Dự báo khả năng hoàn thành mục tiêu quý".

"Hoàn thành" there speaks of the quarter's goal and never says that the project is finished.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from geo.text import fold_text

_LIKE: Final = 84
_SURE: Final = 0.95
_PHRASES: Final = (
    ("khong hoan thanh", "misses"),
    ("chua hoan thanh", "misses"),
    ("khong dat", "misses"),
    ("chua xac dinh", "undetermined"),
    ("co the hoan thanh", "may_meet"),
    ("co kha nang hoan thanh", "may_meet"),
    ("phan dau hoan thanh", "strives"),
    ("hoan thanh vuot", "exceeds"),
    ("vuot muc tieu", "exceeds"),
    ("vuot tien do", "exceeds"),
    ("hoan thanh", "meets"),
    ("dat muc tieu", "meets"),
)
_FILLERS: Final = re.compile(
    r"\b(du kien|muc tieu|quy|nam|thang|tien do|ke hoach|de ra|i{1,3}v?|iv|\d+)\b|\W"
)


def read_forecast(text: str) -> tuple[str, float]:
    """Return the class of a forecast (``reports.model.schema.FORECASTS``) and its confidence.

    ``("", 0.0)`` for what is no forecast. The first clause counts: "Không hoàn thành mục tiêu
    quý, phấn đấu hoàn thành mục tiêu năm" misses the quarter.
    """
    first = re.split(r"[,;.\n]", fold_text(text).strip(" -+*\n"), maxsplit=1)[0]
    words = " ".join(first.split())
    if not words:
        return "", 0.0
    for phrase, forecast in _PHRASES:
        if words.startswith(phrase) and (forecast != "meets" or _is_only_phrase(words, phrase)):
            return forecast, 1.0
    for phrase, forecast in _PHRASES:
        found = re.search(rf"\b{phrase}\b", words)
        if found and (forecast != "meets" or not re.search(r"\b(khong|chua|kho)\b", words)):
            return forecast, _SURE
    scored = [
        (fuzz.ratio(phrase, words[: len(phrase) + 1]), phrase, name) for phrase, name in _PHRASES
    ]
    score, phrase, forecast = max(scored)
    others = [s for s, _, name in scored if name != forecast]
    if score >= _LIKE and score - max(others) > 8 and abs(len(words) - len(phrase)) < 40:  # noqa: PLR2004
        return forecast, round(score / 100 * 0.9, 2)
    return "", 0.0


def _is_only_phrase(words: str, phrase: str) -> bool:
    """Return True if nothing but fillers follows a phrase: "Hoàn thành GPMB" is no forecast."""
    rest = _FILLERS.sub("", words[len(phrase) :])
    return len(rest) < 12  # noqa: PLR2004

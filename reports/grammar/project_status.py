"""How a project stands: whether the quarter's goal will be met, and how far it has come.

"Hoàn thành" in the column "Dự báo khả năng hoàn thành mục tiêu quý" speaks of the quarter's goal
and never says that the project is finished. Where the words of a result do not say how far it has
come, nothing is taken from them.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from geo.text import fold_text
from reports.grammar.cell_parts import choose_ticked, read_ticks, split_clauses

_LIKE: Final = 84
_SURE: Final = 0.95
_PHRASES: Final = (
    ("khong hoan thanh", "misses"),
    ("chua hoan thanh", "misses"),
    ("khong dat", "misses"),
    ("khong co kha nang", "misses"),
    ("khong the", "misses"),
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
_WHOLE: Final = {"dat": "meets", "dat muc tieu": "meets", "dat ke hoach": "meets"}
"""Words that are a forecast only where nothing stands beside them."""
_ALTERNATIVES: Final = re.compile(r"\s*[/|\\]\s*(?!\d)|\s+(?:hoặc|hay)\s+|\s{2,}")
_YEAR_GOAL: Final = re.compile(r"\bmuc tieu\W+(?:ca )?nam\b")
_FILLERS: Final = re.compile(
    r"\b(du kien|muc tieu|quy|nam|thang|tien do|ke hoach|de ra|i{1,3}v?|iv|\d+)\b|\W"
)


def read_forecast(text: str) -> tuple[str, float]:
    """Return the class of a forecast (``reports.model.schema.FORECASTS``) and its confidence.

    ``("", 0.0)`` for what is no forecast, and for a form whose choice is not made
    (``list_forecasts`` says between what). The first clause counts: "Không hoàn thành mục tiêu
    quý, phấn đấu hoàn thành mục tiêu năm" misses the quarter. Of check boxes the ticked one does.
    """
    options = _list_options(text)
    if len(options) > 1:
        return "", 0.0
    return _read_words(options[0] if options else text)


def states_year_goal(text: str) -> bool:
    """Return whether a forecast goes on to the year: "…, phấn đấu hoàn thành mục tiêu năm"."""
    return bool(_YEAR_GOAL.search(fold_text(text)))


def list_forecasts(text: str) -> tuple[str, ...]:
    """Return the forecasts between which a form leaves the choice open: none or several ticked."""
    read = [_read_words(option)[0] for option in _list_options(text)]
    return tuple(dict.fromkeys(filter(None, read)))


def _list_options(text: str) -> tuple[str, ...]:
    """Return the ticked options, all where none is, or the words that a stroke parts."""
    ticks = read_ticks(text)
    if ticks:
        return ticks.ticked or (*ticks.options, "")
    parts = _ALTERNATIVES.split(text)
    read = [_read_words(part)[0] for part in parts]
    return tuple(parts) if all(read) and len(set(read)) > 1 else ()


def _read_words(text: str) -> tuple[str, float]:
    first = re.split(r"[,;.\n]", fold_text(text).strip(" -+*\n"), maxsplit=1)[0]
    words = " ".join(first.split())
    if not words:
        return "", 0.0
    if words in _WHOLE:
        return _WHOLE[words], 1.0
    for phrase, forecast in _PHRASES:
        if words.startswith(phrase) and (forecast != "meets" or _is_only_phrase(words, phrase)):
            return forecast, 1.0
    for phrase, forecast in _PHRASES:
        match = re.search(rf"\b{phrase}\b", words)
        if match and (forecast != "meets" or not re.search(r"\b(khong|chua|kho)\b", words)):
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


_SIGNS: Final = (
    ("inaugurated", re.compile(r"da khanh thanh|da dua vao (?:su dung|van hanh)")),
    ("started", re.compile(r"da khoi cong")),
    ("not_started", re.compile(r"chua co dat|chua khoi cong|chua trien khai")),
    ("under_construction", re.compile(r"^(?:\W*dang )thi cong xay dung")),
    (
        "preparing",
        re.compile(
            r"thu tuc|tham dinh|chu truong|chuan bi (?:dau tu|khoi cong|de trien khai)|quy hoach"
            r"|lap du an|lua chon|tham van|phuong an thiet ke|quy dat doi ung"
        ),
    ),
    (
        "under_construction",
        re.compile(r"thi cong|xay lap|dtxd|dt xd|giai ngan|dao, dap|khoan nhoi|lap dat"),
    ),
)


def find_status(text: str) -> tuple[str, str] | None:
    """Return (``reports.model.schema.STATUSES`` word, the clause that says so) or ``None``.

    Of check boxes only the ticked ones count.
    """
    text = choose_ticked(text)
    for status, sign in _SIGNS:
        for clause, _ in split_clauses(text):
            if sign.search(fold_text(clause)):
                return status, clause
    return None

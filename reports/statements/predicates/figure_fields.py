"""Which field a figure is of: the words before it, behind it, and the figure before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from reports.statements.lexing.quantities import Quantity

_TABLES: Final = {
    "money": ("money_before", "money_after"),
    "percent": ("percent_before", "percent_after"),
    "area": ("area_before", "area_after"),
    "length": ("length_before", ""),
}
_NEUTRAL: Final = {"area": "area", "length": "length"}
_AFTER: Final = 45
"""Characters behind a figure in which words tell what it is."""
_PCT_OF: Final = {
    "disbursed": "disbursed_pct", "planned_disbursement": "disbursed_pct",
    "disbursement_target": "disbursed_pct", "allocated": "disbursed_pct",
    "land_handed_over": "clearance_pct", "land_cleared": "clearance_pct",
}  # fmt: skip
_COUNT_FIELDS: Final = {
    "household": "households", "organisation": "organisations", "grave": "graves",
    "dwelling": "dwellings", "building": "buildings",
}  # fmt: skip
_COST: Final = re.compile(r"mức đầu tư|TMĐT|tổng vốn", re.IGNORECASE)
_GROUND: Final = re.compile(r"mặt bằng|gpmb", re.IGNORECASE)
_SIZED: Final = re.compile(
    r"(?P<many>(?:các|những|nhóm|loạt|nhiều)\s(?:\w+\s){0,2})?(?:dự án|công trình|gói thầu)\s$",
    re.IGNORECASE,
)
"""What an amount right behind it is the size of ("dự án 7.400 tỷ", "các dự án hơn 1.000 tỷ")."""
_GOAL: Final = re.compile(
    r"(?:kịch bản|mục tiêu|chỉ tiêu)(?:\s(?:đề ra|đặt ra))?\slà\s$", re.IGNORECASE
)
"""Right before the share that was to be reached: "vượt kịch bản đề ra là 18%"."""
_BEHIND: Final = re.compile(
    r"(?<!\w)(?:chậm|trễ|nhanh|thiếu|hụt|kém)\s(?:hơn\s|khoảng\s|gần\s|tới\s)?$", re.IGNORECASE
)
"""Right before how far something is behind, or ahead: "chậm 6% so với kế hoạch"."""
_PLAN: Final = re.compile(r"kế hoạch[^,;()]*\(\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class FigureWords:
    """The words around a figure.

    ``left`` is what stands between it and the figure before, ``right`` what follows up to a mark,
    ``clause`` all of its clause before it, ``sentence`` all of the sentence before it; ``last``
    is the field of the figure before.
    """

    left: str
    right: str
    clause: str
    sentence: str
    last: str = ""


def _is_of_economy(before: str) -> bool:
    """Return True if the words before a figure speak of the economy at large, not of works."""
    topics = list(load_phrases("predicates", "topics").find(before))
    return bool(topics) and topics[-1].key == "economy"


def choose_field(quantity: Quantity, words: FigureWords) -> str:
    """Return the field that a figure is of; ``other`` for what is none of ours."""
    left, right = words.left, words.right
    clause, sentence = words.clause, words.sentence
    if quantity.kind in {"money", "percent"} and _is_of_economy(sentence):
        return "other"
    if quantity.kind == "count":
        return _choose_count_field(quantity, left, right, words.last)
    before, after = _TABLES[quantity.kind]
    led = _find_nearest(before, left)
    trailed = _find_first(after, right) if after else ""
    if quantity.kind == "percent":
        return _choose_share(words, led, trailed)
    if quantity.kind == "money":
        return _choose_money(led, trailed, left, clause)
    neutral = _NEUTRAL[quantity.kind]
    if quantity.kind == "length" and quantity.total is not None:
        # So many of so many kilometres are work done or ground handed over, no length of a thing.
        led = neutral = "land_handed_over" if _GROUND.search(sentence) else "physical_done"
    return trailed if trailed and led in {"", neutral} else led or neutral


def _choose_money(led: str, trailed: str, left: str, clause: str) -> str:
    if _PLAN.search(clause):
        return "allocated"
    sized = _SIZED.search(left)
    if led in {"other", "fdi"} or sized:
        many = sized is not None and sized["many"]
        return "money" if led == "fdi" else "other" if led == "other" or many else "investment"
    spends = re.search(r"giải ngân", left, re.IGNORECASE) is not None
    if led == "investment" and spends:
        plain = re.sub(r"vốn đầu tư( công)?", "", left)
        nearest = _find_nearest("money_before", plain)
        costs = nearest == "investment" and _COST.search(plain) is not None
        led = nearest if costs or nearest not in {"", "investment"} else "disbursed"
    if led or trailed:
        return led or trailed
    if re.search(r"giải ngân", clause, re.IGNORECASE):
        return "disbursed"
    shared = _find_nearest("money_before", clause)
    return shared if shared in {"allocated", "disbursed", "compensation"} else "money"


def _choose_share(words: FigureWords, led: str, trailed: str) -> str:
    last, sentence = words.last, words.sentence
    led = "other" if _BEHIND.search(words.left) else led
    trailed = "" if led == "other" and trailed == "disbursed_pct" else trailed
    of_last = _PCT_OF.get(last, last if last.endswith("_pct") else "")
    if of_last and _GOAL.search(sentence):
        return of_last
    if trailed == "other" or (led == "other" and not trailed):
        return "other"
    if of_last and (trailed == "disbursed_pct" or led in {"", "target_pct"}):
        return of_last
    if led not in {"", "other", "target_pct"}:
        return led
    spends = re.search(r"giải ngân|vốn đầu tư công", sentence, re.IGNORECASE)
    if trailed == "disbursed_pct" or not trailed:
        return "disbursed_pct" if spends else "pct"
    return trailed


def _choose_count_field(quantity: Quantity, left: str, right: str, last: str) -> str:
    if quantity.noun == "household":
        if last == "land_remaining" and left.strip() in {"của", ",", "và", "của các"}:
            return "households_remaining"
        trailed = _find_first("household_after", right)
        led = _find_nearest("household_before", left)
        return trailed or led or "households"
    if quantity.noun == "dwelling":
        led = _find_nearest("dwelling_before", left)
        return "other" if led == "other" else "dwellings"
    return _COUNT_FIELDS.get(quantity.noun, "count")


def _find_nearest(table: str, left: str) -> str:
    """Return the field of the phrase that ends nearest to a figure, within its own words."""
    matches = list(load_phrases("predicates", table).find(left))
    return matches[-1].key if matches else ""


def _find_first(table: str, right: str) -> str:
    match = next(load_phrases("predicates", table).find(right), None)
    return match.key if match and match.start <= _AFTER // 2 else ""

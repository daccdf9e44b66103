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
    left, right, last = words.left, words.right, words.last
    clause, sentence = words.clause, words.sentence
    if quantity.kind in {"money", "percent"} and _is_of_economy(sentence):
        return "other"
    if quantity.kind == "count":
        return _choose_count_field(quantity, left, right, last)
    before, after = _TABLES[quantity.kind]
    led = _find_nearest(before, left)
    trailed = _find_first(after, right) if after else ""
    if quantity.kind == "percent":
        return _choose_share(led, trailed, last, sentence)
    if quantity.kind == "money":
        return _choose_money(led, trailed, left, clause)
    if trailed and (not led or led == _NEUTRAL[quantity.kind]):
        return trailed
    return led or _NEUTRAL[quantity.kind]


def _choose_money(led: str, trailed: str, left: str, clause: str) -> str:
    if led in {"other", "fdi"}:
        return "money" if led == "fdi" else "other"
    spends = re.search(r"giải ngân", left, re.IGNORECASE) is not None
    if led == "investment" and spends:
        plain = re.sub(r"vốn đầu tư( công)?", "", left)
        led = _find_nearest("money_before", plain) or "disbursed"
    if led:
        return "allocated" if _PLAN.search(left) else led
    if trailed:
        return trailed
    if _PLAN.search(left):
        return "allocated"
    if re.search(r"giải ngân", clause, re.IGNORECASE):
        return "disbursed"
    shared = _find_nearest("money_before", clause)
    return shared if shared in {"allocated", "disbursed"} else "money"


def _choose_share(led: str, trailed: str, last: str, sentence: str) -> str:
    if trailed == "other" or (led == "other" and not trailed):
        return "other"
    of_last = _PCT_OF.get(last, last if last.endswith("_pct") else "")
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

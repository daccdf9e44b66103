"""The value that words state, read by the program's own grammar and by nothing else."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.text import fold_text, normalise_spelling
from reports.grammar.amounts.money import find_money
from reports.grammar.milestone import find_times
from reports.grammar.numbers import NUMBER, SPACED, read_number
from reports.model.schema import STATUSES
from reports.model.statement import (
    MONEY_FIELDS,
    SHARE_FIELDS,
    SIZE_FIELDS,
    TIME_FIELDS,
    WORD_FIELDS,
)

if TYPE_CHECKING:
    from decimal import Decimal

_AREAS: Final = {"ha": "ha", "hec ta": "ha", "hecta": "ha", "m2": "m2", "m²": "m2", "km2": "km2",
                 "km²": "km2"}  # fmt: skip
_LENGTHS: Final = {"km": "km", "m": "m", "met": "m"}
_AMOUNT: Final = re.compile(
    rf"(?<![\d.,/])(?P<number>{SPACED}|{NUMBER})(?:\s?/\s?(?P<total>{SPACED}|{NUMBER}))?(?![\d/])"
)
_DAY: Final = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")
_SHARE: Final = (0.0, 100.0)
_MONTHS: Final = {"thang": 1, "nam": 12}


@dataclass(frozen=True)
class LiteralValue:
    """A value that words state, in the form of a statement."""

    value: float | str
    unit: str = ""
    total: float | None = None
    qualifier: str = "exact"
    inferred: tuple[str, ...] = ()
    others: tuple[float, ...] = ()
    """What the same digits may also mean (``1.226``)."""


def read_literal(
    field: str, stated: str, proposed: Any, unit: Any, *, year: str
) -> LiteralValue | None:
    """Return the value of a field that words state, if it is the one proposed; else ``None``.

    ``unit`` must stand in the words too. ``year`` is the document's, for a day without one.
    """
    if not isinstance(unit, str) or not _holds(stated, unit):
        return None
    if field in TIME_FIELDS:
        return _read_time(stated, str(proposed), year)
    if field in WORD_FIELDS:
        return _read_words(field, stated, proposed)
    number = _to_number(proposed)
    if number is None:
        return None
    if field in MONEY_FIELDS:
        return _read_money(stated, number)
    return _read_amount(field, stated, number, unit)


def _holds(stated: str, unit: str) -> bool:
    """Return True if a unit stands in words as words of its own (``%`` and ``m²`` may touch)."""
    plain = re.escape(fold_text(unit.strip()))
    return not plain or bool(re.search(rf"(?<![^\W\d]){plain}(?![^\W\d])", fold_text(stated)))


def _to_number(proposed: Any) -> float | None:
    if isinstance(proposed, bool) or not isinstance(proposed, int | float):
        return None
    try:
        return float(proposed)
    except OverflowError:
        return None


def _read_money(stated: str, proposed: float) -> LiteralValue | None:
    amounts = list(find_money(stated))
    if len(amounts) != 1:
        return None
    (money,) = amounts
    if money.currency == "other":
        return None
    written = {
        float(one) for raw in _AMOUNT.finditer(money.raw) for one in read_number(raw["number"])
    }
    readings = [float(one) for one in money.readings]
    agreed = [one for one in readings if _same(one, proposed)]
    if not agreed and any(_same(one, proposed) for one in written) and money.value is not None:
        agreed = [float(money.value)]
    if len(agreed) != 1:
        return None
    unit = "triệu USD" if money.currency == "USD" else "triệu đồng"
    return LiteralValue(agreed[0], unit, qualifier=money.qualifier)


def _read_amount(field: str, stated: str, proposed: float, unit: str) -> LiteralValue | None:
    found = [one for one in _AMOUNT.finditer(stated) if _agrees(one["number"], proposed)]
    if len(found) != 1:
        return None
    (match,) = found
    behind = fold_text(stated[match.end() :]).lstrip()
    others = tuple(float(one) for one in read_number(match["number"]) if not _same(one, proposed))
    if field in SHARE_FIELDS:
        low, high = _SHARE
        good = behind.startswith(("%", "phan tram")) and low <= proposed <= high
        return LiteralValue(proposed, "%", others=others) if good else None
    if field in SIZE_FIELDS:
        names = _LENGTHS if field == "length" else _AREAS
        name = re.match(r"hec ta|[^\W\d]+[2²]?", behind)
        known = names.get(name[0]) if name else None
        return LiteralValue(proposed, known, others=others) if known else None
    return _read_count(field, match, proposed, behind, unit.strip())


def _read_count(
    field: str, match: re.Match[str], proposed: float, behind: str, unit: str
) -> LiteralValue | None:
    if field == "duration_months":
        factor = next((n for word, n in _MONTHS.items() if behind.startswith(word)), None)
        return LiteralValue(proposed * factor, "tháng") if factor else None
    if not unit or not behind.startswith(fold_text(unit)):
        return None
    totals = read_number(match["total"] or "")
    total = float(totals[0]) if len(totals) == 1 else None
    return LiteralValue(proposed, normalise_spelling(unit), total)


def _read_time(stated: str, proposed: str, year: str) -> LiteralValue | None:
    times = [time for time, _ in find_times(stated)]
    if proposed in times or (".." in proposed and proposed == "..".join(times)):
        return LiteralValue(proposed)
    for match in _DAY.finditer(stated) if year and not times else ():
        if proposed == f"{year}-{int(match['month']):02}-{int(match['day']):02}":
            return LiteralValue(proposed, inferred=("year",))
    return None


def _read_words(field: str, stated: str, proposed: Any) -> LiteralValue | None:
    if field == "status":
        return LiteralValue(proposed) if proposed in STATUSES else None
    same = isinstance(proposed, str) and normalise_spelling(proposed) == normalise_spelling(stated)
    return LiteralValue(stated) if same else None


def _agrees(raw: str, proposed: float) -> bool:
    return any(_same(one, proposed) for one in read_number(raw))


def _same(one: Decimal | float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)

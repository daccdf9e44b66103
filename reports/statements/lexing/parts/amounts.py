"""Quantities, and amounts of money as such: prices left out, parts of a whole put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text
from reports.grammar.amounts.money import find_money
from reports.statements.lexing.parts.numbers import find_numbers
from reports.statements.lexing.parts.units import find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.amounts.money import Money
    from reports.grammar.numbers import Style

QuantityKind = Literal["money", "area", "length", "percent", "count"]

OF_WHOLE: Final = re.compile(r"\s?/\s?|\s(?:tren|trong)\s(?:(?:tong\s)?so\s|tong\s)?")
"""What stands between a part and its whole: "13/14 km", "12 trong tổng số 15 hộ"."""
_TORN: Final = re.compile(r"(?<![\w.,])(\d{1,3})\.\s$")
"""What before "741" makes it the end of "1. 741", or a number of its own."""
_RATE: Final = re.compile(r"\s?/\s?[^\W\d_]")
_PLAIN_MONEY: Final = re.compile(r"(?:trieu|tr|nghin|ngan|ty|ti)\.?$")
_SLASHED_MONEY: Final = re.compile(
    r"(?<![\w.,/])(?P<done>[\d.,]+)\s?/\s?(?=\d[\d.,]*\s?(?:(?:nghin |ngan )?t[yi]|trieu|tr)(?!\w))"
)
_SLASH: Final = re.compile(r"(?<=ty|ti|tr|ng|eu|sd)\s?/\s?(?=\d)")


@dataclass(frozen=True)
class Quantity:
    """A quantity where it stands. ``value`` is ``None`` where it can be read in two ways.

    Money is in million of its currency, everything else in ``unit`` as it is stated. ``low`` is
    the lower end of a range, ``total`` the whole of "13/14 km". ``readings`` are what an unclear
    number may be. ``noun`` is what a count counts, as the dictionary names it.
    """

    kind: QuantityKind
    value: float | None
    unit: str
    start: int
    end: int
    qualifier: str = "exact"
    low: float | None = None
    total: float | None = None
    readings: tuple[float, ...] = ()
    noun: str = ""


def list_money(text: str, folded: str, style: Style = "") -> Iterator[Quantity]:
    """Yield the amounts of money of a text, left to right."""
    slashed = {match.end(): match for match in _SLASHED_MONEY.finditer(folded)}
    last: Quantity | None = None
    plain = list(text)
    for match in [*slashed.values(), *_SLASH.finditer(folded)]:
        plain[match.start() : match.end()] = "·" * (match.end() - match.start())
    for money in find_money("".join(plain), style):
        if _RATE.match(folded, money.end) or _is_multiple(text, folded, money):
            continue
        quantity = _make_money(money)
        if quantity.value is None and not quantity.readings:
            continue  # digits torn apart by marks
        quantity = _join_torn(text, quantity)
        done = slashed.get(quantity.start)
        if done is not None:
            quantity = _make_part(quantity, done, money)
        if last is not None and last.unit == quantity.unit and _is_whole_of(folded, last, quantity):
            last = replace(last, total=quantity.value, end=quantity.end)
            continue
        if last is not None:
            yield last
        last = quantity
    if last is not None:
        yield last


def _join_torn(text: str, quantity: Quantity) -> Quantity:
    """Return "1. 741 tỷ" as an amount that may be 1.741 tỷ or 741 tỷ."""
    torn = _TORN.search(text[: quantity.start])
    whole = re.match(r"\d{3}(?![\d.,])", text[quantity.start :])
    if not torn or not whole or quantity.value is None or not text[: torn.start()].strip():
        return quantity
    factor = quantity.value / int(whole[0])
    readings = (int(torn[1] + whole[0]) * factor, quantity.value)
    return replace(quantity, value=None, start=torn.start(), readings=readings)


def _is_multiple(text: str, folded: str, money: Money) -> bool:
    """Return True for "1,2 triệu m2", "3 triệu căn": a number of other things than money."""
    words = folded[money.start : money.end]
    return bool(_PLAIN_MONEY.search(words)) and find_unit(text, folded, money.end) is not None


def _make_money(money: Money) -> Quantity:
    unit = {"VND": "triệu đồng", "USD": "triệu USD"}.get(money.currency, money.currency)
    readings = tuple(float(value) for value in money.readings)
    ranged = money.why == "amount_range" and len(readings) == 2  # noqa: PLR2004
    value = float(money.value) if money.value is not None else None
    number = re.search(r"\d", money.raw)
    return Quantity(
        "money", readings[1] if ranged else value, unit,
        money.start + (number.start() if number else 0), money.end,
        low=readings[0] if ranged else None,
        readings=() if ranged else readings,
    )  # fmt: skip


def _make_part(whole: Quantity, done: re.Match[str], money: Money) -> Quantity:
    """Return "3.250/5.400 tỷ đồng" as the first amount of the second."""
    numbers = [*find_numbers(done["done"], done["done"])]
    totals = [*find_numbers(money.raw, fold_text(money.raw))]
    if len(numbers) != 1 or not totals or whole.value is None or len(totals[0].values) != 1:
        return whole
    part = numbers[0].values[0] * whole.value / totals[0].values[0] if totals[0].values[0] else 0
    if len(numbers[0].values) != 1 or part > whole.value:
        return whole
    return replace(whole, value=part, total=whole.value, start=done.start(), readings=(part,))


def _is_whole_of(folded: str, part: Quantity, whole: Quantity) -> bool:
    joined = OF_WHOLE.fullmatch(folded, part.end, whole.start)
    if not joined or part.total is not None or part.value is None or whole.value is None:
        return False
    return part.value <= whole.value and whole.low is None

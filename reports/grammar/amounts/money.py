"""Amounts of money as reports write them, and whether one can be read in two ways.

An amount (``hơn 30.743 tỷ đồng``, ``1,5 tỷ USD``, ``12 tỷ 500 triệu``) that can be read in two ways
is never decided: it comes back with its readings and ``value`` empty. So does a range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text, normalise_spelling
from reports.grammar.numbers import NUMBER, SPACED, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.numbers import Style

Currency = Literal["VND", "USD", "other"]

_FACTORS: Final = {
    "nghin ty": Decimal(1_000_000), "ngan ty": Decimal(1_000_000),
    "trieu ty": Decimal(1_000_000_000), "ty": Decimal(1000),
    "trieu": Decimal(1), "tr": Decimal(1), "nghin": Decimal("0.001"), "ngan": Decimal("0.001"),
    "dong": Decimal("0.000001"),
}  # fmt: skip
_UNIT: Final = (
    r"(?:(?:nghin|ngan|trieu) t[yi]|t[yi]|trieu|(?:nghin|ngan)(?=\s?(?:dong|d\b|vnd))|tr)"
)
_DONG: Final = r"(?:dong|vnd|vn d|d)"
_OTHER: Final = r"(?:eur|euro|jpy|yen|cny|ndt|nhan dan te|krw|won|gbp)"
_BEFORE: Final = (
    r"hon|tren|gan|khoang|uoc(?: tinh)?|duoi|xap xi|tu|khong (?:qua|duoi)|toi (?:da|thieu)"
    r"|it nhat|vuot|[~≈<>≥≤]=?"
)
_AMOUNT: Final = re.compile(
    rf"(?:(?<!\w)(?P<before>{_BEFORE})\s*)?(?<![\w.,/])"
    rf"(?:(?P<low>{SPACED}|{NUMBER})\s*(?P<lowunit>{_UNIT}|{_DONG})?\s*(?:dong\s*)?"
    rf"(?:[-–—÷]|den|toi)\s*)?"
    rf"(?P<number>{SPACED}|{NUMBER})\s*"
    rf"(?:(?P<unit>{_UNIT})\.?\s*(?P<currency>{_DONG}|usd|do la|{_OTHER})?"
    rf"|(?P<plain>usd|{_DONG}|{_OTHER}))(?![\w])"
)
QUALIFIERS: Final = {
    "hon": "over", "tren": "over", "vuot": "over", "khong duoi": "over", "toi thieu": "over",
    "it nhat": "over", ">": "over", "≥": "over", ">=": "over", "duoi": "under",
    "khong qua": "under", "toi da": "under", "<": "under", "≤": "under", "<=": "under",
    "gan": "about", "khoang": "about", "uoc": "about", "uoc tinh": "about", "xap xi": "about",
    "~": "about", "≈": "about",
}  # fmt: skip
_SPELT: Final = frozenset({
    "hơn", "trên", "gần", "khoảng", "ước", "ước tính", "dưới", "xấp xỉ", "từ", "không quá",
    "không dưới", "tối đa", "tối thiểu", "ít nhất", "vượt", "~", "≈", "<", ">", "≥", "≤", ">=",
    "<=",
})  # fmt: skip
_NUMBERED: Final = re.compile(
    r"(?:giai doan|so|goi(?: thau)?|quy|thang|nam|km|dieu|dot|[^\W\d]) ?$"
)
_REACH: Final = 20
_JOINED: Final = re.compile(r"\s*(?:va\s+)?")

Why = Literal[
    "", "amount_range", "two_amounts", "no_money_unit", "share_not_amount", "other_currency",
    "rounded_amount", "signed_amount",
]  # fmt: skip
"""Why an amount is asked about where it is not its separators: a key of ``[queue]``."""


@dataclass(frozen=True)
class Money:
    """An amount. ``value`` is in million VND (or million USD); ``None`` if not clear.

    ``readings`` are the amounts it may mean, in the same unit, the likelier first.
    """

    raw: str
    value: Decimal | None
    readings: tuple[Decimal, ...]
    qualifier: str
    currency: Currency = "VND"
    start: int = 0
    end: int = 0
    why: Why = ""


def find_money(text: str, style: Style = "") -> Iterator[Money]:
    """Yield the amounts with a unit of money that a text names, left to right.

    Vietnamese text groups by points: "30.743 tỷ đồng" is clear. "1,198 tỷ" is not.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    last: tuple[Money, Decimal] | None = None
    for match in _AMOUNT.finditer(folded):
        unit = match["unit"] or ("dong" if match["plain"] in _DONGS else "usd")
        if not _is_dong(text, match):
            continue
        factor = _FACTORS.get(re.sub(r"\bti$", "ty", unit), Decimal("0.000001"))
        money = _make_money(text, folded, match, factor, style)
        if last is not None and _goes_on(last, money, factor, folded):
            joined = (last[0].value or Decimal(0)) + (money.value or Decimal(0))
            raw = text[last[0].start : money.end]
            whole = replace(last[0], raw=raw, value=joined, readings=(joined,), end=money.end)
            last = (replace(whole, currency=money.currency), factor)
            continue
        if last is not None:
            yield last[0]
        last = (money, factor)
    if last is not None:
        yield last[0]


_DONGS: Final = frozenset({"dong", "vnd", "vn d", "d"})


def _is_dong(text: str, match: re.Match[str]) -> bool:
    """Return False where a lone letter after a number is a d and no đ."""
    for group in ("currency", "plain"):
        if match[group] == "d" and text[match.start(group)] not in "đĐ":
            return False
    return True


def _goes_on(last: tuple[Money, Decimal], money: Money, factor: Decimal, folded: str) -> bool:
    """Return True for the second half of "12 tỷ 500 triệu"."""
    first, larger = last
    between = _JOINED.fullmatch(folded, first.end, money.start)
    amounts = first.value is not None and money.value is not None
    return bool(between) and amounts and factor < larger and (money.value or 0) < larger


def _make_money(
    text: str, folded: str, match: re.Match[str], factor: Decimal, style: Style
) -> Money:
    raw_number = text[match.start("number") : match.end("number")]
    values = _read_values(raw_number, style, factor)
    currency: Currency = "VND"
    named = (match["currency"] or match["plain"] or "").strip()
    if named in {"usd", "do la"}:
        currency = "USD"
    elif named and named not in _DONGS:
        currency = "other"
    low = _read_low(text, folded, match, factor, style) if match["low"] else ()
    ranged = len(low) == 1 and len(values) == 1 and low[0] < values[0]
    start = match.start("number")
    if ranged:
        start = match.start("low")
    before = match["before"] or ""
    if before and not _is_spelt(text[match.start("before") : match.end("before")]):
        before = ""  # "đầu tư 3 tỷ" is no "từ 3 tỷ"
    if before and (ranged or not match["low"]):
        start = match.start("before")
    readings = (*low, *values) if ranged else values
    return Money(
        raw=text[start : match.end()].strip(),
        value=values[0] if len(values) == 1 and not ranged else None,
        readings=() if currency == "other" else readings,
        qualifier=QUALIFIERS.get(before, "exact"),
        currency=currency,
        start=start,
        end=match.end(),
        why="amount_range" if ranged else "",
    )


def _is_spelt(words: str) -> bool:
    """Return True if a word before an amount is the word itself and no other of like letters."""
    return words.isascii() or normalise_spelling(words).lower() in _SPELT


def _read_values(raw: str, style: Style, factor: Decimal) -> tuple[Decimal, ...]:
    values = read_number(raw, style or ("." if "," not in raw else ""))
    return tuple(value * factor for value in values)


def _read_low(
    text: str, folded: str, match: re.Match[str], factor: Decimal, style: Style
) -> tuple[Decimal, ...]:
    """Return the lower end of a range, in the unit of the higher one where it names none."""
    if (
        _NUMBERED.search(folded[max(0, match.start("low") - _REACH) : match.start("low")])
        and match["before"] != "tu"
    ):
        return ()
    own = _FACTORS.get(match["lowunit"] or "", factor)
    return _read_values(text[match.start("low") : match.end("low")], style, own)

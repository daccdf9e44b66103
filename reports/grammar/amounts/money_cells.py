"""The amount in a cell of a money column: one unit for the cell, or a question.

A unit written in the cell holds for it, whatever its heading says. Where no unit is known, every
one that is likely is offered.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.amounts.money import QUALIFIERS, Money, find_money
from reports.grammar.numbers import BLANK, NUMBER, SPACED, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.grammar.amounts.money import Why
    from reports.grammar.numbers import Style

_MARKS: Final = re.compile(r"[.,]")
_QUOTE: Final = re.compile(r"^['‘’`]+(?=\s*\d)")
_BLANKS: Final = re.compile(rf"[{BLANK}\s]+")
_BEFORE: Final = "|".join(sorted((re.escape(word) for word in QUALIFIERS), key=len, reverse=True))
_ORDINARY: Final = re.compile(
    rf"(?:tong (?:so|cong|muc dau tu)|tmdt)?\s*:?\s*({_BEFORE})?\s*"
    rf"({SPACED}|{NUMBER}|\d[\d ]*\d|\d{{1,3}}(?:['’]\d{{3}})+)\s*"
)
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d{1,2}")
_SIGNED: Final = re.compile(rf"[-–−]\s?({NUMBER}|{SPACED})|\(\s?({NUMBER}|{SPACED})\s?\)")
_RANGE: Final = re.compile(
    rf"(?:tu\s+)?({SPACED}|{NUMBER})\s*(?:[-–—÷]|den|toi)\s*({SPACED}|{NUMBER})"
)
_LOOKS_LIKE_DIGITS: Final = str.maketrans(
    {"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "b": "8"}
)
_ADJUSTED: Final = re.compile(r"\b(?:dieu chinh|dc\b|sau dieu chinh|bo sung|tang len|nay la)")
_APPROVED: Final = re.compile(r"\b(?:phe duyet|duoc duyet|ban dau|cu|truoc dieu chinh|pd|duyet)\b")
_FILLER: Final = re.compile(
    r"\b(?:tong muc dau tu|tong von dau tu|tong von|tong so|tong cong|tmdt|von dau tu|la|dong|vnd"
    r"|bao gom vat|da bao gom vat|gom vat|so bo|du kien)\b|[\W_]"
)
_UNITS: Final = (Decimal(1), Decimal(1000), Decimal("0.000001"))
"""Million, thousand million and one đồng, in million đồng."""
_LIKELY: Final = (Decimal(100), Decimal(300_000_000))
"""Between 100 million and 300 thousand milliard đồng a public work's investment lies."""
_AS_DONG: Final = Decimal(100_000_000)
_AS_MILLIARDS: Final = Decimal(10_000)
_MOST: Final = 4


def read_money_cell(text: str, unit: float | None, style: Style) -> Money | None:
    """Return the amount in a cell of a money column; ``None`` for an empty cell or a dash.

    ``unit`` is how many million VND one unit of the column is, ``style`` how the column groups.
    A column in millions has no fractions: "4,572.000" there is rather a separator misread, and
    asked about.
    """
    words = _BLANKS.sub(" ", text).strip()
    words = _QUOTE.sub("", words).strip()
    if not words or not any(letter.isalnum() for letter in words):
        return None
    folded = fold_text(words)
    if re.search(r"[%％٪]|\bphan tram\b", folded):
        return Money(words, None, (), "", why="share_not_amount")
    amounts = list(find_money(words, "." if style == "." else ""))
    if amounts:
        return _read_with_units(words, folded, amounts)
    match = _ORDINARY.fullmatch(folded)
    if match is None:
        return _read_odd(words, folded, unit, style)
    qualifier = QUALIFIERS.get(match[1] or "", "exact")
    values = read_number(match[2].strip(), style)
    if unit is None:
        return Money(words, None, offer_units(values), qualifier, why="no_money_unit")
    return _read_plain(words, match[2], values, Decimal(str(unit)), qualifier)


def _read_plain(
    words: str, number: str, plain: tuple[Decimal, ...], unit: Decimal, qualifier: str
) -> Money:
    values = tuple(value * unit for value in plain)
    broken = (
        unit == 1 and re.search(r"[.,]\d+[.,]\d+$", number) and len(set(_MARKS.findall(number))) > 1
    )
    whole = len(values) == 1 and values[0] == values[0].to_integral_value()
    clear = len(values) == 1 and (unit != 1 or (whole and not broken))
    if len(values) == 1 and not clear:  # 1.198,916 in a column of millions: or 1.198.916
        values = (*values, Decimal(re.sub(r"[.,\s]", "", number)))
    return Money(words, values[0] if clear else None, values, qualifier)


def _read_with_units(words: str, folded: str, amounts: list[Money]) -> Money:
    """Return the one amount with a unit, the adjusted of two, or a question."""
    foreign = next((money for money in amounts if money.currency != "VND"), None)
    if foreign is not None:
        value = foreign.value if len(amounts) == 1 else None
        readings = foreign.readings if len(amounts) == 1 else ()
        return Money(
            words, value, readings, foreign.qualifier, foreign.currency, why="other_currency"
        )
    rest, numbered = _cut_out(folded, amounts)
    if len(amounts) == 1 and not rest:
        return amounts[0]
    values = [money.readings for money in amounts]
    if len(amounts) == 1 and not numbered:
        return Money(words, None, values[0], "")
    labelled = _choose_adjusted(folded, amounts)
    if labelled is not None:
        return labelled
    last_adjusted = bool(_ADJUSTED.search(folded[: amounts[-1].start]))
    ordered = values[::-1] if last_adjusted else values
    readings = tuple(dict.fromkeys(one for group in ordered for one in group))
    return Money(words, None, readings, "", why="two_amounts")


def _cut_out(folded: str, amounts: list[Money]) -> tuple[str, bool]:
    """Return the words beside the amounts without fillers, and whether they hold numbers."""
    rest, begin = "", 0
    for money in amounts:
        rest += folded[begin : money.start]
        begin = money.end
    rest += " " + folded[begin:]
    return _FILLER.sub("", rest), bool(re.search(r"\d", rest))


def _choose_adjusted(folded: str, amounts: list[Money]) -> Money | None:
    """Return the adjusted of two amounts that are both labelled; ``None`` for others."""
    if len(amounts) != 2:  # noqa: PLR2004
        return None
    labels = (folded[: amounts[0].start], folded[amounts[0].end : amounts[1].start])
    adjusted = [bool(_ADJUSTED.search(label)) for label in labels]
    approved = [bool(_APPROVED.search(_ADJUSTED.sub("", label))) for label in labels]
    for first, second in ((0, 1), (1, 0)):
        if approved[first] and not adjusted[first] and adjusted[second] and not approved[second]:
            return amounts[second]
    return None


def _read_odd(words: str, folded: str, unit: float | None, style: Style) -> Money:
    """Return the question about a cell that holds no plain amount, with what it may mean."""
    plain = folded.replace(" ", "")
    why: Why = ""
    values: tuple[Decimal, ...] = ()
    signed, ranged = _SIGNED.fullmatch(folded), _RANGE.fullmatch(folded)
    if _SCIENTIFIC.fullmatch(plain):
        why, values = "rounded_amount", _read_scientific(plain)
    elif signed:
        why, values = "signed_amount", read_number(signed[1] or signed[2], style)
    elif ranged:
        why = "amount_range"
        values = tuple(one for end in ranged.groups() for one in read_number(end, style))
    else:
        numbers = [
            match[0] for match in re.finditer(rf"(?<![\w.,/]){SPACED}|(?<![\w.,/]){NUMBER}", folded)
        ]
        if len(numbers) > 1:
            why = "two_amounts"
            adjusted = _ADJUSTED.search(folded)
            order = numbers[::-1] if adjusted else numbers
            values = tuple(one for number in order for one in read_number(number, style))
        else:
            values = read_number(folded.translate(_LOOKS_LIKE_DIGITS).replace(" ", ""), style)
    if unit is None:
        return Money(words, None, offer_units(values), "", why=why or "no_money_unit")
    factor = Decimal(str(unit))
    return Money(words, None, tuple(dict.fromkeys(value * factor for value in values)), "", why=why)


def _read_scientific(plain: str) -> tuple[Decimal, ...]:
    try:
        return (Decimal(format(Decimal(plain.replace(",", ".")), "f")),)
    except (InvalidOperation, ValueError):
        return ()


def offer_units(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Return what numbers without a unit may mean in million VND, the likelier unit first.

    Small numbers and fractions are rather thousand millions, and very large ones đồng.
    """
    offered = [value * unit for value in values for unit in _order_units(value)]
    low, high = _LIKELY
    likely = [value for value in offered if low <= value <= high]
    return tuple(dict.fromkeys(likely or offered))[:_MOST]


def _order_units(value: Decimal) -> tuple[Decimal, ...]:
    million, milliard, dong = _UNITS
    if value >= _AS_DONG:
        return dong, million, milliard
    if value < _AS_MILLIARDS or value != value.to_integral_value():
        return milliard, million, dong
    return million, milliard, dong

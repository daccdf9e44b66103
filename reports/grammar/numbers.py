"""Numbers and amounts of money as reports write them, and whether one can be read in two ways.

Reports mix two styles: ``1.198.916,5`` (points group) and ``1,198,916.5`` (commas group). A
number with one separator before exactly three digits (``1,198``) is a thousand or a fraction;
only what stands around it, or the style of its column, can tell. An amount (``hơn 30.743 tỷ đồng``,
``1,5 tỷ USD``) that can be read in two ways is never decided: it comes back with both readings and
``value`` empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Style = Literal["", ".", ","]
"""The separator that groups thousands; '' when nothing tells."""

NUMBER: Final = r"\d{1,15}(?:[.,]\d{1,15}){0,6}"
_WHOLE: Final = re.compile(NUMBER)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SPACED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3}){2,4}(?![\d.,])")


@dataclass(frozen=True)
class NumberReading:
    """What a number may be: one value when clear, two when not, none when it is no number."""

    raw: str
    values: tuple[Decimal, ...]

    @property
    def clear(self) -> bool:
        """Whether there is exactly one way to read it."""
        return len(self.values) == 1


def read_number(raw: str, style: Style = "") -> NumberReading:  # noqa: PLR0911
    """Return how a number can be read; ``style``: what groups thousands in its surroundings."""
    text = raw.strip()
    if _SPACED.fullmatch(text):
        return NumberReading(raw, (Decimal(re.sub(r"\s", "", text)),))
    if not _WHOLE.fullmatch(text):
        return NumberReading(raw, ())
    marks = re.findall(r"[.,]", text)
    if not marks:
        return NumberReading(raw, (Decimal(text),))
    if len(set(marks)) == 2:  # noqa: PLR2004
        return _read_both_separators(raw, text, marks)
    mark = marks[0]
    grouped = _GROUPED.fullmatch(text) and not text.startswith("0")
    whole = Decimal(text.replace(mark, ""))
    if len(marks) > 1:
        return NumberReading(raw, (whole,) if grouped else ())
    fraction = Decimal(text.replace(mark, "."))
    if not grouped:
        return NumberReading(raw, (fraction,))
    if style:
        return NumberReading(raw, (whole if style == mark else fraction,))
    return NumberReading(raw, (whole, fraction))


def detect_number_style(texts: Iterable[str]) -> Style:
    """Return which separator groups thousands in several texts: told by the clear numbers alone.

    '' when none is clear or when they contradict one another.
    """
    styles: set[Style] = set()
    for text in texts:
        for number in re.findall(rf"(?<![\d.,]){NUMBER}(?![\d])", text):
            style = _detect_style(number)
            if style:
                styles.add(style)
    return styles.pop() if len(styles) == 1 else ""


def _detect_style(number: str) -> Style:
    marks = re.findall(r"[.,]", number)
    if len(set(marks)) == 2:  # noqa: PLR2004
        clear = bool(_read_both_separators(number, number, marks).values)
    else:
        clear = len(marks) > 1 and bool(_GROUPED.fullmatch(number))
    if not clear:
        return ""
    return "." if marks[0] == "." else ","


def _read_both_separators(raw: str, text: str, marks: list[str]) -> NumberReading:
    """Read a number with both separators: the last one parts off the fraction."""
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    if last in head or not _GROUPED.fullmatch(head):
        return NumberReading(raw, ())
    other = "," if last == "." else "."
    return NumberReading(raw, (Decimal(f"{head.replace(other, '')}.{tail}"),))


Currency = Literal["VND", "USD"]

_UNITS: Final = (
    ("nghin ty", Decimal(1_000_000)),
    ("ngan ty", Decimal(1_000_000)),
    ("trieu ty", Decimal(1_000_000_000)),
    ("ty", Decimal(1000)),
    ("ti", Decimal(1000)),
    ("trieu", Decimal(1)),
    ("nghin", Decimal("0.001")),
    ("dong", Decimal("0.000001")),
    ("usd", Decimal("0.000001")),
)
_UNIT: Final = r"(?:nghin ty|ngan ty|trieu ty|ty|ti|trieu)"
_AMOUNT: Final = re.compile(
    rf"(?P<before>(?:hon|tren|gan|khoang|uoc|duoi|xap xi|~|tu)?)\s*"
    rf"(?<![\w.,/])(?P<number>{NUMBER})\s*(?:(?P<unit>{_UNIT})\s*(?P<currency>dong|vnd|usd|do la)?"
    rf"|(?P<plain>usd|dong|vnd))(?![\w])"
)
_QUALIFIERS: Final = {
    "hon": "over", "tren": "over", "vuot": "over", "duoi": "under",
    "gan": "about", "khoang": "about", "uoc": "about", "xap xi": "about", "~": "about",
}  # fmt: skip
_MARKS: Final = re.compile(r"[.,]")
_ORDINARY: Final = re.compile(
    rf"(hon|tren|gan|khoang|uoc|duoi|xap xi|~)?\s*({NUMBER}|\d[\d ]*\d)\s*"
)
_LOOKS_LIKE_DIGITS: Final = str.maketrans(
    {"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "b": "8"}
)


@dataclass(frozen=True)
class Money:
    """An amount. ``value`` is in million VND (or million USD); ``None`` if not clear.

    ``readings`` are the amounts it may mean, in the same unit.
    """

    raw: str
    value: Decimal | None
    readings: tuple[Decimal, ...]
    qualifier: str
    currency: Currency = "VND"
    start: int = 0
    end: int = 0


def read_money_cell(text: str, unit: float | None, style: Style) -> Money | None:
    """Return the amount in a cell of a money column; ``None`` for an empty cell or a dash.

    ``unit`` is how many million VND one unit of the column is, ``style`` how the column groups.
    A column in millions has no fractions: "4,572.000" there is rather a separator misread, and
    asked about.
    """
    words = " ".join(text.split())
    if not words or not any(letter.isalnum() for letter in words):
        return None
    with_unit = list(find_money(words))
    if len(with_unit) == 1 and with_unit[0].raw == words:
        return with_unit[0]
    match = _ORDINARY.fullmatch(fold_text(words))
    if with_unit or not match or unit is None:
        guess = read_number(
            fold_text(words).translate(_LOOKS_LIKE_DIGITS).replace(" ", ""), style
        ).values
        factor = Decimal(str(unit)) if unit else Decimal(1)
        values = tuple(value * factor for value in guess)
        return Money(words, None, values or tuple(m.value for m in with_unit if m.value), "")
    reading = read_number(match[2].strip(), style)
    values = tuple(value * Decimal(str(unit)) for value in reading.values)
    broken = (
        unit == 1
        and re.search(r"[.,]\d+[.,]\d+$", match[2])
        and len(set(_MARKS.findall(match[2]))) > 1
    )
    whole = len(values) == 1 and values[0] == values[0].to_integral_value()
    clear = len(values) == 1 and (unit != 1 or (whole and not broken))
    qualifier = _QUALIFIERS.get(match[1] or "", "exact")
    if len(values) == 1 and not clear:  # 1.198,916 in a column of millions: or 1.198.916
        values = (*values, Decimal(re.sub(r"[.,]", "", match[2])))
    return Money(words, values[0] if clear else None, values, qualifier)


def find_money(text: str, style: Style = "") -> Iterator[Money]:
    """Yield the amounts with a unit of money that a text names, left to right.

    Vietnamese text groups by points: "30.743 tỷ đồng" is clear. "1,198 tỷ" is not.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    for match in _AMOUNT.finditer(folded):
        raw_number = text[match.start("number") : match.end("number")]
        reading = read_number(raw_number, style or ("." if "," not in raw_number else ""))
        factor = dict(_UNITS)[match["unit"] or ("usd" if match["plain"] == "usd" else "dong")]
        currency: Currency = "USD" if "usd" in (match["currency"], match["plain"]) else "VND"
        if match["currency"] == "do la":
            currency = "USD"
        values = tuple(value * factor for value in reading.values)
        start = match.start("before") if match["before"] else match.start("number")
        yield Money(
            raw=text[start : match.end()].strip(),
            value=values[0] if reading.clear else None,
            readings=values,
            qualifier=_QUALIFIERS.get(match["before"], "exact"),
            currency=currency,
            start=start,
            end=match.end(),
        )


def format_decimal(value: Decimal) -> str:
    """Return an amount as the facts tables write it: plain digits, no trailing zeros."""
    if value == value.to_integral_value():
        return str(value.quantize(Decimal(1)))
    return format(value.normalize(), "f")

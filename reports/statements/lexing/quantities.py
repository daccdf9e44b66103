"""Quantities in a sentence: money, areas, lengths, percentages and counts, each with its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text, normalise_spelling
from reports.grammar.amounts.money import QUALIFIERS, find_money
from reports.grammar.numbers import read_number
from reports.statements.lexing.phrases import is_spelt, load_grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.numbers import Style
    from reports.statements.lexing.times import TimeToken

QuantityKind = Literal["money", "area", "length", "percent", "count"]

_BEFORE: Final = (
    r"(?<!\w)(?P<before>hon|tren|gan|khoang|uoc(?: tinh)?|duoi|xap xi|khong (?:qua|duoi)"
    r"|toi (?:da|thieu)|it nhat|vuot|chua day|~|≈|<|>|≥|≤)\s?"
)
_NUM: Final = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d+(?:\s?,\s?\d+|\.\d+)?"
)
_RANGE: Final = rf"(?:(?P<low>{_NUM})\s?(?:-|–|—|den)\s?)?"
_MEASURED: Final = re.compile(
    rf"(?:{_BEFORE})?(?<![\w.,/]){_RANGE}(?P<number>{_NUM})\s?"
    r"(?P<unit>%|km2|km²|m2|m²|ha|hecta|hec ta|héc ta|km|met|m)(?![\w²³]|/(?!\d))"
)
_PAIR: Final = re.compile(
    rf"(?<![\w.,/])(?P<done>{_NUM})\s?/\s?(?P<total>{_NUM})\s?(?P<unit>km|m2|ha|m)(?![\w/²])"
)
_COUNT: Final = re.compile(
    rf"(?:{_BEFORE})?(?<![\w.,/])(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})"
    rf"(?:\s?/\s?(?P<total>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}))?\s+(?P<noun>[^\W\d_]+(?:[,\s]+[^\W\d_]+){{0,4}})"
)
_WORDS: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_WORDED: Final = re.compile(
    r"(?<!\w)(?P<number>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s"
    r"(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,4})",
    re.IGNORECASE,
)
_AREA_UNITS: Final = {
    "ha": "ha", "hecta": "ha", "hec ta": "ha", "héc ta": "ha", "m2": "m2", "m²": "m2",
    "km2": "km2", "km²": "km2",
}  # fmt: skip
_LENGTH_UNITS: Final = {"km": "km", "m": "m", "met": "m"}
_COPIED: Final = re.compile(r"[-–/]\s?$")


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


def find_quantities(
    text: str, times: tuple[TimeToken, ...] = (), style: Style = ""
) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in order; what is part of a time is none.

    ``style`` is the separator that groups thousands in its document, '' where that is not clear.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    taken: list[Quantity] = []
    blocked = [(time.start, time.end) for time in times if time.value]
    for quantity in _list_quantities(text, folded, style):
        spans = [*blocked, *((other.start, other.end) for other in taken)]
        if all(quantity.end <= start or quantity.start >= end for start, end in spans):
            taken.append(quantity)
    taken.sort(key=lambda quantity: quantity.start)
    return tuple(taken)


def _list_quantities(text: str, folded: str, style: Style) -> Iterator[Quantity]:
    yield from _list_money(text, folded, style)
    for match in _PAIR.finditer(folded):
        yield from _make_pair(match)
    for match in _MEASURED.finditer(folded):
        yield from _make_measured(match)
    yield from _list_counts(text, folded)


def _list_money(text: str, folded: str, style: Style) -> Iterator[Quantity]:
    for money in find_money(text, style):
        if re.match(r"\s?/\s?(?:m|ha|can|ho|nguoi|thang|nam|tan|kg)", folded[money.end :]):
            continue  # a price
        unit = {"VND": "triệu đồng", "USD": "triệu USD"}.get(money.currency, money.currency)
        readings = tuple(float(value) for value in money.readings)
        ranged = money.why == "amount_range" and len(readings) == 2  # noqa: PLR2004
        value = float(money.value) if money.value is not None else None
        yield Quantity(
            "money", readings[1] if ranged else value, unit, money.start, money.end,
            money.qualifier, low=readings[0] if ranged else None,
            readings=() if ranged else readings,
        )  # fmt: skip


def _make_pair(match: re.Match[str]) -> Iterator[Quantity]:
    done, total = _read(match["done"]), _read(match["total"])
    unit = match["unit"]
    if len(done) == len(total) == 1 and 0 <= done[0] <= total[0]:
        kind: QuantityKind = "length" if unit in _LENGTH_UNITS else "area"
        yield Quantity(kind, done[0], unit, match.start(), match.end(), total=total[0])


def _make_measured(match: re.Match[str]) -> Iterator[Quantity]:
    unit = match["unit"]
    values = _read(match["number"])
    low = _read(match["low"]) if match["low"] else ()
    start = match.start("low") if match["low"] else match.start("number")
    if match["before"]:
        start = match.start("before")
    if not values:
        return
    kind: QuantityKind = "percent"
    if unit in _AREA_UNITS:
        kind, unit = "area", _AREA_UNITS[unit]
    elif unit in _LENGTH_UNITS:
        kind, unit = "length", _LENGTH_UNITS[unit]
    ranged = len(low) == 1 and len(values) == 1 and low[0] < values[0]
    yield Quantity(
        kind, values[0] if len(values) == 1 else None, unit,
        start if ranged or not match["low"] else match.start("number"), match.end(),
        QUALIFIERS.get((match["before"] or "").strip(), "exact"),
        low=low[0] if ranged else None,
        readings=values if len(values) > 1 else (),
    )  # fmt: skip


def _list_counts(text: str, folded: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(folded):
        noun = _find_noun(text, match.start("noun"), match.end("noun"))
        before = folded[: match.start("number")]
        if noun is None or (not match["before"] and _COPIED.search(before)):
            continue
        name, end = noun
        total = float(match["total"].replace(".", "")) if match["total"] else None
        value = float(match["number"].replace(".", ""))
        if total is not None and value > total:
            continue
        start = match.start("before") if match["before"] else match.start("number")
        yield Quantity(
            "count", value, text[match.start("noun") : end].lower(), start, end,
            QUALIFIERS.get((match["before"] or "").strip(), "exact"), total=total, noun=name,
        )  # fmt: skip
    for match in _WORDED.finditer(text):
        noun = _find_noun(text, match.start("noun"), match.end("noun"))
        if noun is None or noun[0] not in {"project", "park", "cluster"}:
            continue
        name, end = noun
        number = float(_WORDS[match["number"].lower()])
        unit = text[match.start("noun") : end].lower()
        yield Quantity("count", number, unit, match.start(), end, noun=name)


def _find_noun(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return what a count counts and where its words end; the longest known noun."""
    words = text[start:end]
    folded = fold_text(words)
    best: tuple[str, int] | None = None
    for name, nouns in load_grammar("units")["counted"].items():
        for noun in nouns:
            plain = fold_text(noun)
            if not re.match(rf"{re.escape(plain)}(?!\w)", folded):
                continue
            if is_spelt(words[: len(plain)], normalise_spelling(noun).lower()) and (
                best is None or len(plain) > best[1] - start
            ):
                best = (name, start + len(plain))
    return best


def _read(raw: str) -> tuple[float, ...]:
    """Return what a number may be; points group, a comma parts off the fraction."""
    plain = re.sub(r"\s", "", raw)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and not plain.startswith("0"):
        return (float(plain.replace(".", "").replace(",", ".")),)
    if re.fullmatch(r"\d+,\d+", plain):
        return (float(plain.replace(",", ".")),)
    return tuple(float(value) for value in read_number(plain, "").values)

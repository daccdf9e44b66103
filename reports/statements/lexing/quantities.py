"""Quantities in a sentence: money, areas, lengths, percentages and counts, each with its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.lexing.parts.amounts import OF_WHOLE, Quantity, QuantityKind, list_money
from reports.statements.lexing.parts.numbers import NumberToken, find_numbers, is_numbered
from reports.statements.lexing.parts.units import Unit, find_qualifier, find_tail, find_unit
from reports.statements.lexing.phrases import mask_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.grammar.numbers import Style
    from reports.statements.lexing.times import TimeToken

__all__ = ["Quantity", "QuantityKind", "find_quantities"]

_TO: Final = re.compile(r"\s?(?:-|–|—|den|toi)\s?")
_WORDED: Final = frozenset({
    "household", "organisation", "grave", "dwelling", "building", "lot", "project", "park",
    "cluster", "zone", "package",
})  # fmt: skip
"""What is counted in words, too: "hai giai đoạn", "một địa phương" tell nothing."""
_ARTICLED: Final = frozenset({"project", "park", "cluster"})
_CALLED: Final = re.compile(r"(?<!\w)(?:la|nhu|thanh|trong)\s$")
"""What stands before "một" where it counts nothing: "là một dự án trọng điểm"."""
_BEFORE_FIVE: Final = re.compile(
    r"(?:^|[,;:(]\s?|(?:co|gom|la|voi|ve|cho|them|khoi cong|khanh thanh|trien khai)\s)$"
)
"""What stands before "năm" where it is five and no year."""
_BEFORE_SHARE: Final = re.compile(r"(?:(?:va|dat|la|con|khoang|gan|hon|tren|len|,|;)\s|/\s?)$")
_AFTER_SHARE: Final = re.compile(r"\s?(?:ke hoach|kh|so voi|khoi luong|$|[;)]|[,.](?!\d))")
_COPIED_IN_WORDS: Final = re.compile(r"\s\((?:[a-z]+\s?){1,9}\)(?=\s)")
_SAME_SERIES: Final = re.compile(r"\s?[;,]\s(?:quy|thang|nam)\s[\w/]{1,10}\s?:\s?")
_OF_TIME: Final = re.compile(r"(?<!\w)(?:quy|thang|nam)\s[\w/]{1,10}\s?:\s?$")
_SCALES: Final = frozenset({200, 500, 1000, 2000, 5000, 10_000, 25_000, 50_000})
"""Scales of plans and maps: "quy hoạch 1/2000 KCN …" counts nothing."""
_NEGATIVE: Final = re.compile(r"[\w)]\s[-−]$")
_SHARE_REACH: Final = 90
_MOST_PERCENT: Final = 1000
_MOST: Final = 1_000_000_000_000


def find_quantities(
    text: str, times: tuple[TimeToken, ...] = (), style: Style = ""
) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in order; what is part of a time is none.

    ``style`` is the separator that groups thousands in its document, '' where that is not clear.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    blocked = sorted((time.start, time.end) for time in times if time.value)
    money = [q for q in list_money(text, folded, style) if not _overlaps(q.start, q.end, blocked)]
    taken = sorted([*blocked, *((q.start, q.end) for q in money)])
    others = _list_measured(text, folded, taken)
    found = sorted([*money, *others], key=lambda quantity: quantity.start)
    return tuple(_qualify(text, folded, found))


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _list_measured(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield what is no money: each number with its unit, ranges and parts of a whole as one."""
    plain = mask_spans(text, taken)
    bare: NumberToken | None = None
    last: Quantity | None = None
    for number in find_numbers(plain, mask_spans(folded, taken)):
        quantity = _read_quantity(plain, folded, number)
        if quantity is None:
            if number.worded:
                continue
            share = _read_bare_share(folded, last, number) if last else None
            if last is not None:
                yield last
            last, bare = share, number
            continue
        if bare and last is None and _SAME_SERIES.fullmatch(folded, bare.end, quantity.start):
            yield from _share_unit(folded, bare, quantity)
            bare = None
        whole = _join_bare(folded, bare, quantity) if bare else None
        whole = whole or (_join_pair(folded, last, quantity) if last else None)
        if whole is not None and last is not None and whole.start == last.start:
            last = None
        if last is not None:
            yield last
        beside = last is not None and folded[last.end : quantity.start] == "/"
        bare, last = None, whole
        if whole is None and (beside or not _is_part_of_word(folded, quantity)):
            last = quantity
    if last is not None:
        yield last


def _read_quantity(text: str, folded: str, number: NumberToken) -> Quantity | None:
    """Return a number with its unit; ``None`` where it has none or is a rate ("hộ/ha")."""
    copied = _COPIED_IN_WORDS.match(folded, number.end)
    unit = find_unit(text, folded, copied.end() if copied else number.end)
    if unit is None or re.match(r"/(?!\s?\d)", folded[unit.end : unit.end + 3]):
        return None
    if number.worded and not _may_be_worded(folded, number, unit):
        return None
    values = tuple(value * unit.factor for value in _read_values(number, unit))
    if not values or any(not value <= _MOST for value in values):
        return None
    start = number.start
    if unit.kind == "percent" and _NEGATIVE.search(folded[:start][-3:]) and values:
        start, values = start - 1, tuple(-value for value in values)
    kind: QuantityKind = unit.kind  # type: ignore[assignment]
    clear = len(values) == 1 and not number.slipped
    return Quantity(
        kind, values[0] if clear else None,
        text[unit.start : unit.end].lower() if kind == "count" else unit.name,
        start, unit.end, readings=() if clear else values,
        noun=unit.name if kind == "count" else "",
    )  # fmt: skip


def _read_values(number: NumberToken, unit: Unit) -> tuple[float, ...]:
    """Return what a number may be with its unit: a share has no thousands, a count no fraction."""
    if unit.kind == "percent":
        point = re.fullmatch(r"\d+\.\d+", number.raw)
        values = (float(number.raw),) if point else number.values
        return tuple(value for value in values if value <= _MOST_PERCENT)
    if unit.kind != "count" or unit.factor > 1:
        return number.values
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", number.raw):
        return (float(number.raw.replace(",", "")),)
    return tuple(value for value in number.values if value == int(value))


def _may_be_worded(folded: str, number: NumberToken, unit: Unit) -> bool:
    words = number.raw.lower().split()
    before = folded[max(0, number.start - 24) : number.start]
    if len(words) > 1 or (unit.factor > 1 and words[0] != "năm"):
        return unit.kind != "count" or unit.name in _WORDED
    if unit.kind != "count" or unit.name not in _WORDED or words[0] in {"tư", "mốt", "lăm"}:
        return False
    if words[0] == "một":
        return unit.name in _ARTICLED and _CALLED.search(before) is None
    if words[0] == "năm":
        return _BEFORE_FIVE.search(before) is not None
    return not is_numbered(folded, number.start)


def _join_bare(folded: str, bare: NumberToken, quantity: Quantity) -> Quantity | None:
    """Return "13/14 km", "20 - 25 hộ" as one, ``None`` where the first number is another thing."""
    value = quantity.value
    if len(bare.values) != 1 or value is None or bare.slipped:
        return None
    first = bare.values[0]
    before = folded[bare.start - 1 : bare.start]
    if before in {"/", "-", "·"}:
        return None
    if _TO.fullmatch(folded, bare.end, quantity.start) and not is_numbered(folded, bare.start):
        return replace(quantity, start=bare.start, low=first) if first < value else None
    if first == 1 and value in _SCALES and quantity.kind == "count":
        return None
    if OF_WHOLE.fullmatch(folded, bare.end, quantity.start) and first <= value:
        return replace(quantity, start=bare.start, value=first, total=value)
    return None


def _share_unit(folded: str, bare: NumberToken, quantity: Quantity) -> Iterator[Quantity]:
    """Yield the first number of "quý I: 120; quý II: 84 căn" with the unit of the second."""
    clear = len(bare.values) == 1 and not bare.slipped
    if clear and quantity.kind == "count" and _OF_TIME.search(folded[: bare.start][-24:]):
        yield replace(
            quantity, value=bare.values[0], start=bare.start, end=bare.end, low=None, total=None
        )


def _join_pair(folded: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Return "60% - 65%", "12 hộ/15 hộ", "2,3 ha trên 5,7 ha" as one."""
    if (first.kind, first.noun) != (second.kind, second.noun):
        return None
    if not (first.unit.startswith(second.unit) or second.unit.startswith(first.unit)):
        return None
    whole = first.low is first.total is second.low is second.total is None
    if first.value is None or second.value is None or not whole:
        return None
    if first.value < second.value and _TO.fullmatch(folded, first.end, second.start):
        return replace(second, start=first.start, low=first.value)
    if first.value <= second.value and OF_WHOLE.fullmatch(folded, first.end, second.start):
        return replace(second, start=first.start, value=first.value, total=second.value)
    return None


def _is_part_of_word(folded: str, quantity: Quantity) -> bool:
    """Return True for the number of "QL5-10 hộ", "12/QĐ-5 hộ", "a/10 ha", "top 5 địa phương"."""
    before = folded[max(0, quantity.start - 2) : quantity.start]
    if folded[: quantity.start].endswith(" top "):
        return True
    return before.endswith("/") or (
        quantity.kind == "count" and re.fullmatch(r"\w[-–]", before) is not None
    )


def _read_bare_share(folded: str, share: Quantity, number: NumberToken) -> Quantity | None:
    """Return "65,5" as a percentage where one with its sign stands before: "đạt 70,2% và 65,5"."""
    if share.kind != "percent" or "," not in number.raw or len(number.values) != 1:
        return None
    near = number.start - share.end < _SHARE_REACH
    if not near or number.values[0] > 100:  # noqa: PLR2004
        return None
    led = _BEFORE_SHARE.search(folded[max(0, number.start - 12) : number.start])
    if not led or not _AFTER_SHARE.match(folded, number.end):
        return None
    return Quantity("percent", number.values[0], "%", number.start, number.end)


def _qualify(text: str, folded: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield quantities with the words that make them rough: "hơn", "khoảng", "trở lên"."""
    reach = 0
    for quantity in quantities:
        qualifier, start = quantity.qualifier, quantity.start
        if qualifier == "exact":
            found, begin = find_qualifier(text, folded, start)
            if found and begin >= reach:
                qualifier, start = found, begin
        tail, end = find_tail(folded, quantity.end)
        yield replace(quantity, qualifier=tail or qualifier, start=start, end=end)
        reach = end

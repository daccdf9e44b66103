"""Quantities of work done: ``12km/13,07km``, ``44/70 phiến``, ``đạt ½``, ``14 mũi``.

Dates (``09/3/2026``), scales (``1/500``), document numbers (``491/QĐ-UBND``) and counts of projects
are none: a quantity has a unit of work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, strip_tones
from reports.grammar.cell_parts import split_clauses
from reports.grammar.percent_words import judge_percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUM: Final = r"\d{1,6}(?:[.,]\d{1,3})?"
_MEASURES: Final = r"km|m2|m3|ha|md|m|tan"
_PIECES: Final = (
    r"phien|coc|dam|nhip|tru|mong|mui|ho dan|ho|can ho|can|thua|hang muc|doan|tang|toa|doc|lo"
    r"|than tru|xa mu|to|vi tri|cong|mo"
)
_OF_TOTAL: Final = re.compile(
    rf"(?<![\w./,-])(?P<done>{_NUM})\s?(?P<one>{_MEASURES}|{_PIECES})?\s?/\s?"
    rf"(?P<total>{_NUM})\s?(?P<two>{_MEASURES}|{_PIECES})?(?![\w/])(?!\s?%)"
)
_ALONE: Final = re.compile(rf"(?<![\w./,-])(?P<done>\d{{1,3}})\s(?P<one>{_PIECES})(?=[\s,;.)]|$)")
_HALF: Final = re.compile(r"(?:dat|duoc|xong)\s*(?:khoang\s*)?(?P<half>[½¼¾]|1/2|1/4|3/4)(?![\d/])")
_FRACTIONS: Final = {
    "½": "0.5",
    "1/2": "0.5",
    "¼": "0.25",
    "1/4": "0.25",
    "¾": "0.75",
    "3/4": "0.75",
}
_AFTER: Final = re.compile(r"[^,;.(\n]*?(?=\s(?:va|dang|da)\s|[,;.(\n]|$)")
_TAIL: Final = re.compile(r"[\s:,(–-]*(?:\b(?:đat|đươc|la|đa|xong)\b[\s:,(–-]*)*$")
_LIST: Final = re.compile(r"(?:, ?[A-Z]{1,3}\d{1,3}\b)+")
_UNDONE: Final = frozenset({"left", "not_yet", "unmet", "late", "planned"})
_ALONE_TRUST: Final = 0.7


@dataclass(frozen=True)
class Quantity:
    """So many done, of so many (``None`` where not told), in a unit, of a part of the works."""

    done: Decimal
    total: Decimal | None
    unit: str
    component: str
    raw: str
    confidence: float


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a results cell in order, each with the part that it is of."""
    for clause, part in split_clauses(text):
        folded = fold_text(clause)
        if len(folded) == len(clause):
            yield from _find_quantities_in(clause, folded, part)


def _find_quantities_in(text: str, folded: str, part: str) -> Iterator[Quantity]:
    left_at = 0
    matches = [*_OF_TOTAL.finditer(folded), *_HALF.finditer(folded), *_ALONE.finditer(folded)]
    taken = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < taken:
            continue
        groups = match.groupdict()
        if groups.get("half"):
            done, unit = Decimal(_FRACTIONS[groups["half"]]), ""
            total: Decimal | None = Decimal(1)
        else:
            place = "two" if groups.get("two") else "one"
            if not groups.get(place):
                continue  # no unit: a date, a scale, a document's number
            unit = text[match.start(place) : match.end(place)].lower()
            done = _to_decimal(groups["done"])
            total = _to_decimal(groups["total"]) if groups.get("total") else None
        if total is not None and (done > total or total == 0):
            continue
        if judge_percentage(folded[left_at : match.start()], folded[match.end() :]) in _UNDONE:
            continue  # what is left, late or planned
        end = match.end()
        after = _AFTER.match(folded, end)
        if unit and unit not in {"km", "m", "ha"} and after and after.end() > end:
            names = _LIST.match(text, after.end())
            end = names.end() if names else after.end()
            component = text[match.end() - len(unit) : end].strip()
        else:
            component = _read_words_before(text[left_at : match.start()])
        yield Quantity(
            done, total, unit, ": ".join(filter(None, (part, component))),
            text[match.start() : end].strip() if groups.get("half") is None
            else text[left_at : match.end()].strip(" ,"),
            1.0 if total is not None else _ALONE_TRUST,
        )  # fmt: skip
        left_at = taken = end


def _to_decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _read_words_before(left: str) -> str:
    """Return the words before a quantity that say what it is of."""
    toneless = strip_tones(left).lower()  # keeps "đất" and "đạt" apart
    tail = _TAIL.search(toneless)
    plain = left[: tail.start()] if tail and len(toneless) == len(left) else left
    if not left.rstrip().endswith(":"):
        plain = plain.rpartition(", ")[2] if plain.count(", ") else plain
    return plain.strip(" ,.():–-")

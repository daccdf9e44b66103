"""Progress in figures: percentages (of what, a share of what) and quantities of work done.

One cell may hold several: "GPMB (100%) Thi công xây dựng (71%)", "40% giá trị hợp đồng không gồm
dự phòng (~19,3% TMĐT)", "GPMB phần hầm đạt khoảng 43%; GPMB 2 gói thầu 14 và 15 đạt 95%".

Quantities are ``12km/13,07km``, ``44/70 phiến``, ``đạt ½``, ``14 mũi``. Dates (``09/3/2026``),
scales (``1/500``), document numbers (``491/QĐ-UBND``) and counts of projects are none: a quantity
has a unit of work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text, strip_tones
from reports.grammar.clauses import split_clauses
from reports.grammar.numbers import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

Topic = Literal["clearance", "construction", "physical", ""]

_PERCENT: Final = re.compile(
    rf"(?P<about>~|khoang|uoc|gan|tren|hon|duoi)?\s*(?<![\d.,/])(?P<number>{NUMBER})\s?%"
)
_TOPICS: Final = re.compile(
    r"(?P<clearance>gpmb|giai phong mat bang|boi thuong)"
    r"|(?P<construction>(?:tong |gia tri )?khoi luong (?:xay lap|thi cong|thuc hien)"
    r"|thi cong xay dung|thi cong xay lap|dau tu xay dung|xay lap|dt ?xd|xay dung"
    r"|thi cong cong trinh)"
)
_QUALIFIERS: Final = {"~": "about", "khoang": "about", "uoc": "about", "gan": "about",
                      "tren": "over", "hon": "over", "duoi": "under"}  # fmt: skip
_BASES: Final = (
    ("contract_value", re.compile(r"^\W{0,3}(?:gia tri |tong gia tri )?(?:hop dong|hd\b|gthd)")),
    ("total_investment", re.compile(r"^\W{0,3}(?:tmdt|tong muc dau tu|tong von dau tu)")),
    ("phase", re.compile(r"^\W{0,3}(?:cua )?(giai doan \w{1,4})")),
    ("volume", re.compile(r"^\W{0,3}khoi luong")),
    ("area", re.compile(r"^\W{0,3}(?:dien tich|mat bang)")),
)
_OF_TIME: Final = re.compile(r"^\W{0,3}thoi gian")
_TRAILING: Final = re.compile(
    r"[\s:,(~-]*(?:\b(?:đat|đươc|khoang|ươc đat|ươc|đên nay|mơi|đa)\b[\s:,(~-]*)*$"
)
_LEADING: Final = re.compile(r"^[\s):.,;–-]+")
_HIGHEST: Final = 100
_BARE: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s?%?")


@dataclass(frozen=True)
class ProgressShare:
    """A percentage: ``value`` from 0 to 100, what it is about and of what it is a share."""

    topic: Topic
    value: Decimal
    component: str
    basis: str
    qualifier: str
    raw: str
    confidence: float


@dataclass(frozen=True)
class UnreadShare:
    """A percentage that says not what it is about, or that cannot be one."""

    raw: str


def find_shares(text: str, topic: Topic = "") -> Iterator[ProgressShare | UnreadShare]:
    """Yield the percentages of a progress cell in order; the rest as ``UnreadShare``.

    ``topic`` is what the column is about, for percentages that name nothing themselves.
    """
    for clause in split_clauses(text):
        folded = fold_text(clause.text)
        if "%" not in folded or len(folded) != len(clause.text):
            continue
        yield from _find_in_clause(clause.text, folded, clause.part, topic)


def read_bare_percentage(text: str, topic: Topic) -> ProgressShare | None:
    """Return the percentage of a cell that holds a number and nothing else; ``None`` for others."""
    match = _BARE.fullmatch(text.strip())
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "."))
    return ProgressShare(topic, value, "", "unstated", "exact", text.strip(), 1.0)


def _find_in_clause(
    text: str, folded: str, part: str, default: Topic
) -> Iterator[ProgressShare | UnreadShare]:
    matches = list(_PERCENT.finditer(folded))
    before: ProgressShare | None = None
    left_at = 0
    for position, percent in enumerate(matches):
        right_end = matches[position + 1].start() if position + 1 < len(matches) else len(folded)
        right = folded[percent.end() : right_end]
        number = percent["number"].replace(",", ".")
        value = Decimal(number) if number.count(".") <= 1 else None
        raw = _quote_words(text, left_at, percent, right)
        if value is None or value > _HIGHEST:
            yield UnreadShare(raw)
            continue
        basis = next((name for name, sign in _BASES if sign.match(right)), "unstated")
        topic, component = _find_topic(
            text[left_at : percent.start()], folded[left_at : percent.start()]
        )
        bracketed = folded[: percent.start()].rstrip(" ~").endswith("(") and before is not None
        if not topic and before is not None and (bracketed or basis == "total_investment"):
            topic, component = before.topic, before.component
        if not topic and basis in {"contract_value", "total_investment"}:
            topic = "construction"
        if basis == "volume" or (not topic and (_OF_TIME.match(right) or part)):
            topic = "physical"
        if basis == "phase":
            phase = _BASES[2][1].match(right)
            start = percent.end() + phase.start(1) if phase else 0
            component = text[start : start + len(phase[1])].capitalize() if phase else component
        topic = topic or default
        if not topic:
            yield UnreadShare(raw)
            continue
        if topic == "physical":
            component = ": ".join(
                filter(None, (part, _strip_filler(text[left_at : percent.start()])))
            )
        before = ProgressShare(
            topic, value, component, basis, _QUALIFIERS.get(percent["about"], "exact"), raw,
            1.0 if basis != "unstated" or topic != "physical" else 0.8,
        )  # fmt: skip
        yield before
        left_at = percent.end()


def _find_topic(left: str, folded: str) -> tuple[Topic, str]:
    """Return what the words before a percentage speak of, and of which part of it."""
    matches = list(_TOPICS.finditer(folded))
    if not matches:
        return "", ""
    kind = matches[-1].lastgroup
    same = [match for match in matches if match.lastgroup == kind]
    first = same[0]
    for earlier_match, other in pairwise(same):  # what follows a break is a new one
        if re.search(r"[.:]", folded[earlier_match.end() : other.start()]):
            first = other
    component = _strip_filler(left[first.end() :])
    return ("clearance" if kind == "clearance" else "construction"), component


def _strip_filler(left: str) -> str:
    toneless = strip_tones(left).lower()  # keeps "đất" and "đạt" apart
    tail = _TRAILING.search(toneless)
    plain = left[: tail.start()] if tail and len(toneless) == len(left) else left
    return _LEADING.sub("", plain).strip(" (-–:,")


def _quote_words(text: str, left_at: int, percent: re.Match[str], right: str) -> str:
    """Return the words of a percentage: what it is of before it, what share of after it."""
    begin = left_at + len(text[left_at:]) - len(_LEADING.sub("", text[left_at:]))
    stop = re.search(r"[();]|$", right)
    close = 1 if right[:1] == ")" else stop.start() if stop else 0
    return text[min(begin, percent.start()) : percent.end() + close].strip()


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
    for clause in split_clauses(text):
        folded = fold_text(clause.text)
        if len(folded) == len(clause.text):
            yield from _find_quantities_in(clause.text, folded, clause.part)


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

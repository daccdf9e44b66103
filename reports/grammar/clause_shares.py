"""The percentages of one clause, from left to right: topic, part of the works, basis, mood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from reports.grammar.numbers import NUMBER
from reports.grammar.percent_words import NO_STATE, judge_percentage
from reports.grammar.works_parts import (
    NOTHING,
    TOPICS,
    Subject,
    Topic,
    find_topic,
    find_topic_after,
    is_empty,
    quote_words,
    read_part,
    strip_filler,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.percent_words import PercentMood

Span = Literal["", "to_date", "period"]

_SIGN: Final = r"(?:[%％٪]|phan tram\b|o/o)"
PERCENT: Final = re.compile(
    rf"(?P<about>[~≈±]|(?<![-=])[<>≥≤]=?|\b(?:khoang|xap xi|uoc(?: dat)?|gan|tren|hon|duoi"
    rf"|it nhat|toi thieu|khong duoi|toi da|khong qua|chua den|chua toi))?\s*(?<![\d.,/])"
    rf"(?:(?P<low>{NUMBER})(?:\s?(?:{_SIGN}\s?)?(?:[-–—÷]|den|toi|hoac|hay)\s?|\s?[~/]\s?|,\s))?"
    rf"(?P<number>{NUMBER})\s?{_SIGN}(?P<beyond>\s?tro (?:len|xuong))?"
)
_QUALIFIERS: Final = {
    "~": "about", "khoang": "about", "uoc": "about", "uoc dat": "about", "gan": "about",
    "xap xi": "about", "≈": "about", "±": "about", "tren": "over", "hon": "over", ">": "over",
    "≥": "over", ">=": "over", "it nhat": "over", "toi thieu": "over", "khong duoi": "over",
    "tro len": "over", "duoi": "under", "<": "under", "≤": "under", "<=": "under",
    "toi da": "under", "khong qua": "under", "chua den": "under", "chua toi": "under",
    "tro xuong": "under",
}  # fmt: skip
_TURNED: Final = {"over": "under", "under": "over"}
_BASES: Final = (
    ("contract_value", re.compile(r"^\W{0,3}(?:gia tri |tong gia tri )?(?:hop dong|hd\b|gthd)")),
    ("total_investment", re.compile(r"^\W{0,3}(?:tmdt|tong muc dau tu|tong von dau tu)")),
    ("phase", re.compile(r"^\W{0,3}(?:cua )?(giai doan \w{1,4})")),
    ("volume", re.compile(r"^\W{0,3}khoi luong")),
    ("area", re.compile(r"^\W{0,3}(?:dien tich|mat bang)")),
)
_OF_TIME: Final = re.compile(r"^\W{0,3}thoi gian(?: (?:thuc hien|thi cong|hop dong|du an|cua))*")
_NUMBERED: Final = re.compile(r"(?:\b(?:goi(?: thau)?|so|phan|doan|tru|mo|khu|km|quy|thang|nam)"
                              r"|\d,|\b[ivx]{1,4}) ?$|[^\W\d]$")  # fmt: skip
"""What stands before the number of a part, a time or an item of a list: no end of a range."""
_SPLIT: Final = re.compile(r"(?<![\w.,/])(\d{1,2}) $")
_GROUPED: Final = re.compile(r"\d+\.\d{3}")
_TO_DATE: Final = re.compile(r"\b(?:luy ke|den nay|toi nay|hien nay|tong cong|cong don)\b")
_PERIOD: Final = re.compile(
    r"\b(?:trong|rieng|cua)? ?(?:quy|ky|thang|tuan)(?: (?:nay|[ivx]{1,4}|\d{1,2}))?\b"
)
HIGHEST: Final = Decimal(100)
DERIVED: Final = 0.85
"""How sure a share is that was worked out: of a remainder, or of an area."""


@dataclass(frozen=True)
class ProgressShare:
    """A percentage: ``value`` from 0 to 100, what it is about and of what it is a share.

    ``span``: it is said to be of all until now, or of one period alone.
    """

    topic: Topic
    value: Decimal
    component: str
    basis: str
    qualifier: str
    raw: str
    confidence: float
    span: Span = ""


@dataclass(frozen=True)
class UnreadShare:
    """A percentage that is no work done, says not what it is about, or cannot be one.

    ``readings`` are the shares done that it may mean, the likelier first; empty for none.
    ``stateless``: it tells of a plan, a delay or a growth of ``topic``, '' where that is not said.
    """

    raw: str
    readings: tuple[Decimal, ...] = ()
    topic: Topic = ""
    stateless: bool = False


Share = ProgressShare | UnreadShare


@dataclass
class ClauseReader:
    """Reads the percentages of one clause from left to right.

    ``carried`` is what the last one spoke of; the next clause of a cell may go on with it.
    """

    text: str
    folded: str
    part: str
    default: Topic
    planned: bool
    carried: Subject = NOTHING
    left_at: int = 0
    before: ProgressShare | None = None

    def read(self) -> Iterator[Share]:
        """Yield each percentage."""
        matches = list(PERCENT.finditer(self.folded))
        ends = [match.start() for match in matches[1:]] + [len(self.folded)]
        follows = False
        for percent, right_end in zip(matches, ends, strict=True):
            start = self._find_start(percent)
            left = self.folded[self.left_at : start]
            right = self.folded[percent.end() : right_end]
            more = right_end < len(self.folded)
            mood = judge_percentage(left, right, planned=self.planned, more=more)
            if mood == "done" and _is_spent(left):
                mood = "spent"
            next_at = percent.end()
            subject = find_topic(self.text[self.left_at : start], left)
            if not subject.topic:
                subject, skipped = self._find_subject(left, right, mood, follows=follows)
                next_at += skipped
            elif mood != "spent":
                self.carried = subject
            passed = _OF_TIME.match(right)
            if passed and subject.topic:
                mood, next_at = "before", percent.end() + passed.end()
            share = self._read_one(percent, right, mood, subject)
            follows = mood in {"from", "grown"}
            if share is not None and mood != "from":  # the state that it led to follows
                yield share
            self.left_at = next_at

    def _find_subject(
        self, left: str, right: str, mood: PercentMood, *, follows: bool
    ) -> tuple[Subject, int]:
        """Return what a percentage is of that names nothing before it; what after it was used."""
        after, end = find_topic_after(right)
        words = self.text[self.left_at : self.left_at + len(left)]
        if after and not (self.carried.topic and mood != "done"):
            part, clear = read_part(words) if self.left_at == 0 else ("", True)
            self.carried = Subject(after)
            return Subject(after, part, clear), end
        if mood == "spent" or not (self.carried.topic or self.default):
            return NOTHING, 0
        part, clear = read_part(words)
        topic = self.carried.topic or self.default
        if follows or mood != "done":
            return Subject(topic, part if clear else ""), 0
        if not clear or (not part and not is_empty(words)):
            return Subject("" if not self.default else topic, part, clear=False), 0
        if self.part and not part and not self.left_at and self.carried.topic:
            part = self.part
        return Subject(topic, part), 0

    def _read_one(  # noqa: PLR0911 - one kind of percentage after the other
        self, percent: re.Match[str], right: str, mood: PercentMood, subject: Subject
    ) -> Share | None:
        raw = quote_words(self.text, self.left_at, percent, right)
        value = parse_share(percent["number"])
        topic = subject.topic
        if mood == "spent":  # money spent is no progress; its words stay in the result
            return UnreadShare(raw) if topic else None
        if mood in NO_STATE:
            return UnreadShare(raw, (), topic or self.carried.topic, stateless=True)
        if value is None or value > HIGHEST:
            return UnreadShare(raw)
        bounds = self._find_bounds(percent, value)
        if len(bounds) > 1:
            rest = mood in {"left", "not_yet"}
            return UnreadShare(
                raw, tuple(HIGHEST - one for one in bounds[::-1]) if rest else bounds
            )
        if not bounds or _GROUPED.fullmatch(percent["number"]) or mood == "unmet":
            return UnreadShare(raw, (value,))
        if mood in {"left", "not_yet"} and self._completes(topic, value):
            return None
        if mood == "not_yet" and value:
            left = self.folded[self.left_at : percent.start()]
            stated = left.rstrip(" ~").endswith("(") and not re.search(r"\b(?:con|vuong)\b", left)
            both = (value, HIGHEST - value) if stated else (HIGHEST - value, value)
            return UnreadShare(raw, tuple(dict.fromkeys(both)))
        return self._make_share(percent, subject, value, right, mood)

    def _find_bounds(self, percent: re.Match[str], value: Decimal) -> tuple[Decimal, ...]:
        """Return the ends of a range, or the one value; () for a number that may be broken."""
        low = self._read_low(percent)
        if low is not None:
            return low, value
        head = self.folded[: percent.start("number")]
        if re.search(r"(?:^|[\s(])[-–−]$", head):
            return ()
        split = _SPLIT.search(head)
        if split and not _NUMBERED.search(head[: split.start()]) and not percent["about"]:
            joined = parse_share(split[1] + percent["number"])
            if joined is not None and joined <= HIGHEST:
                return joined, value
        return (value,)

    def _read_low(self, percent: re.Match[str]) -> Decimal | None:
        """Return the lower end of a range; ``None`` where the number before is something else."""
        low = parse_share(percent["low"]) if percent["low"] else None
        if low is None or low > HIGHEST or _NUMBERED.search(self.folded[: percent.start("low")]):
            return None
        return low

    def _find_start(self, percent: re.Match[str]) -> int:
        """Return where a percentage begins: with its range, or with its own number."""
        whole = not percent["low"] or self._read_low(percent) is not None
        return percent.start() if whole else percent.start("number")

    def _completes(self, topic: Topic, value: Decimal) -> bool:
        """Return True if a remainder is what the share before it leaves."""
        before = self.before
        return before is not None and before.topic == topic and before.value + value == HIGHEST

    def _make_share(
        self,
        percent: re.Match[str],
        subject: Subject,
        value: Decimal,
        right: str,
        mood: PercentMood,
    ) -> Share:
        topic, component, clear = subject
        left = self.folded[self.left_at : percent.start()]
        raw = quote_words(self.text, self.left_at, percent, right)
        basis = next((name for name, sign in _BASES if sign.match(right)), "unstated")
        opened = self.folded[: percent.start()].rstrip(" ~≈").endswith("(")
        if self.before and (opened or basis == "total_investment") and not TOPICS.search(left):
            topic, component, clear = self.before.topic, self.before.component, True
            part, known = read_part(self.text[self.left_at : percent.start()].rpartition("(")[2])
            component, clear = (part, known) if part else (component, clear)
        if not topic and basis in {"contract_value", "total_investment"}:
            topic, clear = "construction", True
        if not topic and (basis == "volume" or _OF_TIME.match(right) or self.part):
            topic, clear = "physical", True
        if basis == "phase":
            phase = _BASES[2][1].match(right)
            start = percent.end() + phase.start(1) if phase else 0
            words = self.text[start : start + len(phase[1])].capitalize() if phase else ""
            component = words or component
        topic = topic or self.default
        if not topic or not clear:
            return UnreadShare(raw, (value,))
        if topic == "physical":
            words = strip_filler(self.text[self.left_at : percent.start()])
            component = ": ".join(filter(None, (self.part, words)))
        derived = mood == "left"
        trust = 1.0 if basis != "unstated" or topic != "physical" else 0.8
        marked = (percent["beyond"] or "").strip() or percent["about"] or ""
        estimated = re.search(r"\buoc\b[^,;]*$", left)
        qualifier = _QUALIFIERS.get(marked, "about" if estimated else "exact")
        span: Span = (
            "to_date" if _TO_DATE.search(left) else "period" if _PERIOD.search(left) else ""
        )
        share = ProgressShare(
            topic,
            HIGHEST - value if derived else value,
            component,
            "remainder" if derived else basis,
            _TURNED.get(qualifier, qualifier) if derived else qualifier,
            raw,
            DERIVED if derived else trust,
            span,
        )
        self.before = share
        return share


def _is_spent(left: str) -> bool:
    """Return True if money spent is the last thing that the words before a number speak of."""
    spent = [match.end() for match in re.finditer(r"\b(?:giai ngan|thanh toan)\b", left)]
    return bool(spent) and not TOPICS.search(left, spent[-1])


def parse_share(number: str) -> Decimal | None:
    """Return a number with a decimal comma or point; ``None`` for one that groups thousands."""
    plain = number.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None

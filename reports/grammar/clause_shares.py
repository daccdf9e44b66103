"""The percentages of one clause, from left to right: topic, part of the works, basis, mood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text, strip_tones
from reports.grammar.numbers import NUMBER
from reports.grammar.percent_words import judge_percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.percent_words import PercentMood

Topic = Literal["clearance", "construction", "physical", ""]

_SIGN: Final = r"(?:%|phan tram\b|o/o)"
PERCENT: Final = re.compile(
    rf"(?P<about>~|[<>≥≤]=?|\b(?:khoang|xap xi|uoc(?: dat)?|gan|tren|hon|duoi|it nhat|toi thieu"
    rf"|khong duoi|toi da|khong qua))?\s*(?<![\d.,/])"
    rf"(?:(?P<low>{NUMBER})(?:\s?{_SIGN}\s?[-–]\s?|[-–]|\s?{_SIGN}?\s(?:den|toi)\s))?"
    rf"(?P<number>{NUMBER})\s?{_SIGN}"
)
_TOPICS: Final = re.compile(
    r"(?P<clearance>gpmb|giai phong mat bang|boi thuong)"
    r"|(?P<construction>(?:tong |gia tri )?khoi luong (?:xay lap|thi cong|thuc hien)"
    r"|thi cong xay dung|thi cong xay lap|dau tu xay dung|xay lap|dt ?xd|xay dung"
    r"|thi cong cong trinh|thi cong(?=\s*(?:[:(~≥]|dat|duoc|khoang|uoc|luy ke|den nay|\d|$)))"
)
_QUALIFIERS: Final = {
    "~": "about", "khoang": "about", "uoc": "about", "uoc dat": "about", "gan": "about",
    "xap xi": "about", "tren": "over", "hon": "over", ">": "over", "≥": "over", ">=": "over",
    "it nhat": "over", "toi thieu": "over", "khong duoi": "over", "duoi": "under", "<": "under",
    "≤": "under", "<=": "under", "toi da": "under", "khong qua": "under",
}  # fmt: skip
_BASES: Final = (
    ("contract_value", re.compile(r"^\W{0,3}(?:gia tri |tong gia tri )?(?:hop dong|hd\b|gthd)")),
    ("total_investment", re.compile(r"^\W{0,3}(?:tmdt|tong muc dau tu|tong von dau tu)")),
    ("phase", re.compile(r"^\W{0,3}(?:cua )?(giai doan \w{1,4})")),
    ("volume", re.compile(r"^\W{0,3}khoi luong")),
    ("area", re.compile(r"^\W{0,3}(?:dien tich|mat bang)")),
)
_OF_TIME: Final = re.compile(r"^\W{0,3}thoi gian")
_TRAILING: Final = re.compile(
    r"[\s:,(~≥≤<>=-]*(?:\b(?:đat|đươc|khoang|ươc đat|ươc|đên nay|mơi|đa|con lai|con|tư|lên"
    r"|xuông|đên|lũy kê|luy kê|hiên nay|hiên|thưc hiên|chiêm|la)\b[\s:,(~≥≤<>=-]*)*$"
)
_LEADING: Final = re.compile(r"^[\s):.,;–-]+")
_EMPTY_WORDS: Final = frozenset(
    {
        "luy", "ke", "den", "nay", "dat", "hien", "tai", "da", "duoc", "uoc", "tien", "do",
        "chung", "toan", "bo", "tong", "the", "du", "an", "cong", "trinh", "thuc", "la", "o",
        "muc", "khoi", "luong", "tac", "so", "voi", "ky", "truoc", "va", "trong", "thang", "quy",
        "nam", "ngay", "tinh", "thoi", "diem", "cua", "ca", "con", "lai", "tren", "dien", "tich",
        "ha", "m2", "theo", "bao", "cao", "chua", "moi", "chi", "co", "khi", "tang", "them",
        "giam", "nang", "xong", "hoach", "kh", "th", "chiem", "gia", "tri", "mat", "bang", "hoan",
        "thanh", "giai", "phong", "phat", "sinh",
    }
)  # fmt: skip
"""What stands between a topic and its percentage and names no part of the works."""
_PART_NOUN: Final = re.compile(
    r"(?:(?:goi thau|phan|doan|khu|giai doan|hang muc|nhanh|tuyen) [\w ]{1,30}"
    r"|duong dan|cau|ham|nut)"
)
_SHORT_TOPIC: Final = "thi công"
_REACH: Final = 60
_CARRIES: Final = re.compile(r"\b(?:luy ke|den nay|len|xuong|con|dat|hien|tong)\b")
HIGHEST: Final = Decimal(100)
DERIVED: Final = 0.85
"""How sure a share is that was worked out: of a remainder, or of an area."""


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
    """A percentage that is no work done, says not what it is about, or cannot be one.

    ``readings`` are the shares done that it may mean, the likelier first; empty for none.
    """

    raw: str
    readings: tuple[Decimal, ...] = ()


@dataclass
class ClauseReader:
    """Reads the percentages of one clause from left to right."""

    text: str
    folded: str
    part: str
    default: Topic
    planned: bool
    left_at: int = 0
    before: ProgressShare | None = None
    carried: tuple[Topic, str] = ("", "")

    def read(self) -> Iterator[ProgressShare | UnreadShare]:
        """Yield each percentage."""
        matches = list(PERCENT.finditer(self.folded))
        ends = [match.start() for match in matches[1:]] + [len(self.folded)]
        follows = False
        for percent, right_end in zip(matches, ends, strict=True):
            right = self.folded[percent.end() : right_end]
            left = self.folded[self.left_at : percent.start()]
            mood = judge_percentage(left, right, planned=self.planned)
            share = self._read_one(percent, right, mood, follows=follows)
            follows = mood in {"from", "grown"}
            if mood == "from" or (mood == "grown" and self._states_later(right_end)):
                pass  # the state that it led to follows
            elif mood != "spent" and share is not None:
                # Money spent is no progress of the works; its words stay in the result.
                yield share
            self.left_at = percent.end()

    def _states_later(self, start: int) -> bool:
        """Return True if the clause goes on with what has been reached."""
        rest = self.folded[start - 40 if start > 40 else 0 :]  # noqa: PLR2004 - words before it
        return start < len(self.folded) and bool(_CARRIES.search(rest))

    def _read_one(
        self, percent: re.Match[str], right: str, mood: PercentMood, *, follows: bool
    ) -> ProgressShare | UnreadShare | None:
        raw = _quote_words(self.text, self.left_at, percent, right)
        value = parse_share(percent["number"])
        before = self.text[self.left_at : percent.start()]
        topic, component = find_topic(before, self.folded[self.left_at : percent.start()])
        if topic:
            self.carried = topic, component
        elif follows or mood != "done" or self._goes_on(percent):
            topic, component = self.carried[0], component or self._name_part(percent)
        if not topic:
            topic = _find_topic_after(right)
        low = parse_share(percent["low"]) if percent["low"] else None
        if value is None or value > HIGHEST:
            return UnreadShare(raw)
        if low is not None:
            return UnreadShare(raw, (low, value) if topic or self.default else ())
        if mood in {"left", "not_yet"} and self._completes(topic, value):
            return None
        if mood == "not_yet":
            return UnreadShare(raw, (HIGHEST - value, value))
        if mood in {"late", "grown", "planned", "of_plan"}:
            return UnreadShare(raw)
        return self._make_share(percent, (topic, component), value, right, mood)

    def _goes_on(self, percent: re.Match[str]) -> bool:
        """Return True if the words before a percentage add nothing but a part of the works."""
        left = self.folded[self.left_at : percent.start()]
        words = re.findall(r"[^\W\d]+", _PART_NOUN.sub("", left.strip(" ,:;(.-")))
        return bool(self.carried[0]) and all(word in _EMPTY_WORDS for word in words)

    def _name_part(self, percent: re.Match[str]) -> str:
        left = self.text[self.left_at : percent.start()]
        named = _PART_NOUN.search(fold_text(left))
        return _strip_filler(left[named.start() :]) if named else ""

    def _completes(self, topic: Topic, value: Decimal) -> bool:
        """Return True if a remainder is what the share before it leaves."""
        before = self.before
        return before is not None and before.topic == topic and before.value + value == HIGHEST

    def _make_share(
        self,
        percent: re.Match[str],
        about: tuple[Topic, str],
        value: Decimal,
        right: str,
        mood: PercentMood,
    ) -> ProgressShare | UnreadShare:
        topic, component = about
        raw = _quote_words(self.text, self.left_at, percent, right)
        basis = next((name for name, sign in _BASES if sign.match(right)), "unstated")
        opened = self.folded[: percent.start()].rstrip(" ~").endswith("(")
        if not topic and self.before is not None and (opened or basis == "total_investment"):
            topic, component = self.before.topic, self.before.component
        if not topic and basis in {"contract_value", "total_investment"}:
            topic = "construction"
        if basis == "volume" or (not topic and (_OF_TIME.match(right) or self.part)):
            topic = "physical"
        if basis == "phase":
            phase = _BASES[2][1].match(right)
            start = percent.end() + phase.start(1) if phase else 0
            words = self.text[start : start + len(phase[1])].capitalize() if phase else ""
            component = words or component
        topic = topic or self.default
        if not topic:
            return UnreadShare(raw)
        if topic == "physical":
            words = _strip_filler(self.text[self.left_at : percent.start()])
            component = ": ".join(filter(None, (self.part, words)))
        derived = mood == "left"
        trust = 1.0 if basis != "unstated" or topic != "physical" else 0.8
        share = ProgressShare(
            topic,
            HIGHEST - value if derived else value,
            component,
            "remainder" if derived else basis,
            _QUALIFIERS.get(percent["about"] or "", "exact"),
            raw,
            DERIVED if derived else trust,
        )
        self.before = share
        return share


def _find_topic_after(right: str) -> Topic:
    """Return what the words right after a percentage speak of ("80% diện tích đã GPMB")."""
    words = re.split(r"[,;.(:]", right, maxsplit=1)[0][:_REACH]
    match = _TOPICS.search(words)
    if match is None:
        return "clearance" if re.search(r"\bmat bang\b|\bgiai phong\b", words) else ""
    return "clearance" if match.lastgroup == "clearance" else "construction"


def parse_share(number: str) -> Decimal | None:
    """Return a number with a decimal comma or point; ``None`` for one that groups thousands."""
    plain = number.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None


def find_topic(left: str, folded: str) -> tuple[Topic, str]:
    """Return what the words before a percentage speak of, and of which part of it."""
    matches = list(_TOPICS.finditer(folded))
    if not matches:
        return "", ""
    kind = matches[-1].lastgroup
    last = left[matches[-1].start() : matches[-1].end()]
    if last.isascii() and len(last) == len(_SHORT_TOPIC) and kind == "construction":
        return "", ""  # without its marks so short a word says too little
    same = [match for match in matches if match.lastgroup == kind]
    first = same[0]
    for earlier_match, other in pairwise(same):  # what follows a break is a new one
        if re.search(r"[.:]", folded[earlier_match.end() : other.start()]):
            first = other
    component = _strip_filler(left[first.end() :])
    words = re.findall(r"[^\W\d]+", fold_text(component))
    if all(word in _EMPTY_WORDS for word in words):
        component = ""
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

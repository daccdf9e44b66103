"""Of what a percentage speaks: land or building, and which part of the works."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from geo.text import fold_text, strip_tones

Topic = Literal["clearance", "construction", "physical", ""]

TOPICS: Final = re.compile(
    r"(?P<clearance>gpmb|giai phong mat bang|giai phong|boi thuong|giai toa|den bu"
    r"|ban giao (?:mat bang|dat)|(?<!san lap )(?<!san )(?<!lap )"
    r"\bmat bang(?= (?:da|sach|dat|duoc|ban giao|\d)))"
    r"|(?P<construction>(?:tong |gia tri )?(?:khoi luong|san luong|\bkl)"
    r" ?(?:xay lap|thi cong|thuc hien|xl|tc|th)\b"
    r"|thi cong xay dung|thi cong xay lap|dau tu xay dung|xay lap|dt ?xd|tcxd|xay dung|san luong"
    r"|thi cong cong trinh|thi cong(?=\s*(?:[:(,~≥≈]|(?:dat|duoc|khoang|uoc|luy ke|den nay|goi thau"
    r"|phan|doan|hang muc|nhanh|tuyen|duong dan|cau|ham|nut|cham|vuot|con|tang)\b|\d|$)))"
)
_TRAILING: Final = re.compile(
    r"[\s:,(~≈≥≤<>=-]*(?:\b(?:đat|đươc|khoang|ươc đat|ươc|đên nay|mơi|chi|đa|con lai|con|tư|lên"
    r"|xuông|đên|lũy kê|luy kê|hiên nay|hiên|thưc hiên|chiêm|la|hoan thanh|xong|cơ ban)\b"
    r"[\s:,(~≈≥≤<>=-]*)*$"
)
_LEADING: Final = re.compile(r"^[\s):.,;–-]+")
_EMPTY_WORDS: Final = frozenset(
    """
    an ba ban bang bao bay binh bo boi bon ca cac can cao cham chi chiem chin cho chu chua
    chung co con cong cu cua cum cung cuoi da dang dat dau den diem dien dinh do don dong du
    dung duoc gan gia giai giam gian giao giua gpmb ha hai het hien ho hoach hoan hon hop i
    ii iii it iv ke ket kh khai khi khoang khoi kien ky la lai lam lap le len luong luy m2
    ma mat moi mot muc muoi nam nang nay ngay ngoai nhat nhieu nhu nhung o phai phat phay
    phong qua quan quy rieng ruoi sach san sau se sinh so tac tai tam tang te th thang thanh
    thau the them theo thieu thoi thuc thuong tich tien tiep tinh toan toi tong tra tren tri
    trien trinh tro trong truoc tu tuc ty ung uoc v va van vao vi viec voi xap xay xi xong
    xuong
    """.split()  # noqa: SIM905 - a list would fill a page
)
"""What stands between a topic and its percentage and names no part of the works."""
_TIME: Final = re.compile(
    r"\b(?:tinh den|den het|den ngay|den thang|den quy|den nay|den cuoi|trong (?:quy|ky|thang|nam)"
    r"|luy ke|uoc|hien (?:nay|tai)|thoi diem|toi nay)\b.*$"
)
_PHRASES: Final = re.compile(
    r"\b(?:(?:cac )?(?:nha thau|don vi thi cong|ho dan|chu dau tu)|tuong duong|phan tram)\b"
)
_SO_MANY: Final = re.compile(
    r"\d[\d.,]*\s?(?:ha|m2|m²|ho|ho dan|thua|km)?\s?(?:/|tren tong so|tren)\s?\d[\d.,]*\s?"
    r"(?:ha|m2|m²|ho dan|ho|thua|km)\b"
)
_PART_NOUN: Final = re.compile(
    r"\b(?:goi(?: thau)?|phan|doan|khu|giai doan|hang muc|nhanh|tuyen|duong|cau|ham|nut(?: giao)?"
    r"|mat duong|nen duong|mong|nha|tang|toa|block|ben|cang|coc|dam|ha tang|ket cau|thiet bi|xa"
    r"|phuong|huyen|thon|to dan pho|lo|du an thanh phan|tieu du an|tram|kenh|tru|mo|nhip"
    r"|hang rao|san nen|san lap|via he|thoat nuoc|cap nuoc|chieu sang|cay xanh|khoi nha|dot)\b"
)
_PART_TONED: Final = re.compile(
    r"\b(?:kè|đê|cống|bể|đập|hồ|điện|mố|trụ|sân|mái|tường"
    r"|đất (?:ở|nông|lúa|rừng|sản xuất|thổ cư|vườn|công))\b"
)
_BOTH: Final = re.compile(r"\s*(?:va|,|\+|&|/|-)\s*(?:cong tac )?")
_SHORT_TOPIC: Final = "thi công"
_REACH: Final = 60


class Subject(NamedTuple):
    """What the words before a percentage speak of.

    ``part`` is the part of the works; ``clear`` is false where they hold words that name no part
    known here, or two things at once.
    """

    topic: Topic
    part: str = ""
    clear: bool = True


NOTHING: Final = Subject("")


def find_topic(left: str, folded: str) -> Subject:
    """Return what the words before a percentage speak of, and of which part of it."""
    matches = list(TOPICS.finditer(folded))
    if not matches:
        return NOTHING
    kind = matches[-1].lastgroup
    last = left[matches[-1].start() : matches[-1].end()]
    if last.isascii() and len(last) == len(_SHORT_TOPIC) and kind == "construction":
        return NOTHING  # without its marks so short a word says too little
    same = [match for match in matches if match.lastgroup == kind]
    first = same[0]
    for earlier_match, other in pairwise(same):  # what follows a break is a new one
        if re.search(r"[.:]", folded[earlier_match.end() : other.start()]):
            first = other
    others = [match for match in matches if match.lastgroup != kind]
    both = any(
        _BOTH.fullmatch(folded, other.end(), match.start()) for other in others for match in same
    )
    part, clear = read_part(left[first.end() :])
    topic: Topic = "clearance" if kind == "clearance" else "construction"
    return Subject(topic, part, clear and not both)


def find_topic_after(right: str) -> tuple[Topic, int]:
    """Return what the words right after a percentage speak of, and where they end.

    "80% diện tích đã GPMB" is of land; ``("", 0)`` where they say nothing.
    """
    words = re.split(r"[,;.(:]", right, maxsplit=1)[0][:_REACH]
    match = TOPICS.search(words) or re.search(r"(?<!san lap )\bmat bang\b", words)
    if match is None:
        return "", 0
    building = match.groupdict().get("construction")
    return "construction" if building else "clearance", match.end()


def read_part(words: str) -> tuple[str, bool]:
    """Return the part of the works that words name, and whether they are understood.

    '' for adverbs, times and amounts, which name none.
    """
    plain = strip_filler(words)
    folded = fold_text(plain)
    toned = list(_PART_TONED.finditer(plain.lower()))
    if len(folded) != len(plain) or (is_empty(plain) and not toned):
        return "", True
    nouns = [*_PART_NOUN.finditer(folded), *toned]
    if not nouns:
        return plain, False
    begin = min(noun.start() for noun in nouns)
    if re.search(r"\d", folded[:begin]) or not is_empty(plain[:begin]):
        begin = 0
    later = _TIME.search(folded, begin + 1)
    return strip_filler(plain[begin : later.start() if later else None]), True


def is_empty(words: str) -> bool:
    """Return True if words name no part of the works."""
    folded = _PHRASES.sub(" ", _SO_MANY.sub(" ", fold_text(words)))
    return all(word in _EMPTY_WORDS for word in re.findall(r"[^\W\d_]+", folded))


def strip_filler(left: str) -> str:
    """Return words without what only leads to the number ("đạt khoảng")."""
    toneless = strip_tones(left).lower()  # keeps "đất" and "đạt" apart
    tail = _TRAILING.search(toneless)
    plain = left[: tail.start()] if tail and len(toneless) == len(left) else left
    return _LEADING.sub("", plain).strip(" (-–:,")


def quote_words(text: str, left_at: int, percent: re.Match[str], right: str) -> str:
    """Return the words of a percentage: what it is of before it, what share of after it."""
    begin = left_at + len(text[left_at:]) - len(_LEADING.sub("", text[left_at:]))
    stop = re.search(r"[();]|$", right)
    close = 1 if right[:1] == ")" else stop.start() if stop else 0
    return text[min(begin, percent.start()) : percent.end() + close].strip()
